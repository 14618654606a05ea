/* SPDX-License-Identifier: MIT */
/* core/eval/changes.c - see changes.h. Words become numbers; the search keeps its steps to walk
 * them back, and gives up where they would be more than anybody reads. */
#include "eval/changes.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 2000, MOST_WORK = 100000000 };

/* A text in pieces: runs of white space, and of anything else, in turn. */
struct pieces {
    qn_str text;
    uint32_t *word; /* n numbers: the same for the same bytes in either text */
    size_t *at;     /* n + 1 places */
    uint32_t n;
};

/* ---- words as numbers --------------------------------------------------------------------------
 */

/* Open addressing; a slot holds the number of a piece from 1, whose bytes are in first[]. */
struct dictionary {
    uint32_t *slot;
    qn_str *first;
    uint32_t n, mask;
};

static uint32_t hash(qn_str s)
{
    uint64_t h = 1469598103934665603u;
    size_t i;
    for (i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return (uint32_t)(h ^ (h >> 32));
}

static uint32_t number_of(struct dictionary *d, qn_str s)
{
    uint32_t i = hash(s) & d->mask;
    while (d->slot[i] && !qn_str_eq(d->first[d->slot[i]], s))
        i = (i + 1) & d->mask;
    if (!d->slot[i]) {
        d->slot[i] = ++d->n;
        d->first[d->n] = s;
    }
    return d->slot[i];
}

static int dictionary_make(struct dictionary *d, size_t words)
{
    size_t cap = 16;
    while (cap < 2 * words)
        cap *= 2;
    d->mask = (uint32_t)(cap - 1);
    d->n = 0;
    d->slot = calloc(cap, sizeof *d->slot);
    d->first = malloc((words + 1) * sizeof *d->first);
    return d->slot && d->first;
}

/* ---- pieces ------------------------------------------------------------------------------------
 */

static int is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static size_t piece_end(qn_str s, size_t at)
{
    const int blank = is_blank(s.p[at]);
    while (at < s.n && is_blank(s.p[at]) == blank)
        at++;
    return at;
}

static int cut(struct pieces *p, qn_str text)
{
    size_t at;
    p->text = text;
    p->n = 0;
    for (at = 0; at < text.n; at = piece_end(text, at))
        p->n++;
    p->word = malloc((p->n + 1) * sizeof *p->word);
    p->at = malloc((p->n + 1) * sizeof *p->at);
    if (!p->word || !p->at) return 0;
    p->n = 0;
    for (at = 0; at < text.n; at = piece_end(text, at))
        p->at[p->n++] = at;
    p->at[p->n] = text.n;
    return 1;
}

static void number(struct pieces *p, struct dictionary *d)
{
    uint32_t i;
    for (i = 0; i < p->n; i++)
        p->word[i] = number_of(d, (qn_str){p->text.p + p->at[i], p->at[i + 1] - p->at[i]});
}

/* ---- the search --------------------------------------------------------------------------------
 */

/* What both have at their ends is taken off: a[0..na), b[0..nb) is left. far[] holds, for each
 * number of steps and each diagonal, how far in a they lead: row d has 2 * d + 1 entries from d * d
 * on. */
struct search {
    const uint32_t *a, *b;
    int32_t na, nb;
    int32_t *far;
    int32_t steps;
    size_t work;
};

static int32_t *entry(const struct search *s, int32_t d, int32_t k)
{
    return &s->far[d * d + d + k];
}

/* Where step d along diagonal k begins: with a word of b inserted, or one of a left out. */
static int32_t step_to(const struct search *s, int32_t d, int32_t k)
{
    if (d == 0) return 0;
    if (k == -d || (k != d && *entry(s, d - 1, k - 1) < *entry(s, d - 1, k + 1)))
        return *entry(s, d - 1, k + 1);
    return *entry(s, d - 1, k - 1) + 1;
}

/* All diagonals with one step more. 1: the end is reached; 0: not yet; -1: no memory, or enough. */
static int search_row(struct search *s, int32_t d)
{
    const size_t rows = (size_t)(d + 1) * (size_t)(d + 1);
    int32_t k, *far = realloc(s->far, rows * sizeof *far);
    if (!far) return -1;
    s->far = far;
    s->steps = d;
    for (k = -d; k <= d; k += 2) {
        int32_t x = step_to(s, d, k), y = x - k;
        const int32_t from = x;
        while (x < s->na && y < s->nb && y >= 0 && s->a[x] == s->b[y])
            x++, y++;
        s->work += (size_t)(x - from) + 1;
        *entry(s, d, k) = x;
        if (x >= s->na && y >= s->nb) return 1;
    }
    return s->work > MOST_WORK ? -1 : 0;
}

/* Marks the words that go and those that come. */
static void walk_back(const struct search *s, char *gone, char *new)
{
    int32_t k = s->na - s->nb, d;
    for (d = s->steps; d > 0; d--) {
        const int down = k == -d || (k != d && *entry(s, d - 1, k - 1) < *entry(s, d - 1, k + 1));
        const int32_t x = step_to(s, d, k);
        if (down)
            new[x - k - 1] = 1;
        else
            gone[x - 1] = 1;
        k += down ? 1 : -1;
    }
}

/* Fills gone[na] and new[nb]. 0: no memory. */
static int search(struct search *s, char *gone, char *new)
{
    int32_t d;
    int found = 0;
    for (d = 0; !found && d <= MOST_STEPS; d++)
        found = search_row(s, d);
    if (found > 0) {
        walk_back(s, gone, new);
    } else {
        memset(gone, 1, (size_t)s->na);
        memset(new, 1, (size_t)s->nb);
    }
    free(s->far);
    return found >= 0 || s->work > MOST_WORK;
}

/* ---- from marks to changes ---------------------------------------------------------------------
 */

struct marks {
    char *gone, *new; /* one for each piece, and one more */
};

static int only_blank(const struct pieces *p, uint32_t i)
{
    return i < p->n && is_blank(p->text.p[p->at[i]]);
}

/* A blank that stays between two words that do not is part of the change. */
static int goes_on(const struct pieces *a, uint32_t i, const struct pieces *b, uint32_t k,
                   const struct marks *m)
{
    if (m->gone[i] || m->new[k]) return 1;
    return only_blank(a, i) && only_blank(b, k) && (m->gone[i + 1] || m->new[k + 1]);
}

static size_t collect(const struct pieces *a, const struct pieces *b, const struct marks *m,
                      eval_change *out)
{
    uint32_t i = 0, k = 0;
    size_t n = 0;
    while (i < a->n || k < b->n) {
        eval_change c = {a->at[i], 0, b->at[k], 0};
        if (!m->gone[i] && !m->new[k]) {
            i++, k++;
            continue;
        }
        while (goes_on(a, i, b, k, m)) {
            const int stays = !m->gone[i] && !m->new[k];
            while (m->gone[i])
                i++;
            while (m->new[k])
                k++;
            if (stays) i++, k++;
        }
        c.a_end = a->at[i];
        c.b_end = b->at[k];
        out[n++] = c;
    }
    return n;
}

static int find(const struct pieces *a, const struct pieces *b, struct marks *m, eval_change **out,
                size_t *n)
{
    uint32_t head = 0, tail = 0;
    struct search s = {0};
    while (head < a->n && head < b->n && a->word[head] == b->word[head])
        head++;
    while (tail < a->n - head && tail < b->n - head &&
           a->word[a->n - 1 - tail] == b->word[b->n - 1 - tail])
        tail++;
    s.a = a->word + head;
    s.b = b->word + head;
    s.na = (int32_t)(a->n - head - tail);
    s.nb = (int32_t)(b->n - head - tail);
    if (!search(&s, m->gone + head, m->new + head)) return 0;
    *out = malloc(((size_t)s.na + (size_t)s.nb + 1) * sizeof **out);
    if (!*out) return 0;
    *n = collect(a, b, m, *out);
    return 1;
}

int eval_changes(qn_str a, qn_str b, eval_change **out, size_t *n)
{
    struct pieces x = {0}, y = {0};
    struct dictionary d = {0};
    struct marks m = {NULL, NULL};
    int ok = cut(&x, a) && cut(&y, b) && dictionary_make(&d, (size_t)x.n + y.n);
    *out = NULL;
    *n = 0;
    if (ok) {
        number(&x, &d);
        number(&y, &d);
        m.gone = calloc(x.n + 2, 1);
        m.new = calloc(y.n + 2, 1);
        ok = m.gone && m.new &&find(&x, &y, &m, out, n);
    }
    free(m.gone);
    free(m.new);
    free(d.slot);
    free(d.first);
    free(x.word);
    free(x.at);
    free(y.word);
    free(y.at);
    return ok;
}
