/* SPDX-License-Identifier: MIT */
/* plugins/values/words.c - see words.h. */
#include "words.h"

#include <stdlib.h>

enum { EDGE = 4 }; /* empty words around the real ones, so that rules may look there */

void words_free(words *w)
{
    free(w->room);
    memset(w, 0, sizeof *w);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c >= 0xC3 && c != '\xE2'); /* E2: signs */
}

int word_is_really(const word *w, const char *s)
{
    uint32_t i;
    for (i = 0; i < w->n; i++) {
        char c = w->p[i] >= 'A' && w->p[i] <= 'Z' ? (char)(w->p[i] | 0x20) : w->p[i];
        if (s[i] != c) return 0;
    }
    return w->n > 0 && s[i] == '\0';
}

/* Bytes of the figure that p[0, n) begins with: digits, and single . , : / between them. */
static uint32_t figure(const char *p, uint32_t n)
{
    uint32_t i = 0;
    if (n > 1 && p[0] == '.' && is_digit(p[1])) i = 1;
    while (i < n) {
        if (is_digit(p[i]))
            i++;
        else if (i > 0 && i + 1 < n && is_digit(p[i + 1]) && strchr(".,:/-", p[i]))
            i++;
        else
            break;
    }
    return i;
}

static char mark_of(const char *p, uint32_t n)
{
    if (n == 1 && !is_digit(p[0]) && !is_letter(p[0])) return p[0];
    if (n == 3 && memcmp(p, "\xE2\x80", 2) == 0 && p[2] >= '\x90' && p[2] <= '\x95') return '-';
    if (n == 3 && memcmp(p, "\xE2\x88\x92", 3) == 0) return '-'; /* minus */
    return 0;
}

static void add(words *w, const values_vocab *voc, const char *p, uint32_t n, uint32_t beg,
                uint8_t flags)
{
    word *x = &w->v[w->n++];
    const values_entry *e = values_vocab_find(voc, p, n);
    x->p = p;
    x->n = n;
    x->beg = beg;
    x->sets = e ? e->sets : 0;
    x->entry = e ? (uint16_t)(e - values_words + 1) : 0;
    if (figure(p, n) == n)
        flags |= WORD_FIGURE;
    else if (is_letter(p[0]))
        flags |= (uint8_t)(p[0] >= 'A' && p[0] <= 'Z' ? WORD_LETTERS | WORD_CAP : WORD_LETTERS);
    x->flags = flags;
    x->mark = mark_of(p, n);
}

/* "11th" and "1990s" stay whole. */
static int keeps_figure(const char *p, uint32_t n)
{
    return (n == 1 && p[0] == 's') || (n == 2 && (!memcmp(p, "st", 2) || !memcmp(p, "nd", 2) ||
                                                  !memcmp(p, "rd", 2) || !memcmp(p, "th", 2)));
}

/* Where the token p[0, n) is cut: "25C" behind 25, "Rs.500" behind "Rs.", "mid-2026" behind "mid"
 * and again behind "-". n: nowhere. */
static uint32_t cut(const values_vocab *voc, const char *p, uint32_t n)
{
    uint32_t k = figure(p, n), i;
    const values_entry *e;
    const char *slash = k == n ? memchr(p, '/', n) : NULL;
    if (slash && !memchr(slash + 1, '/', n - (uint32_t)(slash + 1 - p)))
        return (uint32_t)(slash - p); /* "8.1/10" */
    if (k == n) return n;
    if (n > 1 && p[0] == '/') return 1;
    if (k > 0) {
        if (keeps_figure(p + k, n - k)) return n;
        e = values_vocab_find(voc, p + k, n - k);
        if ((e && e->sets & (V_MEASURE | V_CLOCK | V_SCALE | V_MERIDIEM | V_MONTH | V_CURRENCY)) ||
            (unsigned char)p[k] >= 0xC2)
            return k;
        return n;
    }
    if (p[0] == '-') return n > 1 ? 1 : n;
    for (i = 1; i < n && !is_digit(p[i]) && p[i] != '-'; i++) {
    }
    if (i == n) return n;
    e = values_vocab_find(voc, p, i);
    if (!e || i > 4) return n;
    if (p[i] == '-') return e->sets & V_EARLY ? i : n;
    return e->sets & V_SIGN && figure(p + i, n - i) > 0 && n - i > 1 ? i : n;
}

static qn_status make_room(words *w, size_t n)
{
    size_t cap = w->cap ? w->cap : 1024;
    word *room;
    while (cap < n + 2 * EDGE)
        cap *= 2;
    if (cap > w->cap) {
        room = realloc(w->room, cap * sizeof *room);
        if (!room) return QN_E_NOMEM;
        w->room = room;
        w->cap = (uint32_t)cap;
    }
    memset(w->room, 0, EDGE * sizeof *w->room);
    w->v = w->room + EDGE;
    w->n = 0;
    return QN_OK;
}

qn_status words_read(words *w, const values_vocab *voc, qn_str text, const qn_layer *tokens,
                     const qn_layer *sents)
{
    enum { PIECES = 4 }; /* at most, of a token */
    uint32_t i, s = 0, end = 0;
    if ((uint64_t)tokens->n * PIECES > UINT32_MAX / 2) return QN_E_NOMEM;
    if (make_room(w, (size_t)tokens->n + tokens->n / 4 + PIECES) != QN_OK) return QN_E_NOMEM;
    for (i = 0; i < tokens->n; i++) {
        const qn_span *t = &tokens->v[i];
        const char *p = text.p + t->beg;
        uint32_t n = t->end - t->beg, k, piece;
        uint8_t flags = (uint8_t)(end < t->beg || i == 0 ? WORD_SPACE : 0);
        if (n == 0) continue;
        if (w->n + 2 * EDGE + PIECES > w->cap) { /* cut more often than expected */
            word *room = realloc(w->room, 2 * (size_t)w->cap * sizeof *room);
            if (!room) return QN_E_NOMEM;
            w->room = room;
            w->v = room + EDGE;
            w->cap *= 2;
        }
        if (s < sents->n && sents->v[s].beg <= t->beg) flags |= WORD_FIRST;
        while (s < sents->n && sents->v[s].beg <= t->beg)
            s++;
        for (piece = 1; piece < PIECES && (k = cut(voc, p, n)) < n; piece++) {
            add(w, voc, p, k, (uint32_t)(p - text.p), flags);
            flags = WORD_CUT;
            p += k;
            n -= k;
        }
        add(w, voc, p, n, (uint32_t)(p - text.p), flags);
        end = t->end;
    }
    memset(&w->v[w->n], 0, EDGE * sizeof *w->v);
    return QN_OK;
}
