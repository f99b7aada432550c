// Mounts: Swift's C library module has mount(2) with its constants as an enumeration only.
#ifndef CLINUX_MOUNTS_H
#define CLINUX_MOUNTS_H

/// mount(NULL, "/", NULL, MS_REC | MS_SLAVE): what is mounted from now on stays in this mount namespace.
int clinux_keep_mounts_private(void);

/// mount(MS_BIND), with all that is mounted below if `recursive`.
int clinux_bind(const char *source, const char *target, int recursive);

/// Makes a bind mount read-only; what else the mount forbids (nosuid, nodev, noexec) stays forbidden.
int clinux_make_read_only(const char *target);

/// mount(2) of a file system, with nosuid, nodev and noexec if `guarded`.
int clinux_mount(const char *source, const char *target, const char *type, int guarded, const char *options);

/// umount2(MNT_DETACH).
int clinux_detach(const char *target);

/// pivot_root(".", "."): the current directory becomes the root, and the old root is detached.
int clinux_enter_root(void);

#endif
