/* SPDX-License-Identifier: MIT */
/* tools/tagger-segment.h - quern's own sentences and tokens, for the tagger's trainer: it must see
 * what the stage will see. */
#ifndef TAGGER_SEGMENT_H
#define TAGGER_SEGMENT_H
#include <quern/record.h>

/* Cuts a text; the caller frees the v of both. */
void segment_text(const char *text, uint32_t n, qn_layer *sents, qn_layer *tokens);
#endif
