/* SPDX-License-Identifier: MIT */
/* core/eval/rouge.c - see rouge.h. */
#include "eval/rouge.h"

#include <stdlib.h>

#include "eval/stem.h"

/* Words as numbers: the same word has the same one in a summary and its references. */
struct dictionary {
    char **word;
    uint32_t n, cap;
    uint32_t *slot; /* open hash of word numbers + 1 */
    uint32_t nslot;
    int no_memory;
};

/* A text as words, and where each of its lines ends among them. */
struct words {
    uint32_t *v, n, cap;
    uint32_t *line, nline, capline;
};

/* ---- words ----------------------------------------------------------------------------------- */

static uint32_t hash(const char *p, size_t n)
{
    uint32_t h = 2166136261u; /* FNV-1a; a slow table is only slow */
    while (n--)
        h = (h ^ (unsigned char)*p++) * 16777619u;
    return h;
}

static int more_slots(struct dictionary *d)
{
    uint32_t n = d->nslot ? d->nslot * 2 : 1024, i;
    uint32_t *slot = calloc(n, sizeof *slot);
    if (!slot) return 0;
    for (i = 0; i < d->n; i++) {
        uint32_t at = hash(d->word[i], strlen(d->word[i])) & (n - 1);
        while (slot[at])
            at = (at + 1) & (n - 1);
        slot[at] = i + 1;
    }
    free(d->slot);
    d->slot = slot;
    d->nslot = n;
    return 1;
}

static int more_words(struct dictionary *d)
{
    char **more;
    if (d->n < d->cap) return 1;
    d->cap = d->cap ? d->cap * 2 : 256;
    more = realloc(d->word, d->cap * sizeof *more);
    if (more) d->word = more;
    return more != NULL;
}

static uint32_t number_of(struct dictionary *d, const char *p, size_t n)
{
    uint32_t at;
    if ((d->n * 2 >= d->nslot && !more_slots(d)) || !more_words(d)) {
        d->no_memory = 1;
        return 0;
    }
    for (at = hash(p, n) & (d->nslot - 1); d->slot[at]; at = (at + 1) & (d->nslot - 1)) {
        const char *w = d->word[d->slot[at] - 1];
        if (strlen(w) == n && memcmp(w, p, n) == 0) return d->slot[at] - 1;
    }
    d->word[d->n] = strndup(p, n);
    if (!d->word[d->n]) {
        d->no_memory = 1;
        return 0;
    }
    d->slot[at] = d->n + 1;
    return d->n++;
}

static void free_dictionary(struct dictionary *d)
{
    uint32_t i;
    for (i = 0; i < d->n; i++)
        free(d->word[i]);
    free(d->word);
    free(d->slot);
}

static void push(struct dictionary *d, uint32_t **v, uint32_t *n, uint32_t *cap, uint32_t x)
{
    uint32_t *more;
    if (*n == *cap) {
        *cap = *cap ? *cap * 2 : 64;
        more = realloc(*v, *cap * sizeof *more);
        if (!more) {
            *cap = *n;
            d->no_memory = 1;
            return;
        }
        *v = more;
    }
    (*v)[(*n)++] = x;
}

static int letter(char c, char *low)
{
    *low = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    return (*low >= 'a' && *low <= 'z') || (*low >= '0' && *low <= '9');
}

/* Lower case of the two letters whose lower case has ASCII in it: U+0130 (i and a dot above) and
 * U+212A (k). 0 at any other place. */
static unsigned foreign_letter(const char *p, size_t n, char *low)
{
    if (n >= 2 && memcmp(p, "\xC4\xB0", 2) == 0) {
        *low = 'i';
        return 2;
    }
    if (n >= 3 && memcmp(p, "\xE2\x84\xAA", 3) == 0) {
        *low = 'k';
        return 3;
    }
    return 0;
}

static void add_words(struct dictionary *d, struct words *w, qn_str s)
{
    char small[64], *word = small, *big = NULL;
    size_t i = 0, n, cap = sizeof small;
    while (i < s.n && !d->no_memory) {
        for (n = 0; i < s.n; n++) {
            char c;
            unsigned len = letter(s.p[i], &c) ? 1 : foreign_letter(s.p + i, s.n - i, &c);
            if (!len) break;
            if (n + 1 >= cap) {
                char *more = realloc(big, cap * 2);
                if (!more) {
                    d->no_memory = 1;
                    break;
                }
                if (!big) memcpy(more, small, n);
                word = big = more;
                cap *= 2;
            }
            word[n] = c;
            i += len;
            if (len == 2) { /* the dot above is no letter: the word ends */
                n++;
                break;
            }
        }
        if (n) push(d, &w->v, &w->n, &w->cap, number_of(d, word, n > 3 ? eval_stem(word, n) : n));
        while (i < s.n && n == 0) {
            char c;
            if (letter(s.p[i], &c) || foreign_letter(s.p + i, s.n - i, &c)) break;
            i++;
        }
    }
    free(big);
}

static void end_line(struct dictionary *d, struct words *w)
{
    push(d, &w->line, &w->nline, &w->capline, w->n);
}

/* ---- lines of a text, for ROUGE-Lsum -----------------------------------------------------------
 */

static int blank(const char *p, size_t n)
{
    while (n && strchr(" \t\r\v\f", p[n - 1]))
        n--;
    return n == 0;
}

/* Does an abbreviation end at s[0, n), its stop included? */
static int abbreviation(const char *s, size_t n)
{
    static const char *const known[] = {"Mr",  "Mrs", "Ms",   "Dr",  "St",  "Jr",   "Sr",  "Gen",
                                        "Lt",  "Col", "Sen",  "Rep", "Gov", "Prof", "vs",  "No",
                                        "Inc", "Co",  "Corp", "Ltd", "U.S", "U.K",  "a.m", "p.m"};
    size_t i, k;
    char c;
    if (!n || s[--n] != '.') return 0;
    for (i = 0; i < sizeof known / sizeof *known; i++) {
        k = strlen(known[i]);
        if (n >= k && memcmp(s + n - k, known[i], k) == 0 &&
            (n == k || (!letter(s[n - k - 1], &c) && s[n - k - 1] != '_')))
            return 1;
    }
    return n && s[n - 1] >= 'A' && s[n - 1] <= 'Z' &&
           (n == 1 || (!letter(s[n - 2], &c) && s[n - 2] != '_'));
}

/* Length of a quotation mark or bracket at p, 0 when it is none. */
static unsigned mark_at(const char *p, size_t n, const char *const *marks)
{
    for (; *marks; marks++) {
        size_t k = strlen(*marks);
        if (n >= k && memcmp(p, *marks, k) == 0) return (unsigned)k;
    }
    return 0;
}

/* Where the sentence that begins at `from` may end: behind stop, closing marks and blanks, before
 * a capital or digit. s.n when there is no such place. *cut is where the stop ends. */
static size_t rough_end(qn_str s, size_t from, size_t *cut)
{
    static const char *const closing[] = {"\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", ")",
                                          "]",  NULL};
    static const char *const opening[] = {"\"", "'", "\xE2\x80\x9C", "\xE2\x80\x98", "(",
                                          "[",  NULL};
    size_t i, j;
    unsigned len;
    for (i = from + 1; i < s.n; i++) {
        if (!strchr(".!?", s.p[i - 1]) || !s.p[i - 1]) continue;
        for (j = i; (len = mark_at(s.p + j, s.n - j, closing)) != 0;)
            j += len;
        if (j >= s.n || !strchr(" \t\n\r\v\f", s.p[j])) continue;
        while (j < s.n && strchr(" \t\n\r\v\f", s.p[j]))
            j++;
        len = mark_at(s.p + j, s.n - j, opening);
        if (j + len < s.n && ((s.p[j + len] >= 'A' && s.p[j + len] <= 'Z') ||
                              (s.p[j + len] >= '0' && s.p[j + len] <= '9'))) {
            *cut = i;
            return j;
        }
    }
    *cut = s.n;
    return s.n;
}

static void split_roughly(struct dictionary *d, struct words *w, qn_str s)
{
    size_t start = 0, from = 0, next, cut;
    while (from < s.n) {
        qn_str part;
        next = rough_end(s, from, &cut);
        from = next;
        if (next < s.n && abbreviation(s.p + start, cut - start)) continue;
        part.p = s.p + start;
        part.n = next - start;
        start = next;
        add_words(d, w, part);
        end_line(d, w);
    }
}

static void read_text(struct dictionary *d, struct words *w, qn_str s)
{
    size_t at, end, lines = 0;
    for (at = 0; at < s.n; at = end + 1) {
        const char *stop = memchr(s.p + at, '\n', s.n - at);
        end = stop ? (size_t)(stop - s.p) : s.n;
        lines += !blank(s.p + at, end - at);
    }
    if (lines == 1) {
        split_roughly(d, w, s);
        return;
    }
    for (at = 0; at < s.n; at = end + 1) {
        const char *stop = memchr(s.p + at, '\n', s.n - at);
        qn_str line = {s.p + at, 0};
        end = stop ? (size_t)(stop - s.p) : s.n;
        line.n = end - at;
        if (blank(line.p, line.n)) continue;
        add_words(d, w, line);
        end_line(d, w);
    }
}

/* ---- measures -------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t *grams(const struct words *w, unsigned n, size_t *count)
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

static int rouge_n(const struct words *ref, const struct words *pred, unsigned n, eval_prf *out)
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
static int rouge_l(const struct words *ref, const struct words *pred, eval_prf *out)
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

static int rouge_lsum(const struct words *ref, const struct words *pred, uint32_t ndict,
                      eval_prf *out)
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

static void free_words(struct words *w)
{
    free(w->v);
    free(w->line);
}

static int against(struct dictionary *d, const struct words *pred, qn_str text, int first,
                   eval_prf *out)
{
    struct words ref = {0};
    eval_prf one[EVAL_ROUGES];
    int i, ok;
    memset(one, 0, sizeof one);
    read_text(d, &ref, text);
    ok = !d->no_memory && rouge_n(&ref, pred, 1, &one[EVAL_ROUGE_1]) &&
         rouge_n(&ref, pred, 2, &one[EVAL_ROUGE_2]) && rouge_l(&ref, pred, &one[EVAL_ROUGE_L]) &&
         rouge_lsum(&ref, pred, d->n, &one[EVAL_ROUGE_LSUM]);
    for (i = 0; ok && i < EVAL_ROUGES; i++)
        if (first || one[i].f > out[i].f) out[i] = one[i];
    free_words(&ref);
    return ok;
}

int eval_rouge(qn_str summary, const qn_str *ref, uint32_t nref, eval_prf *out)
{
    struct dictionary d = {0};
    struct words pred = {0};
    uint32_t i;
    int ok = 1;
    memset(out, 0, EVAL_ROUGES * sizeof *out);
    read_text(&d, &pred, summary);
    for (i = 0; ok && i < nref; i++)
        ok = against(&d, &pred, ref[i], i == 0, out);
    ok = ok && !d.no_memory;
    free_words(&pred);
    free_dictionary(&d);
    return ok;
}

/* ---- key phrases ------------------------------------------------------------------------------
 */

/* The stemmed words of a phrase, with blanks between them, as one word of the dictionary. */
static uint32_t phrase_number(struct dictionary *d, struct dictionary *phrases, qn_str s)
{
    struct words w = {0};
    uint32_t i, no = 0;
    size_t n = 0, at = 0;
    char *key;
    add_words(d, &w, s);
    for (i = 0; i < w.n; i++)
        n += strlen(d->word[w.v[i]]) + 1;
    key = malloc(n + 1);
    for (i = 0; key && i < w.n; i++) {
        size_t k = strlen(d->word[w.v[i]]);
        memcpy(key + at, d->word[w.v[i]], k);
        at += k;
        key[at++] = ' ';
    }
    if (key && at) no = number_of(phrases, key, at) + 1;
    if (!key) d->no_memory = 1;
    free(key);
    free_words(&w);
    return no;
}

int eval_phrases(const qn_str *pred, uint32_t npred, const qn_str *gold, uint32_t ngold,
                 unsigned limit, eval_prf *out)
{
    struct dictionary words = {0}, phrases = {0};
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
    free_dictionary(&words);
    free_dictionary(&phrases);
    return ok;
}
