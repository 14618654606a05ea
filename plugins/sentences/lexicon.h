/* SPDX-License-Identifier: MIT */
/* plugins/sentences/lexicon.h - what is known of single words: abbreviations by class, words that
 * start sentences, names that end in "!". Tables are made by tools/make-lexicon.py. */
#ifndef SENTENCES_LEXICON_H
#define SENTENCES_LEXICON_H
#include <stddef.h>
#include <stdint.h>

enum {
    LEX_TITLE = 1,    /* Mr, Gen: before a name */
    LEX_NUMBER = 2,   /* no, vol: before a number */
    LEX_MONTH = 4,    /* Jan, Mon: before a number */
    LEX_INNER = 8,    /* e.g: never ends a sentence */
    LEX_END = 16,     /* Inc, U.S, a.m: may end one */
    LEX_BRAND = 32,   /* Yahoo: the "!" is part of the name */
    LEX_STARTER = 64, /* The, However: starts a sentence after an abbreviation */
    LEX_CASED = 128,  /* in a table: counts only with a capital */
    LEX_EXTRA = 256   /* given by the operator */
};
#define LEX_ABBREVIATION (LEX_TITLE | LEX_NUMBER | LEX_MONTH | LEX_INNER | LEX_END | LEX_EXTRA)

#define LEXICON_SEED UINT32_C(0x811C9DC5)

typedef struct lexicon_slot {
    uint32_t key;
    uint8_t flags; /* 0: the slot is free */
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

/* Adds one byte to a running key: start at LEXICON_SEED, give folded bytes. */
static inline uint32_t sentences_key(uint32_t key, unsigned byte)
{
    return (key ^ byte) * UINT32_C(0x01000193);
}

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
