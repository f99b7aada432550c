import DumpFormats
import ImageHelper
import Machine
import Synchronization

/// Opens the images that machines boot with, once each: options are looked at several times.
enum ImageOpening {
    private static let opened = Mutex<[String: ImageFile]>([:])

    /// Gives `machine` the memory of the image that it names.
    ///
    /// Errors: `ConfigurationFailure` that says why the file is no image, or what was said and does not go with it.
    static func open(for machine: inout MachineConfiguration) throws {
        guard let path = machine.imagePath else { return }
        let raw = RawMemory(pageSize: machine.pageSize, endianness: machine.effectiveEndianness)
        let file: ImageFile
        do {
            file = try image(path, raw)
        } catch {
            // Most problems name the file, which the option does already.
            let text = error.description
            let problem = text.hasPrefix("\(path): ") ? String(text.dropFirst(path.count + 2)) : text
            throw ConfigurationFailure(setting: .image, given: path, problem: problem)
        }
        try machine.adopt(
            MachineImage(
                path: path,
                description: file.description,
                presentBytes: file.presentBytes,
                background: file
            ) { file.onTrouble($0) }
        )
    }

    private static func image(_ path: String, _ raw: RawMemory) throws(ImageFailure) -> ImageFile {
        let key = "\(raw.pageSize) \(raw.endianness) \(path)"
        if let known = opened.withLock({ $0[key] }) { return known }
        let made = try ImageFile(opening: path, raw)
        opened.withLock { $0[key] = made }
        return made
    }
}
