/* SPDX-License-Identifier: MIT */
/* plugins/tagger/tag.c - see tag.h. */
#include "tag.h"

#include <stdlib.h>

void tagger_work_free(tagger_work *w)
{
    tagger_words_free(&w->words);
    free(w->name);
    w->name = NULL;
    w->n = w->cap = 0;
}

int32_t tagger_margin(const tagger_decoder *d, uint32_t beg, uint32_t end, uint32_t label,
                      uint32_t labels)
{
    int32_t sum = 0;
    uint32_t i, k;
    for (i = beg; i < end; i++) {
        const int16_t *s = d->sums[i].v;
        const uint32_t col = i == beg ? COL_BEGIN : COL_INSIDE;
        int16_t part = s[COL_B], other;
        for (k = COL_I; k <= COL_U; k++)
            if (s[k] > part) part = s[k];
        other = (int16_t)(s[COL_O] - part);
        for (k = 0; k < labels; k++)
            if (k != label && s[col + k] > other) other = s[col + k];
        sum += s[col + label] - other;
    }
    return sum / (int32_t)(end - beg);
}

static uint32_t confidence(const uint16_t *table, int32_t step, int32_t margin)
{
    int32_t at = margin / step + CONFIDENCES / 4;
    if (margin < 0) at--;
    if (at < 0) at = 0;
    if (at >= CONFIDENCES) at = CONFIDENCES - 1;
    return table[at];
}

/* Words that follow a name and a hyphen without being part of the name: "Maria Berg-led". */
static int follows_name(const char *p, uint32_t n)
{
    static const char words[] =
        " led run born era like style type free wide held made built owned based backed bound ";
    char padded[8] = " ";
    if (n < 2 || n > 5 || memcmp(p + n - 2, "ed", 2) == 0) return 1;
    memcpy(padded + 1, p, n);
    padded[n + 1] = ' ';
    return strstr(words, padded) != NULL;
}

/* "-ho" of "Lee Sang-ho" at token i of a piece of n: its parts are tokens, and no other name's. */
static int goes_on(const tagger_work *w, const tagger_word *v, uint32_t i, uint32_t n,
                   const char *text)
{
    const uint8_t *tag = w->decoder.tag;
    return i + 1 < n && !tag[i] && !tag[i + 1] && text[v[i].beg] == '-' &&
           v[i].beg + 1 == v[i].end && !((v[i - 1].flags | v[i].flags) & WORD_SPACE) &&
           (v[i + 1].shape & SHAPE_MASK) == SHAPE_LOWER &&
           !follows_name(text + v[i + 1].beg, v[i + 1].end - v[i + 1].beg);
}

/* A person's name begins behind the titles that some sets of data count in, and goes on behind a
 * hyphen. */
static void fit_person(const tagger_work *w, const tagger_word *v, uint32_t n, const char *text,
                       uint32_t title, uint32_t *beg, uint32_t *end)
{
    while (*beg + 1 < *end && (v[*beg].alone & title))
        ++*beg;
    if (*end - *beg > 1 && goes_on(w, v, *end, n, text)) *end += 2;
}

static int add_name(tagger_work *w, const tagger_model *m, const tagger_word *v, uint32_t beg,
                    uint32_t end, uint32_t label, int32_t margin)
{
    if (w->n == w->cap) {
        const uint32_t cap = w->cap ? w->cap * 2 : 256;
        void *p = realloc(w->name, cap * sizeof *w->name);
        if (!p) return 0;
        w->name = p;
        w->cap = cap;
    }
    w->name[w->n++] =
        (qn_span){v[beg].beg, v[end - 1].end, (qn_name)label, 0,
                  confidence(w->blend.confidence, (int32_t)m->head->confidence_step, margin)};
    return 1;
}

/* The names in the tags of the n tokens of a piece. */
static int read_tags(tagger_work *w, const tagger_model *m, const tagger_word *v, uint32_t n,
                     const char *text)
{
    const uint8_t *tag = w->decoder.tag;
    uint32_t i, beg = 0, end;
    for (i = 0; i < n; i++) {
        const uint32_t part = (tag[i] - 1u) & 3, label = (tag[i] - 1u) / 4;
        int32_t margin;
        if (tag[i] == 0) continue;
        if (part == TAG_B || part == TAG_U) beg = i;
        if (part != TAG_L && part != TAG_U) continue;
        end = i + 1;
        margin = tagger_margin(&w->decoder, beg, end, label, m->head->labels);
        if (strcmp(m->head->label[label], "PERSON") == 0)
            fit_person(w, v, n, text, m->lists.title, &beg, &end);
        if (!add_name(w, m, v, beg, end, label, margin)) return 0;
    }
    return 1;
}

/* The features of a token that may have a row, in one genre. */
typedef struct sifted {
    uint64_t feature[FEATURES_MAX];
    unsigned n;
} sifted;

static inline void sift(const tagger_genre *g, sifted *s, unsigned n)
{
    s->n = tagger_sift(g, s->feature, n);
    tagger_prefetch(g, s->feature, s->n);
}

static inline void find_features(const tagger_work *w, uint32_t i, uint32_t beg, uint32_t end,
                                 sifted *s)
{
    const unsigned n = tagger_features(&w->words, i, beg, end, s[0].feature);
    if (w->blend.share) {
        memcpy(s[1].feature, s[0].feature, n * sizeof s[0].feature[0]);
        sift(w->blend.second, &s[1], n);
    }
    sift(w->blend.first, &s[0], n);
}

static inline void sum_features(const tagger_blend *b, const sifted *s, tagger_sums *out)
{
    tagger_sums second;
    unsigned k;
    tagger_sum(b->first, s[0].feature, s[0].n, out);
    if (b->share == 0) return;
    tagger_sum(b->second, s[1].feature, s[1].n, &second);
    for (k = 0; k < COLS; k++)
        out->v[k] = (int16_t)tagger_between(out->v[k], second.v[k], b->share);
}

/* While a token's rows are on their way from memory, those of the one before are summed. */
static void sum_piece(tagger_work *w, uint32_t piece, uint32_t n, uint32_t beg, uint32_t end)
{
    sifted token[2][MODEL_GENRES];
    uint32_t i;
    for (i = 0; i < n; i++) {
        find_features(w, piece + i, beg, end, token[i & 1]);
        if (i) sum_features(&w->blend, token[~i & 1], &w->decoder.sums[i - 1]);
    }
    if (n) sum_features(&w->blend, token[~n & 1], &w->decoder.sums[n - 1]);
}

qn_status tagger_tag(tagger_work *w, const tagger_model *m, qn_str text, const qn_layer *tokens,
                     const qn_layer *sents)
{
    uint32_t s, at, n;
    w->n = 0;
    if (tagger_words_read(&w->words, text, tokens, sents, &m->lists) != QN_OK) return QN_E_NOMEM;
    tagger_blend_make(&w->blend, m, tagger_genre_share(m, &w->words));
    for (s = 0; s < w->words.nsent; s++) {
        const uint32_t beg = w->words.sent[s], end = w->words.sent[s + 1];
        for (at = beg; at < end; at += n) {
            n = end - at < DECODE_TOKENS ? end - at : DECODE_TOKENS;
            sum_piece(w, at, n, beg, end);
            tagger_decode(&w->decoder, &w->blend.steps, n);
            if (!read_tags(w, m, w->words.v + at, n, text.p)) return QN_E_NOMEM;
        }
    }
    return QN_OK;
}
