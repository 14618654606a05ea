/* SPDX-License-Identifier: MIT */
/* plugins/values/find.c - see find.h. The first rule that knows a beginning has it; every rule
 * looks a bounded number of words ahead, so the whole is linear. */
#include "find.h"

/* "early", "mid-", "about" before a date belong to it. */
static uint32_t date_start(const words *w, uint32_t i, uint32_t first, int label)
{
    const word *prev = before(w, first);
    uint32_t s = first;
    if (first < i) return first;
    if (word_dash(prev) && word_tight(prev) && s >= 2 && word_is(before(w, s - 1), "mid"))
        return s - 2;
    if (prev->sets & V_EARLY)
        s--;
    else if (word_is(prev, "earlier") || word_is(prev, "later"))
        s--;
    else if (number_year(at(w, s)) &&
             (word_is(prev, "about") || word_is(prev, "around") || word_is(prev, "circa")))
        return s - 1;
    if (word_is(before(w, s), "the") && s < first) s--;
    if (label == L_TIME && (word_is(prev, "about") || word_is(prev, "around"))) s--;
    return s;
}

/* "morning", "at night", "overnight" with nothing before that says which. */
static uint32_t part_of_day(const values_rules *r, uint32_t i, hit *h)
{
    const word *x = at(r->w, i), *prev = before(r->w, i);
    h->label = L_TIME;
    if (word_sym(x)[0] != 'T') note_text(&h->value, "T");
    note_text(&h->value, word_sym(x));
    if (!(x->sets & V_DAYPART) || ((x->flags & WORD_CAP) && !(x->flags & WORD_FIRST))) return i;
    if (prev->sets & V_EARLY) return i + 1; /* "the early afternoon" */
    if (word_is(x, "night") || word_is(x, "morning") || word_is(x, "evening") ||
        word_is(x, "afternoon"))
        return word_is(prev, "at") || word_is(prev, "by") || word_is(prev, "one") ||
                       word_is(prev, "all") || word_is(prev, "until") || word_is(prev, "since")
                   ? i + 1
                   : i;
    if (word_is(x, "sunset") || word_is(x, "sunrise"))
        return word_is(prev, "at") || word_is(prev, "before") || word_is(prev, "after") ? i + 1 : i;
    return i + 1;
}

/* Some rule may begin with this word. */
static int may_begin(const word *x)
{
    enum {
        BEGINS = V_ONES | V_TENS | V_MANY | V_ORDINAL | V_MONTH | V_WEEKDAY | V_PERIOD | V_CLOCK |
                 V_DAYPART | V_SEASON | V_RELATIVE | V_DEICTIC | V_SIGN | V_EVERY | V_COUNT |
                 V_OPENER
    };
    if (x->sets & BEGINS || x->flags & WORD_FIGURE) return 1;
    if (x->n == 4 && !memcmp(x->p, "FY", 2)) return 1; /* FY25 */
    return x->n > 0 &&
           ((x->p[0] >= '0' && x->p[0] <= '9') || x->p[0] == '\'' ||
            ((unsigned char)x->p[0] >= 0xC2 && x->n <= 8)); /* '80s, 11th, half as a sign */
}

static uint32_t value_at(const values_rules *r, uint32_t i, hit *h)
{
    static uint32_t (*const rules[])(const values_rules *, uint32_t, hit *) = {
        clock_read, date_read, period_read, ordinal_read, measure_read, part_of_day};
    size_t k;
    uint32_t j;
    if (at(r->w, i)->sets & V_SIGN) {
        memset(h, 0, sizeof *h);
        h->first = i;
        j = measure_read(r, i, h);
        if (j > i) return j;
    }
    for (k = 0; k < sizeof rules / sizeof *rules; k++) {
        h->first = i;
        h->label = L_DATE;
        h->value.n = 0;
        h->value.bad = 0;
        j = rules[k](r, i, h);
        if (j > i) {
            if ((h->label == L_DATE || h->label == L_TIME) && date_recurring(r->w, i) == i)
                h->first = date_start(r->w, i, h->first, h->label);
            return j;
        }
    }
    return i;
}

int values_find(const values_rules *r, values_take take, void *arg)
{
    const words *w = r->w;
    uint32_t i = 0, behind = 0;
    hit h;
    while (i < w->n) {
        uint32_t j = i;
        if (may_begin(&w->v[i])) j = value_at(r, i, &h);
        if (j == i) {
            i++;
            continue;
        }
        if (h.first < behind) h.first = i;
        if (h.value.bad) h.value.n = 0;
        h.end = behind = j;
        if (!take(arg, w->v[h.first].beg, w->v[j - 1].beg + w->v[j - 1].n, h.label, &h.value))
            return 0;
        i = j;
    }
    return 1;
}
