/* SPDX-License-Identifier: MIT */
/* plugins/unwrap/wrap.c - see wrap.h. A program that wraps goes to a new line when the next word
 * does not fit: in a wrapped text that explains nearly every line end inside a paragraph, in verse,
 * lists and tables it does not. */
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

#include "text/chars.h"

enum { MIN_WIDTH = 30, MAX_WIDTH = 130, SLACK = 3, CODE_INDENT = 4, MIN_BREAKS = 2 };

/* ---- lines ------------------------------------------------------------------------------------
 */

static int is_letter(int class)
{
    return class >= QN_CH_LOWER && class <= QN_CH_LETTER;
}

/* A bullet, "1." or "(a)" before the text. */
static int is_item(const char *p, size_t n)
{
    size_t i = 0;
    unsigned len;
    uint32_t cp = qn_char_get(p, &len);
    if (n > len && (strchr("-*+>", p[0]) || cp == 0x2022 || cp == 0x25CF || cp == 0x2013 ||
                    cp == 0x2014 || cp == 0x25AA))
        return p[0] == '>' || p[len] == ' ' || p[len] == '\t';
    if (p[0] == '(' || p[0] == '[') i++;
    while (i < n && i < 4 && p[i] >= '0' && p[i] <= '9')
        i++;
    if (i == (p[0] == '(' || p[0] == '[') && i + 1 < n && (p[i] | 32) >= 'a' &&
        (p[i] | 32) <= 'z' &&
        (p[i + 1] == ')' || (p[i + 1] == '.' && i == 0 && (p[i] | 32) <= 'h')))
        i++;
    else if (i == 0 || i == 4)
        return 0;
    return i + 1 < n && strchr(".)]", p[i]) && p[i + 1] == ' ' && p[i] != 0;
}

/* Columns: bars, tabs or wide gaps inside. */
static int is_table(const char *p, size_t n)
{
    size_t i, bars = 0, gap = 0;
    for (i = 0; i < n; i++) {
        gap = p[i] == ' ' ? gap + 1 : 0;
        bars += p[i] == '|';
        if (p[i] == '\t' || gap >= 4 || bars >= 2) return 1;
    }
    return 0;
}

/* Headings and rules: signs only, a leading #, or no lower-case letter at all; "Subject: x". */
static int is_heading(const char *p, size_t n)
{
    size_t i;
    unsigned len;
    int lower = 0, upper = 0, letters = 0, class;
    if (p[0] == '#') return 1;
    for (i = 0; i < n && !lower; i += len) {
        class = qn_char_class(qn_char_get(p + i, &len));
        lower |= class == QN_CH_LOWER || class == QN_CH_LETTER;
        upper |= class == QN_CH_UPPER;
        letters |= is_letter(class) || class == QN_CH_DIGIT;
    }
    return !letters || (upper && !lower);
}

static int is_field(const char *p, size_t n)
{
    size_t i;
    if (p[0] < 'A' || p[0] > 'Z') return 0;
    for (i = 1; i < n && i < 24 && ((p[i] >= 'a' && p[i] <= 'z') || p[i] == '-'); i++) {
    }
    return i + 1 < n && p[i] == ':' && p[i + 1] == ' ';
}

static void measure(struct unwrap_line *l, const char *p, size_t beg)
{
    size_t i = beg;
    unsigned len;
    int in_word = 1;
    for (; i < l->end; i += len) {
        uint32_t cp = qn_char_get(p + i, &len);
        uint32_t wide = cp >= 0x2E80 ? 2 : 1; /* as terminals show them */
        if (i < l->beg) {
            l->indent += cp == '\t' ? 8 : wide;
            continue;
        }
        l->width += wide;
        if (cp == ' ' || cp == '\t') in_word = 0;
        if (in_word) l->first_word = cp >= 0x2E80 ? 2 : l->first_word + wide;
        if (cp >= 0x2E80) in_word = 0;
    }
    l->width += l->indent;
}

static int add_line(struct unwrap_doc *d, const char *p, size_t beg, size_t end)
{
    struct unwrap_line l = {0};
    size_t from = beg, k;
    if (d->n == d->cap) {
        uint32_t cap = d->cap ? d->cap * 2 : 128;
        struct unwrap_line *v = realloc(d->v, cap * sizeof *v);
        if (!v) return 0;
        d->v = v;
        d->cap = cap;
    }
    while (beg < end && (k = qn_space_at(p + beg, end - beg)) > 0)
        beg += k;
    while (end > beg) {
        k = qn_char_prev(p, end);
        if (!qn_space_at(p + k, end - k)) break;
        end = k;
    }
    l.beg = (uint32_t)beg;
    l.end = (uint32_t)end;
    measure(&l, p, from);
    if (beg < end)
        l.fixed = l.indent >= CODE_INDENT || is_item(p + beg, end - beg) ||
                  is_table(p + beg, end - beg) || is_heading(p + beg, end - beg) ||
                  is_field(p + beg, end - beg);
    d->v[d->n++] = l;
    return 1;
}

static int read_lines(struct unwrap_doc *d, const char *p, size_t n)
{
    size_t at = 0, end;
    d->n = 0;
    while (at < n) {
        const char *nl = memchr(p + at, '\n', n - at);
        end = nl ? (size_t)(nl - p) : n;
        if (end - at <= 3 && end - at >= 2 && !memcmp(p + at, "--", 2) &&
            (end - at == 2 || p[at + 2] == ' '))
            return 1; /* a signature: what follows stays as it is */
        if (!add_line(d, p, at, end)) return 0;
        at = end + 1;
    }
    return 1;
}

/* ---- words, as evidence for hyphens -----------------------------------------------------------
 */

static uint64_t hash_more(const struct unwrap_doc *d, uint64_t h, const char *p, size_t n)
{
    size_t i;
    unsigned len;
    for (i = 0; i < n; i += len) {
        h = (h ^ qn_char_fold(qn_char_get(p + i, &len)) ^ d->key) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
    }
    return h ? h : 1;
}

static uint64_t *slot_of(const struct unwrap_doc *d, uint64_t h)
{
    size_t at = h & (d->nslot - 1);
    while (d->word[at] && d->word[at] != h)
        at = (at + 1) & (d->nslot - 1);
    return &d->word[at];
}

/* The letters and inner hyphens that begin at p[at]. */
static size_t word_end(const char *p, size_t n, size_t at)
{
    unsigned len;
    while (at < n) {
        uint32_t cp = qn_char_get(p + at, &len);
        if (!is_letter(qn_char_class(cp)) &&
            !(cp == '-' && at + 1 < n && is_letter(qn_char_class(qn_char_get(p + at + 1, &len)))))
            break;
        qn_char_get(p + at, &len);
        at += len;
    }
    return at;
}

/* Does a hyphen at p[at] end the line? What stands before it, and the word that follows, are then
 * halves to be judged, and no evidence. */
static int cuts_word(const char *p, size_t n, size_t at)
{
    unsigned len;
    uint32_t cp = at < n ? qn_char_get(p + at, &len) : 0;
    return (cp == '-' || cp == 0xAD || cp == 0x2010) && at + len < n && p[at + len] == '\n';
}

static int read_words(struct unwrap_doc *d, const char *p, size_t n)
{
    size_t at = 0, end, want = 256, words = 0;
    int half = 0; /* the next word is the second half of one */
    unsigned len;
    for (at = 0; at < n; at++) /* between two words there is something that is no letter */
        words += (unsigned char)((p[at] | 0x20) - 'a') >= 26;
    while (want < (words + 2) * 2)
        want *= 2;
    if (want > d->capslot) {
        free(d->word);
        d->word = malloc(want * sizeof *d->word);
        d->capslot = d->word ? want : 0;
        if (!d->word) return 0;
    }
    d->nslot = want;
    memset(d->word, 0, want * sizeof *d->word);
    for (at = 0; at < n; at = end) {
        end = word_end(p, n, at);
        if (end > at) {
            uint64_t h = hash_more(d, 0, p + at, end - at);
            int cut = cuts_word(p, n, end);
            if (!half && !cut) *slot_of(d, h) = h;
            half = cut;
        } else {
            qn_char_get(p + at, &len);
            end = at + len;
        }
    }
    return 1;
}

/* Bytes of a hyphen at the end of p[0, n) with a letter before it; *soft for U+00AD. */
static size_t hyphen_end(const char *p, size_t n, int *soft)
{
    unsigned len;
    size_t at, before;
    uint32_t cp;
    if (n < 2) return 0;
    at = qn_char_prev(p, n);
    cp = qn_char_get(p + at, &len);
    *soft = cp == 0xAD;
    if (!at || (cp != '-' && cp != 0xAD && cp != 0x2010)) return 0;
    before = qn_char_prev(p, at);
    return is_letter(qn_char_class(qn_char_get(p + before, &len))) ? n - at : 0;
}

static int is_one_of(const char *const *list, const char *p, size_t n)
{
    size_t i, k;
    for (i = 0; list[i]; i++) {
        for (k = 0; k < n && list[i][k] == (p[k] | 0x20); k++) {
        }
        if (k == n && !list[i][k]) return 1;
    }
    return 0;
}

/* "two-/thirds", "well-/known", "alcohol-/free": compounds by what one half is. Left out are halves
 * that are a syllable of common words, too: "sepa-/rate", "thresh-/old". */
static int looks_compound(const char *left, size_t nleft, const char *right, size_t nright)
{
    static const char *const before[] = {"one",   "two",   "three", "four",    "five",   "six",
                                         "seven", "eight", "nine",  "ten",     "twenty", "thirty",
                                         "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
                                         "first", "third", "well",  "self",    "ill",    NULL};
    static const char *const after[] = {
        "backed",   "based",    "bedroom", "class",    "conditioned", "controlled", "dried",
        "elect",    "foot",     "free",    "friendly", "handed",      "hour",       "inch",
        "income",   "known",    "led",     "level",    "made",        "majority",   "meter",
        "metre",    "mile",     "minute",  "neutral",  "observed",    "oriented",   "owned",
        "profile",  "prone",    "quality", "quarters", "ranking",     "related",    "sized",
        "speaking", "specific", "storey",  "story",    "strong",      "style",      "term",
        "thirds",   "wheeler",  "year",    NULL};
    if (nleft < 3 || nright < 3) return 0;
    return is_one_of(before, left, nleft) || is_one_of(after, right, nright);
}

/* Was the hyphen put in with the line end? What the text says elsewhere decides; failing that,
 * two halves that are words of the text are a compound, and those that look like it; all else is
 * one word. */
static enum unwrap_join judge_hyphen(const struct unwrap_doc *d, const char *p, size_t n,
                                     const struct unwrap_line *a, const struct unwrap_line *b,
                                     size_t hyphen)
{
    size_t end = a->end - hyphen, beg = end, tail = word_end(p, n, b->beg), k;
    uint64_t left, joined, compound, right;
    unsigned len;
    while (beg > a->beg) {
        k = qn_char_prev(p, beg);
        if (!is_letter(qn_char_class(qn_char_get(p + k, &len)))) break;
        beg = k;
    }
    left = hash_more(d, 0, p + beg, end - beg);
    joined = hash_more(d, left, p + b->beg, tail - b->beg);
    compound = hash_more(d, hash_more(d, left, "-", 1), p + b->beg, tail - b->beg);
    right = hash_more(d, 0, p + b->beg, tail - b->beg);
    if (*slot_of(d, joined)) return UNWRAP_HYPHEN;
    if (*slot_of(d, compound)) return UNWRAP_COMPOUND;
    if (beg > a->beg && p[beg - 1] == '-') return UNWRAP_COMPOUND;      /* state-of-the-/art */
    if (memchr(p + b->beg, '-', tail - b->beg)) return UNWRAP_COMPOUND; /* editor-/in-chief */
    if (looks_compound(p + beg, end - beg, p + b->beg, tail - b->beg)) return UNWRAP_COMPOUND;
    return end - beg > 2 && *slot_of(d, left) == left && *slot_of(d, right) == right &&
                   tail - b->beg > 2
               ? UNWRAP_COMPOUND
               : UNWRAP_HYPHEN;
}

/* ---- which line ends go -----------------------------------------------------------------------
 */

static int blank(const struct unwrap_line *l)
{
    return l->beg == l->end;
}

/* The indent that most lines have: a line with more begins a paragraph. */
static uint32_t usual_indent(const struct unwrap_doc *d)
{
    uint32_t count[CODE_INDENT] = {0}, i, best = 0;
    for (i = 0; i < d->n; i++)
        if (!blank(&d->v[i]) && d->v[i].indent < CODE_INDENT) count[d->v[i].indent]++;
    for (i = 1; i < CODE_INDENT; i++)
        if (count[i] > count[best]) best = i;
    return best;
}

/* Two lines of one paragraph that could belong together. */
static int continues(const struct unwrap_line *a, const struct unwrap_line *b, uint32_t indent)
{
    if (blank(a) || blank(b) || a->fixed || b->fixed || b->indent > indent) return 0;
    return b->indent <= a->indent && a->width <= MAX_WIDTH && b->width <= MAX_WIDTH;
}

/* The width that 95 of 100 lines inside paragraphs do not pass. */
static uint32_t usual_width(const struct unwrap_doc *d)
{
    uint32_t count[MAX_WIDTH + 1] = {0}, all = 0, seen = 0, w, i;
    for (i = 0; i + 1 < d->n; i++) {
        if (!continues(&d->v[i], &d->v[i + 1], d->indent)) continue;
        count[d->v[i].width]++;
        all++;
    }
    for (w = 0; w < MAX_WIDTH && seen + count[w] < all - all / 20; w++)
        seen += count[w];
    return all ? w : 0;
}

static int full(const struct unwrap_line *a, const struct unwrap_line *b, uint32_t width,
                const char *p)
{
    int soft;
    return a->width + 1 + b->first_word + SLACK > width ||
           hyphen_end(p + a->beg, a->end - a->beg, &soft);
}

/* Verse: hardly a line of the paragraph is full, or each begins with a capital in the middle of a
 * sentence. */
static int is_verse(const struct unwrap_doc *d, const char *p, uint32_t first, uint32_t last,
                    uint32_t width)
{
    uint32_t i, breaks = 0, filled = 0, capitals = 0;
    unsigned len;
    for (i = first; i < last; i++) {
        const struct unwrap_line *a = &d->v[i], *b = &d->v[i + 1];
        breaks++;
        filled += (uint32_t)full(a, b, width, p);
        capitals += !strchr(".!?:", p[a->end - 1]) &&
                    qn_char_class(qn_char_get(p + b->beg, &len)) == QN_CH_UPPER;
    }
    return filled * 2 < breaks || (breaks > 2 && capitals * 5 >= breaks * 4);
}

static enum unwrap_join judge(const struct unwrap_doc *d, const char *p, size_t n, uint32_t i,
                              int hyphens)
{
    const struct unwrap_line *a = &d->v[i], *b = &d->v[i + 1];
    unsigned len;
    int soft = 0;
    size_t hyphen = hyphen_end(p + a->beg, a->end - a->beg, &soft);
    uint32_t last = qn_char_get(p + qn_char_prev(p, a->end), &len),
             next = qn_char_get(p + b->beg, &len);
    if (hyphen && qn_char_class(next) == QN_CH_LOWER && hyphens)
        return soft ? UNWRAP_HYPHEN : judge_hyphen(d, p, n, a, b, hyphen);
    if (hyphen && is_letter(qn_char_class(next))) return UNWRAP_COMPOUND;
    return last >= 0x2E80 && next >= 0x2E80 && last < 0x1F000 && next < 0x1F000 ? UNWRAP_NOTHING
                                                                                : UNWRAP_SPACE;
}

/* A full line explains most line ends inside paragraphs, and most of the text is in lines that were
 * not too long. */
static int was_wrapped(const struct unwrap_doc *d, const char *p, uint32_t width)
{
    uint32_t i, breaks = 0, filled = 0;
    uint64_t all = 0, unwrapped = 0;
    for (i = 0; i < d->n; i++) {
        all += d->v[i].width;
        if (d->v[i].width > MAX_WIDTH) unwrapped += d->v[i].width;
    }
    if (2 * unwrapped > all) return 0;
    for (i = 0; i + 1 < d->n; i++) {
        if (!continues(&d->v[i], &d->v[i + 1], d->indent)) continue;
        breaks++;
        filled += (uint32_t)full(&d->v[i], &d->v[i + 1], width, p);
    }
    return width >= MIN_WIDTH && filled >= MIN_BREAKS && filled * 10 >= breaks * 6;
}

static int any_hyphen(const struct unwrap_doc *d, const char *p)
{
    uint32_t i;
    int soft;
    for (i = 0; i + 1 < d->n; i++)
        if (continues(&d->v[i], &d->v[i + 1], d->indent) &&
            hyphen_end(p + d->v[i].beg, d->v[i].end - d->v[i].beg, &soft))
            return 1;
    return 0;
}

int unwrap_read(struct unwrap_doc *d, const char *p, size_t n, int always, int hyphens)
{
    uint32_t width, i, first, last;
    if (!read_lines(d, p, n)) return 0;
    d->indent = usual_indent(d);
    width = usual_width(d);
    if (!always && !was_wrapped(d, p, width)) return 1;
    if (hyphens && any_hyphen(d, p) && !read_words(d, p, n)) return 0;
    for (first = 0; first < d->n; first = last + 1) {
        for (last = first; last + 1 < d->n && continues(&d->v[last], &d->v[last + 1], d->indent);)
            last++;
        if (last == first || is_verse(d, p, first, last, width)) continue;
        for (i = first; i < last; i++)
            if (full(&d->v[i], &d->v[i + 1], width, p))
                d->v[i].join = (uint8_t)judge(d, p, n, i, hyphens);
    }
    return 1;
}

void unwrap_free(struct unwrap_doc *d)
{
    free(d->v);
    free(d->word);
    d->v = NULL;
    d->word = NULL;
    d->n = d->cap = 0;
    d->nslot = d->capslot = 0;
}
