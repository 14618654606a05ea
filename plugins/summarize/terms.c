/* SPDX-License-Identifier: MIT */
/* plugins/summarize/terms.c - see terms.h. */
#include "terms.h"

#include <math.h>
#include <stdlib.h>

/* A term of the document's table. Two words with the same 64-bit hash count as one. */
struct summ_slot {
    uint64_t hash;
    uint32_t id;
    uint32_t epoch;
    uint32_t sentence; /* the last one it occurred in, and where its count is */
    uint32_t at;
};

/* Words of grammar rather than content. */
static const char *const stop[] = {
    "a",       "about",   "above",  "according", "after", "again",   "against", "all",     "also",
    "am",      "an",      "and",    "any",       "are",   "aren",    "as",      "at",      "be",
    "because", "been",    "before", "being",     "below", "between", "both",    "but",     "by",
    "can",     "could",   "d",      "did",       "didn",  "do",      "does",    "doesn",   "doing",
    "don",     "down",    "during", "each",      "few",   "for",     "from",    "further", "had",
    "has",     "have",    "having", "he",        "her",   "here",    "hers",    "him",     "his",
    "how",     "however", "i",      "if",        "in",    "into",    "is",      "isn",     "it",
    "its",     "just",    "ll",     "many",      "may",   "me",      "might",   "more",    "most",
    "mr",      "mrs",     "ms",     "much",      "must",  "my",      "no",      "nor",     "not",
    "now",     "of",      "off",    "on",        "once",  "one",     "only",    "or",      "other",
    "our",     "out",     "over",   "own",       "re",    "s",       "said",    "same",    "say",
    "says",    "she",     "should", "since",     "so",    "some",    "such",    "t",       "than",
    "that",    "the",     "their",  "them",      "then",  "there",   "these",   "they",    "this",
    "those",   "through", "to",     "told",      "too",   "two",     "under",   "until",   "up",
    "us",      "ve",      "very",   "was",       "we",    "were",    "what",    "when",    "where",
    "which",   "while",   "who",    "whom",      "why",   "will",    "with",    "would",   "you",
    "your",
};

void summ_doc_free(summ_doc *d)
{
    free(d->sent);
    free(d->term);
    free(d->slot);
    memset(d, 0, sizeof *d);
}

/* ---- words ------------------------------------------------------------------------------------
 */

static int is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Curly quotes, dashes and the ellipsis (U+2010..U+2027) are no letters. */
static int is_punctuation(const char *p, const char *end)
{
    return end - p >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
           (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0xA7;
}

/* The next word at or after *p, its end; NULL when there is none. *p is moved to its start. */
static const char *next_word(const char **p, const char *end)
{
    const char *q;
    while (*p < end && (!is_word((unsigned char)**p) || is_punctuation(*p, end)))
        *p += is_punctuation(*p, end) ? 3 : 1;
    for (q = *p; q < end && is_word((unsigned char)*q) && !is_punctuation(q, end); q++) {
    }
    return q > *p ? q : NULL;
}

/* Lower case for ASCII. Longer words are cut. */
static size_t lower_case(const char *p, const char *end, char *out, size_t size)
{
    size_t n = 0;
    for (; p < end && n + 1 < size; p++)
        out[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
    out[n] = '\0';
    return n;
}

/* Harman's S-stemmer ("How effective is suffixing?", 1991): plural and singular become one word,
 * which is what counts in news. */
static size_t singular(char *out, size_t n)
{
    if (n > 4 && memcmp(out + n - 3, "ies", 3) == 0 && out[n - 4] != 'e' && out[n - 4] != 'a') {
        out[n - 3] = 'y';
        n -= 2;
    } else if (n > 3 && out[n - 1] == 's' && out[n - 2] != 'u' && out[n - 2] != 's') {
        n -= 1;
    }
    return n;
}

static uint64_t hash_of(const char *s, size_t n)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a, 64 bits */
    size_t i;
    for (i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return h;
}

/* ---- words of grammar ------------------------------------------------------------------------ */

/* The slot of a hash: where it stands, or the empty one where it belongs. A probe of a table a
 * quarter full, as a binary search mispredicts a branch at every step of every word. */
static uint32_t stop_slot(const summ_doc *d, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (SUMM_STOP_SLOTS - 1);
    while (d->stop[at] && d->stop[at] != hash)
        at = (at + 1) & (SUMM_STOP_SLOTS - 1);
    return at;
}

static void fill_stop(summ_doc *d)
{
    size_t i;
    for (i = 0; i < sizeof stop / sizeof *stop; i++) {
        uint64_t hash = hash_of(stop[i], strlen(stop[i]));
        d->stop[stop_slot(d, hash)] = hash;
    }
}

/* ---- the table --------------------------------------------------------------------------------
 */

static int grow_slots(summ_doc *d)
{
    uint32_t size = d->nslot ? d->nslot * 2 : 1024, i;
    struct summ_slot *more;
    if (d->nslot && d->used * 2 < d->nslot) return 1;
    more = calloc(size, sizeof *more);
    if (!more) return 0;
    for (i = 0; i < d->nslot; i++) {
        uint32_t at = (uint32_t)d->slot[i].hash & (size - 1);
        if (d->slot[i].epoch != d->epoch) continue;
        while (more[at].epoch)
            at = (at + 1) & (size - 1);
        more[at] = d->slot[i];
    }
    free(d->slot);
    d->slot = more;
    d->nslot = size;
    return 1;
}

static struct summ_slot *slot_of(summ_doc *d, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (d->nslot - 1);
    while (d->slot[at].epoch == d->epoch && d->slot[at].hash != hash)
        at = (at + 1) & (d->nslot - 1);
    return &d->slot[at];
}

/* One more of this term in the sentence being read. */
static qn_status count_term(summ_doc *d, uint64_t hash, uint32_t sentence)
{
    struct summ_slot *s;
    if (!grow_slots(d)) return QN_E_NOMEM;
    s = slot_of(d, hash);
    if (s->epoch != d->epoch) {
        s->epoch = d->epoch;
        s->hash = hash;
        s->id = d->nid++;
        s->sentence = UINT32_MAX;
        d->used++;
    }
    if (s->sentence != sentence) {
        if (d->nterm == d->capterm) {
            uint32_t cap = d->capterm ? d->capterm * 2 : 4096;
            summ_term *more = realloc(d->term, cap * sizeof *more);
            if (!more) return QN_E_NOMEM;
            d->term = more;
            d->capterm = cap;
        }
        s->sentence = sentence;
        s->at = d->nterm;
        d->term[d->nterm].id = s->id;
        d->term[d->nterm++].weight = 0;
    }
    d->term[s->at].weight += 1;
    return QN_OK;
}

/* ---- sentences ---------------------------------------------------------------------------------
 */

static void make_unit(summ_term *t, uint32_t n)
{
    float sum = 0;
    uint32_t i;
    for (i = 0; i < n; i++) {
        t[i].weight = 1 + logf(t[i].weight);
        sum += t[i].weight * t[i].weight;
    }
    sum = sqrtf(sum);
    for (i = 0; i < n; i++)
        t[i].weight /= sum;
}

static qn_status read_sentence(summ_doc *d, qn_str text, summ_sentence *s, uint32_t number)
{
    const char *p = text.p + s->beg, *end = text.p + s->end, *q;
    char word[32];
    uint64_t hash;
    s->first = d->nterm;
    for (; (q = next_word(&p, end)) != NULL; p = q) {
        size_t n = lower_case(p, q, word, sizeof word);
        s->words++;
        hash = hash_of(word, n);
        if (d->stop[stop_slot(d, hash)]) continue; /* before "this" loses its s */
        if (word[n - 1] == 's') hash = hash_of(word, singular(word, n));
        if (count_term(d, hash, number) != QN_OK) return QN_E_NOMEM;
    }
    s->n = d->nterm - s->first;
    make_unit(d->term + s->first, s->n);
    return QN_OK;
}

qn_status summ_doc_read(summ_doc *d, qn_str text, const qn_span *sent, uint32_t nsent)
{
    uint32_t i;
    if (nsent > d->capsent) {
        summ_sentence *more = realloc(d->sent, nsent * sizeof *more);
        if (!more) return QN_E_NOMEM;
        d->sent = more;
        d->capsent = nsent;
    }
    if (d->epoch == 0) fill_stop(d);
    if (++d->epoch == 0) { /* went round: slots of old could look new */
        if (d->nslot) memset(d->slot, 0, d->nslot * sizeof *d->slot);
        d->epoch = 1;
    }
    d->nsent = nsent;
    d->nterm = d->nid = d->used = 0;
    for (i = 0; i < nsent; i++) {
        memset(&d->sent[i], 0, sizeof d->sent[i]);
        d->sent[i].beg = sent[i].beg;
        d->sent[i].end = sent[i].end;
        if (read_sentence(d, text, &d->sent[i], i) != QN_OK) return QN_E_NOMEM;
    }
    return QN_OK;
}
