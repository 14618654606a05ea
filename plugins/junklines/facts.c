/* SPDX-License-Identifier: MIT */
/* plugins/junklines/facts.c - the facts about a line among its neighbours; see model.h. */
#include "facts.h"

#include <stdlib.h>
#include <string.h>

static unsigned distance_class(unsigned n)
{
    static const uint16_t limits[] = {0, 1, 2, 4, 8, 16, 32, 64};
    return step(n, limits, 8); /* 0..8 */
}

bool junklines_sums(struct junklines_doc *d)
{
    size_t need = ((size_t)d->n + 1) * NSUM;
    if (need > d->capsum) {
        float *more = realloc(d->sum, need * sizeof *more);
        if (!more) return false;
        d->sum = more;
        d->capsum = need;
    }
    memset(d->sum, 0, NSUM * sizeof *d->sum);
    for (unsigned i = 0; i < d->n; i++) {
        float *s = d->sum + (size_t)i * NSUM, p = probability(d->v[i].first);
        float c = d->v[i].chars > 400 ? 400.0f : d->v[i].chars;
        s[NSUM + S_PROSE] = s[S_PROSE] + (d->v[i].prose ? 1.0f : 0.0f);
        s[NSUM + S_RULE] = s[S_RULE] + (d->v[i].rule >= 0 ? 1.0f : 0.0f);
        s[NSUM + S_P] = s[S_P] + p;
        s[NSUM + S_PC] = s[S_PC] + p * c;
        s[NSUM + S_C] = s[S_C] + c;
    }
    return true;
}

float junklines_window(const struct junklines_doc *d, unsigned what, unsigned i, unsigned before,
                       unsigned after)
{
    unsigned a = i > before ? i - before : 0, b = d->n - i - 1 > after ? i + after + 1 : d->n;
    return d->sum[(size_t)b * NSUM + what] - d->sum[(size_t)a * NSUM + what];
}

static unsigned tenth(float x)
{
    return x <= 0 ? 0 : x >= 1 ? 10 : (unsigned)(x * 10);
}

unsigned junklines_body(const struct junklines_doc *d, unsigned i)
{
    float total = d->sum[(size_t)d->n * NSUM + S_PROSE],
          before = d->sum[(size_t)i * NSUM + S_PROSE];
    unsigned k = 0;
    if (total == 0) return 20;
    if (before == 0) {
        while (k < 8 && i + k < d->n && !d->v[i + k].prose)
            k++;
        return k;
    }
    if (before + (d->v[i].prose ? 1.0f : 0.0f) >= total && !d->v[i].prose) {
        while (k < 8 && k <= i && !d->v[i - k].prose)
            k++;
        return 9 + k;
    }
    return 18;
}

/* What the line is. */
static unsigned about_itself(const struct junklines_doc *d, const struct junklines_line *l,
                             uint32_t *out)
{
    unsigned n = 0, size = l->size;
    for (unsigned k = 0; k < l->nfacts && k < JUNKLINES_ACTIVE - 64; k++)
        out[n++] = d->fact[l->facts + k];
    out[n++] = fact(BIAS, 0);
    out[n++] = fact(SIZE, size);
    out[n++] = fact(WORDS, l->words);
    out[n++] = fact(STOPS, l->stops);
    out[n++] = fact(CAPS, l->caps);
    out[n++] = fact(ENDING, l->ending);
    out[n++] = fact(RULE, l->rule < 0 ? 0 : 1);
    out[n++] = fact(COPIES, l->copies);
    out[n++] = fact(SIZE_ENDING, size * 10 + l->ending);
    out[n++] = fact(SIZE_CAPS, size * 7 + l->caps);
    out[n++] = fact(WORDS_STOPS, l->words * 7u + l->stops);
    out[n++] = fact(SIZE_COPIES, size * 2 + l->copies);
    return n;
}

/* What the three lines before and behind it are. */
static unsigned about_neighbours(const struct junklines_doc *d, unsigned i, uint32_t *out)
{
    static const int near[] = {-3, -2, -1, 1, 2, 3};
    const struct junklines_line *l = &d->v[i], *prev = i ? l - 1 : NULL;
    const struct junklines_line *next = i + 1 < d->n ? l + 1 : NULL;
    unsigned n = 0;
    for (unsigned k = 0; k < 6; k++) {
        long at = (long)i + near[k];
        bool in = at >= 0 && at < (long)d->n;
        out[n++] = fact(NEAR_SIZE + k, in ? d->v[at].size : 15);
        if (!in) continue;
        out[n++] = fact(NEAR_ENDING + k, d->v[at].ending);
        out[n++] = fact(NEAR_CAPS + k, d->v[at].caps);
        out[n++] = fact(NEAR_RULE + k, d->v[at].rule >= 0);
    }
    out[n++] = fact(SIZE_PREV, l->size * 11u + (prev ? prev->size : 0));
    out[n++] = fact(SIZE_NEXT, l->size * 11u + (next ? next->size : 0));
    out[n++] = fact(SAME_NEXT, next && next->size == l->size && next->caps == l->caps);
    out[n++] = fact(SAME_PREV, prev && prev->size == l->size && prev->caps == l->caps);
    out[n++] = fact(RULES_NEAR, (unsigned)junklines_window(d, S_RULE, i, 4, 4));
    if (prev && prev->words <= 3) out[n++] = lexicon(prev->hash, 14);
    if (next && next->words <= 3) out[n++] = lexicon(next->hash, 15);
    return n;
}

/* Where it stands: in the document, and in its prose. */
static unsigned about_place(const struct junklines_doc *d, unsigned i, uint32_t *out)
{
    const struct junklines_line *l = &d->v[i];
    unsigned n = 0, size = l->size, body = junklines_body(d, i);
    unsigned d5 = (unsigned)junklines_window(d, S_PROSE, i, 5, 5);
    unsigned d15 = (unsigned)junklines_window(d, S_PROSE, i, 15, 15);
    unsigned before = i ? (unsigned)junklines_window(d, S_PROSE, i - 1, 2, 0) : 4;
    unsigned after = i + 1 < d->n ? (unsigned)junklines_window(d, S_PROSE, i + 1, 0, 2) : 4;
    unsigned prose = tenth(d->sum[(size_t)d->n * NSUM + S_PROSE] / (float)d->n * 1.5f);
    out[n++] = fact(FROM_TOP, distance_class(i));
    out[n++] = fact(FROM_BOTTOM, distance_class(d->n - 1 - i));
    out[n++] = fact(BODY, body);
    out[n++] = fact(DENSITY5, d5);
    out[n++] = fact(DENSITY15, d15);
    out[n++] = fact(BEFORE3, before);
    out[n++] = fact(AFTER3, after);
    out[n++] = fact(LINES, distance_class(d->n / 4));
    out[n++] = fact(PROSE, prose);
    out[n++] = fact(SIZE_DENSITY5, size * 11 + (d5 > 10 ? 10 : d5));
    out[n++] = fact(SIZE_DENSITY15, size * 11 + (d15 > 20 ? 10 : d15 / 2));
    out[n++] = fact(SIZE_BODY, size * 11 + (body < 9 ? body / 3 : body < 18 ? 3 + body / 6 : 7));
    out[n++] = fact(SIZE_PROSE, size * 11 + prose);
    out[n++] = fact(ENDING_DENSITY, l->ending * 11u + (d5 > 10 ? 10 : d5));
    out[n++] = fact(SIZE_TOP, size * 9 + distance_class(i));
    out[n++] = fact(CAPS_DENSITY, l->caps * 11u + (d5 > 10 ? 10 : d5));
    out[n++] = fact(STOPS_DENSITY, l->stops * 11u + (d5 > 10 ? 10 : d5));
    return n;
}

unsigned junklines_facts(const struct junklines_doc *d, unsigned i, uint32_t *out)
{
    unsigned n = about_itself(d, &d->v[i], out);
    n += about_neighbours(d, i, out + n);
    return n + about_place(d, i, out + n);
}
