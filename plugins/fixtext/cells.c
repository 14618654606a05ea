/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/cells.c - see cells.h; also the look-ups of tables.h. */
#include "cells.h"

#include <stdlib.h>
#include <string.h>

const uint8_t *fixtext_nfc_props(uint32_t cp)
{
    unsigned block = cp >> 7;
    if (block >= fixtext_nfc_blocks) block = fixtext_nfc_blocks - 1;
    return fixtext_nfc_class[fixtext_nfc_block[fixtext_nfc_index[block]][cp & 127]];
}

uint32_t fixtext_decode(const char *p, size_t n, size_t i, unsigned *len)
{
    unsigned char c = (unsigned char)p[i];
    uint32_t cp;
    unsigned k, want = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (want > n - i)
        want = 1; /* cannot be: the host checks UTF-8; never read outside all the same */
    cp = want == 1 ? c : want == 2 ? c & 0x1F : want == 3 ? c & 0x0F : c & 0x07;
    for (k = 1; k < want; k++)
        cp = cp << 6 | ((unsigned char)p[i + k] & 0x3F);
    *len = want;
    return cp;
}

unsigned fixtext_encode(uint32_t cp, char *out)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

bool fixtext_reserve(struct fixtext_pass *f, struct fixtext_cells *c, size_t more)
{
    struct fixtext_cell *v;
    size_t cap;
    if (c->cap - c->n > more) return true;
    cap = c->cap * 2 > c->n + more + 1 ? c->cap * 2 : c->n + more + 64;
    v = realloc(c->v, cap * sizeof *v);
    if (!v) {
        f->nomem = true;
        return false;
    }
    c->v = v;
    c->cap = cap;
    return true;
}

void fixtext_load(struct fixtext_pass *f, size_t beg, size_t end)
{
    struct fixtext_cells *c = &f->in;
    size_t i = beg;
    c->n = 0;
    if (!fixtext_reserve(f, c, end - beg + 1)) return;
    while (i < end) {
        unsigned len;
        struct fixtext_cell *x = &c->v[c->n++];
        x->cp = fixtext_decode(f->text, end, i, &len);
        x->beg = (uint32_t)i;
        x->end = (uint32_t)(i + len);
        x->rule = x->gap = 0;
        i += len;
    }
    c->v[c->n] = (struct fixtext_cell){.beg = (uint32_t)end, .end = (uint32_t)end};
}

bool fixtext_start(struct fixtext_pass *f, size_t max)
{
    f->out.n = 0;
    f->pending = 0;
    return fixtext_reserve(f, &f->out, max);
}

void fixtext_keep(struct fixtext_pass *f, const struct fixtext_cell *c)
{
    struct fixtext_cell *x = &f->out.v[f->out.n++];
    *x = *c;
    if (f->pending) {
        x->gap = f->pending;
        f->pending = 0;
    }
}

void fixtext_put(struct fixtext_pass *f, uint32_t cp, const struct fixtext_cell *first,
                 const struct fixtext_cell *last, enum fixtext_rule rule)
{
    struct fixtext_cell c = *first;
    c.cp = cp;
    c.end = last->end;
    if (!c.rule) c.rule = (uint8_t)rule;
    fixtext_keep(f, &c);
}

void fixtext_drop(struct fixtext_pass *f, const struct fixtext_cell *c, enum fixtext_rule rule)
{
    if (!f->pending) f->pending = c->gap ? c->gap : c->rule ? c->rule : (uint8_t)rule;
}

void fixtext_finish(struct fixtext_pass *f)
{
    struct fixtext_cells t;
    fixtext_keep(f, &f->in.v[f->in.n]); /* the sentinel */
    f->out.n--;
    t = f->in;
    f->in = f->out;
    f->out = t;
}

/* The changed piece made of cells [i, k), said when it differs from its source. */
static int say(struct fixtext_pass *f, size_t i, size_t k, uint8_t rule)
{
    const struct fixtext_cell *v = f->in.v;
    char small[256], *buf = small;
    size_t n = 0;
    int rc = 0;
    if ((k - i) * 4 > sizeof small && !(buf = malloc((k - i) * 4))) return -1;
    for (size_t j = i; j < k; j++)
        n += fixtext_encode(v[j].cp, buf + n);
    if (n != v[k - 1].end - v[i].beg || memcmp(buf, f->text + v[i].beg, n) != 0)
        rc = f->emit(f->arg, v[i].beg, v[k - 1].end, buf, n, (enum fixtext_rule)rule);
    if (buf != small) free(buf);
    return rc;
}

int fixtext_flush(struct fixtext_pass *f)
{
    const struct fixtext_cell *v = f->in.v;
    uint32_t at = (uint32_t)f->beg;
    size_t i, k;
    int rc;
    for (i = 0; i <= f->in.n; i = k) {
        if (v[i].beg > at) {
            rc = f->emit(f->arg, at, v[i].beg, "", 0, (enum fixtext_rule)v[i].gap);
            if (rc) return rc;
        }
        at = v[i].end;
        k = i + 1;
        if (i == f->in.n || !v[i].rule) continue;
        while (k < f->in.n && v[k].beg == at && v[k].rule == v[i].rule)
            at = v[k++].end;
        rc = say(f, i, k, v[i].rule);
        if (rc) return rc;
    }
    return 0;
}
