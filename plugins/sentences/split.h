/* SPDX-License-Identifier: MIT */
/* plugins/sentences/split.h - cuts a text into sentences: scan, guards, candidates, decision. Pure
 * functions on UTF-8; nothing is allocated. */
#ifndef SENTENCES_SPLIT_H
#define SENTENCES_SPLIT_H
#include "gap.h"

enum sentences_gaps { GAPS_OFF = 0, GAPS_LINES, GAPS_ALL };

typedef struct sentences_params {
    sentences_lexicon lex;
    int gaps;                              /* enum sentences_gaps */
    int bias;                              /* added to every decision */
    int (*decide)(void *arg, const gap *); /* positive: the sentence ends here */
    /* May be NULL. Asked of a GAP_SPACE and a plain GAP_STOP of which only the near words are
     * known; anything but 0 is the decision. */
    int (*early)(void *arg, const gap *);
    /* Takes one sentence [beg, end), trimmed; `score` is what decide said of its end (0 where
     * nothing was to decide). Anything but 0 ends the call. */
    int (*emit)(void *arg, uint32_t beg, uint32_t end, int score);
    void *arg;
} sentences_params;

/* Sets lex.table, decide and early for a language ("en"). 0, or -1 when it is unknown. */
int sentences_language(sentences_params *p, const char *language);

/* Gives every sentence of text[0, n), in order. Each byte that is not white space is in exactly
 * one. Returns 0, or what emit returned. *work counts the bytes looked at besides the one scan:
 * at most a constant times n. */
int sentences_split(const char *text, uint32_t n, const sentences_params *p, uint64_t *work);
#endif
