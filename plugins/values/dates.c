/* SPDX-License-Identifier: MIT */
/* plugins/values/dates.c - points of the calendar: days, months, years, decades, holidays. */
#include "rules.h"

/* ---- months and days ------------------------------------------------------------------------ */

int date_is_month(const words *w, uint32_t i)
{
    const word *x = at(w, i), *prev = before(w, i), *next = go_on(w, i + 1);
    if (!(x->sets & V_MONTH) || !(x->flags & WORD_CAP)) return 0;
    if (!(x->sets & V_ALSO_WORD)) return 1;
    if (number_day(next) || number_year(next) || number_day(prev)) return 1;
    if (word_is(next, "of") && number_year(go_on(w, i + 2))) return 1;
    return x->n > 2 && !word_is(x, "mar") && (prev->sets & V_MONTH_CUE) &&
           !(word_is(prev, "to") && word_is(x, "may")) &&
           (!(next->flags & WORD_CAP) ||
            (x->n > 3 && (word_is(prev, "in") || word_is(prev, "since"))));
}

uint32_t date_year(const words *w, uint32_t i, date *d)
{
    uint32_t j = i;
    if (go_on(w, j)->mark == ',' || word_is(go_on(w, j), "of") || word_is(go_on(w, j), "in")) {
        j++;
        if (word_is(at(w, j - 1), "in") && d->day == 0) return i;
    }
    if (!number_year(go_on(w, j)) ||
        (at(w, j)->n == 4 && at(w, j)->p[0] == '1' && at(w, j)->p[1] < '3'))
        return i;
    if (j > i && at(w, i)->mark == ',' && d->day == 0 && !(d->month && at(w, j)->p[0] > '0'))
        return i;
    d->year = number_year(at(w, j));
    return j + 1;
}

/* Behind a day at j: "-15", " to 15", "–15 June". Sets the second day. */
static uint32_t second_day(const words *w, uint32_t j, date *to)
{
    const word *x = go_on(w, j);
    int day = number_day(go_on(w, j + 1));
    if (!day || !(word_dash(x) || word_is(x, "to") || word_is(x, "and"))) return j;
    to->day = day;
    return j + 2;
}

/* "May 12[-15][, 2024]", "May 2024", "May". */
static uint32_t month_first(const words *w, uint32_t i, date *from, date *to)
{
    uint32_t j = i + 1, k;
    int day;
    if (!date_is_month(w, i)) return i;
    from->month = word_num(at(w, i));
    if (go_on(w, j)->mark == '.' && number_day(go_on(w, j + 1))) j++;
    day = number_day(go_on(w, j));
    if (day && calendar_valid(0, from->month, day) && go_on(w, j + 1)->mark != '%' &&
        !(go_on(w, j + 1)->sets & (V_SCALE | V_PERIOD))) {
        from->day = day;
        j++;
        *to = *from;
        k = second_day(w, j, to);
        if (k > j && to->day > from->day && !(word_is(at(w, j), "and") && date_is_month(w, k))) {
            j = k;
            k = date_year(w, j, to);
            from->year = to->year;
            return k;
        }
        to->month = to->day = 0;
        return date_year(w, j, from);
    }
    if ((word_dash(go_on(w, j)) || word_is(go_on(w, j), "to") || word_is(go_on(w, j), "through")) &&
        date_is_month(w, j + 1)) {
        to->month = word_num(at(w, j + 1));
        k = date_year(w, j + 2, to);
        from->year = to->year - (to->year && to->month < from->month);
        if (!number_day(go_on(w, j + 2))) return k;
        to->month = 0;
    }
    return date_year(w, j, from);
}

/* "12 May 2024", "12-15 May", "the 3rd of June". */
static uint32_t day_first(const words *w, uint32_t i, date *from, date *to)
{
    uint32_t j = i + 1, k;
    from->day = number_day(at(w, i));
    if (at(w, i)->sets & V_ORDINAL && word_is(go_on(w, j), "of") && word_num(at(w, i)) <= 31)
        from->day = word_num(at(w, i)); /* "the first of May" */
    if (!from->day) return i;
    k = second_day(w, j, to);
    if (k > j) {
        if (word_is(go_on(w, k), "of")) k++;
        if (date_is_month(w, k) && to->day > from->day) {
            from->month = to->month = word_num(at(w, k));
            k = date_year(w, k + 1, to);
            from->year = to->year;
            return k;
        }
        to->day = 0;
    }
    if (word_is(go_on(w, j), "of")) j++;
    if ((!(go_on(w, j)->sets & V_MONTH) || !(at(w, j)->flags & WORD_CAP))) return i;
    if ((at(w, j)->sets & V_ALSO_WORD) && !date_is_month(w, j) && j == i + 1) return i;
    from->month = word_num(at(w, j));
    if (!calendar_valid(0, from->month, from->day)) return i;
    j = date_year(w, j + 1, from);
    return j;
}

static int digits(const char *p, uint32_t n)
{
    uint32_t i;
    int v = 0;
    for (i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return -1;
        v = v * 10 + (p[i] - '0');
    }
    return n && n <= 4 ? v : -1;
}

/* "2024-05-12", "12/05/2024", "12.5.2024": one word. Where day and month cannot be told apart, the
 * day comes first. */
static int figures_of_date(const word *x, date *d)
{
    const char *sep, *p = x->p, *end = x->p + x->n;
    int v[3], i;
    uint32_t len[3];
    if (!(x->flags & WORD_FIGURE) || x->n < 8 || x->n > 10) return 0;
    for (i = 0; i < 3; i++) {
        for (sep = p; sep < end && *sep >= '0' && *sep <= '9'; sep++) {
        }
        len[i] = (uint32_t)(sep - p);
        v[i] = digits(p, len[i]);
        if (v[i] < 0 || (i < 2) != (sep < end) || (i < 2 && !strchr("-/.", *sep))) return 0;
        p = sep + 1;
    }
    if (len[0] == 4)
        *d = (date){v[0], v[1], v[2], 0, 0};
    else if (len[2] == 4 && len[0] <= 2 && v[1] <= 12)
        *d = (date){v[2], v[1], v[0], 0, 0};
    else if (len[2] == 4 && len[0] <= 2)
        *d = (date){v[2], v[0], v[1], 0, 0};
    else
        return 0;
    return d->year > 0 && calendar_valid(d->year, d->month, d->day);
}

uint32_t date_calendar(const values_rules *r, uint32_t i, date *from, date *to)
{
    const words *w = r->w;
    uint32_t j;
    memset(from, 0, sizeof *from);
    memset(to, 0, sizeof *to);
    if (figures_of_date(at(w, i), from)) return i + 1;
    if (at(w, i)->sets & V_MONTH) return month_first(w, i, from, to);
    j = day_first(w, i, from, to);
    if (j == i) memset(from, 0, sizeof *from);
    return j;
}

/* ---- which year, which day ------------------------------------------------------------------ */

static void resolve_weekday(const values_rules *r, date *d, int ahead)
{
    int64_t today = calendar_days(r->today);
    int back = calendar_weekday(today) - d->weekday;
    if (ahead)
        *d = calendar_date(today - back + (back >= 0 ? 7 : 0));
    else
        *d = calendar_date(today - back - (back < 0 ? 7 : 0));
}

void date_resolve(const values_rules *r, date *d, int ahead)
{
    if (!r->today.year || d->year) return;
    if (d->weekday && !d->month) {
        resolve_weekday(r, d, ahead);
        return;
    }
    if (!d->month && !d->season) return;
    d->year = r->today.year;
    if (!d->month) return;
    if (ahead && d->month < r->today.month) d->year++;
    if (!ahead && d->month > r->today.month + 6) d->year--; /* in January, "December" is past */
    if (!ahead && d->month + 6 <= r->today.month - 5) d->year++;
    if (d->day && !calendar_valid(d->year, d->month, d->day)) d->year = 0; /* February 29 */
}

/* ---- years ----------------------------------------------------------------------------------- */

/* "1990s", "'80s", "nineties" as the first year of the decade; 0. */
static int decade(const word *x)
{
    static const char *const tens[] = {"twenties", "thirties",  "forties",  "fifties",
                                       "sixties",  "seventies", "eighties", "nineties"};
    const char *p = x->p;
    uint32_t n = x->n;
    int v;
    for (v = 0; v < 8; v++)
        if (word_is(x, tens[v])) return 1920 + 10 * v;
    if (n > 0 && p[0] == '\'') p++, n--;
    if (n > 2 && !memcmp(p, "\xE2\x80\x99", 3)) p += 3, n -= 3;
    if ((n != 5 && n != 3) || p[n - 1] != 's') return 0;
    v = digits(p, n - 1);
    if (v < 0 || v % 10) return 0;
    if (n == 3) return v >= 20 ? 1900 + v : 0;
    return v >= 1000 && v < 2100 ? v : 0;
}

static void note_decade(note *t, int year)
{
    note_int(t, year / 10, 3);
    note_text(t, "X");
}

/* "2023-24", "2025/26", "2019 to 2021": the second year of a range, at the word behind it. */
static uint32_t second_year(const words *w, uint32_t i, int first, int *year)
{
    const word *x = go_on(w, i), *y = go_on(w, i + 1);
    int v;
    if (word_is(x, "to") || word_is(x, "and") || word_is(x, "through")) {
        *year = number_year(y);
        if (word_is(x, "and") && !word_is(before(w, i - 1), "between")) *year = 0;
        return *year > first ? i + 2 : i;
    }
    if (!(word_dash(x) || x->mark == '/')) return i;
    *year = number_year(y);
    v = y->n == 2 && (y->flags & WORD_FIGURE) ? digits(y->p, 2) : -1;
    if (!*year && v >= 0) *year = first / 100 * 100 + v + (v < first % 100 ? 100 : 0);
    return *year > first && *year < first + 200 ? i + 2 : i;
}

static int year_cue(const words *w, uint32_t i)
{
    const word *prev = before(w, i), *next = go_on(w, i + 1);
    if (next->sets & (V_MEASURE | V_PERIOD | V_CLOCK | V_SCALE | V_CURRENCY | V_ZONE)) return 0;
    if (next->mark == '%' || word_is(next, "percent") || word_is(next, "per")) return 0;
    if (prev->sets & V_CUE) {
        if (word_is(prev, "to") || word_is(prev, "of") || word_is(prev, "about") ||
            word_is(prev, "around"))
            return !(next->flags & WORD_LETTERS) || (next->sets & (V_CUE | V_MODIFIER)) ||
                   word_is(next, "season") || at(w, i)->p[0] == '2' || at(w, i)->p[1] > '7';
        return 1;
    }
    return prev->n == 0 || prev->mark == '(' || prev->mark == ',' || (prev->flags & WORD_LETTERS) ||
           word_dash(prev);
}

/* "2024", "2023-24"; only numbers that are likely to be years. */
static uint32_t year_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    int year = number_year(at(w, i)), to = 0;
    uint32_t j;
    if (!year || at(w, i)->n != 4) return i;
    if (year < 1400 && !word_is(before(w, i), "in") && !word_is(before(w, i), "year")) return i;
    j = second_year(w, i + 1, year, &to);
    if (j == i + 1 && (!year_cue(w, i) || number_in_law(w, i))) return i;
    if (j == i + 1 && word_tight(at(w, i)) && !(at(w, i)->flags & WORD_CUT) && before(w, i)->n &&
        before(w, i)->mark != '(' && !word_dash(before(w, i)) && before(w, i)->mark != '\'')
        return i;
    if (j == i + 1) to = 0;
    note_int(&h->value, year, 4);
    if (to) {
        note_text(&h->value, "/");
        note_int(&h->value, to, 4);
        return j;
    }
    return i + 1;
}

/* "the 1990s", "the 1930s and 1940s". */
static uint32_t decade_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    int first = decade(at(w, i)), second;
    if (!first) return i;
    note_decade(&h->value, first);
    second = decade(go_on(w, i + 2));
    if (second > first && (word_is(at(w, i + 1), "and") || word_dash(at(w, i + 1)))) {
        note_text(&h->value, "/");
        note_decade(&h->value, second);
        return i + 3;
    }
    return i + 1;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void note_dates(const values_rules *r, hit *h, date from, date to, int ahead)
{
    if (!to.month && !to.day) {
        date_resolve(r, &from, ahead);
        calendar_note(&h->value, from);
        return;
    }
    date_resolve(r, &from, ahead);
    if (!to.year) to.year = from.year + (from.year && to.month < from.month);
    calendar_note(&h->value, from);
    note_text(&h->value, "/");
    calendar_note(&h->value, to);
}

static uint32_t weekday_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    date from = {0}, to = {0}, day = {0};
    uint32_t j = i + 1, k;
    if (!(x->flags & WORD_CAP) && !(x->n > 6 && (x->sets & V_WEEKDAY))) return i;
    if ((x->sets & V_ALSO_WORD) && !number_day(go_on(w, j)) && !(go_on(w, j)->sets & V_MONTH) &&
        !(at(w, j)->mark == ',' && (go_on(w, j + 1)->sets & V_MONTH)))
        return i;
    day.weekday = word_num(x);
    if ((go_on(w, j)->sets & V_DAYPART) && !word_is(at(w, j), "overnight")) {
        h->label = L_TIME;
        date_resolve(r, &day, 0);
        calendar_note(&h->value, day);
        if (word_sym(at(w, j))[0] != 'T') note_text(&h->value, "T");
        note_text(&h->value, word_sym(at(w, j)));
        return j + 1;
    }
    k = at(w, j)->mark == ',' && !(at(w, j)->flags & WORD_FIRST) ? j + 1 : j;
    if (word_is(go_on(w, k), "the")) k++;
    if (go_on(w, k)->n && (j = date_calendar(r, k, &from, &to)) > k && from.day) {
        note_dates(r, h, from, to, 0);
        return j;
    }
    if (go_on(w, k)->n && number_ordinal_figure(at(w, k)) && number_day(at(w, k))) {
        h->value.bad = 1; /* "Friday the 13th" */
        return k + 1;
    }
    if (x->p[x->n - 1] == 's')
        h->value.bad = 1;
    else
        note_dates(r, h, day, to, 0);
    return i + 1;
}

static uint32_t quarter_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    date d = {0};
    uint32_t j;
    if (x->n == 2 && (x->p[0] == 'Q' || x->p[0] == 'H') && x->p[1] >= '1' && x->p[1] <= '4') {
        d.season = (x->p[0] == 'Q' ? 32 : 39) + (x->p[1] - '0');
        j = date_year(w, i + 1, &d);
        if (j == i + 1 && x->p[0] == 'H') return i;
        note_dates(r, h, d, (date){0}, 0);
        return j;
    }
    if (x->n == 4 && !memcmp(x->p, "FY", 2) && digits(x->p + 2, 2) >= 0) { /* FY25 */
        note_int(&h->value, 2000 + digits(x->p + 2, 2), 4);
        return i + 1;
    }
    if ((word_is(x, "fiscal") || word_is(x, "fy") || word_is(x, "year")) &&
        number_year(go_on(w, i + 1))) {
        if (word_is(x, "year") && !(x->flags & WORD_CAP)) return i;
        note_int(&h->value, number_year(at(w, i + 1)), 4);
        return i + 2;
    }
    return i;
}

/* "summer", "the autumn of 2024": with a year, or capital, or a cue. */
static uint32_t season_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i), *prev = before(w, i);
    date d = {0};
    uint32_t j;
    if (!(x->sets & V_SEASON)) return i;
    d.season = word_num(x);
    if (word_is(go_on(w, i + 1), "season") && word_is(prev, "the")) {
        note_dates(r, h, d, (date){0}, 0);
        return i + 2;
    }
    j = date_year(w, i + 1, &d);
    if (j == i + 1) {
        int cue = word_is(prev, "in") || word_is(prev, "the") || word_is(prev, "by") ||
                  word_is(prev, "of") || word_is(prev, "each") || word_is(prev, "every") ||
                  word_is(prev, "since") || word_is(prev, "until") || word_is(prev, "a") ||
                  word_is(prev, "one") || (prev->sets & (V_EARLY | V_MONTH_CUE));
        if (!cue || (go_on(w, i + 1)->flags & WORD_CAP)) return i;
        if ((x->sets & V_ALSO_WORD) && !word_is(prev, "in") && !word_is(prev, "of") &&
            !word_is(prev, "each") && !word_is(prev, "every") && !word_is(prev, "by") &&
            !(word_is(prev, "the") && (before(w, i - 1)->sets & V_MONTH_CUE)))
            return i;
        if (word_is(x, "fall") && !word_is(prev, "the") && !word_is(prev, "every")) return i;
        h->value.bad = 1;
    }
    note_dates(r, h, d, (date){0}, 0);
    return j;
}

static uint32_t deictic_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    const word *part = go_on(w, i + 1);
    if (!(x->sets & V_DEICTIC)) return i;
    if (r->today.year)
        calendar_note(&h->value, calendar_move(r->today, word_num(x), 'D'));
    else
        h->value.bad = 1;
    if (word_is(x, "tonight")) {
        h->label = L_TIME;
        note_text(&h->value, "TNI");
        return i + 1;
    }
    if (!(part->sets & V_DAYPART)) return i + 1;
    h->label = L_TIME;
    note_text(&h->value, word_sym(part)[0] == 'T' ? "" : "T");
    note_text(&h->value, word_sym(part));
    return i + 2;
}

/* "daily", "annual", "full-year": how often, or of which period. Not "the Daily Mail". */
uint32_t date_recurring(const words *w, uint32_t i)
{
    static const char *const often[] = {"daily",  "weekly",   "monthly", "quarterly",
                                        "annual", "annually", "yearly"};
    const word *x = at(w, i), *next = go_on(w, i + 1);
    size_t k;
    if (!(x->sets & V_OPENER)) return i;
    if (x->flags & WORD_CAP && (!(x->flags & WORD_FIRST) || next->flags & WORD_CAP)) return i;
    if (word_is(x, "full"))
        return word_dash(next) && word_tight(next) && word_is(go_on(w, i + 2), "year") ? i + 3 : i;
    for (k = 0; k < sizeof often / sizeof *often; k++)
        if (word_is(x, often[k])) return i + 1;
    return i;
}

/* " to 3 May 1919", "between June and September": behind the date [first, j). Sets `to`, and the
 * year of both. */
static uint32_t date_range(const values_rules *r, uint32_t first, uint32_t j, date *from, date *to)
{
    const word *x = go_on(r->w, j);
    date last, none;
    uint32_t k;
    const int between = word_is(x, "and") && word_is(before(r->w, first), "between");
    if (!from->month || to->day || to->month || !go_on(r->w, j + 1)->n) return j;
    if (!between && !word_is(x, "to") && !word_is(x, "through") && !word_dash(x)) return j;
    if (!between && !from->day) return j;
    k = date_calendar(r, j + 1, &last, &none);
    if (k == j + 1 || !last.day != !from->day || !last.month || none.month) return j;
    if (!from->year && last.year) from->year = last.year - (last.month < from->month);
    if (from->year && last.year && calendar_days(last) < calendar_days(*from)) return j;
    *to = last;
    return k;
}

uint32_t date_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    date from, to;
    uint32_t j;
    h->label = L_DATE;
    if (x->sets & V_WEEKDAY && (j = weekday_read(r, i, h)) > i) return j;
    if ((x->sets & (V_MONTH | V_ORDINAL) || (x->flags & WORD_FIGURE) || number_ordinal_figure(x)) &&
        (j = date_calendar(r, i, &from, &to)) > i) {
        j = date_range(r, i, j, &from, &to);
        note_dates(r, h, from, to, 0);
        return j;
    }
    if (x->sets & V_DEICTIC) return deictic_read(r, i, h);
    if ((x->flags & WORD_FIGURE) && (j = year_read(r, i, h)) > i) return j;
    if ((j = decade_read(r, i, h)) > i) return j;
    if (x->sets & V_SEASON && (j = season_read(r, i, h)) > i) return j;
    if ((j = quarter_read(r, i, h)) > i) return j;
    if ((j = date_recurring(w, i)) > i) {
        h->value.bad = 1;
        return j;
    }
    return holiday_read(r, i, h);
}
