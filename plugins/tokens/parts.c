/* SPDX-License-Identifier: MIT */
/* plugins/tokens/parts.c - words that are two tokens: contractions with an apostrophe or without,
 * numbers with a unit. */
#include "lexer.h"

#include <string.h>

/* Words written as one, and where they come apart; by first letter. `styles`: bits of enum
 * tokens_style. */
static const struct {
    const char *word;
    uint8_t cut, second, styles;
} joined[] = {
    {"arent", 3, 0, 5},    {"aint", 2, 0, 5},    {"alot", 1, 0, 1},   {"cannot", 3, 0, 7},
    {"cant", 2, 0, 5},     {"couldnt", 5, 0, 5}, {"dont", 2, 0, 5},   {"didnt", 3, 0, 5},
    {"doesnt", 4, 0, 5},   {"dunno", 2, 3, 7},   {"gonna", 3, 0, 7},  {"gotta", 3, 0, 7},
    {"gimme", 3, 0, 7},    {"havent", 4, 0, 5},  {"hasnt", 3, 0, 5},  {"isnt", 2, 0, 5},
    {"im", 1, 0, 5},       {"ive", 1, 0, 5},     {"lemme", 3, 0, 7},  {"outta", 3, 0, 5},
    {"shouldnt", 6, 0, 5}, {"thats", 4, 0, 5},   {"theyre", 4, 0, 5}, {"theres", 5, 0, 5},
    {"wanna", 3, 0, 7},    {"wont", 2, 0, 5},    {"wasnt", 3, 0, 5},  {"wouldnt", 5, 0, 5},
    {"werent", 4, 0, 5},   {"whats", 4, 0, 5},   {"youre", 3, 0, 5}};

static const char *const units[] = {"am",  "pm",  "a.m",  "p.m", "k",  "kg", "km",  "cm",   "mm",
                                    "m",   "ft",  "lb",   "lbs", "oz", "mb", "gb",  "kb",   "tb",
                                    "hz",  "mhz", "ghz",  "khz", "bn", "mn", "mph", "kmh",  "hrs",
                                    "yrs", "min", "mins", "mg",  "ml", "kw", "mw",  "mwh",  "kwh",
                                    "sq",  "in",  "pp",   "c",   "f",  "x",  "tn",  "a.m.", "p.m."};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int same(const char *p, uint32_t n, const char *word)
{
    uint32_t i;
    for (i = 0; i < n; i++)
        if (lower(p[i]) != word[i] || !word[i]) return 0;
    return word[n] == 0;
}

/* For each first letter: where its words are in `joined`, how many, one bit for each of their
 * lengths (8 is bit 0), and for each of their last letters. */
#define LAST(letter) (UINT32_C(1) << ((letter)&31))
const tokens_joined tokens_joined_by[26] = {
    ['a' - 'a'] = {0, 3, 48, LAST('t')},
    ['c' - 'a'] = {3, 3, 208, LAST('t')},
    ['d' - 'a'] = {6, 4, 112, LAST('t') | LAST('o')},
    ['g' - 'a'] = {10, 3, 32, LAST('a') | LAST('e')},
    ['h' - 'a'] = {13, 2, 96, LAST('t')},
    ['i' - 'a'] = {15, 3, 28, LAST('t') | LAST('m') | LAST('e')},
    ['l' - 'a'] = {18, 1, 32, LAST('e')},
    ['o' - 'a'] = {19, 1, 32, LAST('a')},
    ['s' - 'a'] = {20, 1, 1, LAST('t')},
    ['t' - 'a'] = {21, 3, 96, LAST('s') | LAST('e')},
    ['w' - 'a'] = {24, 6, 240, LAST('a') | LAST('t') | LAST('s')},
    ['y' - 'a'] = {30, 1, 32, LAST('e')}};

int tokens_split_joined(lexer *x, uint32_t beg, uint32_t end)
{
    uint32_t n = end - beg, first = ((unsigned char)x->t[beg] | 0x20u) - 'a', i;
    const tokens_joined *by = &tokens_joined_by[first];
    for (i = by->at; i < (uint32_t)by->at + by->n; i++) {
        if (!(joined[i].styles >> x->p->style & 1) || !same(x->t + beg, n, joined[i].word))
            continue;
        if (joined[i].cut == 1 && x->t[beg] == 'I' && n == 2 && x->t[beg + 1] == 'M')
            return 0; /* IM: instant message */
        tokens_push(x, beg, beg + joined[i].cut);
        if (joined[i].second) tokens_push(x, beg + joined[i].cut, beg + joined[i].second);
        tokens_push(x, joined[i].second ? beg + joined[i].second : beg + joined[i].cut, end);
        return 1;
    }
    return 0;
}

/* Bytes of an apostrophe that ends before `at`, 0 for none. */
static uint32_t apostrophe(const lexer *x, uint32_t beg, uint32_t at)
{
    if (at > beg && (x->t[at - 1] == '\'' || x->t[at - 1] == '`')) return 1;
    if (at >= beg + 3 && memcmp(x->t + at - 3, "\xE2\x80\x99", 3) == 0) return 3;
    return 0;
}

/* Where "'s", "n't", "'ll" starts in text[beg, end); `end` when there is none. */
static uint32_t clitic(const lexer *x, uint32_t beg, uint32_t end)
{
    static const char *const after[] = {"s", "m", "d", "re", "ve", "ll", "t"};
    uint32_t i, n, mark;
    for (i = 0; i < sizeof after / sizeof after[0]; i++) {
        n = after[i][1] ? 2 : 1;
        if (end - beg < n + 2 || !same(x->t + end - n, n, after[i])) continue;
        mark = apostrophe(x, beg, end - n);
        if (!mark || end - n - mark == beg) continue;
        if (i == 6) {
            uint32_t letter = end - n - mark - 1;
            return letter > beg && lower(x->t[letter]) == 'n' ? letter : end;
        }
        if (i == 0 && x->t[end - n - mark - 1] == '0') return end; /* the 1990's */
        return end - n - mark;
    }
    return end;
}

/* Where the unit starts in "10am", "$3M"; `end` when there is none. */
static uint32_t unit(const lexer *x, uint32_t beg, uint32_t end)
{
    uint32_t at = beg;
    int money = beg > 0 && (x->t[beg - 1] == '$' || (unsigned char)x->t[beg - 1] >= 0x80);
    size_t i;
    while (at < end &&
           (tokens_digit(x, at) || x->t[at] == '.' || x->t[at] == ',' || x->t[at] == ':'))
        at++;
    if (at == end || at == beg) return end;
    if (x->t[at - 1] == '.') at--;
    if (end - at == 1 && x->t[at] >= 'A' && x->t[at] <= 'Z')
        return money || x->t[at] == 'K' ? at : end;
    for (i = 0; i < sizeof units / sizeof units[0]; i++)
        if (same(x->t + at, end - at, units[i])) return at;
    return end;
}

/* "l'", "dell'", "qu'" before a word, in front of text[*, end); `beg` when there is none. */
static uint32_t elided(const lexer *x, uint32_t beg, uint32_t end)
{
    static const char *const whole[] = {"aujourd", "quelqu", "presqu", "prud"};
    uint32_t at = beg, cp, i;
    unsigned len;
    for (; at < end && at - beg < 12; at += len) {
        tokens_class(x, at, &cp, &len);
        if (cp != '\'' && cp != 0x2019) continue;
        for (i = 0; i < sizeof whole / sizeof whole[0]; i++)
            if (same(x->t + beg, at - beg, whole[i])) return beg;
        return at > beg && at + len < end ? at + len : beg;
    }
    return beg;
}

void tokens_parts(lexer *x, uint32_t beg, uint32_t end)
{
    uint32_t cut[4], ncut = 0, right = end;
    if (tokens_digit(x, beg)) {
        if (x->p->style != STYLE_PTB && (right = unit(x, beg, end)) < end) {
            tokens_push(x, beg, right);
            tokens_push(x, right, end);
            return;
        }
    } else if (memchr(x->t + beg, '\'', end - beg) == NULL &&
               memchr(x->t + beg, '`', end - beg) == NULL &&
               memchr(x->t + beg, 0xE2, end - beg) == NULL) {
        tokens_plain(x, beg, end);
        return;
    }
    if (!x->english) {
        right = x->elision ? elided(x, beg, end) : beg;
        tokens_push(x, beg, right);
        tokens_push(x, right, end);
        return;
    }
    while (ncut < 4 && (cut[ncut] = clitic(x, beg, right)) < right)
        right = cut[ncut++];
    tokens_push(x, beg, right);
    while (ncut) {
        ncut--;
        tokens_push(x, cut[ncut], ncut ? cut[ncut - 1] : end);
    }
}
