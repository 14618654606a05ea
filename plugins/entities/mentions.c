/* SPDX-License-Identifier: MIT */
/* plugins/entities/mentions.c - see mentions.h. */
#include "mentions.h"

#include <stdlib.h>

/* A word that stands for a name of the document. */
struct known {
    uint64_t hash;
    uint8_t label;
};

static int by_hash(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->label < y->label ? -1 : x->label > y->label;
}

/* "(CSIS)" behind a name: the acronym is the name's. */
static int acronym_behind(const words *w, const answer *a)
{
    uint32_t k = a->first + a->n;
    return k + 2 < w->n && w->v[k].n == 1 && w->v[k].p[0] == '(' &&
           (w->v[k + 1].flags & WORD_CAPS) && w->v[k + 2].n == 1 && w->v[k + 2].p[0] == ')';
}

static uint32_t collect(const words *w, struct known *known)
{
    uint32_t i, n = 0;
    for (i = 0; i < w->nanswer; i++) {
        const answer *a = &w->answer[i];
        const word *last = &w->v[a->first + a->n - 1];
        if (a->label == LEX_PERSON && a->rank > RANK_GUESS && (last->flags & WORD_CAP)) {
            known[n].hash = last->hash;
            known[n++].label = LEX_PERSON;
        }
        if (a->label < LEX_LABELS && a->rank > RANK_GUESS && acronym_behind(w, a)) {
            known[n].hash = w->v[a->first + a->n + 1].hash;
            known[n++].label = a->label;
        }
    }
    return n;
}

static int is_direction(const word *x)
{
    return word_is(x, "north") || word_is(x, "south") || word_is(x, "east") || word_is(x, "west");
}

/* "the North" where the document tells of "North Korea". */
static void find_halves(words *w)
{
    uint32_t i, k, n = w->nanswer;
    uint64_t half[4];
    uint32_t nhalf = 0;
    for (i = 0; i < n && nhalf < 4; i++) {
        const word *first = &w->v[w->answer[i].first];
        if (w->answer[i].label != LEX_GPE || w->answer[i].n != 2 || !is_direction(first)) continue;
        for (k = 0; k < nhalf && half[k] != first->hash; k++) {
        }
        if (k == nhalf) half[nhalf++] = first->hash;
    }
    for (i = 1; nhalf && i < w->n; i++) {
        const word *x = &w->v[i];
        if (!(x->flags & WORD_CAP) || !is_direction(x) || (w->v[i + 1].flags & WORD_CAP) ||
            !word_is(&w->v[i - 1], "the"))
            continue;
        for (k = 0; k < nhalf; k++)
            if (half[k] == x->hash) words_answer(w, i, 1, LEX_GPE, RANK_MENTION);
    }
}

/* Words of longer names: a surname known from elsewhere must not break the name it stands in. */
static void mark_longer(const words *w, char *inside)
{
    uint32_t i;
    for (i = 0; i < w->nanswer; i++)
        if (w->answer[i].n > 1) memset(inside + w->answer[i].first, 1, w->answer[i].n);
}

/* "Saint-Fleur": half of another name. */
static int hyphenated(const words *w, uint32_t i)
{
    const word *next = &w->v[i + 1];
    return (i > 0 && word_is(&w->v[i - 1], "-") && !(w->v[i].flags & WORD_SPACE)) ||
           (word_is(next, "-") && !(next->flags & WORD_SPACE));
}

static const struct known *look_up(const struct known *known, uint32_t n, uint64_t hash)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (known[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && known[lo].hash == hash ? &known[lo] : NULL;
}

void mentions_find(words *w)
{
    struct known *known = calloc(2 * (size_t)w->nanswer + 1, sizeof *known);
    char *inside = calloc((size_t)w->n + 1, 1);
    uint32_t i, n;
    if (known && inside) {
        n = collect(w, known);
        if (n) qsort(known, n, sizeof *known, by_hash);
        mark_longer(w, inside);
        for (i = 0; n && i < w->n; i++) {
            const struct known *k = NULL;
            if ((w->v[i].flags & WORD_CAP) && !inside[i] && !hyphenated(w, i))
                k = look_up(known, n, w->v[i].hash);
            if (k) words_answer(w, i, 1, k->label, RANK_MENTION);
        }
        find_halves(w);
    } else {
        w->no_memory = 1;
    }
    free(inside);
    free(known);
}
