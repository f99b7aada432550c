import PhysicalMemory

extension CoreFile {
    /// A core file that its maker laid out: `image` is the whole file, in which the headers say where everything is.
    public init(header: ELFHeader, programHeaders: [ProgramHeader], notes: [ELFNote], image: MemoryImage) {
        self.header = header
        self.programHeaders = programHeaders
        self.notes = notes
        self.image = image
    }
}
