/* SPDX-License-Identifier: MIT */
/* plugins/sentences/model.h - a gap as numbers: hashed features, and the model that sums their
 * weights. The trainer (tools/train-sentences.c) uses the same function. */
#ifndef SENTENCES_MODEL_H
#define SENTENCES_MODEL_H
#include "gap.h"

enum {
    FEATURES_MAX = 48,
    FEATURE_BITS = 16, /* the table has 2^16 weights */
    MODEL_SCALE = 24,  /* steps of a weight per unit of log odds */
    CASE_BITS = 15     /* the table of word case has 2^15 entries of two bits */
};

/* How a word is written in the middle of sentences, from counts over running text. */
enum word_case { CASE_UNKNOWN = 0, CASE_LOWER, CASE_UPPER, CASE_BOTH };

typedef struct sentences_model {
    const int8_t *weight;     /* 2^FEATURE_BITS */
    const uint8_t *word_case; /* 2^CASE_BITS entries, four to a byte */
} sentences_model;

extern const sentences_model sentences_english;

static inline uint32_t sentences_case_slot(uint32_t key)
{
    return (key * UINT32_C(0x9E3779B1)) >> (32 - CASE_BITS);
}

/* Writes at most FEATURES_MAX feature numbers; returns how many. */
unsigned sentences_features(const gap *g, const uint8_t *word_case, uint16_t *feature);

/* The model's score: positive means that the sentence ends here. */
int sentences_score(const gap *g, const sentences_model *m);
#endif
