/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/fix.c - the pass: scan to the next suspect, widen it to whole words, repair
 * those until nothing changes any more, say the edits, go on. Clean text is never copied. */
#include "cells.h"

#include <stdlib.h>
#include <string.h>

/* A stretch is cut when it grows past this, and repaired at most so many times. */
enum { STRETCH_MAX = 1 << 16, ROUNDS = 12 };

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool space(char c)
{
    return blank(c) || c == '\n' || c == '\r';
}

/* A blank or more before a line end. */
static bool trails(const struct fixtext_pass *f, size_t i)
{
    while (i < f->n && blank(f->text[i]))
        i++;
    return i < f->n && (f->text[i] == '\n' || f->text[i] == '\r');
}

/* The scan stops at the last byte of the first of a pair. */
static size_t char_start(const char *p, size_t i)
{
    while (i && ((unsigned char)p[i] & 0xC0) == 0x80)
        i--;
    return i;
}

/* Is there really something to do at a suspect position? Every trigger of the steps is here. */
static bool dirty(const struct fixtext_pass *f, size_t i)
{
    const struct fixtext_options *o = f->opt;
    unsigned len, next_len;
    uint32_t cp, next;
    i = char_start(f->text, i);
    cp = fixtext_decode(f->text, f->n, i, &len);
    if (cp == '&')
        return o->entities != FIXTEXT_ENT_OFF && i + 2 < f->n &&
               (f->text[i + 1] == '#' || (f->text[i + 1] | 32) >= 'a');
    if (cp == ' ' || cp == '\t') return o->spaces && trails(f, i);
    if (fixtext_odd(o, cp)) return true;
    if (cp < 0x80) return false;
    if (o->nfc && fixtext_nfc_props(cp)[1]) return true;
    if (o->nfc && fixtext_nfc_props(cp)[0]) return true;
    if (!o->mojibake || i + len >= f->n) return false;
    next = fixtext_decode(f->text, f->n, i + len, &next_len);
    return fixtext_pair(cp, next);
}

/* Start of the word that holds i, with the blanks before it, but not before `floor`. */
static size_t word_start(const char *p, size_t i, size_t floor)
{
    size_t limit = i - floor > STRETCH_MAX ? i - STRETCH_MAX : floor;
    while (i > limit && !space(p[i - 1]))
        i--;
    while (i > limit && blank(p[i - 1]))
        i--;
    while (i > floor && ((unsigned char)p[i] & 0xC0) == 0x80)
        i--;
    return i;
}

/* End of the word at i, with the white space after it up to the first line end. */
static size_t word_end(const char *p, size_t n, size_t i, size_t from)
{
    while (i < n && !space(p[i]) && i - from < STRETCH_MAX)
        i++;
    while (i < n && ((unsigned char)p[i] & 0xC0) == 0x80)
        i++;
    while (i < n && blank(p[i]))
        i++;
    if (i < n && p[i] == '\r') i++;
    if (i < n && p[i] == '\n') i++;
    return i;
}

/* Next position >= i that is really dirty; n when none. */
static size_t next_dirty(const struct fixtext_pass *f, size_t i)
{
    bool marks = f->opt->quotes || f->opt->dashes;
    for (i = fixtext_scan(f->text, f->n, i, marks); i < f->n;
         i = fixtext_scan(f->text, f->n, i + 1, marks))
        if (dirty(f, i)) return char_start(f->text, i);
    return f->n;
}

unsigned fixtext_triggers(const struct fixtext_pass *f)
{
    const struct fixtext_options *o = f->opt;
    const struct fixtext_cell *v = f->in.v;
    unsigned t = 0;
    for (size_t i = 0; i < f->in.n; i++) {
        uint32_t c = v[i].cp;
        if (c >= 0x80) {
            if (o->mojibake && i + 1 < f->in.n && fixtext_pair(c, v[i + 1].cp))
                t |= FIXTEXT_T_MOJIBAKE;
            if (fixtext_odd(o, c)) t |= FIXTEXT_T_CHARS;
            if (o->nfc && c >= 0x300 && (fixtext_nfc_props(c)[0] || fixtext_nfc_props(c)[1]))
                t |= FIXTEXT_T_NFC;
        } else if (c < ' ' || c == 0x7F) {
            if (fixtext_odd(o, c) || (c == '\n' && o->spaces && i && v[i - 1].cp <= ' '))
                t |= FIXTEXT_T_CHARS;
        } else if (c == '&' && o->entities != FIXTEXT_ENT_OFF) {
            t |= FIXTEXT_T_ENTITY;
        }
    }
    return t;
}

static int repair(struct fixtext_pass *f, size_t beg, size_t end)
{
    bool again = true;
    f->beg = beg;
    fixtext_load(f, beg, end);
    for (int round = 0; again && round < ROUNDS && !f->nomem; round++) {
        unsigned t = fixtext_triggers(f);
        again = false;
        if (t & FIXTEXT_T_ENTITY && fixtext_entities(f)) again = true;
        if (again) t = fixtext_triggers(f);
        for (int layer = 0; t & FIXTEXT_T_MOJIBAKE && layer < ROUNDS && fixtext_mojibake(f);
             layer++) {
            again = true;
            t = fixtext_triggers(f);
        }
        if (t & FIXTEXT_T_CHARS && fixtext_chars(f)) again = true;
        if (f->opt->nfc && (t & FIXTEXT_T_NFC || (again && t & FIXTEXT_T_CHARS)))
            again |= fixtext_compose(f);
    }
    return f->nomem ? -1 : fixtext_flush(f);
}

static int pass(struct fixtext_pass *f)
{
    size_t floor = 0, at = next_dirty(f, 0);
    while (at < f->n) {
        int rc;
        size_t beg, end, done = fixtext_quick(f, at, floor, &rc);
        if (rc) return rc;
        if (done) {
            floor = at + done;
            at = next_dirty(f, floor);
            continue;
        }
        beg = word_start(f->text, at, floor);
        end = word_end(f->text, f->n, at, beg);
        /* words that touch are repaired together */
        while ((at = next_dirty(f, end)) < f->n && end - beg < STRETCH_MAX &&
               word_start(f->text, at, end) <= end)
            end = word_end(f->text, f->n, at, at);
        rc = repair(f, beg, end);
        if (rc) return rc;
        floor = end;
    }
    return 0;
}

int fixtext_run(struct fixtext_scratch *s, const struct fixtext_options *o, const char *text,
                size_t n, fixtext_emit emit, void *arg)
{
    struct fixtext_pass f = {.opt = o, .text = text, .n = n, .markup = -1, .emit = emit};
    int rc;
    f.arg = arg;
    f.in = (struct fixtext_cells){s->a, 0, s->acap};
    f.out = (struct fixtext_cells){s->b, 0, s->bcap};
    rc = pass(&f);
    s->a = f.in.v;
    s->acap = f.in.cap;
    s->b = f.out.v;
    s->bcap = f.out.cap;
    return rc;
}

void fixtext_scratch_free(struct fixtext_scratch *s)
{
    free(s->a);
    free(s->b);
    memset(s, 0, sizeof *s);
}
