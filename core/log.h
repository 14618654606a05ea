/* SPDX-License-Identifier: MIT */
/* core/log.h - floor 1: lines for the operator, handed to whoever shows them. The library itself
 * never prints: the command line (or an embedding program) gives a writer. */
#ifndef QUERN_LOG_H
#define QUERN_LOG_H
#include <quern/host.h>
#include <stdarg.h>

typedef struct qn_log qn_log;

/* Shows one line; calls never overlap. `stage` may be empty. */
typedef void (*qn_log_writer)(void *user, qn_level, const char *stage, const char *text);

/* Lines below `least` are dropped. Of lines made from the same format string only the first
 * `repeats` are shown (0: all); qn_log_flush says how many more there were. NULL: no memory. */
qn_log *qn_log_new(qn_log_writer, void *user, qn_level least, unsigned repeats);
void qn_log_free(qn_log *);

/* Any thread. A line longer than 4 KiB is cut. */
void qn_log_say(qn_log *, qn_level, const char *stage, const char *fmt, ...) QN_PRINTF(4, 5);
void qn_log_vsay(qn_log *, qn_level, const char *stage, const char *fmt, va_list) QN_PRINTF(4, 0);
/* "... 4,212 more of these" for every format that was held back. */
void qn_log_flush(qn_log *);
#endif
