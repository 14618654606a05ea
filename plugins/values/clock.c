/* SPDX-License-Identifier: MIT */
/* plugins/values/clock.c - times of the day: "7:30 p.m. EST", "six o'clock", "noon", "half past
 * two". */
#include "rules.h"

/* A time as it was read; hour -1: none. */
struct clock {
    int hour, minute, second;
    int meridiem; /* 1: a.m. or p.m. was said */
    const char *zone;
};

/* "7:30", "19.05" (with `point`), "7:30:15": the figure of a time. */
static int figure_of_clock(const word *x, struct clock *c, int point)
{
    int v[3] = {0, 0, 0}, part = 0;
    uint32_t i, digits = 0, after = 0;
    if (!(x->flags & WORD_FIGURE) || x->n < 3 || x->n > 12 || x->p[0] == '.') return 0;
    for (i = 0; i < x->n; i++) {
        char ch = x->p[i];
        if (ch >= '0' && ch <= '9') {
            if (after) {
                after++;
                continue;
            }
            v[part] = v[part] * 10 + (ch - '0');
            digits++;
            if (digits > 2) return 0;
            continue;
        }
        if ((ch == ':' || (point && ch == '.' && part == 0)) && digits > 0 && part < 2) {
            part++;
            digits = 0;
        } else if (ch == '.' && part > 0 && digits == 2 && !after) {
            after = 1; /* hundredths of a race */
        } else {
            return 0;
        }
    }
    if (part == 0 || (digits != 2 && !after)) return 0;
    *c = (struct clock){v[0], v[1], v[2], 0, ""};
    if (after) c->hour = -1; /* a race: a duration, not a time of the day */
    return v[1] < 60 && v[2] < 60;
}

/* "2000 GMT", "1030 GMT", "at 0420" */
static int military(const words *w, uint32_t i, struct clock *c)
{
    const word *x = at(w, i);
    int v = 0;
    uint32_t k;
    if (x->n != 4 || !(x->flags & WORD_FIGURE)) return 0;
    if (x->p[0] != '0' || !word_is(before(w, i), "at")) {
        if (!(go_on(w, i + 1)->sets & V_ZONE) || at(w, i + 1)->n < 3) return 0;
    }
    for (k = 0; k < 4; k++) {
        if (x->p[k] < '0' || x->p[k] > '9') return 0;
        v = v * 10 + (x->p[k] - '0');
    }
    *c = (struct clock){v / 100, v % 100, 0, 0, ""};
    return v / 100 < 25 && v % 100 < 60;
}

static uint32_t meridiem(const words *w, uint32_t i, struct clock *c)
{
    const word *x = go_on(w, i);
    if (!(x->sets & V_MERIDIEM)) return i;
    if (word_is(x, "am") && (x->flags & WORD_SPACE) && x->p[0] == 'a' && c->minute == 0 &&
        before(w, i)->n && !(before(w, i)->flags & WORD_FIGURE))
        return i;
    if (c->hour >= 0 && c->hour <= 12) {
        if (c->hour == 12) c->hour = 0;
        c->hour += word_num(x);
    }
    c->meridiem = 1;
    if (x->n == 3 && go_on(w, i + 1)->mark == '.' && word_tight(at(w, i + 1))) return i + 2;
    return i + 1;
}

/* "GMT", "GMT+1", "Eastern Time", "local time". */
static uint32_t zone(const words *w, uint32_t i, struct clock *c)
{
    const word *x = go_on(w, i);
    if ((x->sets & V_ZONE) && (x->flags & WORD_CAP) && !(x->p[1] >= 'a')) {
        c->zone = word_sym(x);
        if ((go_on(w, i + 1)->mark == '+' || word_dash(go_on(w, i + 1))) &&
            word_tight(at(w, i + 1)) && (go_on(w, i + 2)->flags & WORD_FIGURE)) {
            c->zone = "";
            return i + 3;
        }
        return i + 1;
    }
    if ((word_is(x, "eastern") || word_is(x, "pacific") || word_is(x, "central") ||
         word_is(x, "mountain")) &&
        (word_is(go_on(w, i + 1), "time")))
        return i + 2;
    if (word_is(x, "local")) {
        const word *y = go_on(w, i + 1);
        if (word_is(y, "time")) return i + 2;
        if (!y->n || y->mark || word_is(y, "on")) return i + 1;
    }
    return i;
}

static void note_clock(note *t, const struct clock *c)
{
    if (c->hour < 0) {
        t->bad = 1;
        return;
    }
    note_text(t, "T");
    note_int(t, c->hour, 2);
    note_text(t, ":");
    note_int(t, c->minute, 2);
    if (c->second) {
        note_text(t, ":");
        note_int(t, c->second, 2);
    }
    note_text(t, c->zone);
}

/* "in the morning", "at night", "this morning", "Monday", "on Monday" is not, behind a time. */
static uint32_t day_part(const words *w, uint32_t j, struct clock *c, int *said)
{
    const word *x = go_on(w, j), *y = go_on(w, j + 1), *z = go_on(w, j + 2);
    *said = 0;
    if (word_is(x, "in") && word_is(y, "the") && (z->sets & V_DAYPART)) {
        *said = 1;
        if ((word_sym(z)[0] == 'A' || word_sym(z)[0] == 'E') && c->hour > 0 && c->hour < 12)
            c->hour += 12;
        return j + 3;
    }
    if (word_is(x, "at") && word_is(y, "night")) {
        *said = 1;
        if (c->hour > 5 && c->hour < 12) c->hour += 12;
        return j + 2;
    }
    if (word_is(x, "this") && (y->sets & V_DAYPART)) {
        *said = 1;
        return j + 2;
    }
    return j;
}

/* "ten past", "20 minutes to", "at twenty to"; behind it, or j. */
static uint32_t minutes_past(const words *w, uint32_t j, int *to)
{
    const int said = word_is(go_on(w, j + 1), "minutes"), fives = word_num(at(w, j)) % 5 == 0;
    const word *x = go_on(w, j + 1 + (uint32_t)said);
    *to = word_is(x, "to");
    if (!*to && !word_is(x, "past")) return j;
    if (!said && (!(at(w, j)->sets & (V_ONES | V_TENS)) || !fives)) return j;
    if (!said && *to && !word_is(before(w, j), "at") && !word_is(before(w, j), "until")) return j;
    return j + 2 + (uint32_t)said;
}

/* "six o'clock", "five in the morning", "half past two", "ten past eight", "a quarter to seven". */
static uint32_t spoken(const words *w, uint32_t i, struct clock *c)
{
    uint32_t j = i, k;
    decimal d;
    int kind, said, minutes = 0, to = 0;
    if (word_is(at(w, j), "half") && word_is(go_on(w, j + 1), "past")) {
        minutes = 30;
        j += 2;
    } else if ((word_is(at(w, j), "a") && word_is(go_on(w, j + 1), "quarter")) ||
               word_is(at(w, j), "quarter")) {
        j += word_is(at(w, j), "a") ? 2 : 1;
        to = word_is(go_on(w, j), "to");
        if (!to && !word_is(go_on(w, j), "past")) return i;
        minutes = 15;
        j++;
    } else if ((at(w, j)->sets & (V_ONES | V_TENS) || at(w, j)->flags & WORD_FIGURE) &&
               (k = minutes_past(w, j, &to)) > j) {
        if (!number_read(w, j, &d, &kind)) return i;
        minutes = (int)decimal_whole(d);
        j = k;
    }
    k = go_on(w, j)->n ? number_read(w, j, &d, &kind) : j;
    if (k == j && minutes && (word_is(go_on(w, j), "midnight") || word_is(go_on(w, j), "noon"))) {
        d = (decimal){12, 0, 0};
        k = j + 1;
        *c = (struct clock){word_is(at(w, j), "noon") ? 12 - to
                            : to                      ? 23
                                                      : 0,
                            to ? 60 - minutes : minutes, 0, 1, ""};
        return k;
    }
    if (k == j || k != j + 1 || decimal_whole(d) < 1 || decimal_whole(d) > 12 || minutes < 0)
        return i;
    *c = (struct clock){(int)decimal_whole(d) - to, to ? 60 - minutes : minutes, 0, 0, ""};
    if (word_is(go_on(w, k), "o'clock") || word_is(go_on(w, k), "o’clock")) {
        uint32_t e = day_part(w, k + 1, c, &said);
        return e;
    }
    if (word_is(go_on(w, k), "this")) return i;
    j = day_part(w, k, c, &said);
    if (said || (minutes && k > i + 1)) return j;
    return i;
}

/* One time. Behind it; i. */
static uint32_t one_time(const words *w, uint32_t i, struct clock *c)
{
    const word *x = at(w, i);
    uint32_t j = i + 1, k;
    int said;
    if (x->sets & V_DAYPART && word_sym(x)[0] == 'T') {
        *c = (struct clock){word_sym(x)[1] == '1' ? 12 : 0, 0, 0, 1, ""};
        return j;
    }
    if (figure_of_clock(x, c, 0)) {
        if (memchr(x->p, ':', x->n) && before(w, i)->mark == '/') return i;
        j = meridiem(w, j, c);
        j = day_part(w, j, c, &said);
        return zone(w, j, c);
    }
    if (military(w, i, c)) return zone(w, j, c);
    if (figure_of_clock(x, c, 1) || (x->n <= 2 && number_day(x) && word_num(x) == 0)) {
        struct clock full;
        if (!figure_of_clock(x, &full, 1)) {
            full = (struct clock){number_day(x), 0, 0, 0, ""};
            if (full.hour > 12) return spoken(w, i, c);
        }
        *c = full;
        k = meridiem(w, j, c);
        if (k > j) return zone(w, day_part(w, k, c, &said), c);
        if (c->hour < 24 && memchr(x->p, '.', x->n) && (go_on(w, j)->sets & V_ZONE) &&
            (at(w, j)->flags & WORD_CAP))
            return zone(w, j, c);
        k = day_part(w, j, c, &said);
        if (said && memchr(x->p, '.', x->n)) return k;
    }
    return spoken(w, i, c);
}

/* The day behind a time: "6 p.m. Monday", "9 a.m. today". */
static uint32_t day_behind(const values_rules *r, uint32_t j)
{
    const word *x = go_on(r->w, j);
    if ((x->sets & V_WEEKDAY) && (x->flags & WORD_CAP) && !(x->sets & V_ALSO_WORD) &&
        !(go_on(r->w, j + 1)->sets & (V_DAYPART | V_MONTH)))
        return j + 1;
    return j;
}

/* "from 1:30 to 3 pm": the first time has the half of the day of the second, unless that would put
 * it behind. */
static void share_meridiem(struct clock *a, const struct clock *b)
{
    if (a->meridiem || !b->meridiem || a->hour < 1 || a->hour > 12 || b->hour < 0) return;
    if (b->hour >= 12 && (a->hour % 12 + 12) * 60 + a->minute <= b->hour * 60 + b->minute)
        a->hour = a->hour % 12 + 12;
    else if (b->hour < 12 && a->hour < 12 && a->hour > b->hour)
        a->hour += 12;
}

uint32_t clock_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    struct clock a = {.hour = -1}, b = {.hour = -1};
    uint32_t j, k;
    const word *mid;
    const int lone = (at(w, i)->flags & WORD_FIGURE) && at(w, i)->n <= 2;
    h->label = L_TIME;
    j = one_time(w, i, &a);
    mid = go_on(w, j == i ? i + 1 : j);
    if (j == i && (at(w, i)->flags & WORD_FIGURE) &&
        (lone || memchr(at(w, i)->p, '.', at(w, i)->n)) &&
        (word_dash(mid) || word_is(mid, "to") || (word_is(mid, "and")))) {
        /* "5 to 7 p.m." */
        k = one_time(w, i + 2, &b);
        if (k == i + 2 || !b.meridiem || go_on(w, i + 2)->n == 0 ||
            !(at(w, i + 2)->flags & WORD_FIGURE))
            return i;
        if (!figure_of_clock(at(w, i), &a, 1))
            a = (struct clock){number_day(at(w, i)), 0, 0, 0, ""};
        if (a.hour < 1 || a.hour > 12) return i;
        if (word_is(mid, "and") && lone) return i;
        share_meridiem(&a, &b);
        j = k;
    } else if (j > i &&
               (word_dash(mid) || word_is(mid, "to") || word_is(mid, "until") ||
                (word_is(mid, "and") && word_is(before(w, i), "between"))) &&
               go_on(w, j + 1)->n && (k = one_time(w, j + 1, &b)) > j + 1) {
        share_meridiem(&a, &b);
        j = k;
    } else {
        b.hour = -1;
    }
    if (j == i) return i;
    note_clock(&h->value, &a);
    if (b.hour >= 0) {
        note_text(&h->value, "/");
        note_clock(&h->value, &b);
    }
    return day_behind(r, j);
}
