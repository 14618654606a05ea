/* SPDX-License-Identifier: MIT */
/* tools/tagger-genre.h - learns which words tell the web's mail, forums and diaries from news. */
#ifndef TAGGER_GENRE_LEARN_H
#define TAGGER_GENRE_LEARN_H
#include "tagger-corpus.h"

enum { CLUE_BITS = 14, CLUES = 1 << CLUE_BITS };

typedef struct genre_clues {
    int16_t clue[CLUES];
    int32_t bias, span;
} genre_clues;

/* From the documents that are not held out; call it before noise is added. */
void learn_genre(const corpus *, uint64_t seed, genre_clues *);
#endif
