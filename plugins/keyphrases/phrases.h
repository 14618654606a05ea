/* SPDX-License-Identifier: MIT */
/* plugins/keyphrases/phrases.h - the phrases of a document that could be key phrases, what is
 * measured of each, and the choice among them. Pure functions over a worker's scratch memory. */
#ifndef KEYPHRASES_PHRASES_H
#define KEYPHRASES_PHRASES_H
#include <quern/record.h>

#include "words/language.h"

/* What is measured of a phrase; docs/plugins/keyphrases.md says how. */
typedef enum key_feature {
    KEY_COUNT,
    KEY_EARLY,
    KEY_SPREAD,
    KEY_CAPITALS,
    KEY_PAIR,
    KEY_LONG,
    KEY_ENTITY,
    KEY_WORDS,
    KEY_ACRONYM,
    KEY_LETTERS,
    KEY_FEATURES
} key_feature;

extern const char *const key_feature_name[KEY_FEATURES];

typedef struct key_weights {
    double feature[KEY_FEATURES];
    double overlap; /* share of a phrase's words that chosen ones hold already counts against it */
} key_weights;

typedef struct key_phrase {
    uint32_t first; /* word that it begins with where it stands first */
    uint8_t words;  /* 1 to KEY_MOST_WORDS */
    uint8_t is_entity;
    uint32_t count;     /* how often it occurs */
    uint32_t sentences; /* in how many */
    uint32_t capitals;  /* how often all its words have a capital, sentence starts apart */
    uint32_t inside;    /* of those occurrences, not at a sentence's start */
    uint32_t last;      /* sentence it occurred in last */
    float value[KEY_FEATURES];
    double score, paid; /* paid: what overlap has cost it so far */
    uint64_t hash;
} key_phrase;

enum { KEY_MOST_WORDS = 4 };

/* A word of the text. */
typedef struct key_word {
    uint64_t hash; /* of its stem */
    uint32_t beg, end;
    uint32_t term; /* number of its stem in the document */
    uint32_t sentence;
    uint8_t run_ends; /* no phrase goes on behind it */
    uint8_t starts;   /* a sentence begins with it */
    uint8_t capital, acronym;
    uint8_t usable; /* no number, no single letter */
} key_word;

/* Scratch: grown as needed, used for one document after another. Starts with all members
 * zero but `language`, which the caller sets. */
typedef struct key_doc {
    const words_language *language;
    words_stemmer *stemmer;
    key_word *word;
    uint32_t nword, capword, nsent;
    key_phrase *phrase;
    uint32_t nphrase, capphrase;
    uint32_t *count; /* of each term */
    uint8_t *taken;  /* of each term: in a chosen phrase */
    uint32_t nterm, capterm;
    struct key_slot *slot;
    uint32_t nslot, used;
    uint32_t *chosen, *order, capchosen;
    uint64_t seed;
} key_doc;

/* Finds and measures the phrases of a text of up to `most` words; `ents` (may be NULL) are spans of
 * names, in order. QN_E_NOMEM. */
qn_status key_doc_read(key_doc *, qn_str text, const qn_layer *sents, const qn_layer *ents,
                       unsigned most);
/* Chooses at most n phrases whose score is `least` at least, best first: numbers in doc->chosen,
 * how many in *n. QN_E_NOMEM. */
qn_status key_choose(key_doc *, const key_weights *, double least, uint32_t *n);
/* The text of a phrase where it stands first. */
qn_range key_place(const key_doc *, const key_phrase *);
void key_doc_free(key_doc *);
#endif
