/* SPDX-License-Identifier: MIT */
/* plugins/tagger/decode.c - see decode.h. All labels of a step go side by side. */
#include "decode.h"

enum { NEVER = -1000000000 };

typedef struct path_scores {
    int32_t ended[TO_ROOM];                           /* 0: after O; 1 + label: after its L or U */
    int32_t begun[MODEL_LABELS], inner[MODEL_LABELS]; /* after B, after I */
} path_scores;

/* The best way to each start: the last word's end, and what it leads to. */
static void best_starts(const tagger_model *m, const path_scores *p, int first, uint32_t labels,
                        int32_t *best, uint8_t *from)
{
    uint32_t x, y;
    const uint32_t stop = first ? FROM_START + 1 : labels + 1;
    for (y = 0; y < TO_ROOM; y++)
        best[y] = NEVER;
    for (x = first ? FROM_START : 0; x < stop; x++) {
        const int16_t *t = m->head->from[x];
        const int32_t before = first ? 0 : p->ended[x];
        for (y = 0; y < TO_ROOM; y++) {
            const int32_t s = before + t[y];
            const int more = s > best[y];
            from[y] = more ? (uint8_t)x : from[y];
            best[y] = more ? s : best[y];
        }
    }
}

static void step(tagger_decoder *d, const tagger_model *m, path_scores *p, uint32_t i)
{
    const uint32_t labels = m->head->labels;
    const int16_t *s = d->sums[i].v;
    int32_t best[TO_ROOM];
    uint32_t k;
    best_starts(m, p, i == 0, labels, best, d->back[i].from);
    p->ended[0] = best[0] + s[COL_O];
    for (k = 0; k < labels; k++) {
        const int16_t *t = m->head->go_on[k];
        const int32_t begin = best[k + 1] + s[COL_BEGIN + k], inside = s[COL_INSIDE + k];
        const int32_t bi = p->begun[k] + t[0], bl = p->begun[k] + t[1];
        const int32_t ii = p->inner[k] + t[2], il = p->inner[k] + t[3];
        const int32_t unit = begin + s[COL_U];
        int32_t last = (il > bl ? il : bl) + inside + s[COL_L];
        d->back[i].inner_i[k] = ii > bi;
        d->back[i].inner_l[k] = il > bl;
        d->back[i].single[k] = unit >= last;
        p->inner[k] = (ii > bi ? ii : bi) + inside + s[COL_I];
        p->begun[k] = begin + s[COL_B];
        p->ended[k + 1] = unit >= last ? unit : last;
    }
}

/* Follows the best path back from its end, which is the end of a name or O. */
static void trace(tagger_decoder *d, const path_scores *p, uint32_t labels, uint32_t n)
{
    uint32_t end = 0, x, i;
    for (x = 1; x <= labels; x++)
        if (p->ended[x] > p->ended[end]) end = x;
    for (i = n; i-- > 0;) {
        const uint32_t k = end - 1;
        if (end == 0) {
            d->tag[i] = 0;
        } else if (d->back[i].single[k]) {
            d->tag[i] = (uint8_t)(1 + 4 * k + TAG_U);
        } else {
            int inner = d->back[i].inner_l[k];
            d->tag[i] = (uint8_t)(1 + 4 * k + TAG_L);
            for (i--; inner; i--) {
                inner = d->back[i].inner_i[k];
                d->tag[i] = (uint8_t)(1 + 4 * k + TAG_I);
            }
            d->tag[i] = (uint8_t)(1 + 4 * k + TAG_B);
        }
        end = d->back[i].from[end];
    }
}

void tagger_decode(tagger_decoder *d, const tagger_model *m, uint32_t n)
{
    path_scores p;
    uint32_t i, k;
    for (k = 0; k < MODEL_LABELS; k++)
        p.begun[k] = p.inner[k] = NEVER;
    for (i = 0; i < n; i++)
        step(d, m, &p, i);
    if (n) trace(d, &p, m->head->labels, n);
}
