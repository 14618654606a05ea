/* SPDX-License-Identifier: MIT */
/* plugins/values/measures.c - amounts and what they are amounts of: per cent, money, units,
 * periods, ages; and numbers of nothing in particular. */
#include "rules.h"
#include "si.h"

/* ---- per cent -------------------------------------------------------------------------------- */

static uint32_t percent(const words *w, uint32_t j)
{
    const word *x = go_on(w, j);
    uint32_t k = j;
    if (word_dash(x) && word_tight(x) && word_is(at(w, j + 1), "percent")) return j + 2;
    if (x->mark == '%' || word_is(x, "percent") || word_is(x, "pct") || word_is(x, "pc"))
        return j + 1;
    if (word_is(x, "per") && word_is(go_on(w, j + 1), "cent")) return j + 2;
    if (word_is(x, "percentage") &&
        (word_is(go_on(w, j + 1), "points") || word_is(go_on(w, j + 1), "point")))
        return j + 2;
    if (word_is(x, "of")) x = go_on(w, ++k); /* "a quarter of a percentage point" */
    if ((word_is(x, "a") || word_is(x, "one")) && word_is(go_on(w, k + 1), "percentage") &&
        word_is(go_on(w, k + 2), "point"))
        return k + 3;
    return j;
}

/* ---- units ------------------------------------------------------------------------------------
 */

/* The symbol of a unit of time as part of another: "km/h", not the H of a period. */
static const char *time_unit(const word *x)
{
    if (!(x->sets & V_CLOCK)) return word_sym(x);
    return *word_sym(x) == 'H' ? "h" : *word_sym(x) == 'M' ? "min" : "s";
}

/* "Celsius" behind degrees, "/h", "per second": what goes on with the unit x, behind it. */
static uint32_t unit_tail(const words *w, uint32_t k, const word *x, note *symbol)
{
    if ((word_is(x, "degrees") || word_is(x, "degree")) &&
        (word_is(go_on(w, k), "celsius") || word_is(go_on(w, k), "fahrenheit") ||
         word_is(go_on(w, k), "c") || word_is(go_on(w, k), "f") ||
         word_is(go_on(w, k), "centigrade"))) {
        memset(symbol, 0, sizeof *symbol);
        note_text(symbol, word_sym(at(w, k)));
        return k + 1;
    }
    if (go_on(w, k)->mark == '/' && word_tight(at(w, k)) &&
        (go_on(w, k + 1)->sets & (V_CLOCK | V_MEASURE))) {
        note_text(symbol, "/");
        note_text(symbol, time_unit(at(w, k + 1)));
        return k + 2;
    }
    if ((word_is(go_on(w, k), "per") || word_is(go_on(w, k), "an") || word_is(go_on(w, k), "a")) &&
        (word_is(go_on(w, k + 1), "hour") || word_is(go_on(w, k + 1), "second") ||
         word_is(go_on(w, k + 1), "minute"))) {
        note_text(symbol, "/");
        note_text(symbol, time_unit(at(w, k + 1)));
        return k + 2;
    }
    return k;
}

/* 2 of "²", 3 of "³"; 0. */
static int raised(const word *x)
{
    if (x->n != 2) return 0;
    return !memcmp(x->p, "²", 2) ? 2 : !memcmp(x->p, "³", 2) ? 3 : 0;
}

/* "kilometres", "square miles", "km/h", "degrees Celsius", "kilometres per hour", "-foot". */
static uint32_t unit(const words *w, uint32_t j, note *symbol)
{
    uint32_t k = j;
    const word *x;
    int area = 0, nautical = 0, hyphen = word_dash(go_on(w, k)) && word_tight(at(w, k));
    if (hyphen) k++;
    if (word_is(go_on(w, k), "metric")) k++;
    if (go_on(w, k)->sets & V_AREA) area = word_num(at(w, k++));
    if (word_is(go_on(w, k), "nautical")) {
        nautical = 1;
        k++;
    }
    x = go_on(w, k);
    if ((x->n == 2 && !memcmp(x->p, "°", 2)) && (go_on(w, k + 1)->sets & V_MEASURE) &&
        at(w, k + 1)->n == 1) {
        x = at(w, ++k);
    } else if (x->n == 2 && !memcmp(x->p, "°", 2)) {
        note_text(symbol, "deg");
        return k + 1;
    }
    if (word_is(x, "light") && word_dash(go_on(w, k + 1)) &&
        (word_is(go_on(w, k + 2), "years") || word_is(go_on(w, k + 2), "year"))) {
        note_text(symbol, "ly");
        return k + 3;
    }
    if (word_is(x, "pound") || word_is(x, "pounds")) { /* money_currency has refused it */
        note_text(symbol, "lb");
        return k + 1;
    }
    if (!(x->sets & V_MEASURE)) return j;
    if (word_is(x, "f") && word_is(go_on(w, k + 1), "cfa")) return j;
    if (hyphen && k == j) return j;
    if (x->n <= 2 && (x->flags & WORD_CAP) && word_sym(x)[0] >= 'a' && word_sym(x)[0] <= 'z' &&
        !word_tight(x) && !word_is(x, "f") && go_on(w, k + 1)->mark != '/')
        return j;
    if (x->n == 1 && !hyphen) {
        if (!word_tight(x) && (x->flags & WORD_CAP) && !word_is(x, "w") && !word_is(x, "c") &&
            !word_is(x, "f"))
            return j;
        if (!word_tight(x) && (x->flags & WORD_CAP) &&
            (go_on(w, k + 1)->mark == '.' && word_tight(at(w, k + 1)) && go_on(w, k + 2)->n))
            return j;
    }
    if (word_is(x, "stone") && !word_is(go_on(w, k + 1), "in")) return j;
    if (word_is(x, "hands") || (word_is(x, "cup") && hyphen)) return j;
    note_text(symbol, nautical ? "nmi" : word_sym(x));
    k++;
    if (!area && word_tight(go_on(w, k)) && (area = raised(at(w, k))) > 0) k++;
    if (area) note_int(symbol, area, 1);
    return unit_tail(w, k, x, symbol);
}

/* "6-foot-7", "5 feet 10 inches": behind it, and the inches. */
static uint32_t feet_and_inches(const words *w, uint32_t k, decimal *inches)
{
    uint32_t j = k;
    if (!word_is(before(w, k), "foot") && !word_is(before(w, k), "feet") &&
        !word_is(before(w, k), "ft"))
        return k;
    if ((word_dash(go_on(w, j)) && word_tight(at(w, j))) || go_on(w, j)->mark == ',') j++;
    if (!(go_on(w, j)->flags & WORD_FIGURE) || at(w, j)->n > 2 ||
        !decimal_read(at(w, j)->p, at(w, j)->n, inches))
        return k;
    j++;
    if (word_is(go_on(w, j), "inches") || word_is(go_on(w, j), "in") ||
        word_is(go_on(w, j), "inch"))
        return j + 1;
    return word_dash(at(w, k)) ? j : k;
}

/* The value of an amount of a unit, and of `inches` more if there are any. */
static void note_quantity(const values_rules *r, amount *a, note *symbol, int has_inches,
                          decimal inches, note *out)
{
    if (has_inches && r->si && a->kind == '1' && decimal_scale(&a->lo, 12, 0) &&
        decimal_add(&a->lo, inches)) {
        *symbol = (note){.p = "in", .n = 2};
        has_inches = 0;
    }
    if (r->si) si_convert(a, symbol);
    amount_note(out, a, "", symbol->p);
    if (!has_inches) return;
    note_text(out, " ");
    note_decimal(out, inches);
    note_text(out, " in");
}

/* ---- numbers alone ----------------------------------------------------------------------------
 */

/* "She is", "he's", "I was", "dies at": what follows may be an age. */
static int age_cue(const words *w, uint32_t i)
{
    static const char *const verbs[] = {"is", "was", "'s",     "’s",   "'m",
                                        "’m", "am",  "turned", "turns"};
    static const char *const people[] = {"he", "she", "i", "who"};
    const word *prev = before(w, i), *who = prev->n ? before(w, i - 1) : prev;
    size_t k, p;
    if (word_is(prev, "at"))
        return word_is(who, "dies") || word_is(who, "died") || word_is(who, "dead");
    if (word_is(prev, "now")) return who->mark == ',';
    for (k = 0; k < sizeof verbs / sizeof *verbs; k++)
        for (p = 0; word_is(prev, verbs[k]) && p < sizeof people / sizeof *people; p++)
            if (word_is(who, people[p])) return 1;
    return 0;
}

/* "at 17,": of people an age, from 13 on; before that the clock. Not what stands or closes at it.
 */
static int alone_behind_at(const words *w, uint32_t i, uint32_t j)
{
    static const char *const verbs[] = {
        "stood",  "stands",    "stays", "stayed",  "ended",  "closed", "put",    "valued",
        "priced", "estimated", "held",  "remains", "opened", "fixed",  "capped", "set"};
    const word *next = go_on(w, j), *verb = i > 1 ? before(w, i - 1) : before(w, i);
    size_t k;
    if (!word_is(before(w, i), "at") || j != i + 1) return 0;
    if (next->n && !(next->mark && strchr(",.;!?\"", next->mark)) &&
        memcmp(next->p, "”", next->n < 3 ? next->n : 3))
        return 0;
    for (k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (word_is(verb, verbs[k])) return 0;
    return 1;
}

/* "people under 15", "everyone over 50". */
static int age_limit(const words *w, uint32_t i)
{
    static const char *const who[] = {"people", "children", "those",  "anyone",  "everyone",
                                      "nobody", "person",   "women",  "men",     "girls",
                                      "boys",   "adults",   "youths", "anybody", "everybody"};
    const word *prev = before(w, i);
    size_t k;
    if (!(word_is(prev, "under") || word_is(prev, "over")) || i < 2) return 0;
    for (k = 0; k < sizeof who / sizeof *who; k++)
        if (word_is(before(w, i - 1), who[k])) return 1;
    return 0;
}

/* A name ends before word i: "Maria Cruz", "Yip Wing-sum". */
static int behind_name(const words *w, uint32_t i)
{
    const word *prev = before(w, i);
    if (prev->sets & V_MONTH) return 0;
    if (prev->flags & WORD_CAP) return 1;
    return i >= 3 && word_tight(prev) && word_dash(before(w, i - 1)) &&
           word_tight(before(w, i - 1)) && (before(w, i - 2)->flags & WORD_CAP);
}

/* "Maria Dela Cruz, 47, ...", "He is 91." */
static int is_age(const words *w, uint32_t i, uint32_t j, const amount *a)
{
    const word *next = go_on(w, j), *prev = before(w, i);
    const int ends = next->n == 0 || (next->mark && strchr(",.;:)", next->mark));
    const int64_t years = decimal_whole(a->lo);
    if (word_is(prev, "aged") || word_is(prev, "age") || word_is(prev, "ages")) return 1;
    if (a->kind != '1' || years < 1 || years > 115) return 0;
    if (age_limit(w, i)) return 1;
    if (a->figures && years > 12 && years < 100 && alone_behind_at(w, i, j)) return 1;
    if (word_is(prev, "of") && word_is(before(w, i - 1), "age")) return 1;
    if (age_cue(w, i) && (ends || word_is(next, "and") || word_is(next, "when") ||
                          word_is(prev, "at") || word_is(prev, "now")))
        return 1;
    return ends && prev->mark == ',' && i >= 2 && behind_name(w, i - 1) &&
           (a->figures ? j == i + 1 && at(w, i)->p[0] != '0' : years > 4);
}

/* "one" that does not count: "no one", "one of them" counts, "this one". */
static int is_pronoun(const words *w, uint32_t i, uint32_t j)
{
    const word *prev = before(w, i), *next = go_on(w, j);
    if (j != i + 1 || !word_is(at(w, i), "one")) return 0;
    if (word_dash(next) && word_tight(next) &&
        (word_is(at(w, j + 1), "time") || word_is(at(w, j + 1), "off") ||
         word_is(at(w, j + 1), "way")))
        return 1;
    if (!(next->flags & WORD_LETTERS) && (prev->flags & WORD_LETTERS) && i >= 2 &&
        (word_is(before(w, i - 1), "a") || word_is(before(w, i - 1), "an") ||
         word_is(before(w, i - 1), "the")))
        return 1;
    if (word_is(prev, "this") || word_is(prev, "that") || word_is(prev, "no") ||
        word_is(prev, "each") || word_is(prev, "every") || word_is(prev, "any") ||
        word_is(prev, "which") || word_is(prev, "the") || word_is(prev, "another") ||
        word_is(prev, "latter") || word_is(prev, "first") || word_is(prev, "last") ||
        word_is(prev, "new") || word_is(prev, "some") || word_is(prev, "next") ||
        word_is(prev, "little") || word_is(prev, "young"))
        return 1;
    return word_is(next, "another") || word_is(next, "way") || word_is(next, "day") ||
           word_is(next, "can") || word_is(next, "that") || word_is(next, "who");
}

/* Words that stand before a number at the start of a sentence, and are no name. */
static int opens_sentence(const word *x)
{
    static const char *const openers[] = {
        "only", "these", "those", "all",       "its", "their", "his",   "her",   "our",
        "and",  "but",   "with",  "at",        "as",  "than",  "when",  "while", "if",
        "not",  "both",  "plus",  "or",        "so",  "where", "there", "my",    "your",
        "then", "add",   "take",  "including", "no",  "any",   "other", "what"};
    size_t i;
    for (i = 0; i < sizeof openers / sizeof *openers; i++)
        if (word_is(x, openers[i])) return 1;
    return 0;
}

/* "section 131", "Law 21.561", "the Trade Act of 1974", "the Criminal Offences Act, 1960": a number
 * that names a law or a place in one. */
int number_in_law(const words *w, uint32_t i)
{
    static const char *const parts[] = {"section",    "sections", "clause",    "clauses",
                                        "article",    "articles", "paragraph", "paragraphs",
                                        "subsection", "rule",     "law"};
    const word *x = before(w, i);
    size_t k;
    for (k = 0; k < sizeof parts / sizeof *parts; k++)
        if (word_is(x, parts[k])) return 1;
    if (x->mark == ',' || word_is(x, "of")) x = before(w, i - 1);
    return word_is(x, "act") && (x->flags & WORD_CAP);
}

/* "Apollo 11", "Article 5", "Three Rivers": capitals around a bare number make a name of it. */
static int part_of_name(const words *w, uint32_t i, const amount *a)
{
    const word *x = at(w, i), *prev = before(w, i), *next = go_on(w, a->end);
    if (a->kind != '1' || a->end != i + 1) return 0;
    if (x->flags & WORD_FIGURE && number_in_law(w, i)) return 1;
    if (word_is(prev, "no") || word_is(prev, "no.") || word_is(prev, "number") ||
        word_is(prev, "phase") || word_is(prev, "category") ||
        (prev->mark == '.' && word_is(before(w, i - 1), "no")))
        return 0;
    if (x->flags & WORD_FIGURE)
        return (prev->flags & WORD_CAP) && !(prev->flags & WORD_FIRST && opens_sentence(prev)) &&
               prev->n > 1 && (x->flags & WORD_SPACE) && !(prev->sets & ~(uint32_t)V_SIGN) &&
               next->mark != ',' && x->n < 5;
    return (x->flags & WORD_CAP) && !(x->flags & WORD_FIRST) && (next->flags & WORD_CAP);
}

/* Part of a name or a code: "F-16", "Covid-19", "G7". */
static int in_a_code(const words *w, uint32_t i, uint32_t j)
{
    const word *prev = before(w, i), *next = go_on(w, j);
    if (at(w, i)->flags & WORD_FIGURE) {
        if (word_dash(prev) && word_tight(prev) && word_tight(at(w, i)) && i >= 2 &&
            (before(w, i - 1)->flags & WORD_LETTERS))
            return 1;
        if (word_tight(at(w, i)) && prev->n && (prev->flags & WORD_LETTERS) &&
            !(at(w, i)->flags & WORD_CUT))
            return 1;
        if (word_dash(next) && word_tight(next) && word_tight(at(w, j + 1)) &&
            (at(w, j + 1)->flags & WORD_CAP) && at(w, j + 1)->n <= 2)
            return 1;
        if (prev->mark == '#') return 0;
        if ((prev->mark == '/' || prev->mark == '_' || prev->mark == '@') && word_tight(prev))
            return 1;
    }
    return 0;
}

/* Units that "a" counts; "a foot" and "a degree" are other things. */
static int is_single_unit(const word *x)
{
    static const char *const units[] = {
        "metre",      "meter", "kilometre", "kilometer", "centimetre", "centimeter", "millimetre",
        "millimeter", "mile",  "inch",      "hectare",   "acre",       "tonne",      "gallon"};
    size_t i;
    for (i = 0; i < sizeof units / sizeof *units; i++)
        if (word_is(x, units[i])) return 1;
    return 0;
}

/* "a kilometre", "half a cent", "half an inch": no number but a unit. */
static uint32_t one_unit(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    uint32_t j = i, k;
    amount a = {.lo = {1, 0, 0}, .kind = '1'};
    note symbol = {.n = 0};
    const char *code = "";
    if (word_is(at(w, j), "half")) {
        a.lo = (decimal){5, -1, 0};
        j++;
    } else if (word_is(at(w, j), "quarter") && word_is(go_on(w, j + 1), "of")) {
        return i;
    }
    if (!word_is(go_on(w, j), "a") && !word_is(go_on(w, j), "an")) return i;
    j++;
    if (go_on(w, j)->n < 4) return i;
    k = money_currency(w, j, &code);
    if (k > j && j > i + 1) {
        h->label = L_MONEY;
        h->first = amount_start(w, i, &a);
        amount_note(&h->value, &a, code, "");
        return k;
    }
    k = unit(w, j, &symbol);
    if (k == j || (at(w, j)->p[at(w, j)->n - 1] | 0x20) == 's' || !is_single_unit(at(w, j)) ||
        (before(w, i)->flags & WORD_FIGURE) || (before(w, i)->sets & V_CURRENCY))
        return i;
    h->label = L_QUANTITY;
    h->first = amount_start(w, i, &a);
    note_quantity(r, &a, &symbol, 0, a.lo, &h->value);
    return k;
}

/* "between 4% and 7%": the second of two percentages. */
static uint32_t second_percentage(const words *w, uint32_t i, uint32_t k, amount *a)
{
    amount b;
    uint32_t m;
    if (!word_dash(go_on(w, k)) && !word_is(go_on(w, k), "to") &&
        !(word_is(go_on(w, k), "and") && word_is(before(w, i), "between")))
        return k;
    m = go_on(w, k + 1)->n ? amount_read(w, k + 1, &b) : k + 1;
    if (m == k + 1 || percent(w, m) == m || a->kind != '1' || b.kind != '1') return k;
    a->hi = b.lo;
    a->kind = '-';
    return percent(w, m);
}

static uint32_t percentage(const words *w, uint32_t i, amount *a, hit *h)
{
    uint32_t k = percent(w, a->end);
    int points;
    if (k == a->end) return k;
    h->label = L_PERCENT;
    k = second_percentage(w, i, k, a);
    points = word_is(at(w, k - 1), "points") || word_is(at(w, k - 1), "point");
    if (a->kind == ':') a->kind = '-';
    h->first = amount_start(w, i, a);
    if (h->first == i && (word_is(before(w, i), "over") || word_is(before(w, i), "under"))) {
        a->bound = word_is(before(w, i), "over") ? '>' : '<';
        h->first--;
    }
    amount_note(&h->value, a, "", points ? "pp" : "%");
    return k;
}

/* "minus 5", "-5": not the dash of a range. */
static int is_negative(const words *w, uint32_t i)
{
    const word *prev = before(w, i);
    if (!(at(w, i)->flags & WORD_FIGURE)) return 0;
    return word_is(prev, "minus") || (word_dash(prev) && word_tight(at(w, i)) && !word_tight(prev));
}

static uint32_t quantity(const values_rules *r, uint32_t i, amount *a, hit *h)
{
    const words *w = r->w;
    note symbol = {.n = 0};
    decimal inches = {0, 0, 0};
    const uint32_t k = unit(w, a->end, &symbol), end = feet_and_inches(w, k, &inches);
    const word *prev = before(w, i);
    if (k == a->end) return k;
    h->label = L_QUANTITY;
    h->first = amount_start(w, i, a);
    if (h->first + 1 == i && (word_is(prev, "over") || word_is(prev, "under")) &&
        strchr("mk", symbol.p[0]) && symbol.p[symbol.n - 1] == 'm') { /* a place */
        h->first = i;
        a->bound = 0;
    }
    if (is_negative(w, i)) {
        h->first = i - 1;
        a->lo.m = -a->lo.m;
    }
    if (a->kind == ':') a->kind = '-';
    note_quantity(r, a, &symbol, end > k, inches, &h->value);
    return end;
}

static uint32_t age(const words *w, uint32_t i, const amount *a, hit *h)
{
    if (!is_age(w, i, a->end, a)) return i;
    h->label = L_DATE;
    if (age_limit(w, i)) {
        note_text(&h->value, word_is(before(w, i), "under") ? "<" : ">");
        h->first = i - 1;
    }
    note_text(&h->value, "P");
    note_decimal(&h->value, a->lo);
    note_text(&h->value, "Y");
    if (a->kind == '-') {
        note_text(&h->value, "..P");
        note_decimal(&h->value, a->hi);
        note_text(&h->value, "Y");
    }
    return a->end;
}

/* "lunch at one.", "open at 8,": a full hour. */
static uint32_t full_hour(const words *w, uint32_t i, const amount *a, hit *h)
{
    const int64_t hour = a->kind == '1' ? decimal_whole(a->lo) : 0;
    if (hour < 1 || hour > 12 || !alone_behind_at(w, i, a->end)) return i;
    h->label = L_TIME;
    h->value.bad = 1; /* of the morning or the evening */
    return a->end;
}

static uint32_t cardinal(const words *w, uint32_t i, amount *a, hit *h)
{
    uint32_t j = a->end;
    int kind;
    if (is_pronoun(w, i, j) || part_of_name(w, i, a)) return i;
    h->label = L_CARDINAL;
    if (a->kind == '-' && word_is(before(w, i), "between")) { /* two of them */
        j = number_read(w, i, &a->lo, &kind);
        a->kind = '1';
    } else {
        h->first = amount_start(w, i, a);
    }
    amount_note(&h->value, a, "", "");
    return j;
}

static uint32_t twice(const words *w, uint32_t i, hit *h)
{
    amount a = {.lo = {2, 0, 0}, .kind = '1'};
    if (!word_is(at(w, i), "twice")) return i;
    h->label = L_CARDINAL;
    h->first = amount_start(w, i, &a);
    amount_note(&h->value, &a, "", "");
    return i + 1;
}

uint32_t measure_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    amount a;
    uint32_t j, k;
    if ((at(w, i)->sets & V_SIGN) && (j = money_read(r, i, h)) > i) return j;
    if ((j = twice(w, i, h)) > i) return j;
    if (word_is(at(w, i), "half") && (j = one_unit(r, i, h)) > i) return j;
    j = amount_read(w, i, &a);
    if (j == i) return one_unit(r, i, h);
    if (in_a_code(w, i, j)) return i;
    if ((k = percentage(w, i, &a, h)) > j) return k;
    if ((k = money_behind(r, i, &a, h)) > j) return k;
    if ((k = duration_read(r, i, &a, h)) > j) return k;
    if ((k = quantity(r, i, &a, h)) > j) return k;
    if ((k = age(w, i, &a, h)) > i || (k = full_hour(w, i, &a, h)) > i) return k;
    return cardinal(w, i, &a, h);
}

uint32_t ordinal_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i), *prev = before(w, i);
    int n = number_ordinal_figure(x);
    uint32_t j = i + 1;
    if (!n && !(x->sets & V_ORDINAL)) {
        if ((x->sets & V_TENS) && word_dash(go_on(w, j)) && (go_on(w, j + 1)->sets & V_ORDINAL) &&
            word_num(at(w, j + 1)) < 10) {
            n = word_num(x) + word_num(at(w, j + 1));
            j += 2;
        } else {
            return i;
        }
    }
    if (!n) n = word_num(x);
    if (word_is(x, "second") &&
        (word_is(prev, "a") || word_is(prev, "per") || word_is(prev, "split")) &&
        !(go_on(w, j)->flags & WORD_LETTERS))
        return i;
    if (word_is(x, "first") &&
        (word_is(prev, "at") || (word_is(go_on(w, j), "of") && word_is(go_on(w, j + 1), "all"))))
        return i;
    if ((word_dash(go_on(w, j)) && word_tight(at(w, j)) && word_is(x, "first") &&
         (word_is(at(w, j + 1), "hand") || word_is(at(w, j + 1), "degree"))))
        return i;
    if ((go_on(w, j)->flags & WORD_CAP) &&
        (number_ordinal_figure(x) || ((x->flags & WORD_CAP) && !(x->flags & WORD_FIRST))))
        return i; /* "Fourth Amendment" */
    h->label = L_ORDINAL;
    h->first = i;
    note_int(&h->value, n, 1);
    return j;
}
