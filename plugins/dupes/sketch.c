/* SPDX-License-Identifier: MIT */
/* plugins/dupes/sketch.c - fast similarity sketching (Dahlgaard, Knudsen, Thorup 2017): instead of
 * 128 hashes for each shingle, one that names its bin; the rounds go on until no bin is empty. The
 * work is linear in the words, and the estimate as good as MinHash's. */
#include "sketch.h"

#include <stdlib.h>
#include <string.h>

#include "text/chars.h"

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    x = (x ^ x >> 32) * 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

/* Scripts without blanks between words: each character counts as a word. */
static int word_alone(uint32_t cp)
{
    return cp >= 0x2E80 || (cp >= 0x0E00 && cp < 0x0F00) || (cp >= 0x1000 && cp < 0x10A0) ||
           (cp >= 0x1780 && cp < 0x1800);
}

/* The next word at or behind *at as a hash, lower case; 0: no more. */
static uint64_t next_word(const char *p, size_t n, size_t *at)
{
    uint64_t h = 0;
    unsigned len;
    while (*at < n) {
        uint32_t cp = qn_char_get(p + *at, &len);
        int class = qn_char_class(cp);
        if (class < QN_CH_LOWER || class == QN_CH_PUNCT) {
            *at += len;
            if (h) return mix(h);
            continue;
        }
        if (h && word_alone(cp)) return mix(h);
        h = (qn_char_fold(cp) + (h ? h : 0x9E3779B97F4A7C15u)) * 0xff51afd7ed558ccdu;
        h ^= h >> 29;
        h |= !h;
        *at += len;
        if (word_alone(cp)) return mix(h);
    }
    return h ? mix(h) : 0;
}

static int add(struct dupes_shingles *s, uint64_t shingle)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        uint64_t *v = realloc(s->v, cap * sizeof *v);
        if (!v) return 0;
        s->v = v;
        s->cap = cap;
    }
    s->v[s->n++] = shingle;
    return 1;
}

/* Every run of five words; a text of fewer is one shingle. */
static int shingles(struct dupes_shingles *s, const char *p, size_t n)
{
    uint64_t word[DUPES_SHINGLE] = {0}, h, w;
    size_t at = 0, words = 0, k;
    s->n = 0;
    while ((w = next_word(p, n, &at)) != 0) {
        word[words++ % DUPES_SHINGLE] = w;
        if (words < DUPES_SHINGLE) continue;
        for (h = k = 0; k < DUPES_SHINGLE; k++)
            h = h * 0x9E3779B97F4A7C15u + word[(words + k) % DUPES_SHINGLE];
        if (!add(s, mix(h))) return -1;
    }
    if (!words) return 0;
    if (words >= DUPES_SHINGLE) return 1;
    for (h = k = 0; k < words; k++)
        h = h * 0x9E3779B97F4A7C15u + word[k];
    return add(s, mix(h)) ? 1 : -1;
}

int dupes_sketch(struct dupes_shingles *scratch, const char *p, size_t n, uint32_t *out)
{
    uint64_t round, best[DUPES_SKETCH];
    size_t i, left = DUPES_SKETCH, k;
    int got = shingles(scratch, p, n);
    if (got <= 0) return got;
    for (k = 0; k < DUPES_SKETCH; k++)
        best[k] = UINT64_MAX;
    for (round = 0; left && round < 2 * DUPES_SKETCH; round++) {
        for (i = 0; i < scratch->n; i++) {
            uint64_t h = mix(scratch->v[i] + round * 0x9E3779B97F4A7C15u);
            size_t bin = round < DUPES_SKETCH ? h % DUPES_SKETCH : round - DUPES_SKETCH;
            uint64_t value = round << 32 | h >> 32;
            if (value < best[bin]) best[bin] = value;
        }
        for (left = k = 0; k < DUPES_SKETCH; k++)
            left += best[k] == UINT64_MAX;
    }
    for (k = 0; k < DUPES_SKETCH; k++)
        out[k] = (uint32_t)mix(best[k]);
    return 1;
}

double dupes_similarity(const uint32_t *a, const uint32_t *b)
{
    unsigned same = 0, k;
    for (k = 0; k < DUPES_SKETCH; k++)
        same += a[k] == b[k];
    return (double)same / DUPES_SKETCH;
}
