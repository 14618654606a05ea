/* SPDX-License-Identifier: MIT */
/* plugins/values/vocab.h - the closed lists that the rules are made of (numbers in words, months,
 * units, currencies): one look-up says all that is known of a word. */
#ifndef VALUES_VOCAB_H
#define VALUES_VOCAB_H
#include <quern/base.h>

/* What a word can be; many are several things. */
enum {
    V_ONES = 1 << 0,       /* zero to nineteen; num */
    V_TENS = 1 << 1,       /* twenty to ninety; num */
    V_SCALE = 1 << 2,      /* million, bn, crore; num is the power of ten */
    V_MANY = 1 << 3,       /* dozens, thousands */
    V_PART = 1 << 4,       /* half, thirds; num is the denominator */
    V_ORDINAL = 1 << 5,    /* first; num */
    V_MONTH = 1 << 6,      /* num 1 to 12 */
    V_ALSO_WORD = 1 << 7,  /* may, march, sat: something else without a cue */
    V_WEEKDAY = 1 << 8,    /* num 1 (Monday) to 7 */
    V_PERIOD = 1 << 9,     /* a day or longer: num of sym "D", "W", "M", "Y" */
    V_CLOCK = 1 << 10,     /* shorter: sym "H", "M", "S" */
    V_DAYPART = 1 << 11,   /* morning; sym as in TIMEX: "MO", "AF", "EV", "NI" */
    V_SEASON = 1 << 12,    /* num 21 to 24, as in ISO 8601-2 */
    V_RELATIVE = 1 << 13,  /* last, next, this; num -1, 1, 0 */
    V_DEICTIC = 1 << 14,   /* today, yesterday; num: days from today */
    V_EARLY = 1 << 15,     /* early, late, mid */
    V_MERIDIEM = 1 << 16,  /* a.m.; num 0, p.m.; num 12 */
    V_ZONE = 1 << 17,      /* GMT; sym */
    V_CURRENCY = 1 << 18,  /* euros; sym is the ISO 4217 code, or the name where it is not unique */
    V_SIGN = 1 << 19,      /* stands before an amount: $, EUR; sym as above */
    V_MEASURE = 1 << 20,   /* kilometres; sym: the unit's symbol */
    V_AREA = 1 << 21,      /* square, cubic; num 2, 3 */
    V_MODIFIER = 1 << 22,  /* about, over; sym: "~", ">", "<" */
    V_CUE = 1 << 23,       /* in, since, by: a year may follow */
    V_MONTH_CUE = 1 << 24, /* a month may follow */
    V_EVERY = 1 << 25,     /* every, each */
    V_COUNT = 1 << 26,     /* several, few: an uncertain number of something */
    V_OPENER = 1 << 27     /* the, half, end, easter: a value may begin with it */
};

typedef struct values_entry {
    const char *word; /* in small letters */
    uint32_t sets;
    int num;
    const char *sym;
} values_entry;

extern const values_entry values_words[];
extern const size_t values_nwords;

enum { VOCAB_SLOTS = 4096, VOCAB_LONGEST = 15 };
typedef struct values_vocab {
    struct values_slot {
        uint32_t check; /* of the word's hash, so that others need not be compared */
        uint32_t entry; /* 1 + place in values_words; 0: empty */
    } slot[VOCAB_SLOTS];
} values_vocab;

/* Fills a zeroed table. */
void values_vocab_init(values_vocab *);
/* What is known of the word p[0, n), whatever its case (ASCII); NULL: nothing. Any thread. */
const values_entry *values_vocab_find(const values_vocab *, const char *p, uint32_t n);
#endif
