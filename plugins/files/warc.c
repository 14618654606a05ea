/* SPDX-License-Identifier: MIT */
/* plugins/files/warc.c - see warc.h. */
#include "warc.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <strings.h>

enum { HEAD_MAX = 64 * 1024 };

/* ---- headers -------------------------------------------------------------------------------- */

int files_is_warc(const char *line, size_t n)
{
    return n >= 7 && memcmp(line, "WARC/", 5) == 0 && (line[5] == '0' || line[5] == '1') &&
           line[6] == '.';
}

size_t files_head(const char *p, size_t n)
{
    const char *at = p, *end = p + n;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && *at == '\n') return (size_t)(at - p) + 1;
        if (end - at >= 2 && at[0] == '\r' && at[1] == '\n') return (size_t)(at - p) + 2;
        if (files_is_warc(at, (size_t)(end - at))) return 0; /* the next one: this has no end */
    }
    return 0;
}

static qn_str trim(const char *p, const char *end)
{
    while (p < end && isspace((unsigned char)*p))
        p++;
    while (p < end && isspace((unsigned char)end[-1]))
        end--;
    return (qn_str){p, (size_t)(end - p)};
}

qn_str files_head_field(qn_str head, const char *name)
{
    const char *p = head.p, *end = head.p + head.n;
    const size_t n = strlen(name);
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        const char *stop = nl ? nl : end;
        if ((size_t)(stop - p) > n && strncasecmp(p, name, n) == 0) {
            qn_str rest = trim(p + n, stop);
            if (rest.n && *rest.p == ':') return trim(rest.p + 1, stop);
        }
        p = nl ? nl + 1 : end;
    }
    return (qn_str){NULL, 0};
}

int files_head_says(qn_str value, const char *word)
{
    const size_t n = strlen(word);
    if (value.n < n || strncasecmp(value.p, word, n) != 0) return 0;
    return value.n == n || value.p[n] == ';' || isspace((unsigned char)value.p[n]);
}

/* The number of a Content-Length; 0 when it is none. */
static int read_length(qn_str s, uint64_t *out)
{
    size_t i;
    *out = 0;
    for (i = 0; i < s.n; i++) {
        if (!isdigit((unsigned char)s.p[i]) || i > 17) return 0;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0;
}

/* ---- records -------------------------------------------------------------------------------- */

void files_warc_start(files_warc *s, files_reader *r)
{
    *s = (files_warc){.r = r};
}

static void take(files_warc *s, size_t n)
{
    files_reader_take(s->r, n);
    s->at += n;
}

/* Holds at least n bytes, if there are so many. */
static files_got hold(files_warc *s, size_t n)
{
    files_got got = FILES_DATA;
    while (got == FILES_DATA && files_reader_held(s->r).n < n)
        got = files_reader_more(s->r);
    return got;
}

static files_got pass(files_warc *s, uint64_t n)
{
    files_got got = files_reader_pass(s->r, n);
    s->at += s->r->length;
    return got;
}

/* The empty lines between records; zeros, too, which tape and disk images leave. */
static files_got pass_blank(files_warc *s)
{
    for (;;) {
        qn_str held = files_reader_held(s->r);
        size_t i = 0;
        files_got got;
        while (i < held.n && (held.p[i] == '\r' || held.p[i] == '\n' || held.p[i] == '\0'))
            i++;
        take(s, i);
        if (i < held.n) return FILES_DATA;
        got = files_reader_more(s->r);
        if (got != FILES_DATA) return got;
    }
}

/* Passes over one line and all that follow which do not begin a record. */
static files_got pass_junk(files_warc *s)
{
    files_got got;
    do {
        got = files_reader_pass_line(s->r);
        s->at += s->r->length + (got == FILES_DATA);
        if (got == FILES_DATA) got = hold(s, 7);
    } while (got == FILES_DATA &&
             !files_is_warc(files_reader_held(s->r).p, files_reader_held(s->r).n));
    return got == FILES_DATA || got == FILES_END ? FILES_WRONG : got;
}

static files_got wrong(files_warc *s, const char *what)
{
    snprintf(s->why, sizeof s->why,
             "byte %" PRIu64 " unpacked: %s; passed over to where the next record begins",
             s->at + 1, what);
    return pass_junk(s);
}

static files_got wrong_start(files_warc *s)
{
    qn_str held = files_reader_held(s->r);
    if (s->number == 1 && held.n >= 11 && memcmp(held.p, "filedesc://", 11) == 0)
        return wrong(s, "an ARC archive, the format before WARC, which quern does not read");
    return wrong(s, "found no record, expected a line WARC/1.0 or WARC/1.1");
}

/* The header of the record that begins here: its length, 0 after a failure, which is *got. */
static size_t read_head(files_warc *s, files_got *got)
{
    size_t want = 7, n = 0;
    for (;;) {
        qn_str held;
        *got = hold(s, want);
        if (*got == FILES_BROKEN || *got == FILES_NO_MEMORY) return 0;
        held = files_reader_held(s->r);
        if (!files_is_warc(held.p, held.n)) {
            *got = wrong_start(s);
            return 0;
        }
        n = files_head(held.p, held.n < HEAD_MAX ? held.n : HEAD_MAX);
        if (n) return n;
        if (*got == FILES_END || held.n >= HEAD_MAX) break;
        want = held.n * 2 < HEAD_MAX ? held.n * 2 : HEAD_MAX;
    }
    *got = wrong(s, "no empty line ends the record's header, which 64 KiB may be long");
    return 0;
}

static int holds_document(qn_str type)
{
    return files_head_says(type, "response") || files_head_says(type, "resource") ||
           files_head_says(type, "conversion");
}

static files_got cut_off(files_warc *s, uint64_t length)
{
    snprintf(s->why, sizeof s->why,
             "the archive is cut off inside a record of %" PRIu64 " bytes, of which %zu are there; "
             "get the file again",
             length, files_reader_held(s->r).n);
    take(s, files_reader_held(s->r).n);
    return FILES_WRONG;
}

/* Passes over a record that is longer than max_size. */
static files_got pass_long(files_warc *s, size_t head, uint64_t length)
{
    files_got got;
    take(s, head);
    got = pass(s, length);
    if (got != FILES_DATA && got != FILES_END) return got;
    if (got == FILES_END)
        snprintf(s->why, sizeof s->why,
                 "a record of %" PRIu64 " bytes, longer than max_size = %zu, of which %" PRIu64
                 " are there: its Content-Length is wrong or the archive is cut off; get the file "
                 "again",
                 length, s->r->max, s->r->length);
    else
        snprintf(s->why, sizeof s->why,
                 "a record of %" PRIu64 " bytes, longer than max_size = %zu; raise max_size to "
                 "read it",
                 length, s->r->max);
    return FILES_LONG;
}

/* The block behind a header of n bytes. */
static files_got whole(files_warc *s, size_t n, uint64_t length, qn_str *record)
{
    files_got got;
    if (length > s->r->max) return pass_long(s, n, length);
    got = hold(s, n + (size_t)length);
    if (got == FILES_END) return cut_off(s, n + length);
    if (got != FILES_DATA) return got;
    *record = (qn_str){files_reader_held(s->r).p, n + (size_t)length};
    take(s, record->n);
    return FILES_DATA;
}

files_got files_warc_next(files_warc *s, qn_str *record)
{
    for (;;) {
        files_got got = pass_blank(s);
        uint64_t length;
        qn_str head;
        if (got != FILES_DATA) return got;
        s->number++;
        head.n = read_head(s, &got);
        if (!head.n) return got;
        head.p = files_reader_held(s->r).p;
        if (!read_length(files_head_field(head, "Content-Length"), &length))
            return wrong(s, "the record has no Content-Length that is a number");
        if (holds_document(files_head_field(head, "WARC-Type")))
            return whole(s, head.n, length, record);
        s->passed++;
        got = pass(s, head.n + length);
        if (got == FILES_END) {
            snprintf(s->why, sizeof s->why,
                     "the archive is cut off inside a record; get the file again");
            return FILES_WRONG;
        }
        if (got != FILES_DATA) return got;
    }
}
