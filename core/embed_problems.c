/* SPDX-License-Identifier: MIT */
/* core/embed_problems.c - see embed_problems.h. The strings are copied into one pool, because the
 * list they come from is gone when the program reads them. */
#include "embed_problems.h"

#include <stdlib.h>

#include "tree.h"

struct qn_problems {
    qn_pool *pool;
    qn_problem *v;
    size_t n;
};

static const char *copy(qn_problems *p, const char *s, int *ok)
{
    const char *c = s ? qn_pool_string(p->pool, s, strlen(s)) : NULL;
    if (s && !c) *ok = 0;
    return c;
}

static int take(qn_problems *p, const qn_diag_seen *d)
{
    qn_problem *x = &p->v[p->n++];
    int ok = 1;
    x->code = copy(p, d->code, &ok);
    x->file = copy(p, d->at.file, &ok);
    x->message = copy(p, d->message, &ok);
    x->note = copy(p, d->note, &ok);
    x->help = copy(p, d->help, &ok);
    x->line = d->at.line;
    x->column = d->at.col;
    x->len = d->at.len;
    return ok;
}

static void put_first(const qn_problems *p, char *why, size_t nwhy)
{
    const qn_problem *x = p->v;
    char place[64] = "";
    size_t i;
    for (i = 0; i < p->n && x->code[0] == 'W'; i++)
        x++;
    if (i == p->n) return;
    if (x->line) snprintf(place, sizeof place, ":%u:%u", x->line, x->column);
    snprintf(why, nwhy, "%s%s%s%s%s%s%s%s%s", x->file ? x->file : "", place, x->file ? ": " : "",
             x->message, x->note ? "; " : "", x->note ? x->note : "", " [", x->code, "]");
}

qn_problems *qn_problems_new(qn_diags *diags, char *why, size_t nwhy)
{
    qn_problems *p = calloc(1, sizeof *p);
    qn_diag_seen d;
    size_t n = 0;
    int ok;
    if (!p) return NULL;
    qn_diags_sort(diags);
    while (qn_diags_see(diags, n, &d))
        n++;
    p->pool = qn_pool_new();
    p->v = calloc(n + 1, sizeof *p->v);
    ok = p->pool && p->v;
    while (ok && qn_diags_see(diags, p->n, &d))
        ok = take(p, &d);
    if (!ok) {
        qn_problems_free(p);
        return NULL;
    }
    put_first(p, why, nwhy);
    return p;
}

void qn_problems_free(qn_problems *p)
{
    if (!p) return;
    if (p->pool) qn_pool_free(p->pool);
    free(p->v);
    free(p);
}

const qn_problem *qn_problems_get(const qn_problems *p, size_t i)
{
    return i < p->n ? &p->v[i] : NULL;
}
