/* SPDX-License-Identifier: MIT */
/* plugins/values/vocab.c - see vocab.h. The table is fixed when the program is built, so that no
 * document can choose what collides in it. */
#include "vocab.h"

/* The word in small letters, padded with zeros. */
struct key {
    uint64_t a, b;
};

static struct key key_of(const char *p, uint32_t n)
{
    char low[16] = {0};
    struct key k;
    uint32_t i;
    for (i = 0; i < n; i++)
        low[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] | 0x20) : p[i];
    memcpy(&k.a, low, 8);
    memcpy(&k.b, low + 8, 8);
    return k;
}

static uint64_t hash_of(struct key k)
{
    uint64_t h = (k.a ^ (k.b * UINT64_C(0x9E3779B97F4A7C15))) * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ (h >> 32);
}

static uint32_t slot_of(uint64_t h)
{
    return (uint32_t)(h >> 40) & (VOCAB_SLOTS - 1);
}

void values_vocab_init(values_vocab *v)
{
    size_t i;
    for (i = 0; i < values_nwords; i++) {
        const char *w = values_words[i].word;
        const uint64_t h = hash_of(key_of(w, (uint32_t)strlen(w)));
        uint32_t at = slot_of(h);
        while (v->slot[at].entry)
            at = (at + 1) & (VOCAB_SLOTS - 1);
        v->slot[at] = (struct values_slot){(uint32_t)h, (uint32_t)i + 1};
    }
}

const values_entry *values_vocab_find(const values_vocab *v, const char *p, uint32_t n)
{
    struct key k, found;
    uint64_t h;
    uint32_t at;
    if (n == 0 || n > VOCAB_LONGEST) return NULL;
    k = key_of(p, n);
    h = hash_of(k);
    for (at = slot_of(h); v->slot[at].entry; at = (at + 1) & (VOCAB_SLOTS - 1)) {
        const values_entry *e = &values_words[v->slot[at].entry - 1];
        if (v->slot[at].check != (uint32_t)h) continue;
        found = key_of(e->word, (uint32_t)strlen(e->word));
        if (found.a == k.a && found.b == k.b) return e;
    }
    return NULL;
}
