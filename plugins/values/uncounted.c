/* SPDX-License-Identifier: MIT */
/* plugins/values/uncounted.c - periods without a number: "a year ago", "half an hour", "several
 * days", "every week", "all year". */
#include "rules.h"

/* What "last month" is: the month, not the day. */
static void note_unit(note *t, date d, char unit)
{
    if (unit == 'Y') d.month = d.day = 0;
    if (unit == 'M') d.day = 0;
    if (unit == 'W')
        calendar_note_week(t, d);
    else
        calendar_note(t, d);
}

/* A period so many units from today. */
void period_note_moved(const values_rules *r, note *t, int64_t n, const word *x)
{
    char unit = word_unit(x);
    if (!r->today.year || !unit || word_is(x, "weekend")) {
        t->bad = 1;
        return;
    }
    if (x->sets & V_PART) { /* the quarter of the year */
        date d = calendar_move(r->today, n * 3, 'M');
        d.season = 33 + (d.month - 1) / 3;
        calendar_note(t, d);
        return;
    }
    note_unit(t, calendar_move(r->today, n * word_multiple(x), unit), unit);
}

static int is_tail(const word *x)
{
    return word_is(x, "ago") || word_is(x, "earlier") || word_is(x, "later") ||
           word_is(x, "before") || word_is(x, "after") || word_is(x, "on");
}

/* "a", "every", "several", "another full": what stands before a period without a number. Behind it;
 * *n: how many it says, -1: it does not. */
static uint32_t before_period(const words *w, uint32_t i, int *n)
{
    const word *x = at(w, i);
    const int article = word_is(x, "a") || word_is(x, "an");
    uint32_t j = i + 1;
    if (!article && !(x->sets & V_EVERY) && !word_is(x, "several") && !word_is(x, "few") &&
        !word_is(x, "many") && !word_is(x, "another"))
        return i;
    *n = article || word_is(x, "another") ? 1 : -1;
    x = go_on(w, j);
    if (word_is(x, "full") || word_is(x, "single") || word_is(x, "whole") || word_is(x, "entire"))
        return j + 1;
    if (!word_is(x, "few") && !word_is(x, "couple")) return j;
    *n = -1;
    return word_is(x, "couple") && word_is(go_on(w, j + 1), "of") ? j + 2 : j + 1;
}

int word_is_vague_period(const word *x)
{
    return word_is(x, "season") || word_is(x, "quarter") || word_is(x, "generation") ||
           word_is(x, "term") || word_is(x, "semester");
}

/* "and a half", "ago", "later" behind a period at x. */
static uint32_t behind_period(const values_rules *r, uint32_t j, const word *x, int one, hit *h)
{
    const words *w = r->w;
    if (word_is(go_on(w, j), "and") && word_is(go_on(w, j + 1), "a") &&
        word_is(go_on(w, j + 2), "half")) {
        if (one && word_multiple(x) == 1 && h->value.n > 1 && h->value.p[h->value.n - 2] == '1') {
            h->value.n--;
            note_text(&h->value, ".5");
            note_bytes(&h->value, (char[]){x->sets & V_DAYPART ? 'D' : word_sym(x)[0]}, 1);
        } else {
            h->value.bad = 1;
        }
        j += 3;
    }
    if (!is_tail(go_on(w, j)) || word_is(at(w, j), "on")) return j;
    if ((word_is(at(w, j), "before") || word_is(at(w, j), "after")) && go_on(w, j + 1)->n > 0 &&
        go_on(w, j + 1)->mark == 0)
        return j;
    h->value.n = 0;
    if (word_is(at(w, j), "ago") && h->label == L_DATE && one)
        period_note_moved(r, &h->value, -1, x);
    else
        h->value.bad = 1;
    return j + 1;
}

/* "about a week", "less than a minute": the modifier is part of it, and of its value. */
static void period_start(const words *w, uint32_t i, hit *h)
{
    amount a = {.lo = {1, 0, 0}, .kind = '1'};
    note value = {.n = 0};
    const uint32_t s = amount_start(w, i, &a);
    if (s == i || word_is(before(w, i), "over") || word_is(before(w, i), "just") ||
        !(word_is(at(w, s), "about") || word_is(at(w, s), "nearly") ||
          word_is(at(w, s), "almost") || word_is(at(w, s), "around") ||
          word_is(at(w, s), "under") || word_is(at(w, s), "at") ||
          ((word_is(at(w, s), "less") || word_is(at(w, s), "more")) && !is_tail(go_on(w, i + 2)))))
        return;
    h->first = s;
    if (a.bound)
        note_text(&value, a.bound == '(' ? "<=" : a.bound == ')' ? ">=" : (char[]){a.bound, 0});
    note_bytes(&value, h->value.p, h->value.n);
    value.bad |= h->value.bad;
    h->value = value;
}

/* "a year", "half an hour", "several days", "every week": a period without a number. */
uint32_t period_uncounted(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const int half = word_is(at(w, i), "half"), every = (at(w, i)->sets & V_EVERY) != 0;
    const uint32_t from = i + (half ? 1 : 0);
    uint32_t j;
    const word *x;
    int n = 1;
    if (half && at(w, from)->flags & WORD_FIRST) return i;
    if (word_is(at(w, i), "all")) {
        h->value.bad = 1;
        x = go_on(w, i + 1);
        return word_is_period(x) && (x->p[x->n - 1] | 0x20) != 's' && !word_is_vague_period(x)
                   ? i + 2
                   : i;
    }
    j = before_period(w, from, &n);
    if (j == from) return i;
    x = go_on(w, j);
    if (every) { /* "every August", "every Easter" */
        const uint32_t end =
            x->sets & V_MONTH && x->flags & WORD_CAP ? j + 1 : holiday_read(r, j, h);
        if (end > j) {
            h->value.bad = 1;
            return end;
        }
    }
    if (x->sets & V_SEASON || (x->sets & V_WEEKDAY && every)) {
        h->value.bad = 1;
        if (!every) return i;
        return j + 1 + ((go_on(w, j + 1)->sets & V_DAYPART) != 0);
    }
    if (x->sets & V_DAYPART) {
        h->label = L_TIME;
        h->value.bad = 1;
        return word_is(x, "midnight") || word_is(x, "noon") ? i : j + 1;
    }
    if (x->sets & V_CLOCK && x->n > 3 &&
        !(word_is(x, "second") && !word_is(go_on(w, j + 1), "later")))
        h->label = L_TIME;
    else if (!word_is_period(x) || (word_is_vague_period(x) && !every && !is_tail(go_on(w, j + 1))))
        return i;
    h->value.bad = every || n < 0;
    note_text(&h->value, h->label == L_TIME ? "PT" : "P");
    if (half)
        note_text(&h->value, "0.5");
    else
        note_int(&h->value, word_multiple(x), 1);
    note_text(&h->value, word_sym(x));
    if (n == 1 && !half && !every) period_start(w, i, h);
    if (word_is(go_on(w, j + 1), "or") &&
        (word_is(go_on(w, j + 2), "two") || word_is(go_on(w, j + 2), "so") ||
         word_is(go_on(w, j + 2), "more"))) {
        h->value.bad = 1;
        return j + 3;
    }
    return behind_period(r, j + 1, x, n == 1 && !half, h);
}
