"""What drgn reads out of a dump, one answer a line: drgn-reads.py DUMP VMLINUX PHYSICAL-ADDRESS COUNT LOG.

The log goes to the file LOG; VMLINUX may be - where there is none, and LOG then too.
"""
import sys

import drgn

dump, vmlinux, address, count, log = sys.argv[1:]
address, count = int(address, 0), int(count, 0)
program = drgn.Program()
program.set_core_dump(dump)
print("flags:", program.flags)
print("platform:", program.platform)
print("physical:", program.read(address, count, True).decode())
print("virtual:", program.read(0xC000000000000000 + address, count).decode())
if vmlinux != "-":
    program.load_debug_info([vmlinux])
    from drgn.helpers.linux.printk import get_dmesg

    with open(log, "wb") as file:
        file.write(get_dmesg(program))
    print("release:", program["UTS_RELEASE"].string_().decode())
