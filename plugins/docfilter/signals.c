/* SPDX-License-Identifier: MIT */
/* plugins/docfilter/signals.c - see signals.h: one walk over the words, one over the lines, one
 * over the words for each length of n-gram. */
#include "signals.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/chars.h"
#include "text/utf8.h"

enum { SHORT_LINE = 30, C4_LINE_WORDS = 5, STOP_MAX = 64, STOP_LENGTH = 16 };

static uint64_t mix(const struct docfilter_scratch *s, uint64_t h, uint64_t x)
{
    h = (h ^ x ^ s->key[0]) * 0x9FB21C651E98DF25u;
    h = (h ^ h >> 35 ^ s->key[1]) * 0xD6E8FEB86659FD93u;
    return h ^ h >> 29;
}

static uint64_t hash(const struct docfilter_scratch *s, const char *p, size_t n)
{
    uint64_t h = n, x;
    for (; n >= 8; n -= 8, p += 8) {
        memcpy(&x, p, 8);
        h = mix(s, h, x);
    }
    x = 0;
    memcpy(&x, p, n);
    h = mix(s, h, x);
    return h ? h : 1;
}

/* ---- words ------------------------------------------------------------------------------------
 */

struct counts {
    size_t words, plain, chars, alpha, hashes, ellipses, braces;
    uint64_t stop; /* a bit for each stop word seen */
};

static int add_word(struct docfilter_scratch *s, const char *p, size_t beg, size_t end)
{
    if (s->nword == s->capword) {
        size_t cap = s->capword ? s->capword * 2 : 1024;
        struct docfilter_word *w = realloc(s->word, cap * sizeof *w);
        if (!w) return 0;
        s->word = w;
        s->capword = cap;
    }
    s->word[s->nword++] =
        (struct docfilter_word){(uint32_t)beg, (uint32_t)end, hash(s, p + beg, end - beg)};
    return 1;
}

static void see_stop_word(struct counts *c, const char *p, size_t n, const char *const *stop,
                          size_t nstop)
{
    size_t i;
    while (n && (unsigned char)p[n - 1] < 0x80 &&
           qn_char_ascii[(unsigned char)p[n - 1]] == QN_CH_PUNCT)
        n--;
    if (!n || n > STOP_LENGTH) return;
    for (i = 0; i < nstop && i < STOP_MAX; i++)
        if ((stop[i][0] | 32) == (p[0] | 32) && strlen(stop[i]) == n && !strncasecmp(stop[i], p, n))
            c->stop |= (uint64_t)1 << i;
}

/* One word's characters. */
static void see_word(struct counts *c, const char *p, size_t n)
{
    size_t i, chars = 0;
    int letter = 0, plain = 0, class;
    unsigned len;
    for (i = 0; i < n; i += len, chars++) {
        uint32_t cp = qn_char_get(p + i, &len);
        class = qn_char_class(cp);
        letter |= class == QN_CH_LOWER || class == QN_CH_UPPER || class == QN_CH_LETTER;
        plain |= class != QN_CH_PUNCT && class != QN_CH_OTHER;
        c->hashes += cp == '#';
        c->braces += cp == '{';
        c->ellipses += cp == 0x2026 || (cp == '.' && n - i >= 3 && !memcmp(p + i, "...", 3) &&
                                        (i == 0 || p[i - 1] != '.'));
    }
    c->words++;
    c->alpha += (size_t)letter;
    c->plain += (size_t)plain;
    if (plain) c->chars += chars;
}

static int read_words(struct docfilter_scratch *s, const char *p, size_t n, struct counts *c,
                      const char *const *stop, size_t nstop)
{
    size_t at = 0, beg;
    unsigned space;
    s->nword = 0;
    while (at < n) {
        if ((space = qn_space_at(p + at, n - at)) > 0) {
            at += space;
            continue;
        }
        for (beg = at; at < n && !qn_space_at(p + at, n - at);)
            at += (unsigned char)p[at] < 0x80 ? 1 : (qn_char_get(p + at, &space), space);
        if (!add_word(s, p, beg, at)) return 0;
        see_word(c, p + beg, at - beg);
        see_stop_word(c, p + beg, at - beg, stop, nstop);
    }
    return 1;
}

/* ---- what was there before --------------------------------------------------------------------
 */

static int clear_slots(struct docfilter_scratch *s, size_t items, size_t *mask)
{
    size_t want = 64;
    while (want < items * 2)
        want *= 2;
    if (want > s->capslot) {
        free(s->slot);
        s->slot = malloc(want * sizeof *s->slot);
        s->capslot = s->slot ? want : 0;
        if (!s->slot) return 0;
    }
    memset(s->slot, 0, want * sizeof *s->slot);
    *mask = want - 1;
    return 1;
}

/* How often the hash has been seen, this time included. */
static uint32_t see(struct docfilter_scratch *s, size_t mask, uint64_t h)
{
    size_t at = h & mask;
    while (s->slot[at].hash && s->slot[at].hash != h)
        at = (at + 1) & mask;
    s->slot[at].hash = h;
    return ++s->slot[at].count;
}

static uint64_t ngram(const struct docfilter_scratch *s, size_t first, unsigned n, size_t *bytes)
{
    uint64_t h = 0;
    unsigned k;
    for (*bytes = k = 0; k < n; k++) {
        h = mix(s, h, s->word[first + k].hash);
        *bytes += s->word[first + k].end - s->word[first + k].beg;
    }
    return h ? h : 1;
}

/* The bytes of the commonest n-gram, all its places together; one that occurs once is none. */
static size_t top_ngram(struct docfilter_scratch *s, unsigned n, size_t mask)
{
    size_t i, bytes, best = 0;
    for (i = 0; i + n <= s->nword; i++) {
        uint32_t times = see(s, mask, ngram(s, i, n, &bytes));
        if (times > 1 && times * bytes > best) best = times * bytes;
    }
    return best;
}

/* The bytes of n-grams that were there before, none counted twice. */
static size_t dup_ngrams(struct docfilter_scratch *s, unsigned n, size_t mask)
{
    size_t i = 0, bytes, sum = 0;
    while (i + n <= s->nword) {
        if (see(s, mask, ngram(s, i, n, &bytes)) > 1) {
            sum += bytes;
            i += n;
        } else {
            i++;
        }
    }
    return sum;
}

static int measure_ngrams(struct docfilter_scratch *s, double *value)
{
    size_t bytes = 0, mask, i;
    unsigned n;
    for (i = 0; i < s->nword; i++)
        bytes += s->word[i].end - s->word[i].beg;
    for (n = 2; bytes && n <= 10; n++) {
        if (!clear_slots(s, s->nword, &mask)) return 0;
        value[DF_TOP_2GRAM + n - 2] =
            (double)(n < 5 ? top_ngram(s, n, mask) : dup_ngrams(s, n, mask)) / (double)bytes;
    }
    return 1;
}

/* ---- lines ------------------------------------------------------------------------------------
 */

struct lines {
    size_t n, ends, bullets, ended, ellipses, brief, bytes, dup, dup_bytes, sentences;
};

/* Bytes of a terminal mark at the end of p[0, n): . ! ? … and their like of other scripts, with
 * closing quotes behind. */
static int ends_well(const char *p, size_t n)
{
    unsigned len;
    while (n) {
        size_t at = qn_char_prev(p, n);
        uint32_t cp = qn_char_get(p + at, &len);
        switch (cp) {
        case '.':
        case '!':
        case '?':
        case '"':
        case 0x201D:
        case 0x2026:
        case 0x3002:
        case 0xFF01:
        case 0xFF1F:
        case 0x0964:
        case 0x061F:
        case 0x06D4:
            return 1;
        case '\'':
        case ')':
        case 0x2019:
        case 0xBB:
        case 0x300D:
            n = at;
            continue;
        default:
            return 0;
        }
    }
    return 0;
}

static int is_bullet(const char *p, size_t n)
{
    static const char *const bullet[] = {"-", "*", "•", "●", "‣", "▪", "◦", "–"};
    size_t i;
    for (i = 0; i < sizeof bullet / sizeof *bullet; i++)
        if (n >= strlen(bullet[i]) && !memcmp(p, bullet[i], strlen(bullet[i]))) return 1;
    return 0;
}

static size_t sentences_in(const char *p, size_t n)
{
    size_t i, words = 1, marks = 0;
    for (i = 0; i < n; i++) {
        int last = i + 1 == n || p[i + 1] == ' ' || p[i + 1] == '"' || p[i + 1] == '\'';
        words += p[i] == ' ' && i + 1 < n && p[i + 1] != ' ';
        marks += last && (p[i] == '.' || p[i] == '!' || p[i] == '?');
    }
    return words < C4_LINE_WORDS ? 0 : marks ? marks : 1;
}

static void see_line(struct docfilter_scratch *s, struct lines *l, size_t mask, const char *p,
                     size_t n)
{
    int ended;
    while (n && (unsigned char)p[0] <= ' ')
        n--, p++;
    while (n && (unsigned char)p[n - 1] <= ' ')
        n--;
    if (!n) return;
    ended = ends_well(p, n);
    l->n++;
    l->bytes += n;
    l->bullets += (size_t)is_bullet(p, n);
    l->ended += (size_t)ended;
    l->ellipses += (n >= 3 && (!memcmp(p + n - 3, "...", 3) || !memcmp(p + n - 3, "…", 3)));
    l->brief += n <= SHORT_LINE || (n <= 4 * SHORT_LINE && qn_utf8_count(p, n) <= SHORT_LINE);
    if (ended) l->sentences += sentences_in(p, n);
    if (see(s, mask, hash(s, p, n)) < 2) return;
    l->dup++;
    l->dup_bytes += n;
}

/* The end of the line or paragraph (up to a blank line) that begins at p[at]. */
static size_t piece_end(const char *p, size_t n, size_t at, int paragraphs)
{
    const char *nl;
    do {
        nl = memchr(p + at, '\n', n - at);
        if (!nl) return n;
        at = (size_t)(nl - p) + 1;
    } while (paragraphs && at < n && p[at] != '\n');
    return at;
}

static int read_lines(struct docfilter_scratch *s, const char *p, size_t n, int paragraphs,
                      struct lines *l)
{
    size_t at, end, mask, pieces = 1;
    const char *nl;
    for (nl = p; n && (nl = memchr(nl, '\n', (size_t)(p + n - nl))) != NULL; nl++)
        pieces++;
    if (!clear_slots(s, pieces, &mask)) return 0;
    l->ends = pieces - 1;
    for (at = 0; at < n; at = end) {
        end = piece_end(p, n, at, paragraphs);
        see_line(s, l, mask, p + at, end - at);
    }
    return 1;
}

/* ---- all together -----------------------------------------------------------------------------
 */

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static void put_words(const struct docfilter_scratch *s, const struct counts *c, const char *p,
                      double *value)
{
    static const char lorem[] = "lorem", ipsum[] = "ipsum";
    size_t i;
    value[DF_WORDS] = (double)c->words;
    value[DF_WORD_LENGTH] = share(c->chars, c->plain);
    value[DF_HASHES] = share(c->hashes, c->words);
    value[DF_ELLIPSES] = share(c->ellipses, c->words);
    value[DF_ALPHA_WORDS] = share(c->alpha, c->words);
    value[DF_BRACES] = (double)c->braces;
    value[DF_STOP_WORDS] = (double)__builtin_popcountll(c->stop);
    for (i = 0; i + 1 < s->nword; i++) {
        const struct docfilter_word *w = &s->word[i];
        if (w[0].end - w[0].beg == 5 && w[1].end - w[1].beg >= 5 &&
            !strncasecmp(p + w[0].beg, lorem, 5) && !strncasecmp(p + w[1].beg, ipsum, 5))
            value[DF_LOREM_IPSUM] = 1;
    }
}

static void put_lines(const struct lines *l, const struct lines *paragraphs, double *value)
{
    value[DF_BULLET_LINES] = share(l->bullets, l->n);
    value[DF_ELLIPSIS_LINES] = share(l->ellipses, l->n);
    value[DF_END_LINES] = share(l->ended, l->n);
    value[DF_SHORT_LINES] = share(l->brief, l->n);
    value[DF_DUP_LINES] = share(l->dup, l->n);
    value[DF_DUP_LINE_CHARS] = share(l->dup_bytes, l->bytes);
    value[DF_DUP_PARAGRAPHS] = share(paragraphs->dup, paragraphs->n);
    value[DF_DUP_PARAGRAPH_CHARS] = share(paragraphs->dup_bytes, paragraphs->bytes);
    value[DF_SENTENCES] = (double)l->sentences;
}

int docfilter_measure(struct docfilter_scratch *s, const char *p, size_t n, int ngrams,
                      const char *const *stop, size_t nstop, double *value)
{
    struct counts c = {0};
    struct lines lines = {0}, paragraphs = {0};
    memset(value, 0, DF_SIGNALS * sizeof *value);
    if (!read_words(s, p, n, &c, stop, nstop) || !read_lines(s, p, n, 0, &lines) ||
        !read_lines(s, p, n, 1, &paragraphs) || (ngrams && !measure_ngrams(s, value)))
        return 0;
    put_words(s, &c, p, value);
    put_lines(&lines, &paragraphs, value);
    value[DF_NEWLINES] = share(lines.ends, c.words);
    return 1;
}

void docfilter_scratch_free(struct docfilter_scratch *s)
{
    free(s->word);
    free(s->slot);
    s->word = NULL;
    s->slot = NULL;
    s->nword = s->capword = s->capslot = 0;
}
