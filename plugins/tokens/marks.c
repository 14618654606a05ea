/* SPDX-License-Identifier: MIT */
/* plugins/tokens/marks.c - punctuation, runs of it, and emoticons. */
#include "lexer.h"

#include <string.h>

static int one_of(char c, const char *set)
{
    return c && strchr(set, c) != NULL;
}

/* Faces that no rule below makes, at the start of a chunk. */
static uint32_t drawn_face(const lexer *x, uint32_t at)
{
    static const char *const faces[] = {
        ">:(", ">:)", ">_<", "-_-", "(^_^)", "\\o/", "\xC2\xAF\\_(\xE3\x83\x84)_/\xC2\xAF"};
    size_t i;
    unsigned len;
    if (at != x->chunk || x->end - at < 3 || !one_of(x->t[at], ">-(\\\xC2")) return 0;
    for (i = 0; i < sizeof faces / sizeof faces[0]; i++) {
        uint32_t n = (uint32_t)strlen(faces[i]);
        if (x->end - at >= n && memcmp(x->t + at, faces[i], n) == 0 &&
            !tokens_wordy(x, at + n, &len))
            return at + n;
    }
    return 0;
}

/* ":-)", ";P", "<3", "(:" */
static uint32_t emoticon(const lexer *x, uint32_t at)
{
    uint32_t i = drawn_face(x, at);
    unsigned len;
    char c = x->t[at];
    if (i) return i;
    i = at;
    if (c == '<' && at + 1 < x->end && x->t[at + 1] == '3')
        return tokens_wordy(x, at + 2, &len) ? 0 : at + 2;
    if (c == '(' && at + 1 < x->end && at == x->chunk) {
        i += x->t[at + 1] == '-' ? 2 : 1;
        return i < x->end && one_of(x->t[i], ":;=") && i + 1 == x->end ? i + 1 : 0;
    }
    if (c == '^' && x->end - at >= 3 && memcmp(x->t + at, "^_^", 3) == 0) return at + 3;
    if (!one_of(c, ":;=")) return 0;
    i++;
    if (i < x->end && one_of(x->t[i], "-o'^~") && i + 1 < x->end &&
        one_of(x->t[i + 1], ")(DPpO/\\|3*]["))
        i++;
    if (i >= x->end || !one_of(x->t[i], i == at + 1 ? ")(DPpO/\\|*][" : ")(DPpO/\\|3*][")) return 0;
    if (c == '=' && !one_of(x->t[i], ")(DP")) return 0;
    for (c = x->t[i]; i < x->end && x->t[i] == c && one_of(c, ")(DP"); i++)
        ;
    i += i < x->end && one_of(c, "pO/\\|3*][") && x->t[i] == c;
    if (tokens_wordy(x, i, &len) || (i < x->end && x->t[i] == '/')) return 0;
    return i;
}

/* A symbol with what modifies it: variation selectors, joiners, skin tones. */
static uint32_t symbol(const lexer *x, uint32_t at, unsigned len)
{
    uint32_t cp;
    at += len;
    for (;;) {
        tokens_class(x, at, &cp, &len);
        if (cp == 0x200D) {
            at += len;
            tokens_class(x, at, &cp, &len);
            at += cp ? len : 0;
        } else if ((cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x1F3FB && cp <= 0x1F3FF)) {
            at += len;
        } else {
            return at;
        }
    }
}

/* A chunk that begins with an apostrophe: "'s", "'em", "'til". */
static int is_clitic(const char *p, uint32_t n, int style)
{
    static const struct {
        const char *word;
        uint8_t styles; /* bits of enum tokens_style */
    } words[] = {{"s", 7},    {"re", 7},   {"ll", 7},  {"em", 7},  {"cause", 7},
                 {"bout", 7}, {"ve", 3},   {"m", 3},   {"d", 3},   {"til", 3},
                 {"n", 3},    {"nuff", 4}, {"cos", 4}, {"coz", 4}, {"cuz", 4}};
    size_t i;
    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].styles >> style & 1 && tokens_same(words[i].word, p, n)) return 1;
    return 0;
}

/* The rest of "'tis", "'twas", "'tisn't": 't is a word of its own. */
static int is_it(const char *p, uint32_t n)
{
    static const char *const words[] = {"is",  "was",  "were",  "will",  "would",
                                        "isn", "wasn", "weren", "wouldn"};
    size_t i;
    if (n == 0 || (p[0] != 't' && p[0] != 'T')) return 0;
    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tokens_same(words[i], p + 1, n - 1)) return 1;
    return 0;
}

/* The end of a number that goes on at `at`: "3" of "+3" may be "3.5" or "3,000". */
static uint32_t rest_of_number(const lexer *x, uint32_t at)
{
    while (at < x->end && tokens_digit(x, at - 1) && (x->t[at] == '.' || x->t[at] == ',') &&
           tokens_digit(x, at + 1))
        for (at++; tokens_digit(x, at);)
            at++;
    return at;
}

/* What a mark may start: "'72", "'s", ".38", "+44", "-5", ".doc". */
static uint32_t prefixed(const lexer *x, uint32_t at, uint32_t cp, unsigned mark)
{
    uint32_t end = at + mark;
    unsigned len;
    int before = tokens_class_before(x, at);
    if (before >= QN_CH_LOWER && before <= QN_CH_DIGIT) return 0;
    if (at > x->chunk && x->t[at - 1] == x->t[at]) return 0;
    while (tokens_wordy(x, end, &len))
        end += len;
    if (end == at + mark) return 0;
    if (cp == '\'' || cp == 0x2019) {
        if (x->p->style != STYLE_SPACY && tokens_digit(x, at + mark) &&
            tokens_digit(x, at + mark + 1))
            return end == at + mark + 2 || x->t[at + mark + 2] == 's' ? end : 0;
        if (x->english && x->p->style != STYLE_SPACY && is_it(x->t + at + mark, end - at - mark))
            return at + mark + 1;
        if (at != x->chunk || !is_clitic(x->t + at + mark, end - at - mark, x->p->style)) return 0;
        if (end - at == mark + 1 && x->t[at + mark] == 'n' && x->end - end == mark &&
            memcmp(x->t + end, x->t + at, mark) == 0)
            return end + mark; /* rock 'n' roll */
        return end;
    }
    if (cp == '-')
        return at == x->chunk && x->p->style != STYLE_UD && tokens_digit(x, at + mark)
                   ? rest_of_number(x, end)
                   : 0;
    if ((cp == '+' || cp == '.') && tokens_digit(x, at + mark)) return rest_of_number(x, end);
    return cp == '.' && at == x->chunk && end - at < 6 && x->t[at + 1] >= 'a' && x->t[at + 1] <= 'z'
               ? end
               : 0;
}

uint32_t tokens_marks(const lexer *x, uint32_t at)
{
    uint32_t end = emoticon(x, at), cp;
    unsigned len;
    char c = x->t[at];
    if (end) return end;
    tokens_class(x, at, &cp, &len);
    if ((end = prefixed(x, at, cp, len)) != 0) return end;
    if (tokens_class(x, at, &cp, &len) == QN_CH_OTHER && cp >= 0x80) return symbol(x, at, len);
    end = at + len;
    if (one_of(c, ".!?"))
        while (end < x->end && one_of(x->t[end], ".!?"))
            end++;
    else if (one_of(c, "-=*_~+#<>,$'`") || cp == 0x2026 || cp == 0x2014 || cp == 0x2019)
        while (x->end - end >= len && memcmp(x->t + end, x->t + at, len) == 0)
            end += len;
    return end;
}
