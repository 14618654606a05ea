/* SPDX-License-Identifier: MIT */
/* plugins/keyphrases/phrases.c - see phrases.h. Every run of words without a word of grammar or a
 * mark between them gives its phrases of one to four words; names are phrases as they are. One walk
 * over the text, and time linear in its words. */
#include "phrases.h"

#include <math.h>
#include <stdlib.h>
#include <sys/random.h>

#include "text/chars.h"

/* A stem, later a phrase, in the table. */
struct key_slot {
    uint64_t hash;
    uint32_t at; /* number + 1; 0: empty */
};

const char *const key_feature_name[KEY_FEATURES] = {
    [KEY_COUNT] = "count",       [KEY_EARLY] = "early", [KEY_SPREAD] = "spread",
    [KEY_CAPITALS] = "capitals", [KEY_PAIR] = "pair",   [KEY_LONG] = "long",
    [KEY_ENTITY] = "entity",     [KEY_WORDS] = "words", [KEY_ACRONYM] = "acronym",
    [KEY_LETTERS] = "letters",
};

void key_doc_free(key_doc *d)
{
    free(d->word);
    free(d->phrase);
    free(d->count);
    free(d->taken);
    free(d->slot);
    free(d->chosen);
    free(d->order);
    words_stemmer_free(d->stemmer);
    memset(d, 0, sizeof *d);
}

/* ---- the table --------------------------------------------------------------------------------
 */

/* Crafted words must not all meet in one slot: the place depends on a number drawn by each process,
 * and nothing else does. */
static struct key_slot *slot_of(const key_doc *d, uint64_t hash)
{
    uint32_t mask = d->nslot - 1;
    uint32_t at = (uint32_t)(((hash ^ d->seed) * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (d->slot[at].at && d->slot[at].hash != hash)
        at = (at + 1) & mask;
    return &d->slot[at];
}

static void clear_table(key_doc *d)
{
    if (d->seed == 0 && getrandom(&d->seed, sizeof d->seed, GRND_NONBLOCK) < 0) d->seed = 1;
    if (d->nslot) memset(d->slot, 0, d->nslot * sizeof *d->slot);
    d->used = 0;
}

/* Room for one more. */
static int grow_table(key_doc *d)
{
    struct key_slot *old = d->slot;
    uint32_t n = d->nslot, i;
    if (d->used * 2 < n) return 1;
    d->slot = calloc(n ? n * 2 : 4096, sizeof *d->slot);
    if (!d->slot) {
        d->slot = old;
        return 0;
    }
    d->nslot = n ? n * 2 : 4096;
    for (i = 0; i < n; i++)
        if (old[i].at) *slot_of(d, old[i].hash) = old[i];
    free(old);
    return 1;
}

/* The number of what has this hash: known, or `next` from now on. UINT32_MAX: out of memory. */
static uint32_t number_of(key_doc *d, uint64_t hash, uint32_t next)
{
    struct key_slot *slot;
    if (!grow_table(d)) return UINT32_MAX;
    slot = slot_of(d, hash);
    if (!slot->at) {
        slot->hash = hash;
        slot->at = next + 1;
        d->used++;
    }
    return slot->at - 1;
}

/* ---- words ------------------------------------------------------------------------------------
 */

static int is_word(uint32_t cp)
{
    int c = qn_char_class(cp);
    return c == QN_CH_LOWER || c == QN_CH_UPPER || c == QN_CH_LETTER || c == QN_CH_DIGIT;
}

/* An apostrophe, hyphen or stop that joins two letters: "O'Neill", "3-Day", "U.S". */
static unsigned joiner(const char *p, const char *end)
{
    uint32_t cp;
    unsigned len, next;
    if (p >= end) return 0;
    cp = qn_char_get(p, &len);
    if (cp != '\'' && cp != 0x2019 && cp != '-' && cp != 0x2010 && cp != 0x2011) return 0;
    if (p + len >= end) return 0;
    cp = qn_char_get(p + len, &next);
    return is_word(cp) ? len : 0;
}

struct form {
    unsigned letters, uppers, digits;
    int first_upper;
};

/* Reads the word at p; its end. */
static const char *read_word(const char *p, const char *end, struct form *f)
{
    unsigned len;
    memset(f, 0, sizeof *f);
    while (p < end) {
        uint32_t cp = qn_char_get(p, &len);
        int class = qn_char_class(cp);
        if (!is_word(cp)) {
            len = joiner(p, end);
            if (!len) break;
        } else {
            if (!f->letters && !f->digits) f->first_upper = class == QN_CH_UPPER;
            f->letters += class != QN_CH_DIGIT;
            f->uppers += class == QN_CH_UPPER;
            f->digits += class == QN_CH_DIGIT;
        }
        p += len;
    }
    return p;
}

/* Where the word ends without 's: a phrase is "Russia", not "Russia's". */
static const char *without_s(const char *beg, const char *end)
{
    if (end - beg > 3 && memcmp(end - 2, "'s", 2) == 0) return end - 2;
    return end - beg > 5 && memcmp(end - 4, "\xE2\x80\x99s", 4) == 0 ? end - 4 : end;
}

static int add_word(key_doc *d, const key_word *w)
{
    if (d->nword == d->capword) {
        uint32_t cap = d->capword ? d->capword * 2 : 4096;
        key_word *more = cap > d->capword ? reallocarray(d->word, cap, sizeof *more) : NULL;
        if (!more) return 0;
        d->word = more;
        d->capword = cap;
    }
    d->word[d->nword++] = *w;
    return 1;
}

/* Ends the run of words that could be a phrase. */
static void end_run(key_doc *d)
{
    if (d->nword) d->word[d->nword - 1].run_ends = 1;
}

static int read_sentence(key_doc *d, qn_str text, qn_range s, uint32_t number)
{
    const char *p = text.p + s.beg, *end = text.p + s.end;
    int starts = 1;
    while (p < end) {
        unsigned len;
        uint32_t cp = qn_char_get(p, &len);
        char low[WORDS_LONGEST];
        size_t n;
        key_word w = {0};
        struct form f;
        if (!is_word(cp)) {
            if (cp != ' ') end_run(d);
            p += len;
            continue;
        }
        w.beg = (uint32_t)(p - text.p);
        p = read_word(p, end, &f);
        w.end = (uint32_t)(without_s(text.p + w.beg, p) - text.p);
        w.sentence = number;
        w.starts = (uint8_t)starts;
        starts = 0;
        n = words_lower(text.p + w.beg, w.end - w.beg, low);
        if (words_is_stop(d->language, words_hash(low, n))) {
            end_run(d);
            continue;
        }
        w.capital = (uint8_t)f.first_upper;
        w.acronym = f.uppers > 1 && f.uppers == f.letters && f.letters < 7;
        w.usable = f.letters > 1 && f.letters >= f.digits;
        w.hash = words_hash(low, words_stem(d->stemmer, low, n));
        if (!add_word(d, &w)) return 0;
    }
    end_run(d);
    return 1;
}

static int number_terms(key_doc *d)
{
    uint32_t i, cap;
    clear_table(d);
    d->nterm = 0;
    for (i = 0; i < d->nword; i++) {
        uint32_t no = number_of(d, d->word[i].hash, d->nterm);
        if (no == UINT32_MAX) return 0;
        d->nterm += no == d->nterm;
        d->word[i].term = no;
    }
    if (d->nterm > d->capterm) {
        cap = d->nterm;
        free(d->count);
        free(d->taken);
        d->count = malloc(cap * sizeof *d->count);
        d->taken = malloc(cap);
        d->capterm = d->count && d->taken ? cap : 0;
        if (!d->capterm) return 0;
    }
    if (d->nterm) memset(d->count, 0, d->nterm * sizeof *d->count);
    for (i = 0; i < d->nword; i++)
        d->count[d->word[i].term]++;
    return 1;
}

/* ---- phrases ----------------------------------------------------------------------------------
 */

static int add_phrase(key_doc *d, const key_phrase *p)
{
    if (d->nphrase == d->capphrase) {
        uint32_t cap = d->capphrase ? d->capphrase * 2 : 4096;
        key_phrase *more = cap > d->capphrase ? reallocarray(d->phrase, cap, sizeof *more) : NULL;
        if (!more) return 0;
        d->phrase = more;
        d->capphrase = cap;
    }
    d->phrase[d->nphrase++] = *p;
    return 1;
}

/* One more occurrence of the phrase of n words that begins with word `first`. */
static int note_phrase(key_doc *d, uint32_t first, unsigned n, uint64_t hash, int is_entity)
{
    const key_word *w = &d->word[first];
    uint32_t no = number_of(d, hash, d->nphrase);
    unsigned i, capitals = 0;
    key_phrase *p, fresh = {.first = first, .words = (uint8_t)n, .hash = hash, .last = UINT32_MAX};
    if (no == UINT32_MAX || (no == d->nphrase && !add_phrase(d, &fresh))) return 0;
    p = &d->phrase[no];
    if (is_entity) {
        p->is_entity = 1;
        return 1; /* its words were counted as a phrase, or are now by the caller */
    }
    for (i = 0; i < n; i++)
        capitals += w[i].capital;
    p->count++;
    p->sentences += p->last != w->sentence;
    p->last = w->sentence;
    if (!w->starts) {
        p->inside++;
        p->capitals += capitals == n;
    }
    return 1;
}

static uint64_t phrase_hash(const key_word *w, unsigned n)
{
    uint64_t h = n;
    unsigned i;
    for (i = 0; i < n; i++)
        h = (h ^ w[i].hash) * 0x9FB21C651E98DF25u + (h >> 29);
    return h | 1; /* never 0 */
}

static int find_phrases(key_doc *d, unsigned most)
{
    uint32_t i;
    clear_table(d);
    d->nphrase = 0;
    for (i = 0; i < d->nword; i++) {
        unsigned n;
        if (!d->word[i].usable) continue;
        for (n = 1; n <= most && i + n <= d->nword; n++) {
            const key_word *last = &d->word[i + n - 1];
            if (last->usable && !note_phrase(d, i, n, phrase_hash(&d->word[i], n), 0)) return 0;
            if (last->run_ends) break;
        }
    }
    return 1;
}

/* Marks the phrases that are names. A name with a word of grammar in it is none of the phrases. */
static int mark_entities(key_doc *d, const qn_layer *ents)
{
    uint32_t i, k = 0;
    for (i = 0; ents && i < ents->n; i++) {
        const qn_span *e = &ents->v[i];
        uint32_t n = 0;
        while (k < d->nword && d->word[k].beg < e->beg)
            k++;
        while (k + n < d->nword && n < KEY_MOST_WORDS && d->word[k + n].end <= e->end)
            n++;
        if (!n || !d->word[k].usable) continue;
        if (slot_of(d, phrase_hash(&d->word[k], n))->at &&
            !note_phrase(d, k, n, phrase_hash(&d->word[k], n), 1))
            return 0;
    }
    return 1;
}

static void measure(const key_doc *d, key_phrase *p)
{
    const key_word *w = &d->word[p->first];
    float *v = p->value, words = 0, letters = 0, acronym = 0;
    unsigned i;
    for (i = 0; i < p->words; i++) {
        words += logf(1 + (float)d->count[w[i].term]);
        letters += (float)(w[i].end - w[i].beg);
        acronym += w[i].acronym;
    }
    v[KEY_COUNT] = logf(1 + (float)p->count);
    v[KEY_EARLY] = 1 / sqrtf(1 + (float)w->sentence);
    v[KEY_SPREAD] = logf(1 + (float)p->sentences) / logf(2 + (float)d->nsent);
    v[KEY_CAPITALS] = p->inside ? (float)p->capitals / (float)p->inside : 0;
    v[KEY_PAIR] = p->words == 2;
    v[KEY_LONG] = p->words > 2;
    v[KEY_ENTITY] = p->is_entity;
    v[KEY_WORDS] = words / p->words;
    v[KEY_ACRONYM] = acronym > 0;
    v[KEY_LETTERS] = logf(1 + letters / p->words);
}

qn_status key_doc_read(key_doc *d, qn_str text, const qn_layer *sents, const qn_layer *ents,
                       unsigned most)
{
    uint32_t i;
    if (!d->stemmer) d->stemmer = words_stemmer_new(d->language);
    if (!d->stemmer) return QN_E_NOMEM;
    d->nword = d->nphrase = 0;
    d->nsent = sents->n;
    for (i = 0; i < sents->n; i++)
        if (!read_sentence(d, text, (qn_range){sents->v[i].beg, sents->v[i].end}, i))
            return QN_E_NOMEM;
    if (!number_terms(d) || !find_phrases(d, most) || !mark_entities(d, ents)) return QN_E_NOMEM;
    for (i = 0; i < d->nphrase; i++)
        measure(d, &d->phrase[i]);
    return QN_OK;
}

qn_range key_place(const key_doc *d, const key_phrase *p)
{
    return (qn_range){d->word[p->first].beg, d->word[p->first + p->words - 1].end};
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

/* Share of the phrase's words that chosen phrases hold. */
static double overlap(const key_doc *d, const key_phrase *p)
{
    unsigned i, n = 0;
    for (i = 0; i < p->words; i++)
        n += d->taken[d->word[p->first + i].term];
    return (double)n / p->words;
}

/* A heap of phrases by score; on a tie the earlier one, then the longer. */
static int better(const key_doc *d, uint32_t a, uint32_t b)
{
    const key_phrase *x = &d->phrase[a], *y = &d->phrase[b];
    if (x->score > y->score || x->score < y->score) return x->score > y->score;
    if (x->first != y->first) return x->first < y->first;
    return x->words > y->words;
}

static void sift(key_doc *d, uint32_t n, uint32_t at)
{
    uint32_t moved = d->order[at], child;
    for (; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && better(d, d->order[child + 1], d->order[child])) child++;
        if (!better(d, d->order[child], moved)) break;
        d->order[at] = d->order[child];
    }
    d->order[at] = moved;
}

static int make_queue(key_doc *d, const key_weights *w)
{
    uint32_t i;
    int f;
    if (d->nphrase > d->capchosen || !d->order) {
        free(d->order);
        free(d->chosen);
        d->order = malloc((d->nphrase + 1) * sizeof *d->order);
        d->chosen = malloc((d->nphrase + 1) * sizeof *d->chosen);
        d->capchosen = d->order && d->chosen ? d->nphrase : 0;
        if (!d->order || !d->chosen) return 0;
    }
    for (i = 0; i < d->nphrase; i++) {
        d->phrase[i].score = d->phrase[i].paid = 0;
        for (f = 0; f < KEY_FEATURES; f++)
            d->phrase[i].score += w->feature[f] * d->phrase[i].value[f];
        d->order[i] = i;
    }
    for (i = d->nphrase / 2; i-- > 0;)
        sift(d, d->nphrase, i);
    if (d->nterm) memset(d->taken, 0, d->nterm);
    return 1;
}

/* What is chosen only lowers the others: a phrase whose words are taken by now goes back into the
 * queue with what it is worth now, once. */
qn_status key_choose(key_doc *d, const key_weights *w, double least, uint32_t *n)
{
    uint32_t left = d->nphrase, most = *n, i;
    *n = 0;
    if (!make_queue(d, w)) return QN_E_NOMEM;
    while (left > 0 && *n < most) {
        uint32_t best = d->order[0];
        key_phrase *p = &d->phrase[best];
        double cost = w->overlap * overlap(d, p), due = cost - p->paid;
        if (due > 1e-9) {
            p->score -= due;
            p->paid = cost;
            sift(d, left, 0);
            continue;
        }
        if (p->score < least) break;
        d->order[0] = d->order[--left];
        sift(d, left, 0);
        d->chosen[(*n)++] = best;
        for (i = 0; i < p->words; i++)
            d->taken[d->word[p->first + i].term] = 1;
    }
    return QN_OK;
}
