# What the cases share. A case starts with: . ./lib.sh
set -euo pipefail

export FADUMPFS_RUNTIME_DIR=$CASE_WORK/run
MOUNTS=()

# Ends every machine that the case left running, and unmounts what is still mounted.
cleanup() {
    local at
    for at in "${MOUNTS[@]:-}"; do
        [ -n "$at" ] || continue
        "$FADUMPFS" unmount "$at" >/dev/null 2>&1 || true
        if mountpoint -q "$at" 2>/dev/null; then fusermount3 -u -z "$at" 2>/dev/null || umount -l "$at" || true; fi
    done
}
trap cleanup EXIT

fail() { echo "FAILED: $*"; exit 1; }
skip() { echo "$*"; exit 77; }
evidence() { echo "evidence: $*"; }

# machine NAME [OPTIONS]: starts a machine and sets P to its mount point.
machine() {
    local name=$1
    shift
    P=$CASE_WORK/$name
    mkdir -p "$P"
    MOUNTS+=("$P")
    "$FADUMPFS" mount --name "$name" "$@" "$P"
}

# equal WHAT GOT WANTED
equal() {
    [ "$2" = "$3" ] || fail "$1: got '$2', wanted '$3'"
}

# contains WHAT TEXT PART
contains() {
    case $2 in *"$3"*) ;; *) fail "$1: '$3' is not in: $2" ;; esac
}

# refused WHAT COMMAND...: the command must fail; its output is in REFUSAL.
refused() {
    local what=$1
    shift
    if REFUSAL=$("$@" 2>&1); then fail "$what: succeeded, printed: $REFUSAL"; fi
}

# in_readme NAME: the block of the README behind the marker <!-- NAME -->.
in_readme() {
    awk -v mark="<!-- $1 -->" '
        $0 == mark { on = 1; next }
        on && /^    / { print substr($0, 5); seen = 1; next }
        on && /^$/ { print; next }
        on && seen { exit }' ../../README.md | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' | sed '1{/^$/d}'
}

# plant ADDRESS TEXT: writes into the machine's memory.
plant() { printf %s "$2" | dd of="$P/machine/memory" bs=4096 seek="$(($1))" oflag=seek_bytes conv=notrunc status=none; }

# memory_at ADDRESS COUNT: reads the machine's memory.
memory_at() { dd if="$P/machine/memory" bs=4096 skip="$(($1))" count="$2" iflag=skip_bytes,count_bytes status=none | tr -d '\0'; }

# The file offset in vmcore of a physical address, from the program headers that readelf shows.
vmcore_offset() {
    readelf -lW "$P/proc/vmcore" 2>/dev/null | python3 -c '
import sys
want = int(sys.argv[1], 0)
for line in sys.stdin:
    f = line.split()
    if f and f[0] == "LOAD":
        offset, paddr, size = (int(f[i], 16) for i in (1, 3, 4))
        if paddr <= want < paddr + size:
            print(offset + want - paddr)
            break
else:
    sys.exit("no segment holds " + sys.argv[1])' "$1"
}

# dumped ADDRESS COUNT: reads the dump at a physical address.
dumped() { dd if="$P/proc/vmcore" bs=4096 skip="$(vmcore_offset "$1")" count="$2" iflag=skip_bytes,count_bytes status=none | tr -d '\0'; }

# status FIELD of the machine mounted at P
status() { jq -r "$1" "$P/machine/status"; }

# as_root: skips where the case cannot work without
as_root() { [ "$(id -u)" = 0 ] || skip "needs root"; }

# package NAME: unpacks a Debian package, as its registry has it, and sets UNPACKED to the folder. Nothing of it is
# installed.
package() {
    UNPACKED=$CASE_WORK/package-$1
    mkdir -p "$UNPACKED/deb"
    (
        cd "$UNPACKED/deb"
        apt-get download -qq "$1" >/dev/null 2>&1 || { apt-get update -qq && apt-get download -qq "$1" >/dev/null; }
    ) || skip "cannot download the package $1"
    dpkg -x "$UNPACKED"/deb/*.deb "$UNPACKED/root"
    UNPACKED=$UNPACKED/root
}

# tool PROGRAM[@PACKAGE][:ARCH][/SUITE] ARGUMENT...: runs a real program out of Debian's packages; see ../Tools/tool.
TOOL=$(cd ../Tools && pwd)/tool
tool() { "$TOOL" "$@"; }

# tools PROGRAM[@PACKAGE][:ARCH][/SUITE]...: gets them, and skips the case where one cannot be had.
tools() {
    local spec
    for spec; do "$TOOL" --words "$spec" >/dev/null || exit; done
}

# python_with REQUIREMENT...: prints a python that has these packages of PyPI; skips where they cannot be had.
python_with() {
    # shellcheck source=../Tools/python.sh
    (. ../Tools/python.sh && python_with "$@")
}
