import DumpFormats
import DumpVerification
import Pictures
import Presentation

/// What `fadumpfs verify` says: what of a dump is right, and what is the matter with the rest.
struct VerificationReport: Report {
    enum Verdict: String, Encodable, CaseIterable {
        /// Nothing that had to be in the dump is missing or wrong.
        case sound
        case damaged
    }

    struct Stated: Encodable {
        var what: String
        var dump: String
        var truth: String
        var right: Bool
    }

    struct Pages: Encodable {
        var total: UInt64
        var right: UInt64
        var filtered: UInt64
        var missing: UInt64
        var wrong: UInt64
        var unreadable: UInt64
    }

    /// Pages that are not there, by what they were used for.
    struct Use: Encodable {
        var use: String
        var pages: UInt64
    }

    struct Damage: Encodable {
        var state: String
        var start: UInt64
        var end: UInt64
        var pages: UInt64
        var use: String?
        var detail: String?
    }

    struct Misplaced: Encodable {
        var address: UInt64
        var belongs: UInt64
        var swapped: Bool
    }

    struct Register: Encodable {
        var name: String
        var dump: UInt64
        var truth: UInt64
    }

    struct CPU: Encodable {
        var cpu: UInt32
        var crashing: Bool
        var state: String
        var registers: [Register]
        var problem: String?
    }

    struct Line: Encodable {
        var key: String
        var dump: String?
        var truth: String?
    }

    struct Note: Encodable {
        var name: String
        var type: UInt32
        var problem: String
    }

    struct PictureBand: Encodable {
        var start: UInt64
        var size: UInt64
        var state: DumpPicture.Band
    }

    struct Window: Encodable {
        var start: UInt64
        var end: UInt64
    }

    var verdict: Verdict
    var dump: [String]
    var truth: String
    var machine: String
    var crashedBoot: UInt64
    var format: String
    var flattened: Bool
    var level: UInt8
    var levelFrom: String
    var window: Window?
    var problems: [String]
    var stated: [Stated]
    var pages: Pages
    var filtered: [Use]
    var missing: [Use]
    var damage: [Damage]
    var damageLeftOut: UInt64
    var misplaced: [Misplaced]
    var misplacedLeftOut: Int
    var cpus: [CPU]
    var superfluousCPUs: Int
    var vmcoreinfo: [Line]
    var notes: [Note]
    /// Bytes of memory that the dump has and could not have.
    var superfluous: UInt64
    var picture: [PictureBand]
    /// The picture as it is drawn.
    let drawing: DumpPicture

    private enum CodingKeys: CodingKey {
        case verdict, dump, truth, machine, crashedBoot, format, flattened, level, levelFrom, window, problems
        case stated, pages, filtered, missing, damage, damageLeftOut, misplaced, misplacedLeftOut, cpus
        case superfluousCPUs, vmcoreinfo, notes, superfluous, picture
    }
}
