// Which CPU a thread runs on: calls that Glibc's module hides from Swift.
#ifndef CSCHEDULING_H
#define CSCHEDULING_H

#include <sys/types.h>

/// The last CPU that this thread may run on; -1 with errno.
int cscheduling_last_cpu(void);

/// Lets a thread (0: the calling one) run on this CPU only; for -1 on all that the call above
/// found.
int cscheduling_place(pid_t thread, int cpu);

#endif
