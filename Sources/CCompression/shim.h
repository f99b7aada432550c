// The libraries that decompress pages: zlib, Zstandard, and Snappy by its C interface. LZO has none here: its library is
// under the GPL.
#ifndef FADUMPFS_CCOMPRESSION_H
#define FADUMPFS_CCOMPRESSION_H

#include <snappy-c.h>
#include <zlib.h>
#include <zstd.h>

// Bytes are no characters in Swift. `count` is the room in `page`, and then what was written; false on malformed bytes.
static inline _Bool ccompression_unsnap(const void *stored, size_t stored_count, void *page, size_t *count) {
    return snappy_uncompress((const char *)stored, stored_count, (char *)page, count) == SNAPPY_OK;
}

#endif
