/* SPDX-License-Identifier: MIT */
/* plugins/tagger/decode.h - the best legal sequence of tags of a sentence (Viterbi). */
#ifndef TAGGER_DECODE_H
#define TAGGER_DECODE_H
#include "model.h"
#include "score.h"

enum { DECODE_TOKENS = 512 }; /* longer sentences are decoded in pieces */

/* Tags as numbers: 0 is O, then 1 + 4 * label + B, I, L or U. */
enum { TAG_B = 0, TAG_I, TAG_L, TAG_U, TAGS = 1 + 4 * MODEL_LABELS };

/* The scores of the best paths that end at a word: in O, or label by label. */
typedef struct decode_paths {
    int32_t outside;
    uint32_t before; /* what ended before that O: 0 O, 1 + label */
    int32_t ended[MODEL_LANES], begun[MODEL_LANES], inner[MODEL_LANES]; /* in L or U, B, I */
} decode_paths;

/* A worker's scratch. */
typedef struct tagger_decoder {
    tagger_sums sums[DECODE_TOKENS];
    decode_paths paths[DECODE_TOKENS];
    uint8_t tag[DECODE_TOKENS];
} tagger_decoder;

/* Fills tag[0, n) from sums[0, n); n at most DECODE_TOKENS. */
void tagger_decode(tagger_decoder *, const model_steps *, uint32_t n);
#endif
