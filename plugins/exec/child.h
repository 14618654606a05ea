/* SPDX-License-Identifier: MIT */
/* plugins/exec/child.h - a program that runs beside a worker: lines go in and come out through one
 * socket, without ever waiting for the one while the other is blocked. */
#ifndef EXEC_CHILD_H
#define EXEC_CHILD_H
#include <quern/base.h>
#include <sys/types.h>

#include "text/json_write.h"

typedef struct exec_child {
    pid_t pid; /* 0: not running */
    int fd;
    qn_jsonw in; /* what came out of it; lines up to `taken` are used up */
    size_t taken, scanned;
    size_t most;   /* longest line */
    char why[256]; /* of the last failure */
} exec_child;

/* What ended a wait. */
typedef enum exec_event {
    EXEC_LINE,    /* a whole line is there: exec_child_line */
    EXEC_WRITTEN, /* all of `out` was taken */
    EXEC_ENDED,   /* the program has ended, or closed its output; why says how */
    EXEC_LATE,    /* the deadline has passed */
    EXEC_BROKEN   /* the system failed; why */
} exec_event;

/* Starts it; argv ends with NULL. 0 with why. */
int exec_child_start(exec_child *, char *const *argv);
/* Sends out[*sent, n) as far as it goes and waits for a line, for at most `seconds`. With nothing
 * to send it waits for a line only. */
exec_event exec_child_talk(exec_child *, qn_str out, size_t *sent, double seconds);
/* The next line that is there, without its end; 0 when there is none. Valid until the next call. */
int exec_child_line(exec_child *, qn_str *line);
/* Ends its input, waits up to `seconds` for it to end, then kills it. */
void exec_child_stop(exec_child *, double seconds);
/* Kills it at once. */
void exec_child_kill(exec_child *);
void exec_child_free(exec_child *);
#endif
