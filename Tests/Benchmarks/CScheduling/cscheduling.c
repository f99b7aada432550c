#define _GNU_SOURCE
#include "cscheduling.h"
#include <sched.h>

// What this process was allowed when it asked.
static cpu_set_t usual;

int cscheduling_last_cpu(void) {
    if (sched_getaffinity(0, sizeof usual, &usual) != 0) return -1;
    int last = -1;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &usual)) last = cpu;
    return last;
}

int cscheduling_place(pid_t thread, int cpu) {
    cpu_set_t one;
    CPU_ZERO(&one);
    if (cpu >= 0) CPU_SET(cpu, &one);
    return sched_setaffinity(thread, sizeof one, cpu >= 0 ? &one : &usual);
}
