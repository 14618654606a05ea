/* SPDX-License-Identifier: MIT */
/* plugins/tokens/lexer.h - what the parts of the tokenizer share: a run of text without white
 * space (chunk) and the questions asked of it. */
#ifndef TOKENS_LEXER_H
#define TOKENS_LEXER_H
#include "tokenize.h"

#include "text/chars.h"

typedef struct lexer {
    const char *t;
    uint32_t n;
    uint32_t chunk, end; /* the chunk: no white space, no sentence boundary inside */
    uint32_t sent;       /* index of the sentence that holds the chunk */
    uint32_t limit;      /* where the next one starts; n: there is none */
    const tokens_params *p;
    tokens_out *out;
    int english;        /* don't, cannot, Ana's; else apostrophes and hyphens stay inside */
    int elision;        /* French and Italian: l'homme, dell'arte */
    int may_be_address; /* the chunk holds "@", "#", "/" or a stop inside */
    int status;
} lexer;

/* Class of the character at `at` (enum qn_char_class) and its bytes; OTHER past the chunk. */
static inline int tokens_class(const lexer *x, uint32_t at, uint32_t *cp, unsigned *len)
{
    *len = 1;
    *cp = 0;
    if (at >= x->end) return QN_CH_OTHER;
    *cp = qn_char_get(x->t + at, len);
    return qn_char_class(*cp);
}

/* Class of the character that ends before `at`; OTHER at the chunk's start. */
static inline int tokens_class_before(const lexer *x, uint32_t at)
{
    unsigned len;
    if (at <= x->chunk) return QN_CH_OTHER;
    return qn_char_class(qn_char_get(x->t + qn_char_prev(x->t, at), &len));
}

/* Part of a word for sure: letters, digits, and marks that are not seen. */
static inline int tokens_wordy(const lexer *x, uint32_t at, unsigned *len)
{
    uint32_t cp;
    int class = tokens_class(x, at, &cp, len);
    return (class >= QN_CH_LOWER && class <= QN_CH_DIGIT) || cp == '_' || cp == 0xAD ||
           (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF;
}

static inline int tokens_digit(const lexer *x, uint32_t at)
{
    return at < x->end && x->t[at] >= '0' && x->t[at] <= '9';
}

/* 1 when p[0, n) is the whole of `word`. */
static inline int tokens_same(const char *word, const char *p, uint32_t n)
{
    uint32_t i;
    for (i = 0; i < n; i++)
        if (word[i] != p[i] || !word[i]) return 0;
    return word[n] == 0;
}

static inline void tokens_push(lexer *x, uint32_t beg, uint32_t end)
{
    qn_span *s;
    if (beg >= end || x->status) return;
    if (x->out->n == x->out->cap && (x->status = x->out->more(x->out)) != 0) return;
    s = &x->out->v[x->out->n++];
    s->beg = beg;
    s->end = end;
    s->label = 0;
    s->flags = 0;
    s->data = 0;
}

/* address.c: the end of a URL, e-mail or host with a path that starts at `at`; 0: there is none. */
uint32_t tokens_address(const lexer *x, uint32_t at);

/* marks.c: the end of the mark, run of marks or emoticon at `at`. */
uint32_t tokens_marks(const lexer *x, uint32_t at);

/* words.c: pushes the word at `at` in its parts; returns its end. */
uint32_t tokens_word(lexer *x, uint32_t at);

/* parts.c: pushes text[beg, end) as one token, or as "do" "n't", "10" "am", "can" "not". */
void tokens_parts(lexer *x, uint32_t beg, uint32_t end);

/* parts.c: "dont", "cannot". Which of them start with a letter, how long they are, and how they
 * end. */
typedef struct tokens_joined {
    uint8_t at, n, lengths;
    uint32_t last;
} tokens_joined;
extern const tokens_joined tokens_joined_by[26];
int tokens_split_joined(lexer *x, uint32_t beg, uint32_t end);

/* As tokens_parts, for a word that has no apostrophe and does not start with a digit. */
static inline void tokens_plain(lexer *x, uint32_t beg, uint32_t end)
{
    uint32_t n = end - beg, first = ((unsigned char)x->t[beg] | 0x20u) - 'a';
    if (n < 9 && first < 26 && x->english && tokens_joined_by[first].lengths >> (n & 7) & 1 &&
        tokens_joined_by[first].last >> ((unsigned char)x->t[end - 1] & 31) & 1 &&
        tokens_split_joined(x, beg, end))
        return;
    tokens_push(x, beg, end);
}

/* stops.c: 1 when the stop at text[end] belongs to the word text[beg, end). */
int tokens_keeps_stop(const lexer *x, uint32_t beg, uint32_t end);
#endif
