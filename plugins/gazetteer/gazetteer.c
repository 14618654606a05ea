/* SPDX-License-Identifier: MIT */
/* plugins/gazetteer/gazetteer.c - the plugin: names of lists, found token by token, to the layers
 * ents and links. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "context.h"
#include "ents/ents.h"
#include "lists.h"

struct options {
    qn_list lists, labels;
    int shipped;
};

static const qn_option options[] = {
    QN_OPTION(struct options, lists, QN_LIST,
              .help = "list files of your own, compiled or not; they win over everything else"),
    QN_OPTION(struct options, shipped, QN_BOOL, .def = "true",
              .help = "use the lists that come with quern"),
    QN_OPTION(struct options, labels, QN_LIST, .help = "keep only these labels"),
    {.name = NULL},
};

enum { TOKENS };
enum { ENTS, LINKS };
static const char *const needs[] = {"tokens", "text", NULL};
static const char *const makes[] = {"ents", "links", NULL};
static const qn_counter_decl counters[] = {{"names", "listed names found"}, {NULL, NULL}};

/* names-en.list, world-en.list and places-en.list, compiled: reading them takes 30 ms. */
static const char *const shipped[] = {"names-en.qnl"};
enum { SHIPPED = sizeof shipped / sizeof *shipped, LONGEST = 24 };

struct state {
    gazetteer_list *list;
    size_t nlist;
};

struct scratch {
    qn_span *ent[2], *link; /* of shipped lists, of operators' */
    uint32_t n[2], nlink, cap;
    ents_table table;
};

/* ---- life -------------------------------------------------------------------------------------
 */

static int wanted(void *arg, qn_str label)
{
    const qn_list *labels = arg;
    size_t i;
    for (i = 0; i < labels->n; i++)
        if (strlen(labels->v[i]) == label.n && memcmp(labels->v[i], label.p, label.n) == 0)
            return 1;
    return 0;
}

static qn_status open_list(qn_ctx *cx, struct state *s, const char *const *files, size_t n,
                           int operators)
{
    const struct options *o = cx->options;
    qn_list labels = o->labels;
    return gazetteer_list_open(cx, &s->list[s->nlist++], files, n, operators,
                               labels.n ? wanted : NULL, &labels);
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    qn_status st = QN_OK;
    size_t i;
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->list = calloc(o->lists.n + 1, sizeof *s->list);
    if (!s->list) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    for (i = 0; st == QN_OK && i < o->lists.n; i++)
        st = open_list(cx, s, &o->lists.v[i], 1, 1);
    if (o->shipped && st == QN_OK) st = open_list(cx, s, shipped, SHIPPED, 0);
    return st;
}

static void close_stage(qn_ctx *cx)
{
    struct state *s = cx->state;
    size_t i;
    if (!s) return;
    for (i = 0; i < s->nlist; i++)
        gazetteer_list_close(&s->list[i]);
    free(s->list);
    free(s);
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct scratch));
    return cx->local ? QN_OK : cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static void leave(qn_ctx *cx)
{
    struct scratch *s = cx->local;
    if (!s) return;
    ents_table_free(&s->table);
    free(s->ent[0]);
    free(s->ent[1]);
    free(s->link);
    free(s);
}

/* ---- matching ----------------------------------------------------------------------------------
 */

/* What was found at a token: the longest phrase of a list, and behind it. */
struct found {
    uint32_t entry, end;
    qn_phrase phrase;
};

/* Among the phrases with one hash, the first whose writing and context agree: "French" is a
 * language and a people. One with the same label that has an id is better still. */
static int pick(const gazetteer_list *l, const gazetteer_text *t, uint32_t from, uint32_t end,
                uint32_t first, uint32_t n, struct found *f)
{
    const uint32_t beg = t->tokens->v[from].beg;
    const qn_str written = {t->text.p + beg, t->tokens->v[end - 1].end - beg};
    const int shout = gazetteer_shouts(t, from);
    uint32_t i;
    int any = 0;
    for (i = first; i < first + n && i >= first; i++) {
        qn_phrase p;
        if (!qn_phrases_get(&l->phrases, i, &p)) break;
        if (any && (l->label[i] != l->label[f->entry] || p.id.n == 0)) continue;
        if (!l->label[i] || !qn_phrases_match(&p, written, shout)) continue;
        if (!l->operators && !gazetteer_agrees(t, from, end, &p)) continue;
        *f = (struct found){i, end, p};
        any = 1;
        if (p.id.n) break;
    }
    return any;
}

static int longest(const gazetteer_list *l, const gazetteer_text *t, uint32_t i, struct found *f)
{
    const qn_layer *tokens = t->tokens;
    uint64_t h = QN_PHRASES_START;
    uint32_t k, first, n;
    int longer = 1, any = 0;
    for (k = i; longer && k < tokens->n && k < i + LONGEST; k++) {
        const qn_span *tok = &tokens->v[k];
        if (k > i && tok->beg > tokens->v[k - 1].end) h = qn_phrases_hash(h, " ", 1);
        h = qn_phrases_hash(h, t->text.p + tok->beg, tok->end - tok->beg);
        if (k == i && !qn_phrases_begins(&l->phrases, h)) return 0;
        n = qn_phrases_find(&l->phrases, h, &first, &longer);
        if (n) any |= pick(l, t, i, k + 1, first, n, f);
    }
    return any;
}

static int make_room(struct scratch *s)
{
    uint32_t cap = s->cap ? s->cap * 2 : 256;
    qn_span **v[3] = {&s->ent[0], &s->ent[1], &s->link};
    int i;
    if (s->n[0] < s->cap && s->n[1] < s->cap && s->nlink < s->cap) return 1;
    if (cap < s->cap) return 0;
    for (i = 0; i < 3; i++) {
        qn_span *p = reallocarray(*v[i], cap, sizeof *p);
        if (!p) return 0;
        *v[i] = p;
    }
    s->cap = cap;
    return 1;
}

static int keep(struct scratch *s, const gazetteer_list *l, const gazetteer_text *t, uint32_t i,
                const struct found *f)
{
    qn_span e = {t->tokens->v[i].beg, t->tokens->v[f->end - 1].end, l->label[f->entry], 0, 0};
    if (!make_room(s)) return 0;
    s->ent[l->operators][s->n[l->operators]++] = e;
    if (f->phrase.id.n == 0) return 1;
    e.data = ents_table_add(&s->table, f->phrase.id);
    s->link[s->nlink++] = e;
    return 1;
}

/* One list over a whole record: leftmost, then longest. */
static int find_all(struct scratch *s, const gazetteer_list *l, const gazetteer_text *t)
{
    uint32_t i = 0;
    struct found f;
    while (i < t->tokens->n) {
        if (!longest(l, t, i, &f)) {
            i++;
            continue;
        }
        if (!keep(s, l, t, i, &f)) return 0;
        i = f.end;
    }
    return 1;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct state *st = cx->state;
    struct scratch *s = cx->local;
    gazetteer_text text = {r->text, &r->layer[cx->needs[TOKENS]]};
    qn_status status = QN_OK;
    size_t i;
    ents_table_start(&s->table, r, cx->makes[LINKS], ENTS_LINKS_KEY);
    for (i = 0; status == QN_OK && i < st->nlist; i++) {
        const gazetteer_list *l = &st->list[i];
        s->n[0] = s->n[1] = s->nlink = 0;
        if (!find_all(s, l, &text)) status = QN_E_NOMEM;
        if (status == QN_OK)
            status = ents_merge(r, cx->makes[ENTS], s->ent[l->operators], s->n[l->operators],
                                l->operators ? ENTS_OPERATOR : ENTS_SHIPPED);
        if (status == QN_OK) status = ents_annotate(r, cx->makes[LINKS], s->link, s->nlink);
        qn_count(cx, 0, s->n[l->operators]);
    }
    if (status == QN_OK && r->layer[cx->makes[LINKS]].n)
        status = ents_table_end(&s->table, cx, r, ENTS_LINKS_KEY);
    if (status == QN_E_NOMEM) return cx->host->fail(cx, status, "out of memory");
    return status;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "gazetteer",
    .version = "1.0",
    .license = "MIT",
    .help = "finds the names of lists: your own and those that come with quern",
    .needs = needs,
    .makes = makes,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = open_stage,
    .close = close_stage,
    .enter = enter,
    .leave = leave,
    .process = process,
};
