import FoundationEssentials
import KernelProfile
import Machine
import Presentation

/// Holds a report's JSON against its shape, and its text against its JSON.
struct Agreement {
    /// Where JSON is not what the shape says, or the text lacks what JSON says.
    private(set) var complaints: [String] = []
    private let text: String

    init<R: Report>(_ report: R) throws {
        var page = Page(width: 100)
        report.show(on: &page)
        text = page.plain
        let json = JSONText.line(report)
        check(try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)), R.shape, "$", inText: true)
    }

    private mutating func check(_ value: JSONValue, _ shape: Shape, _ path: String, inText: Bool) {
        switch (shape, value) {
        case (.text, .text(let word)): need([word], path, inText)
        case (.choice(let words), .text(let word)):
            if !words.contains(word) { complaints.append("\(path): '\(word)' is none of the choices") }
            need([word], path, inText)
        case (.number, .number(let number)):
            need(["\(UInt64(exactly: number).map(String.init) ?? "\(number)")"], path, inText)
        case (.bytes, .number(let number)): need([ByteSize.text(UInt64(number))], path, inText)
        case (.address, .number(let number)):
            let address = UInt64(number)
            // Numbers beyond 2^53 lose digits on their way through a Double here; their first ones do.
            let hex = KernelFormat.hex(address)
            need(
                [address < 1 << 53 ? hex : String(hex.prefix(12)), KernelFormat.wideHex(address)],
                path,
                inText
            )
        case (.flag, .flag): break
        case (.list(let item), .list(let values)):
            for (index, value) in values.enumerated() {
                check(value, item, "\(path)[\(index)]", inText: inText)
            }
        case (.map(let item), .object(let members)):
            for (key, value) in members { check(value, item, "\(path).\(key)", inText: inText) }
        case (.object(let fields), .object(let members)): check(members, fields, path, inText)
        default: complaints.append("\(path): \(value) is not \(shape)")
        }
    }

    private mutating func check(
        _ members: [String: JSONValue],
        _ fields: [Field],
        _ path: String,
        _ inText: Bool
    ) {
        for key in members.keys where !fields.contains(where: { $0.name == key }) {
            complaints.append("\(path).\(key): not documented")
        }
        for field in fields {
            guard let value = members[field.name] else {
                if !field.isOptional { complaints.append("\(path).\(field.name): missing") }
                continue
            }
            check(value, field.shape, "\(path).\(field.name)", inText: inText && field.isInText)
        }
    }

    private mutating func need(_ words: [String], _ path: String, _ inText: Bool) {
        guard inText, !words.contains(where: text.contains) else { return }
        complaints.append("\(path): the text does not say \(words.joined(separator: " or "))")
    }
}
