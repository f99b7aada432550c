#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int log_file = -1;

// The machine's kernel log stands where a real one has /dev/kmsg; only what comes from now on counts. PROBE_MESSAGES=no
// leaves it alone: 3.4 has no such device.
void open_log(void) {
    const char *wanted = getenv("PROBE_MESSAGES");
    if (wanted && !strcmp(wanted, "no")) return;
    log_file = open("/machine/dmesg", O_RDONLY | O_NONBLOCK);
    if (log_file >= 0) lseek(log_file, 0, SEEK_END);
}

// A line of the log is "<level>[time] text".
void print_messages(void) {
    static char text[1 << 16];
    ssize_t count = log_file < 0 ? 0 : read(log_file, text, sizeof text - 1);
    if (count <= 0) return;
    text[count] = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char *behind_time = strstr(line, "] ");
        printf("    kmsg: %.3s%s\n", line, behind_time ? behind_time + 2 : line);
    }
    fflush(stdout);
}

const char *error_name(int error) {
    const char *name = strerrorname_np(error);
    return name ? name : "?";
}

// At most `limit` bytes in quotes, what does not print escaped.
void print_text(const unsigned char *bytes, long count, long limit) {
    putchar('"');
    for (long i = 0; i < count && i < limit; i++) {
        switch (bytes[i]) {
        case '\n': printf("\\n"); break;
        case '\t': printf("\\t"); break;
        case '"':
        case '\\': printf("\\%c", bytes[i]); break;
        default: printf(bytes[i] >= 32 && bytes[i] < 127 ? "%c" : "\\x%02x", bytes[i]);
        }
    }
    putchar('"');
    if (count > limit) printf("...(%ld bytes)", count);
}

void print_result(const char *path, const char *operation, long result, int error) {
    printf("%s | %s => ", path, operation);
    if (result == -1)
        printf("-1 %s\n", error_name(error));
    else
        printf("%ld\n", result);
    print_messages();
}

// The first bytes of a mapping. There may be nothing behind it: another process looks, and may die of it.
void print_mapped(const char *path, const char *operation, const void *mapping) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        unsigned char first[16];
        memcpy(first, mapping, sizeof first);
        printf("%s | %s ", path, operation);
        print_text(first, sizeof first, sizeof first);
        printf("\n");
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

// Says whether a file could be mapped, and takes the mapping away again.
void print_mapping(const char *path, const char *operation, void *mapping) {
    printf("%s | %s => %s\n", path, operation, mapping == MAP_FAILED ? error_name(errno) : "ok");
    if (mapping != MAP_FAILED) munmap(mapping, MAPPED);
}

// Reads from `offset`, or where the file stands with -1.
void print_bytes(const char *path, const char *operation, int file, size_t count, long long offset) {
    static unsigned char bytes[1 << 17];
    errno = 0;
    ssize_t got = offset == -1 ? read(file, bytes, count) : pread(file, bytes, count, offset);
    int error = errno;
    printf("%s | %s => %zd ", path, operation, got);
    if (got < 0)
        printf("%s", error_name(error));
    else
        print_text(bytes, got, 160);
    printf("\n");
    print_messages();
}
