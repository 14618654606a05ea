/* SPDX-License-Identifier: MIT */
/* plugins/files/feed.c - the serial half of the source: which files go into the next
 * batch. Those of many documents are cut by cut.c; files.h says what is left to process(). */
#include "files.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/json_write.h"
#include "text/utf8.h"

enum { BATCH_BYTES = 64 * 1024 };

/* ---- names ---------------------------------------------------------------------------------- */

/* A file name as UTF-8: bytes that are none are written \xNN. Returns the length; out may be NULL
 * to learn it. */
static size_t printable(const char *path, char *out)
{
    static const char hex[] = "0123456789abcdef";
    size_t n = 0, left = strlen(path);
    for (;;) {
        size_t good = qn_utf8_valid(path, left);
        if (out) memcpy(out + n, path, good);
        n += good;
        path += good;
        left -= good;
        if (!left) return n;
        if (out) {
            const unsigned char c = (unsigned char)*path;
            memcpy(out + n, (const char[]){'\\', 'x', hex[c >> 4], hex[c & 15]}, 4);
        }
        n += 4;
        path++;
        left--;
    }
}

qn_record *files_add(qn_ctx *cx, qn_batch *b, files_origin origin, uint64_t number)
{
    size_t n = printable(origin.path, NULL), raw = strlen(origin.path) + 1;
    qn_record *r = cx->host->add_record(cx, b);
    files_origin *o = r ? qn_alloc(b, sizeof *o + n + 21 + 1 + raw) : NULL;
    char *place;
    if (!o) return NULL;
    place = (char *)(o + 1);
    printable(origin.path, place);
    if (number) {
        place[n++] = ':';
        n = (size_t)(qn_json_digits(place + n, number) - place);
    }
    place[n] = '\0';
    *o = origin;
    o->path = memcpy(place + n + 1, origin.path, raw);
    r->place = (qn_str){place, n};
    return r;
}

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

qn_status files_add_failed(qn_ctx *cx, qn_batch *b, const char *path, uint64_t number,
                           qn_status status, const char *why)
{
    qn_record *r = files_add(cx, b, (files_origin){.path = path}, number);
    if (!r) return no_memory(cx);
    r->id = r->place;
    r->text = (qn_str){"", 0};
    cx->host->fail_record(cx, r, status, "%s", why);
    return QN_OK;
}

/* The input broke: what came before it has been handed out. */
static qn_status add_broken(qn_ctx *cx, qn_batch *b, const char *path)
{
    files_state *s = cx->state;
    if (cx->host->stopping(cx)) return QN_END;
    return files_add_failed(cx, b, path, 0, QN_E_IO, files_input_why(s->lane.reader.in));
}

/* ---- files ---------------------------------------------------------------------------------- */

static qn_status add_file(qn_ctx *cx, qn_batch *b, const files_found *file)
{
    qn_record *r = files_add(cx, b, (files_origin){FILES_TXT, file->path, NULL}, 0);
    if (!r) return no_memory(cx);
    r->id = r->place;
    b->bytes += (size_t)file->size;
    ((files_state *)cx->state)->past += file->size;
    return QN_OK;
}

/* A text that comes through a pipe cannot be left to process(): the pipe is read here. */
static qn_status add_piped(qn_ctx *cx, qn_batch *b, const char *path)
{
    files_state *s = cx->state;
    files_reader *reader = &s->lane.reader;
    qn_record *r;
    qn_str all;
    char *text, why[80];
    switch (files_reader_all(reader, &all)) {
    case FILES_DATA:
        break;
    case FILES_LONG:
        snprintf(why, sizeof why, "longer than max_size = %zu bytes", reader->max);
        return files_add_failed(cx, b, path, 0, QN_E_DATA, why);
    case FILES_NO_MEMORY:
        return no_memory(cx);
    default:
        return add_broken(cx, b, path);
    }
    r = files_add(cx, b, (files_origin){.path = path}, 0);
    text = r ? qn_alloc(b, all.n) : NULL;
    if (!text) return no_memory(cx);
    if (all.n) memcpy(text, all.p, all.n);
    r->id = r->place;
    r->text = (qn_str){text, all.n};
    b->bytes += all.n;
    return QN_OK;
}

static int ends_in(const char *path, size_t n, const char *end)
{
    size_t k = strlen(end);
    return n > k && memcmp(path + n - k, end, k) == 0;
}

/* What the options or the name say; FILES_AUTO: the content must. */
static files_format format_by_name(const files_opts *o, const char *path)
{
    static const struct {
        const char *end;
        files_format format;
    } known[] = {{".txt", FILES_TXT},  {".jsonl", FILES_JSONL}, {".ndjson", FILES_JSONL},
                 {".csv", FILES_CSV},  {".tsv", FILES_TSV},     {".warc", FILES_WARC},
                 {".wet", FILES_WARC}, {".html", FILES_TXT},    {".htm", FILES_TXT}};
    size_t n = strlen(path), i;
    if (o->format != FILES_AUTO) return (files_format)o->format;
    if (ends_in(path, n, ".gz"))
        n -= 3;
    else if (ends_in(path, n, ".zst"))
        n -= 4;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (ends_in(path, n, known[i].end)) return known[i].format;
    return FILES_AUTO;
}

/* An opened file whose format only its content can tell. *format stays FILES_AUTO for an empty
 * pipe, which holds no document. */
static files_got format_by_content(files_state *s, files_format *format)
{
    qn_str first;
    int whole;
    files_got got = files_reader_peek(&s->lane.reader, &first, &whole);
    if (got == FILES_DATA && files_is_warc(first.p, first.n))
        *format = FILES_WARC;
    else if (got == FILES_DATA)
        *format = files_is_jsonl(first.p, first.n, whole, &s->fields) ? FILES_JSONL : FILES_TXT;
    else if (got == FILES_END && files_input_regular(s->lane.reader.in))
        *format = FILES_TXT;
    return got == FILES_END ? FILES_DATA : got;
}

/* Opens a file that holds many documents, or may, or is a pipe. */
static qn_status open_file(qn_ctx *cx, qn_batch *b, const files_found *file, files_format format)
{
    files_state *s = cx->state;
    files_reader *reader = &s->lane.reader;
    files_got got = FILES_DATA;
    qn_status st = QN_OK;
    if (files_input_open(reader->in, file->path) != 0) return add_broken(cx, b, file->path);
    files_reader_start(reader);
    if (format == FILES_AUTO) got = format_by_content(s, &format);
    if (got == FILES_NO_MEMORY)
        st = no_memory(cx);
    else if (got == FILES_BROKEN)
        st = add_broken(cx, b, file->path);
    else if (format > FILES_TXT)
        return files_cut_start(cx, b, file, format);
    else if (format == FILES_TXT && files_input_regular(reader->in))
        st = add_file(cx, b, file);
    else if (format == FILES_TXT)
        st = add_piped(cx, b, file->path);
    files_input_close(reader->in);
    return st;
}

static qn_status start_file(qn_ctx *cx, qn_batch *b, const files_found *file)
{
    files_state *s = cx->state;
    files_format format = format_by_name(cx->options, file->path);
    s->files++;
    if (format == FILES_TXT && file->regular) return add_file(cx, b, file);
    return open_file(cx, b, file, format);
}

static qn_status feed_file(qn_ctx *cx, qn_batch *b)
{
    files_state *s = cx->state;
    files_found file;
    switch (files_walk_next(s->walk, &file)) {
    case FILES_PATH:
        return start_file(cx, b, &file);
    case FILES_SKIPPED:
        cx->host->log(cx, QN_WARN, "%s: passed over: %s", file.path, file.why);
        return QN_OK;
    case FILES_FAILED:
        return files_add_failed(cx, b, file.path, 0, QN_E_IO, file.why);
    case FILES_WALK_NO_MEMORY:
        return no_memory(cx);
    default:
        if (s->files == 0) cx->host->log(cx, QN_WARN, "no files were found under path");
        return QN_END;
    }
}

qn_status files_read(qn_ctx *cx, qn_batch *b)
{
    files_state *s = cx->state;
    qn_status st = QN_OK;
    s->lane.cx = cx;
    while (st == QN_OK && b->n < b->cap && b->bytes < BATCH_BYTES) {
        if (cx->host->stopping(cx)) return QN_END;
        st = s->cut.path ? files_cut_next(cx, b) : feed_file(cx, b);
    }
    atomic_store(&s->done, s->past + (s->cut.path ? files_input_used(s->lane.reader.in) : 0));
    return st;
}

/* ---- progress ------------------------------------------------------------------------------- */

/* Looks some way ahead each time, so that a large folder does not hold up the caller: the total is
 * known once its end has been seen. */
void files_progress(void *state, uint64_t *done, uint64_t *total)
{
    files_state *s = state;
    files_found file;
    int steps = 2000;
    *done = atomic_load(&s->done);
    *total = 0;
    while (s->ahead && steps-- > 0) {
        files_step step = files_walk_next(s->ahead, &file);
        if (step == FILES_PATH && file.regular) {
            s->total += file.size;
        } else if (step == FILES_PATH || step == FILES_WALK_NO_MEMORY) {
            s->total = 0; /* a pipe: nobody knows */
            return;
        } else if (step == FILES_DONE) {
            files_walk_free(s->ahead);
            s->ahead = NULL;
        }
    }
    if (!s->ahead) *total = s->total;
}
