// One start, two processes. See cstart.h.
#define _GNU_SOURCE
#include "cstart.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static enum cstart_part part = cstart_alone;
static int line = -1;
static pid_t daemon_process;

/// A mount that its words do not keep in the foreground; what a machine file says of that is not known yet.
static int wants_daemon(int argc, char **argv) {
    if (argc < 2 || strcmp(argv[1], "mount") != 0) return 0;
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--foreground") == 0) return 0;
    return 1;
}

/// Only a process with one thread is whole after a fork: a library that was loaded may have started others.
static int has_one_thread(void) {
    struct stat tasks;
    // A folder has two names of its own, and one from each folder in it.
    return stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 3;
}

/// A new process stays on its parent's processor until that sleeps where the host balances nothing by itself, as some
/// virtual machines do; the two are to run side by side, and wherever they like after that.
static void run_elsewhere(pid_t process) {
    cpu_set_t all, others;
    if (sched_getaffinity(0, sizeof all, &all) != 0) return;
    others = all;
    CPU_CLR(sched_getcpu(), &others);
    if (CPU_COUNT(&others) == 0 || sched_setaffinity(process, sizeof others, &others) != 0) return;
    sched_setaffinity(process, sizeof all, &all);
}

/// A pair of connected sockets, none with a number that standard input and output have, should these be closed.
static int make_line(int ends[2]) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        if (ends[i] > STDERR_FILENO) continue;
        int low = ends[i];
        ends[i] = fcntl(low, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(low);
    }
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    close(ends[0]);
    close(ends[1]);
    return -1;
}

static void begin(int argc, char **argv) {
    int ends[2];
    if (!wants_daemon(argc, argv) || !has_one_thread()) return;
    if (make_line(ends) != 0) return;
    pid_t process = fork();
    if (process == 0) {
        setsid();
        close(ends[0]);
        line = ends[1];
        part = cstart_daemon;
        return;
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return;
    }
    run_elsewhere(process);
    line = ends[0];
    daemon_process = process;
    part = cstart_command;
    atexit(cstart_dismiss);
}

/// Before the constructors of Swift's runtime and of Dispatch, which keep the number of the thread they ran in, also where
/// these are shared libraries: only what stands in this section comes before those of libraries.
__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **) = begin;

enum cstart_part cstart_part(void) { return part; }

int cstart_take_line(void) {
    int taken = line;
    line = -1;
    return taken;
}

void cstart_dismiss(void) {
    if (part != cstart_command || line < 0) return;
    close(cstart_take_line());
    while (waitpid(daemon_process, NULL, 0) < 0 && errno == EINTR) continue;
}
