# same-memory.py WANTED GOT: compares two ELF cores. All memory of the first is in the second, byte by byte; what one core
# has of the CPUs' registers and of VMCOREINFO, but for the time of the crash, the other has.
import os
import struct
import sys


class Core:
    def __init__(self, path):
        self.opened = open(path, "rb", buffering=0)
        self.file = self.opened.fileno()
        head = os.pread(self.file, 64, 0)
        order = "<" if head[5] == 1 else ">"
        count = struct.unpack_from(order + "H", head, 56)[0]
        self.loads, self.notes = [], []
        for index in range(count):
            fields = struct.unpack(order + "IIQQQQQQ", os.pread(self.file, 56, 64 + 56 * index))
            if fields[0] == 1:
                self.loads.append((fields[4], fields[5], fields[2]))
            elif fields[0] == 4:
                self.read_notes(os.pread(self.file, fields[5], fields[2]), order)

    def read_notes(self, notes, order):
        at = 0
        while at + 12 <= len(notes):
            name, size, _ = struct.unpack_from(order + "III", notes, at)
            if name == 0:
                return
            start = at + 12 + (name + 3) // 4 * 4
            self.notes.append((notes[at + 12 : at + 11 + name], notes[start : start + size]))
            at = start + (size + 3) // 4 * 4

    def memory(self, address, count):
        parts = []
        while count:
            for start, size, offset in self.loads:
                if start <= address < start + size:
                    part = os.pread(self.file, min(count, start + size - address), offset + address - start)
                    break
            else:
                sys.exit(f"no memory at {address:#x}")
            if not part:
                sys.exit(f"nothing to read at {address:#x}")
            parts.append(part)
            address += len(part)
            count -= len(part)
        return b"".join(parts)

    def facts(self):
        lines = b"".join(text for name, text in self.notes if name == b"VMCOREINFO").split(b"\n")
        registers = [text[112:] for name, text in self.notes if name == b"CORE"]
        return registers, [line for line in lines if line and not line.startswith(b"CRASHTIME=")]


wanted, got = Core(sys.argv[1]), Core(sys.argv[2])
total = filled = 0
for start, size, _ in wanted.loads:
    for address in range(start, start + size, 1 << 20):
        count = min(1 << 20, start + size - address)
        a, b = wanted.memory(address, count), got.memory(address, count)
        if a != b:
            first = next(i for i in range(count) if a[i] != b[i])
            sys.exit(f"memory differs at {address + first:#x}: {a[first:first + 16].hex()}, {b[first:first + 16].hex()}")
        total += count
        filled += count - a.count(0)
if wanted.facts() != got.facts():
    sys.exit("registers or VMCOREINFO differ")
registers, lines = wanted.facts()
print(f"{total} bytes of memory ({filled} not zero), registers of {len(registers)} CPUs, {len(lines)} lines of VMCOREINFO")
