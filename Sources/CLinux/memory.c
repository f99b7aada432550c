#define _GNU_SOURCE
#include "clinux_memory.h"

#include <fcntl.h>
#include <sys/mman.h>

int clinux_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_punch_hole(int fd, long offset, long count) {
    return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, count);
}
