// What ps(1) shows of a process. See cstart.h.
#define _GNU_SOURCE
#include "cstart.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static char **arguments;

/// glibc hands constructors what main gets.
__attribute__((constructor(101))) static void keep(int argc, char **argv) { arguments = argc > 0 ? argv : NULL; }

/// The end of the bytes from `start` on in which strings of `list` lie one behind the other.
static char *end_of_strings(char *start, char **list) {
    for (; *list && *list == start; list++) start += strlen(start) + 1;
    return start;
}

/// Source: proc(5), /proc/pid/cmdline; get_mm_cmdline in fs/proc/base.c: where the last byte of the arguments is no
/// zero, the string goes on into the environment.
void cstart_rename(const char *title) {
    // The short name, which is "exe" where /proc/self/exe was executed.
    prctl(PR_SET_NAME, "fadumpfs", 0, 0, 0);
    if (!arguments) return;
    char *start = arguments[0], *arguments_end = end_of_strings(start, arguments);
    char *end = end_of_strings(arguments_end, environ);
    size_t room = (size_t)(end - start), length = strlen(title);
    if (room == 0) return;
    if (length >= room) length = room - 1;
    for (char **variable = environ; *variable; variable++) {
        if (*variable < start || *variable > start + length) continue;
        char *copy = strdup(*variable);
        if (!copy) return;
        *variable = copy;
    }
    memset(start, 0, (size_t)(arguments_end - start));
    memcpy(start, title, length);
    start[length] = 0;
}
