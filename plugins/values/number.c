/* SPDX-License-Identifier: MIT */
/* plugins/values/number.c - numbers in figures and in words, ranges, and the modifiers before them.
 */
#include "rules.h"

enum { LONGEST = 12 }; /* words of a number */

static int all_digits(const word *x)
{
    uint32_t i;
    for (i = 0; i < x->n; i++)
        if (x->p[i] < '0' || x->p[i] > '9') return 0;
    return x->n > 0;
}

static int plain(const word *x, uint32_t n)
{
    uint32_t i;
    int v = 0;
    for (i = 0; i < n; i++) {
        if (x->p[i] < '0' || x->p[i] > '9' || i > 5) return -1;
        v = v * 10 + (x->p[i] - '0');
    }
    return n ? v : -1;
}

int number_ordinal_figure(const word *x)
{
    const char *s;
    int v;
    if (x->n < 3 || x->n > 6 || x->p[0] < '0' || x->p[0] > '9') return 0;
    s = x->p + x->n - 2;
    if (memcmp(s, "st", 2) && memcmp(s, "nd", 2) && memcmp(s, "rd", 2) && memcmp(s, "th", 2))
        return 0;
    v = plain(x, x->n - 2);
    return v > 0 ? v : 0;
}

int number_day(const word *x)
{
    int v = x->n <= 2 && (x->flags & WORD_FIGURE) ? plain(x, x->n) : number_ordinal_figure(x);
    return v >= 1 && v <= 31 ? v : 0;
}

int number_year(const word *x)
{
    int v = x->n == 4 && (x->flags & WORD_FIGURE) ? plain(x, 4) : -1;
    return v >= 1000 && v < 2100 ? v : 0;
}

/* "½" and its like. */
static int glyph(const word *x, decimal *out)
{
    static const struct {
        const char *p;
        int m, den;
    } known[] = {{"½", 1, 2}, {"¼", 1, 4}, {"¾", 3, 4}, {"⅓", 1, 3}, {"⅔", 2, 3}, {"⅛", 1, 8},
                 {"⅜", 3, 8}, {"⅝", 5, 8}, {"⅞", 7, 8}, {"⅕", 1, 5}, {"⅖", 2, 5}, {"⅗", 3, 5},
                 {"⅘", 4, 5}, {"⅙", 1, 6}, {"⅚", 5, 6}, {"⅐", 1, 7}, {"⅑", 1, 9}, {"⅒", 1, 10}};
    size_t i;
    if (x->n < 2 || x->n > 3 || memcmp(x->p, x->n == 2 ? "\xC2" : "\xE2\x85", x->n - 1)) return 0;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].p) == x->n && memcmp(known[i].p, x->p, x->n) == 0) {
            *out = (decimal){known[i].m, 0, known[i].den};
            return 1;
        }
    return 0;
}

/* "1 000 000": groups of three behind a figure of at most three. */
static uint32_t spaced(const words *w, uint32_t i, decimal *out)
{
    uint32_t j = i + 1;
    if (at(w, i)->n > 3 || !all_digits(at(w, i)) || at(w, i)->p[0] == '0') return j;
    while (at(w, j)->n == 3 && all_digits(at(w, j)) && (at(w, j)->flags & WORD_SPACE) &&
           !(at(w, j)->flags & WORD_FIRST) && j - i < 5) {
        if (!decimal_scale(out, 1, 3) || !decimal_add(out, (decimal){plain(at(w, j), 3), 0, 0}))
            break;
        j++;
    }
    return j;
}

/* A word of number behind a hyphen or a space: "-one" of "twenty-one". */
static uint32_t ones_after(const words *w, uint32_t j, int64_t *group)
{
    uint32_t k = j;
    if (word_dash(go_on(w, k)) && word_tight(at(w, k)) && word_tight(at(w, k + 1))) k++;
    if ((go_on(w, k)->sets & V_ONES) && word_num(at(w, k)) < 10 && word_num(at(w, k)) > 0) {
        *group += word_num(at(w, k));
        return k + 1;
    }
    return j;
}

/* "three hundred and twenty-one": below a thousand, from a word of number on. */
static uint32_t group_of_words(const words *w, uint32_t i, int64_t *group)
{
    uint32_t j = i + 1, k;
    int64_t rest = 0;
    *group = word_num(at(w, i));
    if (at(w, i)->sets & V_TENS) return ones_after(w, j, group);
    if (!word_is(go_on(w, j), "hundred")) return j;
    *group *= 100;
    k = ++j;
    if (word_is(go_on(w, k), "and")) k++;
    if (!(go_on(w, k)->sets & (V_ONES | V_TENS)) || (at(w, k)->sets & V_PART)) return j;
    rest = word_num(at(w, k));
    j = at(w, k)->sets & V_TENS ? ones_after(w, k + 1, &rest) : k + 1;
    *group += rest;
    return j;
}

/* "34m long", "the 200m final", "40ft (12m)": the m at j is no million. */
static int is_metre(const words *w, uint32_t j)
{
    static const char *const others[] = {
        "long",    "wide",      "high",       "tall",       "deep",   "away",
        "race",    "relay",     "final",      "sprint",     "heat",   "below",
        "hurdles", "butterfly", "freestyle",  "backstroke", "title",  "above",
        "dash",    "record",    "individual", "swim",       "runner", "breaststroke"};
    const word *next = go_on(w, j + 1), *open = j > 1 ? before(w, j - 1) : before(w, j);
    size_t k;
    if (open->mark == '(' && (before(w, j - 2)->sets & V_MEASURE)) return 1;
    for (k = 0; k < sizeof others / sizeof *others; k++)
        if (word_is(next, others[k])) return 1;
    return 0;
}

/* "$42M", "1.5B", "$2T", "42M people": the power of ten of a letter tight behind a figure; 0: it
 * has none. "Unit 3B" and "5M" by themselves have none. */
static int letter_power(const words *w, uint32_t j)
{
    const word *x = go_on(w, j), *figure = x->n ? before(w, j) : x;
    const char *const power = x->n == 1 ? strchr("MmBbTt", x->p[0]) : NULL;
    int money;
    if (!power || !word_tight(x) || !(figure->flags & WORD_FIGURE)) return 0;
    money = j > 1 && (before(w, j - 1)->sets & V_SIGN);
    if (x->p[0] == 'm' || (x->p[0] >= 'a' && !money)) return 0;
    if (!money && !memchr(figure->p, '.', figure->n) &&
        !(x->p[0] == 'M' && (go_on(w, j + 1)->flags & WORD_LETTERS) &&
          !(at(w, j + 1)->flags & WORD_CAP)))
        return 0;
    return x->p[0] == 'M' ? 6 : (x->p[0] | 0x20) == 'b' ? 9 : 12;
}

/* Is the scale at j part of the number that ends there? "m" and "k" only right behind a figure. */
static int is_scale(const words *w, uint32_t j)
{
    const word *x = go_on(w, j);
    if (letter_power(w, j)) return 1;
    if (word_is(x, "m"))
        return word_tight(x) && x->p[0] == 'm' && at(w, j - 1)->flags & WORD_FIGURE &&
               !(go_on(w, j + 1)->mark == '/') && !is_metre(w, j);
    if (!(x->sets & V_SCALE)) return 0;
    if (x->n == 1) return word_tight(x) && (at(w, j - 1)->flags & WORD_FIGURE);
    if (word_is(x, "tn") || word_is(x, "bn") || word_is(x, "mn") || word_is(x, "bln") ||
        word_is(x, "mln"))
        return (at(w, j - 1)->flags & WORD_FIGURE) != 0;
    return 1;
}

static int power_of(const words *w, uint32_t j)
{
    const int power = letter_power(w, j);
    return power ? power : word_is(at(w, j), "m") ? 6 : word_num(at(w, j));
}

static uint32_t number_in_words(const words *w, uint32_t i, decimal *out)
{
    uint32_t j = i, k;
    int64_t group = 0;
    int last = 100;
    *out = (decimal){0, 0, 0};
    do {
        decimal part;
        j = group_of_words(w, j, &group);
        part = (decimal){group, 0, 0};
        while (is_scale(w, j) && word_num(at(w, j)) < last && j - i < LONGEST) {
            if (!decimal_scale(&part, 1, word_num(at(w, j)))) return j;
            last = word_num(at(w, j));
            j++;
        }
        if (!decimal_add(out, part)) return j;
        k = j;
        if (last < 100 && word_is(go_on(w, k), "and")) k++;
        if (last == 100 || j - i >= LONGEST || !(go_on(w, k)->sets & (V_ONES | V_TENS))) break;
        j = k;
    } while (1);
    return j;
}

/* "and a half", "and a quarter" behind a number. */
static uint32_t and_a_half(const words *w, uint32_t j, decimal *out)
{
    if (!word_is(go_on(w, j), "and")) return j;
    if (word_is(at(w, j + 1), "a") &&
        (word_is(at(w, j + 2), "half") || word_is(at(w, j + 2), "quarter"))) {
        const int power = at(w, j - 1)->sets & V_SCALE ? power_of(w, j - 1) : 0;
        const decimal part = word_is(at(w, j + 2), "half") ? (decimal){5, power - 1, 0}
                                                           : (decimal){25, power - 2, 0};
        return decimal_add(out, part) ? j + 3 : j; /* "a million and a half" */
    }
    return j;
}

/* "two-thirds", "three quarters": the number of parts was read up to j. */
static uint32_t parts(const words *w, uint32_t j, decimal *out)
{
    uint32_t k = j;
    const word *x;
    if (word_dash(go_on(w, k)) && word_tight(at(w, k)) && word_tight(at(w, k + 1))) k++;
    x = go_on(w, k);
    if (!(x->sets & V_PART) || out->e != 0 || out->m < 1 || out->m > 99 || out->den) return j;
    if (k == j && (x->p[x->n - 1] | 0x20) != 's' &&
        (out->m != 1 || word_dash(go_on(w, k + 1)) || word_is(go_on(w, k + 1), "party")))
        return j; /* "one third" is read, "two third" not */
    if (word_is(x, "quarters") && !word_is(go_on(w, k + 1), "of") && !word_dash(at(w, j))) return j;
    if (word_is(x, "halves") && !word_is(go_on(w, k + 1), "of")) return j;
    out->den = word_num(x);
    return k + 1;
}

/* "a third win": behind a fraction stand words such as "of" and "less", not a noun. */
static int names_what_is_counted(const word *x)
{
    static const char *const others[] = {
        "of",    "less",  "more",  "in",      "out",    "on",     "by",    "to",    "than",
        "as",    "were",  "was",   "is",      "are",    "have",   "had",   "the",   "that",
        "who",   "and",   "or",    "its",     "from",   "off",    "at",    "for",   "with",
        "fewer", "below", "above", "smaller", "larger", "higher", "lower", "since", "this",
        "last",  "do",    "say",   "said",    "over",   "when"};
    size_t i;
    if (!(x->flags & WORD_LETTERS) || (x->flags & WORD_CAP)) return 0;
    for (i = 0; i < sizeof others / sizeof *others; i++)
        if (word_is(x, others[i])) return 0;
    return 1;
}

/* "a dozen", "half a million", "a third": i is at "a" or "half". */
static uint32_t number_with_article(const words *w, uint32_t i, decimal *out, int *kind)
{
    uint32_t j = i;
    int half = word_is(at(w, i), "half");
    const word *x;
    if (half) j++;
    if (half && !(word_is(go_on(w, j), "a") || word_is(go_on(w, j), "an"))) {
        const word *prev = before(w, i);
        if (word_dash(go_on(w, j)) && word_tight(at(w, j))) return i; /* half-empty */
        if (word_is(prev, "own") || word_is(prev, "other") || word_is(prev, "better") ||
            word_is(prev, "each") || (prev->sets & V_ORDINAL))
            return i;
        *out = (decimal){1, 0, 2};
        *kind = NUMBER_PART;
        return i + 1;
    }
    j++;
    x = go_on(w, j);
    *out = half ? (decimal){1, 0, 2} : (decimal){1, 0, 0};
    if (word_is(x, "dozen")) {
        out->m *= 12;
        if (half) *out = (decimal){6, 0, 0};
        *kind = NUMBER_WORDS;
        return j + 1;
    }
    if ((x->sets & V_SCALE) && x->n > 3) {
        *kind = NUMBER_WORDS;
        while ((go_on(w, j)->sets & V_SCALE) && j - i < 4 &&
               decimal_scale(out, 1, word_num(at(w, j))))
            j++;
        return j;
    }
    if (half) {
        *kind = NUMBER_PART;
        return i + 1; /* "half a kilometre": the unit takes the article */
    }
    if ((x->sets & V_PART) && !word_is(x, "second") && (x->p[x->n - 1] | 0x20) != 's') {
        const word *y = go_on(w, j + 1);
        if (word_is(x, "half") && (y->flags & WORD_LETTERS) && !word_is(y, "of")) return i;
        if (word_is(x, "quarter") && (word_dash(y) || word_is(y, "to") || word_is(y, "past")))
            return i;
        if (!word_is(x, "half") && !word_is(x, "quarter") && names_what_is_counted(y)) return i;
        *out = (decimal){1, 0, word_num(x)};
        *kind = NUMBER_PART;
        return j + 1;
    }
    return i;
}

/* "dozens", "tens of thousands", "several hundred", "hundreds". */
static uint32_t number_vague(const words *w, uint32_t i)
{
    uint32_t j = i + 1;
    if (word_is(at(w, i), "tens") || word_is(at(w, i), "hundreds") || word_is(at(w, i), "scores") ||
        word_is(at(w, i), "dozens") || (at(w, i)->sets & V_MANY)) {
        if (word_is(at(w, i), "scores") && word_is(go_on(w, j), "of")) return j;
        if (word_is(go_on(w, j), "of") && (go_on(w, j + 1)->sets & V_MANY)) return j + 2;
        return word_is(at(w, i), "tens") || word_is(at(w, i), "scores") ? i : j;
    }
    if (word_is(at(w, i), "several") || word_is(at(w, i), "few") || word_is(at(w, i), "many")) {
        if (word_is(go_on(w, j), "dozen") || ((go_on(w, j)->sets & V_SCALE) && at(w, j)->n > 3))
            return j + 1;
    }
    return i;
}

uint32_t number_read(const words *w, uint32_t i, decimal *out, int *kind)
{
    const word *x = at(w, i);
    uint32_t j = i;
    *kind = NUMBER_NONE;
    if (x->flags & WORD_FIGURE) {
        if (!decimal_read(x->p, x->n, out)) return i;
        *kind = NUMBER_FIGURES;
        j = spaced(w, i, out);
        {
            decimal part;
            if (glyph(go_on(w, j), &part) && decimal_add(out, part)) j++;
        }
    } else if (glyph(x, out)) {
        *kind = NUMBER_FIGURES;
        return i + 1;
    } else if (x->sets & (V_ONES | V_TENS)) {
        *kind = NUMBER_WORDS;
        j = number_in_words(w, i, out);
    } else if (word_is(x, "a") || word_is(x, "an") || word_is(x, "half")) {
        return number_with_article(w, i, out, kind);
    } else if ((x->sets & (V_MANY | V_COUNT)) || word_is(x, "tens")) {
        *kind = NUMBER_VAGUE;
        return number_vague(w, i);
    } else {
        return i;
    }
    while (is_scale(w, j) && j - i < LONGEST) {
        if (!decimal_scale(out, 1, power_of(w, j))) break;
        j++;
    }
    if (word_is(go_on(w, j), "dozen") && decimal_scale(out, 12, 0)) j++;
    if (*kind == NUMBER_WORDS) {
        uint32_t k = parts(w, j, out);
        if (k > j) {
            *kind = NUMBER_PART;
            return k;
        }
    }
    if (word_dash(go_on(w, j)) && word_is(at(w, j + 1), "odd") && word_tight(at(w, j))) j += 2;
    return and_a_half(w, j, out);
}

/* Is the dash at j between two halves of a range? "3-2", "10,000 - 12,000". */
static int joins(const words *w, uint32_t j)
{
    return word_dash(go_on(w, j)) && word_tight(at(w, j)) == word_tight(at(w, j + 1));
}

int amount_moves(const words *w, uint32_t i)
{
    static const char *const verbs[] = {
        "from",    "by",   "rose",    "fell",   "gained", "shed", "lost",  "added",  "climbed",
        "dropped", "slid", "slipped", "jumped", "soared", "sank", "eased", "firmed", "advanced"};
    const word *x = before(w, i);
    size_t k;
    if (x->sets & V_SIGN) x = i > 1 ? before(w, i - 1) : x;
    for (k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (word_is(x, verbs[k])) return 1;
    return 0;
}

uint32_t amount_read(const words *w, uint32_t i, amount *a)
{
    int kind, other;
    uint32_t j = number_read(w, i, &a->lo, &kind), k = j;
    const word *mid = go_on(w, j);
    memset(&a->hi, 0, sizeof a->hi);
    a->end = j;
    a->bound = 0;
    a->kind = kind == NUMBER_VAGUE ? '?' : '1';
    a->figures = kind == NUMBER_FIGURES;
    if (j == i) return i;
    if (word_dash(mid) && word_tight(mid) && kind != NUMBER_VAGUE &&
        (word_is(go_on(w, j + 1), "to") || word_is(go_on(w, j + 1), "or")) &&
        (k = number_read(w, j + 2, &a->hi, &other)) > j + 2 && other == kind) {
        a->kind = '-';
        a->end = k;
        return k;
    }
    if (joins(w, j) || (word_is(mid, "to") && !amount_moves(w, i)) ||
        (word_is(mid, "or") && kind == NUMBER_WORDS) ||
        (word_is(mid, "and") && word_is(before(w, i), "between")))
        k = number_read(w, j + 1, &a->hi, &other);
    if (k <= j + 1 || (go_on(w, j + 1)->n == 0) || other != kind) return j;
    if (number_year(at(w, j + 1)) && word_is(mid, "to") && !number_year(at(w, i))) return j;
    a->end = k;
    if (is_scale(w, k - 1) && !is_scale(w, j - 1)) /* 2 to 3 million */
        (void)decimal_scale(&a->lo, 1, power_of(w, k - 1));
    a->kind = word_dash(mid) && a->figures && a->lo.e >= 0 && a->hi.e >= 0 && a->lo.m < 1000 &&
                      a->hi.m < 1000 && (a->lo.m > a->hi.m || (a->lo.m < 10 && a->hi.m < 10))
                  ? ':'
                  : '-';
    return k;
}

static uint32_t two_words(const words *w, uint32_t i, const char *a, const char *b)
{
    return word_is(before(w, i), b) && i > 1 && word_is(before(w, i - 1), a);
}

uint32_t amount_start(const words *w, uint32_t i, amount *a)
{
    const word *one = before(w, i), *two = one->n ? before(w, i - 1) : one;
    uint32_t s = i;
    if (word_is(one, "than")) {
        if (word_is(two, "more") || word_is(two, "greater") || word_is(two, "higher") ||
            word_is(two, "longer"))
            a->bound = '>';
        else if (word_is(two, "less") || word_is(two, "fewer") || word_is(two, "lower"))
            a->bound = '<';
        if (!a->bound) return i;
        if (i >= 3 && (word_is(before(w, i - 2), "no") || word_is(before(w, i - 2), "not"))) {
            a->bound = a->bound == '>' ? '(' : ')';
            return i - 3;
        }
        s = i - 2;
        if (i >= 3 && (word_is(before(w, s), "slightly") || word_is(before(w, s), "little"))) {
            s--;
            if (word_is(before(w, s), "a")) s--;
        }
        return s;
    }
    if (two_words(w, i, "at", "least")) a->bound = ')';
    if (two_words(w, i, "at", "most")) a->bound = '(';
    if (two_words(w, i, "up", "to")) a->bound = '(';
    if (i > 2 && word_is(one, "as") && word_is(before(w, i - 2), "as") &&
        (word_is(two, "much") || word_is(two, "many"))) {
        a->bound = '(';
        return i - 3;
    }
    if (two_words(w, i, "an", "estimated")) a->bound = '~';
    if (a->bound) return i - 2;
    if (word_is(one, "between") && a->kind == '-') return i - 1;
    if (word_is(one, "every") && a->kind == '-') return i - 1;
    if (one->sets & V_MODIFIER && !(one->flags & WORD_CUT)) {
        const char *sym = word_sym(one);
        if (word_is(two, "from") && word_is(one, "over")) return i;
        if ((word_is(one, "over") || word_is(one, "under")) && a->lo.e == 0 && a->lo.m < 10 &&
            !(two->sets & V_MODIFIER))
            return i;
        if (word_is(one, "estimated")) return i;
        if (sym[0]) a->bound = sym[0];
        s = i - 1;
        if ((word_is(one, "over") || word_is(one, "under")) &&
            (word_is(two, "just") || word_is(two, "well") || word_is(two, "slightly")))
            s--;
    }
    return s;
}

void amount_note(note *t, const amount *a, const char *code, const char *unit)
{
    if (a->kind == '?') {
        t->bad = 1;
        return;
    }
    if (a->bound == '(') note_text(t, "<=");
    if (a->bound == ')') note_text(t, ">=");
    if (a->bound && !strchr("()", a->bound)) note_bytes(t, &a->bound, 1);
    if (*code) {
        note_text(t, code);
        note_text(t, " ");
    }
    note_decimal(t, a->lo);
    if (a->kind != '1') {
        note_text(t, a->kind == ':' ? ":" : "..");
        note_decimal(t, a->hi);
    }
    if (*unit) {
        if (*unit != '%') note_text(t, " ");
        note_text(t, unit);
    }
}
