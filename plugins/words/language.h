/* SPDX-License-Identifier: MIT */
/* plugins/words/language.h - what summarize, digest and keyphrases know of a language: its words of
 * grammar, from models/stop-CODE.list, and how its words are cut to a common form. */
#ifndef WORDS_LANGUAGE_H
#define WORDS_LANGUAGE_H
#include <quern/host.h>

/* Read by all workers. */
typedef struct words_language {
    char code[4];
    uint64_t *stop; /* open hash of the words' hashes; 0: empty */
    uint32_t nslot;
} words_language;

#define WORDS_LANGUAGES "en|de|fr|es|it|pt|nl|pl|ru|sv"

/* By the number of its place in WORDS_LANGUAGES. Words said. [main] */
qn_status words_language_open(qn_ctx *, words_language *, int number);
/* The same from the text of a list. QN_E_NOMEM. */
qn_status words_language_read(words_language *, const char *code, qn_str list);
void words_language_close(words_language *);

/* Of a word in lower case; never 0. */
uint64_t words_hash(const char *p, size_t n);
int words_is_stop(const words_language *, uint64_t hash);

/* A worker's. English: singular and no possessive (Harman's S-stemmer); others: Snowball's
 * stemmers, where quern was built with libstemmer and there is one (not for Polish); else the first
 * six letters. */
typedef struct words_stemmer words_stemmer;
words_stemmer *words_stemmer_new(const words_language *); /* NULL: out of memory */
void words_stemmer_free(words_stemmer *);

enum { WORDS_LONGEST = 64 };
/* Cuts the lower-case word w[0, n), n < WORDS_LONGEST, in place; its new length, at most n. */
size_t words_stem(words_stemmer *, char *w, size_t n);

/* The word p[0, n) in lower case, cut at WORDS_LONGEST - 1 bytes, never inside a code point. */
size_t words_lower(const char *p, size_t n, char *out);
#endif
