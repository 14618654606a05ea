/* SPDX-License-Identifier: MIT */
/* plugins/entities/words.h - a record's tokens as the rules see them, and the answers that rules
 * give. Scratch memory of a worker, used for one document after another. */
#ifndef ENTITIES_WORDS_H
#define ENTITIES_WORDS_H
#include <quern/record.h>

#include "lexicon.h"
#include "vocab.h"

enum {
    WORD_CAP = 1,    /* starts with a capital letter */
    WORD_CAPS = 2,   /* two or more letters, all capitals */
    WORD_DIGIT = 4,  /* starts with a digit */
    WORD_LOWER = 8,  /* starts with a small letter */
    WORD_START = 16, /* first of its sentence, quotes and brackets aside */
    WORD_SPACE = 32, /* white space stands before it */
    WORD_SHOUT = 64  /* its sentence is nearly all capitals: capitals say nothing */
};

typedef struct word {
    const char *p;
    uint32_t n;
    uint32_t beg; /* in the text */
    uint32_t sentence;
    uint32_t bits;  /* lexicon classes of the word alone */
    uint64_t hash;  /* of the word as it stands */
    uint64_t lower; /* of the word in small letters (ASCII) */
    uint64_t sets;  /* closed lists that hold it */
    uint8_t flags;
    uint8_t label;        /* of the longest listed name that starts here, LEX_LABELS: none */
    uint16_t label_words; /* its length */
    uint16_t title_words; /* length of the title that starts here */
    uint8_t operator_list;
} word;

/* Label numbers of values follow those of the lexicon. */
enum {
    ENT_DATE = LEX_LABELS,
    ENT_TIME,
    ENT_PERCENT,
    ENT_MONEY,
    ENT_QUANTITY,
    ENT_ORDINAL,
    ENT_CARDINAL,
    ENT_LABELS
};

/* Which answer wins where two overlap: the one table of precedence. Within a rank the longer,
 * then the earlier one wins. */
enum {
    RANK_GUESS = 1, /* capitals alone */
    RANK_SHIPPED,   /* a listed name */
    RANK_MENTION,   /* said in full elsewhere in the document */
    RANK_RULE,      /* a title, a head word, a cue */
    RANK_VALUE,     /* numbers, dates, money */
    RANK_OPERATOR   /* the operator's own lists */
};

typedef struct answer {
    uint32_t first, n; /* words */
    uint8_t label, rank;
} answer;

typedef struct words {
    word *v; /* n, and one empty one behind */
    uint32_t n, cap;
    answer *answer;
    uint32_t nanswer, capanswer;
    uint64_t *seen; /* small-letter words of the document, hashed */
    uint32_t capseen;
    int no_memory;
} words;

void words_free(words *);
/* Fills from a record's layers. QN_E_NOMEM. */
qn_status words_read(words *, const lexicon *, const vocab *, qn_str text, const qn_layer *tokens,
                     const qn_layer *sents);
/* Gives an answer; a lack of memory is remembered in no_memory. */
void words_answer(words *, uint32_t first, uint32_t n, int label, int rank);
/* Keeps the answers that win; the others go. Sorted by place afterwards. QN_E_NOMEM. */
qn_status words_resolve(words *);
/* The document has this word in small letters, too. */
int words_seen_lower(const words *, const word *);
/* The word is `s`, which is in small letters. */
int word_is(const word *, const char *s);
/* It is in a closed list (VOC_...). */
static inline int word_in(const word *w, int list)
{
    return (int)(w->sets >> list & 1);
}
#endif
