import BinaryCodec
import CrashTruth
import PhysicalMemory

/// The made-up memory that the facts of a truth describe.
enum TruthBackground {
    static func make(_ facts: TruthFacts) throws(BinaryError) -> (any MemoryBackground)? { nil }
}
