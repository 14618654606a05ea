/* SPDX-License-Identifier: MIT */
/* core/cli/lines.c - see lines.h. */
#include "lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 18 };

qn_status lines_open(lines *l, const char *path, char *why, size_t nwhy)
{
    int in = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : -1;
    memset(l, 0, sizeof *l);
    l->path = path;
    errno = 0;
    l->f = in >= 0 ? gzdopen(in, "rb") : gzopen(path, "rb");
    if (l->f) return QN_OK;
    if (in >= 0) close(in);
    snprintf(why, nwhy, "%s: %s", path, strerror(errno ? errno : ENOMEM));
    return QN_E_IO;
}

/* More bytes behind those that are there. */
static qn_status more(lines *l, char *why, size_t nwhy)
{
    int got, err;
    if (l->at) {
        memmove(l->buf, l->buf + l->at, l->n - l->at);
        l->n -= l->at;
        l->at = 0;
    }
    if (l->cap - l->n < CHUNK) {
        const size_t cap = l->cap ? 2 * l->cap : 2 * CHUNK;
        char *buf = realloc(l->buf, cap);
        if (!buf) {
            snprintf(why, nwhy, "%s: out of memory", l->path);
            return QN_E_NOMEM;
        }
        l->buf = buf;
        l->cap = cap;
    }
    got = gzread(l->f, l->buf + l->n, CHUNK);
    if (got < 0) {
        const char *words = gzerror(l->f, &err);
        snprintf(why, nwhy, "%s: %s", l->path, err == Z_ERRNO ? strerror(errno) : words);
        return QN_E_IO;
    }
    if (got == 0 && gzerror(l->f, &err) && err == Z_BUF_ERROR) { /* cut off */
        snprintf(why, nwhy, "%s: the gzip data ends too early", l->path);
        return QN_E_IO;
    }
    l->ended = got == 0;
    l->n += (size_t)got;
    return QN_OK;
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
    if (l->f) gzclose(l->f);
    free(l->buf);
    memset(l, 0, sizeof *l);
}
