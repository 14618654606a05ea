/* SPDX-License-Identifier: MIT */
/* core/eval/words.c - see words.h. */
#include "eval/words.h"

#include <stdlib.h>

#include "eval/stem.h"

/* ---- words ----------------------------------------------------------------------------------- */

static uint32_t hash(const char *p, size_t n)
{
    uint32_t h = 2166136261u; /* FNV-1a; a slow table is only slow */
    while (n--)
        h = (h ^ (unsigned char)*p++) * 16777619u;
    return h;
}

static int more_slots(eval_dictionary *d)
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

static int more_words(eval_dictionary *d)
{
    char **more;
    if (d->n < d->cap) return 1;
    d->cap = d->cap ? d->cap * 2 : 256;
    more = realloc(d->word, d->cap * sizeof *more);
    if (more) d->word = more;
    return more != NULL;
}

uint32_t eval_word_number(eval_dictionary *d, const char *p, size_t n)
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

void eval_dictionary_free(eval_dictionary *d)
{
    uint32_t i;
    for (i = 0; i < d->n; i++)
        free(d->word[i]);
    free(d->word);
    free(d->slot);
}

static void push(eval_dictionary *d, uint32_t **v, uint32_t *n, uint32_t *cap, uint32_t x)
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

void eval_words_add(eval_dictionary *d, eval_words *w, qn_str s)
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
        if (n)
            push(d, &w->v, &w->n, &w->cap,
                 eval_word_number(d, word, n > 3 ? eval_stem(word, n) : n));
        while (i < s.n && n == 0) {
            char c;
            if (letter(s.p[i], &c) || foreign_letter(s.p + i, s.n - i, &c)) break;
            i++;
        }
    }
    free(big);
}

static void end_line(eval_dictionary *d, eval_words *w)
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

static void split_roughly(eval_dictionary *d, eval_words *w, qn_str s)
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
        eval_words_add(d, w, part);
        end_line(d, w);
    }
}

void eval_words_read(eval_dictionary *d, eval_words *w, qn_str s)
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
        eval_words_add(d, w, line);
        end_line(d, w);
    }
}

void eval_words_free(eval_words *w)
{
    free(w->v);
    free(w->line);
}
