# What the cases with dump tools share. They start with: . ./lib.sh; . ./dumps.sh

# crashed NAME [OPTIONS]: starts a machine as `machine` does and crashes it with a dump. Sets P to its mount point, DUMP
# to the dump, and LOG to a file with what the crashed kernel had logged to its last line. WITH is done before the crash,
# which is an oops on CPU 1: in old kernels, a panic leaves registers of the CPU alone that panicked.
crashed() {
    local name=$1
    machine "$@"
    [ "$(cat "$P/sys/kernel/fadump_registered")" = 1 ] || echo 1 >"$P/sys/kernel/fadump_registered"
    ${WITH:-true}
    LOG=$CASE_WORK/$name.log
    "$FADUMPFS" dmesg --name "$name" >"$LOG"
    "$FADUMPFS" crash --quiet --name "$name" --cpu 1 --kind oops out of coffee
    jq -r 'select(.event == "crash" and .boot == 1).details.console' "$P/machine/events" >>"$LOG"
    DUMP=$P/proc/vmcore
    [ -s "$DUMP" ] || fail "$name: there is no dump"
}

# same_log WHAT FILE: the log that a tool took out of the dump is the one that the crashed kernel kept, to the last line.
# Times of the crash's own lines, and the callers that newer tools print, are not in LOG.
same_log() {
    local bare='s/^<[0-9]+>//; s/^\[ *([0-9.]+)\] (\[ *[TC][0-9]+\] )?//; s/ +$//'
    sed -E "$bare" "$LOG" >"$CASE_WORK/wanted-log"
    sed -E "$bare" "$2" >"$CASE_WORK/got-log"
    [ -s "$CASE_WORK/wanted-log" ] || fail "$1: the crashed kernel logged nothing"
    diff "$CASE_WORK/wanted-log" "$CASE_WORK/got-log" || fail "$1: not the log of the crashed kernel"
    grep -q 'out of coffee' "$2" || fail "$1: the crash itself is not in the log"
}

# registers_truth CRASHED-CPU LAYOUT little|big: the registers in the machine's memory, a line for each CPU. LAYOUT says
# where a crash info header has the registers.
registers_truth() {
    local area info
    area=$(status '.area.sections[] | select(.name == "CPU").start')
    info=$(status '.area.sections[] | select(.name == "INFO" or .name == "ELF").start')
    python3 readers/registers.py "$P/machine/memory" "$area" "$1" "$((info + $2))" "$3"
}

# verified WHAT LEVEL FILE...: every page, note and register in the dump is what the machine had, and nothing is missing
# but what makedumpfile's dump level allows. VERIFIED is what `fadumpfs verify` says.
verified() {
    local what=$1 level=$2
    shift 2
    VERIFIED=$("$FADUMPFS" verify --name "${P##*/}" --level "$level" "$@" 2>&1) || fail "$what: verify: $VERIFIED"
}

# page_counts: how many pages of each class the machine planted in the memory that can be in a dump.
page_counts() {
    "$FADUMPFS" truth --name "${P##*/}" --output "$CASE_WORK/truth" --force --json | jq -r '
        .pages | map({key: .use, value: .pages}) | from_entries |
        "kernel=\(.kernel + .slab + .zero) cache=\(.cache) private-cache=\(.["private-cache"]) process=\(.process)" +
        " free=\(.free)"'
}

# counts_in FILE: how many pages makedumpfile left out of each class, from what it reported with --message-level 31, in
# the words of page_counts. It looks for zeros in the kernel's own pages alone, after the others are gone.
counts_in() {
    local line counts=()
    while read -r line; do
        counts+=("$(sed -nE "s/^ *$line *: *(0x[0-9a-f]+).*/\\1/p" "$1")")
    done <<<'Pages filled with zero
Remaining pages
Non-private cache pages
Private cache pages
User process data pages
Free pages'
    printf 'kernel=%d cache=%d private-cache=%d process=%d free=%d' $((counts[0] + counts[1])) "${counts[@]:2}"
}
