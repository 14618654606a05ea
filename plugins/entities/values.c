/* SPDX-License-Identifier: MIT */
/* plugins/entities/values.c - see values.h.
 *
 * Each rule looks at a word and returns the index behind what it recognises, or the same index.
 * A number is read first; what stands around it decides its label. Every rule looks a bounded
 * number of words ahead, so the whole is linear. */
#include "values.h"

#include <stdlib.h>

typedef const char *const *list;
#define LIST(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

LIST(units, "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
LIST(tens, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
LIST(scales, "hundred", "thousand", "million", "billion", "trillion", "crore", "lakh", "mn", "bn",
     "tn", "m");
LIST(many, "dozens", "hundreds", "thousands", "millions", "billions", "trillions", "scores");
LIST(some, "dozen", "hundred", "thousand", "million", "billion", "trillion", "half");
LIST(parts, "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths",
     "sixth", "eighth");
LIST(months, "january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
     "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.",
     "sept.", "oct.", "nov.", "dec.");
LIST(weekdays, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays");
LIST(long_periods, "day", "days", "week", "weeks", "weekend", "weekends", "month", "months", "year",
     "years", "decade", "decades", "century", "centuries", "fortnight", "quarter", "quarters",
     "season", "seasons", "generation", "night", "nights");
LIST(short_periods, "second", "seconds", "minute", "minutes", "hour", "hours", "millisecond",
     "milliseconds", "mins", "hrs");
LIST(day_parts, "morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk");
LIST(seasons, "spring", "summer", "autumn", "winter", "fall");
LIST(relative, "last", "next", "this", "past", "previous", "coming", "following", "current");
LIST(deictic, "today", "yesterday", "tomorrow", "tonight");
LIST(early, "early", "late", "mid");
LIST(meridiem, "a.m.", "p.m.", "am", "pm", "a.m", "p.m");
LIST(zones, "gmt", "utc", "est", "edt", "cet", "cest", "bst", "ist", "pst", "et", "pt");
LIST(currencies, "dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "yuan", "renminbi",
     "rupee", "rupees", "rouble", "roubles", "ruble", "rubles", "franc", "francs", "peso", "pesos",
     "krona", "kronor", "krone", "kroner", "won", "baht", "ringgit", "rand", "naira", "shilling",
     "shillings", "dinar", "dinars", "dirham", "dirhams", "lira", "riyal", "riyals", "rial",
     "rials", "zloty", "zlotys", "hryvnia", "hryvnias", "shekel", "shekels", "taka", "real",
     "reais", "cedi", "cedis", "birr", "kwacha", "cent", "cents", "pence", "penny", "sterling",
     "forint", "forints", "lei", "leva", "soles", "usd", "eur", "gbp", "inr", "crowns");
LIST(currency_before, "$", "£", "€", "¥", "₹", "₽", "₩", "₦", "₺", "₴", "us$", "a$", "c$", "nz$",
     "hk$", "s$", "r$", "usd", "eur", "gbp", "inr", "rs", "rs.", "chf", "sek", "nok", "dkk", "rmb",
     "kes", "ksh", "zar", "r", "rm", "rp", "php", "jpy", "cny", "aed");
LIST(physical, "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometer",
     "kilometers", "km", "m", "cm", "mm", "centimetre", "centimetres", "centimeter", "centimeters",
     "millimetre", "millimetres", "millimeters", "mile", "miles", "yard", "yards", "foot", "feet",
     "ft", "inch", "inches", "acre", "acres", "hectare", "hectares", "gram", "grams", "g",
     "kilogram", "kilograms", "kg", "kilo", "kilos", "tonne", "tonnes", "ton", "tons", "pound-feet",
     "ounce", "ounces", "oz", "lb", "lbs", "stone", "litre", "litres", "liter", "liters", "gallon",
     "gallons", "barrel", "barrels", "degree", "degrees", "celsius", "fahrenheit", "c", "f", "°c",
     "°f", "km/h", "kph", "mph", "knots", "watt", "watts", "kilowatt", "kilowatts", "megawatt",
     "megawatts", "mw", "gigawatt", "gigawatts", "gw", "kwh", "kilowatt-hours", "megawatt-hours",
     "volt", "volts", "hertz", "megahertz", "mhz", "ghz", "gigabytes", "gb", "megabytes", "mb",
     "terabytes", "tb", "kilobytes", "bushels", "carats", "calories", "nautical", "light-years",
     "cubic", "square");
LIST(after_area, "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometers",
     "mile", "miles", "km", "feet", "foot", "yards", "inches", "centimetres", "m");
LIST(ordinals, "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
     "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
     "seventeenth", "eighteenth", "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth",
     "hundredth");
LIST(single_modifiers, "about", "around", "nearly", "almost", "roughly", "approximately", "some",
     "over", "under", "exactly", "only", "barely", "approx", "approx.", "circa", "above", "below");
LIST(pronoun_one_before, "this", "that", "no", "each", "every", "any", "which", "the", "another",
     "only", "latter", "former");
LIST(year_cues, "in", "since", "by", "from", "until", "till", "before", "after", "during", "of",
     "to", "early", "late", "mid", "between", "through", "for", "-", "–", "and", "around", "year",
     "the");

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
    } else if (word_in(at(w, i), units)) {
        j = i + 1;
        if (word_in(at(w, i), tens) && is_dash(at(w, j)) && tight(at(w, j)) &&
            word_in(at(w, j + 1), units))
            j += 2;
    } else if (word_in(at(w, i), many)) {
        return i + 1;
    } else if ((word_is(at(w, i), "a") || word_is(at(w, i), "an")) && word_in(at(w, i + 1), some) &&
               !word_is(at(w, i + 1), "half")) {
        j = i + 1;
    } else {
        return i;
    }
    while (word_in(at(w, j), scales) || (word_is(at(w, j), "dozen") && j > i)) {
        if (word_is(at(w, j), "m") && !tight(at(w, j))) break;
        j++;
        if (word_is(at(w, j), "and") && word_in(at(w, j + 1), units) && j - i < 6)
            j += 2;
        else if (word_in(at(w, j), units) && j - i < 6)
            j++;
    }
    if (is_dash(at(w, j)) && tight(at(w, j)) && word_in(at(w, j + 1), parts) && j > i)
        j += 2;
    else if (j > i && word_in(at(w, j), parts) && !word_is(at(w, j), "quarter") &&
             !word_is(at(w, j), "half") && !word_is(at(w, j), "third") &&
             word_in(at(w, j - 1), units))
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
        (word_is(mid, "or") && word_in(at(w, i), units)) ||
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
    if (word_in(one, single_modifiers)) {
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
    if (word_in(at(w, j), currencies) && !word_is(at(w, j), "real")) return j + 1;
    if ((at(w, j)->flags & WORD_CAP) && word_in(at(w, j + 1), currencies) &&
        ((at(w, j)->bits & (LEX_BIT(LEX_NORP) | LEX_BIT(LEX_GPE))) != 0))
        return j + 2;
    return j;
}

static uint32_t quantity_after(const words *w, uint32_t j)
{
    const word *x = at(w, j);
    if (is_dash(x) && tight(x) && word_in(at(w, j + 1), physical)) x = at(w, ++j);
    if (!word_in(x, physical)) return j;
    if (x->n == 1 && !tight(x) && (x->flags & WORD_CAP)) return j; /* "5 C" of a list */
    if (word_is(x, "square") || word_is(x, "cubic") || word_is(x, "nautical"))
        return word_in(at(w, j + 1), after_area) ? j + 2 : j;
    if ((word_is(x, "degrees") || word_is(x, "degree")) &&
        (word_is(at(w, j + 1), "celsius") || word_is(at(w, j + 1), "fahrenheit") ||
         word_is(at(w, j + 1), "c") || word_is(at(w, j + 1), "f")))
        return j + 2;
    if (word_is(at(w, j + 1), "per") && word_in(at(w, j + 2), short_periods)) return j + 3;
    if (word_is(at(w, j + 1), "an") && word_is(at(w, j + 2), "hour")) return j + 3;
    return j + 1;
}

/* "45-year-old", "three years old", "two hours", "six-month". *label says which. */
static uint32_t period_after(const words *w, uint32_t i, uint32_t j, int *label)
{
    uint32_t k = j;
    if (is_dash(at(w, k)) && tight(at(w, k))) k++;
    if (word_in(at(w, k), short_periods) &&
        !(word_is(at(w, k), "second") && j == i + 1 && word_is(at(w, i), "one"))) {
        *label = ENT_TIME;
        return k + 1;
    }
    while (k == j &&
           (word_is(at(w, k), "more") || word_is(at(w, k), "full") ||
            word_is(at(w, k), "straight") || word_is(at(w, k), "consecutive")) &&
           word_in(at(w, k + 1), long_periods))
        k++;
    if (!word_in(at(w, k), long_periods)) return j;
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
    if (!word_in(one, relative) && !word_is(one, "first")) return i;
    if (word_is(one, "this")) return i;
    return word_is(before(w, i - 1), "the") ? i - 2 : i - 1;
}

/* ---- dates
 * ------------------------------------------------------------------------------------------ */

static int is_month(const word *x)
{
    return (x->flags & WORD_CAP) && word_in(x, months);
}

/* "May" and "March" are words, too: only with a day, a year or a preposition. */
static int is_sure_month(const words *w, uint32_t i)
{
    static const char *const cues[] = {"in",   "since", "of",    "by",     "last", "next", "until",
                                       "late", "early", "from",  "this",   "to",   "on",   "and",
                                       "each", "every", "after", "before", "mid",  "-",    NULL};
    const word *x = at(w, i), *prev = before(w, i);
    if (!is_month(x)) return 0;
    if (!word_is(x, "may") && !word_is(x, "march") && !word_is(x, "mar") && !word_is(x, "jan") &&
        !word_is(x, "sep"))
        return 1;
    return word_in(prev, cues) || is_figure(at(w, i + 1)) || is_figure(prev) ||
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
    if (!(at(w, i)->flags & WORD_CAP) || !word_in(at(w, i), weekdays)) return i;
    if (word_in(at(w, j), day_parts)) return j + 1;
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
    if (!word_in(at(w, j), relative)) {
        if (j > i || !word_in(at(w, i), deictic)) return i;
        *label = word_is(at(w, i), "tonight") ? ENT_TIME : ENT_DATE;
        return i + 1;
    }
    j++;
    *label = ENT_DATE;
    if (word_in(at(w, j), short_periods)) {
        *label = ENT_TIME;
        return word_is(at(w, j), "second") || word_is(at(w, j), "minute") ? i : j + 1;
    }
    if (word_in(at(w, j), day_parts)) {
        *label = ENT_TIME;
        return j + 1;
    }
    if (word_in(at(w, j), long_periods) || word_in(at(w, j), seasons)) return j + 1;
    if (is_month(at(w, j))) return year_after(w, j + 1);
    if (word_in(at(w, j), weekdays)) return weekday(w, j) > j ? weekday(w, j) : j + 1;
    return i;
}

/* "the third quarter of 2024", "the first half of the year", "the 19th century". */
static uint32_t ordinal_period(const words *w, uint32_t i)
{
    uint32_t j = i + (word_is(at(w, i), "the") != 0), k;
    if (word_in(at(w, j), early)) j++;
    if (!word_in(at(w, j), ordinals) && !is_ordinal_figure(at(w, j))) return i;
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
        word_in(at(w, j + 2), long_periods))
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
        if (word_in(at(w, i + 1), day_parts) && j == i + 2) *label = ENT_TIME;
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
    if (word_in(at(w, i), seasons) && is_year(at(w, i + 1))) return i + 2;
    if (word_is(at(w, i), "midnight") || word_is(at(w, i), "noon")) {
        *label = ENT_TIME;
        return i + 1;
    }
    if (is_year(at(w, i)) && word_in(before(w, i), year_cues)) {
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
    else if (word_in(before(w, s), early))
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
    if (!clock && !is_figure(at(w, i)) && !word_in(at(w, i), units)) return i;
    if (word_in(at(w, j), meridiem))
        j++;
    else if (word_is(at(w, j), "o'clock") || word_is(at(w, j), "o’clock"))
        j++;
    else if (!clock)
        return i;
    if (word_in(at(w, j), zones) && (at(w, j)->flags & WORD_CAPS)) j++;
    return j;
}

/* ---- one place
 * ----------------------------------------------------------------------------------------- */

/* "$2,000", "Rs 40 crore", "US$3bn". Behind it, or i. */
static uint32_t money_at(const words *w, uint32_t i)
{
    uint32_t j, k;
    const word *x = at(w, i);
    if (!word_in(x, currency_before)) return i;
    if ((x->p[0] >= 'A' && x->p[0] <= 'Z' && x->n < 3 && !memchr(x->p, '$', x->n) &&
         !(x->flags & WORD_CAP)) ||
        (x->n == 1 && x->p[0] >= 'a' && x->p[0] <= 'z'))
        return i;
    if (!is_figure(at(w, i + 1)) || ((x->flags & WORD_LOWER) && x->n < 3 && x->p[0] < 0x7f))
        return i;
    j = number(w, i + 1);
    if (is_dash(at(w, j)) && word_in(at(w, j + 1), scales)) j += 2;
    if (is_dash(at(w, j)) && word_in(at(w, j + 1), currency_before)) {
        k = number(w, j + 2);
        if (k > j + 2) j = k;
    }
    return j;
}

/* "one" as a pronoun, "second" as a noun and so on. */
static int is_pronoun(const words *w, uint32_t i, uint32_t j)
{
    static const char *const after[] = {"of", "another", "day", "by", NULL};
    const word *next = at(w, j);
    if (j != i + 1 || !word_is(at(w, i), "one")) return 0;
    if (word_in(before(w, i), pronoun_one_before)) return 1;
    return next->n == 0 || (!(next->flags & (WORD_LOWER | WORD_CAP)) && !is_dash(next)) ||
           (word_in(next, after) && !word_is(next, "of"));
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
    if ((word_in(at(w, i), ordinals) && !word_is(at(w, i), "second")) ||
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
