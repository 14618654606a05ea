/* SPDX-License-Identifier: MIT */
/* plugins/sentences/model.h - a gap as numbers: hashed features, and the model that sums their
 * weights. The trainer (tools/train-sentences.c) uses the same function. */
#ifndef SENTENCES_MODEL_H
#define SENTENCES_MODEL_H
#include "gap.h"

enum {
    FEATURES_MAX = 48,
    FEATURES_EARLY = 7,
    FEATURE_BITS = 17, /* the table has 2^17 weights */
    EARLY_BITS = 13,
    MODEL_SCALE = 24, /* steps of a weight per unit of log odds */
    CASE_BITS = 15    /* the table of word case has 2^15 entries of two bits */
};

/* How a word is written in the middle of sentences, from counts over running text. */
enum word_case { CASE_UNKNOWN = 0, CASE_LOWER, CASE_UPPER, CASE_BOTH };

typedef struct sentences_model {
    const int8_t *weight;     /* 2^FEATURE_BITS */
    const uint8_t *word_case; /* 2^CASE_BITS entries, four to a byte */
    const int8_t *early;      /* 2^EARLY_BITS: weights of the first look */
    int space_limit;          /* a GAP_SPACE below it gets no second look */
    int stop_limit;           /* a plain GAP_STOP above it needs none */
} sentences_model;

extern const sentences_model sentences_english;

static inline uint32_t sentences_case_slot(uint32_t key)
{
    return (key * UINT32_C(0x9E3779B1)) >> (32 - CASE_BITS);
}

/* Writes at most FEATURES_MAX feature numbers; returns how many. */
unsigned sentences_features(const gap *g, const uint8_t *word_case, uint32_t *feature);

/* The few features of the first look, which needs only the two words next to the gap. */
unsigned sentences_early_features(const gap *g, const uint8_t *word_case, uint32_t *feature);

/* -DECIDE_SURE when a GAP_SPACE is so plainly inside a sentence that nothing more need be known,
 * the score when a GAP_STOP so plainly ends one, else 0. */
int sentences_early(const gap *g, const sentences_model *m);

/* The model's score: positive means that the sentence ends here. */
int sentences_score(const gap *g, const sentences_model *m);
#endif
