#define _GNU_SOURCE
#include "clinux_mounts.h"

#include <stddef.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_keep_mounts_private(void) { return mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL); }

int clinux_bind(const char *source, const char *target, int recursive) {
    return mount(source, target, NULL, MS_BIND | (recursive ? MS_REC : 0), NULL);
}

int clinux_make_read_only(const char *target) {
    struct statvfs now;
    if (statvfs(target, &now) != 0) return -1;
    unsigned long kept = (now.f_flag & ST_NOSUID ? MS_NOSUID : 0) | (now.f_flag & ST_NODEV ? MS_NODEV : 0) |
                         (now.f_flag & ST_NOEXEC ? MS_NOEXEC : 0);
    return mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | kept, NULL);
}

int clinux_mount(const char *source, const char *target, const char *type, int guarded, const char *options) {
    return mount(source, target, type, guarded ? MS_NOSUID | MS_NODEV | MS_NOEXEC : 0, options);
}

int clinux_detach(const char *target) { return umount2(target, MNT_DETACH); }

int clinux_enter_root(void) {
    if (syscall(SYS_pivot_root, ".", ".") != 0) return -1;
    return umount2(".", MNT_DETACH);
}
