#define _GNU_SOURCE
#include "probe.h"
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <unistd.h>

static const char usage[] = "probe [-u UID] COMMAND\n"
                            "  stat|cat|ls|battery PATH...\n"
                            "  write PATH VALUE [OFFSET [append|rdwr|trunc]]\n"
                            "  multi PATH STEP...\n"
                            "  rdhold|pollwait PATH SHELL-COMMAND\n";

#define FUSE_MAGIC 0x65735546

// It changes modes, owners and names: nothing of that may happen to a host's own files.
static int is_machine(void) {
    struct statfs file_system;
    return !statfs("/machine", &file_system) && file_system.f_type == FUSE_MAGIC;
}

// Everything from here on as another user.
static int become(const char *user) {
    gid_t id = atoi(user);
    if (setgroups(0, NULL) || setresgid(id, id, id) || setresuid(id, id, id)) return -1;
    printf("[uid %d]\n", getuid());
    return 0;
}

static int for_each(void (*act)(const char *), int count, char **paths) {
    for (int i = 0; i < count; i++) act(paths[i]);
    return 0;
}

static int perform(const char *command, int count, char **arguments) {
    if (!strcmp(command, "stat")) return for_each(show_status, count, arguments);
    if (!strcmp(command, "cat")) return for_each(show_contents, count, arguments);
    if (!strcmp(command, "ls")) return for_each(show_directory, count, arguments);
    if (!strcmp(command, "battery")) return for_each(battery, count, arguments);
    if (count < 2) return -1;
    if (!strcmp(command, "write")) return write_value(count, arguments);
    if (!strcmp(command, "multi")) return write_several(count, arguments);
    if (!strcmp(command, "rdhold")) return hold_over(arguments[0], arguments[1]);
    if (!strcmp(command, "pollwait")) return poll_over(arguments[0], arguments[1]);
    return -1;
}

int main(int count, char **arguments) {
    static char buffer[1 << 16];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    if (!is_machine()) {
        fputs("probe: this is no machine\n", stderr);
        return 2;
    }
    open_log();
    if (count > 2 && !strcmp(arguments[1], "-u")) {
        if (become(arguments[2])) {
            perror("probe: cannot become another user");
            return 1;
        }
        count -= 2;
        arguments += 2;
    }
    if (count < 3 || perform(arguments[1], count - 2, arguments + 2) < 0) {
        fputs(usage, stderr);
        return 64;
    }
    print_messages();
    fflush(stdout);
    return 0;
}
