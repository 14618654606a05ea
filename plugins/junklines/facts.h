/* SPDX-License-Identifier: MIT */
/* plugins/junklines/facts.h - the facts of the line model by group, and what lines.c, facts.c and
 * model.c share of their making. */
#ifndef JUNKLINES_FACTS_H
#define JUNKLINES_FACTS_H
#include "model.h"

#include <math.h>

/* A copy with more lines than this holds a page, not an article. */
enum { ARTICLE_LINES = 80 };

/* Groups of facts; a fact is a group and a value below 128. */
enum group {
    BIAS,
    SIZE,
    WORDS,
    STOPS,
    CAPS,
    ENDING,
    START,
    DIGITS,
    COMMAS,
    SIGNS,
    RULE,
    COPIES,
    INSIDE,
    SIZE_ENDING,
    SIZE_CAPS,
    WORDS_STOPS,
    SIZE_COPIES,
    SIZE_START,
    NEAR_SIZE,
    NEAR_ENDING = NEAR_SIZE + 6,
    NEAR_CAPS = NEAR_ENDING + 6,
    NEAR_RULE = NEAR_CAPS + 6,
    SIZE_PREV = NEAR_RULE + 6,
    SIZE_NEXT,
    FROM_TOP,
    FROM_BOTTOM,
    BODY,
    DENSITY5,
    DENSITY15,
    BEFORE3,
    AFTER3,
    LINES,
    PROSE,
    SIZE_DENSITY5,
    SIZE_DENSITY15,
    SIZE_BODY,
    SIZE_PROSE,
    ENDING_DENSITY,
    SIZE_TOP,
    CAPS_DENSITY,
    SAME_NEXT,
    SAME_PREV,
    RULES_NEAR,
    STOPS_DENSITY,
    NGROUP
};

/* Prefix sums: of prose lines, of rule lines, of junk probability, of the same by characters, of
 * characters. */
enum { S_PROSE, S_RULE, S_P, S_PC, S_C, NSUM };

/* The number of limits that x is above. */
static inline unsigned step(unsigned x, const uint16_t *limits, unsigned n)
{
    unsigned i = 0;
    while (i < n && x > limits[i])
        i++;
    return i;
}

static inline uint32_t fact(unsigned group, unsigned value)
{
    return group * 128 + (value < 128 ? value : 127);
}

static inline uint32_t lexicon(uint32_t hash, uint32_t role)
{
    uint32_t h = (hash ^ role * 0x9E3779B1u) * 0x85EBCA6Bu;
    return JUNKLINES_FACTS + (h >> 18);
}

static inline float probability(float odds)
{
    return 1.0f / (1.0f + expf(-odds));
}

/* One of the sums over lines [i - before, i + after], cut to the document. */
float junklines_window(const struct junklines_doc *d, unsigned what, unsigned i, unsigned before,
                       unsigned after);
/* Where the line stands to the prose of its document: before its first line (less than 9), after
 * its last (less than 18; both with the distance), between (18), or there is none (20). */
unsigned junklines_body(const struct junklines_doc *d, unsigned i);
#endif
