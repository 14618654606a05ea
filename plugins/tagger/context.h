/* SPDX-License-Identifier: MIT */
/* plugins/tagger/context.h - what stands around a token: lists, runs of capitals and quotations in
 * its sentence, its other occurrences in the document. */
#ifndef TAGGER_CONTEXT_H
#define TAGGER_CONTEXT_H
#include "words.h"

/* Fills in list, alone, run and quote of the tokens [beg, end), one sentence. */
void tagger_context_sentence(tagger_words *, uint32_t beg, uint32_t end, const char *text,
                             const tagger_lists *);
/* Fills in doc and telling of all tokens. QN_E_NOMEM. */
qn_status tagger_context_document(tagger_words *, const tagger_lists *);
#endif
