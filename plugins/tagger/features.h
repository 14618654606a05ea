/* SPDX-License-Identifier: MIT */
/* plugins/tagger/features.h - a token in its surroundings as a list of hashed features. The trainer
 * and the stage call the same function. */
#ifndef TAGGER_FEATURES_H
#define TAGGER_FEATURES_H
#include "words.h"

/* Changes whenever the features or what they are made of change: a model learnt from other features
 * is useless, and refused. */
enum { TAGGER_FEATURES = 4, FEATURES_MAX = 128 };

/* Writes the features of token i, which stands in the sentence [beg, end); returns how many, at
 * most FEATURES_MAX. */
unsigned tagger_features(const tagger_words *, uint32_t i, uint32_t beg, uint32_t end,
                         uint64_t *feature);
#endif
