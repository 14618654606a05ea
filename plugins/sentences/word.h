/* SPDX-License-Identifier: MIT */
/* plugins/sentences/word.h - what is known of one word beside a gap: its shape, its key and the
 * class it has in the lexicon. */
#ifndef SENTENCES_WORD_H
#define SENTENCES_WORD_H
#include "lexicon.h"

enum word_shape {
    SHAPE_NONE = 0, /* no word: the edge of the paragraph, or only marks */
    SHAPE_LOWER,
    SHAPE_LOWER1, /* one lower-case letter */
    SHAPE_CAPITAL,
    SHAPE_UPPER1, /* one upper-case letter */
    SHAPE_UPPER,
    SHAPE_MIXED,
    SHAPE_NUMBER, /* digits, perhaps with . , : / - % */
    SHAPE_ALNUM,
    SHAPE_DOTTED,   /* a.m, Ph.D, example.org */
    SHAPE_LETTERS,  /* of a script without case */
    SHAPE_ADDRESS,  /* has @ or / or _ */
    SHAPE_MARKS,    /* only marks: --, *, :) */
    SHAPE_INITIALS, /* U.S, J.R.R */
    SHAPES
};

typedef struct gap_word {
    uint32_t beg, end;
    uint32_t key;  /* sentences_word_key */
    uint32_t tail; /* its last three bytes */
    uint16_t lex;  /* LEX_ bits, once they are asked for */
    uint8_t shape;
    uint8_t edge;     /* right words: the mark that follows; left words: the mark between */
    uint8_t capital;  /* the first character is an upper-case letter */
    uint8_t one_mark; /* one character inside is no letter or digit */
} gap_word;

/* Key, tail and shape of text[w->beg, w->end); text has n bytes. With SSE2 most words take one
 * look at 16 bytes; the scalar twin gives the same. */
void sentences_describe(gap_word *w, const char *text, uint32_t n);
void sentences_describe_scalar(gap_word *w, const char *text);

/* Fills in w->lex of a described word. */
void sentences_classify(gap_word *w, const char *text, const sentences_lexicon *lex);
#endif
