extension MapSVG {
    /// The look of the boxes, by what the memory is for.
    static let styles = """
        <style>
        text { fill: #222 } .title { font-size: 16px; font-weight: 600 } .end { text-anchor: end }
        .name { text-anchor: middle } .paper { fill: #fff } .box { stroke: #444; stroke-width: 1 }
        .line { fill: none; stroke: #444; stroke-width: 1.5 } .lens { stroke: #888; stroke-dasharray: 4 3 }
        .boot-memory { fill: #9bd49b } .memory { fill: #e8e8e8 } .hole { fill: none; stroke-dasharray: 3 3 }
        .held { fill: #f2d98c } .CPU, .HPTE, .ELF, .INFO, .PARAM { fill: #9cd3e0 } .DUMP { fill: #d9a7dd }
        .kdump { fill: #a9b8f0 } .padding { fill: #eeeeee }
        @media (prefers-color-scheme: dark) {
        text { fill: #eee } .name { fill: #111 } .paper { fill: #16181c } .box, .line { stroke: #aaa }
        .memory { fill: #70757d }
        }
        </style>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M 0 0 L 8 4 L 0 8 z" fill="#888"/></marker></defs>
        """
}
