import CoreFile
import DebugImage
import KernelProfile

/// The vmlinux of the emulated kernel: its symbols, and debug information for all that is in its memory.
extension KernelLayout {
    public var imageDescription: ImageDescription {
        let flags = profile.core.headerFlags.value(for: endianness)
        var description = ImageDescription(
            endianness: endianness,
            machine: architecture.machine,
            flags: architecture.headerFlags(flags),
            buildID: buildID,
            unit: "vmlinux \(profile.release)",
            sections: imageSections,
            symbols: symbols.map {
                ImageSymbol(
                    $0.name,
                    at: $0.virtualAddress,
                    size: $0.size,
                    $0.kind == .text ? .function : .object
                )
            }
        )
        description.types = typeCatalogue
        description.variables = symbols.compactMap { symbol in
            symbol.type.map { ImageVariable(symbol.name, reference(to: $0), at: symbol.virtualAddress) }
        }
        return description
    }

    /// Of the kernel's memory the file has the banner only, by which tools tell its version; and the text that there
    /// is, since tools refuse a kernel without text or data. The rest they read in the dump.
    private var imageSections: [ImageSection] {
        let code = architecture.text(endianness)
        let banner = Array(SystemName(self).banner.utf8) + [0]
        let data = image.banner + UInt64(banner.count)
        func rest(_ name: String, _ start: UInt64, _ end: UInt64, isCode: Bool = false) -> ImageSection {
            let size = end > start ? end - start : 0
            return ImageSection(name, at: architecture.imageAddress(start), size: size, isCode: isCode)
        }
        var text = ImageSection(".text", at: architecture.imageAddress(image.text), code)
        text.isCode = true
        return [
            text, rest(".text.cold", image.text + UInt64(code.count), image.textEnd, isCode: true),
            ImageSection(".data", at: architecture.imageAddress(image.banner), banner),
            rest(".bss", data, image.end),
            // Empty; its presence tells debuggers a kernel from its modules.
            rest(".init.text", image.end, image.end, isCode: true),
        ]
    }
}
