// Static ppc64le probe: performs file operations and prints "path | op => ret errno | data".
// After every op new /dev/kmsg records are printed as "    kmsg: ...".
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <poll.h>
#include <dirent.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <grp.h>
#include <sys/uio.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>
#include <sys/sendfile.h>
#include <sys/file.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

static int kfd = -1;
static void kmsg(void) {
	char b[1<<16]; ssize_t n;
	if (kfd < 0) return;
	n = read(kfd, b, sizeof b - 1);
	if (n <= 0) return;
	b[n] = 0;
	for (char *l = strtok(b, "\n"); l; l = strtok(NULL, "\n")) { char *t = strstr(l, "] "); printf("    kmsg: %.3s%s\n", l, t ? t + 2 : l); }
	fflush(stdout);
}
static const char *ename(int e) {
	const char *s = strerrorname_np(e);
	return s ? s : "?";
}
static void esc(const unsigned char *b, long n, long max) {
	putchar('"');
	for (long i = 0; i < n && i < max; i++) {
		if (b[i] == '\n') printf("\\n"); else if (b[i] == '\t') printf("\\t"); else if (b[i] == '"' || b[i]=='\\') printf("\\%c", b[i]);
		else if (b[i] >= 32 && b[i] < 127) putchar(b[i]); else printf("\\x%02x", b[i]);
	}
	putchar('"'); if (n > max) printf("...(%ld bytes)", n);
}
#define R(path, op, call) ({ errno = 0; long _r = (long)(call); int _e = errno; printf("%s | %s => ", path, op); if (_r == -1) printf("-1 %s", ename(_e)); else printf("%ld", _r); printf("\n"); kmsg(); errno = _e; _r; })
static char opbuf[512];
#define F(...) (snprintf(opbuf, sizeof opbuf, __VA_ARGS__), opbuf)

static void do_stat(const char *p) {
	struct stat s; struct statfs f; char l[512]; ssize_t n;
	if (lstat(p, &s)) { printf("%s | lstat => -1 %s\n", p, ename(errno)); return; }
	printf("%s | lstat => 0 mode=%06o uid=%d gid=%d nlink=%ld size=%lld blksize=%ld blocks=%lld mtime=%lld\n", p, s.st_mode, s.st_uid, s.st_gid, (long)s.st_nlink, (long long)s.st_size, (long)s.st_blksize, (long long)s.st_blocks, (long long)s.st_mtime);
	if (S_ISLNK(s.st_mode)) {
		n = readlink(p, l, sizeof l - 1); if (n >= 0) { l[n] = 0; printf("%s | readlink => %zd \"%s\"\n", p, n, l); }
		if (stat(p, &s)) printf("%s | stat => -1 %s\n", p, ename(errno));
		else printf("%s | stat => 0 mode=%06o uid=%d gid=%d nlink=%ld size=%lld blksize=%ld blocks=%lld\n", p, s.st_mode, s.st_uid, s.st_gid, (long)s.st_nlink, (long long)s.st_size, (long)s.st_blksize, (long long)s.st_blocks);
	}
	if (!statfs(p, &f)) printf("%s | statfs => f_type=0x%lx\n", p, (long)f.f_type);
}
static void do_cat(const char *p) {
	int fd = open(p, O_RDONLY); if (fd < 0) { printf("%s | open(O_RDONLY) => -1 %s\n", p, ename(errno)); kmsg(); return; }
	static unsigned char b[1 << 16]; ssize_t n; long tot = 0;
	while ((n = read(fd, b, sizeof b)) > 0) { printf("%s | read(65536) => %zd ", p, n); esc(b, n, 4096); printf("\n"); tot += n; if (tot > 1 << 17) break; }
	printf("%s | read(65536) => %zd %s (total %ld)\n", p, n, n < 0 ? ename(errno) : "EOF", tot); close(fd); kmsg();
}
static struct { const char *n; int f; } fl[] = {
	{"O_RDONLY", O_RDONLY}, {"O_WRONLY", O_WRONLY}, {"O_RDWR", O_RDWR}, {"O_RDONLY|O_TRUNC", O_RDONLY|O_TRUNC}, {"O_WRONLY|O_TRUNC", O_WRONLY|O_TRUNC},
	{"O_WRONLY|O_APPEND", O_WRONLY|O_APPEND}, {"O_RDWR|O_TRUNC", O_RDWR|O_TRUNC}, {"O_RDONLY|O_DIRECTORY", O_RDONLY|O_DIRECTORY}, {"O_WRONLY|O_CREAT", O_WRONLY|O_CREAT}, {"O_WRONLY|O_CREAT|O_TRUNC", O_WRONLY|O_CREAT|O_TRUNC},
	{"O_CREAT|O_EXCL|O_RDWR", O_CREAT|O_EXCL|O_RDWR}, {"O_RDONLY|O_NONBLOCK", O_RDONLY|O_NONBLOCK}, {"O_RDONLY|O_DIRECT", O_RDONLY|O_DIRECT}, {"O_RDONLY|O_NOFOLLOW", O_RDONLY|O_NOFOLLOW}, {"O_RDONLY|O_NOATIME", O_RDONLY|O_NOATIME}, {"O_PATH", O_PATH}, {"O_RDWR|O_TMPFILE", O_RDWR|O_TMPFILE},
};
static void rd(const char *p, const char *op, int fd, unsigned char *b, size_t n, long long off) {
	errno = 0; ssize_t r = off == -1 ? read(fd, b, n) : pread(fd, b, n, off); int e = errno;
	printf("%s | %s => %zd", p, op, r); if (r < 0) printf(" %s", ename(e)); else { putchar(' '); esc(b, r, 160); }
	printf("\n"); kmsg();
}
// non-destructive battery (nothing here changes fadump state; writes are elsewhere)
static void battery(const char *p, int isbig) {
	static unsigned char b[1 << 17]; int fd; struct stat st;
	printf("--- battery %s\n", p);
	do_stat(p);
	for (unsigned i = 0; i < sizeof fl / sizeof *fl; i++) { fd = R(p, F("open(%s)", fl[i].n), open(p, fl[i].f, 0644)); if (fd >= 0) close(fd); }
	R(p, "access(R_OK)", access(p, R_OK)); R(p, "access(W_OK)", access(p, W_OK)); R(p, "access(X_OK)", access(p, X_OK));
	fd = open(p, O_RDONLY);
	if (fd >= 0) {
		int cnt = 0; ssize_t n; printf("%s | read(1) xN => ", p); while (cnt < 24) { n = read(fd, b, 1); if (n <= 0) break; printf("%02x ", b[0]); cnt++; }
		if (cnt < 24) printf("then %zd %s", n, n < 0 ? ename(errno) : "EOF"); else printf("..."); printf("\n"); kmsg();
		if (!isbig) while (read(fd, b, sizeof b) > 0);
		rd(p, isbig ? "read(8) next" : "read(8) at EOF", fd, b, 8, -1); rd(p, "read(8) again", fd, b, 8, -1);
		R(p, "lseek(0,SEEK_CUR)", lseek(fd, 0, SEEK_CUR)); R(p, "lseek(0,SEEK_SET)", lseek(fd, 0, SEEK_SET));
		rd(p, "read(65536) after rewind", fd, b, 65536, -1);
		rd(p, "read(0)", fd, b, 0, -1);
		rd(p, "pread(4,off0)", fd, b, 4, 0); rd(p, "pread(4,off1)", fd, b, 4, 1); rd(p, "pread(100,off2)", fd, b, 100, 2); rd(p, "pread(100,off3)", fd, b, 100, 3); rd(p, "pread(100,off4096)", fd, b, 100, 4096); rd(p, "pread(100,off65536)", fd, b, 100, 65536); rd(p, "pread(16,off1<<40)", fd, b, 16, 1LL << 40); rd(p, "pread(16,off-2)", fd, b, 16, -2);
		R(p, "lseek(0,SEEK_END)", lseek(fd, 0, SEEK_END)); rd(p, "read(8) after SEEK_END", fd, b, 8, -1);
		R(p, "lseek(-1,SEEK_SET)", lseek(fd, -1, SEEK_SET)); R(p, "lseek(100,SEEK_SET)", lseek(fd, 100, SEEK_SET)); rd(p, "read(8) after seek 100", fd, b, 8, -1); R(p, "lseek(1<<50,SEEK_SET)", lseek(fd, 1LL << 50, SEEK_SET)); rd(p, "read(8) after seek 1<<50", fd, b, 8, -1);
		R(p, "lseek(0,SEEK_DATA)", lseek(fd, 0, SEEK_DATA)); R(p, "lseek(0,SEEK_HOLE)", lseek(fd, 0, SEEK_HOLE)); R(p, "lseek(0,whence=9)", lseek(fd, 0, 9));
		lseek(fd, 0, SEEK_SET); struct iovec iv[2] = {{b, 1}, {b + 16, 64}}; R(p, "readv({1,64})", readv(fd, iv, 2));
		R(p, "read(EFAULT)", pread(fd, (void *)8, 16, 0));
		struct pollfd pf = {fd, POLLIN | POLLOUT | POLLPRI, 0}; long r = R(p, "poll(IN|OUT|PRI,0)", poll(&pf, 1, 0)); (void)r; printf("%s | poll revents => 0x%x\n", p, pf.revents);
		void *m = mmap(0, 65536, PROT_READ, MAP_PRIVATE, fd, 0); printf("%s | mmap(R,PRIVATE,64K,0) => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) { struct stat ms; if (!fstat(fd, &ms) && ms.st_size > 16) { printf("%s | mapped bytes ", p); esc(m, 16, 16); printf("\n"); } munmap(m, 65536); }
		m = mmap(0, 65536, PROT_READ, MAP_SHARED, fd, 0); printf("%s | mmap(R,SHARED,64K,0) => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) munmap(m, 65536);
		m = mmap(0, 65536, PROT_READ|PROT_EXEC, MAP_PRIVATE, fd, 0); printf("%s | mmap(RX,PRIVATE,64K,0) => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) munmap(m, 65536);
		m = mmap(0, 65536, PROT_READ|PROT_WRITE, MAP_PRIVATE, fd, 0); printf("%s | mmap(RW,PRIVATE,64K,0) => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) munmap(m, 65536);
		m = mmap(0, 65536, PROT_READ, MAP_PRIVATE, fd, 1L << 40); printf("%s | mmap(R,PRIVATE,64K,off=1<<40) => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) munmap(m, 65536);
		R(p, "write(\"1\") on O_RDONLY fd", write(fd, "1", 1)); R(p, "ftruncate(0) on O_RDONLY fd", ftruncate(fd, 0)); R(p, "fsync", fsync(fd));
		int nb = -1; R(p, "ioctl(FIONREAD)", ioctl(fd, FIONREAD, &nb)); R(p, "flock(LOCK_EX|NB)", flock(fd, LOCK_EX | LOCK_NB));
		int pp[2]; if (!pipe(pp)) { off_t o = 0; R(p, "splice(fd->pipe,16)", splice(fd, &o, pp[1], 0, 16, SPLICE_F_NONBLOCK)); o = 0; R(p, "sendfile(fd->pipe,16)", sendfile(pp[1], fd, &o, 16)); close(pp[0]); close(pp[1]); }
		close(fd);
	}
	fd = open(p, O_RDWR); if (fd >= 0) { void *m = mmap(0, 65536, PROT_READ|PROT_WRITE, MAP_SHARED, fd, 0); printf("%s | mmap(RW,SHARED) on O_RDWR => %s\n", p, m == MAP_FAILED ? ename(errno) : "ok"); if (m != MAP_FAILED) munmap(m, 65536); R(p, "ftruncate(0) on O_RDWR fd", ftruncate(fd, 0)); R(p, "ftruncate(100) on O_RDWR fd", ftruncate(fd, 100)); R(p, "fallocate(0,0,16)", fallocate(fd, 0, 0, 16)); R(p, "ftruncate(-1)", ftruncate(fd, -1)); close(fd); }
	fd = open(p, O_WRONLY); if (fd >= 0) { rd(p, "read(8) on O_WRONLY fd", fd, b, 8, -1); R(p, "lseek(5,SEEK_SET) on O_WRONLY fd", lseek(fd, 5, SEEK_SET)); R(p, "lseek(0,SEEK_END) on O_WRONLY fd", lseek(fd, 0, SEEK_END)); struct pollfd pf = {fd, POLLIN | POLLOUT | POLLPRI, 0}; R(p, "poll O_WRONLY", poll(&pf, 1, 0)); printf("%s | poll O_WRONLY revents => 0x%x\n", p, pf.revents); close(fd); }
	R(p, "truncate(0)", truncate(p, 0)); R(p, "truncate(100)", truncate(p, 100));
	if (!lstat(p, &st)) {
		R(p, "chmod(0666)", chmod(p, 0666)); if (!stat(p, &st)) printf("%s | mode after chmod(0666) => %06o\n", p, st.st_mode);
		R(p, "chown(1000,1000)", chown(p, 1000, 1000)); if (!stat(p, &st)) printf("%s | owner after chown => %d:%d\n", p, st.st_uid, st.st_gid);
		R(p, "utimensat(now)", utimensat(AT_FDCWD, p, NULL, 0));
		R(p, "setxattr(user.x)", setxattr(p, "user.x", "1", 1, 0)); R(p, "setxattr(trusted.x)", setxattr(p, "trusted.x", "1", 1, 0)); R(p, "listxattr", listxattr(p, (char *)b, sizeof b));
	}
	char q[512]; snprintf(q, sizeof q, "%s.new", p); R(p, "rename(p,p.new)", rename(p, q)); R(p, "link(p,p.new)", link(p, q)); R(p, "symlink(x,p.new)", symlink("x", q)); R(p, "rename(p,/tmp/x)", rename(p, "/tmp/x")); R(p, "unlink", unlink(p)); R(p, "rmdir", rmdir(p));
	snprintf(q, sizeof q, "%s/sub", p); R(p, "mkdir(p/sub)", mkdir(q, 0755)); R(p, "open(p/sub,O_CREAT)", open(q, O_CREAT | O_RDWR, 0644));
	R(p, "execve(p)", ({ char *av[] = {(char *)p, 0}; execve(p, av, av); }));
}
static void restore_mode(const char *p, mode_t m) { chown(p, 0, 0); chmod(p, m); }

static long parse(const char *s, unsigned char *o) { // escapes: \n \0 \t \\ \xHH ; @N:c = N bytes of char c
	if (s[0] == '@') { char *e; long n = strtol(s + 1, &e, 0); memset(o, e[1], n); if (e[2]) { long l = strlen(e + 2); memcpy(o + n, e + 2, l); n += l; } return n; }
	long n = 0; for (; *s; s++) { if (*s == '\\') { s++; if (*s == 'n') o[n++] = '\n'; else if (*s == '0') o[n++] = 0; else if (*s == 't') o[n++] = '\t'; else if (*s == 'x') { o[n++] = strtol((char[]){s[1], s[2], 0}, 0, 16); s += 2; } else o[n++] = *s; } else o[n++] = *s; }
	return n;
}
int main(int c, char **v) {
	setvbuf(stdout, 0, _IOFBF, 1 << 16);
	kfd = open("/machine/dmesg", O_RDONLY | O_NONBLOCK); if (kfd >= 0) lseek(kfd, 0, SEEK_END);
	if (c > 2 && !strcmp(v[1], "-u")) { gid_t g = atoi(v[2]); setgroups(0, 0); setresgid(g, g, g); setresuid(g, g, g); c -= 2; v += 2; printf("[uid %d]\n", getuid()); }
	if (c < 2) return 2;
	const char *cmd = v[1];
	static unsigned char b[1 << 18];
	if (!strcmp(cmd, "stat")) for (int i = 2; i < c; i++) do_stat(v[i]);
	else if (!strcmp(cmd, "cat")) for (int i = 2; i < c; i++) do_cat(v[i]);
	else if (!strcmp(cmd, "battery")) for (int i = 2; i < c; i++) { struct stat s; int ok = !stat(v[i], &s); battery(v[i], strstr(v[i], "vmcore") != 0); if (ok && !getuid()) restore_mode(v[i], s.st_mode & 07777); fflush(stdout); }
	else if (!strcmp(cmd, "write")) { // write PATH VAL [off] [flags]
		long n = parse(v[3], b); long long off = c > 4 ? atoll(v[4]) : -1; int f = O_WRONLY; if (c > 5 && !strcmp(v[5], "append")) f |= O_APPEND; if (c > 5 && !strcmp(v[5], "rdwr")) f = O_RDWR; if (c > 5 && !strcmp(v[5], "trunc")) f |= O_TRUNC;
		errno = 0; int fd = open(v[2], f); if (fd < 0) { printf("%s | open(O_WRONLY%s) for write => -1 %s\n", v[2], c > 5 ? v[5] : "", ename(errno)); kmsg(); }
		else { struct timespec a, z; clock_gettime(CLOCK_MONOTONIC, &a); errno = 0; ssize_t r = off < 0 ? write(fd, b, n) : pwrite(fd, b, n, off); int e = errno; clock_gettime(CLOCK_MONOTONIC, &z);
			printf("%s | %s(", v[2], off < 0 ? "write" : "pwrite"); esc(b, n, 24); printf(", len %ld", n); if (off >= 0) printf(", off %lld", off); printf(")%s => %zd %s (%.1f ms)\n", c > 5 ? v[5] : "", r, r < 0 ? ename(e) : "", (z.tv_sec - a.tv_sec) * 1e3 + (z.tv_nsec - a.tv_nsec) / 1e6); kmsg(); R(v[2], "  f_pos after (lseek CUR)", lseek(fd, 0, SEEK_CUR)); close(fd); }
		for (int i = 6; i < c; i++) do_cat(v[i]);
	} else if (!strcmp(cmd, "multi")) { // multi PATH V1 V2 ...: one fd, consecutive write()s then read
		int fd = open(v[2], O_RDWR); if (fd < 0) { printf("%s | open(O_RDWR) => -1 %s\n", v[2], ename(errno)); fd = open(v[2], O_WRONLY); if (fd < 0) { printf("%s | open(O_WRONLY) => -1 %s\n", v[2], ename(errno)); return 0; } }
		for (int i = 3; i < c; i++) { if (!strcmp(v[i], "R")) { rd(v[2], "same-fd read(64)", fd, b, 64, -1); continue; } if (!strcmp(v[i], "S0")) { R(v[2], "same-fd lseek(0)", lseek(fd, 0, SEEK_SET)); continue; } long n = parse(v[i], b); R(v[2], F("same-fd write(\"%s\")", v[i]), write(fd, b, n)); }
		close(fd);
	} else if (!strcmp(cmd, "rdhold")) { // rdhold PATH CMD...: open+read 16, run the shell command, read again
		int fd = open(v[2], O_RDONLY); printf("%s | open(O_RDONLY) hold => %d %s\n", v[2], fd, fd < 0 ? ename(errno) : ""); if (fd < 0) return 0;
		void *m = mmap(0, 65536, PROT_READ, MAP_PRIVATE, fd, 0); printf("%s | mmap before => %s\n", v[2], m == MAP_FAILED ? ename(errno) : "ok");
		rd(v[2], "read(16) before", fd, b, 16, -1); fflush(stdout); system(v[3]); kmsg();
		rd(v[2], "held-fd read(16) after", fd, b, 16, -1); rd(v[2], "held-fd pread(16,0) after", fd, b, 16, 0); rd(v[2], "held-fd pread(16,64) after", fd, b, 16, 64);
		R(v[2], "held-fd lseek(0,SET) after", lseek(fd, 0, SEEK_SET)); R(v[2], "held-fd lseek(0,END) after", lseek(fd, 0, SEEK_END)); struct stat s; if (!fstat(fd, &s)) printf("%s | held-fd fstat => mode=%06o size=%lld nlink=%ld\n", v[2], s.st_mode, (long long)s.st_size, (long)s.st_nlink); else printf("%s | held-fd fstat => %s\n", v[2], ename(errno));
		void *m2 = mmap(0, 65536, PROT_READ, MAP_PRIVATE, fd, 0); printf("%s | held-fd mmap after => %s\n", v[2], m2 == MAP_FAILED ? ename(errno) : "ok");
		struct pollfd pf = {fd, POLLIN | POLLPRI, 0}; R(v[2], "held-fd poll after", poll(&pf, 1, 0)); printf("%s | held-fd revents => 0x%x\n", v[2], pf.revents);
		if (m != MAP_FAILED) { fflush(stdout); pid_t ch = fork(); if (!ch) { printf("%s | old mapping first bytes ", v[2]); fflush(stdout); esc(m, 16, 16); printf("\n"); fflush(stdout); _exit(0); } }
		R(v[2], "held-fd close", close(fd)); sleep(1); kmsg();
	} else if (!strcmp(cmd, "ls")) { for (int i = 2; i < c; i++) { DIR *d = opendir(v[i]); if (!d) { printf("%s | opendir => %s\n", v[i], ename(errno)); continue; } printf("%s | readdir =>", v[i]); struct dirent *e; while ((e = readdir(d))) printf(" %s(%d)", e->d_name, e->d_type); printf("\n"); closedir(d); } }
	else if (!strcmp(cmd, "pollwait")) { // pollwait PATH CMD : read, poll(POLLPRI) in child while cmd runs: does a state change notify?
		int fd = open(v[2], O_RDONLY); rd(v[2], "read", fd, b, 64, -1); struct pollfd pf = {fd, POLLPRI | POLLERR, 0}; R(v[2], "poll(PRI,200ms) before", poll(&pf, 1, 200)); fflush(stdout); system(v[3]); kmsg(); long r = R(v[2], "poll(PRI,300ms) after state change", poll(&pf, 1, 300)); (void)r; printf("%s | revents => 0x%x\n", v[2], pf.revents); rd(v[2], "read on same fd w/o seek", fd, b, 64, -1); lseek(fd, 0, SEEK_SET); rd(v[2], "read on same fd after lseek 0", fd, b, 64, -1); }
	else if (!strcmp(cmd, "copy")) { // copy SRC DST [bs]
		int i = open(v[2], O_RDONLY), o = open(v[3], O_WRONLY); size_t bs = c > 4 ? atol(v[4]) : 1 << 20; char *q = aligned_alloc(65536, bs); long long tot = 0; ssize_t n; struct timespec a, z; clock_gettime(CLOCK_MONOTONIC, &a);
		if (i < 0 || o < 0) { printf("copy open failed %d %d %s\n", i, o, ename(errno)); return 1; }
		while ((n = read(i, q, bs)) > 0) { ssize_t w = 0; while (w < n) { ssize_t k = write(o, q + w, n - w); if (k < 0) { printf("copy write error %s at %lld\n", ename(errno), tot + w); goto out; } w += k; } tot += n; }
		if (n < 0) printf("copy read error %s at %lld\n", ename(errno), tot);
out:		fsync(o); clock_gettime(CLOCK_MONOTONIC, &z); printf("copy %s -> %s: %lld bytes in %.2f s\n", v[2], v[3], tot, (z.tv_sec - a.tv_sec) + (z.tv_nsec - a.tv_nsec) / 1e9); }
	else if (!strcmp(cmd, "putat")) { int fd = open(v[2], O_WRONLY); long n = parse(v[4], b); printf("putat %zd\n", pwrite(fd, b, n, atoll(v[3]))); fsync(fd); }
	else if (!strcmp(cmd, "segv")) { volatile int *p = 0; *p = 1; }
	else return 2;
	kmsg(); fflush(stdout);
	return 0;
}
