"""What may grow with what, and whether what was measured keeps to it."""

import math

# Powers of an axis' value that the cost of an operation may grow with.
CONSTANT, LINEAR = 0, 1
WORDS = {CONSTANT: "constant", LINEAR: "at most linear"}
# Room for a logarithm, and for a host that is never quiet: 1.8 times the cost in a decade.
TOLERANCE = 0.25

# What has to touch each CPU or range; everything else costs the same whatever the value.
LINEAR_IN = {
    # Each CPU has registers to save and a note, which a release gives back; the status lists them.
    "CPUs": {"boot", "crash to capture", "release", "status"},
    # Each range is a node of the device tree, a program header and a line in the kernel's log; the status lists them.
    "ranges": {"boot", "register", "crash to capture", "release", "status"},
}


def promise(axis, operation):
    return LINEAR if operation in LINEAR_IN.get(axis, ()) else CONSTANT


def growth(rows, operation):
    """The power of the value that the cost grows with, over the last decade of values at least; nan where one value is
    all."""
    points = [(math.log10(value), math.log10(costs[operation])) for value, costs in rows if operation in costs]
    last = points[-1]
    before = [point for point in points if point[0] <= last[0] - 0.99] or points[:1]
    if before[-1][0] == last[0]:
        return math.nan
    return (last[1] - before[-1][1]) / (last[0] - before[-1][0])


def verdicts(axis, rows):
    """For each operation: how it grows, the power that it may grow with, and whether it keeps to that."""
    found = {}
    for operation in dict.fromkeys(operation for _, costs in rows for operation in costs):
        grown, most = growth(rows, operation), promise(axis, operation)
        found[operation] = (grown, most, not grown > most + TOLERANCE)
    return found


def is_broken(axis, rows):
    return not all(met for _, _, met in verdicts(axis, rows).values())
