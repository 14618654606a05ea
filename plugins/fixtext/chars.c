/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/chars.c - the repairs that look at one character and its neighbours: controls,
 * terminal escapes, invisible and wide characters, ligatures, odd spaces and line ends, quotes
 * and dashes, stray windows-1252 bytes. */
#include "cells.h"

#include <string.h>

static bool ideographic(uint32_t c)
{
    return (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7B0) ||
           (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE50) ||
           (c >= 0xFF5F && c < 0xFFE0) || (c >= 0x20000 && c < 0x32000);
}

static bool emoji(uint32_t c)
{
    return (c >= 0x1F000 && c < 0x1FB00) || (c >= 0x2190 && c < 0x2C00) || c == 0xFE0F ||
           c == 0x3030 || c == 0x303D || c == 0x3297 || c == 0x3299;
}

/* Scripts in which the joiners change how a word is written: Arabic to Mongolian, and those of
 * the later blocks. */
static bool joining(uint32_t c)
{
    return (c >= 0x600 && c < 0x10A0) || (c >= 0x1780 && c < 0x1AB0) ||
           (c >= 0xA800 && c < 0xAC00) || (c >= 0x10A00 && c < 0x16000);
}

static bool right_to_left(uint32_t c)
{
    return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) ||
           (c >= 0xFE70 && c < 0xFEFF) || (c >= 0x10800 && c < 0x11000) ||
           (c >= 0x1E800 && c < 0x1F000);
}

static bool is_space(uint32_t c)
{
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

static bool is_newline(uint32_t c)
{
    return c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool wide_letter(uint32_t c)
{
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A);
}

static const char *ligature(uint32_t c)
{
    static const char *const latin[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    static const char *const digraph[] = {"D\xC5\xBD", "D\xC5\xBE", "d\xC5\xBE", "LJ", "Lj",
                                          "lj",        "NJ",        "Nj",        "nj"};
    if (c >= 0xFB00 && c <= 0xFB06) return latin[c - 0xFB00];
    if (c >= 0x1C4 && c <= 0x1CC) return digraph[c - 0x1C4];
    return c == 0x132 ? "IJ" : c == 0x133 ? "ij" : c == 0x149 ? "'n" : NULL;
}

static uint32_t quote(uint32_t c)
{
    if (c >= 0x2018 && c <= 0x201B) return '\'';
    return c >= 0x201C && c <= 0x201F ? '"' : 0;
}

static bool dash(uint32_t c)
{
    return c >= 0x2010 && c <= 0x2015;
}

/* What windows-1252 has at a C1 position; 0 when it has nothing there. */
static uint32_t c1_meaning(uint32_t c)
{
    static uint16_t table[32] = {0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                 0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
                                 0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};
    return c >= 0x80 && c < 0xA0 ? table[c - 0x80] : 0;
}

bool fixtext_odd(const struct fixtext_options *o, uint32_t c)
{
    if (c < 0x20 || c == 0x7F)
        return c == '\r' ? o->newlines : c != '\t' && c != '\n' && (o->controls || o->ansi);
    if (c < 0x80) return false;
    return (o->mojibake && c1_meaning(c)) || (o->newlines && is_newline(c)) ||
           (o->spaces && is_space(c)) || (o->invisible && is_invisible(c)) ||
           (o->width && c >= 0xFF01 && c <= 0xFF5E) || (o->ligatures && ligature(c)) ||
           (o->quotes && quote(c)) || (o->dashes && dash(c));
}

/* Cells of the terminal escape that starts at i; 0 when it is none. */
static size_t escape(const struct fixtext_cells *c, size_t i)
{
    const struct fixtext_cell *v = c->v;
    size_t k = i + 2;
    if (v[i].cp != 0x1B || i + 1 >= c->n) return 0;
    if (v[i + 1].cp == '[') {
        while (k < c->n && v[k].cp >= 0x20 && v[k].cp < 0x40)
            k++;
        return k < c->n && v[k].cp >= 0x40 && v[k].cp < 0x7F ? k + 1 - i : 2;
    }
    if (v[i + 1].cp == ']') {
        while (k < c->n && v[k].cp >= 0x20)
            k++;
        if (k < c->n && v[k].cp == 7) return k + 1 - i;
        return k + 1 < c->n && v[k].cp == 0x1B && v[k + 1].cp == '\\' ? k + 2 - i : 2;
    }
    if (v[i + 1].cp >= '(' && v[i + 1].cp <= '/') return i + 2 < c->n ? 3 : 2;
    return v[i + 1].cp > ' ' && v[i + 1].cp < 0x7F ? 2 : 1;
}

/* Do the neighbours give an invisible character a meaning? prev is what was kept before it. */
static bool meaningful(uint32_t c, uint32_t prev, uint32_t next)
{
    if (c == 0x200D) return (emoji(prev) && emoji(next)) || (joining(prev) && joining(next));
    if (c == 0x200C) return joining(prev) && joining(next);
    if (c == 0x200E || c == 0x200F) return right_to_left(prev) || right_to_left(next);
    if (c >= 0xE0020 && c <= 0xE007F) /* the tags of a regional flag */
        return prev == 0x1F3F4 || (prev >= 0xE0020 && prev < 0xE007F);
    return false;
}

/* NEL: windows-1252's ellipsis when a sentence goes on or a quotation ends behind it. */
static bool ellipsis(const struct fixtext_cells *c, size_t i)
{
    uint32_t next = i + 1 < c->n ? c->v[i + 1].cp : '\n';
    uint32_t prev = i ? c->v[i - 1].cp : ' ';
    return prev > ' ' &&
           (next < '0' || (next >= 0x80 && next < 0xA0) || next == 0x201D || next == 0x2019);
}

/* A wide punctuation mark is folded only inside Latin text. */
static bool among_latin(const struct fixtext_cells *c, size_t i)
{
    uint32_t prev = i ? c->v[i - 1].cp : ' ', next = i + 1 < c->n ? c->v[i + 1].cp : ' ';
    bool letter = (prev > ' ' && prev < 0x250) || (next > ' ' && next < 0x250);
    return letter && !ideographic(prev) && !ideographic(next);
}

static void put_text(struct fixtext_pass *f, const struct fixtext_cell *c, const char *s,
                     enum fixtext_rule rule)
{
    struct fixtext_cell from = *c;
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        unsigned len;
        fixtext_put(f, fixtext_decode(s, n, i, &len), &from, &from, rule);
        from.beg = from.end;
        from.gap = 0;
        i += len;
    }
}

/* Blanks already written are taken back when a line end follows. */
static void trim(struct fixtext_pass *f)
{
    while (f->out.n && (f->out.v[f->out.n - 1].cp == ' ' || f->out.v[f->out.n - 1].cp == '\t')) {
        f->pending = 0;
        fixtext_drop(f, &f->out.v[--f->out.n], FIXTEXT_R_SPACE);
    }
}

static void newline(struct fixtext_pass *f, const struct fixtext_cell *c, enum fixtext_rule rule)
{
    if (f->opt->spaces) trim(f);
    if (rule)
        fixtext_put(f, '\n', c, c, rule);
    else
        fixtext_keep(f, c);
}

static bool control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* Everything that replaces or drops one character; false when it stays. */
static bool change(struct fixtext_pass *f, size_t i)
{
    const struct fixtext_options *o = f->opt;
    const struct fixtext_cell *c = &f->in.v[i];
    uint32_t cp = c->cp, prev = f->out.n ? f->out.v[f->out.n - 1].cp : 0;
    uint32_t next = i + 1 < f->in.n ? c[1].cp : 0;
    if (o->mojibake && c1_meaning(cp) && (cp != 0x85 || !o->newlines || ellipsis(&f->in, i)))
        fixtext_put(f, c1_meaning(cp), c, c, FIXTEXT_R_MOJIBAKE);
    else if (o->newlines && cp == '\r' && next == '\n')
        fixtext_drop(f, c, FIXTEXT_R_NEWLINE);
    else if (o->newlines && is_newline(cp))
        newline(f, c, FIXTEXT_R_NEWLINE);
    else if (cp == '\n')
        newline(f, c, FIXTEXT_OK);
    else if (o->controls && control(cp))
        fixtext_drop(f, c, FIXTEXT_R_CONTROL);
    else if (o->spaces && is_space(cp))
        fixtext_put(f, ' ', c, c, FIXTEXT_R_SPACE);
    else if (o->invisible && is_invisible(cp) && !meaningful(cp, prev, next))
        fixtext_drop(f, c, cp == 0xFEFF && !c->beg ? FIXTEXT_R_BOM : FIXTEXT_R_INVISIBLE);
    else if (o->ligatures && ligature(cp))
        put_text(f, c, ligature(cp), FIXTEXT_R_LIGATURE);
    else if (o->width && cp >= 0xFF01 && cp <= 0xFF5E &&
             (wide_letter(cp) || among_latin(&f->in, i)))
        fixtext_put(f, cp - 0xFEE0, c, c, FIXTEXT_R_WIDTH);
    else if (o->quotes && quote(cp))
        fixtext_put(f, quote(cp), c, c, FIXTEXT_R_QUOTE);
    else if (o->dashes && dash(cp))
        fixtext_put(f, '-', c, c, FIXTEXT_R_DASH);
    else
        return false;
    return true;
}

bool fixtext_chars(struct fixtext_pass *f)
{
    const struct fixtext_cell *v = f->in.v;
    bool changed = false;
    size_t i = 0, before;
    if (!fixtext_start(f, f->in.n * 3)) return false;
    while (i < f->in.n) {
        size_t len = f->opt->ansi ? escape(&f->in, i) : 0;
        for (size_t k = 0; k < len; k++)
            fixtext_drop(f, &v[i + k], FIXTEXT_R_ANSI);
        i += len;
        changed |= len > 0;
        if (len) continue;
        before = f->out.n;
        if (!change(f, i))
            fixtext_keep(f, &v[i]);
        else if (v[i].cp != '\n')
            changed = true;
        if (v[i].cp == '\n' && f->out.n != before + 1) changed = true;
        i++;
    }
    if (changed) fixtext_finish(f);
    return changed;
}
