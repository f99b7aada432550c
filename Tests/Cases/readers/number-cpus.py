"""Gives every CPU's note of a core file a process id, 1 for the first: number-cpus.py FILE.

Kernels leave it 0, so that gdb takes all CPUs for one thread. FILE is a copy of a dump: /proc/vmcore cannot be written.
"""
import struct
import sys

with open(sys.argv[1], "r+b") as file:
    head = file.read(64)
    order = {1: "<", 2: ">"}[head[5]]
    (start,) = struct.unpack_from(order + "Q", head, 32)
    size, count = struct.unpack_from(order + "2H", head, 54)
    for index in range(count):
        file.seek(start + index * size)
        kind, _, offset, _, _, length = struct.unpack(order + "2I4Q", file.read(40))
        if kind != 4:  # PT_NOTE
            continue
        end, cpu = offset + length, 0
        while offset < end:
            file.seek(offset)
            name, bytes_, kind = struct.unpack(order + "3I", file.read(12))
            description = offset + 12 + (name + 3) // 4 * 4
            if kind == 1:  # NT_PRSTATUS
                cpu += 1
                file.seek(description + 32)  # pr_pid
                file.write(struct.pack(order + "I", cpu))
            offset = description + (bytes_ + 3) // 4 * 4
