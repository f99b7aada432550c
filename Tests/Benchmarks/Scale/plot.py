"""Draws what was measured: a panel for each study, both axes logarithmic, a line for each operation."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 420, 330
LEFT, RIGHT, TOP, BOTTOM = 64, 14, 46, 44
COLUMNS = 2
# Told apart by colour and mark, also where colours are not.
STYLES = {
    "boot": ("#4477aa", "circle"),
    "register": ("#228833", "square"),
    "crash to capture": ("#aa3377", "diamond"),
    "release": ("#ee7733", "up"),
    "status": ("#777777", "down"),
    "attribute": ("#009988", "circle"),
    "vmcore, 1 MiB": ("#cc3311", "square"),
    "memory, 64 KiB": ("#ccbb44", "diamond"),
}


def time_text(us):
    if us >= 1e6:
        return f"{us / 1e6:g} s"
    return f"{us / 1e3:g} ms" if us >= 1e3 else f"{us:g} µs"


def mark(kind, x, y, colour):
    r = 3.2
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{colour}"/>'
    corners = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "diamond": [(0, -r - 1), (r + 1, 0), (0, r + 1), (-r - 1, 0)],
        "up": [(0, -r - 1), (r + 1, r), (-r - 1, r)],
        "down": [(0, r + 1), (r + 1, -r), (-r - 1, -r)],
    }[kind]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


class Panel:
    def __init__(self, study, decades):
        self.name, self.fixed, self.text, self.rows = study
        self.low, self.high = decades
        values = [value for value, _ in self.rows]
        self.first, self.last = math.log10(values[0]), math.log10(values[-1])

    def x(self, value):
        span = (self.last - self.first) or 1
        return LEFT + (math.log10(value) - self.first) / span * (WIDTH - LEFT - RIGHT)

    def y(self, us):
        part = (math.log10(us) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    def svg(self):
        yield f'<text x="{LEFT}" y="18" class="title">{escape(self.name)}</text>'
        yield f'<text x="{LEFT}" y="34" class="small">{escape(self.fixed)}</text>'
        for decade in range(self.low, self.high + 1):
            y = self.y(10**decade)
            yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" class="grid"/>'
            yield f'<text x="{LEFT - 7}" y="{y + 4:.1f}" class="right">{time_text(10**decade)}</text>'
        for value, _ in self.rows:
            x = self.x(value)
            yield f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" class="grid"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" class="middle">{escape(self.text(value))}</text>'
        for operation, (colour, kind) in STYLES.items():
            points = [(self.x(value), self.y(costs[operation])) for value, costs in self.rows if operation in costs]
            if not points:
                continue
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
            for x, y in points:
                yield mark(kind, x, y, colour)


def legend(x, y):
    yield f'<text x="{x}" y="{y}" class="title">one operation</text>'
    for index, (operation, (colour, kind)) in enumerate(STYLES.items()):
        at = y + 26 + 22 * index
        yield f'<line x1="{x}" y1="{at}" x2="{x + 30}" y2="{at}" stroke="{colour}" stroke-width="1.6"/>'
        yield mark(kind, x + 15, at, colour)
        yield f'<text x="{x + 40}" y="{at + 4}">{escape(operation)}</text>'
    yield f'<text x="{x}" y="{y + 26 + 22 * len(STYLES) + 8}" class="small">both axes are logarithmic</text>'


def svg(studies):
    costs = [
        cost for _, _, _, rows in studies for _, row in rows for name, cost in row.items() if name in STYLES
    ]
    decades = (math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs))))
    lines = math.ceil((len(studies) + 1) / COLUMNS)
    width, height = WIDTH * COLUMNS + 20, HEIGHT * lines + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        "<style>text { font: 12px sans-serif; fill: #222 } .title { font-weight: bold; font-size: 14px }",
        ".small { font-size: 11px; fill: #555 } .middle { text-anchor: middle } .right { text-anchor: end }",
        ".grid { stroke: #ddd; stroke-width: 1 }</style>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for index, study in enumerate(studies):
        x, y = index % COLUMNS * WIDTH, index // COLUMNS * HEIGHT
        parts.append(f'<g transform="translate({x} {y})">')
        parts += Panel(study, decades).svg()
        parts.append("</g>")
    parts += legend(len(studies) % COLUMNS * WIDTH + LEFT, len(studies) // COLUMNS * HEIGHT + 40)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
