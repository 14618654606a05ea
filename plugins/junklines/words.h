/* SPDX-License-Identifier: MIT */
/* plugins/junklines/words.h - a line of text as the rules see it: lower-case words, numbers and
 * marks, each with what its original form gave away. */
#ifndef JUNKLINES_WORDS_H
#define JUNKLINES_WORDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    JUNKLINES_WORDS = 96, /* words kept of one line; of a longer one the middle is left out */
    JUNKLINES_TAIL = 24,  /* of these at the end */
    JUNKLINES_CHARS = 2048
};

enum {
    JUNKLINES_LETTERS = 1, /* holds a letter */
    JUNKLINES_NUMBER = 2,  /* starts with a digit: 7, 1,204, 13:30, 3rd */
    JUNKLINES_CAPITAL = 4, /* starts with a capital */
    JUNKLINES_UPPER = 8,   /* more than one letter, no small one */
    JUNKLINES_URL = 16,
    JUNKLINES_EMAIL = 32,
    JUNKLINES_HANDLE = 64, /* @name, #topic */
    JUNKLINES_MARK = 128   /* punctuation */
};

struct junklines_word {
    const char *p;
    uint16_t n;
    uint16_t flags;
    uint32_t hash;
    uint8_t sense; /* JUNKLINES_STOP... once the vocabulary has seen it */
};

/* What sort of word it is, for the words that rules and model know as sorts. */
enum {
    JUNKLINES_STOP = 1,     /* the, of, said: frequent in prose */
    JUNKLINES_PARTICLE = 2, /* de, van, bin: inside names */
    JUNKLINES_TIME = 4,     /* march, ago, gmt: speaks of a time by itself */
    JUNKLINES_TIMELY = 8,   /* at, hours: stands in time stamps */
    JUNKLINES_LINK = 16     /* and, of, the: joins capitalised words */
};

struct junklines_words {
    struct junklines_word v[JUNKLINES_WORDS];
    unsigned n;
    bool cut;       /* words were left out before v[n - JUNKLINES_TAIL] */
    bool stop;      /* the line ends like a sentence */
    unsigned total; /* words without marks, the left-out ones too */
    char text[JUNKLINES_CHARS];
};

/* Splits p[0, n) into words, without bullets and arrows at its ends and without the final stop.
 * Linear; never fails. */
void junklines_split(const char *p, size_t n, struct junklines_words *w);
/* The same without leaving anything out: for patterns. */
void junklines_words_of(const char *p, size_t n, struct junklines_words *w);
uint32_t junklines_hash(const char *p, size_t n);
/* The known words, in a hash table that is filled once and then only read. */
enum { JUNKLINES_VOCABULARY = 1024 };
struct junklines_vocabulary {
    const char *word[JUNKLINES_VOCABULARY];
    uint8_t sense[JUNKLINES_VOCABULARY];
};
void junklines_learn(struct junklines_vocabulary *v);
/* Fills in `sense`. */
void junklines_sense(const struct junklines_vocabulary *v, struct junklines_words *w);
bool junklines_is(const struct junklines_word *w, const char *word);
#endif
