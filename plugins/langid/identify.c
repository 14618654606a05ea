/* SPDX-License-Identifier: MIT */
/* plugins/langid/identify.c - see identify.h. Scripts are counted first; of Latin and Cyrillic,
 * naive Bayes over trigrams decides. */
#include "identify.h"

#include <math.h>
#include <string.h>

#include "text/chars.h"

enum { LETTERS_MAX = 8192, GRAMS_SURE = 60 };

enum script {
    LATIN,
    CYRILLIC,
    GREEK,
    HEBREW,
    ARABIC,
    THAI,
    HANGUL,
    HAN,
    KANA,
    ARMENIAN,
    GEORGIAN,
    DEVANAGARI,
    BENGALI,
    TAMIL,
    TELUGU,
    SCRIPTS,
    NO_SCRIPT = SCRIPTS
};

static const struct {
    uint32_t beg, end;
    enum script script;
    unsigned weight; /* letters that one such character is worth */
} block[] = {
    {0x41, 0x250, LATIN, 1},       {0x370, 0x400, GREEK, 1},    {0x400, 0x530, CYRILLIC, 1},
    {0x531, 0x590, ARMENIAN, 1},   {0x5D0, 0x5F5, HEBREW, 1},   {0x620, 0x700, ARABIC, 1},
    {0x900, 0x980, DEVANAGARI, 1}, {0x980, 0xA00, BENGALI, 1},  {0xB80, 0xC00, TAMIL, 1},
    {0xC00, 0xC80, TELUGU, 1},     {0xE00, 0xE80, THAI, 1},     {0x10A0, 0x1100, GEORGIAN, 1},
    {0x1E00, 0x1F00, LATIN, 1},    {0x1F00, 0x2000, GREEK, 1},  {0x3040, 0x3100, KANA, 2},
    {0x3400, 0xA000, HAN, 3},      {0xAC00, 0xD7B0, HANGUL, 2}, {0x20000, 0x30000, HAN, 3}};

struct tally {
    unsigned script[SCRIPTS], all;
    unsigned persian, urdu; /* letters that only they have */
    uint32_t cost[LANGID_LANGUAGES], grams[2];
    uint32_t window[3];
};

static enum script script_of(uint32_t cp, unsigned *weight)
{
    size_t i;
    for (i = 0; i < sizeof block / sizeof *block; i++) {
        if (cp < block[i].beg || cp >= block[i].end) continue;
        *weight = block[i].weight;
        return block[i].script;
    }
    return NO_SCRIPT;
}

/* The first row of the model with this key, or its number of rows. */
static unsigned find(uint32_t key)
{
    unsigned lo = 0, hi = langid_grams;
    while (lo < hi) {
        unsigned mid = lo + (hi - lo) / 2;
        if (langid_gram[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The window's three characters count for every language: what they cost less than the floor. */
static void see_gram(struct tally *t, int cyrillic)
{
    uint32_t key = 0;
    unsigned i;
    for (i = 0; i < 3; i++)
        key = key * 131071 ^ t->window[i];
    t->grams[cyrillic]++;
    for (i = find(key); i < langid_grams && langid_gram[i].key == key; i++)
        t->cost[langid_gram[i].language] += langid_floor - langid_gram[i].cost;
}

static void push(struct tally *t, uint32_t cp)
{
    t->window[0] = t->window[1];
    t->window[1] = t->window[2];
    t->window[2] = cp;
}

static void see_letter(struct tally *t, uint32_t cp)
{
    unsigned weight = 0;
    enum script script = script_of(cp, &weight);
    if (script == NO_SCRIPT) return;
    t->script[script] += weight;
    t->all += weight;
    t->persian += cp == 0x67E || cp == 0x686 || cp == 0x698 || cp == 0x6AF || cp == 0x6CC;
    t->urdu +=
        cp == 0x679 || cp == 0x688 || cp == 0x691 || cp == 0x6BA || cp == 0x6BE || cp == 0x6D2;
}

static void read_text(struct tally *t, const char *p, size_t n)
{
    size_t i;
    unsigned len, letters = 0;
    int cyrillic = 0;
    t->window[2] = ' ';
    for (i = 0; i < n && letters < LETTERS_MAX; i += len) {
        uint32_t cp = qn_char_get(p + i, &len);
        int class = qn_char_class(cp);
        if (class >= QN_CH_LOWER && class <= QN_CH_LETTER) {
            see_letter(t, cp);
            cyrillic = cp >= 0x400 && cp < 0x530;
            push(t, qn_char_fold(cp));
            if (t->window[0]) see_gram(t, cyrillic);
            letters++;
        } else if (t->window[2] != ' ') { /* the end of a word */
            push(t, ' ');
            if (t->window[0]) see_gram(t, cyrillic);
            t->window[0] = t->window[1] = 0;
        }
    }
}

/* The likeliest of the languages [from, to), and how likely among them. */
static struct langid_result by_grams(const struct tally *t, unsigned from, unsigned to,
                                     unsigned grams)
{
    double scale = (grams > GRAMS_SURE ? GRAMS_SURE : grams) / (16.0 * (grams ? grams : 1)),
           sum = 0;
    unsigned i, best = from;
    for (i = from; i < to; i++)
        if (t->cost[i] > t->cost[best]) best = i;
    for (i = from; i < to; i++)
        sum += exp(((double)t->cost[i] - (double)t->cost[best]) * scale);
    return (struct langid_result){langid_name[best], 1 / sum};
}

static struct langid_result by_script(const struct tally *t, enum script script)
{
    static const char *const language[SCRIPTS] = {
        [GREEK] = "el",    [HEBREW] = "he",   [THAI] = "th",       [HANGUL] = "ko",
        [ARMENIAN] = "hy", [GEORGIAN] = "ka", [DEVANAGARI] = "hi", [BENGALI] = "bn",
        [TAMIL] = "ta",    [TELUGU] = "te"};
    unsigned arabic = t->script[ARABIC];
    if (script == LATIN) return by_grams(t, 0, LANGID_LATIN, t->grams[0]);
    if (script == CYRILLIC) return by_grams(t, LANGID_LATIN, LANGID_LANGUAGES, t->grams[1]);
    if (script == ARABIC)
        return (struct langid_result){t->urdu * 50 > arabic      ? "ur"
                                      : t->persian * 50 > arabic ? "fa"
                                                                 : "ar",
                                      1};
    if (script == HAN || script == KANA)
        return (struct langid_result){
            t->script[KANA] * 12 > t->script[HAN] + t->script[KANA] ? "ja" : "zh", 1};
    return (struct langid_result){language[script], 1};
}

struct langid_result langid_identify(const char *p, size_t n)
{
    struct tally t = {0};
    struct langid_result r = {NULL, 0};
    unsigned i, best = 0, share;
    read_text(&t, p, n);
    if (!t.all) return r;
    for (i = 1; i < SCRIPTS; i++)
        if (t.script[i] > t.script[best]) best = i;
    r = by_script(&t, (enum script)best);
    share = t.script[best];
    if (best == HAN || best == KANA) share = t.script[HAN] + t.script[KANA];
    r.confidence *= (double)share / t.all;
    return r;
}
