/* SPDX-License-Identifier: MIT */
/* plugins/values/periods.c - stretches of time that are not said by an amount: "the past two
 * months", "last year", "the third quarter of 2024". */
#include "rules.h"

/* ---- pieces ---------------------------------------------------------------------------------- */

/* "of 2024", "of the year", "of May 2024", "of last year" behind a part of a year. */
static uint32_t of_what(const values_rules *r, uint32_t i, date *d)
{
    const words *w = r->w;
    uint32_t j = i;
    date to;
    if (number_year(go_on(w, j))) {
        d->year = number_year(at(w, j));
        return j + 1;
    }
    if (!word_is(go_on(w, j), "of") && !word_is(go_on(w, j), "in")) return i;
    j++;
    if (number_year(go_on(w, j))) {
        d->year = number_year(at(w, j));
        return j + 1;
    }
    if (word_is(at(w, j - 1), "in")) return i;
    if (word_is(go_on(w, j), "fiscal") && number_year(go_on(w, j + 1))) {
        d->year = number_year(at(w, j + 1));
        return j + 2;
    }
    if (date_is_month(w, j)) return date_calendar(r, j, d, &to);
    if (word_is(go_on(w, j), "the") || (go_on(w, j)->sets & V_RELATIVE)) {
        int moved = go_on(w, j)->sets & V_RELATIVE ? word_num(at(w, j)) : 0;
        j++;
        if (go_on(w, j)->sets & V_RELATIVE) moved = word_num(at(w, j++));
        if (go_on(w, j)->sets & V_SEASON) return j + 1;
        if (date_is_month(w, j)) return date_calendar(r, j, d, &to);
        if (!word_is_period(go_on(w, j))) return i;
        if (r->today.year && word_unit(at(w, j)) == 'Y') d->year = r->today.year + moved;
        return j + 1;
    }
    return i;
}

static void note_stretch(const values_rules *r, note *t, int64_t n, int direction, const word *x)
{
    date other;
    if (!r->today.year || !word_unit(x) || n < 0) {
        note_text(t, word_unit(x) == 'H' ? "PT" : "P");
        if (n < 0 || !word_unit(x)) t->bad = 1;
        note_int(t, n * word_multiple(x), 1);
        note_bytes(t, (char[]){word_unit(x)}, 1);
        return;
    }
    other = calendar_move(r->today, n * direction * word_multiple(x), word_unit(x));
    calendar_note(t, direction < 0 ? other : r->today);
    note_text(t, "/");
    calendar_note(t, direction < 0 ? r->today : other);
}

/* "two months" behind "the past", the amount being there or "few", "several", "couple of". */
static uint32_t counted(const values_rules *r, uint32_t i, int direction, hit *h)
{
    const words *w = r->w;
    amount a;
    uint32_t j = i;
    int64_t n = -1;
    if (go_on(w, j)->sets & V_COUNT) {
        if (word_is(at(w, j), "couple") && word_is(go_on(w, j + 1), "of")) j++;
        j++;
    } else if (go_on(w, j)->n && !number_year(at(w, j)) && (j = amount_read(w, i, &a)) > i) {
        if (a.kind == '1') n = decimal_whole(a.lo);
    }
    if (j == i) return i;
    if (word_dash(go_on(w, j))) j++;
    if (word_is(go_on(w, j), "full") || word_is(go_on(w, j), "consecutive")) j++;
    if (go_on(w, j)->sets & V_CLOCK) {
        h->label = L_TIME;
        h->value.bad = 1;
        return j + 1;
    }
    if (!(go_on(w, j)->sets & (V_PERIOD | V_SEASON | V_WEEKDAY))) return i;
    if (at(w, j)->sets & V_PERIOD)
        note_stretch(r, &h->value, n, direction ? direction : -1, at(w, j));
    else
        h->value.bad = 1;
    return j + 1;
}

/* ---- "the third quarter of 2024", "the 19th century" -------------------------------------------
 */

static int ordinal_of(const word *x)
{
    return x->sets & V_ORDINAL ? word_num(x) : number_ordinal_figure(x);
}

static uint32_t ordinal_period(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    uint32_t j = i, k;
    int n = ordinal_of(at(w, j));
    date d = {0};
    int final = word_is(at(w, j), "final") || word_is(at(w, j), "opening");
    if (!n && !final && !(at(w, j)->sets & V_RELATIVE)) return i;
    if (number_ordinal_figure(at(w, i)) > 31 && go_on(w, i + 1)->sets & V_CLOCK) { /* 83rd minute */
        h->label = L_TIME;
        h->value.bad = 1;
        return i + 2;
    }
    j++;
    if (n == 1 || final) {
        k = counted(r, j, 0, h);
        h->value.bad = k > j;
        if (k > j) return k;
        h->value.n = 0;
    }
    if (word_is(go_on(w, j), "fiscal") || word_is(go_on(w, j), "full")) j++;
    if (n && n < 6 && (go_on(w, j)->sets & V_WEEKDAY) && (k = of_what(r, j + 1, &d)) > j + 1) {
        h->value.bad = 1; /* "the first Sunday of the month" */
        return k;
    }
    if (n && n < 6 && (go_on(w, j)->sets & V_WEEKDAY) && (at(w, j)->flags & WORD_CAP) &&
        word_is(before(w, i), "the")) {
        h->value.bad = 1; /* "the third Tuesday" */
        return j + 1;
    }
    if (word_dash(go_on(w, j)) && word_tight(at(w, j))) j++;
    if (n && (word_is(go_on(w, j), "century") || word_is(go_on(w, j), "centuries"))) {
        note_int(&h->value, n - 1, 2);
        note_text(&h->value, "XX");
        return j + 1;
    }
    if (n && n < 10 && word_is(before(w, i), "the") &&
        ((go_on(w, j)->sets & V_SEASON && of_what(r, j + 1, &d) == j + 1) ||
         (go_on(w, j)->sets & V_DAYPART && !number_ordinal_figure(at(w, i))))) {
        h->value.bad = 1; /* "the first winter", "the second morning" */
        return j + 1;
    }
    if (n && (word_is(go_on(w, j), "minute") || word_is(go_on(w, j), "hour"))) {
        h->label = L_TIME;
        h->value.bad = 1;
        return j + 1;
    }
    if (word_is(go_on(w, j), "quarter") && n >= 1 && n <= 4) d.season = 32 + n;
    if (word_is(go_on(w, j), "half") && n >= 1 && n <= 2) d.season = 39 + n;
    if (!word_is_period(go_on(w, j)) && !word_is(at(w, j), "half") && !(at(w, j)->sets & V_SEASON))
        return i;
    k = of_what(r, ++j, &d);
    if (k == j && !(word_is(at(w, j - 1), "quarter") || word_is_period(at(w, j - 1)))) return i;
    if (k == j && !n) return i;
    if (word_is(at(w, j - 1), "week") && n && d.year && !d.month && n <= 52) {
        note_int(&h->value, d.year, 4); /* "the first week of 2015" */
        note_text(&h->value, "-W");
        note_int(&h->value, n, 2);
        return k;
    }
    if (!d.season || d.month) h->value.bad = 1;
    date_resolve(r, &d, 0);
    calendar_note(&h->value, d);
    return k;
}

/* ---- "last year", "the past two months" --------------------------------------------------------
 */

/* "the same period of 2024", "that week"; i is at the noun. */
static uint32_t same_period(const values_rules *r, uint32_t i, int that, hit *h)
{
    const words *w = r->w;
    const int period = word_is(go_on(w, i), "period");
    date d = {0};
    uint32_t k;
    if (!(period || word_is(go_on(w, i), "months") || word_is_period(go_on(w, i)) ||
          date_is_month(w, i)))
        return i;
    if (that && period) return i;
    h->value.bad = 1;
    k = of_what(r, i + 1, &d);
    if (k == i + 1 && word_is(go_on(w, k), "in") && number_year(go_on(w, k + 1))) return k + 2;
    if (k == i + 1 && go_on(w, k)->sets & V_RELATIVE && word_is_period(go_on(w, k + 1)))
        return k + 2;
    return period && k == i + 1 ? i : k;
}

static void note_part(note *t, const word *part)
{
    note_text(t, word_sym(part)[0] == 'T' ? "" : "T");
    note_text(t, word_sym(part));
}

/* "last night", "next Monday [morning]": i is at the noun. */
static uint32_t relative_day(const values_rules *r, uint32_t i, int moved, hit *h)
{
    const words *w = r->w;
    const word *x = go_on(w, i);
    date d = {.weekday = word_num(x)};
    if (x->sets & V_DAYPART) {
        h->label = L_TIME;
        h->value.bad = !r->today.year;
        if (r->today.year) calendar_note(&h->value, calendar_move(r->today, moved, 'D'));
        note_part(&h->value, x);
        return i + 1;
    }
    if (!(x->sets & V_WEEKDAY)) return i;
    date_resolve(r, &d, moved >= 0);
    calendar_note(&h->value, d);
    if (!(go_on(w, i + 1)->sets & V_DAYPART)) return i + 1;
    h->label = L_TIME;
    note_part(&h->value, at(w, i + 1));
    return i + 2;
}

/* "last May", "next summer": i is at the noun. */
static uint32_t relative_month(const values_rules *r, uint32_t i, int moved, hit *h)
{
    const words *w = r->w;
    const word *x = go_on(w, i);
    date d = {0}, to;
    uint32_t k;
    if (x->sets & V_SEASON) {
        d.season = word_num(x);
        k = date_year(w, i + 1, &d);
        if (r->today.year && !d.year) d.year = r->today.year + moved;
    } else if ((x->sets & V_MONTH) && (x->flags & WORD_CAP)) {
        k = date_calendar(r, i, &d, &to);
        d.month = word_num(x);
        if (k == i) k = i + 1;
        if (r->today.year && !d.year) {
            d.year = r->today.year;
            if (moved > 0) d.year += d.month <= r->today.month;
            if (moved < 0) d.year -= d.month >= r->today.month;
        }
    } else {
        return i;
    }
    calendar_note(&h->value, d);
    return k;
}

/* "can last 18 hours": no time that is past. */
static int is_verb(const words *w, uint32_t i)
{
    static const char *const helpers[] = {"to",  "can",   "could",  "will", "would",
                                          "may", "might", "should", "must", "not"};
    const word *prev = before(w, i);
    size_t k;
    if (!word_is(at(w, i), "last")) return 0;
    for (k = 0; k < sizeof helpers / sizeof *helpers; k++)
        if (word_is(prev, helpers[k])) return (go_on(w, i + 1)->sets & (V_PERIOD | V_WEEKDAY)) == 0;
    return 0;
}

/* "last year", "the past two months", "the same week": i is at the first word. */
static uint32_t relative(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const int moved = word_num(at(w, i)), that = word_is(at(w, i), "that");
    uint32_t j = i + 1, k;
    const word *x;
    if (!(at(w, i)->sets & V_RELATIVE) || is_verb(w, i)) return i;
    if ((go_on(w, j)->sets & V_EARLY) || word_is(at(w, j), "fiscal")) j++;
    if ((that || word_is(at(w, i), "same")) && (k = same_period(r, j, that, h)) > j) return k;
    if (that && word_is(go_on(w, j), "period")) return i;
    if ((k = counted(r, j, moved, h)) > j) return k;
    h->value.n = 0;
    h->value.bad = 0;
    if ((k = relative_day(r, j, moved, h)) > j) return k;
    if ((k = relative_month(r, j, moved, h)) > j) return k;
    x = go_on(w, j);
    if (word_is_period(x)) {
        period_note_moved(r, &h->value, moved, x);
        return j + 1;
    }
    if (!(x->sets & V_CLOCK) || word_is(x, "second") || word_is(x, "min") || x->n == 1) return i;
    h->label = L_TIME;
    h->value.bad = 1;
    return j + 1;
}

/* ---- "the end of July", "the year", "for weeks" ------------------------------------------------
 */

/* "the end of July", "the start of the year". */
static uint32_t end_of(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    date d = {0};
    uint32_t j;
    if (!(word_is(at(w, i), "end") || word_is(at(w, i), "start") ||
          word_is(at(w, i), "beginning") || word_is(at(w, i), "middle") ||
          word_is(at(w, i), "rest") || word_is(at(w, i), "eve") || word_is(at(w, i), "turn")))
        return i;
    if (!word_is(go_on(w, i + 1), "of")) return i;
    j = of_what(r, i + 1, &d);
    h->value.bad = 1;
    if (j == i + 1) return i;
    return j;
}

/* "day after tomorrow", "week after next", "year before last"; i is at the period. */
static uint32_t day_beyond(const values_rules *r, uint32_t i, hit *h)
{
    const word *x = at(r->w, i), *end = go_on(r->w, i + 2);
    const int ahead = word_is(at(r->w, i + 1), "after");
    if (word_is(x, "day") && word_is(end, ahead ? "tomorrow" : "yesterday")) {
        if (r->today.year) calendar_note(&h->value, calendar_move(r->today, ahead ? 2 : -2, 'D'));
        h->value.bad = !r->today.year;
        return i + 3;
    }
    if (!word_is_period(x) || !word_is(end, ahead ? "next" : "last")) return i;
    h->value.bad = 0;
    period_note_moved(r, &h->value, ahead ? 2 : -2, x);
    return i + 3;
}

/* "the quarter ended Sept. 30", "the year", "the day", behind "the". */
static uint32_t definite(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i), *next = go_on(w, i + 1);
    date from, to;
    uint32_t j = i + 1, k;
    if ((word_is(x, "whole") || word_is(x, "entire") || word_is(x, "full")) &&
        word_is_period(next) && !word_is_vague_period(next)) {
        h->value.bad = 1;
        return i + 2;
    }
    if (!word_is_period(x) && !(x->sets & V_DAYPART)) return i;
    h->value.bad = 1;
    if (word_is(next, "ended") || word_is(next, "ending") || word_is(next, "to")) {
        j = date_calendar(r, i + 2, &from, &to);
        if (j > i + 2) return j;
        j = i + 1;
    }
    if ((word_is(next, "before") || word_is(next, "after")) && (k = day_beyond(r, i, h)) > i)
        return k;
    if (word_is(next, "before") && (x->sets & V_DAYPART) &&
        (go_on(w, j + 1)->n == 0 || go_on(w, j + 1)->mark)) {
        h->label = L_TIME; /* "the evening before" */
        return j + 1;
    }
    if (word_is(next, "before") || word_is(next, "after")) {
        if (word_is_period(x) && (go_on(w, j + 1)->n == 0 || go_on(w, j + 1)->mark)) return j + 1;
        if (word_is_period(x)) return i;
    }
    if (x->sets & V_DAYPART) {
        if (x->sets & V_PERIOD && x->p[x->n - 1] == 's') return i;
        h->label = L_TIME;
        h->value.bad = 0;
        note_text(&h->value, word_sym(x)[0] == 'T' ? "" : "T");
        note_text(&h->value, word_sym(x));
        return j;
    }
    if (word_is(x, "weekend") || word_is(x, "weekends")) return j;
    if (word_is(x, "day") || word_is(x, "week") || word_is(x, "month") || word_is(x, "year") ||
        word_is(x, "quarter") || word_is(x, "decade") || word_is(x, "century"))
        return word_is(next, "of") ? i : j;
    return i;
}

/* "for weeks", "within hours", "centuries later". */
static uint32_t bare_plural(const values_rules *r, uint32_t i, hit *h)
{
    const word *x = at(r->w, i), *prev = before(r->w, i), *next = go_on(r->w, i + 1);
    int cue = word_is(prev, "for") || word_is(prev, "within") || word_is(prev, "in") ||
              word_is(prev, "over") || word_is(prev, "after") || word_is(prev, "took");
    int tail = word_is(next, "later") || word_is(next, "ago") || word_is(next, "earlier");
    if (x->n < 4 || (x->p[x->n - 1] | 0x20) != 's' || !(x->sets & (V_PERIOD | V_CLOCK)) ||
        (x->sets & (V_DAYPART | V_PART)) || word_is(x, "seasons") || !(cue || tail))
        return i;
    h->label = x->sets & V_CLOCK ? L_TIME : L_DATE;
    h->value.bad = 1;
    return i + 1 + (uint32_t)tail;
}

static int is_possessive(const word *x)
{
    return word_is(x, "its") || word_is(x, "his") || word_is(x, "her") || word_is(x, "their");
}

/* "its third year" */
static int is_year_of(const word *x, const word *y)
{
    return ordinal_of(x) > 0 && word_is(y, "year");
}

uint32_t period_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    uint32_t j = i, k;
    int the = word_is(at(w, i), "the") ||
              (is_possessive(at(w, i)) && is_year_of(go_on(w, i + 1), go_on(w, i + 2)));
    h->label = L_DATE;
    if (the) j++;
    if (is_possessive(at(w, i))) h->first = j;
    if (the && go_on(w, j)->n == 0) return i;
    if (the && (go_on(w, j)->sets & V_EARLY)) {
        uint32_t start = j + 1 + (word_dash(go_on(w, j + 1)) != 0);
        k = date_read(r, start, h);
        if (k > start) return k;
        k = ordinal_period(r, start, h);
        return k > start ? k : i;
    }
    if ((k = relative(r, j, h)) > j) return k;
    if ((k = ordinal_period(r, j, h)) > j)
        return the || word_is(at(w, k - 1), "century") || word_is(at(w, k - 1), "quarter") ||
                       number_year(at(w, k - 1)) || h->label == L_TIME ||
                       word_is(at(w, k - 1), "centuries")
                   ? k
                   : i;
    if ((k = end_of(r, j, h)) > j) return k;
    if ((k = bare_plural(r, j, h)) > j && !the) return k;
    if (the) {
        k = date_read(r, j, h); /* "the 1990s", "the autumn of 2024" */
        /* Of "the 2022 floods", "the September contract", "the Christmas bonus" the date alone. */
        if (k > j && (at(w, j)->flags & WORD_CAP || number_year(at(w, j))) &&
            !(at(w, j)->sets & (V_ORDINAL | V_SEASON | V_WEEKDAY)))
            h->first = j;
        if (date_recurring(w, j) > j) h->first = j;
        if (k > j) return k;
        k = definite(r, j, h);
        return k > j ? k : i;
    }
    return period_uncounted(r, i, h);
}
