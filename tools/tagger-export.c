/* SPDX-License-Identifier: MIT */
/* tools/tagger-export.c - see tagger-export.h. */
#include "tagger-export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- weights -------------------------------------------------------------------------------- */

typedef struct ranked {
    float norm;
    uint32_t feature;
} ranked;

static int by_norm(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->norm != y->norm ? (x->norm < y->norm ? 1 : -1) : x->feature < y->feature ? -1 : 1;
}

static ranked *rank(const learnt *k)
{
    ranked *r = need(malloc((k->n + 1) * sizeof *r));
    uint32_t i;
    unsigned c;
    for (i = 0; i < k->n; i++) {
        float sum = 0;
        for (c = 0; c < COLS; c++)
            sum += k->w[(size_t)i * COLS + c] * k->w[(size_t)i * COLS + c];
        r[i] = (ranked){sum, i};
    }
    qsort(r, k->n, sizeof *r, by_norm);
    return r;
}

/* Steps per unit such that one weight in ten thousand is cut off. */
static float scale_of_one(const learnt *k)
{
    static uint32_t bin[1 << 16];
    const size_t n = (size_t)k->n * COLS;
    float most = 0;
    size_t i, over = 0, nonzero = 0;
    uint32_t b;
    memset(bin, 0, sizeof bin);
    for (i = 0; i < n; i++)
        if (fabsf(k->w[i]) > most) most = fabsf(k->w[i]);
    for (i = 0; i < n; i++) {
        nonzero += k->w[i] != 0;
        bin[(uint32_t)(fabsf(k->w[i]) / (most + 1e-9f) * 65535)]++;
    }
    for (b = 65535; b > 0 && over + bin[b] < nonzero / 10000; b--)
        over += bin[b];
    return 127 / ((float)(b + 1) / 65535 * most + 1e-9f);
}

/* One for all genres, so that their sums can be mixed. */
static float scale_of(const learnt *genre, uint32_t n)
{
    float least = scale_of_one(&genre[0]);
    uint32_t i;
    for (i = 1; i < n; i++)
        least = fminf(least, scale_of_one(&genre[i]));
    return least;
}

static int8_t rounded(float w)
{
    const float q = nearbyintf(w);
    return (int8_t)(q > 127 ? 127 : q < -127 ? -127 : q);
}

static int16_t rounded16(float w)
{
    const float q = nearbyintf(w);
    return (int16_t)(q > 30000 ? 30000 : q < -30000 ? -30000 : q);
}

/* Fills in the rows and the sieve of a genre. */
static uint32_t place_rows(const learnt *k, model_row *row, uint64_t *sieve, uint32_t pairs,
                           unsigned sieve_bits, float scale)
{
    uint8_t *used = need(calloc(pairs, 1));
    ranked *r = rank(k);
    uint32_t i, kept = 0;
    unsigned c, any;
    for (i = 0; i < k->n; i++) {
        const uint64_t hash = k->feature[r[i].feature];
        const uint32_t at = tagger_pair_number(hash, pairs);
        const uint64_t bit = tagger_sieve_bit(at, (uint16_t)hash, 64 - sieve_bits);
        const float *w = k->w + (size_t)r[i].feature * COLS;
        model_row *to = &row[at * 2 + used[at]];
        if (used[at] == 2 || (used[at] == 1 && to[-1].check == (uint16_t)hash)) continue;
        for (c = any = 0; c < COLS; c++)
            any |= (to->w[c] = rounded(w[c] * scale)) != 0;
        if (!any) continue;
        to->check = (uint16_t)hash;
        sieve[bit >> 6] |= UINT64_C(1) << (bit & 63);
        used[at]++;
        kept++;
    }
    free(r);
    free(used);
    return kept;
}

static void set_sum(model_head *h)
{
    const size_t from = offsetof(model_head, labels);
    h->checksum = tagger_checksum((const char *)h + from, h->size - from);
}

static void fill_manner(model_manner *m, const learnt *k, float scale)
{
    unsigned i, j;
    for (i = 0; i < FROM_ROWS; i++)
        for (j = 0; j < TO_ROOM; j++)
            m->from[i][j] = rounded16(k->from[i][j] * scale);
    for (i = 0; i < MODEL_LABELS; i++)
        for (j = 0; j < 4; j++)
            m->go_on[i][j] = rounded16(k->go_on[i][j] * scale);
}

/* About ten bits for each row. */
static unsigned sieve_bits(uint32_t pairs)
{
    unsigned bits = 6;
    while (bits < 28 && (UINT64_C(1) << bits) < (uint64_t)pairs * 12)
        bits++;
    return bits;
}

static void fill_head(model_head *h, const export_parts *e, size_t size)
{
    unsigned i;
    memcpy(h->magic, tagger_magic, sizeof h->magic);
    h->format = MODEL_FORMAT;
    h->features = TAGGER_FEATURES;
    h->size = size;
    h->labels = MODEL_LABELS;
    h->genres = e->genres;
    h->pairs = e->pairs;
    h->sieve_bits = sieve_bits(e->pairs);
    h->listed = e->lists->size;
    h->clusters = e->lists->clusters.size;
    h->place = e->lists->place;
    h->org = e->lists->org;
    h->name = e->lists->name;
    h->title = e->lists->title;
    h->confidence_step = 16;
    for (i = 0; i < MODEL_LABELS; i++)
        snprintf(h->label[i], sizeof h->label[i], "%s", corpus_label[i]);
    snprintf(h->made_from, sizeof h->made_from, "%s", e->made_from);
}

qn_str export_model(const export_parts *e)
{
    const size_t rows = (size_t)e->pairs * 2 * sizeof(model_row);
    const size_t sieve = (size_t)1 << sieve_bits(e->pairs) >> 3;
    const size_t clues = e->genres > 1 ? sizeof e->clues->clue : 0,
                 listed = e->lists->size * sizeof *e->lists->v,
                 clusters = e->lists->clusters.size * sizeof *e->lists->clusters.v;
    const size_t size = MODEL_ROWS_AT + e->genres * (rows + sieve) + clues + listed + clusters;
    char *file = need(aligned_alloc(64, (size + 63) / 64 * 64)), *at = file + MODEL_ROWS_AT;
    model_head *h = (void *)file;
    const float scale = scale_of(e->genre, e->genres);
    unsigned i;
    memset(file, 0, size);
    fill_head(h, e, size);
    for (i = 0; i < e->genres; i++, at += rows + sieve) {
        const learnt *k = &e->genre[i];
        const uint32_t kept =
            place_rows(k, (model_row *)(void *)at, (uint64_t *)(void *)(at + rows), e->pairs,
                       h->sieve_bits, scale);
        fill_manner(&h->manner[i], k, scale);
        fprintf(stderr, "%u of %u features kept, %.1f steps a unit\n", kept, k->n, (double)scale);
    }
    if (clues) {
        h->clues = CLUES;
        h->genre_bias = e->clues->bias;
        h->genre_span = e->clues->span;
        memcpy(at, e->clues->clue, clues);
    }
    if (listed) memcpy(at + clues, e->lists->v, listed);
    if (clusters) memcpy(at + clues + listed, e->lists->clusters.v, clusters);
    fprintf(stderr, "%zu bytes\n", size);
    set_sum(h);
    return (qn_str){file, size};
}

/* ---- confidence ----------------------------------------------------------------------------- */

static int is_gold(const corpus_doc *d, const qn_span *s)
{
    uint32_t i;
    for (i = 0; i < d->ngold; i++)
        if (d->gold[i].beg == s->beg && d->gold[i].end == s->end &&
            (d->gold[i].data >> s->label & 1))
            return 1;
    return 0;
}

/* The middle of the table is 0. */
static double probability(double a, double b, int bin)
{
    return 1 / (1 + exp(-(a + b * (bin - CONFIDENCES / 2) / CONFIDENCES)));
}

/* Logistic regression on the bins of the margin; far fewer numbers than weights of a model, so
 * plain gradient ascent with a small L2 will do. */
static void fit(const uint32_t *right, const uint32_t *all, double *a, double *b)
{
    double n = 1;
    int round, i;
    for (i = 0; i < CONFIDENCES; i++)
        n += all[i];
    *a = *b = 0;
    for (round = 0; round < 20000; round++) {
        double ga = -*a * 0.1, gb = -*b * 0.1;
        for (i = 0; i < CONFIDENCES; i++) {
            const double miss = right[i] - probability(*a, *b, i) * all[i];
            ga += miss;
            gb += miss * (i - CONFIDENCES / 2) / CONFIDENCES;
        }
        *a += 2 * ga / n;
        *b += 2 * gb / n;
    }
}

/* The table of one genre, by the documents held out that are more of it than of the other. */
static void fit_genre(tagger_model *m, const corpus *c, model_head *h, uint32_t genre)
{
    uint32_t right[CONFIDENCES] = {0}, all[CONFIDENCES] = {0}, i, k;
    tagger_work work = {0};
    double a, b;
    for (i = 0; i < c->n; i++) {
        const corpus_doc *d = &c->v[i];
        if (!d->held) continue;
        if (tagger_tag(&work, m, (qn_str){d->text, d->n}, &d->tokens, &d->sents)) need(NULL);
        if ((tagger_genre_share(m, &work.words) * 2 > GENRE_SHARES) != genre) continue;
        for (k = 0; k < work.n; k++) {
            if (d->set->unknown >> work.name[k].label & 1) continue;
            all[work.name[k].data]++;
            right[work.name[k].data] += (uint32_t)is_gold(d, &work.name[k]);
        }
    }
    fit(right, all, &a, &b);
    for (i = 0; i < CONFIDENCES; i++) {
        h->manner[genre].confidence[i] = (uint16_t)lround(65535 * probability(a, b, (int)i));
        if (all[i])
            fprintf(stderr, "genre %u, margin %2u: %u of %u, %.2f\n", genre, i, right[i], all[i],
                    h->manner[genre].confidence[i] / 65535.);
    }
    tagger_work_free(&work);
}

void export_confidence(qn_str file, const corpus *c)
{
    model_head *h = (model_head *)(uintptr_t)file.p, made;
    uint32_t i, g;
    tagger_model m;
    char words[200];
    for (g = 0; g < h->genres; g++)
        for (i = 0; i < CONFIDENCES; i++)
            h->manner[g].confidence[i] = (uint16_t)i;
    set_sum(h);
    if (tagger_model_open(&m, file, words, sizeof words)) die(words, "the model just made");
    made = *h;
    for (g = 0; g < h->genres; g++)
        fit_genre(&m, c, &made, g);
    *h = made;
    set_sum(h);
}
