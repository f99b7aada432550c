#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char value[1 << 18];

// Reads a value as it is written on a command line: \n \0 \t \xHH, and @N:TEXT for N times the first character of TEXT
// and then the rest of it. Returns its length.
static long parse(const char *text) {
    if (text[0] == '@') {
        char *end;
        long count = strtol(text + 1, &end, 0);
        memset(value, end[1], count);
        long rest = strlen(end + 2);
        memcpy(value + count, end + 2, rest);
        return count + rest;
    }
    long count = 0;
    for (; *text; text++) {
        if (*text != '\\') {
            value[count++] = *text;
            continue;
        }
        switch (*++text) {
        case 'n': value[count++] = '\n'; break;
        case '0': value[count++] = 0; break;
        case 't': value[count++] = '\t'; break;
        case 'x':
            value[count++] = strtol((char[]){text[1], text[2], 0}, 0, 16);
            text += 2;
            break;
        default: value[count++] = *text;
        }
    }
    return count;
}

// write PATH VALUE [OFFSET [append|rdwr|trunc]]: opens, writes once, and says where the file stands then.
int write_value(int count, char **arguments) {
    const char *path = arguments[0];
    long length = parse(arguments[1]);
    long long offset = count > 2 ? atoll(arguments[2]) : -1;
    const char *way = count > 3 ? arguments[3] : "";
    int flags = strcmp(way, "rdwr") ? O_WRONLY : O_RDWR;
    if (!strcmp(way, "append")) flags |= O_APPEND;
    if (!strcmp(way, "trunc")) flags |= O_TRUNC;
    int file = open(path, flags);
    if (file < 0) {
        printf("%s | open(O_WRONLY%s) for write => -1 %s\n", path, way, error_name(errno));
        print_messages();
        return 0;
    }
    errno = 0;
    ssize_t written = offset < 0 ? write(file, value, length) : pwrite(file, value, length, offset);
    int error = errno;
    printf("%s | %s(", path, offset < 0 ? "write" : "pwrite");
    print_text(value, length, 24);
    printf(", len %ld", length);
    if (offset >= 0) printf(", off %lld", offset);
    printf(")%s => %zd %s\n", way, written, written < 0 ? error_name(error) : "");
    print_messages();
    ASK(path, "  f_pos after (lseek CUR)", lseek(file, 0, SEEK_CUR));
    close(file);
    return 0;
}

// multi PATH STEP...: on one open file, R reads, S0 goes to its beginning, everything else is written.
int write_several(int count, char **arguments) {
    const char *path = arguments[0];
    int file = open(path, O_RDWR);
    if (file < 0) {
        printf("%s | open(O_RDWR) => -1 %s\n", path, error_name(errno));
        file = open(path, O_WRONLY);
    }
    if (file < 0) {
        printf("%s | open(O_WRONLY) => -1 %s\n", path, error_name(errno));
        return 0;
    }
    for (int i = 1; i < count; i++) {
        char operation[512];
        if (!strcmp(arguments[i], "R")) {
            print_bytes(path, "same-fd read(64)", file, 64, -1);
        } else if (!strcmp(arguments[i], "S0")) {
            ASK(path, "same-fd lseek(0)", lseek(file, 0, SEEK_SET));
        } else {
            long length = parse(arguments[i]);
            snprintf(operation, sizeof operation, "same-fd write(\"%s\")", arguments[i]);
            ASK(path, operation, write(file, value, length));
        }
    }
    close(file);
    return 0;
}
