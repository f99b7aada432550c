"""What libkdumpfile reads out of a dump, one answer a line: libkdumpfile-reads.py DUMP PHYSICAL-ADDRESS COUNT."""
import sys

import kdumpfile

dump, address, count = sys.argv[1:]
address, count = int(address, 0), int(count, 0)
context = kdumpfile.Context()
context.open(dump)
context.attr["addrxlat.ostype"] = "linux"
for name in ["file.format", "arch.name", "arch.page_size", "linux.uts.release", "cpu.number"]:
    print(f"{name}:", context.attr.get(name, "not known"))
order = {kdumpfile.LITTLE_ENDIAN: "little", kdumpfile.BIG_ENDIAN: "big"}
print("byte order:", order[context.attr["arch.byte_order"]])
print("machine physical:", bytes(context.read(kdumpfile.MACHPHYSADDR, address, count)).decode())
print("kernel physical:", bytes(context.read(kdumpfile.KPHYSADDR, address, count)).decode())
print("kernel virtual:", bytes(context.read(kdumpfile.KVADDR, 0xC000000000000000 + address, count)).decode())
print("symbol _stext:", hex(context.vmcoreinfo_symbol("_stext")))
