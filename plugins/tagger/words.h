/* SPDX-License-Identifier: MIT */
/* plugins/tagger/words.h - a document as the features see it: what every token looks like, the
 * lists and runs of capitals it stands in, and how else it occurs in the document. */
#ifndef TAGGER_WORDS_H
#define TAGGER_WORDS_H
#include <quern/record.h>

#include "lists.h"

/* What a token looks like. The numbers are part of the features: a change asks for a new
 * TAGGER_FEATURES in model.h. */
enum tagger_shape {
    SHAPE_NONE = 0, /* beyond the ends of a sentence */
    SHAPE_LOWER,    /* word */
    SHAPE_CAPITAL,  /* Word */
    SHAPE_SHORT,    /* WHO: two or three capitals */
    SHAPE_CAPITALS, /* UNESCO */
    SHAPE_SINGLE,   /* X */
    SHAPE_INITIAL,  /* X. */
    SHAPE_DOTTED,   /* U.S. */
    SHAPE_MIXED,    /* McDonald */
    SHAPE_INNER,    /* iPhone */
    SHAPE_CODE,     /* F16: letters and digits */
    SHAPE_NUMBER,
    SHAPE_LETTERS, /* of a script without case */
    SHAPE_STOP,
    SHAPE_COMMA,
    SHAPE_HYPHEN,
    SHAPE_QUOTE,
    SHAPE_BRACKET,
    SHAPE_MARK
};

/* How the words of a sentence are written: kept in the bits above the shape. */
enum tagger_case { CASE_NORMAL = 0, CASE_TITLE, CASE_UPPER, CASE_LOWER };
enum { SHAPE_BITS = 5, SHAPE_MASK = 31 };

/* How a word occurs anywhere in the document: bits of tagger_word.doc. */
enum {
    DOC_LOWER = 1,      /* in lower case */
    DOC_INSIDE = 2,     /* with a capital, not at the start of a sentence */
    DOC_AFTER_NAME = 4, /* after a title or a first name */
    DOC_LAST = 8,       /* at the end of a run of capitals */
    DOC_FIRST = 16,     /* at its start */
    DOC_PLACE = 32,     /* listed as a place */
    DOC_ORG = 64,       /* in a run that holds a head word of organisations, or listed as one */
    DOC_BRACKETED = 128,
    DOC_LOCATIVE = 256, /* after in, at, from, near */
    DOC_OWNER = 512,    /* before 's */
    DOC_ARTICLE = 1024, /* after the */
    DOC_MORE = 2048     /* more than once */
};

enum { WORD_SPACE = 1, WORD_FIRST = 2, WORD_NAMELIKE = 4, WORD_LETTERS = 8, WORD_KNOWN = 16 };

/* A word's place in a listed phrase: the bits of tagger_word.list above the classes. */
enum { PLACE_SHIFT = 28, PLACE_ALONE = 1, PLACE_FIRST = 2, PLACE_INNER = 3, PLACE_LAST = 4 };

typedef struct tagger_word {
    uint32_t beg, end;
    uint32_t form, low;    /* hashes: as it is written; in lower case, every digit as 0 */
    uint32_t pre, suf;     /* the first and the last four letters in lower case, a byte each */
    uint32_t pattern;      /* kinds of characters in a row: Xx-0 */
    uint32_t list;         /* classes of the longest listed phrase it is in, and its place there */
    uint32_t alone;        /* classes of the word by itself */
    uint32_t run, run_end; /* the run of capitals it is in, token numbers; equal: none */
    uint32_t quote;        /* 1 + number of the opening quote of a short quotation around it */
    uint32_t quote_end;
    uint32_t telling; /* the word's place in the longest run of the document that holds it */
    uint16_t doc;
    uint8_t shape, flags;
    uint16_t cluster[CLUSTER_GRAINS]; /* 0: not known */
    uint8_t kind;                     /* of a common word, by the lists */
} tagger_word;

/* A document's words; a worker's scratch, reused. Starts with all members zero. */
typedef struct tagger_words {
    tagger_word *v;
    uint32_t n, cap;
    struct tagger_occurrence *occ; /* table of words, open addressing */
    uint32_t occ_size, occ_cap;
    uint32_t *sent; /* first token of each sentence, and n at the end */
    uint32_t nsent, sent_cap;
} tagger_words;

/* Reads a document. QN_E_NOMEM. Linear in the number of bytes. */
qn_status tagger_words_read(tagger_words *, qn_str text, const qn_layer *tokens,
                            const qn_layer *sents, const tagger_lists *);
void tagger_words_free(tagger_words *);

/* What one token looks like, without its surroundings. */
void tagger_word_look(tagger_word *, const char *text, uint32_t beg, uint32_t end);
#endif
