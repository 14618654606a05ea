/* SPDX-License-Identifier: MIT */
/* core/eval/lines.c - see lines.h. */
#include "eval/lines.h"

#include <stdlib.h>

#include "eval/match.h"

/* What a line is compared by: letters and digits in lower case; where it has none, all but blanks.
 */
struct key {
    uint32_t *v, n;
};

struct keys {
    struct key *v;
    uint32_t n, cap;
    int no_memory;
};

static int make_key(struct key *k, qn_str s)
{
    size_t i;
    k->n = 0;
    k->v = malloc((s.n + 1) * sizeof *k->v);
    if (!k->v) return 0;
    for (i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) k->v[k->n++] = c;
    }
    if (!k->n)
        for (i = 0; i < s.n; i++)
            if (!strchr(" \t\r\n\v\f", s.p[i])) k->v[k->n++] = (unsigned char)s.p[i];
    return 1;
}

static void add_key(struct keys *all, const uint32_t *v, uint32_t n)
{
    struct key *more;
    if (all->n == all->cap) {
        all->cap = all->cap ? all->cap * 2 : 64;
        more = realloc(all->v, all->cap * sizeof *more);
        if (!more) {
            all->no_memory = 1;
            return;
        }
        all->v = more;
    }
    more = &all->v[all->n];
    more->n = n;
    more->v = malloc((n + 1) * sizeof *v);
    if (!more->v) {
        all->no_memory = 1;
        return;
    }
    memcpy(more->v, v, n * sizeof *v);
    all->n++;
}

static void free_keys(struct keys *all)
{
    uint32_t i;
    for (i = 0; i < all->n; i++)
        free(all->v[i].v);
    free(all->v);
}

static int equal(const struct key *a, const struct key *b)
{
    return a->n == b->n && memcmp(a->v, b->v, a->n * sizeof *a->v) == 0;
}

static int alike(const struct key *a, const struct key *b)
{
    uint32_t shorter = a->n < b->n ? a->n : b->n, longer = a->n < b->n ? b->n : a->n;
    if (equal(a, b)) return 1;
    if (shorter < 12 || (longer - shorter) * 5 > longer) return 0;
    return eval_match_ratio(a->v, a->n, b->v, b->n) >= 0.9;
}

/* How many lines from `row` on, one after another, make up the whole of k; 0 when they do not. */
static uint32_t joined_from(const struct keys *rows, uint32_t row, const struct key *k)
{
    uint32_t at = 0, m = row;
    while (m < rows->n && at < k->n && rows->v[m].n && rows->v[m].n <= k->n - at &&
           memcmp(k->v + at, rows->v[m].v, rows->v[m].n * sizeof *k->v) == 0)
        at += rows->v[m++].n;
    return at == k->n && m - row > 1 ? m - row : 0;
}

/* An output line may be several raw ones joined: it then counts as those. */
static void add_output(struct keys *out, const struct keys *rows, const struct key *k)
{
    uint32_t i, n;
    for (i = 0; i < rows->n; i++)
        if (equal(&rows->v[i], k)) break;
    if (i == rows->n)
        for (i = 0; i < rows->n; i++)
            if ((n = joined_from(rows, i, k)) != 0) {
                for (; n; n--, i++)
                    add_key(out, rows->v[i].v, rows->v[i].n);
                return;
            }
    add_key(out, k->v, k->n);
}

static void read_output(struct keys *out, const struct keys *rows, qn_str text)
{
    size_t at, end;
    for (at = 0; at < text.n && !out->no_memory; at = end + 1) {
        const char *stop = memchr(text.p + at, '\n', text.n - at);
        qn_str line = {text.p + at, 0};
        struct key k;
        end = stop ? (size_t)(stop - text.p) : text.n;
        line.n = end - at;
        if (!make_key(&k, line)) {
            out->no_memory = 1;
            return;
        }
        if (k.n) add_output(out, rows, &k);
        free(k.v);
    }
}

/* kept[i]: line i is in the longest common subsequence of rows and output. 0: no memory. */
static int mark_kept(const struct keys *rows, const struct keys *out, char *kept)
{
    size_t wide = (size_t)out->n + 1;
    uint32_t *best = calloc(((size_t)rows->n + 1) * wide, sizeof *best), i, j;
    char *same = calloc((size_t)rows->n * out->n + 1, 1);
    if (!best || !same) {
        free(best);
        free(same);
        return 0;
    }
    for (i = rows->n; i-- > 0;)
        for (j = out->n; j-- > 0;) {
            uint32_t down = best[(i + 1) * wide + j], right = best[i * wide + j + 1];
            uint32_t b = down > right ? down : right, hit;
            same[(size_t)i * out->n + j] = (char)alike(&rows->v[i], &out->v[j]);
            hit = same[(size_t)i * out->n + j] ? best[(i + 1) * wide + j + 1] + 1 : 0;
            best[i * wide + j] = hit > b ? hit : b;
        }
    for (i = j = 0; i < rows->n;) {
        size_t at = i * wide + j;
        if (j < out->n && same[(size_t)i * out->n + j] &&
            best[at] == best[(i + 1) * wide + j + 1] + 1) {
            kept[i++] = 1;
            j++;
        } else if (j < out->n && best[at + 1] > best[(i + 1) * wide + j]) {
            j++;
        } else {
            i++;
        }
    }
    free(best);
    free(same);
    return 1;
}

static void count(const eval_doc *gold, const char *kept, eval_count *out)
{
    uint32_t i, row = 0;
    for (i = 0; i < gold->nline; i++) {
        if (gold->line[i].label == EVAL_BLANK) continue;
        if (gold->line[i].label == EVAL_DROP) {
            out->tp += !kept[row];
            out->fn += kept[row] != 0;
        } else {
            out->fp += !kept[row];
        }
        row++;
    }
}

int eval_lines(const eval_doc *gold, qn_str text, eval_count *out)
{
    struct keys rows = {0}, put = {0};
    char *kept = NULL;
    uint32_t i;
    int ok;
    memset(out, 0, sizeof *out);
    for (i = 0; i < gold->nline && !rows.no_memory; i++) {
        struct key k;
        if (gold->line[i].label == EVAL_BLANK) continue;
        if (make_key(&k, gold->line[i].text)) {
            add_key(&rows, k.v, k.n);
            free(k.v);
        } else {
            rows.no_memory = 1;
        }
    }
    if (!rows.no_memory) read_output(&put, &rows, text);
    kept = calloc((size_t)rows.n + 1, 1);
    ok = kept && !rows.no_memory && !put.no_memory && mark_kept(&rows, &put, kept);
    if (ok) count(gold, kept, out);
    free(kept);
    free_keys(&rows);
    free_keys(&put);
    return ok;
}
