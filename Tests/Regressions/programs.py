"""Programs under measurement: what they allocate, copy and are asked (counting.c), and what they execute (callgrind)."""

import mmap
import os
import re
import shutil
import struct
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = ["allocations", "allocated", "copied", "replied"]
REQUESTS = 64


class Unavailable(Exception):
    """The host lacks what a measurement needs."""


class Counter:
    """The counters of programs that are started with its environment."""

    def __init__(self, work):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if not compiler:
            raise Unavailable("no C compiler for Tests/Regressions/counting.c")
        library = os.path.join(work, "counting.so")
        subprocess.run(
            [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-fno-builtin", "-shared", "-fPIC", "-o", library]
            + [os.path.join(HERE, "counting.c")],
            check=True,
        )
        path = os.path.join(work, "counts")
        with open(path, "wb") as file:
            file.truncate(4096)
        self._file = open(path, "r+b")
        self._view = mmap.mmap(self._file.fileno(), 4096)
        self.environment = {**os.environ, "LD_PRELOAD": library, "COUNTS": path}

    def read(self):
        numbers = struct.unpack_from(f"{len(FIELDS) + REQUESTS}Q", self._view)
        counts = dict(zip(FIELDS, numbers))
        counts["requests"] = numbers[len(FIELDS)]
        return counts

    def spent(self, action):
        """What the programs did while `action` ran."""
        before = self.read()
        action()
        # The last file is released behind the back of whoever closed it.
        time.sleep(0.1)
        after = self.read()
        return {name: after[name] - before[name] for name in after}


class HotPaths:
    """Tests/Regressions/HotPaths: does one thing again and again, in process."""

    def __init__(self, program, work):
        self.program = os.path.join(work, "HotPaths")
        # Old valgrinds stumble over debug information of new compilers.
        subprocess.run(["objcopy", "--strip-debug", program, self.program], check=True)

    def per_time(self, measure, operation, times, *machine):
        """What one time costs: the difference between many and few, so that starting counts for nothing."""
        few, many = times
        return (measure(operation, many, *machine) - measure(operation, few, *machine)) / (many - few)

    def run(self, command, environment, operation, times, machine):
        words = command + [self.program, operation, str(times)] + [str(number) for number in machine]
        # The order of Swift's dictionaries is otherwise another one in every run.
        done = subprocess.run(
            words,
            env={**environment, "SWIFT_DETERMINISTIC_HASHING": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}")
        return done.stdout

    def instructions(self, operation, times, *machine):
        if not shutil.which("valgrind"):
            raise Unavailable("valgrind is not installed")
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        text = self.run(command, os.environ, operation, times, machine)
        return int(re.search(r"Collected : (\d+)", text).group(1))

    def allocations(self, counter):
        def measure(operation, times, *machine):
            run = lambda: self.run([], counter.environment, operation, times, machine)
            return counter.spent(run)["allocations"]

        return measure
