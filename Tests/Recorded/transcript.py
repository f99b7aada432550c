"""Reads what a recorded machine wrote to its console, or what `play` prints, as records that can be compared.

Left out: kernel logs as a whole, /proc/iomem, meminfo, times, names of other files in /sys/kernel, where a build keeps
VMCOREINFO and how long it is. The head of /proc/vmcore is read as ELF, field by field.
"""

import re
from typing import NamedTuple

from core import Core


class Record(NamedTuple):
    section: str
    path: str
    operation: str
    result: str  # kernel messages follow, a line each


# Sections whose contents depend on what else the recorded machine was made of.
IGNORED = ("FULL DMESG", "fadump_region text", "/proc/iomem", "memblock", "SAVE")

ERRORS = {
    "Permission denied": "EACCES",
    "Operation not permitted": "EPERM",
    "Invalid argument": "EINVAL",
    "File exists": "EEXIST",
    "No such file or directory": "ENOENT",
    "nonexistent directory": "ENOENT",
    "Is a directory": "EISDIR",
    "Not a directory": "ENOTDIR",
    "Input/output error": "EIO",
    "No such device": "ENODEV",
    "No space left on device": "ENOSPC",
}
SHELL_ERROR = re.compile(r"(?:sh|bash|cat|touch|mkdir|rm|/init|\S*/scenario|\S*/steps\.sh)\b.*: (%s)$" % "|".join(ERRORS))

# The shell's lines in their order, which a transcript shows the outcome of only.
IDIOMS = {
    "shell idioms": [
        "echo 1", "echo 0", "echo 0 again", "echo 1", "echo 1 again", "echo 2", "printf 1", "echo 1 > enabled",
        "echo 1 > release_mem", "cat release_mem", "echo 1 >> registered", "echo 1 > fadump_release_mem",
        "touch fadump/foo", "mkdir fadump/foo", "rm registered",
    ],
    "registered writes while active": ["echo 1 > registered", "cat release_mem"],
    "RELEASE writes after release": ["echo 1 > release_mem"],
}

# Other names in these directories are not the subject.
LISTED = {
    "/sys/kernel": re.compile(r"(fadump|kexec|vmcoreinfo|crash_)"),
    "/sys/kernel/debug": re.compile(r"powerpc\("),
    "/sys/kernel/debug/powerpc": re.compile(r"fadump_region\("),
}

# What the kernel logs of dumps while it boots.
LOGGED = re.compile(
    r"(?:<\d>)?\[ *\d+\.\d+\] ((?:rtas )?fadump: .*|.*irmware-assisted dump.*|.*for saving crash dump|.*for crashkernel.*"
    r"|crashkernel.*|Unknown kernel command line parameters.*fadump=on)"
)

OPERATION = re.compile(r"(/\S+) \| (.+?) =>(?: (.*))?$")
BYTES = re.compile(r'(/\S+) \| (.* bytes) (".*)')
HEXDUMP = re.compile(r"[0-9a-f]{8}(?:  |$)|\*$")
MESSAGE = re.compile(r"    (kmsg|dmesg): (?:\[ *\d+\.\d+\] )?(.*)")


def read(path):
    """The records of the transcript at `path`."""
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [re.sub(r"^@\d+\.\d+s ", "", line.rstrip("\r\n")) for line in file]
    reader = Reader()
    for line in lines:
        reader.line(line)
    return reader.finished()


def result_of(path, operation, result):
    """The result without what differs from run to run."""
    result = re.sub(r" *\(\d+\.\d ms\)$", "", result)
    result = re.sub(r" mtime=\d+$", "", result).strip()
    if operation.startswith("open(") and re.fullmatch(r"\d+", result):
        return "fd"
    if path in LISTED and operation == "readdir":
        return " ".join(sorted(name for name in result.split() if LISTED[path].match(name)))
    if path in LISTED:
        return re.sub(r" nlink=\d+", "", result)
    if path == "/sys/kernel/vmcoreinfo":
        return re.sub(r'"0x[0-9a-f]{16} ', '"0xADDRESS ', result)
    return result


def hexdump_bytes(lines):
    """The bytes that lines of `hexdump -C` show; those that are like the line before are collapsed."""
    data = bytearray()
    repeated = False
    for line in lines:
        if line == "*":
            repeated = True
            continue
        if repeated:
            data += data[-16:] * ((int(line[:8], 16) - len(data)) // 16)
        repeated = False
        data += bytes.fromhex(line[8:60].replace(" ", ""))
    return bytes(data)


class Reader:
    def __init__(self):
        self.release = ""
        self.boot = 0
        self.section = None  # nothing is read where it is None
        self.ignoring = False
        self.records = []
        self.seen = {}  # how often a section or a shell's line came
        self.said = None  # what the shell said last
        self.dump = None  # path and lines of a hexdump
        self.core = None

    def finished(self):
        self.end_of_block()
        if self.core:
            self.records = [self.core.without_contents(record) for record in self.records]
        return self.records

    def add(self, path, operation, result):
        self.records.append(Record(self.section, path, operation, result))

    def add_to_last(self, text):
        if self.records and self.records[-1].section == self.section:
            self.records[-1] = self.records[-1]._replace(result=self.records[-1].result + text)

    def count(self, key):
        self.seen[key] = self.seen.get(key, 0) + 1
        return self.seen[key]

    def end_of_block(self):
        """What a hexdump or a word of the shell comes to, when something else follows."""
        if self.dump:
            path, lines = self.dump
            data = hexdump_bytes(lines)
            self.dump = None
            if data[:4] == b"\x7fELF":
                self.core = Core(data, self.release)
                for operation, result in self.core.facts():
                    self.add("/proc/vmcore", operation, result)
            elif path and lines:
                self.add(path, "bytes", data.hex(" ", 4))
        if self.said:
            self.shell(self.said)

    def shell(self, result):
        title = re.sub(r"^boot \d+: | \(\d+\)$", "", self.section)
        names = IDIOMS.get(title, [])
        index = self.count(("shell", self.section))
        name = names[index - 1] if index <= len(names) else f"command {index}"
        # The recorded machine's printf says nothing when it fails.
        self.add("shell", name, result.split()[0] if name.startswith("printf") else result)
        self.said = None

    def begin(self, title):
        self.end_of_block()
        self.ignoring = title.startswith(IGNORED)
        if self.ignoring:
            # What a scenario does behind them belongs to the section before.
            return
        if title.startswith("vmcore first"):
            self.dump = (None, [])
        elif match := re.match(r"BOOT (\d+)", title):
            self.boot = int(match.group(1))
            self.section = f"boot {self.boot}: BOOT"
        elif match := re.match(r"CRASH NOW.* (registered=\d?)", title):
            self.section = f"boot {self.boot}: CRASH"
            self.add("crash", "while", match.group(1))
            self.section = None
        elif title.startswith("dmesg"):
            self.section = f"boot {self.boot}: LOG"
        elif title.startswith(("DONE", "kill init")):
            self.section = None
        else:
            count = self.count((self.boot, title))
            self.section = f"boot {self.boot}: {title}" + (f" ({count})" if count > 1 else "")

    def line(self, line):
        if match := re.match(r"# .*label=(\S+)", line):
            self.release = match.group(1)
        if line.startswith("##### "):
            self.begin(line[6:].strip())
        elif self.section is None:
            return
        elif self.section.endswith(": LOG") and not self.ignoring:
            if match := LOGGED.match(line):
                self.add("dmesg", match.group(1).strip(), "said")
        elif self.ignoring and not (OPERATION.match(line) or MESSAGE.match(line)):
            return
        elif HEXDUMP.match(line):
            if self.dump is None:
                self.dump = (None, [])
            self.dump[1].append(line)
        elif match := re.match(r"(/proc/device-tree/\S+):$", line):
            self.end_of_block()
            self.dump = (match.group(1), [])
        elif match := SHELL_ERROR.match(line):
            if self.said:
                self.shell(self.said)
            self.said = ERRORS[match.group(1)]
        elif line.startswith("rc="):
            code = re.sub(r"rc=[1-9]\d*", "rc=failed", line)
            self.shell(" ".join(filter(None, [code, self.said])))
        else:
            self.operation(line)

    def operation(self, line):
        if match := MESSAGE.match(line):
            # Where the log has to be read as a whole, it begins with what was said before.
            if match.group(1) == "kmsg" or re.search(r"irmware-assisted|fadump:|saving crash", match.group(2)):
                self.add_to_last(f"\n    {match.group(1)}: {match.group(2).rstrip()}")
            return
        if match := re.match(r"    (registered=.*)", line):
            self.add_to_last(f"; {match.group(1)}")
            return
        if not self.dump or self.dump[1]:
            self.end_of_block()
        if match := OPERATION.match(line):
            path, operation, result = match.group(1), match.group(2).strip(), match.group(3) or ""
            self.add(path, operation, result_of(path, operation, result))
        elif match := BYTES.match(line):
            # What a mapping still shows when its file is gone is nobody's.
            path, operation, result = match.groups()
            self.add(path, operation, "readable" if operation.startswith("old") else result)
        elif match := re.match(r"cmdline: (.*)", line):
            self.add("/proc/cmdline", "text", match.group(1))
        elif match := re.match(r"vmcore (still there|GONE)", line):
            self.add("/proc/vmcore", "afterwards", match.group(1))
        elif line == "no bootargs_append":
            self.add("/sys/kernel/fadump/bootargs_append", "is", "absent")
