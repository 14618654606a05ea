/* SPDX-License-Identifier: MIT */
/* plugins/junklines/patterns.h - rules as they are kept: what compile.c builds and match.c walks.
 */
#ifndef JUNKLINES_PATTERNS_H
#define JUNKLINES_PATTERNS_H
#include "rules.h"

enum { ITEMS = 24, EXPANSIONS = 8192, PATTERN_MAX = 4096, NO_LIMIT = 255 };

enum item_kind {
    WORD,
    CHOICE,
    GAP,
    ANY,
    NUMBER,
    NAME,
    NAMES,
    WHEN,
    URL,
    EMAIL,
    HANDLE,
    UPPER,
    CAPS
};

struct item {
    uint8_t kind;
    uint8_t n;     /* WORD: bytes; CHOICE: words */
    uint32_t hash; /* WORD */
    uint32_t text; /* offset in the pool: WORD: its bytes; CHOICE: the words, each with its size */
};

struct pattern {
    uint32_t first; /* of its items */
    uint8_t n, max_words, top, below, bottom, nostop;
    int16_t class;
};

/* A pattern being read. */
struct draft {
    struct item item[ITEMS];
    unsigned n;
};

/* A pattern under one of its anchor words. */
struct posting {
    uint32_t pattern;
    int32_t next;
};

enum anchor { FIRST, LAST, INSIDE, OPEN, NANCHOR };

struct junklines_rules {
    char (*class_name)[32];
    unsigned nclass;
    struct pattern *v;
    size_t n, cap;
    char *pool;
    size_t pool_n, pool_cap;
    struct item *item;
    size_t nitems, capitems;
    struct posting *posting;
    size_t npostings, cappostings;
    int32_t *bucket[3]; /* FIRST, LAST, INSIDE: by the hash of that word */
    uint32_t mask;
    struct junklines_vocabulary vocabulary;
    int32_t open; /* patterns that start with something else than a word */
};
#endif
