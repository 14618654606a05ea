/* SPDX-License-Identifier: MIT */
/* tools/tagger-export.h - the tagger's model file: weights chosen and rounded. */
#ifndef TAGGER_EXPORT_H
#define TAGGER_EXPORT_H
#include "tagger-genre.h"
#include "tagger-learn.h"

/* What goes into a model file. */
typedef struct export_parts {
    const learnt *genre;
    unsigned genres;
    const genre_clues *clues; /* for more than one */
    const tagger_lists *lists;
    uint32_t pairs; /* of rows of each genre */
    const char *made_from;
} export_parts;

/* A model file in memory. Of each feature the whole row is kept, or nothing; the strongest are. */
qn_str export_model(const export_parts *);
/* Sets the tables of confidences by what the model finds in the documents held out, each genre by
 * those that it takes for it. */
void export_confidence(qn_str file, const corpus *);
#endif
