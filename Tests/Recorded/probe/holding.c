#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void run(const char *command) {
    fflush(stdout);
    if (system(command) < 0) perror("system");
    print_messages();
}

// rdhold PATH COMMAND: has the file open and mapped while the command runs; what does it answer then?
int hold_over(const char *path, const char *command) {
    int file = open(path, O_RDONLY);
    printf("%s | open(O_RDONLY) hold => %d %s\n", path, file, file < 0 ? error_name(errno) : "");
    if (file < 0) return 0;
    void *mapping = mmap(0, MAPPED, PROT_READ, MAP_PRIVATE, file, 0);
    printf("%s | mmap before => %s\n", path, mapping == MAP_FAILED ? error_name(errno) : "ok");
    print_bytes(path, "read(16) before", file, 16, -1);
    run(command);
    print_bytes(path, "held-fd read(16) after", file, 16, -1);
    print_bytes(path, "held-fd pread(16,0) after", file, 16, 0);
    print_bytes(path, "held-fd pread(16,64) after", file, 16, 64);
    ASK(path, "held-fd lseek(0,SET) after", lseek(file, 0, SEEK_SET));
    ASK(path, "held-fd lseek(0,END) after", lseek(file, 0, SEEK_END));
    struct stat status;
    if (fstat(file, &status))
        printf("%s | held-fd fstat => %s\n", path, error_name(errno));
    else
        printf("%s | held-fd fstat => mode=%06o size=%lld nlink=%ld\n", path, status.st_mode,
               (long long)status.st_size, (long)status.st_nlink);
    void *again = mmap(0, MAPPED, PROT_READ, MAP_PRIVATE, file, 0);
    print_mapping(path, "held-fd mmap after", again);
    struct pollfd events = {file, POLLIN | POLLPRI, 0};
    ASK(path, "held-fd poll after", poll(&events, 1, 0));
    printf("%s | held-fd revents => 0x%x\n", path, events.revents);
    if (mapping != MAP_FAILED) print_mapped(path, "old mapping first bytes", mapping);
    ASK(path, "held-fd close", close(file));
    return 0;
}

// pollwait PATH COMMAND: does a change of state wake whoever polls?
int poll_over(const char *path, const char *command) {
    int file = open(path, O_RDONLY);
    print_bytes(path, "read", file, 64, -1);
    struct pollfd events = {file, POLLPRI | POLLERR, 0};
    ASK(path, "poll(PRI,200ms) before", poll(&events, 1, 200));
    run(command);
    ASK(path, "poll(PRI,300ms) after state change", poll(&events, 1, 300));
    printf("%s | revents => 0x%x\n", path, events.revents);
    print_bytes(path, "read on same fd w/o seek", file, 64, -1);
    lseek(file, 0, SEEK_SET);
    print_bytes(path, "read on same fd after lseek 0", file, 64, -1);
    close(file);
    return 0;
}
