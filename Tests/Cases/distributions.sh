# What the cases of distributions' own kdump services share: their trees, and boots to run them in.
# shellcheck source=../Tools/programs.sh
. ../Tools/programs.sh

# upstream VARIABLE WHAT ADDRESS: sets UPSTREAM to a copy of the source tree that the variable names; the copy may be
# written to. Such trees are in no registry of packages, so a case is skipped where none is named.
upstream() {
    local tree=${!1:-}
    [ -n "$tree" ] || skip "no source tree of $2: clone $3 and name its folder in $1"
    [ -d "$tree" ] || skip "$1 names no folder: $tree"
    UPSTREAM=$CASE_WORK/${1,,}
    mkdir -p "$UPSTREAM"
    cp -a "$tree/." "$UPSTREAM"
}

# earlier COMMIT: the tree in UPSTREAM as it was then, into the folder that it prints; fails where history is missing.
earlier() {
    local at=$UPSTREAM@$1
    mkdir -p "$at"
    git -C "$UPSTREAM" archive "$1" 2>/dev/null | tar -x -C "$at" 2>/dev/null || return 1
    echo "$at"
}

# over_host [--OPTION=VALUE...] NAME FILES COMMAND...: runs a command in the boot of machine NAME, on the host's root file
# system with the tree FILES laid over it; changes are thrown away but for --keep.
over_host() {
    local name files options=()
    while [[ $1 == --* ]]; do
        options+=("$1")
        shift
    done
    name=$1 files=$2
    shift 2
    "$FADUMPFS" exec --name "$name" --root / "${options[@]}" -- bash -euc '
        cp -a --no-preserve=ownership "$1/." /
        shift
        cd /
        "$@"' over_host "$files" "$@"
}

# merged DIR: moves top-level folders of unpacked packages to where distributions of today have them.
merged() {
    local folder
    for folder in bin sbin lib lib64; do
        [ -d "$1/$folder" ] && [ ! -L "$1/$folder" ] || continue
        mkdir -p "$1/usr/$folder"
        cp -a "$1/$folder/." "$1/usr/$folder"
        rm -r "${1:?}/$folder"
    done
}

# host_untouched: remembers what a service of kdump might change of its host; call `host_was_untouched` at the end.
host_untouched() { HOST_BEFORE=$(host_facts); }
host_was_untouched() { equal "what the host shows" "$(host_facts)" "$HOST_BEFORE"; }
host_facts() {
    grep -s "" /proc/sys/kernel/{panic,panic_on_oops,sysrq} /sys/kernel/kexec_crash_loaded || true
    ls -d /etc/kdump* /run/udev/rules.d/* /boot/* /var/crash /var/lib/kdump* 2>/dev/null || true
}

# with_program FILES PATH PROGRAM[:ARCH][/SUITE]: puts a real program out of Debian's packages at this path of the tree.
with_program() {
    command_of "$3"
    mkdir -p "$(dirname "$1$2")"
    { echo '#!/bin/sh'; printf 'exec'; printf ' %q' "${COMMAND[@]}"; echo ' "$@"'; } >"$1$2"
    chmod +x "$1$2"
}
