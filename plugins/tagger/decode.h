/* SPDX-License-Identifier: MIT */
/* plugins/tagger/decode.h - the best legal sequence of tags of a sentence (Viterbi). */
#ifndef TAGGER_DECODE_H
#define TAGGER_DECODE_H
#include "model.h"
#include "score.h"

enum { DECODE_TOKENS = 512 }; /* longer sentences are decoded in pieces */

/* Tags as numbers: 0 is O, then 1 + 4 * label + B, I, L or U. */
enum { TAG_B = 0, TAG_I, TAG_L, TAG_U, TAGS = 1 + 4 * MODEL_LABELS };

/* A worker's scratch. */
typedef struct tagger_decoder {
    tagger_sums sums[DECODE_TOKENS];
    struct {
        uint8_t from[TO_ROOM];         /* what ended before a start: FROM_... */
        uint8_t inner_i[MODEL_LABELS]; /* 1: the I, the L came from I, not from B */
        uint8_t inner_l[MODEL_LABELS];
        uint8_t single[MODEL_LABELS]; /* 1: the label ended with U, not with L */
    } back[DECODE_TOKENS];
    uint8_t tag[DECODE_TOKENS];
} tagger_decoder;

/* Fills tag[0, n) from sums[0, n); n at most DECODE_TOKENS. */
void tagger_decode(tagger_decoder *, const tagger_model *, uint32_t n);
#endif
