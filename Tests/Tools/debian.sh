# Real programs out of Debian's packages, of any architecture and suite: unpacked below $TOOLS, nothing installed, the
# host's own package lists and dpkg never touched. Sourced by `tool` and by cases; needs apt-get, dpkg-deb and flock.
#
# What was fetched stays, so that each package is downloaded once; remove the folder for newer ones. Several processes
# may ask at once: one fetches, the others wait, and a folder with its final name is complete.
: "${TOOLS:=${FADUMPFS_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.build-tools}}"
# A case that cannot have its program is skipped with the reason: 77, from subshells too where `set -e` is on.
unavailable() { echo "$*" >&2; exit 77; }

# package_lists SUITE ARCH: fetches the lists of packages once, and prints apt's configuration for them.
package_lists() {
    local name at=$TOOLS/apt/$1-$2 keys=/usr/share/keyrings/debian-archive-keyring.gpg
    if [ ! -e "$at/ready" ]; then
        command -v apt-get >/dev/null || unavailable "there is no apt-get to get packages of Debian with"
        # The mirror is the host's own, or on another distribution the one that is named.
        : "${DEBIAN_MIRROR:=${FADUMPFS_DEBIAN_MIRROR:-$(
            apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | sed -n '/\/debian\/*$/{p;q}'
        )}}"
        [ -n "$DEBIAN_MIRROR" ] || unavailable "no mirror of Debian in apt's sources; name one in FADUMPFS_DEBIAN_MIRROR"
        [ -e "$keys" ] || unavailable "no $keys: install debian-archive-keyring"
        mkdir -p "$at"/{etc/preferences.d,parts,state/lists/partial,archives/partial,none/partial} "$TOOLS/locks"
        (
            flock 9
            [ ! -e "$at/ready" ] || exit 0
            : >"$at/status"
            echo "deb [signed-by=$keys] $DEBIAN_MIRROR $1 main" >"$at/etc/sources.list"
            {
                # Proxies are the host's; hooks, preferences and sources are not. A mirror may be a snapshot, whose
                # signature stays valid though its date does not.
                apt-config dump | grep -E '^Acquire::https?::' || true
                cat <<CONFIGURATION
APT::Architecture "$2";
APT::Architectures { "$2"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::PDiffs "false";
Acquire::GzipIndexes "true";
Acquire::Retries "3";
Acquire::Check-Valid-Until "false";
Dir::Etc "$at/etc";
Dir::Etc::parts "$at/parts";
Dir::State "$at/state";
Dir::State::status "$at/status";
Dir::Cache "$at";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Log "$at";
CONFIGURATION
            } >"$at/apt.conf"
            APT_CONFIG=$at/apt.conf apt-get update -qq >"$at/log" 2>&1 && ! grep -q '^E:\|Failed to fetch' "$at/log" ||
                unavailable "cannot fetch Debian's package lists for $1 on $2: $(tail -n 1 "$at/log")"
            # Perl counts as installed: it is large, and only scripts beside the programs want it.
            for name in perl perl-base; do
                printf '%s\n' "Package: $name" "Status: install ok installed" "Version: 9:9" "Architecture: $2" \
                    "Multi-Arch: allowed" "Maintainer: nobody" "Description: nothing"
                APT_CONFIG=$at/apt.conf apt-cache show "$name" | grep -m1 '^Provides:' || true
                echo
            done >"$at/installed"
            mv "$at/installed" "$at/status"
            touch "$at/ready"
        ) 9>"$TOOLS/locks/apt-$1-$2" || exit
    fi
    echo "$at/apt.conf"
}

# packages SUITE ARCH NAME...: unpacks these packages with all that they depend on, and prints the folder, which is a
# root as a dynamic linker or `qemu-ppc64le-static -L` wants it.
packages() {
    local suite=$1 arch=$2 conf at tree
    shift 2
    conf=$(package_lists "$suite" "$arch") || exit
    at=${conf%/*}
    tree=$TOOLS/trees/$suite-$arch/$(printf '%s\n' "$@" | sort | paste -sd+)
    if [ ! -e "$tree" ]; then
        mkdir -p "${tree%/*}"
        (
            flock 9
            [ ! -e "$tree" ] || exit 0
            export APT_CONFIG=$conf
            fetch_packages "$at" "$@" || {
                # A moving suite forgets packages that old lists name.
                apt-get update -qq && fetch_packages "$at" "$@"
            } >"$at/log" 2>&1 || unavailable "cannot get $* of $suite for $arch: $(grep -m1 '^E:' "$at/log")"
            rm -rf "$tree.part"
            # All programs and libraries lie below usr in current suites, and packages rely on these links.
            mkdir -p "$tree.part"/usr/{bin,sbin,lib,lib64}
            ln -s usr/bin usr/sbin usr/lib usr/lib64 "$tree.part"
            while read -r file; do
                dpkg-deb --fsys-tarfile "$at/archives/$file" |
                    tar -x -C "$tree.part" --keep-directory-symlink --no-same-owner --warning=no-timestamp ||
                    unavailable "cannot unpack $file"
            done <"$at/wanted"
            # A link to an absolute path means one in this root, not in the host's.
            find "$tree.part" -type l -lname '/*' -printf '%p\t%l\n' | while IFS=$'\t' read -r link target; do
                ln -sfnr "$tree.part$target" "$link"
            done
            mv "$tree.part" "$tree"
        ) 9>"$TOOLS/locks/trees-$suite-$arch" || exit
    fi
    echo "$tree"
}

# fetch_packages FOLDER NAME...: downloads into FOLDER/archives and lists the files in FOLDER/wanted. APT_CONFIG is set.
fetch_packages() {
    local at=$1
    shift
    apt-get install -qq --print-uris -o Dir::Cache::archives="$at/none" "$@" >"$at/uris" || return
    apt-get install -qq -y --download-only "$@" || return
    sed -n "s/^'[^']*' \([^ ]*\) .*/\1/p" "$at/uris" >"$at/wanted"
    [ -s "$at/wanted" ]
}
