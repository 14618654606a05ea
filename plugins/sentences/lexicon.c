/* SPDX-License-Identifier: MIT */
/* plugins/sentences/lexicon.c - see lexicon.h. */
#include "lexicon.h"

#include "text/chars.h"

#include <stdlib.h>
#include <string.h>

void sentences_key_char(word_key *k, const char *p, uint32_t cp, unsigned len)
{
    uint32_t low = qn_char_fold(cp);
    unsigned i;
    if (low < 0x80) {
        sentences_key_byte(k, low);
    } else if (cp == 0x2019) {
        sentences_key_byte(k, '\'');
    } else if (low < 0x800) {
        sentences_key_byte(k, 0xC0 | low >> 6);
        sentences_key_byte(k, 0x80 | (low & 0x3F));
    } else {
        for (i = 0; i < len; i++)
            sentences_key_byte(k, (unsigned char)p[i]);
    }
}

uint32_t sentences_word_key(const char *word, size_t n)
{
    word_key key = WORD_KEY_START;
    size_t i = 0;
    unsigned len;
    for (; i < n; i += len) {
        uint32_t cp = qn_char_get(word + i, &len);
        sentences_key_char(&key, word + i, cp, len);
    }
    return sentences_key_end(&key);
}

const lexicon_table *sentences_find_lexicon(const char *language)
{
    const lexicon_table *t;
    for (t = sentences_lexicons; t->language; t++)
        if (strcmp(t->language, language) == 0) return t;
    return NULL;
}

static int is_extra(const sentences_lexicon *lex, uint32_t key)
{
    size_t lo = 0, hi = lex->nextra;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (lex->extra[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < lex->nextra && lex->extra[lo] == key;
}

unsigned sentences_lookup(const sentences_lexicon *lex, uint32_t key, int capital)
{
    unsigned extra = lex->nextra && is_extra(lex, key) ? LEX_EXTRA : 0, flags;
    uint32_t at = key & lex->table->mask;
    while (lex->table->slot[at].flags) {
        if (lex->table->slot[at].key == key) {
            flags = lex->table->slot[at].flags;
            if (flags & LEX_CASED) flags = capital ? flags & ~(unsigned)LEX_CASED : 0;
            return flags | extra;
        }
        at = (at + 1) & lex->table->mask;
    }
    return extra;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int sentences_add_words(sentences_lexicon *lex, const char *const *words, size_t n)
{
    size_t i, len;
    lex->extra = n ? malloc(n * sizeof *lex->extra) : NULL;
    lex->nextra = 0;
    if (n && !lex->extra) return -1;
    for (i = 0; i < n; i++) {
        for (len = strlen(words[i]); len && words[i][len - 1] == '.';)
            len--;
        lex->extra[i] = sentences_word_key(words[i], len);
    }
    lex->nextra = n;
    if (n) qsort(lex->extra, n, sizeof *lex->extra, by_value);
    return 0;
}

void sentences_free_words(sentences_lexicon *lex)
{
    free(lex->extra);
    lex->extra = NULL;
    lex->nextra = 0;
}
