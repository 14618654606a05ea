/* SPDX-License-Identifier: MIT */
/* plugins/tagger/genre.c - see genre.h: the sum of what the words say. */
#include "genre.h"

const tagger_genre *tagger_genre_of(const tagger_model *m, const tagger_words *w)
{
    int64_t sum = m->head->genre_bias;
    uint32_t i;
    if (m->head->genres < 2) return &m->genre[0];
    for (i = 0; i < w->n; i++)
        if (tagger_tells_genre(&w->v[i])) sum += m->clue[tagger_clue(&w->v[i], m->clue_shift)];
    return &m->genre[sum > 0];
}
