// libfuse's low-level API. What newer versions turned into macros or inline functions stands behind wrappers, so
// that the same sources build on 3.14 and later.
#ifndef FADUMPFS_CFUSE_H
#define FADUMPFS_CFUSE_H

#define FUSE_USE_VERSION 314
#include <errno.h>
#include <fuse_lowlevel.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static inline struct fuse_session *cfuse_session_new(struct fuse_args *args, const struct fuse_lowlevel_ops *ops,
                                                     void *userdata) {
    return fuse_session_new(args, ops, sizeof(*ops), userdata);
}

static inline int cfuse_session_custom_io(struct fuse_session *se, const struct fuse_custom_io *io, int fd) {
    return fuse_session_custom_io(se, io, fd);
}

// What the kernel has since 6.9, and the headers of Debian 12 do not.
// Source: include/uapi/linux/fuse.h (Linux 6.9), struct fuse_backing_map, FUSE_DEV_IOC_BACKING_OPEN and _CLOSE.
struct cfuse_backing_map {
    int32_t fd;
    uint32_t flags;
    uint64_t padding;
};

// Lets the kernel know a file that it shall read by itself; its id, which is positive, or -errno.
static inline int cfuse_backing_open(int device, int fd) {
    struct cfuse_backing_map map = {.fd = fd};
    int id = ioctl(device, _IOW(229, 1, struct cfuse_backing_map), &map);
    return id < 0 ? -errno : id;
}

// No more files are opened onto it; those that are open go on.
static inline int cfuse_backing_close(int device, uint32_t id) {
    return ioctl(device, _IOW(229, 2, uint32_t), &id) < 0 ? -errno : 0;
}

// An empty memory file, to try things with; -1 and errno on failure. (memfd_create: Swift's Glibc does not have it.)
static inline int cfuse_memory_file(void) { return (int)syscall(SYS_memfd_create, "fadumpfs-probe", 1u); }

#endif
