// What a process can do only before Swift is in it, or only to its first bytes.
#ifndef CSTART_H
#define CSTART_H

/// Which of the two processes this one is that `fadumpfs mount` begins as, before main and before anything of Swift.
///
/// The second one becomes the daemon, so that its runtime starts while the command reads its words, and so that it
/// has nothing of what that takes. It is in a session of its own. The two have a line between them: a stream socket,
/// closed when another program is executed.
enum cstart_part {
    /// The only one: there was nothing to begin twice, or no way to.
    cstart_alone,
    /// The one that was started, and has a daemon waiting.
    cstart_command,
    /// The one that waits to be told what to serve.
    cstart_daemon,
};

enum cstart_part cstart_part(void);

/// This process's end of the line, which is then the caller's; -1 where there is none or it was taken.
///
/// A daemon whose line the command has not taken when it exits is dismissed then.
int cstart_take_line(void);

/// Closes the command's end of a line that nobody took, and waits until the daemon is gone, which is at once.
void cstart_dismiss(void);

/// What ps(1) shows of this process from now on, as far as there is room where its arguments and environment were
/// when it started. The environment stays what it is.
void cstart_rename(const char *title);

#endif
