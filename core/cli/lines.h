/* SPDX-License-Identifier: MIT */
/* core/cli/lines.h - floor 6: the lines of a file of records, plain or packed. */
#ifndef QUERN_LINES_H
#define QUERN_LINES_H
#include "eval/packed.h"
#include "tree.h"

typedef struct lines {
    packed file;
    uint64_t number; /* of the line that was read last, from 1 */
    char *buf;
    size_t n, at, cap;
    int ended;
} lines;

/* QN_OK; else QN_E_IO or QN_E_NOMEM and words. */
qn_status lines_open(lines *, const char *path, char *why, size_t nwhy);
/* The next line that is not empty, without its end; it lives until the next call. QN_END behind the
 * last one; QN_E_IO or QN_E_NOMEM with words. */
qn_status lines_next(lines *, qn_str *line, char *why, size_t nwhy);
void lines_close(lines *);

/* The first line of a file, NUL-terminated in the pool; empty when there is none. QN_OK; QN_E_IO or
 * QN_E_NOMEM with words. */
qn_status lines_first(const char *path, qn_pool *, qn_str *line, char *why, size_t nwhy);
#endif
