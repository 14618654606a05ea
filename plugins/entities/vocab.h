/* SPDX-License-Identifier: MIT */
/* plugins/entities/vocab.h - the small closed lists that rules are made of (months, units, words of
 * speech): a word's membership in all of them is one look-up. */
#ifndef ENTITIES_VOCAB_H
#define ENTITIES_VOCAB_H
#include <quern/base.h>

enum {
    VOC_UNITS,
    VOC_TENS,
    VOC_SCALES,
    VOC_MANY,
    VOC_SOME,
    VOC_PARTS,
    VOC_MONTHS,
    VOC_WEEKDAYS,
    VOC_LONG_PERIODS,
    VOC_SHORT_PERIODS,
    VOC_DAY_PARTS,
    VOC_SEASONS,
    VOC_RELATIVE,
    VOC_DEICTIC,
    VOC_EARLY,
    VOC_MERIDIEM,
    VOC_ZONES,
    VOC_CURRENCIES,
    VOC_CURRENCY_BEFORE,
    VOC_PHYSICAL,
    VOC_AFTER_AREA,
    VOC_ORDINALS,
    VOC_SINGLE_MODIFIERS,
    VOC_PRONOUN_ONE_BEFORE,
    VOC_YEAR_CUES,
    VOC_MONTH_CUES,
    VOC_AFTER_ONE,
    VOC_OPENERS,
    VOC_SPEECH,
    VOC_ROLES,
    VOC_PLACE_WORDS,
    VOC_JOINERS,
    VOC_NOT_ORGANISATIONS,
    VOC_LANGUAGE_CUES,
    VOC_LANGUAGE_HEADS,
    VOC_LISTS
};

enum { VOC_SLOTS = 4096 };
typedef struct vocab {
    struct {
        uint64_t hash, sets;
    } slot[VOC_SLOTS];
} vocab;

/* Fills a zeroed table. */
void vocab_init(vocab *);
/* Bits (1 << VOC_...) of the word whose small letters hash to this (lex_hash). Any thread. */
uint64_t vocab_find(const vocab *, uint64_t lower);
#endif
