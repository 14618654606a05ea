/* SPDX-License-Identifier: MIT */
/* plugins/tagger/tag.h - a document to names: words, genre, features, sums, tags,
 * spans. */
#ifndef TAGGER_TAG_H
#define TAGGER_TAG_H
#include "decode.h"
#include "features.h"
#include "genre.h"

/* A worker's scratch. Starts with all members zero. */
typedef struct tagger_work {
    tagger_words words;
    tagger_decoder decoder;
    qn_span *name; /* found: beg, end; label: number of the model's label; data: confidence */
    uint32_t n, cap;
    tagger_blend blend; /* of the document */
} tagger_work;

void tagger_work_free(tagger_work *);

/* Finds the names of a document. QN_E_NOMEM. */
qn_status tagger_tag(tagger_work *, const tagger_model *, qn_str text, const qn_layer *tokens,
                     const qn_layer *sents);

/* The margin by which a name's label wins, which stands for its confidence: the mean over tokens
 * [beg, end) of the piece in the decoder. */
int32_t tagger_margin(const tagger_decoder *, uint32_t beg, uint32_t end, uint32_t label,
                      uint32_t labels);
#endif
