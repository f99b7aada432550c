/// Which registers a CPU has, in which order: what the CPUs of a machine have in common.
///
/// The registers of a CPU are a list of values beside it, so that those of thousands of CPUs take a word each and no
/// table of their own.
public struct RegisterNames: Sendable {
    public let identifiers: [RegisterIdentifier]
    private let places: [RegisterIdentifier: Int]

    /// Of a register that is named twice, the last place counts.
    init(_ identifiers: [RegisterIdentifier]) {
        self.identifiers = identifiers
        places = Dictionary(zip(identifiers, identifiers.indices)) { $1 }
    }

    /// Where in the order the register stands; nil where it is none of them.
    subscript(_ register: RegisterIdentifier) -> Int? { places[register] }
}

extension RegisterNames: Hashable {
    public static func == (one: Self, other: Self) -> Bool { one.identifiers == other.identifiers }
    public func hash(into hasher: inout Hasher) { hasher.combine(identifiers) }
}
