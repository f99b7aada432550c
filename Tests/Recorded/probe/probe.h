// The probe performs operations on a file and prints, for each, "path | operation => result", and behind it the kernel
// messages that the operation made. Recordings of real kernels were made with it; it plays them again on a mounted machine.
#ifndef PROBE_H
#define PROBE_H

#include <errno.h>
#include <stdio.h>
#include <sys/types.h>

// print.c: one line for each operation, and the messages.
void open_log(void);
void print_messages(void);
const char *error_name(int error);
void print_text(const unsigned char *bytes, long count, long limit);
void print_result(const char *path, const char *operation, long result, int error);
void print_mapped(const char *path, const char *operation, const void *mapping);
void print_mapping(const char *path, const char *operation, void *mapping);
void print_bytes(const char *path, const char *operation, int file, size_t count, long long offset);

// Performs `call` and prints what came of it; its value is the call's.
#define ASK(path, operation, call)                                                                                     \
    ({                                                                                                                 \
        errno = 0;                                                                                                     \
        long asked = (long)(call);                                                                                     \
        print_result(path, operation, asked, errno);                                                                   \
        asked;                                                                                                         \
    })

#define MAPPED (64 << 10)

// contents.c
void show_status(const char *path);
void show_contents(const char *path);
void show_directory(const char *path);

// battery.c, reading.c, naming.c: everything that changes nothing of fadump.
void battery(const char *path);
void battery_of_reads(const char *path);
void battery_of_mappings(const char *path, int file);
void battery_of_names(const char *path);

// writing.c
int write_value(int count, char **arguments);
int write_several(int count, char **arguments);

// holding.c
int hold_over(const char *path, const char *command);
int poll_over(const char *path, const char *command);

#endif
