/* SPDX-License-Identifier: MIT */
/* plugins/sentences/gap.h - a place where a sentence may end, and what stands around it: the
 * words on both sides with their shape, class and key. The deciders see nothing else. */
#ifndef SENTENCES_GAP_H
#define SENTENCES_GAP_H
#include "layout.h"
#include "word.h"

enum gap_kind { GAP_STOP = 0, GAP_LINE, GAP_SPACE, GAP_KINDS };

/* The last mark of the left side. */
enum gap_stop {
    STOP_NONE = 0,
    STOP_DOT,
    STOP_BANG,
    STOP_ASK,
    STOP_DOTS, /* ... or the ellipsis character */
    STOP_FOREIGN,
    STOP_COLON,
    STOP_SEMICOLON,
    STOP_COMMA,
    STOP_DASH,
    STOP_OTHER
};
#define STOP_FINAL(s) ((s) >= STOP_DOT && (s) <= STOP_FOREIGN)

/* What stands before the first word of the right side, or after a word. */
enum gap_edge {
    EDGE_NONE = 0,
    EDGE_QUOTE,
    EDGE_BRACKET,
    EDGE_BULLET,
    EDGE_DASH,
    EDGE_COMMA,
    EDGE_COLON,
    EDGE_STOP,
    EDGE_OTHER
};

typedef struct gap {
    uint32_t left, right; /* the sentence ends at left, the next one starts at right */
    uint32_t since;       /* bytes of the sentence so far */
    uint8_t kind;         /* enum gap_kind */
    uint8_t stop;         /* enum gap_stop */
    uint8_t closer;       /* enum gap_edge: closing quote or bracket after the stop */
    uint8_t opener;       /* enum gap_edge: before the right word */
    uint8_t glued;        /* no white space at all */
    uint8_t spaced;       /* white space before the stop */
    uint8_t quoted;       /* inside straight double quotes */
    uint8_t depth;        /* open round brackets, up to 3 */
    uint8_t first;        /* the left word is the first of its sentence: 1; the second: 2 */
    uint8_t full;         /* GAP_LINE: the next word had no room on the line */
    uint8_t indented;     /* GAP_LINE: blanks before the next line */
    uint8_t ahead;        /* log2 of the bytes to the next stop or line end */
    const text_layout *layout;
    const gap_word *known; /* a word described before, often the left one here; NULL: none */
    gap_word l2, l1, r1, r2;
} gap;

/* Fill in the words next to the gap with shapes and edges, then the ones beyond them and the
 * classes of all four: left, right and kind are set. They look no further left than `floor`, and at
 * a bounded number of bytes. */
void sentences_near_words(gap *g, const char *text, uint32_t n, uint32_t floor);
void sentences_far_words(gap *g, const char *text, uint32_t n, uint32_t floor,
                         const sentences_lexicon *lex);

/* Bytes of a closing mark (quote, bracket) at text[at], 0 when there is none. */
unsigned sentences_closer(const char *text, uint32_t at, uint32_t n, uint8_t *edge);

/* 1 when the few letters from `at` on end in a Chinese verb of speech: they say who spoke. */
int sentences_says_who(const char *text, uint32_t at, uint32_t n);

/* Bytes of a stop (. ! ? and those of other scripts) at text[at], 0 when there is none. */
unsigned sentences_stop(const char *text, uint32_t at, uint32_t n, uint8_t *stop);
#endif
