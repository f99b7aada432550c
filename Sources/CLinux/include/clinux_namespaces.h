// Namespaces, processes by descriptor, and what a process may do: hidden behind _GNU_SOURCE, or without a wrapper in
// older C libraries.
#ifndef CLINUX_NAMESPACES_H
#define CLINUX_NAMESPACES_H

/// unshare(CLONE_NEWUSER): 0, or -1 and errno, as all of these.
int clinux_unshare_users(void);

/// unshare(CLONE_NEWNS).
int clinux_unshare_mounts(void);

/// unshare(CLONE_NEWPID): the next child of this thread is process 1 of a namespace of its own.
int clinux_unshare_processes(void);

/// unshare(CLONE_NEWUTS | CLONE_NEWIPC): a host name, and shared memory and semaphores, of its own.
int clinux_unshare_names(void);

/// prctl(PR_SET_PDEATHSIG): this process gets the signal when the thread that made it ends.
int clinux_signal_at_parents_death(int signal);

/// prctl(PR_CAPBSET_DROP): nobody who descends from this process gets the capability again.
int clinux_drop_bounding_capability(int capability);

/// capset(2): leaves of the capabilities of this process those in `mask`, and makes none inheritable.
int clinux_keep_capabilities(unsigned long long mask);

/// pidfd_open(2): a descriptor of a process, readable when it is over.
int clinux_pidfd_open(int pid);

/// pidfd_getfd(2): a copy of another process's descriptor.
int clinux_take_descriptor(int pidfd, int descriptor);

/// signalfd(2) of all signals, close-on-exec.
int clinux_signal_descriptor(void);

/// Takes a signal from such a descriptor: its number, negative where the kernel sent it and not a process; 0 for none.
int clinux_next_signal(int descriptor);

#endif
