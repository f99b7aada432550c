# shellcheck shell=bash
# What was done to every recorded kernel, step by step. Sourced by `scenario`, inside a root made of a machine's files.
#
# Everything is asked of `probe`, which prints what the kernel answered; the shell's own words are kept for the idioms
# that scripts use.

K=/sys/kernel F=/sys/kernel/fadump D=/sys/kernel/debug/powerpc/fadump_region
R=$F/registered; [ -e $R ] || R=$K/fadump_registered
EN=$F/enabled; [ -e $EN ] || EN=$K/fadump_enabled
RM=$F/release_mem; [ -d $F ] || RM=$K/fadump_release_mem

# Kernels before 5.10 were recorded with more values, and registered by hand before they crashed.
case $RELEASE in 3.* | 4.* | 5.[0-9].*) OLD=1 ;; *) OLD='' ;; esac

# Some of them with more values for the release, and a look whether /proc/vmcore is still there behind them.
ASKS_VMCORE=${ASKS_VMCORE-}

say() { echo "##### $*"; }
w() { probe write "$@"; old_messages; }

# 3.4 has no /dev/kmsg: what its log got since the last time was printed behind every write.
read_messages=0
case $RELEASE in 3.[0-4].*) export PROBE_MESSAGES=no ;; *) PROBE_MESSAGES='' ;; esac
old_messages() {
    [ -n "$PROBE_MESSAGES" ] || return 0
    local lines
    mapfile -t lines </machine/dmesg
    [ ${#lines[@]} = "$read_messages" ] || printf '    dmesg: %s\n' "${lines[@]:read_messages}" | sed 's/: <[0-9]>/: /'
    read_messages=${#lines[@]}
}

registered() { cat $F/registered 2>/dev/null || cat $K/fadump_registered 2>/dev/null; }

state() {
    say "STATE $*"
    probe ls $K $F $K/debug/powerpc
    local file files=()
    probe stat $F $K/fadump_{enabled,registered,release_mem,mem_reserved} \
        $F/{enabled,registered,mem_reserved,release_mem,hotplug_ready,bootargs_append} $D /proc/vmcore \
        $K/kexec_{loaded,crash_loaded,crash_size,crash_cma_ranges} $K/kexec $K/vmcoreinfo $K/crash_elfcorehdr_size \
        /proc/device-tree/rtas/ibm,{configure-kernel-dump,configure-kernel-dump-sizes,configure-kernel-dump-version,kernel-dump}
    for file in $K/fadump_{enabled,registered,release_mem} \
        $F/{enabled,registered,mem_reserved,release_mem,hotplug_ready,bootargs_append} $D \
        $K/kexec_{loaded,crash_loaded,crash_size,crash_cma_ranges} $K/vmcoreinfo $K/crash_elfcorehdr_size; do
        [ ! -e "$file" ] || files+=("$file")
    done
    [ ${#files[@]} = 0 ] || probe cat "${files[@]}"
    for file in /proc/device-tree/rtas/ibm,*dump*; do
        [ -e "$file" ] && echo "$file:" && hexdump -C "$file"
    done
    return 0
}

writes() {
    local value values=('0' '1' '1' '0' '0' '1\n' '1\n' '0\n' '2' '-1' '10' 'x' '' '\n' '\n1' '0x1' '0X1' '0x0' '01' '001'
        '1 ' ' 1' '+1' '-0' 'true' 'y' 'Y' 'on' '1\0' '0\0' '1\0garbage' '1\n\n' '1\n2')
    [ -z "$OLD" ] || values+=('1abc' '1 1' '11' '00' '12' '02' '0x' '0abc' '-' '+')
    values+=('1x' '0b1' '1.0' '4294967297' '18446744073709551617' '@4094:01' '@4095:01' '@4096:01' '@65534:01' '@65535:01'
        '@65536:01' '@70000:A' '@70000:0')
    for value in "${values[@]}"; do
        w "$1" "$value"
        echo "    registered=$(registered)"
    done
}

nonroot() {
    say "NON-ROOT uid 1000"
    local file files=("$F/registered" "$F/release_mem" "$D" /proc/vmcore)
    for file in $F/{enabled,registered,mem_reserved,release_mem,hotplug_ready,bootargs_append} \
        $K/fadump_{registered,release_mem} $D /proc/vmcore $K/kexec_crash_size; do
        probe -u 1000 cat "$file"
        probe -u 1000 write "$file" 1
    done
    [ -z "$OLD" ] || files=("$R" "$RM" "$EN" "$D" /proc/vmcore)
    for file in "${files[@]}"; do probe -u 1000 battery "$file"; done
    say "NON-ROOT debugfs traverse"
    probe -u 1000 ls $K/debug $K/debug/powerpc
    probe stat $K/debug $K/debug/powerpc
}

ronly() {
    say "WRITES to read-only / other files"
    local file value
    for file in $F/{enabled,mem_reserved,hotplug_ready} $K/fadump_enabled $D /proc/vmcore $K/kexec_crash_loaded \
        $K/vmcoreinfo; do
        for value in 1 0 x ''; do w "$file" "$value"; done
    done
    for value in 0 1 x ''; do w $K/kexec_crash_size "$value"; done
}

bootargs() {
    say "bootargs_append"
    local value p=$F/bootargs_append
    [ -e $p ] || { echo "no bootargs_append"; return; }
    probe cat $p
    for value in 'foo=1' 'foo=2\n' '' 'a b c' '\n' 'nl\n\n' 'in\nside' 'nul\0x' '@1000:A' '@1900:B' '@2000:C' '@2047:D' \
        '@2048:E' '@5000:F' '@70000:G' 'fadumpextra=yes opt2=z\n'; do
        w $p "$value"
        probe cat $p
    done
    w $p 'Q' 3
    probe cat $p
    w $p 'fadumpextra=yes opt2=z\n'
    probe cat $p
}

# idiom COMMAND: what a script's line says and whether it succeeds.
idiom() { local code=0; (eval "$1") 2>&1 || code=1; echo "rc=$code${2:+ registered=$(registered)}"; }

regtests() {
    say "REGISTER writes ($R)"
    writes $R
    say "REGISTER: offsets / append / trunc / same fd"
    w $R 0
    local offset
    for offset in 0 1 2 100 4095 4096 65535 65536 1099511627776; do
        w $R 1 $offset
        echo "    registered=$(registered)"
        w $R 0
    done
    w $R 1 -1 append
    w $R 1 -1 trunc
    w $R 0 -1 rdwr
    probe multi $R R S0 1 R S0 R S0 0 S0 R x R S0 R
    echo "    registered=$(registered)"
    probe multi $R 1 0 1
    echo "    registered=$(registered)"
    probe multi $R 0 1 0
    echo "    registered=$(registered)"
    w $R 1
    probe pollwait $R "bash -c 'echo 0 > $R'"
    w $R 1
    say "REGION while unregistered / registered"
    w $R 0
    probe cat $D
    w $R 1
    probe cat $D
    say "shell idioms"
    local enabled=$F/enabled release=$F/release_mem
    [ -z "$OLD" ] || enabled=$EN release=$RM
    idiom "echo 1 > $R" and
    idiom "echo 0 > $R" and
    for line in "echo 0 > $R" "echo 1 > $R" "echo 1 > $R" "echo 2 > $R" "printf 1 2>/dev/null > $R" "echo 1 > $enabled" \
        "echo 1 > $release" "cat $release" "echo 1 >> $R" "echo 1 > $K/fadump_release_mem"; do
        idiom "$line"
    done
    for line in "touch $F/foo" "mkdir $F/foo" "rm $R"; do (eval "$line") 2>&1; done
    return 0
}

batteries() {
    say "BATTERY"
    local file
    for file in $F/{enabled,registered,mem_reserved,hotplug_ready,bootargs_append,release_mem} \
        $K/fadump_{enabled,registered,release_mem} $D /proc/vmcore $K/kexec_crash_loaded $K/kexec_crash_size $F; do
        probe battery "$file"
    done
}

elfdump() {
    say "VMCORE"
    probe stat /proc/vmcore
    hexdump -n 131072 -C /proc/vmcore
}

relwrites() {
    say "RELEASE writes before release"
    local value values=(0 x '' 2 -1 10 '\n' '\n1' '1x' '4294967297' '@70000:0' '0\n')
    if [ -n "$ASKS_VMCORE" ]; then
        values=(0 x '' 2 -1 '\n' '\n1' ' 1' y on 4294967297 '@70000:0' '0\n' '0abc')
        # Only what this kernel does not take for a 1.
        case $RELEASE in 4.19* | 5.*) values+=(10 1x -0 4294967297) ;; *) values+=(01 0x1 001 +1) ;; esac
    fi
    for value in "${values[@]}"; do w $RM "$value"; done
    w $RM 0 5
    w $RM x 4096
    [ -z "$ASKS_VMCORE" ] || { if [ -e /proc/vmcore ]; then echo "vmcore still there"; else echo "vmcore GONE"; fi; }
    say "registered writes while active"
    for value in 0 1 x '' 2; do w $R "$value"; done
    probe cat $R
    [ ! -e $F/bootargs_append ] || { w $F/bootargs_append foo; probe cat $F/bootargs_append; }
    idiom "echo 1 > $R"
    idiom "cat $RM"
}

release() {
    say "RELEASE with a held /proc/vmcore fd and mapping"
    probe rdhold /proc/vmcore "probe write $RM 1"
    state "after release"
    say "RELEASE writes after release"
    local value
    for value in 1 0 x '' '1\n'; do w $RM "$value"; done
    idiom "echo 1 > $RM"
    probe battery $RM
    probe cat /proc/vmcore
    probe battery $D
}
