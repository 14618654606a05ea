/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/compose.c - Unicode normalisation form C, on the cells that need it. */
#include "cells.h"

/* Characters handled as one piece; a longer row of marks (nobody writes one) is cut, which keeps
 * the step linear. */
enum { PIECE = 32 };

struct mark {
    uint32_t cp;
    unsigned ccc;
};

static const struct fixtext_decomp *decomposition(uint32_t cp)
{
    unsigned lo = 0, hi = fixtext_ndecomp;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (fixtext_decomp[mid].cp < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < fixtext_ndecomp && fixtext_decomp[lo].cp == cp ? &fixtext_decomp[lo] : NULL;
}

static uint32_t composition(uint32_t a, uint32_t b)
{
    uint64_t key = (uint64_t)a << 32 | b;
    unsigned lo = 0, hi = fixtext_ncomp;
    if (a - 0x1100 < 19 && b - 0x1161 < 21) return 0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28;
    if (a - 0xAC00 < 11172 && (a - 0xAC00) % 28 == 0 && b - 0x11A8 < 27) return a + (b - 0x11A7);
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (((uint64_t)fixtext_comp[mid].a << 32 | fixtext_comp[mid].b) < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < fixtext_ncomp && fixtext_comp[lo].a == a && fixtext_comp[lo].b == b
               ? fixtext_comp[lo].cp
               : 0;
}

static unsigned decompose(uint32_t cp, struct mark *out, unsigned n)
{
    const struct fixtext_decomp *d = decomposition(cp);
    if (d) {
        n = decompose(d->a, out, n);
        return d->b ? decompose(d->b, out, n) : n;
    }
    out[n].cp = cp;
    out[n].ccc = fixtext_nfc_props(cp)[0];
    return n + 1;
}

/* Canonical order: stable by combining class between starters. */
static void order(struct mark *m, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        struct mark x = m[i];
        unsigned k = i;
        while (x.ccc && k && m[k - 1].ccc > x.ccc) {
            m[k] = m[k - 1];
            k--;
        }
        m[k] = x;
    }
}

static unsigned compose(struct mark *m, unsigned n)
{
    unsigned out = 0, starter = 0, last = 0;
    bool have = false;
    for (unsigned i = 0; i < n; i++) {
        uint32_t c = 0;
        if (have && (out == starter + 1 || (last && last < m[i].ccc)))
            c = composition(m[starter].cp, m[i].cp);
        if (c && (out == starter + 1 || last < m[i].ccc)) {
            m[starter].cp = c;
            continue;
        }
        if (!m[i].ccc) {
            starter = out;
            have = true;
            last = 0;
        } else {
            last = m[i].ccc;
        }
        m[out++] = m[i];
    }
    return out;
}

static bool starter(uint32_t cp)
{
    const uint8_t *q = fixtext_nfc_props(cp);
    return q[0] == 0 && q[1] == 0;
}

/* Normalises cells [i, k) and appends the result, or the cells themselves when it is the same. */
static bool piece(struct fixtext_pass *f, size_t i, size_t k)
{
    const struct fixtext_cell *v = f->in.v;
    struct mark m[PIECE * 4];
    unsigned n = 0;
    bool same;
    for (size_t j = i; j < k; j++)
        n = decompose(v[j].cp, m, n);
    order(m, n);
    n = compose(m, n);
    same = n == k - i;
    for (unsigned j = 0; same && j < n; j++)
        same = m[j].cp == v[i + j].cp;
    for (size_t j = i; same && j < k; j++)
        fixtext_keep(f, &v[j]);
    for (unsigned j = 0; !same && j < n; j++) {
        struct fixtext_cell rest = v[k - 1];
        rest.beg = rest.end;
        rest.gap = 0;
        fixtext_put(f, m[j].cp, j ? &rest : &v[i], &v[k - 1], FIXTEXT_R_NFC);
    }
    return !same;
}

bool fixtext_compose(struct fixtext_pass *f)
{
    const struct fixtext_cell *v = f->in.v;
    bool changed = false;
    size_t i, k;
    for (i = 0; i < f->in.n && (v[i].cp < 0x300 || starter(v[i].cp)); i++) {
    }
    if (i == f->in.n || !fixtext_start(f, f->in.n * 4)) return false;
    for (i = 0; i < f->in.n; i = k) {
        for (k = i + 1; k < f->in.n && k - i < PIECE && v[k].cp >= 0x300 && !starter(v[k].cp);)
            k++;
        if (k == i + 1 && starter(v[i].cp))
            fixtext_keep(f, &v[i]);
        else
            changed |= piece(f, i, k);
    }
    if (changed) fixtext_finish(f);
    return changed;
}
