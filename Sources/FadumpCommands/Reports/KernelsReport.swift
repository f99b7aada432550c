import Presentation

/// What `fadumpfs kernels` says: the kernels that can be emulated.
struct KernelsReport: Report {
    var kernels: [KernelView]

    func encode(to encoder: any Encoder) throws { try kernels.encode(to: encoder) }

    static let shape = Shape.list(KernelView.shape(inDetail: false))

    func show(on page: inout Page) {
        Self.row("kernel", "release", "byte orders", "rests on", "dump read by", .dim, on: &page)
        for kernel in kernels {
            let readers = kernel.tools.filter(\.reads).count
            Self.row(
                kernel.name,
                kernel.release,
                kernel.endiannesses.joined(separator: ", "),
                kernel.evidence.short,
                "\(readers) of \(kernel.tools.count) programs",
                .bold,
                on: &page
            )
            page.line(StyledText("    " + kernel.summary))
        }
    }

    /// Columns that leave room for a line of its own for each summary; 100 in all.
    private static func row(
        _ name: String,
        _ release: String,
        _ orders: String,
        _ evidence: String,
        _ readers: String,
        _ style: Style,
        on page: inout Page
    ) {
        page.line(
            StyledText(name, style).padded(to: 12) + StyledText(release).padded(to: 18)
                + StyledText(orders).padded(to: 13) + StyledText(evidence).padded(to: 34)
                + StyledText(readers)
        )
    }
}

/// What `fadumpfs kernels NAME` says: one of them in detail.
struct KernelReport: Report {
    var kernel: KernelView

    func encode(to encoder: any Encoder) throws { try kernel.encode(to: encoder) }

    static let shape = KernelView.shape(inDetail: true)

    func show(on page: inout Page) {
        let evidence = kernel.evidence
        page.heading("\(kernel.name): \(kernel.summary)")
        page.fields([
            ("release", StyledText(kernel.release)),
            ("byte orders", StyledText(kernel.endiannesses.joined(separator: ", "))),
            (
                "rests on",
                StyledText(
                    "\(evidence.what), \(evidence.endian.map { $0 + "-endian, " } ?? "")\(evidence.kind)"
                )
            ),
        ])
        page.line()
        page.heading("files: mode, and when they are there")
        page.table(
            [],
            kernel.files.map { file in
                let target = file.target.map { " -> " + $0 } ?? ""
                let when = file.when.map(\.rawValue).joined(separator: " ")
                return [StyledText(file.mode), StyledText(when, .dim), StyledText(file.path + target)]
            }
        )
        page.line()
        page.heading("programs that open its dump")
        page.table(
            [],
            kernel.tools.map { [StyledText($0.name), StyledText($0.verdict, $0.reads ? .green : .plain)] }
        )
    }
}
