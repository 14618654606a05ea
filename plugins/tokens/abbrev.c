/* SPDX-License-Identifier: MIT */
/* plugins/tokens/abbrev.c - see abbrev.h. */
#include "abbrev.h"

#include "text/chars.h"

#include <stdlib.h>
#include <string.h>

static uint32_t word_key(const char *word, size_t n)
{
    uint32_t key = UINT32_C(0x811C9DC5), prime = UINT32_C(0x01000193);
    size_t i = 0, k;
    unsigned len;
    for (; i < n; i += len) {
        unsigned char c = (unsigned char)word[i];
        uint32_t low;
        if (c < 0x80) {
            key = (key ^ (c | (c >= 'A' && c <= 'Z' ? 0x20u : 0))) * prime;
            len = 1;
            continue;
        }
        low = qn_char_fold(qn_char_get(word + i, &len));
        if (low < 0x80) {
            key = (key ^ low) * prime;
        } else if (low < 0x800) {
            key = (key ^ (0xC0 | low >> 6)) * prime;
            key = (key ^ (0x80 | (low & 0x3F))) * prime;
        } else {
            for (k = 0; k < len; k++)
                key = (key ^ (unsigned char)word[i + k]) * prime;
        }
    }
    return key;
}

const abbrev_table *tokens_find_abbrevs(const char *language)
{
    const abbrev_table *t;
    for (t = tokens_abbrevs; t->language; t++)
        if (strcmp(t->language, language) == 0) return t;
    return NULL;
}

unsigned tokens_abbrev(const abbrev_table *t, const char *word, size_t n)
{
    uint32_t key = word_key(word, n), at = key & t->mask;
    unsigned len;
    for (; t->slot[at].flags; at = (at + 1) & t->mask) {
        unsigned flags = t->slot[at].flags;
        if (t->slot[at].key != key) continue;
        if ((flags & ABBREV_CASED) && n && qn_char_class(qn_char_get(word, &len)) != QN_CH_UPPER)
            return 0;
        return flags & ~(unsigned)ABBREV_CASED;
    }
    return 0;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int tokens_add_words(abbrev_extra *extra, const char *const *words, size_t n)
{
    size_t i, len;
    extra->key = n ? malloc(n * sizeof *extra->key) : NULL;
    extra->n = 0;
    if (n && !extra->key) return -1;
    for (i = 0; i < n; i++) {
        for (len = strlen(words[i]); len && words[i][len - 1] == '.';)
            len--;
        extra->key[i] = word_key(words[i], len);
    }
    extra->n = n;
    if (n) qsort(extra->key, n, sizeof *extra->key, by_value);
    return 0;
}

int tokens_is_extra(const abbrev_extra *extra, const char *word, size_t n)
{
    uint32_t key;
    if (!extra->n) return 0;
    key = word_key(word, n);
    return bsearch(&key, extra->key, extra->n, sizeof key, by_value) != NULL;
}
