/* SPDX-License-Identifier: MIT */
/* plugins/tagger/genre.c - see genre.h: the sum of what the words say. */
#include "genre.h"

int32_t tagger_genre_share(const tagger_model *m, const tagger_words *w)
{
    const int64_t span = m->head->genre_span;
    int64_t sum = m->head->genre_bias;
    uint32_t i;
    if (m->head->genres < 2) return 0;
    for (i = 0; i < w->n; i++)
        if (tagger_tells_genre(&w->v[i])) sum += m->clue[tagger_clue(&w->v[i], m->clue_shift)];
    if (sum <= -span) return 0;
    if (sum >= span) return GENRE_SHARES;
    return (int32_t)((sum + span) * GENRE_SHARES / (2 * span));
}

static void mix_manners(const model_manner *a, const model_manner *b, int32_t share,
                        model_manner *out)
{
    unsigned i, k;
    for (i = 0; i < FROM_ROWS; i++)
        for (k = 0; k < TO_ROOM; k++)
            out->from[i][k] = (int16_t)tagger_between(a->from[i][k], b->from[i][k], share);
    for (i = 0; i < MODEL_LABELS; i++)
        for (k = 0; k < 4; k++)
            out->go_on[i][k] = (int16_t)tagger_between(a->go_on[i][k], b->go_on[i][k], share);
    for (i = 0; i < CONFIDENCES; i++)
        out->confidence[i] = (uint16_t)tagger_between(a->confidence[i], b->confidence[i], share);
}

void tagger_blend_make(tagger_blend *blend, const tagger_model *m, int32_t share)
{
    const uint32_t first = share == GENRE_SHARES;
    model_manner manner = m->head->manner[first];
    blend->first = &m->genre[first];
    blend->second = &m->genre[1];
    blend->share = share % GENRE_SHARES;
    if (blend->share) mix_manners(&m->head->manner[0], &m->head->manner[1], share, &manner);
    tagger_steps_read(&blend->steps, &manner, m->head->labels);
    memcpy(blend->confidence, manner.confidence, sizeof blend->confidence);
}
