#define _GNU_SOURCE
#include "clinux_namespaces.h"

#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_unshare_users(void) { return unshare(CLONE_NEWUSER); }

int clinux_unshare_mounts(void) { return unshare(CLONE_NEWNS); }

int clinux_unshare_processes(void) { return unshare(CLONE_NEWPID); }

int clinux_unshare_names(void) { return unshare(CLONE_NEWUTS | CLONE_NEWIPC); }

int clinux_signal_at_parents_death(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }

int clinux_drop_bounding_capability(int capability) { return prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); }

int clinux_keep_capabilities(unsigned long long mask) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        data[i].effective &= (unsigned)(mask >> (32 * i));
        data[i].permitted &= (unsigned)(mask >> (32 * i));
        data[i].inheritable = 0;
    }
    return (int)syscall(SYS_capset, &header, data);
}

int clinux_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int clinux_take_descriptor(int pidfd, int descriptor) { return (int)syscall(SYS_pidfd_getfd, pidfd, descriptor, 0); }

int clinux_signal_descriptor(void) {
    sigset_t all;
    sigfillset(&all);
    return signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    if (read(descriptor, &info, sizeof info) != sizeof info) return 0;
    return info.ssi_code > 0 ? -(int)info.ssi_signo : (int)info.ssi_signo;
}
