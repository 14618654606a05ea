/* SPDX-License-Identifier: MIT */
/* plugins/junklines/lines.c - splits a text into lines and takes down what each says of itself;
 * see model.h. */
#include "facts.h"

#include <stdlib.h>
#include <string.h>

static unsigned size_class(unsigned chars)
{
    static const uint16_t limits[] = {4, 9, 16, 25, 36, 50, 70, 100, 160, 260};
    return step(chars, limits, 10); /* 0..10 */
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
