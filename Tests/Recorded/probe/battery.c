#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name;
    int flags;
} ways[] = {
    {"O_RDONLY", O_RDONLY},
    {"O_WRONLY", O_WRONLY},
    {"O_RDWR", O_RDWR},
    {"O_RDONLY|O_TRUNC", O_RDONLY | O_TRUNC},
    {"O_WRONLY|O_TRUNC", O_WRONLY | O_TRUNC},
    {"O_WRONLY|O_APPEND", O_WRONLY | O_APPEND},
    {"O_RDWR|O_TRUNC", O_RDWR | O_TRUNC},
    {"O_RDONLY|O_DIRECTORY", O_RDONLY | O_DIRECTORY},
    {"O_WRONLY|O_CREAT", O_WRONLY | O_CREAT},
    {"O_WRONLY|O_CREAT|O_TRUNC", O_WRONLY | O_CREAT | O_TRUNC},
    {"O_CREAT|O_EXCL|O_RDWR", O_CREAT | O_EXCL | O_RDWR},
    {"O_RDONLY|O_NONBLOCK", O_RDONLY | O_NONBLOCK},
    {"O_RDONLY|O_DIRECT", O_RDONLY | O_DIRECT},
    {"O_RDONLY|O_NOFOLLOW", O_RDONLY | O_NOFOLLOW},
    {"O_RDONLY|O_NOATIME", O_RDONLY | O_NOATIME},
    {"O_PATH", O_PATH},
    {"O_RDWR|O_TMPFILE", O_RDWR | O_TMPFILE},
};

static void open_in_every_way(const char *path) {
    char operation[64];
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        snprintf(operation, sizeof operation, "open(%s)", ways[i].name);
        int file = ASK(path, operation, open(path, ways[i].flags, 0644));
        if (file >= 0) close(file);
    }
    ASK(path, "access(R_OK)", access(path, R_OK));
    ASK(path, "access(W_OK)", access(path, W_OK));
    ASK(path, "access(X_OK)", access(path, X_OK));
}

static void change_when_open_for_both(const char *path) {
    int file = open(path, O_RDWR);
    if (file < 0) return;
    print_mapping(path, "mmap(RW,SHARED) on O_RDWR", mmap(0, MAPPED, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
    ASK(path, "ftruncate(0) on O_RDWR fd", ftruncate(file, 0));
    ASK(path, "ftruncate(100) on O_RDWR fd", ftruncate(file, 100));
    ASK(path, "fallocate(0,0,16)", fallocate(file, 0, 0, 16));
    ASK(path, "ftruncate(-1)", ftruncate(file, -1));
    close(file);
}

static void read_when_open_for_writing(const char *path) {
    int file = open(path, O_WRONLY);
    if (file < 0) return;
    print_bytes(path, "read(8) on O_WRONLY fd", file, 8, -1);
    ASK(path, "lseek(5,SEEK_SET) on O_WRONLY fd", lseek(file, 5, SEEK_SET));
    ASK(path, "lseek(0,SEEK_END) on O_WRONLY fd", lseek(file, 0, SEEK_END));
    struct pollfd events = {file, POLLIN | POLLOUT | POLLPRI, 0};
    ASK(path, "poll O_WRONLY", poll(&events, 1, 0));
    printf("%s | poll O_WRONLY revents => 0x%x\n", path, events.revents);
    close(file);
}

// Everything that changes nothing of fadump; mode and owner are put back at the end.
void battery(const char *path) {
    struct stat before;
    int exists = !stat(path, &before);
    printf("--- battery %s\n", path);
    show_status(path);
    open_in_every_way(path);
    battery_of_reads(path);
    change_when_open_for_both(path);
    read_when_open_for_writing(path);
    battery_of_names(path);
    if (exists && getuid() == 0 && chown(path, 0, 0) == 0) chmod(path, before.st_mode & 07777);
    fflush(stdout);
}
