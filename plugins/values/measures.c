/* SPDX-License-Identifier: MIT */
/* plugins/values/measures.c - amounts and what they are amounts of: per cent, money, units,
 * periods, ages; and numbers of nothing in particular. */
#include "rules.h"

/* ---- per cent -------------------------------------------------------------------------------- */

static uint32_t percent(const words *w, uint32_t j)
{
    const word *x = go_on(w, j);
    if (word_dash(x) && word_tight(x) && word_is(at(w, j + 1), "percent")) return j + 2;
    if (x->mark == '%' || word_is(x, "percent") || word_is(x, "pct") || word_is(x, "pc"))
        return j + 1;
    if (word_is(x, "per") && word_is(go_on(w, j + 1), "cent")) return j + 2;
    if (word_is(x, "percentage") &&
        (word_is(go_on(w, j + 1), "points") || word_is(go_on(w, j + 1), "point")))
        return j + 2;
    return j;
}

/* ---- money ------------------------------------------------------------------------------------
 */

/* Dollars, pounds, francs of whom: the word before a currency's name. */
static const struct {
    const char *nation, *name, *code;
} national[] = {
    {"australian", "USD", "AUD"},     {"canadian", "USD", "CAD"},    {"american", "USD", "USD"},
    {"u.s.", "USD", "USD"},           {"us", "USD", "USD"},          {"singapore", "USD", "SGD"},
    {"kong", "USD", "HKD"},           {"zealand", "USD", "NZD"},     {"taiwan", "USD", "TWD"},
    {"taiwanese", "USD", "TWD"},      {"jamaican", "USD", "JMD"},    {"guyanese", "USD", "GYD"},
    {"namibian", "USD", "NAD"},       {"fijian", "USD", "FJD"},      {"caribbean", "USD", "XCD"},
    {"barbados", "USD", "BBD"},       {"bahamian", "USD", "BSD"},    {"liberian", "USD", "LRD"},
    {"egyptian", "GBP", "EGP"},       {"sudanese", "GBP", "SDG"},    {"syrian", "GBP", "SYP"},
    {"lebanese", "GBP", "LBP"},       {"british", "GBP", "GBP"},     {"sterling", "GBP", "GBP"},
    {"irish", "GBP", "IEP"},          {"swiss", "franc", "CHF"},     {"cfa", "franc", "XOF"},
    {"congolese", "franc", "CDF"},    {"rwandan", "franc", "RWF"},   {"guinean", "franc", "GNF"},
    {"burundian", "franc", "BIF"},    {"comorian", "franc", "KMF"},  {"pacific", "franc", "XPF"},
    {"mexican", "peso", "MXN"},       {"argentine", "peso", "ARS"},  {"chilean", "peso", "CLP"},
    {"colombian", "peso", "COP"},     {"philippine", "peso", "PHP"}, {"cuban", "peso", "CUP"},
    {"uruguayan", "peso", "UYU"},     {"dominican", "peso", "DOP"},  {"indian", "rupee", "INR"},
    {"pakistani", "rupee", "PKR"},    {"nepalese", "rupee", "NPR"},  {"mauritian", "rupee", "MUR"},
    {"lankan", "rupee", "LKR"},       {"kenyan", "shilling", "KES"}, {"ugandan", "shilling", "UGX"},
    {"tanzanian", "shilling", "TZS"}, {"somali", "shilling", "SOS"}, {"iraqi", "dinar", "IQD"},
    {"kuwaiti", "dinar", "KWD"},      {"jordanian", "dinar", "JOD"}, {"tunisian", "dinar", "TND"},
    {"algerian", "dinar", "DZD"},     {"libyan", "dinar", "LYD"},    {"serbian", "dinar", "RSD"},
    {"bahraini", "dinar", "BHD"},     {"moroccan", "dirham", "MAD"}, {"uae", "dirham", "AED"},
    {"emirati", "dirham", "AED"},     {"iranian", "rial", "IRR"},    {"omani", "rial", "OMR"},
    {"yemeni", "rial", "YER"},        {"qatari", "SAR", "QAR"},      {"saudi", "SAR", "SAR"},
    {"swedish", "krona", "SEK"},      {"icelandic", "krona", "ISK"}, {"norwegian", "krone", "NOK"},
    {"danish", "krone", "DKK"},       {"czech", "crown", "CZK"},     {"zambian", "kwacha", "ZMW"},
    {"malawian", "kwacha", "MWK"},    {"romanian", "lei", "RON"},    {"moldovan", "lei", "MDL"},
    {"convertible", "mark", "BAM"},   {"belarusian", "RUB", "BYN"},  {"african", "ZAR", "ZAR"},
};

/* "euros", "Swedish kronor", "CFA francs", "US cents". Its code in *code. */
static uint32_t currency(const words *w, uint32_t j, const char **code)
{
    uint32_t k = j;
    size_t i;
    if (word_dash(go_on(w, k)) && word_tight(at(w, k))) k++;
    if ((go_on(w, k)->flags & WORD_CAP) && (go_on(w, k + 1)->flags & WORD_CAP) &&
        (go_on(w, k + 2)->sets & V_CURRENCY) && !(go_on(w, k)->sets & V_CURRENCY))
        k += 2; /* "Hong Kong dollars" */
    else if (((go_on(w, k)->flags & WORD_CAP) || word_is(go_on(w, k), "convertible")) &&
             (go_on(w, k + 1)->sets & V_CURRENCY) && go_on(w, k + 1)->n > 3)
        k++;
    if (!(go_on(w, k)->sets & V_CURRENCY)) return j;
    if (at(w, k)->n == 1 && !word_tight(at(w, k))) return j;
    if (at(w, k)->n <= 3 && !(at(w, k)->flags & WORD_CAP) && !word_is(at(w, k), "yen") &&
        !word_is(at(w, k), "won") && !word_is(at(w, k), "lei") && !word_is(at(w, k), "p"))
        return j;
    if (word_is(at(w, k), "real") || word_is(at(w, k), "sum") ||
        (word_is(at(w, k), "won") && (go_on(w, k + 1)->flags & WORD_LETTERS) &&
         !(go_on(w, k + 1)->sets & (V_CUE | V_MONTH_CUE))))
        return j;
    *code = word_sym(at(w, k));
    if (k > j)
        for (i = 0; i < sizeof national / sizeof *national; i++)
            if (word_is(at(w, k - 1), national[i].nation) && strcmp(*code, national[i].name) == 0)
                *code = national[i].code;
    return k + 1;
}

/* An amount in the hundredth part of a currency. */
static const char *whole_currency(const char *code, amount *a)
{
    if (strcmp(code, "GBp") == 0 && decimal_scale(&a->lo, 1, -2) &&
        (a->kind == '1' || decimal_scale(&a->hi, 1, -2)))
        return "GBP";
    return code;
}

/* Neither is twenty times the other: "rose $12 to $2,671" is no range. */
static int comparable(decimal a, decimal b)
{
    const int64_t x = decimal_whole(a), y = decimal_whole(b);
    return x < 0 || y < 0 || (y < 20 * x && x < 20 * y);
}

/* "$2,000", "Rs 40 crore", "€5m-€10m", "R$ 38.90": at a sign. */
static uint32_t money(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    const word *x = at(w, i);
    const char *code = word_sym(x);
    amount a, b;
    uint32_t j, k, s;
    int dollar = x->n == 1 && x->p[0] == '$';
    if ((x->flags & WORD_LETTERS) && !(x->flags & WORD_CAP)) return i;
    if (x->n <= 2 && (x->flags & WORD_LETTERS) && !strchr("$", x->p[x->n - 1]) && x->n == 1 &&
        !(go_on(w, i + 1)->flags & WORD_CUT) && !(go_on(w, i + 2)->sets & V_SCALE))
        return i; /* "R 5" of a list */
    j = i + 1;
    if (dollar && go_on(w, j)->mark == '(') j++; /* $(0.93): a loss */
    if (!(go_on(w, j)->flags & WORD_FIGURE)) return i;
    k = amount_read(w, j, &a);
    if (k == j) return i;
    if (j > i + 1) {
        if (go_on(w, k)->mark != ')') return i;
        a.lo.m = -a.lo.m;
        k++;
    }
    if (dollar && r->dollar) code = r->dollar;
    /* "$5m-$10m", "$5 to $10 million", "between £14 and £22" */
    if (a.kind == '1' &&
        (word_dash(go_on(w, k)) || word_is(go_on(w, k), "to") ||
         (word_is(go_on(w, k), "and") && word_is(before(w, i), "between"))) &&
        (go_on(w, k + 1)->sets & V_SIGN) && !word_is(before(w, i), "from") &&
        !word_is(before(w, i), "by") && (j = amount_read(w, k + 2, &b)) > k + 2 && b.kind == '1' &&
        comparable(a.lo, b.lo)) {
        a.hi = b.lo;
        a.kind = '-';
        k = j;
    } else if (word_dash(go_on(w, k)) && word_tight(at(w, k)) && (at(w, k + 1)->sets & V_SCALE) &&
               at(w, k + 1)->n > 3) { /* "$95-million" */
        (void)decimal_scale(&a.lo, 1, word_num(at(w, k + 1)));
        k += 2;
    }
    if (a.kind == ':') a.kind = '-';
    s = amount_start(w, i, &a);
    h->first = s;
    h->label = L_MONEY;
    amount_note(&h->value, &a, code, "");
    return k;
}

/* ---- units ------------------------------------------------------------------------------------
 */

/* "kilometres", "square miles", "km/h", "degrees Celsius", "kilometres per hour", "-foot". */
static uint32_t unit(const words *w, uint32_t j, note *symbol)
{
    uint32_t k = j;
    const word *x;
    int area = 0, hyphen = word_dash(go_on(w, k)) && word_tight(at(w, k));
    if (hyphen) k++;
    if (word_is(go_on(w, k), "metric")) k++;
    if (go_on(w, k)->sets & V_AREA) area = word_num(at(w, k++));
    if (word_is(go_on(w, k), "nautical")) k++;
    x = go_on(w, k);
    if ((x->n == 2 && !memcmp(x->p, "°", 2)) && (go_on(w, k + 1)->sets & V_MEASURE) &&
        at(w, k + 1)->n == 1) {
        x = at(w, ++k);
    } else if (x->n == 2 && !memcmp(x->p, "°", 2)) {
        note_text(symbol, "deg");
        return k + 1;
    }
    if (!(x->sets & V_MEASURE)) return j;
    if (hyphen && k == j) return j;
    if (x->n <= 2 && (x->flags & WORD_CAP) && word_sym(x)[0] >= 'a' && word_sym(x)[0] <= 'z' &&
        !word_tight(x))
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
    note_text(symbol, word_sym(x));
    if (area) note_int(symbol, area, 1);
    k++;
    if ((word_is(x, "degrees") || word_is(x, "degree")) &&
        (word_is(go_on(w, k), "celsius") || word_is(go_on(w, k), "fahrenheit") ||
         word_is(go_on(w, k), "c") || word_is(go_on(w, k), "f") ||
         word_is(go_on(w, k), "centigrade"))) {
        symbol->n = 0;
        note_text(symbol, word_sym(at(w, k)));
        return k + 1;
    }
    if (go_on(w, k)->mark == '/' && word_tight(at(w, k)) &&
        (go_on(w, k + 1)->sets & (V_CLOCK | V_MEASURE))) {
        note_text(symbol, "/");
        note_text(symbol, word_is(at(w, k + 1), "h") ? "h" : word_sym(at(w, k + 1)));
        return k + 2;
    }
    if ((word_is(go_on(w, k), "per") || word_is(go_on(w, k), "an")) &&
        (word_is(go_on(w, k + 1), "hour") || word_is(go_on(w, k + 1), "second"))) {
        note_text(symbol, word_is(at(w, k + 1), "hour") ? "/h" : "/s");
        return k + 2;
    }
    return k;
}

/* "6-foot-7", "5 feet 10 inches". */
static uint32_t feet_and_inches(const words *w, uint32_t k)
{
    uint32_t j = k;
    if (!word_is(before(w, k), "foot") && !word_is(before(w, k), "feet") &&
        !word_is(before(w, k), "ft"))
        return k;
    if ((word_dash(go_on(w, j)) && word_tight(at(w, j))) || go_on(w, j)->mark == ',') j++;
    if (!(go_on(w, j)->flags & WORD_FIGURE) || at(w, j)->n > 2) return k;
    j++;
    if (word_is(go_on(w, j), "inches") || word_is(go_on(w, j), "in")) return j + 1;
    return word_dash(at(w, k)) ? j : k;
}

/* ---- periods ----------------------------------------------------------------------------------
 */

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

/* "ago", "later", "earlier"; "before" and "after" only where nothing else follows. */
static uint32_t moved_tail(const words *w, uint32_t k, int *ago)
{
    const word *x = go_on(w, k);
    *ago = word_is(x, "ago") ? 1 : 0;
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
    if (word_is(go_on(w, j), "the") && word_is(go_on(w, j + 1), "end") &&
        word_is(go_on(w, j + 2), "of"))
        j += 3;
    e = go_on(w, j)->n ? date_calendar(r, j, &from, &to) : j;
    if (e == j) return k;
    date_resolve(r, &from, 0);
    note_text(t, "/");
    calendar_note(t, from);
    return e;
}

static uint32_t period(const values_rules *r, uint32_t i, amount *a, hit *h)
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
    if (e > k) return e;
    k = smaller_periods(w, k, x, &h->value);
    e = moved_tail(w, k, &ago);
    if (e > k) {
        int64_t n = a->kind == '1' ? decimal_whole(a->lo) : -1;
        char u = x->sets & V_DAYPART ? 'D' : word_sym(x)[0];
        h->value.n = 0;
        if (ago && n >= 0 && h->label == L_DATE && r->today.year && u) {
            date d = calendar_move(r->today, -n * (x->sets & V_PART ? 3 : word_num(x)), u);
            if (u == 'Y') d.month = d.day = 0;
            if (u == 'M') d.day = 0;
            calendar_note(&h->value, d);
        } else {
            h->value.bad = 1;
        }
    }
    return e;
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

/* "Maria Dela Cruz, 47, ...", "He is 91." */
static int is_age(const words *w, uint32_t i, uint32_t j, const amount *a)
{
    const word *next = go_on(w, j), *prev = before(w, i);
    const int ends = next->n == 0 || (next->mark && strchr(",.;:)", next->mark));
    const int64_t years = decimal_whole(a->lo);
    if (word_is(prev, "aged") || word_is(prev, "age") || word_is(prev, "ages")) return 1;
    if (a->kind != '1' || years < 1 || years > 115) return 0;
    if (age_cue(w, i) && (ends || word_is(next, "and") || word_is(next, "when") ||
                          word_is(prev, "at") || word_is(prev, "now")))
        return 1;
    return ends && prev->mark == ',' && i >= 2 && (before(w, i - 1)->flags & WORD_CAP) &&
           !(before(w, i - 1)->sets & V_MONTH) &&
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

/* "Apollo 11", "Article 5", "Three Rivers": capitals around a bare number make a name of it. */
static int part_of_name(const words *w, uint32_t i, const amount *a)
{
    const word *x = at(w, i), *prev = before(w, i), *next = go_on(w, a->end);
    if (a->kind != '1' || a->end != i + 1) return 0;
    if (word_is(prev, "no") || word_is(prev, "no.") || word_is(prev, "number") ||
        word_is(prev, "phase") || word_is(prev, "category") ||
        (prev->mark == '.' && word_is(before(w, i - 1), "no")))
        return 0;
    if (x->flags & WORD_FIGURE)
        return (prev->flags & WORD_CAP) && !(prev->flags & WORD_FIRST) && prev->n > 1 &&
               (x->flags & WORD_SPACE) && !(prev->sets & ~(uint32_t)V_SIGN) && next->mark != ',' &&
               x->n < 5;
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
    k = currency(w, j, &code);
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
    amount_note(&h->value, &a, "", symbol.p);
    return k;
}

uint32_t measure_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    amount a;
    uint32_t j, k, s;
    note symbol = {.n = 0};
    const char *code = "";
    int minus = 0;
    if ((at(w, i)->sets & V_SIGN) && (j = money(r, i, h)) > i) return j;
    if (word_is(at(w, i), "twice")) {
        a = (amount){.lo = {2, 0, 0}, .kind = '1'};
        h->label = L_CARDINAL;
        h->first = amount_start(w, i, &a);
        amount_note(&h->value, &a, "", "");
        return i + 1;
    }
    if (word_is(at(w, i), "half") && (j = one_unit(r, i, h)) > i) return j;
    j = amount_read(w, i, &a);
    if (j == i) return one_unit(r, i, h);
    if (in_a_code(w, i, j)) return i;
    if ((at(w, i)->flags & WORD_FIGURE) && i > 0 &&
        (word_is(before(w, i), "minus") ||
         (word_dash(before(w, i)) && word_tight(at(w, i)) && !word_tight(before(w, i)))))
        minus = 1;
    h->first = i;
    if ((k = percent(w, j)) > j) {
        h->label = L_PERCENT;
        if (word_dash(go_on(w, k)) || word_is(go_on(w, k), "to") ||
            (word_is(go_on(w, k), "and") && word_is(before(w, i), "between"))) {
            amount b;
            uint32_t m = go_on(w, k + 1)->n ? amount_read(w, k + 1, &b) : k + 1;
            if (m > k + 1 && percent(w, m) > m && a.kind == '1' && b.kind == '1') {
                a.hi = b.lo;
                a.kind = '-';
                k = percent(w, m);
            }
        }
        if (a.kind == ':') a.kind = '-';
        h->first = amount_start(w, i, &a);
        amount_note(&h->value, &a, "",
                    word_is(at(w, k - 1), "points") || word_is(at(w, k - 1), "point") ? "pp" : "%");
        return k;
    }
    if ((k = currency(w, j, &code)) > j) {
        h->label = L_MONEY;
        if (a.kind == ':') a.kind = '-';
        h->first = amount_start(w, i, &a);
        code = whole_currency(code, &a);
        amount_note(&h->value, &a, code, "");
        return k;
    }
    if ((k = period(r, i, &a, h)) > j) return k;
    if ((k = unit(w, j, &symbol)) > j) {
        h->label = L_QUANTITY;
        s = amount_start(w, i, &a);
        if (s + 1 == i && (word_is(before(w, i), "over") || word_is(before(w, i), "under")) &&
            strchr("mk", symbol.p[0]) && symbol.p[symbol.n - 1] == 'm') { /* a place */
            s = i;
            a.bound = 0;
        }
        if (minus) {
            s = i - 1;
            a.lo.m = -a.lo.m;
        }
        h->first = s;
        if (a.kind == ':') a.kind = '-';
        amount_note(&h->value, &a, "", symbol.p);
        return feet_and_inches(w, k);
    }
    if (is_age(w, i, j, &a)) {
        h->label = L_DATE;
        note_text(&h->value, "P");
        note_decimal(&h->value, a.lo);
        note_text(&h->value, "Y");
        if (a.kind == '-') {
            note_text(&h->value, "..P");
            note_decimal(&h->value, a.hi);
            note_text(&h->value, "Y");
        }
        return j;
    }
    if (is_pronoun(w, i, j) || part_of_name(w, i, &a)) return i;
    h->label = L_CARDINAL;
    if (a.kind == '-' && word_is(before(w, i), "between")) { /* two of them */
        int kind;
        j = number_read(w, i, &a.lo, &kind);
        a.kind = '1';
    } else {
        h->first = amount_start(w, i, &a);
    }
    amount_note(&h->value, &a, "", "");
    return j;
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
