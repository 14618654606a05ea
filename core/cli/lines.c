/* SPDX-License-Identifier: MIT */
/* core/cli/lines.c - see lines.h. */
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 18 };

qn_status lines_open(lines *l, const char *path, char *why, size_t nwhy)
{
    memset(l, 0, sizeof *l);
    return packed_open(&l->file, path, why, nwhy);
}

/* More bytes behind those that are there. */
static qn_status more(lines *l, char *why, size_t nwhy)
{
    size_t got;
    qn_status st;
    if (l->at) {
        memmove(l->buf, l->buf + l->at, l->n - l->at);
        l->n -= l->at;
        l->at = 0;
    }
    if (l->cap - l->n < CHUNK) {
        const size_t cap = l->cap ? 2 * l->cap : 2 * CHUNK;
        char *buf = realloc(l->buf, cap);
        if (!buf) {
            snprintf(why, nwhy, "%s: out of memory", l->file.path);
            return QN_E_NOMEM;
        }
        l->buf = buf;
        l->cap = cap;
    }
    st = packed_read(&l->file, l->buf + l->n, CHUNK, &got, why, nwhy);
    l->ended = got == 0;
    l->n += got;
    return st;
}

static int is_blank(qn_str s)
{
    while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    return s.n == 0;
}

qn_status lines_next(lines *l, qn_str *line, char *why, size_t nwhy)
{
    size_t seen = 0;
    for (;;) {
        const char *from = l->n ? l->buf + l->at : NULL;
        const size_t left = l->n - l->at;
        const char *end = left > seen ? memchr(from + seen, '\n', left - seen) : NULL;
        qn_status st;
        if (end || (l->ended && left)) {
            *line = (qn_str){from, end ? (size_t)(end - from) : left};
            l->at += line->n + (end != NULL);
            l->number++;
            seen = 0;
            if (l->number == 1 && line->n >= 3 && !memcmp(line->p, "\xEF\xBB\xBF", 3)) {
                line->p += 3;
                line->n -= 3;
            }
            if (!is_blank(*line)) return QN_OK;
            continue;
        }
        if (l->ended) return QN_END;
        seen = left;
        if ((st = more(l, why, nwhy)) != QN_OK) return st;
    }
}

void lines_close(lines *l)
{
    packed_close(&l->file);
    free(l->buf);
    memset(l, 0, sizeof *l);
}

qn_status lines_first(const char *path, qn_pool *pool, qn_str *line, char *why, size_t nwhy)
{
    lines l;
    qn_str found = {"", 0};
    qn_status st = lines_open(&l, path, why, nwhy);
    if (st != QN_OK) return st;
    st = lines_next(&l, &found, why, nwhy);
    if (st == QN_OK || st == QN_END) {
        *line = (qn_str){qn_pool_string(pool, found.p, found.n), found.n};
        st = line->p ? QN_OK : QN_E_NOMEM;
        if (st != QN_OK) snprintf(why, nwhy, "%s: out of memory", path);
    }
    lines_close(&l);
    return st;
}
