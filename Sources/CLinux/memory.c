#define _GNU_SOURCE
#include "clinux_memory.h"

#include <fcntl.h>
#include <sys/mman.h>

int clinux_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int clinux_punch_hole(int fd, long offset, long count) {
    return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, count);
}

// Debian 12's headers have it in linux/memfd.h's neighbour linux/fcntl.h, which cannot be included beside fcntl.h.
#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

int clinux_seal_writing(int fd) { return fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE); }
