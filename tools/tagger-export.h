/* SPDX-License-Identifier: MIT */
/* tools/tagger-export.h - the tagger's model file: lists compiled, weights chosen and rounded. */
#ifndef TAGGER_EXPORT_H
#define TAGGER_EXPORT_H
#include "tagger-learn.h"

/* Reads list files ("[class]", then one phrase a line) into a table; free(3) its v. */
void export_lists(const char *const *path, unsigned n, tagger_lists *, learn_classes *);

/* A model file in memory. Of each feature the whole row is kept, or nothing; the strongest are. */
qn_str export_model(const learnt *, const tagger_lists *, uint32_t pairs, const char *made_from);
/* Sets its table of confidences by what the model finds in the documents held out. */
void export_confidence(qn_str file, const corpus *);
#endif
