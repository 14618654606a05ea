/* SPDX-License-Identifier: MIT */
/* plugins/entities/values.c - see values.h.
 *
 * Each rule looks at a word and returns the index behind what it recognises, or the same index.
 * A number is read first; what stands around it decides its label. Every rule looks a bounded
 * number of words ahead, so the whole is linear. */
#include "values.h"

#include <stdlib.h>

/* ---- pieces
 * ----------------------------------------------------------------------------------------- */

static const word *at(const words *w, uint32_t i)
{
    return &w->v[i < w->n ? i : w->n];
}

/* The word before i in the same sentence, or the empty one. */
static const word *before(const words *w, uint32_t i)
{
    return i > 0 && i <= w->n && (i == w->n || w->v[i - 1].sentence == w->v[i].sentence)
               ? &w->v[i - 1]
               : &w->v[w->n];
}

static int is_dash(const word *x)
{
    return word_is(x, "-") || word_is(x, "–") || word_is(x, "—");
}

/* Stands against the word before it, as in "45-year". */
static int tight(const word *x)
{
    return x->n && !(x->flags & WORD_SPACE);
}

static int all_digits(const word *x)
{
    uint32_t i;
    for (i = 0; i < x->n; i++)
        if (x->p[i] < '0' || x->p[i] > '9') return 0;
    return x->n > 0;
}

/* Digits with . and , inside. */
static int is_figure(const word *x)
{
    uint32_t i;
    if (!(x->flags & WORD_DIGIT) &&
        !(x->n > 1 && x->p[0] == '.' && x->p[1] >= '0' && x->p[1] <= '9'))
        return 0;
    for (i = 0; i < x->n; i++)
        if (!((x->p[i] >= '0' && x->p[i] <= '9') || x->p[i] == '.' || x->p[i] == ',')) return 0;
    return x->p[x->n - 1] != '.' && x->p[x->n - 1] != ',';
}

static int is_year(const word *x)
{
    return x->n == 4 && all_digits(x) &&
           ((x->p[0] == '1' && x->p[1] >= '5') || (x->p[0] == '2' && x->p[1] == '0'));
}

/* "1990s", "90s", "'90s" */
static int is_decade(const word *x)
{
    uint32_t i;
    if (x->n < 3 || x->n > 5 || x->p[x->n - 1] != 's') return 0;
    for (i = 0; i + 1 < x->n; i++)
        if (x->p[i] < '0' || x->p[i] > '9') return 0;
    return x->p[x->n - 2] == '0';
}

/* "3rd", "21st" */
static int is_ordinal_figure(const word *x)
{
    uint32_t i;
    const char *s;
    if (x->n < 3 || !(x->flags & WORD_DIGIT)) return 0;
    for (i = 0; i + 2 < x->n; i++)
        if (x->p[i] < '0' || x->p[i] > '9') return 0;
    s = x->p + x->n - 2;
    return memcmp(s, "st", 2) == 0 || memcmp(s, "nd", 2) == 0 || memcmp(s, "rd", 2) == 0 ||
           memcmp(s, "th", 2) == 0;
}

/* "7:30", "19:00", "7.30" before a.m. or p.m. */
static int is_clock(const word *x)
{
    const char *colon = memchr(x->p, ':', x->n);
    return colon && colon > x->p && colon - x->p <= 2 && x->n - (uint32_t)(colon - x->p) == 3 &&
           (x->flags & WORD_DIGIT);
}

/* ---- numbers
 * ---------------------------------------------------------------------------------------- */

/* "twenty-one", "three hundred", "1.28 million", "two-thirds", "dozens", "a dozen". Behind it. */
static uint32_t plain_number(const words *w, uint32_t i)
{
    uint32_t j = i;
    if (is_figure(at(w, i))) {
        j = i + 1;
        if (j < w->n && at(w, j)->n >= 2 && strchr("\xC2", at(w, j)->p[0]) &&
            (memcmp(at(w, j)->p, "½", 2) == 0 || memcmp(at(w, j)->p, "¼", 2) == 0))
            j++;
    } else if (word_in(at(w, i), VOC_UNITS)) {
        j = i + 1;
        if (word_in(at(w, i), VOC_TENS) && is_dash(at(w, j)) && tight(at(w, j)) &&
            word_in(at(w, j + 1), VOC_UNITS))
            j += 2;
    } else if (word_in(at(w, i), VOC_MANY)) {
        return i + 1;
    } else if ((word_is(at(w, i), "a") || word_is(at(w, i), "an")) &&
               word_in(at(w, i + 1), VOC_SOME) && !word_is(at(w, i + 1), "half")) {
        j = i + 1;
    } else {
        return i;
    }
    while (word_in(at(w, j), VOC_SCALES) || (word_is(at(w, j), "dozen") && j > i)) {
        if (word_is(at(w, j), "m") && !tight(at(w, j))) break;
        j++;
        if (word_is(at(w, j), "and") && word_in(at(w, j + 1), VOC_UNITS) && j - i < 6)
            j += 2;
        else if (word_in(at(w, j), VOC_UNITS) && j - i < 6)
            j++;
    }
    if (is_dash(at(w, j)) && tight(at(w, j)) && word_in(at(w, j + 1), VOC_PARTS) && j > i)
        j += 2;
    else if (j > i && word_in(at(w, j), VOC_PARTS) && !word_is(at(w, j), "quarter") &&
             !word_is(at(w, j), "half") && !word_is(at(w, j), "third") &&
             word_in(at(w, j - 1), VOC_UNITS))
        j++;
    return j;
}

/* A number or a range of two: "10 to 12", "3-2", "between five and six". */
static uint32_t number(const words *w, uint32_t i)
{
    uint32_t j = plain_number(w, i), k;
    const word *mid = at(w, j);
    if (j == i) return i;
    if (word_is(mid, "to") || (is_dash(mid) && tight(mid) && tight(at(w, j + 1))) ||
        (word_is(mid, "or") && word_in(at(w, i), VOC_UNITS)) ||
        (word_is(mid, "and") && word_is(before(w, i), "between"))) {
        k = plain_number(w, j + 1);
        if (k > j + 1 && at(w, k - 1)->sentence == at(w, i)->sentence) return k;
    }
    return j;
}

/* Modifiers that belong to a number that starts at i: "at least", "more than", "about". */
static uint32_t with_modifiers(const words *w, uint32_t i)
{
    const word *one = before(w, i);
    const word *two = one->n ? before(w, i - 1) : one;
    if (word_is(one, "than") && (word_is(two, "more") || word_is(two, "less") ||
                                 word_is(two, "fewer") || word_is(two, "greater")))
        return i - 2;
    if (word_is(two, "at") && (word_is(one, "least") || word_is(one, "most"))) return i - 2;
    if (word_is(two, "up") && word_is(one, "to")) return i - 2;
    if (word_is(one, "estimated") && word_is(two, "an")) return i - 2;
    if (word_is(one, "another")) return i;
    if (word_in(one, VOC_SINGLE_MODIFIERS)) {
        if (word_is(one, "over") && word_is(two, "from")) return i;
        return i - 1;
    }
    return i;
}

/* ---- what a number is
 * ------------------------------------------------------------------------------- */

static uint32_t percent_after(const words *w, uint32_t j)
{
    if (word_is(at(w, j), "%") || word_is(at(w, j), "percent") || word_is(at(w, j), "pct"))
        return j + 1;
    if (word_is(at(w, j), "per") && word_is(at(w, j + 1), "cent")) return j + 2;
    if (word_is(at(w, j), "percentage") &&
        (word_is(at(w, j + 1), "points") || word_is(at(w, j + 1), "point")))
        return j + 2;
    return j;
}

static uint32_t money_after(const words *w, uint32_t j)
{
    if (word_in(at(w, j), VOC_CURRENCIES) && !word_is(at(w, j), "real")) return j + 1;
    if ((at(w, j)->flags & WORD_CAP) && word_in(at(w, j + 1), VOC_CURRENCIES) &&
        ((at(w, j)->bits & (LEX_BIT(LEX_NORP) | LEX_BIT(LEX_GPE))) != 0))
        return j + 2;
    return j;
}

static uint32_t quantity_after(const words *w, uint32_t j)
{
    const word *x = at(w, j);
    if (is_dash(x) && tight(x) && word_in(at(w, j + 1), VOC_PHYSICAL)) x = at(w, ++j);
    if (!word_in(x, VOC_PHYSICAL)) return j;
    if (x->n == 1 && !tight(x) && (x->flags & WORD_CAP)) return j; /* "5 C" of a list */
    if (word_is(x, "square") || word_is(x, "cubic") || word_is(x, "nautical"))
        return word_in(at(w, j + 1), VOC_AFTER_AREA) ? j + 2 : j;
    if ((word_is(x, "degrees") || word_is(x, "degree")) &&
        (word_is(at(w, j + 1), "celsius") || word_is(at(w, j + 1), "fahrenheit") ||
         word_is(at(w, j + 1), "c") || word_is(at(w, j + 1), "f")))
        return j + 2;
    if (word_is(at(w, j + 1), "per") && word_in(at(w, j + 2), VOC_SHORT_PERIODS)) return j + 3;
    if (word_is(at(w, j + 1), "an") && word_is(at(w, j + 2), "hour")) return j + 3;
    return j + 1;
}

/* "45-year-old", "three years old", "two hours", "six-month". *label says which. */
static uint32_t period_after(const words *w, uint32_t i, uint32_t j, int *label)
{
    uint32_t k = j;
    if (is_dash(at(w, k)) && tight(at(w, k))) k++;
    if (word_in(at(w, k), VOC_SHORT_PERIODS) &&
        !(word_is(at(w, k), "second") && j == i + 1 && word_is(at(w, i), "one"))) {
        *label = ENT_TIME;
        return k + 1;
    }
    while (k == j &&
           (word_is(at(w, k), "more") || word_is(at(w, k), "full") ||
            word_is(at(w, k), "straight") || word_is(at(w, k), "consecutive")) &&
           word_in(at(w, k + 1), VOC_LONG_PERIODS))
        k++;
    if (!word_in(at(w, k), VOC_LONG_PERIODS)) return j;
    *label = word_is(at(w, k), "night") || word_is(at(w, k), "nights") ? ENT_TIME : ENT_DATE;
    k++;
    if (is_dash(at(w, k)) && tight(at(w, k)) && word_is(at(w, k + 1), "old")) return k + 2;
    if (word_is(at(w, k), "old") || word_is(at(w, k), "ago") || word_is(at(w, k), "earlier") ||
        word_is(at(w, k), "later"))
        return k + 1;
    return k;
}

/* "the past", "the last", "the next" before a period. */
static uint32_t period_start(const words *w, uint32_t i)
{
    const word *one = before(w, i);
    if (!word_in(one, VOC_RELATIVE) && !word_is(one, "first")) return i;
    if (word_is(one, "this")) return i;
    return word_is(before(w, i - 1), "the") ? i - 2 : i - 1;
}

/* ---- dates
 * ------------------------------------------------------------------------------------------ */

static int is_month(const word *x)
{
    return (x->flags & WORD_CAP) && word_in(x, VOC_MONTHS);
}

/* "May" and "March" are words, too: only with a day, a year or a preposition. */
static int is_sure_month(const words *w, uint32_t i)
{
    const word *x = at(w, i), *prev = before(w, i);
    if (!is_month(x)) return 0;
    if (!word_is(x, "may") && !word_is(x, "march") && !word_is(x, "mar") && !word_is(x, "jan") &&
        !word_is(x, "sep"))
        return 1;
    return word_in(prev, VOC_MONTH_CUES) || is_figure(at(w, i + 1)) || is_figure(prev) ||
           is_ordinal_figure(prev);
}

static uint32_t year_after(const words *w, uint32_t j)
{
    if (is_year(at(w, j))) return j + 1;
    if (word_is(at(w, j), ",") && is_year(at(w, j + 1))) return j + 2;
    if (word_is(at(w, j), "of") && is_year(at(w, j + 1))) return j + 2;
    return j;
}

static int is_day(const word *x)
{
    return (x->n <= 2 && all_digits(x)) || (is_ordinal_figure(x) && x->n <= 4);
}

/* "May 12, 2024", "12 May 2024", "the 3rd of June", "June". */
static uint32_t calendar_date(const words *w, uint32_t i)
{
    uint32_t j;
    if (is_sure_month(w, i)) {
        j = i + 1;
        if (is_day(at(w, j)) && percent_after(w, j + 1) == j + 1) j++;
        if (is_dash(at(w, j)) && is_day(at(w, j + 1))) j += 2;
        return year_after(w, j);
    }
    if (!is_day(at(w, i))) return i;
    j = i + 1;
    if (is_dash(at(w, j)) && is_day(at(w, j + 1))) j += 2;
    if (word_is(at(w, j), "of")) j++;
    return is_month(at(w, j)) && !(j > i + 1 && word_is(at(w, j - 1), "to")) ? year_after(w, j + 1)
                                                                             : i;
}

static uint32_t weekday(const words *w, uint32_t i)
{
    uint32_t j = i + 1, k;
    if (!(at(w, i)->flags & WORD_CAP) || !word_in(at(w, i), VOC_WEEKDAYS)) return i;
    if (word_in(at(w, j), VOC_DAY_PARTS)) return j + 1;
    if (word_is(at(w, j), ",")) {
        k = calendar_date(w, j + 1);
        if (k > j + 1) return k;
    }
    k = calendar_date(w, j);
    return k > j ? k : j;
}

/* "last year", "this week", "the previous month", "earlier this month". */
static uint32_t relative_date(const words *w, uint32_t i, int *label)
{
    uint32_t j = i;
    if (word_is(at(w, j), "the")) j++;
    if (!word_in(at(w, j), VOC_RELATIVE)) {
        if (j > i || !word_in(at(w, i), VOC_DEICTIC)) return i;
        *label = word_is(at(w, i), "tonight") ? ENT_TIME : ENT_DATE;
        return i + 1;
    }
    j++;
    *label = ENT_DATE;
    if (word_in(at(w, j), VOC_SHORT_PERIODS)) {
        *label = ENT_TIME;
        return word_is(at(w, j), "second") || word_is(at(w, j), "minute") ? i : j + 1;
    }
    if (word_in(at(w, j), VOC_DAY_PARTS)) {
        *label = ENT_TIME;
        return j + 1;
    }
    if (word_in(at(w, j), VOC_LONG_PERIODS) || word_in(at(w, j), VOC_SEASONS)) return j + 1;
    if (is_month(at(w, j))) return year_after(w, j + 1);
    if (word_in(at(w, j), VOC_WEEKDAYS)) return weekday(w, j) > j ? weekday(w, j) : j + 1;
    return i;
}

/* "the third quarter of 2024", "the first half of the year", "the 19th century". */
static uint32_t ordinal_period(const words *w, uint32_t i)
{
    uint32_t j = i + (word_is(at(w, i), "the") != 0), k;
    if (word_in(at(w, j), VOC_EARLY)) j++;
    if (!word_in(at(w, j), VOC_ORDINALS) && !is_ordinal_figure(at(w, j))) return i;
    j++;
    if (is_dash(at(w, j)) && tight(at(w, j))) j++;
    if (word_is(at(w, j), "century") || word_is(at(w, j), "centuries")) return j + 1;
    if (!word_is(at(w, j), "quarter") && !word_is(at(w, j), "half") && !word_is(at(w, j), "week") &&
        !word_is(at(w, j), "day"))
        return i;
    j++;
    k = year_after(w, j);
    if (k > j) return k;
    if (word_is(at(w, j), "of") && word_is(at(w, j + 1), "the") &&
        word_in(at(w, j + 2), VOC_LONG_PERIODS))
        return j + 3;
    if (word_is(at(w, j), "of") && is_month(at(w, j + 1))) return year_after(w, j + 2);
    return word_is(at(w, j - 1), "quarter") || word_is(at(w, j - 1), "half") ? j : i;
}

static uint32_t any_date(const words *w, uint32_t i, int *label)
{
    uint32_t j;
    *label = ENT_DATE;
    j = weekday(w, i);
    if (j > i) {
        if (word_in(at(w, i + 1), VOC_DAY_PARTS) && j == i + 2) *label = ENT_TIME;
        return j;
    }
    j = calendar_date(w, i);
    if (j > i) return j;
    j = relative_date(w, i, label);
    if (j > i) return j;
    *label = ENT_DATE;
    j = ordinal_period(w, i);
    if (j > i) return j;
    if (is_decade(at(w, i))) return i + 1;
    if (word_is(at(w, i), "the") && is_decade(at(w, i + 1))) return i + 2;
    if (word_in(at(w, i), VOC_SEASONS) && is_year(at(w, i + 1))) return i + 2;
    if (word_is(at(w, i), "midnight") || word_is(at(w, i), "noon")) {
        *label = ENT_TIME;
        return i + 1;
    }
    if (is_year(at(w, i)) && word_in(before(w, i), VOC_YEAR_CUES)) {
        if ((is_dash(at(w, i + 1)) || word_is(at(w, i + 1), "/")) && tight(at(w, i + 1)) &&
            is_figure(at(w, i + 2)))
            return i + 3;
        return i + 1;
    }
    return i;
}

/* "early", "late", "mid-" belong to the date, and "the" to decades and relative periods. */
static uint32_t date_start(const words *w, uint32_t i)
{
    uint32_t s = i;
    if (is_dash(before(w, s)) && s >= 2 && word_is(at(w, s - 2), "mid"))
        s -= 2;
    else if (word_in(before(w, s), VOC_EARLY))
        s--;
    else if (word_is(before(w, s), "earlier") || word_is(before(w, s), "later"))
        s--;
    if ((s < i || is_decade(at(w, i))) && word_is(before(w, s), "the")) s--;
    return s;
}

/* ---- clock times
 * --------------------------------------------------------------------------------------- */

static uint32_t clock_time(const words *w, uint32_t i)
{
    uint32_t j = i + 1;
    int clock = is_clock(at(w, i));
    if (!clock && !is_figure(at(w, i)) && !word_in(at(w, i), VOC_UNITS)) return i;
    if (word_in(at(w, j), VOC_MERIDIEM))
        j++;
    else if (word_is(at(w, j), "o'clock") || word_is(at(w, j), "o’clock"))
        j++;
    else if (!clock)
        return i;
    if (word_in(at(w, j), VOC_ZONES) && (at(w, j)->flags & WORD_CAPS)) j++;
    return j;
}

/* ---- one place
 * ----------------------------------------------------------------------------------------- */

/* "$2,000", "Rs 40 crore", "US$3bn". Behind it, or i. */
static uint32_t money_at(const words *w, uint32_t i)
{
    uint32_t j, k;
    const word *x = at(w, i);
    if (!word_in(x, VOC_CURRENCY_BEFORE)) return i;
    if ((x->p[0] >= 'A' && x->p[0] <= 'Z' && x->n < 3 && !memchr(x->p, '$', x->n) &&
         !(x->flags & WORD_CAP)) ||
        (x->n == 1 && x->p[0] >= 'a' && x->p[0] <= 'z'))
        return i;
    if (!is_figure(at(w, i + 1)) || ((x->flags & WORD_LOWER) && x->n < 3 && x->p[0] < 0x7f))
        return i;
    j = number(w, i + 1);
    if (is_dash(at(w, j)) && word_in(at(w, j + 1), VOC_SCALES)) j += 2;
    if (is_dash(at(w, j)) && word_in(at(w, j + 1), VOC_CURRENCY_BEFORE)) {
        k = number(w, j + 2);
        if (k > j + 2) j = k;
    }
    return j;
}

/* "one" as a pronoun, "second" as a noun and so on. */
static int is_pronoun(const words *w, uint32_t i, uint32_t j)
{
    const word *next = at(w, j);
    if (j != i + 1 || !word_is(at(w, i), "one")) return 0;
    if (word_in(before(w, i), VOC_PRONOUN_ONE_BEFORE)) return 1;
    return next->n == 0 || (!(next->flags & (WORD_LOWER | WORD_CAP)) && !is_dash(next)) ||
           (word_in(next, VOC_AFTER_ONE) && !word_is(next, "of"));
}

/* The figure is part of a word or a name: "F-16", "No. 2" stays a number, "11th" is none here. */
static int inside_a_word(const words *w, uint32_t i)
{
    const word *prev = before(w, i);
    if (tight(at(w, i)) && is_dash(prev) && i >= 2 && tight(prev) &&
        (at(w, i - 2)->flags & WORD_CAP))
        return 1;
    return tight(at(w, i)) && (prev->flags & (WORD_CAP | WORD_LOWER)) != 0;
}

/* "Maria Dela Cruz, 47, ..." */
static int is_age(const words *w, uint32_t i, uint32_t j)
{
    return at(w, i)->n == 2 && all_digits(at(w, i)) && word_is(before(w, i), ",") && i >= 2 &&
           (at(w, i - 2)->flags & WORD_CAP) && (word_is(at(w, j), ",") || word_is(at(w, j), "."));
}

static uint32_t number_at(words *w, uint32_t i)
{
    uint32_t j = number(w, i), k, s;
    int label = ENT_CARDINAL;
    if (j == i || inside_a_word(w, i)) return i;
    s = with_modifiers(w, i);
    if ((k = percent_after(w, j)) > j) {
        label = ENT_PERCENT;
    } else if ((k = money_after(w, j)) > j) {
        label = ENT_MONEY;
    } else if ((k = period_after(w, i, j, &label)) > j) {
        if (s == i) s = period_start(w, i);
    } else if ((k = quantity_after(w, j)) > j) {
        label = ENT_QUANTITY;
    } else if (is_age(w, i, j)) {
        label = ENT_DATE;
    } else if (is_pronoun(w, i, j)) {
        return i;
    }
    words_answer(w, s, k - s, label, RANK_VALUE);
    return k;
}

static uint32_t value_at(words *w, uint32_t i)
{
    uint32_t j, s;
    int label;
    if ((j = money_at(w, i)) > i) {
        s = with_modifiers(w, i);
        words_answer(w, s, j - s, ENT_MONEY, RANK_VALUE);
        return j;
    }
    if ((j = clock_time(w, i)) > i) {
        s = with_modifiers(w, i);
        words_answer(w, s, j - s, ENT_TIME, RANK_VALUE);
        return j;
    }
    if ((j = any_date(w, i, &label)) > i) {
        s = date_start(w, i);
        words_answer(w, s, j - s, label, RANK_VALUE);
        return j;
    }
    if ((j = number_at(w, i)) > i) return j;
    if ((word_in(at(w, i), VOC_ORDINALS) && !word_is(at(w, i), "second")) ||
        is_ordinal_figure(at(w, i)) ||
        (word_is(at(w, i), "second") && word_is(before(w, i), "the"))) {
        if (!(at(w, i + 1)->flags & WORD_CAP) || !is_ordinal_figure(at(w, i)))
            words_answer(w, i, 1, ENT_ORDINAL, RANK_VALUE);
        return i + 1;
    }
    return i + 1;
}

void values_find(words *w)
{
    uint32_t i = 0;
    while (i < w->n) {
        uint32_t j = value_at(w, i);
        i = j > i ? j : i + 1;
    }
}
