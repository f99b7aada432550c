"""Prints the registers that firmware and kernel left in a machine's memory at a crash, a line for each CPU:

    registers.py MEMORY SAVE-AREA CRASHED-CPU CRASHED-CPU'S-REGISTERS little|big

MEMORY is machine/memory. SAVE-AREA is where firmware saved the CPUs' registers: big-endian pairs of a name and a value
(PAPR, "Register Save Area"). Those of the CPU that crashed are the kernel's own, 32 GPRs, nip, msr, r3, ctr, lr, xer,
cr (struct pt_regs), where the crash info header has them. CPUs are numbered from 0 as they stand in the area.
"""
import struct
import sys

memory = open(sys.argv[1], "rb")
area, crashed, kernels_own = (int(word, 0) for word in sys.argv[2:5])
order = {"little": "<", "big": ">"}[sys.argv[5]]
NAMES = [f"r{n}" for n in range(32)] + ["pc", "msr", "cr", "lr", "ctr", "xer"]
SAVED = {"NIA": "pc", "MSR": "msr", "CR": "cr", "LR": "lr", "CTR": "ctr", "XER": "xer"}


def at(address, form):
    memory.seek(address)
    return struct.unpack(form, memory.read(struct.calcsize(form)))


magic, version, offset = at(area, ">8sII")
if magic != b"REGSAVE\0":
    sys.exit(f"there is no register save area at {area:#x}: {magic}")
(count,) = at(area + offset, ">I")
entry = area + offset + 4
for cpu in range(count):
    registers = {}
    while True:
        name, value = at(entry, ">8sQ")
        entry += 16
        name = name.rstrip(b"\0").decode()
        if name == "CPUEND":
            break
        if name.startswith("GPR"):
            registers[f"r{int(name[3:])}"] = value
        elif name in SAVED:
            registers[SAVED[name]] = value
    if cpu == crashed:
        values = at(kernels_own, order + "39Q")
        registers = dict(zip(NAMES[:34], values))
        registers |= dict(zip(["ctr", "lr", "xer", "cr"], values[35:]))
    print(" ".join(f"{name}={registers[name]:#x}" for name in NAMES))
