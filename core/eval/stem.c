/* SPDX-License-Identifier: MIT */
/* core/eval/stem.c - see stem.h. */
#include "eval/stem.h"

#include <string.h>

struct rule {
    const char *end, *with;
};

static int consonant(const char *w, size_t i)
{
    size_t first = i;
    if (strchr("aeiou", w[i])) return 0;
    if (w[i] != 'y') return 1;
    while (first > 0 && w[first - 1] == 'y')
        first--;
    /* a y is a consonant at the start and after a vowel; in a run of them they take turns */
    if (first == 0) return i % 2 == 0;
    return (strchr("aeiou", w[first - 1]) != NULL) == ((i - first) % 2 == 0);
}

/* Porter's m: how often a vowel is followed by a consonant. */
static int measure(const char *w, size_t n)
{
    int m = 0, before = 1, now;
    size_t i;
    for (i = 0; i < n; i++) {
        now = consonant(w, i);
        m += now && !before;
        before = now;
    }
    return m;
}

static int has_vowel(const char *w, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++)
        if (!consonant(w, i)) return 1;
    return 0;
}

static int ends(const char *w, size_t n, const char *end)
{
    size_t k = strlen(end);
    return n >= k && memcmp(w + n - k, end, k) == 0;
}

/* Consonant, vowel, consonant other than w, x, y; or a word of vowel and consonant. */
static int short_syllable(const char *w, size_t n)
{
    if (n == 2) return !consonant(w, 0) && consonant(w, 1);
    return n > 2 && consonant(w, n - 3) && !consonant(w, n - 2) && consonant(w, n - 1) &&
           !strchr("wxy", w[n - 1]);
}

static size_t replace(char *w, size_t n, const char *end, const char *with)
{
    size_t stem = n - strlen(end), k = strlen(with);
    memcpy(w + stem, with, k);
    return stem + k;
}

static size_t plural(const char *w, size_t n)
{
    if (ends(w, n, "ies")) return n == 4 ? n - 1 : n - 2;
    if (ends(w, n, "sses")) return n - 2;
    return ends(w, n, "s") && !ends(w, n, "ss") ? n - 1 : n;
}

static size_t past(char *w, size_t n)
{
    size_t stem = 0;
    if (ends(w, n, "ied")) return n == 4 ? n - 1 : n - 2;
    if (ends(w, n, "eed")) return measure(w, n - 3) > 0 ? n - 1 : n;
    if (ends(w, n, "ed"))
        stem = n - 2;
    else if (ends(w, n, "ing"))
        stem = n - 3;
    if (!stem || !has_vowel(w, stem)) return n;
    n = stem;
    if (ends(w, n, "at") || ends(w, n, "bl") || ends(w, n, "iz")) {
        w[n++] = 'e';
    } else if (n >= 2 && w[n - 1] == w[n - 2] && consonant(w, n - 1)) {
        if (!strchr("lsz", w[n - 1])) n--;
    } else if (measure(w, n) == 1 && short_syllable(w, n)) {
        w[n++] = 'e';
    }
    return n;
}

/* The rule with the longest ending, or NULL. */
static const struct rule *longest(const struct rule *rule, const char *w, size_t n)
{
    const struct rule *best = NULL;
    for (; rule->end; rule++)
        if (ends(w, n, rule->end) && (!best || strlen(rule->end) > strlen(best->end))) best = rule;
    return best;
}

static size_t step2(char *w, size_t n)
{
    static const struct rule rules[] = {
        {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"},   {"anci", "ance"},
        {"izer", "ize"},    {"bli", "ble"},     {"entli", "ent"},   {"eli", "e"},
        {"ousli", "ous"},   {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},
        {"alism", "al"},    {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"},
        {"aliti", "al"},    {"iviti", "ive"},   {"biliti", "ble"},  {"fulli", "ful"},
        {NULL, NULL},
    };
    const struct rule *r;
    while (ends(w, n, "alli")) {
        if (measure(w, n - 4) == 0) return n;
        n -= 2;
    }
    r = longest(rules, w, n);
    if (r) return measure(w, n - strlen(r->end)) > 0 ? replace(w, n, r->end, r->with) : n;
    return ends(w, n, "logi") && measure(w, n - 3) > 0 ? n - 1 : n;
}

static size_t step3(char *w, size_t n)
{
    static const struct rule rules[] = {
        {"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"},
        {"ical", "ic"},  {"ful", ""},   {"ness", ""},    {NULL, NULL},
    };
    const struct rule *r = longest(rules, w, n);
    return r && measure(w, n - strlen(r->end)) > 0 ? replace(w, n, r->end, r->with) : n;
}

static size_t step4(const char *w, size_t n)
{
    static const char *const end[] = {"al",  "ance",  "ence", "er",  "ic",  "able", "ible",
                                      "ant", "ement", "ment", "ent", "ion", "ou",   "ism",
                                      "ate", "iti",   "ous",  "ive", "ize"};
    size_t best = 0, i;
    for (i = 0; i < sizeof end / sizeof *end; i++) {
        size_t k = strlen(end[i]);
        if (k <= best || !ends(w, n, end[i])) continue;
        if (strcmp(end[i], "ion") == 0 && !(n > 3 && strchr("st", w[n - 4]))) continue;
        best = k;
    }
    return best && measure(w, n - best) > 1 ? n - best : n;
}

static size_t step5(const char *w, size_t n)
{
    if (ends(w, n, "e")) {
        int m = measure(w, n - 1);
        if (m > 1 || (m == 1 && !short_syllable(w, n - 1))) n--;
    }
    return ends(w, n, "ll") && measure(w, n - 1) > 1 ? n - 1 : n;
}

static size_t irregular(char *w, size_t n)
{
    static const struct rule words[] = {
        {"sky", "sky"},         {"skies", "sky"},        {"dying", "die"},
        {"lying", "lie"},       {"tying", "tie"},        {"news", "news"},
        {"innings", "inning"},  {"inning", "inning"},    {"outings", "outing"},
        {"outing", "outing"},   {"cannings", "canning"}, {"canning", "canning"},
        {"howe", "howe"},       {"proceed", "proceed"},  {"exceed", "exceed"},
        {"succeed", "succeed"},
    };
    size_t i;
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (n == strlen(words[i].end) && memcmp(w, words[i].end, n) == 0)
            return replace(w, n, words[i].end, words[i].with);
    return 0;
}

size_t eval_stem(char *w, size_t n)
{
    size_t known = irregular(w, n);
    if (known) return known;
    if (n <= 2) return n;
    n = past(w, plural(w, n));
    if (n > 2 && w[n - 1] == 'y' && consonant(w, n - 2)) w[n - 1] = 'i';
    return step5(w, step4(w, step3(w, step2(w, n))));
}
