/* SPDX-License-Identifier: MIT */
/* core/eval/rouge.c - see rouge.h. */
#include "eval/rouge.h"

#include <stdlib.h>

#include "eval/words.h"

/* ---- measures -------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t *grams(const eval_words *w, unsigned n, size_t *count)
{
    uint64_t *v = malloc((w->n + 1) * sizeof *v);
    size_t i;
    *count = w->n >= n ? w->n - n + 1 : 0;
    if (!v) return NULL;
    for (i = 0; i < *count; i++)
        v[i] = n == 1 ? w->v[i] : (uint64_t)w->v[i] << 32 | w->v[i + 1];
    qsort(v, *count, sizeof *v, ascending);
    return v;
}

static eval_prf score(uint64_t match, uint64_t pred, uint64_t ref)
{
    return eval_prf_of(match, pred - match, ref - match);
}

static int rouge_n(const eval_words *ref, const eval_words *pred, unsigned n, eval_prf *out)
{
    size_t nr, np, i = 0, k = 0;
    uint64_t *r = grams(ref, n, &nr), *p = grams(pred, n, &np), match = 0;
    while (r && p && i < nr && k < np) {
        if (r[i] == p[k]) {
            match++;
            i++;
            k++;
        } else if (r[i] < p[k]) {
            i++;
        } else {
            k++;
        }
    }
    if (r && p) *out = score(match, np, nr);
    free(r);
    free(p);
    return r && p;
}

/* Words of lines [from, to) in the longest common subsequence with pred's: length only, two
 * rows. */
static int rouge_l(const eval_words *ref, const eval_words *pred, eval_prf *out)
{
    uint32_t *row = calloc((size_t)pred->n + 1, sizeof *row), i, k;
    if (!row) return 0;
    for (i = 0; i < ref->n; i++) {
        uint32_t corner = 0, left = 0;
        for (k = 1; k <= pred->n; k++) {
            uint32_t up = row[k];
            uint32_t best = up > left ? up : left;
            left = ref->v[i] == pred->v[k - 1] ? corner + 1 : best;
            corner = up;
            row[k] = left;
        }
    }
    *out = score(row[pred->n], pred->n, ref->n);
    free(row);
    return 1;
}

/* Marks in hit[] the words of ref[0, nr) that one longest common subsequence with pred[0, np)
 * holds; ties as rouge-score breaks them. */
static int mark_lcs(const uint32_t *ref, uint32_t nr, const uint32_t *pred, uint32_t np, char *hit)
{
    size_t wide = (size_t)np + 1;
    uint32_t *t, i, k;
    if (!nr || !np) return 1;
    t = calloc(((size_t)nr + 1) * wide, sizeof *t);
    if (!t) return 0;
    for (i = 1; i <= nr; i++)
        for (k = 1; k <= np; k++) {
            uint32_t up = t[(i - 1) * wide + k], left = t[i * wide + k - 1];
            t[i * wide + k] = ref[i - 1] == pred[k - 1] ? t[(i - 1) * wide + k - 1] + 1
                              : up > left               ? up
                                                        : left;
        }
    for (i = nr, k = np; i && k;) {
        if (ref[i - 1] == pred[k - 1]) {
            hit[i - 1] = 1;
            i--;
            k--;
        } else if (t[i * wide + k - 1] > t[(i - 1) * wide + k]) {
            k--;
        } else {
            i--;
        }
    }
    free(t);
    return 1;
}

static int rouge_lsum(const eval_words *ref, const eval_words *pred, uint32_t ndict, eval_prf *out)
{
    char *hit = calloc((size_t)ref->n + 1, 1);
    uint32_t *inref = calloc((size_t)ndict + 1, sizeof *inref);
    uint32_t *inpred = calloc((size_t)ndict + 1, sizeof *inpred), i, k;
    uint64_t match = 0;
    int ok = hit && inref && inpred;
    for (i = 0; ok && i < ref->nline; i++)
        for (k = 0; ok && k < pred->nline; k++) {
            uint32_t r0 = i ? ref->line[i - 1] : 0, p0 = k ? pred->line[k - 1] : 0;
            ok = mark_lcs(ref->v + r0, ref->line[i] - r0, pred->v + p0, pred->line[k] - p0,
                          hit + r0);
        }
    for (i = 0; ok && i < ref->n; i++)
        inref[ref->v[i]]++;
    for (i = 0; ok && i < pred->n; i++)
        inpred[pred->v[i]]++;
    for (i = 0; ok && i < ref->n; i++)
        if (hit[i] && inref[ref->v[i]] && inpred[ref->v[i]]) {
            match++;
            inref[ref->v[i]]--;
            inpred[ref->v[i]]--;
        }
    if (ok) *out = score(match, pred->n, ref->n);
    free(hit);
    free(inref);
    free(inpred);
    return ok;
}

static int against(eval_dictionary *d, const eval_words *pred, qn_str text, int first,
                   eval_prf *out)
{
    eval_words ref = {0};
    eval_prf one[EVAL_ROUGES];
    int i, ok;
    memset(one, 0, sizeof one);
    eval_words_read(d, &ref, text);
    ok = !d->no_memory && rouge_n(&ref, pred, 1, &one[EVAL_ROUGE_1]) &&
         rouge_n(&ref, pred, 2, &one[EVAL_ROUGE_2]) && rouge_l(&ref, pred, &one[EVAL_ROUGE_L]) &&
         rouge_lsum(&ref, pred, d->n, &one[EVAL_ROUGE_LSUM]);
    for (i = 0; ok && i < EVAL_ROUGES; i++)
        if (first || one[i].f > out[i].f) out[i] = one[i];
    eval_words_free(&ref);
    return ok;
}

int eval_rouge(qn_str summary, const qn_str *ref, uint32_t nref, eval_prf *out)
{
    eval_dictionary d = {0};
    eval_words pred = {0};
    uint32_t i;
    int ok = 1;
    memset(out, 0, EVAL_ROUGES * sizeof *out);
    eval_words_read(&d, &pred, summary);
    for (i = 0; ok && i < nref; i++)
        ok = against(&d, &pred, ref[i], i == 0, out);
    ok = ok && !d.no_memory;
    eval_words_free(&pred);
    eval_dictionary_free(&d);
    return ok;
}

/* ---- key phrases ------------------------------------------------------------------------------
 */

/* The stemmed words of a phrase, with blanks between them, as one word of the dictionary. */
static uint32_t phrase_number(eval_dictionary *d, eval_dictionary *phrases, qn_str s)
{
    eval_words w = {0};
    uint32_t i, no = 0;
    size_t n = 0, at = 0;
    char *key;
    eval_words_add(d, &w, s);
    for (i = 0; i < w.n; i++)
        n += strlen(d->word[w.v[i]]) + 1;
    key = malloc(n + 1);
    for (i = 0; key && i < w.n; i++) {
        size_t k = strlen(d->word[w.v[i]]);
        memcpy(key + at, d->word[w.v[i]], k);
        at += k;
        key[at++] = ' ';
    }
    if (key && at) no = eval_word_number(phrases, key, at) + 1;
    if (!key) d->no_memory = 1;
    free(key);
    eval_words_free(&w);
    return no;
}

int eval_phrases(const qn_str *pred, uint32_t npred, const qn_str *gold, uint32_t ngold,
                 unsigned limit, eval_prf *out)
{
    eval_dictionary words = {0}, phrases = {0};
    uint32_t i, wanted, given = 0, match = 0;
    char *found;
    int ok;
    for (i = 0; i < ngold; i++)
        phrase_number(&words, &phrases, gold[i]);
    wanted = phrases.n;
    found = calloc((size_t)wanted + 1, 1);
    for (i = 0; found && i < npred && given < limit; i++) {
        uint32_t before = phrases.n, no = phrase_number(&words, &phrases, pred[i]);
        if (no > wanted) {
            given += phrases.n > before; /* the first time that it is said */
        } else if (no && !found[no - 1]) {
            found[no - 1] = 1;
            match++;
            given++;
        }
    }
    ok = found && !words.no_memory && !phrases.no_memory;
    *out = score(match, given, wanted);
    free(found);
    eval_dictionary_free(&words);
    eval_dictionary_free(&phrases);
    return ok;
}
