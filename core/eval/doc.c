/* SPDX-License-Identifier: MIT */
/* core/eval/doc.c - see doc.h. */
#include "eval/doc.h"

#include <stdio.h>
#include <stdlib.h>

#include "eval/packed.h"
#include "text/json_read.h"
#include "text/utf8.h"

/* What one line of the file is read with. */
struct reading {
    eval_docs *docs;
    const eval_reading *how;
    qn_names *labels;
    qn_jsonr json;
    char *why;
    size_t nwhy;
    size_t cap;  /* of docs->v */
    uint64_t no; /* of the line, from 1 */
    int failed;
    qn_status unread; /* the file itself could not be read: why */
};

static void fail(struct reading *r, const char *what)
{
    if (!r->failed)
        snprintf(r->why, r->nwhy, "%s:%llu: %s", r->docs->path, (unsigned long long)r->no, what);
    r->failed = 1;
}

static int is(qn_str s, const char *word)
{
    return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

/* Room for one more item in a growing array of the pool; NULL: no memory. */
static void *grow(struct reading *r, void *v, uint32_t n, size_t size)
{
    void *more;
    if (n & (n - 1)) return v; /* full at powers of two only */
    more = qn_pool_alloc(r->docs->pool, (n ? (size_t)n * 2 : 1) * size);
    if (!more) {
        fail(r, "out of memory");
        return NULL;
    }
    if (n) memcpy(more, v, n * size);
    return more;
}

/* ---- values ---------------------------------------------------------------------------------- */

static int read_offset(struct reading *r, uint32_t *out)
{
    qn_json_number v;
    if (!qn_jsonr_number(&r->json, &v)) return 0;
    if (v.type != QN_JSON_INT || v.i < 0 || v.i > INT32_MAX) {
        fail(r, "an offset is no whole number from 0 to 2147483647");
        return 0;
    }
    *out = (uint32_t)v.i;
    return 1;
}

static int read_span_object(struct reading *r, eval_span *s)
{
    int have = 0;
    qn_str key, label;
    while (qn_jsonr_member(&r->json, &key)) {
        if (is(key, "start")) {
            have |= read_offset(r, &s->beg);
        } else if (is(key, "end")) {
            have |= read_offset(r, &s->end) << 1;
        } else if (is(key, "label") && qn_jsonr_peek(&r->json) == QN_JSON_STRING) {
            qn_jsonr_string(&r->json, &label);
            s->label = qn_names_get(r->labels, label);
        } else {
            qn_jsonr_skip(&r->json, NULL);
        }
    }
    return have == 3;
}

static int read_span_pair(struct reading *r, eval_span *s)
{
    int n = 0;
    while (qn_jsonr_item(&r->json)) {
        if (n == 0)
            n += read_offset(r, &s->beg);
        else if (n == 1)
            n += read_offset(r, &s->end);
        else
            qn_jsonr_skip(&r->json, NULL);
        if (r->failed) return 0;
    }
    return n == 2;
}

/* [{"start":..,"end":..,"label":..}] or [[start, end]] */
static void read_spans(struct reading *r, eval_layer *l)
{
    if (!qn_jsonr_array(&r->json)) return;
    l->given = 1;
    while (!r->failed && qn_jsonr_item(&r->json)) {
        eval_span s = {0, 0, 0};
        int ok = qn_jsonr_peek(&r->json) == QN_JSON_ARRAY
                     ? qn_jsonr_array(&r->json) && read_span_pair(r, &s)
                     : qn_jsonr_object(&r->json) && read_span_object(r, &s);
        if (!ok) {
            if (!qn_jsonr_cut(&r->json) && r->json.expected == NULL)
                fail(r, "a span has no \"start\" and \"end\"");
            return;
        }
        l->v = grow(r, l->v, l->n, sizeof *l->v);
        if (!l->v) return;
        l->v[l->n++] = s;
    }
}

/* A string, or an object with a "text" (or, of a key phrase, "phrase"). */
static int read_text(struct reading *r, qn_str *out)
{
    qn_str key;
    int ok = 0;
    if (qn_jsonr_peek(&r->json) == QN_JSON_STRING) return qn_jsonr_string(&r->json, out);
    if (!qn_jsonr_object(&r->json)) return 0;
    while (qn_jsonr_member(&r->json, &key)) {
        if ((is(key, "text") || is(key, "phrase")) && qn_jsonr_peek(&r->json) == QN_JSON_STRING)
            ok = qn_jsonr_string(&r->json, out);
        else
            qn_jsonr_skip(&r->json, NULL);
    }
    return ok;
}

static void read_strings(struct reading *r, eval_strings *s)
{
    if (!qn_jsonr_array(&r->json)) return;
    s->given = 1;
    while (!r->failed && qn_jsonr_item(&r->json)) {
        qn_str text;
        if (!read_text(r, &text)) {
            fail(r, "expected strings, or objects with a \"text\"");
            return;
        }
        s->v = grow(r, s->v, s->n, sizeof *s->v);
        if (s->v) s->v[s->n++] = text;
    }
}

/* A summary may be a list of its sentences: they become lines. */
static void read_summary(struct reading *r, eval_doc *d)
{
    eval_strings part = {NULL, 0, 0};
    size_t n = 0;
    char *all;
    uint32_t i;
    d->has_summary = 1;
    if (qn_jsonr_peek(&r->json) == QN_JSON_STRING) {
        qn_jsonr_string(&r->json, &d->summary);
        return;
    }
    if (qn_jsonr_peek(&r->json) == QN_JSON_NULL) {
        qn_jsonr_null(&r->json);
        return;
    }
    read_strings(r, &part);
    for (i = 0; i < part.n; i++)
        n += part.v[i].n + 1;
    all = qn_pool_alloc(r->docs->pool, n + 1);
    if (!all) {
        fail(r, "out of memory");
        return;
    }
    d->summary.p = all;
    for (i = 0; i < part.n; i++) {
        if (i) *all++ = '\n';
        memcpy(all, part.v[i].p, part.v[i].n);
        all += part.v[i].n;
    }
    d->summary.n = (size_t)(all - d->summary.p);
}

/* ---- lines of clean-up ----------------------------------------------------------------------- */

struct line_place {
    uint32_t beg, end;
    int placed;
};

static void read_line(struct reading *r, eval_line *line, struct line_place *at)
{
    qn_str key, word;
    int keep, have = 0;
    memset(line, 0, sizeof *line);
    while (qn_jsonr_member(&r->json, &key)) {
        if (is(key, "start")) {
            have |= read_offset(r, &at->beg);
        } else if (is(key, "end")) {
            have |= read_offset(r, &at->end) << 1;
        } else if (is(key, "keep") && qn_jsonr_bool(&r->json, &keep)) {
            line->label = keep ? EVAL_KEEP : EVAL_DROP;
        } else if (is(key, "label") && qn_jsonr_string(&r->json, &word)) {
            line->label = is(word, "drop") ? EVAL_DROP : is(word, "blank") ? EVAL_BLANK : EVAL_KEEP;
        } else if (is(key, "clean") && qn_jsonr_string(&r->json, &word)) {
            line->text = word;
        } else {
            qn_jsonr_skip(&r->json, NULL);
        }
    }
    at->placed = have == 3;
}

/* Where code point `point` of the text begins, walking on from *at (byte) and *seen (points). */
static size_t byte_of(qn_str text, uint32_t point, size_t *at, uint32_t *seen)
{
    if (point < *seen) *at = *seen = 0;
    while (*seen < point && *at < text.n) {
        do
            ++*at;
        while (*at < text.n && !qn_utf8_boundary(text.p, text.n, *at));
        ++*seen;
    }
    return *at;
}

/* A line without a "clean" text is the stretch of the record's text that it names. */
static void read_lines(struct reading *r, eval_doc *d, struct line_place **places)
{
    if (!qn_jsonr_array(&r->json)) return;
    d->has_lines = 1;
    while (!r->failed && qn_jsonr_item(&r->json)) {
        d->line = grow(r, d->line, d->nline, sizeof *d->line);
        *places = grow(r, *places, d->nline, sizeof **places);
        if (r->failed || !qn_jsonr_object(&r->json)) return;
        memset(*places + d->nline, 0, sizeof **places);
        read_line(r, &d->line[d->nline], *places + d->nline);
        d->nline++;
    }
}

static void place_lines(struct reading *r, eval_doc *d, const struct line_place *place)
{
    size_t at = 0;
    uint32_t seen = 0, i;
    for (i = 0; i < d->nline; i++) {
        size_t beg, end;
        if (d->line[i].text.p) continue;
        if (!place[i].placed) {
            fail(r, "a line has neither \"clean\" nor \"start\" and \"end\"");
            return;
        }
        beg = r->how->bytes ? place[i].beg : byte_of(d->text, place[i].beg, &at, &seen);
        end = r->how->bytes ? place[i].end : byte_of(d->text, place[i].end, &at, &seen);
        if (end > d->text.n || beg > end) {
            fail(r, "a line lies outside the text");
            return;
        }
        d->line[i].text.p = d->text.p + beg;
        d->line[i].text.n = end - beg;
    }
}

/* ---- offsets --------------------------------------------------------------------------------- */

/* Byte offsets to code points. `map[b]` is the number of code points that begin before byte b. */
static void to_points(struct reading *r, eval_doc *d)
{
    uint32_t *map = malloc((d->text.n + 1) * sizeof *map), points = 0, i;
    size_t b;
    int k;
    if (!map) {
        fail(r, "out of memory");
        return;
    }
    for (b = 0; b <= d->text.n; b++) {
        map[b] = points;
        points += b < d->text.n && qn_utf8_boundary(d->text.p, d->text.n, b + 1);
        if (b < d->text.n && !qn_utf8_boundary(d->text.p, d->text.n, b)) map[b] = UINT32_MAX;
    }
    for (k = 0; k < EVAL_LAYERS && !r->failed; k++)
        for (i = 0; i < d->layer[k].n && !r->failed; i++) {
            eval_span *s = &d->layer[k].v[i];
            if (s->beg > d->text.n || s->end > d->text.n || map[s->beg] == UINT32_MAX ||
                map[s->end] == UINT32_MAX) {
                fail(r, "an offset lies inside a character, or outside the text");
            } else {
                s->beg = map[s->beg];
                s->end = map[s->end];
            }
        }
    free(map);
}

static void check_spans(struct reading *r, eval_doc *d)
{
    uint32_t i;
    int k;
    if (r->how->bytes) to_points(r, d);
    d->points = (uint32_t)qn_utf8_count(d->text.p, d->text.n);
    for (k = 0; k < EVAL_LAYERS; k++)
        for (i = 0; i < d->layer[k].n; i++) {
            const eval_span *s = &d->layer[k].v[i];
            char what[128];
            if (r->failed || (s->beg < s->end && s->end <= d->points)) continue;
            snprintf(what, sizeof what, "a span goes from %u to %u in a text of %u code points",
                     s->beg, s->end, d->points);
            fail(r, what);
        }
}

/* ---- a record -------------------------------------------------------------------------------- */

/* Strings and numbers, as they were written. */
static void read_word(struct reading *r, qn_str *out)
{
    if (qn_jsonr_peek(&r->json) == QN_JSON_STRING)
        qn_jsonr_string(&r->json, out);
    else
        qn_jsonr_skip(&r->json, out);
}

static void read_meta(struct reading *r, eval_doc *d)
{
    qn_str key;
    if (qn_jsonr_peek(&r->json) != QN_JSON_OBJECT) {
        qn_jsonr_skip(&r->json, NULL);
        return;
    }
    qn_jsonr_object(&r->json);
    while (!r->failed && qn_jsonr_member(&r->json, &key)) {
        if (is(key, "refs") && qn_jsonr_peek(&r->json) == QN_JSON_ARRAY)
            read_strings(r, &d->refs);
        else if (is(key, "keyphrases") && qn_jsonr_peek(&r->json) == QN_JSON_ARRAY)
            read_strings(r, &d->keys);
        else if (r->how->by && is(key, r->how->by))
            read_word(r, &d->group);
        else
            qn_jsonr_skip(&r->json, NULL);
    }
}

static void read_member(struct reading *r, eval_doc *d, qn_str key, struct line_place **places)
{
    static const char *const layer[EVAL_LAYERS] = {"ents", "sents", "tokens", "headings"};
    int k;
    if (qn_jsonr_peek(&r->json) == QN_JSON_NULL && !is(key, "id")) {
        qn_jsonr_null(&r->json);
        return;
    }
    for (k = 0; k < EVAL_LAYERS; k++)
        if (is(key, layer[k])) {
            read_spans(r, &d->layer[k]);
            return;
        }
    if (is(key, "id"))
        read_word(r, &d->id);
    else if (is(key, "text"))
        qn_jsonr_string(&r->json, &d->text);
    else if (is(key, "summary"))
        read_summary(r, d);
    else if (is(key, "refs"))
        read_strings(r, &d->refs);
    else if (is(key, "keyphrases") || is(key, "keys"))
        read_strings(r, &d->keys);
    else if (is(key, "lines"))
        read_lines(r, d, places);
    else if (is(key, "meta"))
        read_meta(r, d);
    else if (r->how->by && is(key, r->how->by))
        read_word(r, &d->group);
    else
        qn_jsonr_skip(&r->json, NULL);
}

static void read_record(struct reading *r, char *line, size_t n)
{
    struct line_place *places = NULL;
    char *room = qn_pool_alloc(r->docs->pool, n + 1), what[300];
    eval_doc d;
    qn_str key;
    memset(&d, 0, sizeof d);
    d.id.p = d.text.p = d.group.p = d.summary.p = "";
    if (!room) {
        fail(r, "out of memory");
        return;
    }
    qn_jsonr_open(&r->json, line, n, room);
    if (qn_jsonr_object(&r->json))
        while (!r->failed && qn_jsonr_member(&r->json, &key))
            read_member(r, &d, key, &places);
    if (!r->failed && !qn_jsonr_close(&r->json)) {
        qn_jsonr_why(&r->json, what, sizeof what);
        fail(r, what);
    }
    if (!r->failed) place_lines(r, &d, places);
    if (!r->failed) check_spans(r, &d);
    if (r->failed) return;
    r->docs->v = grow(r, r->docs->v, (uint32_t)r->docs->n, sizeof d);
    if (r->docs->v) r->docs->v[r->docs->n++] = d;
}

/* ---- the file -------------------------------------------------------------------------------- */

static int blank(const char *p, size_t n)
{
    while (n && strchr(" \t\r\n", p[n - 1]))
        n--;
    return n == 0;
}

/* The whole file, NUL at its end, to be freed; NULL with the reason said. */
static char *read_all(struct reading *r, packed *f, size_t *size)
{
    char *buf = NULL;
    size_t n = 0, cap = 0, got;
    for (;;) {
        if (cap - n < 65536) {
            char *more = realloc(buf, cap ? cap * 2 : 1 << 18);
            if (!more) {
                snprintf(r->why, r->nwhy, "%s: out of memory", r->docs->path);
                r->unread = QN_E_NOMEM;
                break;
            }
            buf = more;
            cap = cap ? cap * 2 : 1 << 18;
        }
        r->unread = packed_read(f, buf + n, cap - n - 1, &got, r->why, r->nwhy);
        if (r->unread != QN_OK) break;
        if (got == 0) {
            buf[n] = '\0';
            *size = n;
            return buf;
        }
        n += got;
    }
    r->failed = 1;
    free(buf);
    return NULL;
}

static int by_id(const void *a, const void *b, void *arg)
{
    const eval_doc *v = arg;
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    const qn_str s = v[x].id, t = v[y].id;
    int c = memcmp(s.p, t.p, s.n < t.n ? s.n : t.n);
    if (c == 0) c = (s.n > t.n) - (s.n < t.n);
    return c ? c : (x > y) - (x < y);
}

static void sort_ids(struct reading *r)
{
    eval_docs *d = r->docs;
    size_t i;
    d->by_id = qn_pool_alloc(d->pool, (d->n + 1) * sizeof *d->by_id);
    if (!d->by_id) {
        fail(r, "out of memory");
        return;
    }
    for (i = 0; i < d->n; i++)
        d->by_id[i] = i;
    if (d->n) qsort_r(d->by_id, d->n, sizeof *d->by_id, by_id, d->v);
}

static void read_file(struct reading *r, packed *f)
{
    size_t n, at, end;
    char *all = read_all(r, f, &n), *keep;
    if (!all) return;
    keep = qn_pool_string(r->docs->pool, all, n);
    free(all);
    if (!keep) {
        fail(r, "out of memory");
        return;
    }
    at = n >= 3 && memcmp(keep, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (; at < n && !r->failed; at = end + 1) {
        const char *stop = memchr(keep + at, '\n', n - at);
        end = stop ? (size_t)(stop - keep) : n;
        r->no++;
        if (!blank(keep + at, end - at)) read_record(r, keep + at, end - at);
    }
    if (!r->failed) sort_ids(r);
}

qn_status eval_docs_read(eval_docs *docs, const char *path, const eval_reading *how,
                         qn_names *labels, char *why, size_t nwhy)
{
    struct reading r = {0};
    packed f;
    qn_status st;
    memset(docs, 0, sizeof *docs);
    docs->path = path;
    docs->pool = qn_pool_new();
    if (!docs->pool) {
        snprintf(why, nwhy, "out of memory");
        return QN_E_NOMEM;
    }
    r.docs = docs;
    r.how = how;
    r.labels = labels;
    r.why = why;
    r.nwhy = nwhy;
    st = packed_open(&f, path, why, nwhy);
    if (st == QN_OK) {
        read_file(&r, &f);
        packed_close(&f);
    }
    if (st == QN_OK && !r.failed) return QN_OK;
    eval_docs_free(docs);
    if (st == QN_OK) st = r.unread;
    return st == QN_OK ? QN_E_DATA : st;
}

void eval_docs_free(eval_docs *docs)
{
    qn_pool_free(docs->pool);
    memset(docs, 0, sizeof *docs);
}

const eval_doc *eval_doc_find(const eval_docs *docs, qn_str id)
{
    size_t lo = 0, hi = docs->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const qn_str s = docs->v[docs->by_id[mid]].id;
        int c = memcmp(s.p, id.p, s.n < id.n ? s.n : id.n);
        if (c == 0) c = (s.n > id.n) - (s.n < id.n);
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == docs->n || !qn_str_eq(docs->v[docs->by_id[lo]].id, id)) return NULL;
    return &docs->v[docs->by_id[lo]];
}
