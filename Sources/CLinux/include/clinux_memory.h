// Anonymous memory files and their holes: hidden behind _GNU_SOURCE, which Swift's Glibc does not define.
#ifndef CLINUX_MEMORY_H
#define CLINUX_MEMORY_H

/// memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING): an unnamed, sparse file in memory; -1 and errno on failure.
int clinux_memfd_create(const char *name);

/// fallocate(PUNCH_HOLE | KEEP_SIZE): the bytes read as zero from now on, whole pages are given back.
int clinux_punch_hole(int fd, long offset, long count);

/// fcntl(F_ADD_SEALS, F_SEAL_FUTURE_WRITE): no write and no mapping to write any more, by any descriptor (Linux 5.1).
int clinux_seal_writing(int fd);

#endif
