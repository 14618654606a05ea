/* SPDX-License-Identifier: MIT */
/* plugins/sentences/lexicon.h - what is known of single words: abbreviations by class, words that
 * start sentences, names that end in "!". Tables are made by tools/make-lexicon.py. */
#ifndef SENTENCES_LEXICON_H
#define SENTENCES_LEXICON_H
#include <stddef.h>
#include <stdint.h>

enum {
    LEX_TITLE = 1,       /* Mr, Gen: before a name */
    LEX_NUMBER = 2,      /* no, vol: before a number */
    LEX_MONTH = 4,       /* Jan, Mon: before a number */
    LEX_INNER = 8,       /* e.g: never ends a sentence */
    LEX_END = 16,        /* Inc, U.S, a.m: may end one */
    LEX_BRAND = 32,      /* Yahoo: the "!" is part of the name */
    LEX_STARTER = 64,    /* The, However: starts a sentence after an abbreviation */
    LEX_CASED = 128,     /* in a table: counts only with a capital */
    LEX_EXTRA = 256,     /* given by the operator */
    LEX_TIME = 512,      /* a.m: which kind of LEX_END */
    LEX_DEGREE = 1024,   /* Ph.D */
    LEX_PLACE = 2048,    /* U.S, Calif */
    LEX_FOLLOWER = 4096, /* Navy, Chairman: goes on a name after its abbreviation */
    LEX_WHEN = 8192,     /* Monday, EST: goes on an hour */
    LEX_COMPANY = 16384  /* Inc: as LEX_TIME */
};
#define LEX_ABBREVIATION (LEX_TITLE | LEX_NUMBER | LEX_MONTH | LEX_INNER | LEX_END | LEX_EXTRA)

typedef struct lexicon_slot {
    uint32_t key;
    uint16_t flags; /* 0: the slot is free */
} lexicon_slot;

typedef struct lexicon_table {
    const char *language;
    const lexicon_slot *slot;
    uint32_t mask;
} lexicon_table;

extern const lexicon_table sentences_lexicons[];

typedef struct sentences_lexicon {
    const lexicon_table *table;
    uint32_t *extra; /* sorted keys of the operator's words */
    size_t nextra;
} sentences_lexicon;

/* A word's key: its bytes, folded to lower case, mixed eight at a time. */
typedef struct word_key {
    uint64_t hash, part;
    unsigned n;
} word_key;
#define WORD_KEY_START                                                                             \
    {                                                                                              \
        UINT64_C(0x811C9DC5), 0, 0                                                                 \
    }

static inline uint64_t sentences_key_mix(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static inline void sentences_key_byte(word_key *k, unsigned byte)
{
    k->part |= (uint64_t)byte << (8 * (k->n & 7));
    if (++k->n & 7) return;
    k->hash = sentences_key_mix(k->hash, k->part);
    k->part = 0;
}

static inline uint32_t sentences_key_end(const word_key *k)
{
    return (uint32_t)(k->n & 7 ? sentences_key_mix(k->hash, k->part) : k->hash);
}

/* The key of a folded word of 1 to 16 bytes: its first eight and the rest, the first byte lowest,
 * zero behind its end. */
static inline uint32_t sentences_key_letters(uint64_t first, uint64_t rest, uint32_t n)
{
    word_key start = WORD_KEY_START;
    uint64_t hash = sentences_key_mix(start.hash, first);
    return (uint32_t)(n > 8 ? sentences_key_mix(hash, rest) : hash);
}

/* Adds one character, cp, of `len` bytes at p. */
void sentences_key_char(word_key *k, const char *p, uint32_t cp, unsigned len);

/* The key of a whole word: its letters folded to lower case. */
uint32_t sentences_word_key(const char *word, size_t n);

/* The table of a language ("en"), or NULL. */
const lexicon_table *sentences_find_lexicon(const char *language);

/* LEX_ bits of the word with this key, which the text has with a capital or not. */
unsigned sentences_lookup(const sentences_lexicon *lex, uint32_t key, int capital);

/* Takes the operator's words (final stops are ignored). 0, or -1 without memory. */
int sentences_add_words(sentences_lexicon *lex, const char *const *words, size_t n);
void sentences_free_words(sentences_lexicon *lex);
#endif
