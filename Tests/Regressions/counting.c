/* Preloaded into a program, this counts what it does: allocations, bytes it copies, requests it takes from /dev/fuse.
 *
 * The counters lie in the file that COUNTS names, where somebody else may read them at any time: 64-bit numbers of the
 * host's byte order, in the order of `struct counts`. Nothing but the C library is called through: what counts is what
 * the program asked for.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

struct counts {
    uint64_t allocations;   /* malloc and its kin, realloc of something included */
    uint64_t allocated;     /* the bytes they were asked for */
    uint64_t copied;        /* by memcpy and memmove, and read from files other than /dev/fuse */
    uint64_t replied;       /* written to /dev/fuse */
    uint64_t requests[64];  /* read from /dev/fuse, by operation; [0] is all of them */
};

static struct counts nowhere;
static struct counts *counts = &nowhere;

static void add(uint64_t *counter, uint64_t amount) { __atomic_fetch_add(counter, amount, __ATOMIC_RELAXED); }

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("COUNTS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED) counts = shared;
}

/* Memory */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static void allocated(size_t size) {
    add(&counts->allocations, 1);
    add(&counts->allocated, size);
}

void *malloc(size_t size) { allocated(size); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { allocated(number * size); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { allocated(size); return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { allocated(size); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { allocated(size); return __libc_memalign(alignment, size); }
int posix_memalign(void **result, size_t alignment, size_t size) {
    allocated(size);
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return 12;
    *result = memory;
    return 0;
}

/* Copies. Written out, because the C library's own would be this one. */

void *memmove(void *to, const void *from, size_t size) {
    add(&counts->copied, size);
    volatile unsigned char *target = to;
    const volatile unsigned char *source = from;
    if (target <= source || target >= source + size) {
        for (size_t i = 0; i < size; i++) target[i] = source[i];
    } else {
        for (size_t i = size; i > 0; i--) target[i - 1] = source[i - 1];
    }
    return to;
}
void *memcpy(void *to, const void *from, size_t size) { return memmove(to, from, size); }

/* Files */

static int is_fuse(int file) {
    struct stat status;
    return fstat(file, &status) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == makedev(10, 229);
}

static ssize_t took(int file, ssize_t size, const void *start) {
    if (size <= 0) return size;
    if (!is_fuse(file)) {
        add(&counts->copied, size);
    } else if (size >= 8) {
        uint32_t operation = ((const uint32_t *)start)[1];
        add(&counts->requests[0], 1);
        if (operation > 0 && operation < 64) add(&counts->requests[operation], 1);
    }
    return size;
}

/* The C library's own, which a thread can be cancelled in: libfuse ends its threads so. */
#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

ssize_t read(int file, void *buffer, size_t size) { return took(file, REAL(read)(file, buffer, size), buffer); }
ssize_t pread(int file, void *buffer, size_t size, off_t offset) {
    return took(file, REAL(pread)(file, buffer, size, offset), buffer);
}
ssize_t pread64(int file, void *buffer, size_t size, off_t offset) { return pread(file, buffer, size, offset); }
ssize_t readv(int file, const struct iovec *parts, int number) {
    return took(file, REAL(readv)(file, parts, number), number > 0 ? parts[0].iov_base : NULL);
}

static ssize_t gave(int file, ssize_t size) {
    if (size > 0 && is_fuse(file)) add(&counts->replied, size);
    return size;
}

ssize_t write(int file, const void *buffer, size_t size) { return gave(file, REAL(write)(file, buffer, size)); }
ssize_t writev(int file, const struct iovec *parts, int number) {
    return gave(file, REAL(writev)(file, parts, number));
}
