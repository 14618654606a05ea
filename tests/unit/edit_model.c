/* SPDX-License-Identifier: MIT */
/* tests/unit/edit_model.c - see edit_model.h. */
#include "edit_model.h"

#include <stdlib.h>

static void need(int ok)
{
    if (!ok) abort(); /* the model itself is too small or wrong */
}

void model_start(model *m, qn_batch *memory, qn_str raw)
{
    uint32_t i;
    need(raw.n < MODEL_MAX / 2);
    m->memory = memory;
    m->raw = raw;
    m->n = raw.n;
    for (i = 0; i < raw.n; i++) {
        const model_atom a = {{raw.p + i, 1}, i, i + 1, 0, 0};
        m->atom[i] = a;
    }
}

static void insert_atom(model *m, size_t at, model_atom a)
{
    need(m->n < MODEL_MAX);
    memmove(&m->atom[at + 1], &m->atom[at], (m->n - at) * sizeof a);
    m->atom[at] = a;
    m->n++;
}

/* Cuts an inserted piece (no raw bytes) in two at a text offset inside it. */
static void split_at(model *m, size_t at)
{
    size_t i, beg = 0;
    for (i = 0; i < m->n; beg += m->atom[i].text.n, i++) {
        model_atom *a = &m->atom[i], tail = *a;
        if (a->raw_beg != a->raw_end || at <= beg || at >= beg + a->text.n) continue;
        tail.text.p += at - beg;
        tail.text.n -= at - beg;
        a->text.n = at - beg;
        insert_atom(m, i + 1, tail);
        return;
    }
}

/* 1 when an atom at text [beg, end) is taken up by the change. */
static int takes(const model_change *c, size_t beg, size_t end)
{
    if (beg == end) /* a deletion: when the change goes over its place */
        return c->beg < beg && beg < c->end;
    if (c->beg == c->end) /* an insertion: when it is inside the atom */
        return beg < c->beg && c->beg < end;
    return c->beg < end && beg < c->end;
}

static qn_str join(const model *m, qn_str a, qn_str b, qn_str c)
{
    qn_str all = {NULL, a.n + b.n + c.n};
    char *p = qn_alloc(m->memory, all.n);
    need(p != NULL);
    memcpy(p, a.n ? a.p : "", a.n);
    memcpy(p + a.n, b.n ? b.p : "", b.n);
    memcpy(p + a.n + b.n, c.n ? c.p : "", c.n);
    all.p = p;
    return all;
}

static void apply(model *m, const model_change *c)
{
    size_t i, beg = 0, first = SIZE_MAX, last = 0, first_beg = 0, last_end = 0;
    qn_str head = {NULL, 0}, tail = {NULL, 0};
    model_atom a;
    for (i = 0; i < m->n; beg += m->atom[i].text.n, i++) {
        size_t end = beg + m->atom[i].text.n;
        if (!takes(c, beg, end)) continue;
        if (first == SIZE_MAX) {
            first = i;
            first_beg = beg;
        }
        last = i;
        last_end = end;
    }
    a.rule = c->rule;
    a.fresh = 1;
    if (first == SIZE_MAX) { /* nothing: inserted between atoms, behind earlier deletions */
        for (i = 0, beg = 0; i < m->n && beg < c->beg; i++)
            beg += m->atom[i].text.n;
        while (i < m->n && m->atom[i].text.n == 0 && !m->atom[i].fresh)
            i++;
        a.raw_beg = a.raw_end = i < m->n ? m->atom[i].raw_beg : (uint32_t)m->raw.n;
        a.text = c->with;
        if (a.text.n) insert_atom(m, i, a);
        return;
    }
    if (first_beg < c->beg) {
        head.p = m->atom[first].text.p;
        head.n = c->beg - first_beg;
    }
    if (last_end > c->end) {
        tail.n = last_end - c->end;
        tail.p = m->atom[last].text.p + m->atom[last].text.n - tail.n;
    }
    a.text = join(m, head, c->with, tail);
    a.raw_beg = m->atom[first].raw_beg;
    a.raw_end = m->atom[last].raw_end;
    memmove(&m->atom[first], &m->atom[last + 1], (m->n - last - 1) * sizeof a);
    m->n -= last + 1 - first;
    if (a.text.n || a.raw_beg < a.raw_end) insert_atom(m, first, a);
}

/* 1 when two neighbouring changes take the same atom. */
static int share(const model *m, const model_change *a, const model_change *b)
{
    size_t i, beg = 0;
    for (i = 0; i < m->n; beg += m->atom[i].text.n, i++) {
        size_t end = beg + m->atom[i].text.n;
        if (takes(a, beg, end) && takes(b, beg, end)) return 1;
    }
    return 0;
}

/* From the back, so that offsets stay those of the text before; changes that share an atom are
 * one. */
void model_edit(model *m, const model_change *c, size_t n)
{
    const qn_str text = model_text(m);
    size_t i;
    for (i = 0; i < n; i++) {
        split_at(m, c[i].beg);
        split_at(m, c[i].end);
    }
    while (n--) {
        model_change one = c[n];
        for (; n && share(m, &c[n - 1], &c[n]); n--) {
            const qn_str between = {text.p + c[n - 1].end, c[n].beg - c[n - 1].end};
            one.with = join(m, c[n - 1].with, between, one.with);
            one.beg = c[n - 1].beg;
            one.rule = c[n - 1].rule;
        }
        apply(m, &one);
    }
    for (i = 0; i < m->n; i++)
        m->atom[i].fresh = 0;
}

qn_str model_text(const model *m)
{
    qn_str t = {NULL, 0};
    char *p;
    size_t i, n = 0;
    for (i = 0; i < m->n; i++)
        n += m->atom[i].text.n;
    t.p = p = qn_alloc(m->memory, n);
    need(p != NULL);
    for (i = 0; i < m->n; i++) {
        if (m->atom[i].text.n) memcpy(p + t.n, m->atom[i].text.p, m->atom[i].text.n);
        t.n += m->atom[i].text.n;
    }
    return t;
}

uint32_t model_map(const model *m, qn_seg out[MODEL_MAX])
{
    uint32_t n = 0, text = 0;
    size_t i;
    for (i = 0; i < m->n; text += (uint32_t)m->atom[i].text.n, i++) {
        const qn_seg s = {text, m->atom[i].raw_beg, m->atom[i].rule, 0};
        if (s.rule || n == 0 || out[n - 1].rule) out[n++] = s;
    }
    out[n].text = text;
    out[n].raw = (uint32_t)m->raw.n;
    out[n].rule = out[n].unused = 0;
    return n + 1;
}

uint32_t model_to_raw(const model *m, uint32_t offset, int end)
{
    size_t i, beg = 0;
    if (end && offset == 0) return 0;
    for (i = 0; i < m->n; beg += m->atom[i].text.n, i++) {
        uint32_t byte = offset - (end != 0);
        if (beg <= byte && byte < beg + m->atom[i].text.n)
            return end ? m->atom[i].raw_end : m->atom[i].raw_beg;
    }
    return (uint32_t)m->raw.n;
}

/* Goes over the old text byte by byte. What is left of a span are its kept bytes and the
 * replacements that overlap it. */
int model_span(const model_change *c, size_t n, uint32_t text, qn_span *s)
{
    const uint32_t none = UINT32_MAX;
    uint32_t at = 0, to = 0, beg = none, end = none, place = none;
    size_t i = 0;
    while (at < text || i < n) {
        int change = i < n && c[i].beg == at;
        uint32_t next = change ? c[i].end : at + 1;
        uint32_t len = change ? (uint32_t)c[i].with.n : 1;
        int overlaps = next > at ? s->beg < next && at < s->end : s->beg < at && at < s->end;
        if (s->beg == at && next > at) place = to;
        if (overlaps && len) {
            beg = beg == none ? to : beg;
            end = to + len;
        }
        to += len;
        at = next;
        i += (size_t)change;
    }
    if (s->beg == at) place = to;
    if (s->beg == s->end) beg = end = place;
    s->beg = beg;
    s->end = end;
    return beg != none;
}
