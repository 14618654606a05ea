/* SPDX-License-Identifier: MIT */
/* plugins/values/words.h - a record's tokens as the rules see them: cut where figures meet letters,
 * each with its shape and what the vocabulary knows of it. A worker's scratch. */
#ifndef VALUES_WORDS_H
#define VALUES_WORDS_H
#include <quern/record.h>

#include "vocab.h"

enum {
    WORD_CAP = 1,     /* starts with a capital letter */
    WORD_FIGURE = 2,  /* digits, with . , : or / inside */
    WORD_LETTERS = 4, /* starts with a letter */
    WORD_SPACE = 8,   /* white space stands before it */
    WORD_FIRST = 16,  /* the first of its sentence */
    WORD_CUT = 32     /* the middle of a token */
};

typedef struct word {
    const char *p;
    uint32_t n, beg; /* beg: in the text */
    uint32_t sets;   /* V_... */
    uint16_t entry;  /* 1 + place in values_words */
    uint8_t flags;
    char mark; /* of a word of one ASCII character that is no letter or digit: that; dashes: '-' */
} word;

typedef struct words {
    word *v; /* n, between two empty ones on each side */
    uint32_t n, cap;
    word *room;
} words;

void words_free(words *);
/* QN_E_NOMEM. */
qn_status words_read(words *, const values_vocab *, qn_str text, const qn_layer *tokens,
                     const qn_layer *sents);

/* The word is `s`, which is in small letters. */
int word_is_really(const word *, const char *s);
static inline int word_is(const word *w, const char *s)
{
    /* Nearly all words differ in the first letter. The empty word has p NULL. */
    return w->n > 0 && (w->p[0] | 0x20) == (s[0] | 0x20) && word_is_really(w, s);
}

static inline const values_entry *word_entry(const word *w)
{
    return &values_words[w->entry - 1];
}
/* num and sym of a word that has an entry. */
static inline int word_num(const word *w)
{
    return w->entry ? word_entry(w)->num : 0;
}
static inline const char *word_sym(const word *w)
{
    return w->entry && word_entry(w)->sym ? word_entry(w)->sym : "";
}
/* Stands right against the word before it. */
static inline int word_tight(const word *w)
{
    return w->n > 0 && !(w->flags & WORD_SPACE);
}
#endif
