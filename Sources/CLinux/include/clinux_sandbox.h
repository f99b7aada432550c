// What a process needs to give up its rights, and memory that it may share with one that has given them up.
#ifndef CLINUX_SANDBOX_H
#define CLINUX_SANDBOX_H

/// An unnamed file in memory whose size can never change again: a peer cannot cut it off under a mapping. -1 and errno
/// on failure.
int clinux_sealed_memory(const char *name, unsigned long size);

/// Closes all descriptors from `first` on; -1 and errno on failure.
int clinux_close_from(unsigned int first);

/// Root becomes nobody, without groups; others stay who they are, and so does the root of a user namespace that maps
/// nobody else. No program run from here gets more rights.
/// -1 and errno on failure.
int clinux_become_nobody(void);

/// From here on this process may read, seek, send, receive, map memory and end, and nothing else: every other system
/// call fails with EPERM. -1 and errno on failure, 1 where this machine has no filter for it.
int clinux_only_read_and_answer(void);

#endif
