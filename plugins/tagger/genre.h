/* SPDX-License-Identifier: MIT */
/* plugins/tagger/genre.h - news, or the web's mail, forums and diaries? A model has weights for
 * both, and the words of a document say which to take. */
#ifndef TAGGER_GENRE_H
#define TAGGER_GENRE_H
#include "model.h"
#include "words.h"

const tagger_genre *tagger_genre_of(const tagger_model *, const tagger_words *);

/* Names tell what a text is about, not what it is. */
static inline int tagger_tells_genre(const tagger_word *w)
{
    return !(w->flags & WORD_NAMELIKE);
}

/* Where a word's clue is in a table of 2^(32 - shift). */
static inline uint32_t tagger_clue(const tagger_word *w, unsigned shift)
{
    return w->low * 0x9E3779B1u >> shift;
}
#endif
