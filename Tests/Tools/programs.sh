# Programs out of unpacked packages, each run with its own dynamic linker and libraries, those of other processors by
# qemu-user. Sourced by `tool` and by cases.
# shellcheck source=debian.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# The package that holds a program, where that is not its name.
package_of() {
    case $1 in
    vmcore-dmesg) echo kexec-tools ;;
    eu-*) echo elfutils ;;
    *) echo "$1" ;;
    esac
}

# command_of PROGRAM ARCH SUITE: gets the program and sets COMMAND to the words that run it.
# shellcheck disable=SC2034
command_of() {
    local tree program='' folder loader libraries
    tree=$(packages "$3" "$2" "$(package_of "$1")") || exit
    for folder in usr/bin usr/sbin bin sbin; do
        [ ! -e "$tree/$folder/$1" ] || { program=$tree/$folder/$1; break; }
    done
    [ -n "$program" ] || unavailable "the package $(package_of "$1") of $3 has no program $1"
    if [ "$2" != "$(dpkg --print-architecture)" ]; then
        emulator_of "$2"
        COMMAND=("$EMULATOR" -L "$tree" "$program")
        return
    fi
    loader=$(readelf -lW "$program" 2>/dev/null | sed -n 's/.*program interpreter: \(.*\)]$/\1/p')
    libraries=$(find "$tree/usr/lib" "$tree/lib" -maxdepth 1 -type d -name '*-linux-gnu*' | paste -sd:)
    COMMAND=("$program")
    [ -z "$loader" ] || COMMAND=("$tree$loader" --library-path "$libraries" "$program")
}

# emulator_of ARCH: sets EMULATOR to the qemu-user that runs programs of this architecture of Debian.
emulator_of() {
    local machine name
    case $1 in
    ppc64el) machine=ppc64le ;;
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
    *) machine=$1 ;;
    esac
    for name in "qemu-$machine-static" "qemu-$machine"; do
        if EMULATOR=$(command -v "$name"); then return; fi
    done
    unavailable "no qemu-$machine-static: install qemu-user-static"
}
