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
    {"arent", 3, 0, 5},   {"aint", 2, 0, 5},    {"alot", 1, 0, 1},     {"cannot", 3, 0, 7},
    {"cant", 2, 0, 5},    {"couldnt", 5, 0, 5}, {"couldve", 5, 0, 4},  {"dont", 2, 0, 5},
    {"didnt", 3, 0, 5},   {"doesnt", 4, 0, 5},  {"dunno", 2, 3, 3},    {"darent", 4, 0, 4},
    {"gonna", 3, 0, 7},   {"gotta", 3, 0, 7},   {"gimme", 3, 0, 3},    {"havent", 4, 0, 5},
    {"hasnt", 3, 0, 5},   {"hes", 2, 0, 4},     {"hed", 2, 0, 4},      {"hows", 3, 0, 4},
    {"hadnt", 3, 0, 4},   {"isnt", 2, 0, 5},    {"im", 1, 0, 5},       {"ive", 1, 0, 5},
    {"itd", 2, 0, 4},     {"itll", 2, 0, 4},    {"lemme", 3, 0, 3},    {"maynt", 3, 0, 4},
    {"mightnt", 5, 0, 4}, {"mustnt", 4, 0, 4},  {"mightve", 5, 0, 4},  {"mustve", 4, 0, 4},
    {"neednt", 4, 0, 4},  {"outta", 3, 0, 1},   {"oughtnt", 5, 0, 4},  {"shouldnt", 6, 0, 5},
    {"shes", 3, 0, 4},    {"shant", 3, 0, 4},   {"shouldve", 6, 0, 4}, {"thats", 4, 0, 5},
    {"theyre", 4, 0, 5},  {"theres", 5, 0, 5},  {"theyd", 4, 0, 4},    {"theyll", 4, 0, 4},
    {"theyve", 4, 0, 4},  {"thatll", 4, 0, 4},  {"therell", 5, 0, 4},  {"wanna", 3, 0, 3},
    {"wont", 2, 0, 5},    {"wasnt", 3, 0, 5},   {"wouldnt", 5, 0, 5},  {"werent", 4, 0, 5},
    {"whats", 4, 0, 5},   {"whaddya", 3, 5, 2}, {"whatcha", 3, 4, 2},  {"wed", 2, 0, 4},
    {"weve", 2, 0, 4},    {"whos", 3, 0, 4},    {"whens", 4, 0, 4},    {"wheres", 5, 0, 4},
    {"whys", 3, 0, 4},    {"wholl", 3, 0, 4},   {"whatll", 4, 0, 4},   {"wouldve", 5, 0, 4},
    {"youre", 3, 0, 5},   {"youd", 3, 0, 4},    {"youll", 3, 0, 4},    {"youve", 3, 0, 4},
    {"yall", 1, 0, 4},
};

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
    ['a' - 'a'] = {0, 3, 0x30, LAST('t')},
    ['c' - 'a'] = {3, 4, 0xd0, LAST('e') | LAST('t')},
    ['d' - 'a'] = {7, 5, 0x70, LAST('o') | LAST('t')},
    ['g' - 'a'] = {12, 3, 0x20, LAST('a') | LAST('e')},
    ['h' - 'a'] = {15, 6, 0x78, LAST('d') | LAST('s') | LAST('t')},
    ['i' - 'a'] = {21, 5, 0x1c, LAST('d') | LAST('e') | LAST('l') | LAST('m') | LAST('t')},
    ['l' - 'a'] = {26, 1, 0x20, LAST('e')},
    ['m' - 'a'] = {27, 5, 0xe0, LAST('e') | LAST('t')},
    ['n' - 'a'] = {32, 1, 0x40, LAST('t')},
    ['o' - 'a'] = {33, 2, 0xa0, LAST('a') | LAST('t')},
    ['s' - 'a'] = {35, 4, 0x31, LAST('e') | LAST('s') | LAST('t')},
    ['t' - 'a'] = {39, 8, 0xe0, LAST('d') | LAST('e') | LAST('l') | LAST('s')},
    ['w' - 'a'] = {47, 17, 0xf8,
                   LAST('a') | LAST('d') | LAST('e') | LAST('l') | LAST('s') | LAST('t')},
    ['y' - 'a'] = {64, 5, 0x30, LAST('d') | LAST('e') | LAST('l')},
};

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

/* Where "y'all", "c'mon", "d'ye" and "more'n" come apart; `end` when it is none of them. */
static uint32_t with_apostrophe(const lexer *x, uint32_t beg, uint32_t end)
{
    static const struct {
        const char *before, *after;
        uint8_t letters, mark; /* the first part: letters, and 1 when the apostrophe is in it */
    } words[] = {{"y", "all", 1, 1}, {"c", "mon", 2, 1}, {"d", "ye", 1, 0}, {"more", "n", 4, 0}};
    uint32_t at = beg, cp = 0, i;
    unsigned len = 1;
    while (at < end && at - beg < 5 && tokens_class(x, at, &cp, &len) != QN_CH_PUNCT)
        at += len;
    if (at == end || (cp != '\'' && cp != 0x2019)) return end;
    for (i = 0; i < (x->p->style == STYLE_SPACY ? 2u : 4u); i++)
        if (same(x->t + beg, at - beg, words[i].before) &&
            same(x->t + at + len, end - at - len, words[i].after))
            return beg + words[i].letters + (words[i].mark ? len : 0);
    return end;
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
    if ((right = with_apostrophe(x, beg, end)) < end) {
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
