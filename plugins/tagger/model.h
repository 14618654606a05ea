/* SPDX-License-Identifier: MIT */
/* plugins/tagger/model.h - the model: weights of features and of transitions, and the file they are
 * mapped from.
 *
 * A name of label k is written B I* L, or U when it is one token. A tag's score is the sum of two
 * columns of a feature's row: what the label begins with or goes on with, and where in a name. */
#ifndef TAGGER_MODEL_H
#define TAGGER_MODEL_H
#include <quern/base.h>

#include "lists.h"

enum {
    MODEL_FORMAT = 4,
    MODEL_LABELS = 11, /* at most */
    MODEL_GENRES = 2,  /* at most */
    /* columns of a row */
    COL_BEGIN = 0,   /* + label: its B and U */
    COL_INSIDE = 11, /* + label: its I and L */
    COL_O = 22,
    COL_B = 23,
    COL_I = 24,
    COL_L = 25,
    COL_U = 26,
    COLS = 27,
    COLS_ROOM = 30,
    /* transitions */
    FROM_OUTSIDE = 0, /* after O; 1 + label: after that label's L or U */
    FROM_START = 12,  /* at the start of a sentence */
    FROM_ROWS = 13,
    TO_ROOM = 12, /* 0: O; 1 + label: its B or U */
    CONFIDENCES = 64
};

/* The weights of one feature, known by 16 bits of its hash. Two rows fill a cache line; a feature's
 * row is one of the two. */
typedef struct model_row {
    int8_t w[COLS_ROOM];
    uint16_t check;
} model_row;

/* What a model has for each genre of text besides its rows. */
typedef struct model_manner {
    int16_t from[FROM_ROWS][TO_ROOM];
    int16_t go_on[MODEL_LABELS][4];   /* B to I, B to L, I to I, I to L */
    uint16_t confidence[CONFIDENCES]; /* round(probability * 65535) */
} model_manner;

/* The first part of the file. Numbers are little-endian. */
typedef struct model_head {
    char magic[8];
    uint32_t format, features;
    uint64_t size, checksum; /* of the whole file; of what follows these two */
    uint32_t labels, genres, pairs, sieve_bits, clues, listed, clusters; /* numbers of them */
    uint32_t place, org, name, title;                                    /* classes of the lists */
    int32_t genre_bias;       /* of the second genre: added to the sum of the clues */
    int32_t genre_span;       /* a sum so far from 0 leaves no doubt about the genre */
    uint32_t confidence_step; /* of the margin, for the table of confidences */
    model_manner manner[MODEL_GENRES];
    char label[MODEL_LABELS][16]; /* NUL-terminated */
    char made_from[256];          /* in words */
} model_head;

/* Offset of the rows and the sieve of each genre; then come the clues, 16 bits each, the lists, and
 * the clusters. */
enum { MODEL_ROWS_AT = 4096 };

/* The transitions as the decoder wants them: every label has a lane, the lanes that are left over
 * never win. */
enum { MODEL_LANES = 16, MODEL_NEVER = -1000000000 };
typedef struct model_steps {
    int32_t outside[FROM_ROWS];            /* to O */
    int32_t start[FROM_ROWS][MODEL_LANES]; /* to the lane's B or U */
    int32_t go_on[4][MODEL_LANES];
    int32_t gain[MODEL_LANES]; /* how much better than after O any step is after the lane's name */
} model_steps;

/* The weights for one genre of text. All genres have the same scale. */
typedef struct tagger_genre {
    const model_row *row;
    const uint64_t *sieve; /* a bit for every feature that may have a row */
    uint32_t pairs;
    unsigned sieve_shift;
    const uint16_t *confidence;
    model_steps steps;
} tagger_genre;

typedef struct tagger_model {
    const model_head *head;
    tagger_genre genre[MODEL_GENRES];
    const int16_t *clue; /* what a word says for the second genre, by the high bits of its hash */
    unsigned clue_shift;
    tagger_lists lists;
} tagger_model;

extern const char tagger_magic[8];

/* Reads a mapped file. NULL when it is good; else in `words` what is wrong with it. */
const char *tagger_model_open(tagger_model *, qn_str file, char *words, size_t size);

void tagger_steps_read(model_steps *, const model_manner *, uint32_t labels);

uint64_t tagger_checksum(const char *p, size_t n);

/* Which pair of rows a feature may have, and which bit of the sieve: both from the number of the
 * pair and the check, so that the sieve can be made from the rows. */
static inline uint32_t tagger_pair_number(uint64_t feature, uint32_t pairs)
{
    return (uint32_t)((feature >> 32) * pairs >> 32);
}

static inline uint64_t tagger_sieve_bit(uint32_t pair, uint16_t check, unsigned shift)
{
    return ((uint64_t)pair << 16 | check) * UINT64_C(0x9E3779B97F4A7C15) >> shift;
}

/* The first of the two rows that a feature may have. */
static inline const model_row *tagger_pair(const tagger_genre *g, uint64_t feature)
{
    return &g->row[(size_t)tagger_pair_number(feature, g->pairs) * 2];
}
#endif
