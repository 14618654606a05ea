/* SPDX-License-Identifier: MIT */
/* plugins/files/reader.c - see reader.h. */
#include "reader.h"

#include <stdlib.h>

enum {
    STEP = 256 * 1024, /* bytes asked for at once */
    KEEP = 1024 * 1024 /* a larger buffer is given back when its file is done */
};

void files_reader_free(files_reader *r)
{
    free(r->buf);
    r->buf = NULL;
    r->cap = 0;
}

void files_reader_start(files_reader *r)
{
    if (r->cap > KEEP) files_reader_free(r);
    r->beg = r->end = 0;
    r->line = r->length = 0;
    r->ended = 0;
}

static int grow(files_reader *r)
{
    size_t cap = r->cap ? r->cap : STEP / 2;
    char *p;
    if (cap > SIZE_MAX / 2) return 0;
    p = realloc(r->buf, cap * 2);
    if (!p) return 0;
    r->buf = p;
    r->cap = cap * 2;
    return 1;
}

files_got files_reader_more(files_reader *r)
{
    long got;
    if (r->ended) return FILES_END;
    if (r->beg == r->end && r->cap > KEEP) files_reader_free(r);
    if (r->beg == r->end) r->beg = r->end = 0;
    if (r->beg > 0) {
        memmove(r->buf, r->buf + r->beg, r->end - r->beg);
        r->end -= r->beg;
        r->beg = 0;
    }
    if (r->cap - r->end < STEP / 2 && !grow(r)) return FILES_NO_MEMORY;
    got = files_input_read(r->in, r->buf + r->end, r->cap - r->end);
    if (got < 0) return FILES_BROKEN;
    r->ended = got == 0;
    r->end += (size_t)got;
    return got ? FILES_DATA : FILES_END;
}

static int blank(const char *p, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++)
        if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r') return 0;
    return 1;
}

files_got files_reader_pass_line(files_reader *r)
{
    files_got got = FILES_DATA;
    const char *nl = NULL;
    r->length = 0;
    while (got == FILES_DATA && !nl) {
        if (r->end > r->beg) nl = memchr(r->buf + r->beg, '\n', r->end - r->beg);
        r->length += nl ? (size_t)(nl - (r->buf + r->beg)) : r->end - r->beg;
        r->beg = nl ? (size_t)(nl - r->buf) + 1 : r->end;
        if (!nl) got = files_reader_more(r);
    }
    return got;
}

files_got files_reader_pass(files_reader *r, uint64_t n)
{
    files_got got = FILES_DATA;
    r->length = 0;
    while (got == FILES_DATA && r->length < n) {
        size_t held = r->end - r->beg, part = n - r->length < held ? (size_t)(n - r->length) : held;
        r->beg += part;
        r->length += part;
        if (r->length < n) got = files_reader_more(r);
    }
    return got;
}

/* A line that is already too long: passed over without holding it. */
static files_got too_long(files_reader *r)
{
    files_got got = files_reader_pass_line(r);
    return got == FILES_DATA || got == FILES_END ? FILES_LONG : got;
}

/* One line, blank or not. */
static files_got any_line(files_reader *r, qn_str *out)
{
    size_t seen = 0; /* bytes known to hold no line end */
    for (;;) {
        const char *nl = NULL;
        files_got got;
        if (r->end - r->beg > seen)
            nl = memchr(r->buf + r->beg + seen, '\n', r->end - r->beg - seen);
        seen = nl ? (size_t)(nl - (r->buf + r->beg)) : r->end - r->beg;
        if (seen > r->max) {
            r->line++;
            return too_long(r);
        }
        got = nl ? FILES_DATA : files_reader_more(r);
        if (got == FILES_DATA && !nl) continue;
        if (got == FILES_END && seen == 0) return FILES_END;
        if (got == FILES_BROKEN || got == FILES_NO_MEMORY) return got;
        *out = (qn_str){r->buf + r->beg, seen};
        r->beg += seen + (nl != NULL);
        r->line++;
        return FILES_DATA;
    }
}

static void drop_mark(qn_str *s)
{
    if (s->n >= 3 && memcmp(s->p, "\xef\xbb\xbf", 3) == 0) {
        s->p += 3;
        s->n -= 3;
    }
}

files_got files_reader_line(files_reader *r, qn_str *out)
{
    files_got got;
    do {
        got = any_line(r, out);
        if (got == FILES_DATA && r->line == 1) drop_mark(out);
    } while (got == FILES_DATA && blank(out->p, out->n));
    return got;
}

/* What of [beg, end) a look at the content passes over: the mark and white space. */
static size_t skipped(const files_reader *r)
{
    size_t n = r->end - r->beg, i = 0;
    if (n >= 3 && memcmp(r->buf + r->beg, "\xef\xbb\xbf", 3) == 0) i = 3;
    while (i < n && strchr(" \t\r\n", r->buf[r->beg + i]) && r->buf[r->beg + i])
        i++;
    return i;
}

files_got files_reader_peek(files_reader *r, qn_str *out, int *whole)
{
    files_got got = FILES_DATA;
    const char *nl = NULL;
    size_t skip = 0;
    while (got == FILES_DATA && !nl && r->end - r->beg < STEP) {
        got = files_reader_more(r);
        if (r->end == r->beg) continue;
        skip = skipped(r);
        out->p = r->buf + r->beg + skip;
        nl = memchr(out->p, '\n', r->end - r->beg - skip);
    }
    if (got == FILES_BROKEN || got == FILES_NO_MEMORY) return got;
    if (r->end == r->beg) return FILES_END;
    *whole = nl != NULL || got == FILES_END;
    out->n = nl ? (size_t)(nl - out->p) : r->end - r->beg - skip;
    return FILES_DATA;
}

files_got files_reader_all(files_reader *r, qn_str *out)
{
    files_got got = FILES_DATA;
    while (got == FILES_DATA && r->end - r->beg <= r->max)
        got = files_reader_more(r);
    if (r->end - r->beg > r->max) return FILES_LONG;
    if (got == FILES_BROKEN || got == FILES_NO_MEMORY) return got;
    *out = (qn_str){r->buf + r->beg, r->end - r->beg};
    return FILES_DATA;
}
