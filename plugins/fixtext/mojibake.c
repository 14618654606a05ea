/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/mojibake.c - UTF-8 that was read as a single-byte charset. A run of characters
 * whose bytes in one of nine charsets are well-formed UTF-8 is a candidate; it is repaired when
 * what it says now is unlikely enough in real text and what it would say likely enough. The
 * weights are small integers, a handful of facts each; nothing is looked at twice. */
#include "cells.h"

#include <string.h>

enum {
    SURE = 3,       /* a run with this many points is repaired */
    REJECT = -1000, /* no run at all */
    RUN_MAX = 4096, /* characters of one run; the rest is another run */
    EVIDENCE_SPAN = 1 << 16
};

struct run {
    int enc, score;
    size_t cells;
};

struct seq {
    uint32_t cp;
    size_t cells;
    unsigned len; /* bytes */
    bool lossy;   /* a byte had become U+FFFD */
};

static unsigned byte_in(uint32_t cp, int enc)
{
    return fixtext_char(cp)->byte[enc];
}

bool fixtext_pair(uint32_t a, uint32_t b)
{
    const struct fixtext_charmap *x = fixtext_char(a);
    if (!x || !x->lead) return false;
    if (b == 0xFFFD) return true;
    if (b == ' ')
        return (x->byte[FIXTEXT_CP1252] & 0xE0) == 0xC0 || x->byte[FIXTEXT_CP1257] == 0xC3;
    return x->lead & fixtext_char(b)->cont;
}

static bool ascii_lower(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

static bool ascii_letter(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool lower(uint32_t c)
{
    return ascii_lower(c) || (c >= 0x80 && fixtext_char(c)->kind == FIXTEXT_LOWER);
}

static bool upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x80 && fixtext_char(c)->kind == FIXTEXT_UPPER);
}

/* The UTF-8 sequence that starts at cell i when read as charset enc. */
static bool sequence(const struct fixtext_cell *v, size_t i, size_t n, int enc, struct seq *s)
{
    unsigned b = byte_in(v[i].cp, enc), k;
    uint32_t cp;
    if (b < 0xC2 || b > 0xF4) return false;
    s->len = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    s->lossy = false;
    cp = b & (0x7Fu >> s->len);
    for (k = 1; k < s->len; k++) {
        unsigned c = i + k < n ? byte_in(v[i + k].cp, enc) : 0;
        if (i + k < n && v[i + k].cp == 0xFFFD) {
            s->lossy = true;
            s->cp = 0xFFFD;
            s->cells = k + 1;
            return true;
        }
        if (c < 0x80 || c > 0xBF) return false;
        cp = cp << 6 | (c & 0x3F);
    }
    s->cp = cp;
    s->cells = s->len;
    return cp >= (s->len == 2 ? 0x80u : s->len == 3 ? 0x800u : 0x10000u) && cp <= 0x10FFFF;
}

/* The same, with the two halves of a surrogate pair (CESU-8) made one. */
static bool character(const struct fixtext_cell *v, size_t i, size_t n, int enc, struct seq *s)
{
    struct seq low;
    if (!sequence(v, i, n, enc, s)) return false;
    if (s->cp >= 0xDC00 && s->cp < 0xE000) return false;
    if (s->cp < 0xD800 || s->cp >= 0xDC00) return true;
    if (!sequence(v, i + 3, n, enc, &low) || low.lossy || low.cp < 0xDC00 || low.cp >= 0xE000)
        return false;
    s->cp = 0x10000 + ((s->cp - 0xD800) << 10) + (low.cp - 0xDC00);
    s->cells = s->len = 6;
    return true;
}

/* Blocks whose letters come in company; neighbours of one block speak for each other. */
static unsigned block(uint32_t c)
{
    if (c < 0x370) return 0;
    if (c >= 0x3000 && c < 0xA000) return 0x3000 >> 7;
    if (c >= 0xAC00 && c < 0xD7B0) return 0xAC00 >> 7;
    if (c >= 0x400 && c < 0x500) return 8;
    if (c >= 0x600 && c < 0x700) return 12;
    return c < 0x2000 || c >= 0x10000 ? c >> 7 : 0;
}

struct interval {
    uint32_t beg, end;
    int points;
};

/* How likely a character is as what was meant. What is not listed is rare. */
static int likely(uint32_t c)
{
    static const struct interval known[] = {
        {0x80, 0xA0, -1},    {0xA0, 0x180, 1},         {0x192, 0x193, 0},
        {0x1A0, 0x1A2, 0},   {0x1AF, 0x1B1, 0},        {0x218, 0x21C, 1},
        {0x2C6, 0x2C8, 0},   {0x2D8, 0x2DE, 0},        {0x300, 0x370, 0},
        {0x386, 0x3CF, 0},   {0x400, 0x460, 0},        {0x490, 0x492, 0},
        {0x5D0, 0x5EB, 0},   {0x60C, 0x60D, 0},        {0x61F, 0x64B, 0},
        {0x660, 0x66A, 0},   {0x67E, 0x6D4, -1},       {0x900, 0xE00, 0},
        {0xE01, 0xE5C, 0},   {0x10D0, 0x10FB, 0},      {0x1800, 0x18B0, -6},
        {0x1E00, 0x1F00, 1}, {0x1F00, 0x2000, -1},     {0x2000, 0x2010, 0},
        {0x2010, 0x2028, 2}, {0x2028, 0x2030, 0},      {0x2030, 0x203B, 2},
        {0x20AC, 0x20AD, 2}, {0x2116, 0x2117, 2},      {0x2122, 0x2123, 2},
        {0x2190, 0x2C00, 1}, {0x3000, 0x3100, 1},      {0x4E00, 0xA000, 1},
        {0xAC00, 0xD7A4, 1}, {0xD800, 0xE000, REJECT}, {0xE000, 0xF900, REJECT},
        {0xFB00, 0xFB07, 1}, {0xFE0F, 0xFE10, 1},      {0xFEFF, 0xFF00, 3},
        {0xFF01, 0xFFEF, 1}, {0xFFFD, 0xFFFE, 2},      {0x1F000, 0x1FB00, 3},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known && known[i].beg <= c; i++)
        if (c < known[i].end) return known[i].points;
    return -3;
}

/* How unlikely the characters after the first are as neighbours in real text. */
static int unlikely(const struct fixtext_cell *v, size_t i, size_t cells, uint32_t next)
{
    bool plain = true, control = false, symbol = false;
    int points = 0;
    for (size_t k = 1; k < cells; k++) {
        const struct fixtext_charmap *m = fixtext_char(v[i + k].cp);
        uint8_t kind = m->cp ? m->kind : FIXTEXT_CLOSER;
        control |= kind == FIXTEXT_CONTROL;
        symbol |= kind == FIXTEXT_SYMBOL;
        plain &= kind != FIXTEXT_CONTROL && kind != FIXTEXT_SYMBOL;
        if (k + 1 == cells && kind == FIXTEXT_CLOSER && v[i + k].cp != 0x2019 &&
            v[i + k].cp != 0x2013 && v[i + k].cp != 0x2014 && v[i + k].cp != 0xB7 &&
            (lower(next) || upper(next)) && cells == 2)
            points++; /* a closing mark with a letter right behind it */
        if (k + 1 == cells && v[i + k].cp == 0x2019 && cells == 2) points -= 2; /* an apostrophe */
    }
    if (control)
        points += 4;
    else if (symbol)
        points += 2;
    if (plain && cells > 2) points -= 2;
    return points;
}

/* Points of one sequence. prev and next are the characters around it. */
static int judge(const struct fixtext_cell *v, size_t i, const struct seq *s, int enc,
                 uint32_t prev, uint32_t next)
{
    const struct fixtext_charmap *lead = fixtext_char(v[i].cp);
    bool cyrillic = enc == FIXTEXT_CP1251 || enc == FIXTEXT_CP1253;
    int points = likely(s->cp);
    if (points <= REJECT || (s->cp < 0xA0 && enc >= FIXTEXT_MACROMAN)) return REJECT;
    points += unlikely(v, i, s->cells, next);
    if (s->lossy)
        points += s->len > 2 && s->cells < 3 ? REJECT / 2 : (int)s->cells - 4;
    else
        points += s->len == 3 ? 2 : s->len == 4 ? 3 : s->len == 6 ? 5 : 0;
    if (s->cp >= 0x2000 && s->cp < 0x2040)
        points += 2; /* the bytes E2 80: nobody writes their three characters on purpose */
    if ((byte_in(v[i].cp, enc) & 0xFE) == 0xC2 && s->cp < 0x100 && !cyrillic) points += 2;
    if (cyrillic && (v[i].cp >= 0x370 && v[i].cp < 0x460) && v[i + 1].cp >= 0x370 &&
        v[i + 1].cp < 0x4FF && s->len == 2)
        points -= 3; /* two letters of one alphabet */
    if (ascii_lower(prev) && lead->kind == FIXTEXT_SYMBOL) points += 2;
    if (lower(prev) && lead->kind == FIXTEXT_UPPER) points += 2;
    if (lower(next) && (lead->kind == FIXTEXT_UPPER || lead->kind == FIXTEXT_SYMBOL)) points += 1;
    if (cyrillic && v[i].cp >= 0x370 && v[i].cp < 0x460 &&
        (ascii_letter(prev) || ascii_letter(next)))
        points += 4; /* a word in two alphabets */
    if (s->cp >= 0x2000 && s->cp < 0x2C00 && s->len == 3 && prev < 0x80 && !ascii_letter(prev))
        points += 2; /* no word starts like that */
    if (lead->kind == FIXTEXT_UPPER && s->len == 2 && !cyrillic && lower(next) &&
        fixtext_char(v[i + 1].cp)->kind == FIXTEXT_UPPER)
        points += 1;
    if (lower(prev) && s->cp < 0x180 && upper(s->cp))
        points -= 2; /* a capital inside a word: better in another charset */
    if (s->cp == 0x152 && next == 'u')
        points += 3; /* œuvre: its second half looks like an apostrophe */
    if (upper(prev) && lead->kind == FIXTEXT_UPPER && s->len == 2 && !lower(next) &&
        !(v[i + 1].cp == 0x201D || v[i + 1].cp == 0x201C))
        points -= 2; /* a word in capitals */
    return points;
}

/* Would this neighbour, not part of the run, be a byte of garbled UTF-8 too? */
static bool garbled(uint32_t cp, int enc)
{
    const struct fixtext_charmap *m = fixtext_char(cp);
    if (!(m->byte[enc] || m->byte[FIXTEXT_CP1252]) || m->kind == FIXTEXT_CLOSER) return false;
    return cp != 0x201E && cp != 0x201A && cp != 0xAB && cp != 0x20AC && cp != 0xA3;
}

/* The run at cell i in charset enc, with its points; cells is 0 when there is none. */
static struct run try_run(const struct fixtext_cells *c, size_t i, int enc, uint32_t before)
{
    const struct fixtext_cell *v = c->v;
    struct run r = {enc, 0, 0};
    uint32_t prev = before, last = 0;
    struct seq s;
    size_t k = i;
    while (k < c->n && k - i < RUN_MAX && character(v, k, c->n, enc, &s)) {
        uint32_t next = k + s.cells < c->n ? v[k + s.cells].cp : ' ';
        int points = judge(v, k, &s, enc, prev, next);
        if (points <= REJECT) break;
        if (last && block(last) && block(last) == block(s.cp))
            points = 3 + (points > 0 ? points : 0);
        r.score += points;
        last = prev = s.cp;
        k += s.cells;
    }
    r.cells = k - i;
    if (r.cells && garbled(before, enc)) r.score -= 6;
    if (r.cells && k < c->n && garbled(v[k].cp, enc)) r.score -= 6;
    return r;
}

/* The best reading at cell i. */
static struct run best_run(const struct fixtext_cells *c, size_t i, uint32_t before)
{
    struct run best = {0, REJECT, 0};
    const struct fixtext_charmap *m = fixtext_char(c->v[i].cp);
    for (int enc = 0; m && m->lead >> enc; enc++) {
        struct run r;
        if (!(m->lead >> enc & 1)) continue;
        r = try_run(c, i, enc, before);
        if (r.cells && r.score > best.score) best = r;
    }
    return best;
}

/* "A with ring" as two characters is also written by readers of another charset: alone it tells
 * nothing. */
static bool ambiguous(const struct fixtext_cell *v, const struct run *r)
{
    return r->cells == 2 && v[0].cp == 0xC3 && v[1].cp == 0xA5;
}

/* Counts the sure runs of the line (or of 64 KiB of it) around the stretch, once. */
static void gather(struct fixtext_pass *f)
{
    struct fixtext_cell mem[72];
    struct fixtext_cells c = {mem, 0, 72};
    const char *p = f->text;
    size_t i, from = f->beg > EVIDENCE_SPAN / 2 ? f->beg - EVIDENCE_SPAN / 2 : 0;
    size_t to = f->n - f->beg > EVIDENCE_SPAN / 2 ? f->beg + EVIDENCE_SPAN / 2 : f->n;
    if (f->line_end > f->line_beg && f->beg >= f->line_beg && f->beg < f->line_end) return;
    for (i = f->beg; i > from && p[i - 1] != '\n';)
        i--;
    while (i < f->n && ((unsigned char)p[i] & 0xC0) == 0x80)
        i++;
    f->line_beg = i;
    for (f->line_end = f->beg + 1; f->line_end < to && p[f->line_end - 1] != '\n';)
        f->line_end++;
    memset(f->evidence, 0, sizeof f->evidence);
    while (i < f->line_end) {
        uint32_t before = i && (unsigned char)p[i - 1] < 0x80 ? (unsigned char)p[i - 1] : 0;
        size_t k = i;
        struct run r;
        unsigned len;
        if ((unsigned char)p[i] < 0x80) {
            i++;
            continue;
        }
        for (c.n = 0; k < f->line_end && c.n < 70; k += len, c.n++) {
            mem[c.n].cp = fixtext_decode(p, f->n, k, &len);
            mem[c.n].beg = (uint32_t)k;
            mem[c.n].end = (uint32_t)(k + len);
            if (mem[c.n].cp < 0x80) break;
        }
        for (size_t j = 0; j < c.n; j += r.cells ? r.cells : 1) {
            r = best_run(&c, j, j ? mem[j - 1].cp : before);
            if (r.score >= SURE)
                f->evidence[r.enc]++;
            else
                r.cells = 0;
        }
        i = c.n ? mem[c.n - 1].end : k;
    }
}

/* "Ã " whose second byte, a no-break space, had become a space: an "à". Sets how many cells it
 * takes: 1 keeps the space (the word ended), 2 takes it (the word goes on). */
static size_t lost_a_grave(const struct fixtext_pass *f, size_t i, uint32_t before)
{
    const struct fixtext_cells *c = &f->in;
    static const char *const more[] = {"s ", "quel", "quil"};
    if (c->v[i].cp != 0xC3 || i + 1 >= c->n || c->v[i + 1].cp != ' ') return 0;
    if (!ascii_lower(before) && (!f->evidence[FIXTEXT_CP1252] || upper(before))) return 0;
    if (i + 2 < c->n && c->v[i + 2].cp == ' ') return 2;
    if (before > ' ') return 1;
    for (size_t m = 0; m < sizeof more / sizeof *more; m++) {
        size_t at = c->v[i + 1].end, k = 0;
        while (more[m][k] && at + k < f->n && f->text[at + k] == more[m][k])
            k++;
        if (!more[m][k]) return 2;
    }
    return 1;
}

/* The same for the other letters whose second byte is A0, at the start of a word and only beside
 * sure mojibake: "Å veices" is "Šveices". The letter, or 0. */
static uint32_t lost_letter(const struct fixtext_pass *f, size_t i, uint32_t before)
{
    const struct fixtext_cells *c = &f->in;
    uint32_t cp, next = i + 2 < c->n             ? c->v[i + 2].cp
                        : c->v[i + 1].end < f->n ? (unsigned char)f->text[c->v[i + 1].end]
                                                 : 0;
    unsigned b;
    if (i + 1 >= c->n || c->v[i + 1].cp != ' ' || before > ' ' || (next < 0x80 && !lower(next)))
        return 0;
    for (int enc = 0; enc < FIXTEXT_MACROMAN; enc++) {
        b = byte_in(c->v[i].cp, enc);
        cp = (b & 0x1F) << 6 | 0x20;
        if (f->evidence[enc] && b > 0xC3 && b < 0xE0 && likely(cp) >= 0) return cp;
    }
    return 0;
}

/* One candidate position: repairs and returns the number of cells used, 0 when nothing is done. */
static size_t repair_at(struct fixtext_pass *f, size_t i, uint32_t before)
{
    const struct fixtext_cell *v = f->in.v;
    struct run r = best_run(&f->in, i, before);
    struct seq s;
    size_t k, lost;
    uint32_t cp;
    if (r.score < SURE || ambiguous(v + i, &r)) {
        gather(f);
        if (r.cells && f->evidence[r.enc] > (ambiguous(v + i, &r) ? 1 : 0))
            r.score += 2;
        else if (ambiguous(v + i, &r))
            r.score = 0;
    }
    if (r.cells && r.score >= SURE) {
        for (k = i; k < i + r.cells; k += s.cells) {
            character(v, k, f->in.n, r.enc, &s);
            fixtext_put(f, s.cp, &v[k], &v[k + s.cells - 1], FIXTEXT_R_MOJIBAKE);
        }
        return r.cells;
    }
    lost = lost_a_grave(f, i, before);
    cp = lost ? 0xE0 : lost_letter(f, i, before);
    if (cp && !lost) lost = 2;
    if (lost) fixtext_put(f, cp, &v[i], &v[i + lost - 1], FIXTEXT_R_MOJIBAKE);
    return lost;
}

/* "Â" before a space: what is left of a no-break space. */
static bool lost_space(const struct fixtext_pass *f, size_t i, uint32_t before)
{
    const struct fixtext_cells *c = &f->in;
    return c->v[i].cp == 0xC2 && i + 1 < c->n && c->v[i + 1].cp == ' ' &&
           (ascii_lower(before) || before == '.' || before == ',' || before == '!' ||
            before == '?');
}

static uint32_t char_before(const struct fixtext_pass *f, size_t at)
{
    unsigned len;
    if (!at) return 0;
    for (at--; at && ((unsigned char)f->text[at] & 0xC0) == 0x80;)
        at--;
    return fixtext_decode(f->text, f->n, at, &len);
}

bool fixtext_mojibake(struct fixtext_pass *f)
{
    const struct fixtext_cell *v = f->in.v;
    bool changed = false;
    size_t i = 0, used;
    while (i < f->in.n &&
           (v[i].cp < 0x80 || i + 1 == f->in.n || !fixtext_pair(v[i].cp, v[i + 1].cp)))
        i++;
    if (i == f->in.n || !fixtext_start(f, f->in.n)) return false;
    for (i = 0; i < f->in.n; i += used) {
        uint32_t before = i ? v[i - 1].cp : char_before(f, f->beg);
        used = 0;
        if (v[i].cp >= 0x80 && i + 1 < f->in.n && fixtext_pair(v[i].cp, v[i + 1].cp)) {
            used = repair_at(f, i, before);
            if (!used && lost_space(f, i, before)) {
                fixtext_drop(f, &v[i], FIXTEXT_R_MOJIBAKE);
                used = 1;
            }
        }
        changed |= used > 0;
        if (!used) {
            fixtext_keep(f, &v[i]);
            used = 1;
        }
    }
    if (changed) fixtext_finish(f);
    return changed;
}
