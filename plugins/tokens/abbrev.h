/* SPDX-License-Identifier: MIT */
/* plugins/tokens/abbrev.h - words that keep their stop. The tables are written by
 * tools/make-lexicon.py from the lexicons of the sentences plugin. */
#ifndef TOKENS_ABBREV_H
#define TOKENS_ABBREV_H
#include <stddef.h>
#include <stdint.h>

enum {
    ABBREV_ALWAYS = 1, /* Mr, Inc, e.g */
    ABBREV_NUMBER = 2, /* no, p: before a number */
    ABBREV_CASED = 128 /* in a table: counts only with a capital */
};

typedef struct abbrev_slot {
    uint32_t key;
    uint8_t flags; /* 0: the slot is free */
} abbrev_slot;

typedef struct abbrev_table {
    const char *language;
    const abbrev_slot *slot;
    uint32_t mask;
} abbrev_table;

extern const abbrev_table tokens_abbrevs[];

/* The table of a language ("en"), or NULL. */
const abbrev_table *tokens_find_abbrevs(const char *language);

/* ABBREV_ bits of a word, given without its last stop. */
unsigned tokens_abbrev(const abbrev_table *t, const char *word, size_t n);

/* The operator's words, as keys in order. */
typedef struct abbrev_extra {
    uint32_t *key;
    size_t n;
} abbrev_extra;

/* Takes words (final stops are ignored). 0, or -1 without memory. */
int tokens_add_words(abbrev_extra *extra, const char *const *words, size_t n);

/* 1 when the word, given without its last stop, is one of them. */
int tokens_is_extra(const abbrev_extra *extra, const char *word, size_t n);
#endif
