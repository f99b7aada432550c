#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

// Two dozen single bytes, or as many as there are.
static void read_byte_by_byte(const char *path, int file) {
    unsigned char byte;
    ssize_t got = 1;
    int count = 0;
    printf("%s | read(1) xN => ", path);
    for (; count < 24 && (got = read(file, &byte, 1)) > 0; count++) printf("%02x ", byte);
    if (count < 24)
        printf("then %zd %s\n", got, got < 0 ? error_name(errno) : "EOF");
    else
        printf("...\n");
    print_messages();
}

static void seek_and_read(const char *path, int file) {
    static unsigned char rest[1 << 17];
    int is_large = strstr(path, "vmcore") != NULL;
    while (!is_large && read(file, rest, sizeof rest) > 0) continue;
    print_bytes(path, is_large ? "read(8) next" : "read(8) at EOF", file, 8, -1);
    print_bytes(path, "read(8) again", file, 8, -1);
    ASK(path, "lseek(0,SEEK_CUR)", lseek(file, 0, SEEK_CUR));
    ASK(path, "lseek(0,SEEK_SET)", lseek(file, 0, SEEK_SET));
    print_bytes(path, "read(65536) after rewind", file, 65536, -1);
    print_bytes(path, "read(0)", file, 0, -1);
    print_bytes(path, "pread(4,off0)", file, 4, 0);
    print_bytes(path, "pread(4,off1)", file, 4, 1);
    print_bytes(path, "pread(100,off2)", file, 100, 2);
    print_bytes(path, "pread(100,off3)", file, 100, 3);
    print_bytes(path, "pread(100,off4096)", file, 100, 4096);
    print_bytes(path, "pread(100,off65536)", file, 100, 65536);
    print_bytes(path, "pread(16,off1<<40)", file, 16, 1LL << 40);
    print_bytes(path, "pread(16,off-2)", file, 16, -2);
    ASK(path, "lseek(0,SEEK_END)", lseek(file, 0, SEEK_END));
    print_bytes(path, "read(8) after SEEK_END", file, 8, -1);
    ASK(path, "lseek(-1,SEEK_SET)", lseek(file, -1, SEEK_SET));
    ASK(path, "lseek(100,SEEK_SET)", lseek(file, 100, SEEK_SET));
    print_bytes(path, "read(8) after seek 100", file, 8, -1);
    ASK(path, "lseek(1<<50,SEEK_SET)", lseek(file, 1LL << 50, SEEK_SET));
    print_bytes(path, "read(8) after seek 1<<50", file, 8, -1);
    ASK(path, "lseek(0,SEEK_DATA)", lseek(file, 0, SEEK_DATA));
    ASK(path, "lseek(0,SEEK_HOLE)", lseek(file, 0, SEEK_HOLE));
    ASK(path, "lseek(0,whence=9)", lseek(file, 0, 9));
    lseek(file, 0, SEEK_SET);
    struct iovec parts[2] = {{rest, 1}, {rest + 16, 64}};
    ASK(path, "readv({1,64})", readv(file, parts, 2));
    ASK(path, "read(EFAULT)", pread(file, (void *)8, 16, 0));
}

void battery_of_mappings(const char *path, int file) {
    void *mapping = mmap(0, MAPPED, PROT_READ, MAP_PRIVATE, file, 0);
    printf("%s | mmap(R,PRIVATE,64K,0) => %s\n", path, mapping == MAP_FAILED ? error_name(errno) : "ok");
    if (mapping != MAP_FAILED) {
        print_mapped(path, "mapped bytes", mapping);
        munmap(mapping, MAPPED);
    }
    print_mapping(path, "mmap(R,SHARED,64K,0)", mmap(0, MAPPED, PROT_READ, MAP_SHARED, file, 0));
    print_mapping(path, "mmap(RX,PRIVATE,64K,0)", mmap(0, MAPPED, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0));
    print_mapping(path, "mmap(RW,PRIVATE,64K,0)", mmap(0, MAPPED, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0));
    print_mapping(path, "mmap(R,PRIVATE,64K,off=1<<40)",
                  mmap(0, MAPPED, PROT_READ, MAP_PRIVATE, file, 1L << 40));
}

static void move_into_a_pipe(const char *path, int file) {
    int ends[2];
    if (pipe(ends)) return;
    off_t offset = 0;
    ASK(path, "splice(fd->pipe,16)", splice(file, &offset, ends[1], 0, 16, SPLICE_F_NONBLOCK));
    offset = 0;
    ASK(path, "sendfile(fd->pipe,16)", sendfile(ends[1], file, &offset, 16));
    close(ends[0]);
    close(ends[1]);
}

void battery_of_reads(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) return;
    read_byte_by_byte(path, file);
    seek_and_read(path, file);
    struct pollfd events = {file, POLLIN | POLLOUT | POLLPRI, 0};
    ASK(path, "poll(IN|OUT|PRI,0)", poll(&events, 1, 0));
    printf("%s | poll revents => 0x%x\n", path, events.revents);
    battery_of_mappings(path, file);
    ASK(path, "write(\"1\") on O_RDONLY fd", write(file, "1", 1));
    ASK(path, "ftruncate(0) on O_RDONLY fd", ftruncate(file, 0));
    ASK(path, "fsync", fsync(file));
    int waiting = -1;
    ASK(path, "ioctl(FIONREAD)", ioctl(file, FIONREAD, &waiting));
    ASK(path, "flock(LOCK_EX|NB)", flock(file, LOCK_EX | LOCK_NB));
    move_into_a_pipe(path, file);
    close(file);
}
