/* SPDX-License-Identifier: MIT */
/* plugins/tagger/words.c - see words.h: each token by itself, and each sentence. */
#include "words.h"

#include <stdlib.h>

#include "context.h"
#include "text/chars.h"

void tagger_words_free(tagger_words *w)
{
    free(w->v);
    free(w->occ);
    free(w->sent);
    memset(w, 0, sizeof *w);
}

/* Curly quotes count as straight ones. */
static uint32_t plain(uint32_t cp)
{
    if (cp == 0x2019 || cp == 0x2018) return '\'';
    if (cp == 0x201C || cp == 0x201D) return '"';
    return cp;
}

/* What the characters of a token come to. */
typedef struct look {
    uint32_t letters, uppers, lowers, digits, marks, stops, n;
    uint32_t first; /* class of the first character */
    uint32_t cp;    /* the last one */
    uint32_t kinds; /* different classes in a row */
} look;

static uint8_t mark_shape(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
        return SHAPE_STOP;
    case ',':
    case ';':
    case ':':
        return SHAPE_COMMA;
    case '-':
    case 0x2013:
    case 0x2014:
        return SHAPE_HYPHEN;
    case '"':
    case '\'':
        return SHAPE_QUOTE;
    case '(':
    case ')':
    case '[':
    case ']':
        return SHAPE_BRACKET;
    default:
        return SHAPE_MARK;
    }
}

static uint8_t shape_of(const look *k)
{
    const uint32_t caseless = k->letters - k->uppers - k->lowers;
    if (k->letters == 0) return k->digits ? SHAPE_NUMBER : mark_shape(k->cp);
    if (k->digits) return SHAPE_CODE;
    if (k->uppers == 0) return k->lowers || !caseless ? SHAPE_LOWER : SHAPE_LETTERS;
    if (k->stops && k->uppers == 1 && k->letters == 1) return SHAPE_INITIAL;
    if (k->stops > 1 || (k->stops && k->uppers == k->letters)) return SHAPE_DOTTED;
    if (k->letters == 1) return SHAPE_SINGLE;
    if (k->uppers == k->letters) return k->letters < 4 ? SHAPE_SHORT : SHAPE_CAPITALS;
    if (k->first != QN_CH_UPPER) return SHAPE_INNER;
    return k->uppers == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static int name_like(uint8_t shape)
{
    return (shape >= SHAPE_CAPITAL && shape <= SHAPE_CODE) || shape == SHAPE_LETTERS;
}

static inline void see(look *k, tagger_word *w, uint32_t cp, int class, uint32_t low)
{
    if (k->n == 0) k->first = (uint32_t) class;
    if (k->n < 4) w->pre = w->pre << 8 | (low & 0xFF);
    w->suf = w->suf << 8 | (low & 0xFF);
    k->cp = cp;
    k->n++;
    k->uppers += class == QN_CH_UPPER;
    k->lowers += class == QN_CH_LOWER;
    k->letters += class >= QN_CH_LOWER && class <= QN_CH_LETTER;
    k->digits += class == QN_CH_DIGIT;
    k->stops += cp == '.';
    if ((uint32_t) class != k->kinds) w->pattern = w->pattern * 11 + (uint32_t) class;
    k->kinds = (uint32_t) class;
}

void tagger_word_look(tagger_word *w, const char *text, uint32_t beg, uint32_t end)
{
    look k = {0};
    uint32_t at, form = 0x811C9DC5, low = 0x811C9DC5;
    memset(w, 0, sizeof *w);
    w->beg = beg;
    w->end = end;
    for (at = beg; at < end;) {
        unsigned len;
        uint32_t cp = plain(qn_char_get(text + at, &len)), folded = cp;
        int class = qn_char_class(cp);
        at += len;
        if (class == QN_CH_UPPER) folded = cp < 0x80 ? cp | 0x20 : qn_char_fold(cp);
        if (class == QN_CH_DIGIT) folded = '0';
        form = (form ^ cp) * 0x01000193;
        low = (low ^ folded) * 0x01000193;
        see(&k, w, cp, class, folded);
    }
    w->form = form ^ form >> 15;
    w->low = low ^ low >> 15;
    w->shape = shape_of(&k);
    w->flags =
        (uint8_t)((name_like(w->shape) ? WORD_NAMELIKE : 0) | (k.letters ? WORD_LETTERS : 0));
}

/* The way most of the longer words of a sentence are written. Short ones stay lower-case in
 * titles, too. */
static int case_of(const tagger_word *v, uint32_t n)
{
    uint32_t lower = 0, capital = 0, upper = 0, shorts = 0, i;
    for (i = 0; i < n; i++) {
        uint32_t len = v[i].end - v[i].beg;
        if (v[i].shape == SHAPE_LOWER) {
            lower += len > 3;
            shorts += len <= 3;
        }
        capital += v[i].shape == SHAPE_CAPITAL || v[i].shape == SHAPE_MIXED;
        upper += v[i].shape == SHAPE_CAPITALS || v[i].shape == SHAPE_SHORT;
    }
    if (upper >= 3 && upper > 3 * (lower + shorts + capital)) return CASE_UPPER;
    if (capital == 0 && upper == 0 && lower + shorts > 0) return CASE_LOWER;
    if (capital + upper >= 4 && capital + upper > 3 * lower) return CASE_TITLE;
    return CASE_NORMAL;
}

static void mark_sentence(tagger_word *v, uint32_t n)
{
    const unsigned kind = (unsigned)case_of(v, n) << SHAPE_BITS;
    uint32_t i, first = 0;
    while (first < n && !(v[first].flags & WORD_LETTERS))
        first++;
    if (first < n) v[first].flags |= WORD_FIRST;
    for (i = 0; i < n; i++)
        v[i].shape = (uint8_t)(v[i].shape | kind);
}

static int grow_words(tagger_words *w, uint32_t n, uint32_t nsent)
{
    void *p;
    if (n > w->cap) {
        if (!(p = realloc(w->v, (size_t)n * 2 * sizeof *w->v))) return 0;
        w->v = p;
        w->cap = n * 2;
    }
    if (nsent + 2 > w->sent_cap) {
        if (!(p = realloc(w->sent, ((size_t)nsent + 2) * 2 * sizeof *w->sent))) return 0;
        w->sent = p;
        w->sent_cap = (nsent + 2) * 2;
    }
    return 1;
}

qn_status tagger_words_read(tagger_words *w, qn_str text, const qn_layer *tokens,
                            const qn_layer *sents, const tagger_lists *lists)
{
    uint32_t i, s = 0;
    if (!grow_words(w, tokens->n, sents->n)) return QN_E_NOMEM;
    w->n = tokens->n;
    w->nsent = 0;
    for (i = 0; i < tokens->n; i++) {
        const qn_span *t = &tokens->v[i];
        if (i == 0 || (s < sents->n && t->beg >= sents->v[s].beg)) w->sent[w->nsent++] = i;
        while (s < sents->n && t->beg >= sents->v[s].beg)
            s++;
        tagger_word_look(&w->v[i], text.p, t->beg, t->end);
        tagger_lists_prefetch(lists, tagger_lists_hash(0, w->v[i].low));
        tagger_cluster_prefetch(&lists->clusters, w->v[i].low);
        if (t->flags & QN_TOKEN_SPACE) w->v[i].flags |= WORD_SPACE;
    }
    w->sent[w->nsent] = w->n;
    for (i = 0; i < w->nsent; i++) {
        mark_sentence(w->v + w->sent[i], w->sent[i + 1] - w->sent[i]);
        tagger_context_sentence(w, w->sent[i], w->sent[i + 1], text.p, lists);
    }
    return tagger_context_document(w, lists);
}
