#define _GNU_SOURCE
#include "probe.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

static void print_status(const char *path, const char *call, const struct stat *status) {
    printf("%s | %s => 0 mode=%06o uid=%d gid=%d nlink=%ld size=%lld blksize=%ld blocks=%lld\n", path, call,
           status->st_mode, status->st_uid, status->st_gid, (long)status->st_nlink, (long long)status->st_size,
           (long)status->st_blksize, (long long)status->st_blocks);
}

// Where a symbolic link leads, and what is there.
static void show_target(const char *path) {
    struct stat status;
    char target[512];
    ssize_t length = readlink(path, target, sizeof target);
    if (length >= 0) printf("%s | readlink => %zd \"%.*s\"\n", path, length, (int)length, target);
    if (stat(path, &status))
        printf("%s | stat => -1 %s\n", path, error_name(errno));
    else
        print_status(path, "stat", &status);
}

void show_status(const char *path) {
    struct stat status;
    if (lstat(path, &status)) {
        printf("%s | lstat => -1 %s\n", path, error_name(errno));
        return;
    }
    print_status(path, "lstat", &status);
    if (S_ISLNK(status.st_mode)) show_target(path);
    struct statfs file_system;
    if (!statfs(path, &file_system)) printf("%s | statfs => f_type=0x%lx\n", path, (long)file_system.f_type);
}

// Reads to the end, at most two of the largest reads and a bit.
void show_contents(const char *path) {
    static unsigned char bytes[64 << 10];
    int file = open(path, O_RDONLY);
    if (file < 0) {
        print_result(path, "open(O_RDONLY)", -1, errno);
        return;
    }
    ssize_t count;
    long total = 0;
    while ((count = read(file, bytes, sizeof bytes)) > 0) {
        printf("%s | read(65536) => %zd ", path, count);
        print_text(bytes, count, 4096);
        printf("\n");
        total += count;
        if (total > 128 << 10) break;
    }
    printf("%s | read(65536) => %zd %s (total %ld)\n", path, count, count < 0 ? error_name(errno) : "EOF", total);
    close(file);
    print_messages();
}

void show_directory(const char *path) {
    DIR *directory = opendir(path);
    if (!directory) {
        printf("%s | opendir => %s\n", path, error_name(errno));
        return;
    }
    printf("%s | readdir =>", path);
    for (struct dirent *entry; (entry = readdir(directory));) printf(" %s(%d)", entry->d_name, entry->d_type);
    printf("\n");
    closedir(directory);
}
