"""Machines that are mounted to be measured, and what is done to them."""

import contextlib
import json
import os
import subprocess
import time

MIB = 1 << 20


@contextlib.contextmanager
def opened(path, flags=os.O_RDONLY):
    file = os.open(path, flags)
    try:
        yield file
    finally:
        os.close(file)


def write(path, data):
    with opened(path, os.O_WRONLY) as file:
        os.write(file, data)


def read(path, count=4096):
    with opened(path) as file:
        return os.pread(file, count, 0)


class Machine:
    """A machine of so many MiB, CPUs and ranges of memory.

    Its kernel is the newest, which takes 2048 CPUs, or for `small` one that takes 256 MiB; such dumps are all read directly,
    since large ones cannot be passed through.
    """

    SYSRQ = "proc/sysrq-trigger"

    def __init__(self, fadumpfs, work, name, mib=2048, cpus=2, ranges=1, small=False):
        self.fadumpfs, self.name, self.mib, self.ranges = fadumpfs, name, mib, ranges
        kernel = "linux-4.14" if small else "linux-7.2"
        parameters = "fadump=on crashkernel=64M" if small else "fadump=on"
        # Not the links of the older names: following them would be measured, too.
        folder = "sys/kernel/fadump_" if small else "sys/kernel/fadump/"
        self.registered, self.release = folder + "registered", folder + "release_mem"
        self.at = os.path.join(work, name)
        os.makedirs(self.at, exist_ok=True)
        self.file = os.path.join(work, name + ".toml")
        with open(self.file, "w") as file:
            file.write(f'name = "{name}"\nkernel = "{kernel}"\ncmdline = "{parameters}"\ncpus = {cpus}\n')
            file.write('vmcore = "direct"\n' if small else "")
            file.write(f'memory-map = "{self.memory_map()}"\n' if ranges > 1 else f'memory = "{mib}M"\n')

    def memory_map(self):
        """A large range, in which a dump has room, and small ones with holes between them."""
        large = self.mib - 3 * (self.ranges - 1)
        small = (f"{large + 4 * i + 1}M-{large + 4 * i + 4}M" for i in range(self.ranges - 1))
        return ",".join([f"0-{large}M", *small])

    def path(self, name):
        return os.path.join(self.at, name)

    def mount(self):
        subprocess.run([self.fadumpfs, "mount", "--quiet", "--machine", self.file, self.at], check=True)

    def unmount(self):
        subprocess.run([self.fadumpfs, "unmount", "--quiet", self.at], check=True)

    def own_memory(self):
        """MiB that the daemon has for itself: without the machine's memory that it has mapped."""
        with open(os.path.join(os.environ["FADUMPFS_RUNTIME_DIR"], self.name + ".json")) as file:
            pid = json.load(file)["pid"]
        with open(f"/proc/{pid}/status") as file:
            sizes = dict(line.split(":", 1) for line in file)
        return (int(sizes["VmRSS"].split()[0]) - int(sizes["RssShmem"].split()[0])) / 1024


def microseconds(action, times=1):
    start = time.perf_counter_ns()
    for _ in range(times):
        action()
    return (time.perf_counter_ns() - start) / 1000 / times


def cycle(machine, cost):
    """One life of a mounted machine; adds what each step of it costs, in microseconds."""

    def step(name, action, times=1):
        cost.setdefault(name, []).append(microseconds(action, times))

    registered = machine.path(machine.registered)
    if read(registered) == b"1\n":
        write(registered, b"0")
    step("register", lambda: write(registered, b"1"))
    step("attribute", lambda: read(registered), 200)
    step("status", lambda: read(machine.path("machine/status"), MIB), 5)
    step("memory, 64 KiB", lambda: read(machine.path("machine/memory"), 64 << 10), 200)

    def crash():
        write(machine.path(Machine.SYSRQ), b"c")
        os.close(os.open(machine.path("proc/vmcore"), os.O_RDONLY))

    step("crash to capture", crash)
    with opened(machine.path("proc/vmcore")) as dump:
        offset = (os.fstat(dump).st_size // 2) & ~(MIB - 1)
        step("vmcore, 1 MiB", lambda: os.pread(dump, MIB, offset), 20)
    step("release", lambda: write(machine.path(machine.release), b"1"))


def best(cost):
    """What nothing else on the host got into the way of."""
    return {name: min(values) for name, values in cost.items()}
