/* SPDX-License-Identifier: MIT */
/* plugins/values/durations.c - amounts of time: "two hours and 11 minutes", "three years ago",
 * "45-year-old". */
#include "rules.h"

/* "45-year-old", "three years ago", "two hours", "six full months": behind an amount at j. */
static uint32_t period_unit(const words *w, uint32_t j, const word **x)
{
    uint32_t k = j;
    if (word_dash(go_on(w, k)) && (word_tight(at(w, k)) || word_tight(at(w, k + 1)))) k++;
    if (k == j)
        while ((word_is(go_on(w, k), "more") || word_is(go_on(w, k), "full") ||
                word_is(go_on(w, k), "straight") || word_is(go_on(w, k), "consecutive") ||
                word_is(go_on(w, k), "whole") || word_is(go_on(w, k), "calendar") ||
                word_is(go_on(w, k), "further") || word_is(go_on(w, k), "extra") ||
                word_is(go_on(w, k), "long") || word_is(go_on(w, k), "working")) &&
               (go_on(w, k + 1)->sets & (V_PERIOD | V_CLOCK)) && k < j + 2)
            k++;
    *x = go_on(w, k);
    if ((*x)->sets & V_SEASON && (*x)->p[(*x)->n - 1] == 's') return k + 1;
    if (!((*x)->sets & (V_PERIOD | V_CLOCK))) return j;
    if ((*x)->n == 1 && !word_tight(*x) && (*x)->flags & WORD_CAP) return j;
    return k + 1;
}

static int clock_unit(const word *x)
{
    return (x->sets & V_CLOCK) != 0;
}

static void note_span(note *t, const amount *a, const word *x)
{
    amount b = *a;
    const char *u = word_sym(x);
    int n = x->sets & V_SEASON                       ? 0
            : x->sets & V_PART                       ? 3
            : clock_unit(x) || (x->sets & V_DAYPART) ? 1
                                                     : word_num(x);
    if (x->sets & V_DAYPART) u = "D";
    if (!n || !*u || a->kind == '?' || a->kind == ':' || !decimal_scale(&b.lo, n, 0) ||
        (a->kind == '-' && !decimal_scale(&b.hi, n, 0))) {
        t->bad = 1;
        return;
    }
    note_decimal(t, b.lo);
    note_text(t, u);
    if (a->kind == '-') {
        note_text(t, clock_unit(x) ? "..PT" : "..P");
        note_decimal(t, b.hi);
        note_text(t, u);
    }
}

static int is_smaller(const word *x, const word *than)
{
    static const char order[] = "YMWD";
    if (clock_unit(x) != clock_unit(than)) return clock_unit(x);
    if (clock_unit(x))
        return word_sym(x)[0] && strchr("HMS", word_sym(x)[0]) > strchr("HMS", word_sym(than)[0]);
    return word_sym(x)[0] && word_sym(than)[0] &&
           strchr(order, word_sym(x)[0]) > strchr(order, word_sym(than)[0]);
}

/* " and 14 minutes", ", 21 minutes", "07 min 41 s" behind a period. */
static uint32_t smaller_periods(const words *w, uint32_t k, const word *unit_before, note *t)
{
    int more;
    for (more = 0; more < 3; more++) {
        uint32_t j = k, m, e;
        amount b;
        const word *x;
        if (word_is(go_on(w, j), "and") || go_on(w, j)->mark == ',') j++;
        if (!go_on(w, j)->n || (m = amount_read(w, j, &b)) == j || b.kind != '1') return k;
        e = period_unit(w, m, &x);
        if (e == m || !is_smaller(x, unit_before)) return k;
        if (clock_unit(x) && !clock_unit(unit_before)) note_text(t, "T");
        note_span(t, &b, x);
        k = e;
        unit_before = x;
    }
    return k;
}

static uint32_t age_tail(const words *w, uint32_t k)
{
    uint32_t j = k;
    if (word_dash(go_on(w, j)) && word_tight(at(w, j))) j++;
    if (word_is(go_on(w, j), "old") || word_is(go_on(w, j), "olds")) return j + 1;
    return k;
}

/* "ago", "from now", "later", "earlier"; "before" and "after" only where nothing else follows. */
static uint32_t moved_tail(const words *w, uint32_t k, int *ago)
{
    const word *x = go_on(w, k);
    *ago = word_is(x, "ago") ? 1 : 0;
    if (word_is(x, "from") &&
        (word_is(go_on(w, k + 1), "now") || word_is(go_on(w, k + 1), "today"))) {
        *ago = -1;
        return k + 2;
    }
    if (*ago || word_is(x, "later") || word_is(x, "earlier")) return k + 1;
    return k;
}

/* "ended September 30", "to the end of July", "through September" behind "the three months". */
static uint32_t ended(const values_rules *r, uint32_t first, uint32_t k, note *t)
{
    const words *w = r->w;
    const word *x = go_on(w, k);
    date from, to;
    uint32_t j = k + 1, e;
    if (!(word_is(x, "ended") || word_is(x, "ending") ||
          (word_is(before(w, first), "the") &&
           (word_is(x, "to") || word_is(x, "through") || word_is(x, "until")))))
        return k;
    if (word_is(go_on(w, j), "in") || word_is(go_on(w, j), "on")) j++;
    if (word_is(go_on(w, j), "the") && word_is(go_on(w, j + 1), "end") &&
        word_is(go_on(w, j + 2), "of"))
        j += 3;
    e = go_on(w, j)->n ? date_calendar(r, j, &from, &to) : j;
    if (e == j) return k;
    if (!from.year) {
        date_resolve(r, &from, 0);
        if (word_is(x, "ended") && from.year && from.day &&
            calendar_days(from) > calendar_days(r->today))
            from.year--;
    }
    note_text(t, "/");
    calendar_note(t, from);
    return e;
}

uint32_t duration_read(const values_rules *r, uint32_t i, amount *a, hit *h)
{
    const words *w = r->w;
    const word *x;
    uint32_t k = period_unit(w, a->end, &x), e;
    int ago = 0;
    if (k == a->end) return a->end;
    if (word_is(x, "second") && a->end == i + 1 && word_is(at(w, i), "one")) return a->end;
    if (word_is(x, "quarter")) return a->end;
    if (x->sets & V_CLOCK && x->n == 1 && !a->figures) return a->end;
    h->label = clock_unit(x) ? L_TIME : L_DATE;
    h->first = amount_start(w, i, a);
    if (h->first + 1 == i && word_is(before(w, i), "over")) { /* during */
        h->first = i;
        a->bound = 0;
    }
    if (h->first == i && word_is(before(w, i), "under") && clock_unit(x)) {
        h->first = i - 1;
        a->bound = '<';
    }
    if (a->bound) note_text(&h->value, a->bound == '(' ? "<=" : a->bound == ')' ? ">=" : "");
    if (a->bound && !strchr("()", a->bound)) note_bytes(&h->value, &a->bound, 1);
    note_text(&h->value, clock_unit(x) ? "PT" : "P");
    note_span(&h->value, a, x);
    e = age_tail(w, k);
    if (e > k) {
        h->label = L_DATE;
        return e;
    }
    e = ended(r, h->first, k, &h->value);
    if (e > k) {
        if (word_is(before(w, h->first), "the")) h->first--;
        return e;
    }
    if (word_is(before(w, h->first), "every") && a->kind == '1') { /* "every four years" */
        h->first--;
        h->value.bad = 1;
        return k;
    }
    k = smaller_periods(w, k, x, &h->value);
    e = moved_tail(w, k, &ago);
    if (e > k) {
        int64_t n = a->kind == '1' ? decimal_whole(a->lo) : -1;
        char u = x->sets & V_DAYPART ? 'D' : word_sym(x)[0];
        h->value.n = 0;
        if (ago && n >= 0 && h->label == L_DATE && r->today.year && u) {
            date d = calendar_move(r->today, -ago * n * (x->sets & V_PART ? 3 : word_num(x)), u);
            if (u == 'Y') d.month = d.day = 0;
            if (u == 'M') d.day = 0;
            calendar_note(&h->value, d);
        } else {
            h->value.bad = 1;
        }
    }
    return e;
}
