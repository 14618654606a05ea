/* SPDX-License-Identifier: MIT */
/* plugins/tagger/model.c - see model.h: nothing of a file is believed before its sum is right. */
#include "model.h"

#include <stdio.h>

#include "features.h"

_Static_assert(sizeof(model_row) == 32, "two rows fill a cache line");
_Static_assert(sizeof(model_head) <= MODEL_ROWS_AT, "the head lies before the rows");

const char tagger_magic[8] = "QNTAGGER";

uint64_t tagger_checksum(const char *p, size_t n)
{
    uint64_t h[4] = {1, 2, 3, 4}, w[4];
    size_t i;
    int k;
    for (i = 0; i + sizeof w <= n; i += sizeof w) {
        memcpy(w, p + i, sizeof w);
        for (k = 0; k < 4; k++)
            h[k] = ((h[k] ^ w[k]) * UINT64_C(0x9FB21C651E98DF25)) ^ h[k] >> 31;
    }
    for (; i < n; i++)
        h[0] = (h[0] ^ (unsigned char)p[i]) * UINT64_C(0xD6E8FEB86659FD93);
    return h[0] ^ h[1] << 16 ^ h[1] >> 48 ^ h[2] << 32 ^ h[2] >> 32 ^ h[3] << 48 ^ h[3] >> 16;
}

static const char *check_head(const model_head *h, size_t size, char *words, size_t room)
{
    if (h->format != MODEL_FORMAT)
        snprintf(words, room, "it has format %u, this quern reads format %d", h->format,
                 MODEL_FORMAT);
    else if (h->features != TAGGER_FEATURES)
        snprintf(words, room, "it was trained for features %u, this quern has features %d",
                 h->features, TAGGER_FEATURES);
    else if (h->size != size)
        snprintf(words, room, "it says that it has %llu bytes, but there are %zu: it is not whole",
                 (unsigned long long)h->size, size);
    else
        return NULL;
    return words;
}

static uint64_t genre_size(const model_head *h)
{
    return (uint64_t)h->pairs * 2 * sizeof(model_row) + (UINT64_C(1) << h->sieve_bits >> 3);
}

static int is_power(uint32_t n)
{
    return (n & (n - 1)) == 0;
}

static const char *check_parts(const model_head *h, char *words, size_t room)
{
    const size_t from = offsetof(model_head, labels);
    uint64_t size = MODEL_ROWS_AT;
    uint32_t i;
    if (tagger_checksum((const char *)h + from, h->size - from) != h->checksum)
        return snprintf(words, room, "its checksum is wrong: it was damaged"), words;
    if (h->sieve_bits >= 6 && h->sieve_bits < 32)
        size += h->genres * genre_size(h) + h->clues * UINT64_C(2) +
                h->listed * (uint64_t)sizeof(tagger_listed) +
                h->clusters * (uint64_t)sizeof(tagger_cluster);
    if (size != h->size || h->pairs == 0 || !is_power(h->listed) || !is_power(h->clusters) ||
        !is_power(h->clues) || h->labels == 0 || h->labels > MODEL_LABELS || h->genres == 0 ||
        h->genres > MODEL_GENRES || (h->genres > 1 && (h->clues < 64 || h->genre_span <= 0)) ||
        h->clues % 64 || h->confidence_step == 0)
        return snprintf(words, room, "its parts do not fit together"), words;
    for (i = 0; i < h->labels; i++)
        if (h->label[i][0] == 0 || h->label[i][sizeof h->label[i] - 1])
            return snprintf(words, room, "label %u has no proper name", i + 1), words;
    return NULL;
}

void tagger_steps_read(model_steps *t, const model_manner *h, uint32_t labels)
{
    uint32_t x, k;
    memset(t, 0, sizeof *t);
    for (x = 0; x < FROM_ROWS; x++) {
        t->outside[x] = h->from[x][0];
        for (k = 0; k < MODEL_LANES; k++)
            t->start[x][k] = k < labels ? h->from[x][k + 1] : MODEL_NEVER;
    }
    for (x = 0; x < labels; x++) {
        t->gain[x] = t->outside[x + 1] - t->outside[0];
        for (k = 0; k < labels; k++)
            if (t->start[x + 1][k] - t->start[0][k] > t->gain[x])
                t->gain[x] = t->start[x + 1][k] - t->start[0][k];
        for (k = 0; k < 4; k++)
            t->go_on[k][x] = h->go_on[x][k];
    }
}

static unsigned log2_of(uint32_t n)
{
    unsigned bits = 0;
    for (; n > 1; n /= 2)
        bits++;
    return bits;
}

const char *tagger_model_open(tagger_model *m, qn_str file, char *words, size_t room)
{
    const model_head *h = (const void *)file.p;
    const char *wrong, *at = file.p + MODEL_ROWS_AT;
    uint32_t i;
    if (file.n < MODEL_ROWS_AT || memcmp(file.p, tagger_magic, sizeof tagger_magic) != 0)
        return snprintf(words, room, "it is no model of the tagger"), words;
    wrong = check_head(h, file.n, words, room);
    if (!wrong) wrong = check_parts(h, words, room);
    if (wrong) return wrong;
    memset(m, 0, sizeof *m);
    m->head = h;
    for (i = 0; i < h->genres; i++, at += genre_size(h)) {
        const model_row *row = (const void *)at;
        m->genre[i].row = row;
        m->genre[i].sieve = (const void *)(row + (size_t)h->pairs * 2);
        m->genre[i].pairs = h->pairs;
        m->genre[i].sieve_shift = 64 - h->sieve_bits;
        m->genre[i].confidence = h->manner[i].confidence;
        tagger_steps_read(&m->genre[i].steps, &h->manner[i], h->labels);
    }
    m->clue = (const void *)at;
    m->clue_shift = 32 - log2_of(h->clues);
    m->lists = (tagger_lists){(const void *)(m->clue + h->clues),
                              h->listed,
                              h->place,
                              h->org,
                              h->name,
                              h->title,
                              {NULL, h->clusters}};
    m->lists.clusters.v = (const void *)(m->lists.v + h->listed);
    return NULL;
}
