/* SPDX-License-Identifier: MIT */
/* plugins/tokens/tokenize.h - cuts a text into words and marks. Pure functions on UTF-8; the
 * caller owns the memory. */
#ifndef TOKENS_TOKENIZE_H
#define TOKENS_TOKENIZE_H
#include "abbrev.h"

#include <quern/record.h>

enum tokens_style { STYLE_UD = 0, STYLE_PTB, STYLE_SPACY };

typedef struct tokens_params {
    int style;
    const abbrev_table *abbrev;
    const qn_span *sents; /* may be empty: then stops are judged by the next word */
    uint32_t nsents;
    abbrev_extra extra; /* further abbreviations */
} tokens_params;

/* Where tokens go: v[n++] while n < cap; `more` makes room or returns non-zero to end the call. */
typedef struct tokens_out {
    qn_span *v;
    uint32_t n, cap;
    int (*more)(struct tokens_out *);
    void *arg;
} tokens_out;

/* Appends the tokens of text[0, n): sorted, every byte that is not white space in exactly one,
 * QN_TOKEN_SPACE in flags when white space follows. Returns 0, or what more() returned. */
int tokens_split(const char *text, uint32_t n, const tokens_params *p, tokens_out *out);
#endif
