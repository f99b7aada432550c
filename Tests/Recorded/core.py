"""The head of a core file, as it is compared: field by field, without what follows from the length of VMCOREINFO."""

import re

# Bytes of a CPU's note, and of the VMCOREINFO note of each recorded build, heads and padding included.
CPU_NOTE = 0x20C
VMCOREINFO = {
    "3.4.113": 0x518, "4.4.155": 0x780, "4.14.67": 0x800, "4.19.48": 0x818, "5.4.273": 0x818, "5.10.223": 0xBD4,
    "6.1.176": 0xD28, "7.2.13": 0xD9C,
}  # fmt: skip


class Core:
    def __init__(self, data, release):
        self.data = data
        self.order = "little" if data[5] == 1 else "big"
        self.headers = [self.header(64 + 56 * index) for index in range(self.number(56, 2))]
        note = self.headers[0]
        self.notes_end = note["offset"] + note["filesz"]
        # Old kernels pack everything, new ones begin segments on pages.
        self.is_packed = len(self.headers) > 1 and self.headers[1]["offset"] == self.notes_end
        self.end = max(header["offset"] + header["filesz"] for header in self.headers)
        self.vmcoreinfo = self.length_of_vmcoreinfo(release)

    def number(self, at, size):
        return int.from_bytes(self.data[at : at + size], self.order)

    def header(self, at):
        names = ("offset", "vaddr", "paddr", "filesz", "memsz", "align")
        values = {name: self.number(at + 8 * index, 8) for index, name in enumerate(names, 1)}
        return {"type": self.number(at, 4), "flags": self.number(at + 4, 4)} | values

    def notes(self):
        """Name, type and length of each note; only those that the data reach to."""
        at = self.headers[0]["offset"]
        while at + 12 <= min(self.notes_end, len(self.data)):
            name_size, size, kind = (self.number(at + 4 * index, 4) for index in range(3))
            if name_size == 0:
                return
            name = self.data[at + 12 : at + 12 + name_size].rstrip(b"\0").decode("ascii", "replace")
            length = 12 + (name_size + 3) // 4 * 4 + (size + 3) // 4 * 4
            yield name, kind, size, length
            at += length

    def length_of_vmcoreinfo(self, release):
        if self.notes_end <= len(self.data):
            return sum(length for name, _, _, length in self.notes() if name == "VMCOREINFO")
        # Recordings have the first pages only.
        length = VMCOREINFO.get(release, 0)
        return length if self.headers[0]["filesz"] > length else 0

    def facts(self):
        """What is compared, as pairs of a name and a text."""
        yield "file header", self.data[:64].hex(" ", 4)
        cpus, rest = divmod(self.headers[0]["filesz"] - self.vmcoreinfo, CPU_NOTE)
        yield "notes", f"{cpus} of CPUs{', VMCOREINFO' if self.vmcoreinfo else ''}, {rest} other bytes"
        for index, header in enumerate(self.headers):
            fields = dict(header)
            if header["type"] == 4:
                equal = header["filesz"] == header["memsz"]
                fields |= {"filesz": "notes" if equal else "other", "memsz": "notes"}
            elif self.is_packed:
                fields["offset"] = f"notes+{header['offset'] - self.notes_end:#x}"
            texts = (f"{name}={value if isinstance(value, str) else hex(value)}" for name, value in fields.items())
            yield f"program header {index}", " ".join(texts)

    def without_contents(self, record):
        """A record of /proc/vmcore without what is compared as ELF already, or lies in the dumped memory."""
        if record.path != "/proc/vmcore":
            return record
        result = record.result.replace(str(self.end), "END") if self.is_packed else record.result
        if record.operation == "read(8) after seek 100" or self.is_packed and "off4096" in record.operation:
            result = re.sub(r'"[^\n]*', "...", result)
        if self.is_packed and "off65536" in record.operation:
            result = re.sub(r'"[^\n]*', "...", result)
        # The file header is the same wherever notes end; what follows it is not.
        return record._replace(result=re.sub(r'"((?:\\x..|\\.|[^\\"]){48})[^\n]*', r'"\1"...', result))
