# Root file systems out of Debian's packages, for the cases with distributions' scripts. They start with: . ./lib.sh;
# . ./roots.sh

# What every root has: a shell and the commands that scripts take for granted.
BASE=(base-files base-passwd bash bsdutils coreutils dash debianutils diffutils file findutils gawk grep gzip hostname kmod
    mount procps sed tar udev util-linux)

# root_of NAME SUITE ARCH PACKAGE...: unpacks a root file system with these packages and sets ROOT to its folder, which
# is the case's own. The packages are unpacked, not configured: no script of theirs runs.
root_of() {
    local tree
    ROOT=$CASE_WORK/root-$1
    # shellcheck source=../Tools/debian.sh
    tree=$(. ../Tools/debian.sh && packages "$2" "$3" "${BASE[@]}" "${@:4}") || exit
    cp -a "$tree" "$ROOT"
    # What the packages' scripts would have made.
    mkdir -p "$ROOT"/{dev,proc,sys,tmp,run,var/crash,var/tmp}
    ln -sf gawk "$ROOT/usr/bin/awk"
    cp "$ROOT/usr/share/base-passwd/passwd.master" "$ROOT/etc/passwd"
    cp "$ROOT/usr/share/base-passwd/group.master" "$ROOT/etc/group"
    echo fadumpfs >"$ROOT/etc/hostname"
}

# in_root COMMAND...: runs it in ROOT outside of any machine, in mount and process namespaces of its own: what it starts
# ends with it.
in_root() {
    unshare --mount --propagation private --pid --fork --kill-child=KILL bash -c '
        mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$ROOT" "$@"
}

# in_boot COMMAND...: runs it in ROOT on the machine mounted at P; files that it changes are below what `kept` prints.
in_boot() {
    mkdir -p "$(kept)"
    "$FADUMPFS" exec --name "${P##*/}" --root "$ROOT" --keep "$(kept)" -- "$@"
}
kept() { echo "$CASE_WORK/kept-${P##*/}"; }
