/* SPDX-License-Identifier: MIT */
/* plugins/words/language.c - see language.h. */
#include "words/language.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef HAVE_STEMMER
#include <libstemmer.h>
#endif

#include "text/chars.h"
#include "text/utf8.h"

struct words_stemmer {
    int english;
#ifdef HAVE_STEMMER
    struct sb_stemmer *snowball;
#endif
};

/* ---- words of grammar -------------------------------------------------------------------------
 */

uint64_t words_hash(const char *p, size_t n)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a, 64 bits */
    size_t i;
    for (i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 1099511628211u;
    return h ? h : 1;
}

/* The slot of a hash: where it stands, or the empty one where it belongs. */
static uint32_t slot_of(const words_language *l, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (l->nslot - 1);
    while (l->stop[at] && l->stop[at] != hash)
        at = (at + 1) & (l->nslot - 1);
    return at;
}

int words_is_stop(const words_language *l, uint64_t hash)
{
    return l->stop[slot_of(l, hash)] != 0;
}

qn_status words_language_read(words_language *l, const char *code, qn_str list)
{
    size_t at, end, lines = 1;
    for (at = 0; at < list.n; at++)
        lines += list.p[at] == '\n';
    snprintf(l->code, sizeof l->code, "%s", code);
    for (l->nslot = 256; l->nslot < lines * 4; l->nslot *= 2) {
    }
    l->stop = calloc(l->nslot, sizeof *l->stop);
    if (!l->stop) return QN_E_NOMEM;
    for (at = 0; at < list.n; at = end + 1) {
        const char *stop = memchr(list.p + at, '\n', list.n - at);
        uint64_t hash;
        size_t n;
        end = stop ? (size_t)(stop - list.p) : list.n;
        n = end - at;
        while (n && (list.p[at + n - 1] == '\r' || list.p[at + n - 1] == ' '))
            n--;
        if (!n || list.p[at] == '#') continue;
        hash = words_hash(list.p + at, n);
        l->stop[slot_of(l, hash)] = hash;
    }
    return QN_OK;
}

qn_status words_language_open(qn_ctx *cx, words_language *l, int number)
{
    static const char codes[] = WORDS_LANGUAGES;
    char code[3] = {codes[3 * number], codes[3 * number + 1], '\0'}, name[32];
    qn_str list;
    qn_status st;
    snprintf(name, sizeof name, "stop-%s.list", code);
    st = cx->host->open_data(cx, name, &list);
    if (st == QN_OK && words_language_read(l, code, list) != QN_OK)
        st = cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    return st;
}

void words_language_close(words_language *l)
{
    free(l->stop);
    l->stop = NULL;
}

/* ---- common forms -----------------------------------------------------------------------------
 */

words_stemmer *words_stemmer_new(const words_language *l)
{
    words_stemmer *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->english = strcmp(l->code, "en") == 0;
#ifdef HAVE_STEMMER
    if (!s->english) s->snowball = sb_stemmer_new(l->code, "UTF_8");
#endif
    return s;
}

void words_stemmer_free(words_stemmer *s)
{
#ifdef HAVE_STEMMER
    if (s && s->snowball) sb_stemmer_delete(s->snowball);
#endif
    free(s);
}

/* Harman's S-stemmer ("How effective is suffixing?", 1991): plural and singular become one word,
 * which is what counts in news. */
static size_t singular(char *w, size_t n)
{
    if (n > 2 && w[n - 1] == 's' && w[n - 2] == '\'') return n - 2;
    if (n > 4 && memcmp(w + n - 4, "\xE2\x80\x99s", 4) == 0) return n - 4;
    if (n > 4 && memcmp(w + n - 3, "ies", 3) == 0 && w[n - 4] != 'e' && w[n - 4] != 'a') {
        w[n - 3] = 'y';
        return n - 2;
    }
    return n > 3 && w[n - 1] == 's' && w[n - 2] != 'u' && w[n - 2] != 's' ? n - 1 : n;
}

static size_t first_letters(const char *w, size_t n)
{
    enum { KEPT = 6 };
    size_t at = 0;
    int i;
    for (i = 0; i < KEPT && at < n; i++)
        do
            at++;
        while (!qn_utf8_boundary(w, n, at));
    return at;
}

size_t words_stem(words_stemmer *s, char *w, size_t n)
{
    if (s->english) return w[n - 1] == 's' ? singular(w, n) : n;
#ifdef HAVE_STEMMER
    if (s->snowball) {
        const sb_symbol *stem = sb_stemmer_stem(s->snowball, (const sb_symbol *)w, (int)n);
        size_t k = stem ? (size_t)sb_stemmer_length(s->snowball) : 0;
        if (!k || k > n) return n;
        memcpy(w, stem, k);
        return k;
    }
#endif
    return first_letters(w, n);
}

/* What qn_char_fold gives below U+0800 has at most two bytes, as long as what it folds. */
size_t words_lower(const char *p, size_t n, char *out)
{
    size_t at = 0, to = 0;
    while (at < n) {
        unsigned len = 1;
        unsigned char c = (unsigned char)p[at];
        if (to + 4 >= WORDS_LONGEST) break;
        if (c < 0x80) {
            out[to++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : (char)c;
        } else {
            uint32_t cp = qn_char_get(p + at, &len);
            to += qn_utf8_encode(qn_char_fold(cp), out + to);
        }
        at += len;
    }
    return to;
}
