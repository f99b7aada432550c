#define _GNU_SOURCE
#include "clinux_seccomp.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int clinux_filter_system_calls(const void *instructions, int count, int listens) {
    struct sock_fprog program = {(unsigned short)count, (struct sock_filter *)instructions};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, listens ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0,
                        &program);
}

int clinux_next_system_call(int listener, struct clinux_system_call *call) {
    struct seccomp_notif notification;
    memset(&notification, 0, sizeof notification);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notification) != 0) return -1;
    call->id = notification.id;
    call->thread = (int)notification.pid;
    call->architecture = notification.data.arch;
    call->number = notification.data.nr;
    memcpy(call->arguments, notification.data.args, sizeof call->arguments);
    return 0;
}

int clinux_answer_system_call(int listener, unsigned long long id, long long value, int error) {
    struct seccomp_notif_resp response = {.id = id, .val = value, .error = -error, .flags = 0};
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

int clinux_system_call_is_waiting(int listener, unsigned long long id) {
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

long clinux_write_memory(int thread, unsigned long long address, const void *bytes, unsigned long count) {
    struct iovec here = {(void *)bytes, count}, there = {(void *)address, count};
    return process_vm_writev(thread, &here, 1, &there, 1, 0);
}
