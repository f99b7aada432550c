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

# command_of PROGRAM[@PACKAGE][:ARCH][/SUITE]: gets the program and sets COMMAND to the words that run it.
# shellcheck disable=SC2034
command_of() {
    local name=$1 suite=bookworm arch package tree program='' folder loader libraries home=()
    arch=$(dpkg --print-architecture)
    case $name in */*) suite=${name#*/} name=${name%%/*} ;; esac
    case $name in *:*) arch=${name#*:} name=${name%%:*} ;; esac
    package=$(package_of "$name")
    case $name in *@*) package=${name#*@} name=${name%%@*} ;; esac

    tree=$(packages "$suite" "$arch" "$package") || exit
    for folder in usr/bin usr/sbin bin sbin; do
        [ ! -e "$tree/$folder/$name" ] || { program=$tree/$folder/$name; break; }
    done
    [ -n "$program" ] || unavailable "the package $package of $suite has no program $name"
    case $name in python3*) home=(env "PYTHONHOME=$tree/usr") ;; esac
    if [ "$arch" != "$(dpkg --print-architecture)" ]; then
        emulator_of "$arch"
        COMMAND=("${home[@]}" "$EMULATOR" -L "$tree" "$program")
        return
    fi
    loader=$(readelf -lW "$program" 2>/dev/null | sed -n 's/.*program interpreter: \(.*\)]$/\1/p')
    libraries=$(find "$tree/usr/lib" "$tree/lib" -maxdepth 1 -type d -name '*-linux-gnu*' | paste -sd:)
    COMMAND=("$program")
    [ -z "$loader" ] || COMMAND=("${home[@]}" "$tree$loader" --library-path "$libraries" "$program")
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
