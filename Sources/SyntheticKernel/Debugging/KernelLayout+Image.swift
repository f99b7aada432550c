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

    /// Nothing of the kernel's memory is in the file but the banner, by which tools tell its version.
    private var imageSections: [ImageSection] {
        let text = architecture.imageAddress(image.text)
        let data = architecture.imageAddress(image.textEnd)
        let end = architecture.imageAddress(image.end)
        return [
            ImageSection(".text", at: text, size: image.textEnd - image.text, isCode: true),
            ImageSection(".data", at: data, size: image.end - image.textEnd),
            // Empty; its presence tells debuggers a kernel from its modules.
            ImageSection(".init.text", at: end, size: 0, isCode: true),
        ]
    }
}
