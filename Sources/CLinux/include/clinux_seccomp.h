// System calls that are refused, or handed to another process.
#ifndef CLINUX_SECCOMP_H
#define CLINUX_SECCOMP_H

/// seccomp(SET_MODE_FILTER): `count` instructions of 8 bytes (struct sock_filter). With `listens` it gives a descriptor
/// on which calls arrive that the filter hands over; else 0. -1 and errno on failure.
int clinux_filter_system_calls(const void *instructions, int count, int listens);

/// A system call that waits for an answer (struct seccomp_notif, its interesting part).
struct clinux_system_call {
    unsigned long long id;
    int thread;
    unsigned architecture;
    int number;
    unsigned long long arguments[6];
};

/// Takes the next call from a listener; -1 and errno on failure.
int clinux_next_system_call(int listener, struct clinux_system_call *call);

/// Answers a call with a value, or with a positive errno. -1 where the caller is gone.
int clinux_answer_system_call(int listener, unsigned long long id, long long value, int error);

/// Whether the caller of a call still waits, so that its thread's number is still its own.
int clinux_system_call_is_waiting(int listener, unsigned long long id);

/// process_vm_writev(2) of one piece; the number of bytes, or -1 and errno.
long clinux_write_memory(int thread, unsigned long long address, const void *bytes, unsigned long count);

#endif
