/* SPDX-License-Identifier: MIT */
/* plugins/junklines/model.c - see model.h. */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A copy with more lines than this holds a page, not an article. */
enum { ARTICLE_LINES = 80 };

/* Groups of facts; a fact is a group and a value below 128. */
enum group {
    BIAS,
    SIZE,
    WORDS,
    STOPS,
    CAPS,
    ENDING,
    START,
    DIGITS,
    COMMAS,
    SIGNS,
    RULE,
    COPIES,
    INSIDE,
    SIZE_ENDING,
    SIZE_CAPS,
    WORDS_STOPS,
    SIZE_COPIES,
    SIZE_START,
    NEAR_SIZE,
    NEAR_ENDING = NEAR_SIZE + 6,
    NEAR_CAPS = NEAR_ENDING + 6,
    NEAR_RULE = NEAR_CAPS + 6,
    SIZE_PREV = NEAR_RULE + 6,
    SIZE_NEXT,
    FROM_TOP,
    FROM_BOTTOM,
    BODY,
    DENSITY5,
    DENSITY15,
    BEFORE3,
    AFTER3,
    LINES,
    PROSE,
    SIZE_DENSITY5,
    SIZE_DENSITY15,
    SIZE_BODY,
    SIZE_PROSE,
    ENDING_DENSITY,
    SIZE_TOP,
    CAPS_DENSITY,
    SAME_NEXT,
    SAME_PREV,
    RULES_NEAR,
    STOPS_DENSITY,
    NGROUP
};

static unsigned step(unsigned x, const uint16_t *limits, unsigned n)
{
    unsigned i = 0;
    while (i < n && x > limits[i])
        i++;
    return i;
}

static unsigned size_class(unsigned chars)
{
    static const uint16_t limits[] = {4, 9, 16, 25, 36, 50, 70, 100, 160, 260};
    return step(chars, limits, 10); /* 0..10 */
}

static unsigned distance_class(unsigned n)
{
    static const uint16_t limits[] = {0, 1, 2, 4, 8, 16, 32, 64};
    return step(n, limits, 8); /* 0..8 */
}

static unsigned ending_class(const char *p, size_t n)
{
    unsigned char c;
    while (n > 1 && strchr("\"')]", p[n - 1]))
        n--;
    if (n > 2 && memcmp(p + n - 3, "\xE2\x80\x9D", 3) == 0) n -= 3;
    c = n ? (unsigned char)p[n - 1] : ' ';
    switch (c) {
    case '.':
        return n > 2 && p[n - 2] == '.' ? 1 : 0;
    case '?':
        return 2;
    case '!':
        return 3;
    case ':':
        return 4;
    case ',':
    case ';':
        return 5;
    default:
        break;
    }
    if (c >= '0' && c <= '9') return 6;
    if (c >= 0x80 && n > 2 && memcmp(p + n - 3, "\xE2\x80\xA6", 3) == 0) return 1;
    return (c | 32) >= 'a' && (c | 32) <= 'z' ? 7 : c >= 0x80 ? 8 : 9;
}

static unsigned start_class(const char *p)
{
    unsigned char c = (unsigned char)*p;
    if (c >= 'A' && c <= 'Z') return 0;
    if (c >= 'a' && c <= 'z') return 1;
    if (c >= '0' && c <= '9') return 2;
    return c == '"' || c == '\'' || c == 0xE2 ? 3 : c >= 0x80 ? 4 : c == '-' || c == '*' ? 5 : 6;
}

static bool add_fact(struct junklines_doc *d, uint32_t fact)
{
    if (d->nfact == d->capfact) {
        size_t cap = d->capfact ? d->capfact * 2 : 4096;
        uint32_t *more = realloc(d->fact, cap * sizeof *more);
        if (!more) return false;
        d->fact = more;
        d->capfact = cap;
    }
    d->fact[d->nfact++] = fact;
    return true;
}

static uint32_t fact(unsigned group, unsigned value)
{
    return group * 128 + (value < 128 ? value : 127);
}

static uint32_t lexicon(uint32_t hash, uint32_t role)
{
    uint32_t h = (hash ^ role * 0x9E3779B1u) * 0x85EBCA6Bu;
    return JUNKLINES_FACTS + (h >> 18);
}

/* Words as facts: which, and where in the line. */
static bool word_facts(struct junklines_doc *d, const struct junklines_line *l)
{
    const struct junklines_words *w = &d->words;
    uint32_t length = l->words <= 3 ? 1 : l->words <= 5 ? 2 : 3, last = 0;
    bool ok = true;
    for (unsigned i = 0; ok && i < w->n && i < 16; i++) {
        uint32_t h = w->v[i].flags & JUNKLINES_NUMBER ? 77u : w->v[i].hash;
        ok = add_fact(d, lexicon(h, length));
        if (i == 0) ok = ok && add_fact(d, lexicon(h, 10));
        if (i && i < 6) ok = ok && add_fact(d, lexicon(last * 31 + h, 11));
        last = h;
    }
    if (ok && w->n > 1) ok = add_fact(d, lexicon(w->v[w->n - 1].hash, 12));
    if (ok && w->n <= 4) ok = add_fact(d, lexicon(l->hash, 13));
    return ok;
}

static bool own_facts(struct junklines_doc *d, struct junklines_line *l, const char *p, size_t n)
{
    const struct junklines_words *w = &d->words;
    unsigned letters = 0, stops = 0, caps = 0, digits = 0, commas = 0, signs = 0, inside = 0;
    static const uint16_t few[] = {0, 1, 2, 3, 5, 8, 14, 24};
    uint32_t h = 0;
    for (unsigned i = 0; i < w->n; i++) {
        unsigned f = w->v[i].flags;
        h = h * 0x01000193u + (f & JUNKLINES_NUMBER ? 77u : w->v[i].hash);
        letters += (f & JUNKLINES_LETTERS) != 0;
        caps += (f & JUNKLINES_CAPITAL) != 0;
        digits += (f & JUNKLINES_NUMBER) != 0;
        stops += (w->v[i].sense & JUNKLINES_STOP) != 0;
        if (f & (JUNKLINES_URL | JUNKLINES_EMAIL | JUNKLINES_HANDLE)) signs |= 1;
        if (f & JUNKLINES_UPPER) signs |= 2;
        if (f & JUNKLINES_MARK) {
            char c = w->v[i].p[0];
            commas += c == ',';
            signs |= c == '|' || (unsigned char)c == 0xC2 || c == '/' ? 4 : c == ':' ? 8 : 0;
            signs |= c == '"' ? 16 : c == '$' || c == '%' ? 32 : c == '(' ? 64 : 0;
            inside += (c == '.' || c == '?' || c == '!') && i + 1 < w->n;
        }
    }
    l->hash = h;
    l->words = (uint8_t)step(w->total, few, 8);
    l->stops = (uint8_t)(letters ? stops * 10 / letters > 5 ? 5 : stops * 10 / letters : 6);
    l->caps = (uint8_t)(letters ? caps * 5 / letters : 6);
    l->size = (uint8_t)size_class(l->chars);
    l->ending = (uint8_t)ending_class(p, n);
    l->starts = start_class(p) != 1 && start_class(p) < 4;
    l->sentence = l->ending <= 3 && l->starts && w->total >= 4 && stops > 0 && l->caps <= 2;
    l->prose = l->chars >= 80 && l->ending <= 3;
    return add_fact(d, fact(DIGITS, digits > 3 ? 3 : digits)) &&
           add_fact(d, fact(COMMAS, commas > 4 ? 4 : commas)) && add_fact(d, fact(SIGNS, signs)) &&
           add_fact(d, fact(START, start_class(p))) &&
           add_fact(d, fact(SIZE_START, l->size * 8 + start_class(p))) &&
           add_fact(d, fact(INSIDE, inside > 4 ? 4 : inside)) && word_facts(d, l);
}

static bool add_line(struct junklines_doc *d, const struct junklines_rules *r, const char *text,
                     uint32_t beg, uint32_t end)
{
    struct junklines_line *l;
    unsigned chars = 0;
    if (d->n == d->cap) {
        unsigned cap = d->cap ? d->cap * 2 : 256;
        struct junklines_line *more = realloc(d->v, cap * sizeof *more);
        if (!more) return false;
        d->v = more;
        d->cap = cap;
    }
    l = &d->v[d->n++];
    memset(l, 0, sizeof *l);
    l->beg = beg;
    l->end = end;
    for (uint32_t i = beg; i < end && chars < 65535; i++)
        chars += ((unsigned char)text[i] & 0xC0) != 0x80;
    l->chars = (uint16_t)chars;
    junklines_split(text + beg, end - beg, &d->words);
    l->rule = (int16_t)junklines_match(r, &d->words, d->n <= 6 ? JUNKLINES_TOP : 0);
    l->facts = (uint32_t)d->nfact;
    if (!own_facts(d, l, text + beg, end - beg)) return false;
    l->nfacts = (uint16_t)(d->nfact - l->facts);
    return true;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Marks the lines whose text stands twice. */
static bool find_copies(struct junklines_doc *d)
{
    size_t size = 64;
    while (size < d->n * 2u)
        size *= 2;
    if (size > d->capseen) {
        uint32_t *more = realloc(d->seen, size * sizeof *more);
        if (!more) return false;
        d->seen = more;
        d->capseen = size;
    }
    memset(d->seen, 0, size * sizeof *d->seen);
    for (unsigned i = 0; i < d->n; i++) {
        size_t k = d->v[i].hash * 0x9E3779B1u & (size - 1);
        while (d->seen[k] && d->v[d->seen[k] - 1].hash != d->v[i].hash)
            k = (k + 1) & (size - 1);
        if (d->seen[k])
            d->v[i].copies = d->v[d->seen[k] - 1].copies = 1;
        else
            d->seen[k] = i + 1;
    }
    return true;
}

bool junklines_read(struct junklines_doc *d, const struct junklines_rules *r, const char *text,
                    size_t n)
{
    size_t i = 0;
    d->n = 0;
    d->nfact = 0;
    while (i < n) {
        const char *nl = memchr(text + i, '\n', n - i);
        size_t next = nl ? (size_t)(nl - text) + 1 : n, beg = i, end = nl ? next - 1 : n;
        while (beg < end && blank(text[beg]))
            beg++;
        while (end > beg && blank(text[end - 1]))
            end--;
        if (end > beg) {
            if (!add_line(d, r, text, (uint32_t)beg, (uint32_t)end)) return false;
            d->v[d->n - 1].next = (uint32_t)next;
        }
        i = next;
    }
    for (unsigned k = d->n > 8 ? d->n - 8 : 0; k < d->n; k++) {
        struct junklines_line *l = &d->v[k];
        if (l->rule != JUNKLINES_NONE) continue;
        junklines_split(text + l->beg, l->end - l->beg, &d->words);
        l->rule =
            (int16_t)junklines_match(r, &d->words, JUNKLINES_BOTTOM | (k < 6 ? JUNKLINES_TOP : 0));
    }
    return find_copies(d) && junklines_sums(d);
}

void junklines_doc_free(struct junklines_doc *d)
{
    free(d->v);
    free(d->fact);
    free(d->seen);
    free(d->sum);
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* Prefix sums: of prose lines, of rule lines, of junk probability, of the same by characters, of
 * characters. */
enum { S_PROSE, S_RULE, S_P, S_PC, S_C, NSUM };

static float probability(float odds)
{
    return 1.0f / (1.0f + expf(-odds));
}

bool junklines_sums(struct junklines_doc *d)
{
    size_t need = ((size_t)d->n + 1) * NSUM;
    if (need > d->capsum) {
        float *more = realloc(d->sum, need * sizeof *more);
        if (!more) return false;
        d->sum = more;
        d->capsum = need;
    }
    memset(d->sum, 0, NSUM * sizeof *d->sum);
    for (unsigned i = 0; i < d->n; i++) {
        float *s = d->sum + (size_t)i * NSUM, p = probability(d->v[i].first);
        float c = d->v[i].chars > 400 ? 400.0f : d->v[i].chars;
        s[NSUM + S_PROSE] = s[S_PROSE] + (d->v[i].prose ? 1.0f : 0.0f);
        s[NSUM + S_RULE] = s[S_RULE] + (d->v[i].rule >= 0 ? 1.0f : 0.0f);
        s[NSUM + S_P] = s[S_P] + p;
        s[NSUM + S_PC] = s[S_PC] + p * c;
        s[NSUM + S_C] = s[S_C] + c;
    }
    return true;
}

/* Sum over lines [i - before, i + after], cut to the document. */
static float window(const struct junklines_doc *d, unsigned what, unsigned i, unsigned before,
                    unsigned after)
{
    unsigned a = i > before ? i - before : 0, b = d->n - i - 1 > after ? i + after + 1 : d->n;
    return d->sum[(size_t)b * NSUM + what] - d->sum[(size_t)a * NSUM + what];
}

static unsigned tenth(float x)
{
    return x <= 0 ? 0 : x >= 1 ? 10 : (unsigned)(x * 10);
}

/* Where the line stands to the prose of its document: before its first line, after its last
 * (and how far), or between. */
static unsigned body_class(const struct junklines_doc *d, unsigned i)
{
    float total = d->sum[(size_t)d->n * NSUM + S_PROSE],
          before = d->sum[(size_t)i * NSUM + S_PROSE];
    unsigned k = 0;
    if (total == 0) return 20;
    if (before == 0) {
        while (k < 8 && i + k < d->n && !d->v[i + k].prose)
            k++;
        return k;
    }
    if (before + (d->v[i].prose ? 1.0f : 0.0f) >= total && !d->v[i].prose) {
        while (k < 8 && k <= i && !d->v[i - k].prose)
            k++;
        return 9 + k;
    }
    return 18;
}

unsigned junklines_facts(const struct junklines_doc *d, unsigned i, uint32_t *out)
{
    const struct junklines_line *l = &d->v[i];
    static const int near[] = {-3, -2, -1, 1, 2, 3};
    unsigned n = 0, size = l->size, body = body_class(d, i), prose;
    unsigned d5 = (unsigned)window(d, S_PROSE, i, 5, 5),
             d15 = (unsigned)window(d, S_PROSE, i, 15, 15);
    const struct junklines_line *prev = i ? l - 1 : NULL, *next = i + 1 < d->n ? l + 1 : NULL;
    unsigned before = i ? (unsigned)window(d, S_PROSE, i - 1, 2, 0) : 4;
    unsigned after = next ? (unsigned)window(d, S_PROSE, i + 1, 0, 2) : 4;
    prose = tenth(d->sum[(size_t)d->n * NSUM + S_PROSE] / (float)d->n * 1.5f);
    for (unsigned k = 0; k < l->nfacts && k < JUNKLINES_ACTIVE - 64; k++)
        out[n++] = d->fact[l->facts + k];
    out[n++] = fact(BIAS, 0);
    out[n++] = fact(SIZE, size);
    out[n++] = fact(WORDS, l->words);
    out[n++] = fact(STOPS, l->stops);
    out[n++] = fact(CAPS, l->caps);
    out[n++] = fact(ENDING, l->ending);
    out[n++] = fact(RULE, l->rule < 0 ? 0 : 1);
    out[n++] = fact(COPIES, l->copies);
    out[n++] = fact(SIZE_ENDING, size * 10 + l->ending);
    out[n++] = fact(SIZE_CAPS, size * 7 + l->caps);
    out[n++] = fact(WORDS_STOPS, l->words * 7u + l->stops);
    out[n++] = fact(SIZE_COPIES, size * 2 + l->copies);
    for (unsigned k = 0; k < 6; k++) {
        long at = (long)i + near[k];
        bool in = at >= 0 && at < (long)d->n;
        out[n++] = fact(NEAR_SIZE + k, in ? d->v[at].size : 15);
        if (!in) continue;
        out[n++] = fact(NEAR_ENDING + k, d->v[at].ending);
        out[n++] = fact(NEAR_CAPS + k, d->v[at].caps);
        out[n++] = fact(NEAR_RULE + k, d->v[at].rule >= 0);
    }
    out[n++] = fact(SIZE_PREV, size * 11 + (prev ? prev->size : 0));
    out[n++] = fact(SIZE_NEXT, size * 11 + (next ? next->size : 0));
    out[n++] = fact(FROM_TOP, distance_class(i));
    out[n++] = fact(FROM_BOTTOM, distance_class(d->n - 1 - i));
    out[n++] = fact(BODY, body);
    out[n++] = fact(DENSITY5, d5);
    out[n++] = fact(DENSITY15, d15);
    out[n++] = fact(BEFORE3, before);
    out[n++] = fact(AFTER3, after);
    out[n++] = fact(LINES, distance_class(d->n / 4));
    out[n++] = fact(PROSE, prose);
    out[n++] = fact(SIZE_DENSITY5, size * 11 + (d5 > 10 ? 10 : d5));
    out[n++] = fact(SIZE_DENSITY15, size * 11 + (d15 > 20 ? 10 : d15 / 2));
    out[n++] = fact(SIZE_BODY, size * 11 + (body < 9 ? body / 3 : body < 18 ? 3 + body / 6 : 7));
    out[n++] = fact(SIZE_PROSE, size * 11 + prose);
    out[n++] = fact(ENDING_DENSITY, l->ending * 11u + (d5 > 10 ? 10 : d5));
    out[n++] = fact(SIZE_TOP, size * 9 + distance_class(i));
    out[n++] = fact(CAPS_DENSITY, l->caps * 11u + (d5 > 10 ? 10 : d5));
    out[n++] = fact(STOPS_DENSITY, l->stops * 11u + (d5 > 10 ? 10 : d5));
    out[n++] = fact(SAME_NEXT, next && next->size == size && next->caps == l->caps);
    out[n++] = fact(SAME_PREV, prev && prev->size == size && prev->caps == l->caps);
    out[n++] = fact(RULES_NEAR, (unsigned)window(d, S_RULE, i, 4, 4));
    if (prev && prev->words <= 3) out[n++] = lexicon(prev->hash, 14);
    if (next && next->words <= 3) out[n++] = lexicon(next->hash, 15);
    return n;
}

/* ---- the two layers -------------------------------------------------------------------------- */

static float junk_at(const struct junklines_doc *d, long i)
{
    return i < 0 || i >= (long)d->n ? 0.5f : probability(d->v[i].first);
}

static float mean(const struct junklines_doc *d, unsigned i, unsigned before, unsigned after)
{
    unsigned a = i > before ? i - before : 0, b = d->n - i - 1 > after ? i + after + 1 : d->n;
    return (d->sum[(size_t)b * NSUM + S_P] - d->sum[(size_t)a * NSUM + S_P]) / (float)(b - a);
}

static float mean_by_chars(const struct junklines_doc *d, unsigned i, unsigned reach)
{
    return window(d, S_PC, i, reach, reach) / (window(d, S_C, i, reach, reach) + 1);
}

unsigned junklines_row(const struct junklines_doc *d, unsigned i)
{
    bool article = d->sum[(size_t)d->n * NSUM + S_PROSE] * 3 > (float)d->n;
    return d->v[i].size / 2u + (article ? JUNKLINES_SIZES / 2 : 0);
}

void junklines_inputs(const struct junklines_doc *d, unsigned i, float *in)
{
    const struct junklines_line *l = &d->v[i];
    unsigned n = 0;
    in[n++] = 1;
    in[n++] = l->first;
    in[n++] = probability(l->first);
    in[n++] = l->rule >= 0;
    for (int k = 1; k <= 4; k++) {
        in[n++] = junk_at(d, (long)i - k);
        in[n++] = junk_at(d, (long)i + k);
    }
    in[n++] = mean(d, i, 3, 3);
    in[n++] = mean(d, i, 8, 8);
    in[n++] = mean(d, i, 20, 20);
    in[n++] = mean(d, i, 8, 0);
    in[n++] = mean(d, i, 0, 8);
    in[n++] = mean_by_chars(d, i, 5);
    in[n++] = mean_by_chars(d, i, 12);
    in[n++] = d->sum[(size_t)d->n * NSUM + S_P] / (float)d->n;
    in[n++] = junk_at(d, (long)i - 1) * junk_at(d, (long)i + 1);
    in[n++] = mean(d, i, 30, 0);
    in[n++] = mean(d, i, 0, 30);
    while (n < JUNKLINES_INPUTS)
        in[n++] = 0;
}

bool junklines_score(struct junklines_doc *d)
{
    uint32_t facts[JUNKLINES_ACTIVE];
    float in[JUNKLINES_INPUTS];
    for (unsigned i = 0; i < d->n; i++) {
        unsigned n = junklines_facts(d, i, facts);
        int sum = 0;
        for (unsigned k = 0; k < n; k++)
            sum += junklines_weight[facts[k]];
        d->v[i].first = (float)sum / 1024.0f;
    }
    if (!junklines_sums(d)) return false;
    for (unsigned i = 0; i < d->n; i++) {
        const float *w = junklines_layer2[junklines_row(d, i)];
        float sum = 0;
        junklines_inputs(d, i, in);
        for (unsigned k = 0; k < JUNKLINES_INPUTS; k++)
            sum += w[k] * in[k];
        d->v[i].score = sum;
    }
    return true;
}

/* Does prose follow line i, with nothing but furniture that the rules know (byline, credit, time)
 * between? */
static bool leads_to_prose(const struct junklines_doc *d, unsigned i)
{
    unsigned k = i + 1;
    while (k < d->n && k < i + 9 && d->v[k].rule >= 0)
        k++;
    return k < d->n && (d->v[k].prose || (d->v[k].sentence && k + 1 < d->n && d->v[k + 1].prose));
}

/* In a copy of an article, not of a whole page: the first line that is more than a word or two
 * and no furniture that the rules know. */
static bool headline(const struct junklines_doc *d, unsigned i)
{
    const struct junklines_line *l = &d->v[i];
    if (d->n > ARTICLE_LINES || i > 8 || l->words < 3 || l->chars < 18 || l->caps > 4) return false;
    while (i--)
        if (d->v[i].rule == JUNKLINES_NONE && d->v[i].words > 2) return false;
    return true;
}

bool junklines_heading(const struct junklines_doc *d, unsigned i)
{
    const struct junklines_line *l = &d->v[i];
    /* a short line behind a credit inside the text is a caption */
    bool top = body_class(d, i) < 9, after = i == 0 || l[-1].prose || (l[-1].rule >= 0 && top);
    return l->rule == JUNKLINES_NONE && l->chars >= 8 && l->chars <= 110 && l->words >= 2 &&
           l->words <= 6 && (l->ending >= 6 && l->ending <= 8) && l->starts && !l->copies &&
           (headline(d, i) || (after && leads_to_prose(d, i)));
}

/* In a copy of an article most lines are real, in a copy of a whole page few are: there a line is
 * dropped only when the model is this much surer, a sentence even more. */
static float caution(const struct junklines_doc *d, const struct junklines_line *l)
{
    return d->n > ARTICLE_LINES ? 0 : l->sentence ? 2.0f : 1.0f;
}

int junklines_verdict(const struct junklines_doc *d, unsigned i, const struct junklines_policy *p)
{
    const struct junklines_line *l = &d->v[i];
    float odds = l->score + p->bias - caution(d, l);
    if (l->rule >= 0) return l->rule;
    if (!p->model || l->rule == JUNKLINES_KEEP || odds <= 0) return JUNKLINES_NONE;
    return p->keep_headings && junklines_heading(d, i) ? JUNKLINES_NONE : JUNKLINES_MODEL;
}
