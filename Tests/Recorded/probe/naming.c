#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void change_attributes(const char *path) {
    struct stat status;
    if (lstat(path, &status)) return;
    char names[256];
    ASK(path, "chmod(0666)", chmod(path, 0666));
    if (!stat(path, &status)) printf("%s | mode after chmod(0666) => %06o\n", path, status.st_mode);
    ASK(path, "chown(1000,1000)", chown(path, 1000, 1000));
    if (!stat(path, &status)) printf("%s | owner after chown => %d:%d\n", path, status.st_uid, status.st_gid);
    ASK(path, "utimensat(now)", utimensat(AT_FDCWD, path, NULL, 0));
    ASK(path, "setxattr(user.x)", setxattr(path, "user.x", "1", 1, 0));
    ASK(path, "setxattr(trusted.x)", setxattr(path, "trusted.x", "1", 1, 0));
    ASK(path, "listxattr", listxattr(path, names, sizeof names));
}

static int run(const char *path) {
    char *arguments[] = {(char *)path, NULL};
    return execve(path, arguments, arguments);
}

// Attributes, other names, names below, and running it.
void battery_of_names(const char *path) {
    ASK(path, "truncate(0)", truncate(path, 0));
    ASK(path, "truncate(100)", truncate(path, 100));
    change_attributes(path);
    char other[512], below[512];
    snprintf(other, sizeof other, "%s.new", path);
    snprintf(below, sizeof below, "%s/sub", path);
    ASK(path, "rename(p,p.new)", rename(path, other));
    ASK(path, "link(p,p.new)", link(path, other));
    ASK(path, "symlink(x,p.new)", symlink("x", other));
    ASK(path, "rename(p,/tmp/x)", rename(path, "/tmp/x"));
    ASK(path, "unlink", unlink(path));
    ASK(path, "rmdir", rmdir(path));
    ASK(path, "mkdir(p/sub)", mkdir(below, 0755));
    ASK(path, "open(p/sub,O_CREAT)", open(below, O_CREAT | O_RDWR, 0644));
    ASK(path, "execve(p)", run(path));
}
