/* SPDX-License-Identifier: MIT */
/* plugins/junklines/words.c - see words.h. */
#include "words.h"

#include <string.h>

uint32_t junklines_hash(const char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

bool junklines_is(const struct junklines_word *w, const char *word)
{
    return strlen(word) == w->n && memcmp(word, w->p, w->n) == 0;
}

static bool space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Bytes of the mark at p when it is punctuation written with more than one byte: the sign it
 * stands for is put into *as (0: itself). 0 when p is not such a mark. */
static size_t wide_mark(const char *p, size_t n, char *as)
{
    unsigned char a = (unsigned char)p[0], b = n > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = n > 2 ? (unsigned char)p[2] : 0;
    *as = 0;
    if (a == 0xC2 && (b == 0xA0)) {
        *as = ' ';
        return 2;
    }
    if (a == 0xC2 && b >= 0xA1 && b <= 0xBF && b != 0xAA && b != 0xB5 && b != 0xBA) return 2;
    if (a != 0xE2 || n < 3) return 0;
    if (b == 0x80 && (c == 0x98 || c == 0x99))
        *as = '\'';
    else if (b == 0x80 && (c == 0x9C || c == 0x9D))
        *as = '"';
    else if (b == 0x80 && c >= 0x90 && c <= 0x95)
        *as = '-';
    return 3;
}

/* Length of the word that starts at p; punctuation inside ("AT&T's", "1,204", "a.m.") belongs to
 * it. */
static size_t word_length(const char *p, size_t n)
{
    size_t i = 0;
    char as;
    while (i < n && !space((unsigned char)p[i])) {
        unsigned char c = (unsigned char)p[i], next = i + 1 < n ? (unsigned char)p[i + 1] : ' ';
        bool num = i && digit((unsigned char)p[i - 1]) && digit(next);
        if (letter(c) || digit(c) || (c >= 0x80 && !wide_mark(p + i, n - i, &as)))
            i++;
        else if (c >= 0x80 && as == '\'' && i && i + 3 < n && letter((unsigned char)p[i + 3]))
            i += 3;
        else if (c == '\'' && i && letter(next))
            i++;
        else if ((c == '-' || c == '.') && i && letter(next) && letter((unsigned char)p[i - 1]))
            i++;
        else if (num && (c == '.' || c == ',' || c == ':' || c == '/' || c == '-'))
            i++;
        else
            break;
    }
    return i;
}

/* Length of an address that starts at p: http..., www..., a@b.c, example.com/x; 0 when none. */
static size_t address_length(const char *p, size_t n, unsigned *flags)
{
    size_t i = 0, at = 0, dot = 0, slash = 0;
    while (i < n && !space((unsigned char)p[i]) && p[i] != ')' && p[i] != '|' && p[i] != ';' &&
           (unsigned char)p[i] < 0x80) {
        if (p[i] == '@') at = i + 1;
        if (p[i] == '.' && i + 1 < n && letter((unsigned char)p[i + 1])) dot = i + 1;
        if (p[i] == '/' && !slash) slash = i + 1;
        i++;
    }
    while (i && (p[i - 1] == '.' || p[i - 1] == ','))
        i--;
    if (at > 1 && dot > at) {
        *flags = JUNKLINES_EMAIL;
        return i;
    }
    if ((i > 8 && memcmp(p, "http", 4) == 0 && dot) || (i > 5 && memcmp(p, "www.", 4) == 0) ||
        (dot && slash > 4 && dot < slash && i > slash && letter((unsigned char)p[0]))) {
        *flags = JUNKLINES_URL;
        return i;
    }
    return 0;
}

/* Appends the bytes of one word in lower case; curly apostrophes become straight. */
static void put(struct junklines_words *w, size_t *used, const char *p, size_t n, unsigned flags)
{
    struct junklines_word *x;
    unsigned letters = 0, small = 0;
    size_t at = *used;
    if (w->n == JUNKLINES_WORDS) { /* drop the oldest of the tail */
        unsigned first = JUNKLINES_WORDS - JUNKLINES_TAIL;
        memmove(&w->v[first], &w->v[first + 1], (JUNKLINES_TAIL - 1) * sizeof *w->v);
        w->n--;
        w->cut = true;
    }
    if (n > 64) n = 64;
    if (at + n > JUNKLINES_CHARS)
        at = JUNKLINES_CHARS / 2; /* the second half is a ring for the tail */
    x = &w->v[w->n++];
    x->p = w->text + at;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == 0xE2 && n - i >= 3 && (unsigned char)p[i + 1] == 0x80 &&
            ((unsigned char)p[i + 2] | 1) == 0x99) {
            c = '\'';
            i += 2;
        }
        letters += letter(c) || c >= 0x80;
        small += (c >= 'a' && c <= 'z') || c >= 0x80;
        w->text[at++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    x->n = (uint16_t)(w->text + at - x->p);
    *used = at;
    if (letters && !(flags & JUNKLINES_MARK)) flags |= JUNKLINES_LETTERS;
    if (letters > 1 && !small) flags |= JUNKLINES_UPPER;
    if ((p[0] >= 'A' && p[0] <= 'Z') || (unsigned char)p[0] == 0xC3 ||
        (unsigned char)p[0] == 0xC4 || (unsigned char)p[0] == 0xC5)
        flags |= JUNKLINES_CAPITAL;
    if (digit((unsigned char)p[0])) flags |= JUNKLINES_NUMBER;
    x->flags = (uint16_t)flags;
    x->hash = junklines_hash(x->p, x->n);
    w->total += !(flags & JUNKLINES_MARK);
}

void junklines_words_of(const char *p, size_t n, struct junklines_words *w)
{
    size_t i = 0, used = 0, len;
    w->n = w->total = 0;
    w->cut = false;
    while (i < n) {
        unsigned flags = 0;
        char as;
        if (space((unsigned char)p[i])) {
            i++;
            continue;
        }
        if (!i || p[i - 1] == ' ' || p[i - 1] == '(' || p[i - 1] == ':')
            len = address_length(p + i, n - i < 512 ? n - i : 512, &flags);
        else
            len = 0;
        if (!len && (p[i] == '@' || p[i] == '#') &&
            (len = word_length(p + i + 1, n - i - 1)) != 0) {
            len++;
            flags = JUNKLINES_HANDLE;
        }
        if (!len) len = word_length(p + i, n - i);
        if (!len) {
            len = wide_mark(p + i, n - i, &as);
            flags = JUNKLINES_MARK;
            if (as == ' ') {
                i += len;
                continue;
            }
            if (as) {
                put(w, &used, &as, 1, flags);
                i += len;
                continue;
            }
            if (!len) len = p[i] == '.' && n - i > 2 && p[i + 1] == '.' && p[i + 2] == '.' ? 3 : 1;
        }
        put(w, &used, p + i, len, flags);
        i += len;
    }
}

static bool one_of(const struct junklines_word *w, const char *const *list)
{
    for (; *list; list++)
        if (junklines_is(w, *list)) return true;
    return false;
}

void junklines_split(const char *p, size_t n, struct junklines_words *w)
{
    static const char *const before[] = {
        "\xE2\x80\xA2", "*", "|", "-", ">", "+", "\xE2\x96\xB6", "\xE2\x96\xBA", "\xC2\xB7",
        "\xE2\x96\xAA", NULL};
    static const char *const after[] = {".", ">", "|", "*", "-", ":", "\xE2\x96\xB6", NULL};
    static const char *const closing[] = {"\"", "'", ")", NULL};
    unsigned i;
    junklines_words_of(p, n, w);
    i = w->n;
    while (i && one_of(&w->v[i - 1], closing))
        i--;
    w->stop = i && (w->v[i - 1].flags & JUNKLINES_MARK) && strchr(".?!", w->v[i - 1].p[0]);
    while (w->n > 1 && one_of(&w->v[w->n - 1], after))
        w->n--;
    for (i = 0; i + 1 < w->n && one_of(&w->v[i], before);)
        i++;
    if (i) {
        w->n -= i;
        memmove(w->v, w->v + i, w->n * sizeof *w->v);
    }
}

static const char *const stop_words[] = {
    "the",   "a",    "an",    "and",   "or",  "but",  "of",    "to",    "in",    "on",   "at",
    "for",   "with", "by",    "from",  "as",  "is",   "are",   "was",   "were",  "be",   "been",
    "has",   "have", "had",   "it",    "its", "this", "that",  "these", "those", "he",   "she",
    "they",  "we",   "you",   "i",     "his", "her",  "their", "our",   "your",  "not",  "will",
    "would", "can",  "could", "which", "who", "when", "there", "than",  "more",  "into", "about",
    "if",    "so",   "said",  "do",    "one", "also", "after", NULL};
static const char *const particles[] = {"de",  "da",  "del", "della", "der", "den", "di", "van",
                                        "von", "bin", "al",  "el",    "la",  "le",  "i",  "y",
                                        "dos", "du",  "ten", "ter",   "ibn", "st",  NULL};
static const char *const times[] = {
    "january",   "february", "march",     "april",     "may",    "june",     "july",   "august",
    "september", "october",  "november",  "december",  "jan",    "feb",      "mar",    "apr",
    "jun",       "jul",      "aug",       "sep",       "sept",   "oct",      "nov",    "dec",
    "monday",    "tuesday",  "wednesday", "thursday",  "friday", "saturday", "sunday", "mon",
    "tue",       "tues",     "wed",       "thu",       "thur",   "thurs",    "fri",    "sat",
    "sun",       "am",       "pm",        "a.m",       "p.m",    "gmt",      "utc",    "est",
    "edt",       "ist",      "ago",       "yesterday", "today",  NULL};
static const char *const timely[] = {"+",
                                     "at",
                                     "on",
                                     "of",
                                     "et",
                                     "pst",
                                     "pdt",
                                     "pt",
                                     "cst",
                                     "cdt",
                                     "ct",
                                     "mst",
                                     "bst",
                                     "cet",
                                     "cest",
                                     "eet",
                                     "eest",
                                     "sgt",
                                     "hkt",
                                     "jst",
                                     "kst",
                                     "aest",
                                     "aedt",
                                     "eat",
                                     "wat",
                                     "sast",
                                     "hour",
                                     "hours",
                                     "hr",
                                     "hrs",
                                     "h",
                                     "minute",
                                     "minutes",
                                     "min",
                                     "mins",
                                     "day",
                                     "days",
                                     "week",
                                     "weeks",
                                     "month",
                                     "months",
                                     "just",
                                     "now",
                                     "an",
                                     "a",
                                     "one",
                                     "two",
                                     "three",
                                     "few",
                                     ",",
                                     "-",
                                     "|",
                                     ".",
                                     "/",
                                     ":",
                                     "(",
                                     ")",
                                     "\xC2\xB7",
                                     "\xE2\x80\xA2",
                                     NULL};
static const char *const links[] = {"and", "of", "the", NULL};

/* The word's place: where it is, or the free one where it belongs. */
static unsigned place(const struct junklines_vocabulary *v, uint32_t hash, const char *p, size_t n)
{
    unsigned i = hash & (JUNKLINES_VOCABULARY - 1);
    while (v->word[i] && (strncmp(v->word[i], p, n) != 0 || v->word[i][n]))
        i = (i + 1) & (JUNKLINES_VOCABULARY - 1);
    return i;
}

static void learn(struct junklines_vocabulary *v, const char *const *list, uint8_t sense)
{
    for (; *list; list++) {
        size_t n = strlen(*list);
        unsigned i = place(v, junklines_hash(*list, n), *list, n);
        v->word[i] = *list;
        v->sense[i] |= sense;
    }
}

void junklines_learn(struct junklines_vocabulary *v)
{
    memset(v, 0, sizeof *v);
    learn(v, stop_words, JUNKLINES_STOP);
    learn(v, particles, JUNKLINES_PARTICLE);
    learn(v, times, JUNKLINES_TIME);
    learn(v, timely, JUNKLINES_TIMELY);
    learn(v, links, JUNKLINES_LINK);
}

void junklines_sense(const struct junklines_vocabulary *v, struct junklines_words *w)
{
    for (unsigned i = 0; i < w->n; i++)
        w->v[i].sense = v->sense[place(v, w->v[i].hash, w->v[i].p, w->v[i].n)];
}
