/* SPDX-License-Identifier: MIT */
/* core/edit.c - see edit.h. The replacements are collected first and checked as they come;
 * edit_end then makes the new text, the new map and the new places of all spans, each in one
 * pass. Everything that can fail happens before the record is touched. */
#include "edit.h"
#include "text/utf8.h"

#include <stdlib.h>

/* One replacement: text[beg, end) becomes with[0, n), which stands at `to` in the new text. */
typedef struct change {
    const char *with;
    uint32_t n;
    uint32_t beg, end;
    uint32_t to;
    qn_name rule;
} change;

struct qn_edit {
    qn_record *rec;   /* NULL: no edit was begun */
    qn_str text;      /* rec->text at the beginning */
    qn_status status; /* the first failure */
    uint32_t at;      /* end of the latest replacement, in the old text */
    uint32_t to;      /* the same place in the new text */
    int ascii;        /* every replacement so far is pure ASCII */
    change *v;
    size_t n, cap;
};

/* Replacements an idle editor has room for: a megabyte. */
enum { KEEP = 32768 };

qn_edit *qn_edit_new(void)
{
    return calloc(1, sizeof(qn_edit));
}

void qn_edit_free(qn_edit *e)
{
    if (!e) return;
    free(e->v);
    free(e);
}

qn_edit *qn_edit_begin(qn_edit *e, qn_record *r)
{
    e->rec = r;
    e->text = r->text;
    e->status = r->text.n <= QN_TEXT_MAX ? QN_OK : QN_E_BUG;
    e->at = 0;
    e->to = 0;
    e->ascii = 1;
    e->n = 0;
    return e;
}

static qn_status refuse(qn_edit *e, qn_status status)
{
    if (e->status == QN_OK) e->status = status;
    return status;
}

/* What the contract of edit_replace asks. */
static int is_allowed(const qn_edit *e, qn_range old, qn_name rule)
{
    if (rule == 0 || old.beg < e->at || old.end < old.beg || old.end > e->text.n) return 0;
    return (e->rec->flags & QN_REC_BYTES) || (qn_utf8_boundary(e->text.p, e->text.n, old.beg) &&
                                              qn_utf8_boundary(e->text.p, e->text.n, old.end));
}

static qn_status check_utf8(qn_edit *e, qn_str with)
{
    size_t ascii = qn_utf8_ascii(with.p, with.n);
    if (ascii == with.n) return QN_OK;
    e->ascii = 0;
    if (e->rec->flags & QN_REC_BYTES) return QN_OK;
    return qn_utf8_valid(with.p + ascii, with.n - ascii) == with.n - ascii ? QN_OK : QN_E_BUG;
}

static qn_status make_room(qn_edit *e)
{
    size_t cap = e->cap ? e->cap * 2 : 256;
    change *v;
    if (e->n < e->cap) return QN_OK;
    v = cap <= SIZE_MAX / sizeof *v ? realloc(e->v, cap * sizeof *v) : NULL;
    if (!v) return QN_E_NOMEM;
    e->v = v;
    e->cap = cap;
    return QN_OK;
}

qn_status qn_edit_replace(qn_edit *e, qn_range old, qn_str with, qn_name rule)
{
    uint32_t n = old.end - old.beg;
    uint64_t to;
    change *c;
    if (!e->rec || !is_allowed(e, old, rule)) return refuse(e, QN_E_BUG);
    to = (uint64_t)e->to + (old.beg - e->at);
    if (with.n > QN_TEXT_MAX || to + with.n > QN_TEXT_MAX) return refuse(e, QN_E_DATA);
    if (with.n && check_utf8(e, with) != QN_OK) return refuse(e, QN_E_BUG);
    if (with.n != n || (n && memcmp(with.p, e->text.p + old.beg, n) != 0)) {
        if (make_room(e) != QN_OK) return refuse(e, QN_E_NOMEM);
        c = &e->v[e->n++];
        c->with = with.p;
        c->n = (uint32_t)with.n;
        c->beg = old.beg;
        c->end = old.end;
        c->to = (uint32_t)to;
        c->rule = rule;
    }
    e->at = old.end;
    e->to = (uint32_t)(to + with.n);
    return QN_OK;
}

/* ---- the text -------------------------------------------------------------------------------- */

static char *write_text(const qn_edit *e, size_t n)
{
    char *text = qn_alloc(e->rec->batch, n), *w = text;
    uint32_t at = 0;
    size_t i;
    if (!text) return NULL;
    for (i = 0; i < e->n; i++) {
        const change *c = &e->v[i];
        if (c->beg > at) memcpy(w, e->text.p + at, c->beg - at);
        w += c->beg - at;
        if (c->n) memcpy(w, c->with, c->n);
        w += c->n;
        at = c->end;
    }
    if (e->text.n > at) memcpy(w, e->text.p + at, e->text.n - at);
    return text;
}

/* ---- the map --------------------------------------------------------------------------------- */

/* Walks the old map along the replacements and writes the new one. */
typedef struct composer {
    const qn_seg *old;  /* the segment the walk is in; the sentinel at the end */
    const qn_seg *last; /* the sentinel */
    uint32_t text, raw; /* where the walk is: in the text before the edit, and in the raw input */
    qn_seg *out;
    uint32_t n;
    uint32_t out_text, out_raw; /* where the new map has got to */
    int joining;                /* a replacement ended inside an older replaced piece: */
    qn_name rule;               /* its rule, */
    uint32_t len;               /* its text so far; it lasts to the end of that piece */
} composer;

/* A copied piece may be cut anywhere, and so may one that stands for no raw bytes. */
static int may_cut(const qn_seg *s)
{
    return s->rule == 0 || s[0].raw == s[1].raw;
}

/* Adds the next segment, n bytes of new text up to `raw`. */
static void emit(composer *k, uint32_t n, uint32_t raw, qn_name rule)
{
    if (n == 0 && raw == k->out_raw) return;
    if (rule != 0 || k->n == 0 || k->out[k->n - 1].rule != 0) {
        qn_seg *s = &k->out[k->n++];
        s->text = k->out_text;
        s->raw = k->out_raw;
        s->rule = rule;
        s->unused = 0;
    }
    k->out_text += n;
    k->out_raw = raw;
}

static void next_segment(composer *k)
{
    k->old++;
    k->text = k->old->text;
    k->raw = k->old->raw;
}

/* Moves to `to`, inside the present segment, which may be cut there. */
static void move_to(composer *k, uint32_t to)
{
    if (k->old->rule == 0) k->raw += to - k->text;
    k->text = to;
}

/* Keeps the text up to `to`. Stops short of it at the start of a replaced piece that lies across
 * `to`, or inside that piece when a replacement is already joining with it. */
static void keep(composer *k, uint32_t to)
{
    while (k->old < k->last && k->old[1].text <= to) {
        uint32_t n = k->old[1].text - k->text;
        qn_name rule = k->old->rule;
        next_segment(k);
        if (k->joining) {
            emit(k, k->len + n, k->raw, k->rule);
            k->joining = 0;
        } else {
            emit(k, n, k->raw, rule);
        }
    }
    if (k->text < to && may_cut(k->old)) {
        uint32_t n = to - k->text;
        move_to(k, to);
        emit(k, n, k->raw, k->old->rule);
    }
}

static void replace(composer *k, const change *c)
{
    keep(k, c->beg);
    if (!k->joining) {
        k->rule = c->rule;
        k->len = 0;
    }
    k->len += c->beg - k->text + c->n;
    k->text = c->beg;
    /* A deletion lying at c->end has its old->text there: it stays apart. */
    while (k->old->text < c->end && k->old[1].text <= c->end)
        next_segment(k);
    k->joining = k->old->text < c->end && !may_cut(k->old);
    if (k->joining) {
        k->text = c->end;
        return;
    }
    if (k->text < c->end) move_to(k, c->end);
    emit(k, k->len, k->raw, k->rule);
}

/* The new map, of *n segments. */
static qn_seg *compose(const qn_edit *e, uint32_t *n)
{
    const uint32_t size = (uint32_t)e->text.n;
    const qn_seg same[2] = {{0, 0, 0, 0}, {size, size, 0, 0}};
    const qn_record *r = e->rec;
    const qn_seg *map = r->map ? r->map : same;
    const uint32_t nmap = r->map ? r->nmap : 2;
    composer k = {.old = map, .last = map + nmap - 1};
    size_t i;
    /* A replacement adds itself and may cut one segment in two. */
    k.out = qn_alloc(r->batch, (nmap + 2 * e->n) * sizeof *k.out);
    if (!k.out) return NULL;
    for (i = 0; i < e->n; i++)
        replace(&k, &e->v[i]);
    keep(&k, size);
    k.out[k.n].text = k.out_text;
    k.out[k.n].raw = k.out_raw;
    k.out[k.n].rule = 0;
    k.out[k.n].unused = 0;
    *n = k.n + 1;
    return k.out;
}

/* ---- the layers ------------------------------------------------------------------------------ */

/* How far text behind the first i replacements moves. */
static uint32_t shift(const qn_edit *e, size_t i)
{
    const change *c;
    if (i == 0) return 0;
    c = &e->v[i - 1];
    return c->to + c->n - c->end; /* modulo 2^32: may stand for a move to the left */
}

/* Number of replacements that begin before `at`; at least i of them do. Doubles its steps, for
 * a span may reach over any number of them. */
static size_t begun_before(const qn_edit *e, size_t i, uint32_t at)
{
    size_t step = 1, hi;
    while (step <= e->n - i && e->v[i + step - 1].beg < at) {
        i += step;
        step *= 2;
    }
    for (hi = step <= e->n - i ? i + step - 1 : e->n; i < hi;) {
        size_t mid = i + (hi - i) / 2;
        if (e->v[mid].beg < at)
            i = mid + 1;
        else
            hi = mid;
    }
    return i;
}

/* Moves one span; 0 when nothing is left of it. `i` is the number of replacements that end at or
 * before its start. */
static int move_span(const qn_edit *e, size_t i, qn_span *s)
{
    int inside = i < e->n && e->v[i].beg < s->beg;
    uint32_t beg = inside ? e->v[i].to : s->beg + shift(e, i);
    size_t j;
    if (s->beg == s->end) {
        s->beg = s->end = beg;
        return !inside;
    }
    j = begun_before(e, i, s->end);
    if (j && e->v[j - 1].end > s->end)
        s->end = e->v[j - 1].to + e->v[j - 1].n;
    else
        s->end += shift(e, j);
    s->beg = beg;
    return s->beg < s->end;
}

/* Order of a layer, made total so that the result does not hang on the sort. */
static int compare(const void *x, const void *y)
{
    const qn_span *a = x, *b = y;
    if (a->beg != b->beg) return a->beg < b->beg ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->label != b->label) return a->label < b->label ? -1 : 1;
    if (a->flags != b->flags) return a->flags < b->flags ? -1 : 1;
    return (a->data > b->data) - (a->data < b->data);
}

static int in_order(const qn_span *a, const qn_span *b)
{
    return a->beg < b->beg || (a->beg == b->beg && a->end >= b->end);
}

static void move_layer(const qn_edit *e, qn_layer *l)
{
    size_t i = 0; /* replacements that end at or before `at`, the start of the span; behind them
                     everything moves by `by`, up to `next`, where the next one begins */
    uint32_t from, n = 0, at = 0, by = 0, next = e->v[0].beg;
    int sorted = 1;
    for (from = 0; from < l->n; from++) {
        qn_span s = l->v[from];
        if (s.beg < at) i = 0;
        at = s.beg;
        if (at >= next || i == 0) {
            while (i < e->n && e->v[i].end <= at)
                i++;
            by = shift(e, i);
            next = i < e->n ? e->v[i].beg : UINT32_MAX;
        }
        if (s.end <= next) {
            s.beg += by;
            s.end += by;
        } else if (!move_span(e, i, &s)) {
            continue;
        }
        if (n && !in_order(&l->v[n - 1], &s)) sorted = 0;
        l->v[n++] = s;
    }
    l->n = n;
    /* Spans that came to start together, at a replacement, may now be the shorter ones first. */
    if (!sorted) qsort(l->v, n, sizeof *l->v, compare);
}

/* ---- the end --------------------------------------------------------------------------------- */

static qn_status carry_out(qn_edit *e)
{
    qn_record *r = e->rec;
    uint64_t n = (uint64_t)e->to + (e->text.n - e->at);
    uint32_t i, nmap = 0;
    qn_seg *map;
    char *text;
    if (n > QN_TEXT_MAX) return QN_E_DATA;
    text = write_text(e, (size_t)n);
    map = text ? compose(e, &nmap) : NULL;
    if (!map) return QN_E_NOMEM;
    if (!r->map) r->raw = e->text;
    r->map = map;
    r->nmap = nmap;
    r->text.p = text;
    r->text.n = (size_t)n;
    if (!e->ascii) r->flags &= ~(uint32_t)QN_REC_ASCII;
    for (i = 1; i < r->nlayer; i++)
        move_layer(e, &r->layer[i]);
    return QN_OK;
}

qn_status qn_edit_end(qn_edit *e)
{
    qn_record *r = e->rec;
    qn_status status = e->status;
    e->rec = NULL;
    if (!r) return QN_E_BUG;
    if (r->text.p != e->text.p || r->text.n != e->text.n) return QN_E_BUG;
    if (status == QN_OK && e->n) {
        e->rec = r;
        status = carry_out(e);
        e->rec = NULL;
    }
    if (e->cap > KEEP) {
        free(e->v);
        e->v = NULL;
        e->cap = 0;
    }
    return status;
}
