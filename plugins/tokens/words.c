/* SPDX-License-Identifier: MIT */
/* plugins/tokens/words.c - how far a word goes over the marks inside it: stops, apostrophes,
 * hyphens, slashes, commas in numbers. The styles differ here. */
#include "lexer.h"

#include <string.h>

/* Prefixes that keep their hyphen in UD: "co-worker", but "well" "-" "known". */
static int is_prefix(const char *p, uint32_t n)
{
    static const char *const prefixes[] = {
        "e",      "co",    "re",    "un",    "ex",   "non",   "pre",   "pro",   "mid",    "sub",
        "neo",    "anti",  "post",  "semi",  "over", "multi", "inter", "intra", "micro",  "mini",
        "cross",  "ultra", "super", "socio", "meta", "arch",  "extra", "trans", "pseudo", "counter",
        "psycho", "proto", "macro", "hyper", "dis",  "mis",   "geo"};
    char low[8];
    size_t i;
    if (n == 0 || n > 7 || (n > 1 && p[1] >= 'A' && p[1] <= 'Z')) return 0;
    for (i = 0; i < n; i++)
        low[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i]);
    for (i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (tokens_same(prefixes[i], low, n)) return 1;
    return 0;
}

static int is_letter(const lexer *x, uint32_t at)
{
    uint32_t cp;
    unsigned len;
    int class = tokens_class(x, at, &cp, &len);
    return class >= QN_CH_LOWER && class <= QN_CH_LETTER;
}

static int is_class(const lexer *x, uint32_t at, int class)
{
    uint32_t cp;
    unsigned len;
    return tokens_class(x, at, &cp, &len) == class;
}

static int letter_before(const lexer *x, uint32_t at)
{
    int class = tokens_class_before(x, at);
    return class >= QN_CH_LOWER && class <= QN_CH_LETTER;
}

static uint32_t digits(const lexer *x, uint32_t at)
{
    uint32_t beg = at;
    while (tokens_digit(x, at) && at - beg < 20)
        at++;
    return at - beg;
}

/* 713-853-3989, 345-9945, 11-20-2000, 77042-2016; not 5-10, 2000-2004. */
static int is_phone(const lexer *x, uint32_t beg, uint32_t hyphen)
{
    uint32_t left = hyphen - beg, right = digits(x, hyphen + 1), i;
    if (!right || left > 12) return 0;
    for (i = beg; i < hyphen; i++)
        if (x->t[i] == '-')
            return 1;
        else if (!tokens_digit(x, i) && x->t[i] != '/')
            return 0;
    if (hyphen + 1 + right < x->end && x->t[hyphen + 1 + right] == '-' &&
        tokens_digit(x, hyphen + 2 + right))
        return 1;
    return right == 4 && left != 4 && left != 2;
}

/* The word goes on over the hyphen at `at`. */
static int over_hyphen(const lexer *x, uint32_t beg, uint32_t at)
{
    switch (x->p->style) {
    case STYLE_PTB:
        return 1;
    case STYLE_SPACY:
        return !(letter_before(x, at) && is_letter(x, at + 1)) &&
               !(tokens_digit(x, at - 1) && tokens_digit(x, at + 1));
    default:
        if (!x->english && letter_before(x, at) && is_letter(x, at + 1)) return 1;
        return is_prefix(x->t + beg, at - beg) || is_phone(x, beg, at) ||
               memchr(x->t + beg, '_', at - beg) != NULL;
    }
}

/* The word goes on over the slash at `at`: dates, fractions, w/o. */
static int over_slash(const lexer *x, uint32_t beg, uint32_t at)
{
    uint32_t left = at - beg, right = digits(x, at + 1);
    unsigned len;
    if (x->p->style == STYLE_PTB) return 1;
    if (x->p->style == STYLE_SPACY && left == 3 && x->end - at >= 3 &&
        memcmp(x->t + beg, "and/or", 6) == 0 && !tokens_wordy(x, at + 3, &len))
        return 1;
    if (right && tokens_digit(x, at - 1))
        return x->p->style == STYLE_SPACY || left != 4 || memchr(x->t + beg, '/', left) != NULL;
    if (left == 1 && is_letter(x, beg))
        return x->t[beg] == 'w' || x->t[beg] == 'W' || !tokens_wordy(x, at + 2, &len);
    return 0;
}

/* "capabilities.It": a sentence ends inside the chunk. */
static int is_glued(const lexer *x, uint32_t beg, uint32_t stop)
{
    uint32_t cp;
    unsigned len;
    if (stop < beg + 2 || tokens_class(x, stop + 1, &cp, &len) != QN_CH_UPPER ||
        !is_class(x, stop + 1 + len, QN_CH_LOWER))
        return 0;
    if (x->end - stop >= 4 && memcmp(x->t + stop + 1, "Com", 3) == 0) return 0;
    if (tokens_digit(x, stop - 1)) return 1;
    return tokens_class_before(x, stop) == QN_CH_LOWER &&
           tokens_class_before(x, (uint32_t)qn_char_prev(x->t, stop)) == QN_CH_LOWER;
}

/* `at` holds a mark of `len` bytes, a letter or digit follows: is it inside the word? */
static int goes_on(const lexer *x, uint32_t beg, uint32_t at, uint32_t cp, unsigned len)
{
    uint32_t next = at + len;
    switch (cp) {
    case '.':
        return !is_glued(x, beg, at);
    case '\'':
    case 0x2019:
    case '`':
        return is_letter(x, next);
    case '-':
    case 0x2010:
    case 0x2011:
        return over_hyphen(x, beg, at);
    case '/':
        return over_slash(x, beg, at);
    case ',':
        return tokens_digit(x, at - 1) && tokens_digit(x, next) &&
               (digits(x, next) == 3 || x->t[x->chunk] != '[');
    case ':':
        return tokens_digit(x, at - 1) && tokens_digit(x, next);
    case '&':
        return (tokens_class_before(x, at) == QN_CH_UPPER && is_class(x, next, QN_CH_UPPER)) ||
               (at == beg + 1 && is_letter(x, beg) && x->end - next == 1);
    case '*':
        return letter_before(x, at) && is_letter(x, next);
    case '@':
    case '\\':
    case 0xB7:
        return 1;
    default:
        return 0;
    }
}

/* Capitals before a currency sign: US$, C$, HK$. */
static int is_currency(const lexer *x, uint32_t beg, uint32_t at)
{
    uint32_t i;
    if (x->t[at] != '$' || at - beg > 3) return 0;
    for (i = beg; i < at; i++)
        if (x->t[i] < 'A' || x->t[i] > 'Z') return 0;
    return 1;
}

/* The end of "C++" and "F#"; `at` where there is none. */
static uint32_t over_plus(const lexer *x, uint32_t beg, uint32_t at)
{
    uint32_t end = at;
    unsigned len;
    if (at != beg + 1 || !is_class(x, beg, QN_CH_UPPER)) return at;
    if (x->end - at >= 2 && memcmp(x->t + at, "++", 2) == 0)
        end = at + 2;
    else if (x->t[at] == '#')
        end = at + 1;
    return tokens_wordy(x, end, &len) ? at : end;
}

uint32_t tokens_word(lexer *x, uint32_t beg)
{
    uint32_t at = beg, cp, end;
    unsigned len;
    for (;;) {
        while (tokens_wordy(x, at, &len))
            at += len;
        if (at >= x->end) break;
        tokens_class(x, at, &cp, &len);
        if (tokens_wordy(x, at + len, &len)) {
            tokens_class(x, at, &cp, &len);
            if (!goes_on(x, beg, at, cp, len)) break;
            at += len;
        } else if (cp == '.' && tokens_keeps_stop(x, beg, at)) {
            at++;
            if (x->p->style != STYLE_UD && at + 1 < x->end && x->t[at] == '-' &&
                is_letter(x, at + 1))
                at++;
            else
                break;
        } else {
            break;
        }
    }
    if (at < x->end && is_currency(x, beg, at))
        tokens_push(x, beg, ++at);
    else if (at < x->end && (end = over_plus(x, beg, at)) > at)
        tokens_push(x, beg, at = end);
    else
        tokens_parts(x, beg, at);
    return at;
}
