// libfuse's low-level API. What newer versions turned into macros or inline functions stands behind wrappers, so
// that the same sources build on 3.14 and later.
#ifndef FADUMPFS_CFUSE_H
#define FADUMPFS_CFUSE_H

#define FUSE_USE_VERSION 314
#include <fuse_lowlevel.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline struct fuse_session *cfuse_session_new(struct fuse_args *args, const struct fuse_lowlevel_ops *ops,
                                                     void *userdata) {
    return fuse_session_new(args, ops, sizeof(*ops), userdata);
}

#endif
