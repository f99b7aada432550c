"""Reads what the probe printed, on a recorded machine or on ours, down to what is compared.

A transcript is a list of (section, line). Left out: kernel logs as a whole, /proc/iomem, meminfo, times, the type of the
file system, names of other files in /sys/kernel, and everything that follows from where a build keeps VMCOREINFO and
how long it is. The head of /proc/vmcore is compared as ELF, field by field.
"""

import re
import struct

OPERATION = re.compile(r"^/\S+ \| ")
LOGGED = "    kmsg: logged: "
SECTION = re.compile(r"^(?:@[0-9.]+s )?##### (.*)$")
DUMP_LINE = re.compile(r"^([0-9a-f]{8})  ([0-9a-f ]{1,49}) *\|")


def read(path, counts_messages=False):
    """The compared lines of the transcript at `path`; with `counts_messages`, kernel messages as their number a boot."""
    lines = _structure(path)
    if counts_messages:
        lines = _counted(lines)
    vmcore = _vmcore(lines)
    return [(section, _normal(line, vmcore)) for section, line in lines if not _is_dropped(section, line)]


def counts_messages(path):
    """Whether the kernel's messages were read from its log behind other operations, as in 3.4, so that their place says
    nothing."""
    with open(path, errors="replace") as file:
        return any(line.startswith("    dmesg: ") for line in file)


def _counted(lines):
    result, counts = [], {}
    for section, line in lines:
        if isinstance(line, str) and line.startswith("    kmsg: "):
            # Those that the probe found by itself are in the log too.
            if not line.startswith(LOGGED):
                continue
            key = (section.split(":")[0], line.strip())
            counts[key] = counts.get(key, 0) + 1
        else:
            result.append((section, line))
    return result + [(f"{boot}: messages", f"{count} times {text}") for (boot, text), count in sorted(counts.items())]


def _structure(path):
    """Section and line of everything that may be compared; hexdumps as one line."""
    result, boot, section, dump = [], 0, "before", None
    with open(path, errors="replace") as file:
        for raw in file:
            line = re.sub(r"^@[0-9.]+s ", "", raw.rstrip("\n"))
            head = SECTION.match(line)
            if head:
                title = head.group(1)
                if title.startswith("BOOT "):
                    boot += 1
                    title = "BOOT"
                section = f"boot {boot}: {re.sub(r' *boot=.*| now.*| NOW.*', '', title)}"
                section = section.replace("vmcore first 64KiB hexdump (collapsed)", "VMCORE")
            elif DUMP_LINE.match(line) or re.match(r"^\*$|^[0-9a-f]{8}$", line):
                if dump is None:
                    dump = []
                    result.append((section, dump))
                dump.append(line)
                continue
            elif re.match(r"^    dmesg: ", line):
                _add_old_message(result, section, line)
            elif _is_kept(line):
                result.append((section, line))
            dump = None
    return [(section, _bytes(line) if isinstance(line, list) else line) for section, line in result]


def _is_kept(line):
    return (
        OPERATION.match(line)
        or line.startswith(("--- battery", "    kmsg: ", "    registered=", "[uid", "rc=", "vmcore ", "no bootargs"))
        or re.match(r"^/proc/device-tree/\S+:$", line)
        or re.match(r"^(?:\S+: )+.*(?:Invalid argument|denied|permitted|exists|director(?:y|ies))$", line)
    )


def _add_old_message(result, section, line):
    """3.4 has no /dev/kmsg: its messages were read from the log behind the operation, and without their level."""
    text = re.sub(r"^    dmesg: \[ *[0-9.]+\] ", "", line)
    if "registration is successful" not in text and not text.startswith("fadump"):
        return
    result.append((section, LOGGED + text))


def _bytes(dump):
    """The bytes of a hexdump whose repeated lines are collapsed."""
    data, repeats = bytearray(), False
    for line in dump:
        match = DUMP_LINE.match(line)
        offset = int(line[:8], 16) if line != "*" else None
        if offset is None:
            repeats = True
            continue
        if repeats and len(data) >= 16:
            data += bytes(data[-16:]) * ((offset - len(data)) // 16)
        repeats = False
        if match:
            data += bytes.fromhex(match.group(2))
    return bytes(data)


def _vmcore(lines):
    """What the head of /proc/vmcore says; None where it was not recorded."""
    for section, line in lines:
        if isinstance(line, bytes) and line.startswith(b"\x7fELF"):
            return Core(line)
    return None


class Core:
    """The head of a core file: ELF header, program headers, and as many notes as there are bytes of."""

    def __init__(self, data):
        self.order = ">" if data[5] == 2 else "<"
        self.data = data
        count = struct.unpack_from(self.order + "H", data, 56)[0]
        self.headers = [struct.unpack_from(self.order + "IIQQQQQQ", data, 64 + 56 * index) for index in range(count)]

    def lines(self):
        fields = struct.unpack_from(self.order + "HHIQQQIHHHHHH", self.data, 16)
        yield f"ident {self.data[:16].hex()} fields {fields}"
        for kind, flags, offset, virtual, physical, size, memory, align in self.headers:
            if kind == 4:
                # The length of VMCOREINFO is the build's: what is left is that of whole notes of CPUs.
                yield f"NOTE flags {flags} at {offset:#x} align {align} sizes {'equal' if size == memory else 'differ'}"
            else:
                place = offset if self.is_padded() else offset - self.headers[0][5]
                yield f"type {kind} flags {flags} at {place:#x} {virtual:#x} {physical:#x} {size:#x} {memory:#x} align {align}"

    def is_padded(self):
        return self.headers[0][2] % 4096 == 0

    def size(self):
        """Where the last segment ends."""
        return max(header[2] + header[6] for header in self.headers)


def _is_dropped(section, line):
    if isinstance(line, bytes):
        return False
    return (
        "| statfs " in line
        or "mapped bytes" in line
        or "old mapping first bytes" in line and "held-fd" not in line
        or "/sys/kernel/vmcoreinfo | read" in line
        or re.match(r"^/sys/kernel(/debug|/debug/powerpc)? \| readdir", line)
        or line.endswith("/proc/vmcore: No such file or directory")
        or re.match(r"^(?:ls|cat|dmesg|grep|hexdump|dd): ", line) and "denied" not in line
    )


def _normal(line, vmcore):
    if isinstance(line, bytes):
        if line.startswith(b"\x7fELF"):
            return "vmcore: " + "; ".join(Core(line).lines())
        return "bytes " + line.hex()
    line = re.sub(r" \([0-9.]+ ms\)$", "", line).rstrip()
    line = re.sub(r" mtime=\d+", "", line)
    line = re.sub(r"^/proc/vmcore \| old mapping first bytes (/proc/vmcore \| held-fd)", r"\1", line)
    # A directory has as many links as its build has directories in it.
    if " mode=04" in line:
        line = re.sub(r" nlink=\d+ size=\d+", "", line)
    line = re.sub(r"(\| open\([^)]*\)(?: hold)? =>) \d+ *$", r"\1 FD", line)
    if line.startswith("/proc/vmcore"):
        # What is in the file is compared as ELF.
        line = re.sub(r'(=> -?\d+) ".*$', r"\1 BYTES", line)
        line = re.sub(r"(read\(1\) xN =>).*", r"\1 BYTES", line)
        if vmcore and not vmcore.is_padded():
            line = line.replace(str(vmcore.size()), "SIZE")
    if not OPERATION.match(line) and re.match(r"^\S+:", line) and not line.startswith("/proc"):
        line = "shell: " + line.rsplit(": ", 1)[1].replace("nonexistent directory", "No such file or directory")
    return re.sub(r"^rc=[1-9]\d*", "rc=failed", line)


def is_recorded(line):
    """Whether a line is worth keeping in a recording."""
    if DUMP_LINE.match(line) or re.match(r"^\*$|^[0-9a-f]{8}$", line):
        return True
    if line.startswith("    dmesg: "):
        return "registration is successful" in line
    return bool(_is_kept(line)) and not _is_dropped("", line)
