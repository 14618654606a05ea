/* SPDX-License-Identifier: MIT */
/* tools/tagger-learn.h - the averaged structured perceptron behind the tagger's model. */
#ifndef TAGGER_LEARN_H
#define TAGGER_LEARN_H
#include "tagger-corpus.h"

/* The lists' class of each label, as a bit. */
typedef struct learn_classes {
    uint32_t label[MODEL_LABELS];
} learn_classes;

typedef struct learn_options {
    uint64_t seed;
    unsigned epochs, least; /* a feature must occur so often */
    unsigned restarts;      /* models learnt in other orders and summed */
    double dropout, cost;
    unsigned genres;
    double fold[MODEL_GENRES][STYLES]; /* share of each style's copies in a genre's weights */
} learn_options;

/* What was learnt for a genre, the styles' copies added to the shared weights. */
typedef struct learnt {
    uint64_t *feature; /* n hashes */
    float *w;          /* n * COLS */
    uint32_t n;
    float from[FROM_ROWS][TO_ROOM];
    float go_on[MODEL_LABELS][4];
} learnt;

/* Fills in one learnt for each genre. Lists help where a set leaves a label open: its LOC that is
 * listed as GPE is one, and "Iraqi" in a set that does not mark NORP is marked. */
void learn(const corpus *, const tagger_lists *, const learn_classes *, const learn_options *,
           learnt *);
#endif
