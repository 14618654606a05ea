/* SPDX-License-Identifier: MIT */
/* plugins/tagger/genre.h - news, or the web's mail, forums and diaries? A model has weights for
 * both, and the words of a document say which to take, or how much of each. */
#ifndef TAGGER_GENRE_H
#define TAGGER_GENRE_H
#include "model.h"
#include "words.h"

enum { GENRE_SHARES = 16 };

/* The weights for a document: those of `first` and, when there is doubt, `share` sixteenths of
 * those of `second` in their stead. */
typedef struct tagger_blend {
    const tagger_genre *first, *second;
    int32_t share; /* 0: none */
    model_steps steps;
    uint16_t confidence[CONFIDENCES];
} tagger_blend;

/* How much of the second genre is in a document, in sixteenths. */
int32_t tagger_genre_share(const tagger_model *, const tagger_words *);

void tagger_blend_make(tagger_blend *, const tagger_model *, int32_t share);

static inline int32_t tagger_between(int32_t first, int32_t second, int32_t share)
{
    return first + (second - first) * share / GENRE_SHARES;
}

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
