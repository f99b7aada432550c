/// The registers of one CPU as a save area holds them.
public struct SavedCPU: Sendable, Hashable {
    public var logicalID: UInt32
    let names: RegisterNames
    let values: [UInt64]

    init(logicalID: UInt32, names: RegisterNames, values: [UInt64]) {
        self.logicalID = logicalID
        self.names = names
        self.values = values
    }

    public init(logicalID: UInt32, registers: KeyValuePairs<RegisterIdentifier, UInt64>) {
        self.init(
            logicalID: logicalID,
            names: RegisterNames(registers.map(\.key)),
            values: registers.map(\.value)
        )
    }

    /// Those that were saved, in their order.
    public var registers: [RegisterIdentifier] { names.identifiers }

    /// 0 for a register that was not saved.
    public subscript(_ register: RegisterIdentifier) -> UInt64 { names[register].map { values[$0] } ?? 0 }

    /// The general purpose register of this number, 0 to 31.
    public func gpr(_ index: Int) -> UInt64 { self[.gpr(index)] }
    public var nia: UInt64 { self[.nia] }
    public var msr: UInt64 { self[.msr] }
    public var ctr: UInt64 { self[.ctr] }
    public var lr: UInt64 { self[.lr] }
    public var xer: UInt64 { self[.xer] }
    public var cr: UInt64 { self[.cr] }
    public var dar: UInt64 { self[.dar] }
    public var dsisr: UInt64 { self[.dsisr] }
}

/// Makes CPUs out of what is read of them, one after the other: those with the same registers share their names.
struct SavedCPUs {
    private(set) var cpus: [SavedCPU] = []

    mutating func append(_ logicalID: UInt32, _ registers: [RegisterIdentifier], _ values: [UInt64]) {
        let known = cpus.last?.names
        let names = known?.identifiers == registers ? known : nil
        cpus.append(
            SavedCPU(logicalID: logicalID, names: names ?? RegisterNames(registers), values: values)
        )
    }
}
