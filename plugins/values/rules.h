/* SPDX-License-Identifier: MIT */
/* plugins/values/rules.h - the rules, from numbers up to dates. Each looks at the words from i on,
 * a bounded number of them, and says where its answer ends: i where there is none. */
#ifndef VALUES_RULES_H
#define VALUES_RULES_H
#include "calendar.h"
#include "words.h"

enum values_label {
    L_DATE,
    L_TIME,
    L_PERCENT,
    L_MONEY,
    L_QUANTITY,
    L_ORDINAL,
    L_CARDINAL,
    L_COUNT
};

typedef struct values_rules {
    const words *w;
    date today;         /* what "yesterday" is counted from; year 0: not known */
    const char *dollar; /* what a bare $ is */
    int si;             /* quantities in SI units */
} values_rules;

/* An answer: words [first, end). */
typedef struct hit {
    uint32_t first, end;
    int label;
    note value;
} hit;

/* ---- words around a place; the empty word where the sentence ends ---- */

static inline const word *at(const words *w, uint32_t i)
{
    return &w->v[i < w->n ? i : w->n];
}
static inline const word *before(const words *w, uint32_t i)
{
    return i > 0 && i <= w->n && !(w->v[i].flags & WORD_FIRST) ? &w->v[i - 1] : &w->v[w->n];
}
/* at(i), if no sentence begins there. */
static inline const word *go_on(const words *w, uint32_t i)
{
    return i < w->n && !(w->v[i].flags & WORD_FIRST) ? &w->v[i] : &w->v[w->n];
}
static inline int word_dash(const word *x)
{
    return x->mark == '-';
}

static inline int word_is_period(const word *x)
{
    return (x->sets & V_PERIOD) && !(x->sets & V_DAYPART);
}
/* Y, M, W, D or H, of which a period is word_multiple() many. */
static inline char word_unit(const word *x)
{
    return (x->sets & V_DAYPART) ? 'D' : word_sym(x)[0];
}
static inline int word_multiple(const word *x)
{
    return x->sets & V_PART ? 3 : x->sets & V_CLOCK ? 1 : word_num(x); /* quarters */
}

/* ---- number.c ---- */

typedef struct amount {
    decimal lo, hi;
    uint32_t end;
    char kind;   /* '1' one number, '-' a range, ':' a score, '?' vague */
    char bound;  /* what a modifier says: '~', '<', '>', '(' at most, ')' at least; 0 */
    int figures; /* written in digits */
} amount;

enum { NUMBER_NONE, NUMBER_FIGURES, NUMBER_WORDS, NUMBER_PART, NUMBER_VAGUE };

/* One number: "1.28 million", "twenty-one", "two and a half", "7½", "dozens". *kind: NUMBER_... */
/* A number in figures at i is part of a law's name, or a place in one. */
int number_in_law(const words *, uint32_t i);
uint32_t number_read(const words *, uint32_t i, decimal *out, int *kind);
/* The same, or two of them: "10 to 12", "3-2", "between five and six". */
uint32_t amount_read(const words *, uint32_t i, amount *out);
/* "rose by 5 to 7", "from 5 to 7", "shed 5 to 7": what stands before i makes two amounts of these.
 */
int amount_moves(const words *, uint32_t i);
/* Where the modifiers before an amount at i begin ("at least", "more than", "just under"). */
uint32_t amount_start(const words *, uint32_t i, amount *a);
/* "~20000", ">=10..12"; `unit` comes behind, with a space, `code` before. */
void amount_note(note *, const amount *, const char *code, const char *unit);

/* 1 to 31 of "5", "5th", "05"; 0 when it is none. */
int number_day(const word *);
/* 1000 to 2099; 0. */
int number_year(const word *);
/* The number of "11th", "3rd"; 0. */
int number_ordinal_figure(const word *);

/* ---- dates.c, holidays.c, periods.c, clock.c, measures.c, money.c, durations.c ---- */

/* "daily", "full-year" at i: behind it, else i. */
uint32_t date_recurring(const words *, uint32_t i);
uint32_t date_read(const values_rules *, uint32_t i, hit *);
uint32_t period_read(const values_rules *, uint32_t i, hit *);  /* "the past two months" */
uint32_t clock_read(const values_rules *, uint32_t i, hit *);   /* "7:30 p.m." */
uint32_t measure_read(const values_rules *, uint32_t i, hit *); /* whatever has an amount */
uint32_t ordinal_read(const values_rules *, uint32_t i, hit *);
uint32_t money_read(const values_rules *, uint32_t i, hit *); /* at a sign: "$2,000" */

/* What the amount at i is of; behind it, or a->end where it is something else. */
uint32_t money_behind(const values_rules *, uint32_t i, amount *a, hit *);
uint32_t duration_read(const values_rules *, uint32_t i, amount *a, hit *);
/* "euros", "Swedish kronor" at j, and the code; behind it. */
uint32_t money_currency(const words *, uint32_t j, const char **code);

/* "a year", "half an hour", "several days", "every week" at i. */
uint32_t period_uncounted(const values_rules *, uint32_t i, hit *);
/* The value of the period x that is n of them from today: "next month". */
void period_note_moved(const values_rules *, note *, int64_t n, const word *x);
/* "season", "quarter": a period only with "every" before or "later" behind. */
int word_is_vague_period(const word *);
/* "Christmas Eve" at i. */
uint32_t holiday_read(const values_rules *, uint32_t i, hit *);
/* A calendar date without weekday: "May 12, 2024", "the 3rd of June", "June". */
uint32_t date_calendar(const values_rules *, uint32_t i, date *from, date *to);
/* ", 2024", "of 2024" behind a date: sets the year. */
uint32_t date_year(const words *, uint32_t i, date *);
/* It is a month here, not a verb or a name. */
int date_is_month(const words *, uint32_t i);
/* Fills in the year or day that makes d the one nearest before (or, for `ahead`, after) today. */
void date_resolve(const values_rules *, date *d, int ahead);
#endif
