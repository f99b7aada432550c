"""Recordings as they lie in recordings/: the records of a transcript, written so that they can be read.

    ##### boot 1: STATE first boot
    PATH | OPERATION ; OPERATION => RESULT      operations in a row with the same result
      | OPERATION => RESULT                     on the path of the line before
        kmsg: <6>TEXT                           what the kernel said to the operation above
"""

import re

from transcript import Record

# The operations of the probe's battery on a file that is not there, which would be most of a recording.
BATTERY = (
    ["lstat"]
    + [
        f"open({flags})"
        for flags in (
            "O_RDONLY O_WRONLY O_RDWR O_RDONLY|O_TRUNC O_WRONLY|O_TRUNC O_WRONLY|O_APPEND O_RDWR|O_TRUNC"
            " O_RDONLY|O_DIRECTORY O_WRONLY|O_CREAT O_WRONLY|O_CREAT|O_TRUNC O_CREAT|O_EXCL|O_RDWR O_RDONLY|O_NONBLOCK"
            " O_RDONLY|O_DIRECT O_RDONLY|O_NOFOLLOW O_RDONLY|O_NOATIME O_PATH O_RDWR|O_TMPFILE"
        ).split()
    ]
    + ["access(R_OK)", "access(W_OK)", "access(X_OK)", "truncate(0)", "truncate(100)", "rename(p,p.new)", "link(p,p.new)"]
    + ["symlink(x,p.new)", "rename(p,/tmp/x)", "unlink", "rmdir", "mkdir(p/sub)", "open(p/sub,O_CREAT)", "execve(p)"]
)


def write(heading, records, out):
    print(heading, file=out)
    section = path = None
    index = 0
    while index < len(records):
        record = records[index]
        if record.section != section:
            section, path = record.section, None
            print(f"##### {section}", file=out)
        end = index + 1
        # A result that goes on with messages stands alone.
        while "\n" not in record.result and end < len(records):
            if records[end] != record._replace(operation=records[end].operation):
                break
            end += 1
        operations = [each.operation for each in records[index:end]]
        names = "the whole battery" if operations == BATTERY else " ; ".join(operations)
        subject = " " if record.path == path else record.path
        print(f"{subject} | {names} => {record.result}" if record.result else f"{subject} | {names} =>", file=out)
        path = record.path
        index = end


def read(path):
    """The records of a recording."""
    records = []
    section = subject = None
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("##### "):
                section = line[6:]
            elif line.startswith("    "):
                records[-1] = records[-1]._replace(result=f"{records[-1].result}\n{line}")
            else:
                first, rest = line.split(" | ", 1)
                subject = first.strip() or subject
                names, result = re.match(r"(.*?) =>(?: (.*))?$", rest).groups()
                operations = BATTERY if names == "the whole battery" else names.split(" ; ")
                records += [Record(section, subject, operation, result or "") for operation in operations]
    return records
