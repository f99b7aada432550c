import DumpFormats
import DumpVerification
import Pictures
import SyntheticKernel

extension VerificationReport {
    /// `listed` damaged ranges, misplaced pages and CPUs are told of, the others only counted.
    init(_ result: VerificationResult, dump: [String], truth: String, listed: Int) {
        verdict = result.isSound ? .sound : .damaged
        self.dump = dump
        self.truth = truth
        machine = result.truth.machine
        crashedBoot = result.truth.boot
        format = result.dump.format.rawValue
        flattened = result.dump.isFlattened
        level = result.level.bits
        levelFrom = result.level.origin.rawValue
        window = result.window.map { Window(start: $0.start.rawValue, end: $0.end.rawValue) }
        problems = result.problems
        stated = result.facts.map { Stated(what: $0.what, dump: $0.dump, truth: $0.truth, right: $0.isRight) }
        pages = Pages(
            total: result.pages.total,
            right: result.pages[.right],
            filtered: result.pages[.filtered],
            missing: result.pages[.missing],
            wrong: result.pages[.wrong],
            unreadable: result.pages[.unreadable]
        )
        filtered = Self.uses(result.filtered)
        missing = Self.uses(result.missing)
        damage = result.damage.ranges.map {
            Damage(
                state: $0.state.name,
                start: $0.range.start.rawValue,
                end: $0.range.end.rawValue,
                pages: $0.pages,
                use: $0.pageClass.map(Self.word),
                detail: $0.detail
            )
        }
        damageLeftOut = result.damage.leftOut
        misplaced = result.misplaced.prefix(listed).map {
            Misplaced(address: $0.address.rawValue, belongs: $0.belongs.rawValue, swapped: $0.isSwapped)
        }
        misplacedLeftOut = max(0, result.misplaced.count - listed)
        cpus = result.cpus.map { cpu in
            CPU(
                cpu: cpu.id,
                crashing: cpu.isCrashing,
                state: cpu.state.rawValue,
                registers: cpu.registers.map { Register(name: $0.name, dump: $0.dump, truth: $0.truth) },
                problem: cpu.problem
            )
        }
        superfluousCPUs = result.superfluousCPUs
        vmcoreinfo = result.lines.map { Line(key: $0.key, dump: $0.dump, truth: $0.truth) }
        notes = result.notes.map { Note(name: $0.name, type: $0.type, problem: $0.problem) }
        superfluous = result.superfluous
        drawing = DumpPicture(result.bands)
        picture = drawing.joined
    }

    private static func uses(_ counts: [PageClass?: UInt64]) -> [Use] {
        let order = PageClass.allCases.map(Optional.some) + [nil]
        return order.compactMap { pageClass in
            counts[pageClass].map { Use(use: pageClass.map(word) ?? "unknown", pages: $0) }
        }
    }

    /// What a page was used for, as `--json` says it.
    static func word(_ pageClass: PageClass) -> String {
        switch pageClass {
        case .kernel: "kernel"
        case .zero: "zero"
        case .cache: "cache"
        case .privateCache: "private-cache"
        case .anonymous: "process"
        case .slab: "slab"
        case .free: "free"
        }
    }

    static let uses = PageClass.allCases.map(word) + ["unknown"]
}

extension DumpPicture {
    init(_ bands: Bands) {
        self.init(
            start: bands.range.start.rawValue,
            width: bands.width,
            bands: bands.bands.map { counts in
                if counts[.wrong] > 0 || counts[.unreadable] > 0 { return .corrupt }
                if counts[.missing] > 0 { return .missing }
                if counts[.filtered] > 0 { return counts[.right] > 0 ? .thinned : .filtered }
                return counts[.right] > 0 ? .right : .none
            }
        )
    }

    /// Neighbours of one kind as one.
    var joined: [VerificationReport.PictureBand] {
        var joined: [VerificationReport.PictureBand] = []
        for (index, band) in bands.enumerated() {
            if let last = joined.last, last.state == band {
                joined[joined.count - 1].size &+= width
            } else {
                joined.append(.init(start: start &+ UInt64(index) &* width, size: width, state: band))
            }
        }
        return joined
    }
}
