/* SPDX-License-Identifier: MIT */
/* plugins/sentences/gap.c - see gap.h. Every loop here is bounded (WORD, MARKS): a gap costs the
 * same in any text. */
#include "gap.h"

#include "text/chars.h"
#include "text/letters.h"

#include <string.h>

enum { WORD = 40, MARKS = 12 };

unsigned sentences_stop(const char *text, uint32_t at, uint32_t n, uint8_t *stop)
{
    const unsigned char *s = (const unsigned char *)text + at;
    unsigned len;
    if (at >= n) return 0;
    switch (s[0]) {
    case '.':
        *stop = STOP_DOT;
        return 1;
    case '!':
        *stop = STOP_BANG;
        return 1;
    case '?':
        *stop = STOP_ASK;
        return 1;
    default:
        if (s[0] < 0xD8 && s[0] != 0xD6) return 0;
    }
    switch (qn_char_get(text + at, &len)) {
    case 0x2026:
        *stop = STOP_DOTS;
        return len;
    case 0x203C: /* !! ?! ?? ?! !? as one character */
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x0589: /* Armenian */
    case 0x061F: /* Arabic ? and full stop */
    case 0x06D4:
    case 0x0700: /* Syriac */
    case 0x0701:
    case 0x0702:
    case 0x07F9: /* N'Ko */
    case 0x0964: /* danda, double danda */
    case 0x0965:
    case 0x104A: /* Burmese */
    case 0x104B:
    case 0x1362: /* Ethiopic */
    case 0x1367:
    case 0x1368:
    case 0x17D4: /* Khmer */
    case 0x17D5:
    case 0x1803: /* Mongolian */
    case 0x1809:
    case 0x3002: /* ideographic */
    case 0xFF61:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
        *stop = STOP_FOREIGN;
        return len;
    default:
        return 0;
    }
}

unsigned sentences_closer(const char *text, uint32_t at, uint32_t n, uint8_t *edge)
{
    unsigned len;
    if (at >= n) return 0;
    switch (qn_char_get(text + at, &len)) {
    case '"':
    case '\'':
    case '`':
    case 0x2019:
    case 0x201D:
    case 0xBB:
    case 0x203A:
    case 0x300D:
    case 0x300F:
        *edge = EDGE_QUOTE;
        return len;
    case 0x201C: /* closes in German; opens in English, and then no blank follows */
        if (at + len < n && !qn_space_at(text + at + len, n - at - len)) return 0;
        *edge = EDGE_QUOTE;
        return len;
    case ')':
    case ']':
    case '}':
    case '>':
    case '*':
    case '_':
    case 0x3011:
    case 0xFF09:
        *edge = EDGE_BRACKET;
        return len;
    default:
        return 0;
    }
}

int sentences_says_who(const char *text, uint32_t at, uint32_t n)
{
    uint32_t cp, last = 0;
    unsigned len, i;
    for (i = 0; i < 9 && at < n; i++, at += len) {
        cp = qn_char_get(text + at, &len);
        if (qn_char_class(cp) != QN_CH_LETTER) break;
        last = cp;
    }
    switch (last) {
    case 0x8BF4: /* said */
    case 0x8AAA:
    case 0x95EE: /* asked */
    case 0x554F:
    case 0x9053: /* spoke */
    case 0x558A: /* shouted */
    case 0x53EB:
        return i < 9;
    default:
        return 0;
    }
}

static uint8_t edge_of(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '`':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x300C:
    case 0x300E:
        return EDGE_QUOTE;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '<':
    case '>':
        return EDGE_BRACKET;
    case '*':
    case '+':
    case 0xB7:
    case 0x2022:
    case 0x2023:
    case 0x25AA:
    case 0x25CF:
    case 0x25E6:
    case 0x2043:
        return EDGE_BULLET;
    case '-':
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return EDGE_DASH;
    case ',':
        return EDGE_COMMA;
    case ':':
    case ';':
        return EDGE_COLON;
    case '.':
    case '!':
    case '?':
    case 0x2026:
        return EDGE_STOP;
    default:
        return EDGE_NONE;
    }
}

/* ASCII that a word goes on over: letters, digits, and . ' - / @ _ & % # and symbols. */
static const uint8_t inside_ascii[128] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0,
    0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1};

static int inside_wide(uint32_t cp)
{
    switch (qn_char_class(cp)) {
    case QN_CH_SPACE:
        return 0;
    case QN_CH_PUNCT:
        return cp == 0x2019 || cp == 0x2010 || cp == 0x2011 || cp == 0xB7;
    default:
        return 1;
    }
}

static inline int inside_word(uint32_t cp)
{
    return cp < 0x80 ? inside_ascii[cp] : inside_wide(cp);
}

/* The word that ends at w->end; sets w->beg. */
static void word_before(gap_word *w, const char *text, uint32_t floor)
{
    uint32_t at = w->end, back;
    unsigned len;
    if (at >= floor + 16) {
        unsigned other = qn_letters(text + at - 16) ^ 0xFFFF;
        if (other) at -= (uint32_t)__builtin_clz(other) - 16;
        if (other && text[at - 1] == ' ') {
            w->beg = at;
            return;
        }
    }
    while (at > floor && w->end - at < WORD) {
        if ((unsigned char)text[at - 1] < 0x80 && inside_ascii[(unsigned char)text[at - 1]]) {
            at--;
            continue;
        }
        back = (uint32_t)qn_char_prev(text, at);
        if (back < floor) break;
        uint32_t cp = qn_char_get(text + back, &len);
        if (!inside_word(cp) &&
            !((cp == ',' || cp == ':') && at < w->end && text[at] >= '0' && text[at] <= '9'))
            break;
        at = back;
    }
    while (at < w->end && (text[at] == '\'' || text[at] == '-')) /* an opening quote, a dash */
        at++;
    w->beg = at;
}

/* The word that starts at w->beg; sets w->end. A final stop is not part of it. */
static void word_after(gap_word *w, const char *text, uint32_t n)
{
    uint32_t at = w->beg;
    unsigned len;
    if (n - at >= 16) {
        unsigned other = qn_letters(text + at) ^ 0xFFFF;
        if (other) at += (uint32_t)__builtin_ctz(other);
        if (other && text[at] == ' ') {
            w->end = at;
            return;
        }
    }
    while (at < n && at - w->beg < WORD) {
        if ((unsigned char)text[at] < 0x80 && inside_ascii[(unsigned char)text[at]]) {
            at++;
            continue;
        }
        uint32_t cp = qn_char_get(text + at, &len);
        if (!inside_word(cp) &&
            !((cp == ',' || cp == ':') && at + 1 < n && text[at + 1] >= '0' && text[at + 1] <= '9'))
            break;
        at += len;
    }
    while (at > w->beg && (text[at - 1] == '.' || text[at - 1] == '\'' || text[at - 1] == '-'))
        at--;
    w->end = at;
}

/* Goes left from `at` over blanks and closing marks to the end of a word; notes the mark that is
 * nearest to the word. */
static uint32_t skip_left(const char *text, uint32_t at, uint32_t floor, uint8_t *edge)
{
    unsigned i, len;
    for (i = 0; i < MARKS && at > floor; i++) {
        uint32_t back = (uint32_t)qn_char_prev(text, at), cp;
        if (back < floor) break;
        cp = qn_char_get(text + back, &len);
        if (qn_char_class(cp) != QN_CH_SPACE) {
            uint8_t e = edge_of(cp);
            if (e == EDGE_NONE && inside_word(cp)) break;
            *edge = e ? e : EDGE_OTHER;
        }
        at = back;
    }
    return at;
}

static uint32_t skip_right(const char *text, uint32_t at, uint32_t n, uint8_t *edge)
{
    unsigned i, len;
    for (i = 0; i < MARKS && at < n; i++) {
        uint32_t cp = qn_char_get(text + at, &len);
        if (qn_char_class(cp) != QN_CH_SPACE) {
            uint8_t e = edge_of(cp);
            if (e == EDGE_NONE && inside_word(cp)) break;
            if (!*edge) *edge = e ? e : EDGE_OTHER;
        }
        at += len;
    }
    return at;
}

static uint8_t last_mark(const char *text, uint32_t at, uint32_t floor)
{
    uint32_t back, cp;
    unsigned len;
    uint8_t stop = STOP_NONE;
    if (at <= floor) return STOP_NONE;
    back = (uint32_t)qn_char_prev(text, at);
    if (sentences_stop(text, back, at, &stop)) {
        if (stop == STOP_DOT && back >= floor + 2 && text[back - 1] == '.') return STOP_DOTS;
        return stop;
    }
    cp = qn_char_get(text + back, &len);
    switch (edge_of(cp)) {
    case EDGE_COMMA:
        return STOP_COMMA;
    case EDGE_COLON:
        return cp == ';' ? STOP_SEMICOLON : STOP_COLON;
    case EDGE_DASH:
        return STOP_DASH;
    default:
        return inside_word(cp) ? STOP_NONE : STOP_OTHER;
    }
}

/* Takes closing marks off the left side, then reads its last mark. */
static uint32_t read_stop(gap *g, const char *text, uint32_t floor)
{
    uint32_t at = g->left, back;
    unsigned i, len;
    for (i = 0; i < MARKS && at > floor; i++) {
        back = (uint32_t)qn_char_prev(text, at);
        if (sentences_closer(text, back, at, &g->closer))
            at = back;
        else if (i && qn_char_class(qn_char_get(text + back, &len)) == QN_CH_SPACE)
            at = back;
        else
            break;
    }
    g->stop = last_mark(text, at, floor);
    for (i = 0; i < MARKS && at > floor; i++) {
        uint8_t stop;
        back = (uint32_t)qn_char_prev(text, at);
        if (!sentences_stop(text, back, at, &stop) && (text[back] == ' ' ? 0 : 1)) break;
        g->spaced |= text[back] == ' ';
        at = back;
    }
    return at;
}

static inline int ascii_alnum(char c)
{
    return (unsigned char)c < 0x80 && qn_char_ascii[(unsigned char)c] >= QN_CH_LOWER &&
           qn_char_ascii[(unsigned char)c] <= QN_CH_DIGIT;
}

void sentences_near_words(gap *g, const char *text, uint32_t n, uint32_t floor)
{
    unsigned len;
    g->closer = g->opener = g->l1.edge = EDGE_NONE;
    g->spaced = g->stop = 0;
    g->l1.end = g->left;
    if (g->left <= floor || !ascii_alnum(text[g->left - 1])) /* else a word is all there is */
        g->l1.end = skip_left(text, read_stop(g, text, floor), floor, &g->l1.edge);
    word_before(&g->l1, text, floor);
    if (g->known && g->known->beg == g->l1.beg && g->known->end == g->l1.end) {
        uint8_t edge = g->l1.edge;
        g->l1 = *g->known;
        g->l1.edge = edge;
    } else {
        sentences_describe(&g->l1, text, n);
    }
    g->r1.beg = g->right;
    if (g->right >= n || !ascii_alnum(text[g->right]))
        g->r1.beg = skip_right(text, g->right, n, &g->opener);
    word_after(&g->r1, text, n);
    g->r1.edge = EDGE_NONE;
    if (g->r1.end < n && text[g->r1.end] != ' ')
        g->r1.edge = edge_of(qn_char_get(text + g->r1.end, &len));
    sentences_describe(&g->r1, text, n);
}

void sentences_far_words(gap *g, const char *text, uint32_t n, uint32_t floor,
                         const sentences_lexicon *lex)
{
    g->l2.edge = g->r2.edge = EDGE_NONE;
    g->l2.end = skip_left(text, g->l1.beg, floor, &g->l2.edge);
    word_before(&g->l2, text, floor);
    sentences_describe(&g->l2, text, n);
    g->first = g->l2.beg == g->l2.end ? 1 : g->l2.beg <= floor + 3 ? 2 : 0;
    g->r2.beg = skip_right(text, g->r1.end, n, &g->r2.edge);
    word_after(&g->r2, text, n);
    sentences_describe(&g->r2, text, n);
    sentences_classify(&g->l2, text, lex);
    sentences_classify(&g->l1, text, lex);
    sentences_classify(&g->r1, text, lex);
    sentences_classify(&g->r2, text, lex);
}
