import Testing

@testable import PhysicalMemory

@Suite("Room for what is made up while it is read")
struct ReadBuffersTests {
    @Test("is used again by the next read, whatever both need of it")
    func again() throws {
        let buffers = ReadBuffers()
        let first = try buffers.take(4096)
        buffers.giveBack(first)
        #expect(try buffers.take(ReadBuffers.size) === first)
    }

    @Test("belongs to one read at a time")
    func apart() throws {
        let buffers = ReadBuffers()
        let first = try buffers.take(1)
        #expect(try buffers.take(1) !== first)
    }

    @Test("is kept for few reads, and never of more than a megabyte")
    func bounded() throws {
        let buffers = ReadBuffers()
        let large = try buffers.take(ReadBuffers.size + 1)
        #expect(large.bytes.count == ReadBuffers.size + 1)
        buffers.giveBack(large)
        let many = try (0..<5).map { _ in try buffers.take(1) }
        for buffer in many { buffers.giveBack(buffer) }
        let again = try (0..<5).map { _ in try buffers.take(1) }
        #expect(again.filter { known in many.contains { $0 === known } }.count == 2)
    }
}
