/* SPDX-License-Identifier: MIT */
/* plugins/mentions/mentions.c - the plugin: what the names of a whole document say of each other.
 */
#include <quern/plugin.h>
#include <stdlib.h>

#include "again.h"
#include "chains.h"
#include "ents/ents.h"

struct options {
    int acronyms, surnames, repeats, halves, one_label, chains;
};

static const qn_option options[] = {
    QN_OPTION(struct options, acronyms, QN_BOOL, .def = "true",
              .help = "know an acronym again that stood in brackets behind its name"),
    QN_OPTION(struct options, surnames, QN_BOOL, .def = "true",
              .help = "know a person again by the surname"),
    QN_OPTION(struct options, repeats, QN_BOOL, .def = "true",
              .help = "know a name again where no other stage found it"),
    QN_OPTION(struct options, halves, QN_BOOL, .def = "true",
              .help = "take \"the North\" for North Korea where the document speaks of it"),
    QN_OPTION(struct options, one_label, QN_BOOL, .def = "true",
              .help = "give one name one label throughout a document"),
    QN_OPTION(struct options, chains, QN_BOOL, .def = "true",
              .help = "number the mentions of one thing and give it its full name"),
    {.name = NULL},
};

enum { SENTS, TOKENS };
enum { ENTS, CHAINS };
enum { PERSON, GPE, VALUES };
static const char *const needs[] = {"sents", "tokens", "text", "ents?", NULL};
static const char *const makes[] = {"ents", "chains", NULL};
static const char *const names[] = {"PERSON", "GPE",      "DATE",    "TIME",     "PERCENT",
                                    "MONEY",  "QUANTITY", "ORDINAL", "CARDINAL", NULL};
enum { NVALUES = 7 };
static const qn_counter_decl counters[] = {{"found", "names known again"},
                                           {"relabelled", "names given the label of their like"},
                                           {NULL, NULL}};

/* A worker's scratch. */
struct scratch {
    forms forms;
    qn_span *found;
    uint32_t n, cap;
    ents_table table;
};

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct scratch));
    return cx->local ? QN_OK : cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static void leave(qn_ctx *cx)
{
    struct scratch *s = cx->local;
    if (!s) return;
    forms_free(&s->forms);
    ents_table_free(&s->table);
    free(s->found);
    free(s);
}

static qn_span *add_span(struct scratch *s)
{
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 128;
        qn_span *v = cap > s->cap ? reallocarray(s->found, cap, sizeof *v) : NULL;
        if (!v) return NULL;
        s->found = v;
        s->cap = cap;
    }
    return &s->found[s->n++];
}

/* mentions_take */
static int take(void *arg, uint32_t beg, uint32_t end, qn_name label)
{
    qn_span *x = add_span(arg);
    if (x) *x = (qn_span){beg, end, label, 0, 0};
    return x != NULL;
}

static qn_status find_again(qn_ctx *cx, qn_record *r, struct scratch *s)
{
    const struct options *o = cx->options;
    const qn_layer *ents = &r->layer[cx->makes[ENTS]];
    s->n = 0;
    if (!mentions_again(&s->forms, o->repeats, r->text, ents, &r->layer[cx->needs[TOKENS]],
                        &r->layer[cx->needs[SENTS]], take, s))
        return QN_E_NOMEM;
    qn_count(cx, 0, s->n);
    return ents_merge(r, cx->makes[ENTS], s->found, s->n, ENTS_MENTIONS);
}

static qn_status put_chains(qn_ctx *cx, qn_record *r, struct scratch *s)
{
    const qn_layer *ents = &r->layer[cx->makes[ENTS]];
    uint32_t i;
    const uint32_t n = chains_number(&s->forms, cx->names[PERSON]);
    ents_table_start(&s->table, r, 0, ENTS_CHAINS_KEY);
    r->layer[cx->makes[CHAINS]].n = 0; /* those of an earlier stage are replaced */
    s->n = 0;
    for (i = 0; i < s->forms.nmention; i++) {
        const mention *m = &s->forms.mention[i];
        qn_span *x = add_span(s);
        if (!x) return QN_E_NOMEM;
        *x = (qn_span){m->beg, ents->v[m->ent].end, m->label, 0, m->chain};
    }
    for (i = 0; i < n; i++)
        ents_table_add(&s->table, s->forms.mention[s->forms.mention[i].origin].text);
    if (ents_table_end(&s->table, cx, r, ENTS_CHAINS_KEY) != QN_OK) return QN_E_NOMEM;
    return ents_annotate(r, cx->makes[CHAINS], s->found, s->n);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const form_labels labels = {cx->names[PERSON], cx->names[GPE], cx->names + VALUES, NVALUES};
    const unsigned kinds = (o->acronyms ? 1u << FORM_ACRONYM : 0) |
                           (o->surnames ? 1u << FORM_SURNAME : 0) |
                           (o->halves ? 1u << FORM_HALF : 0);
    const qn_layer *tokens = &r->layer[cx->needs[TOKENS]];
    qn_layer *ents = &r->layer[cx->makes[ENTS]];
    struct scratch *s = cx->local;
    qn_status st = forms_read(&s->forms, r->text, ents, tokens, &labels, kinds);
    if (st == QN_OK) st = find_again(cx, r, s);
    if (st == QN_OK && (o->one_label || o->chains))
        st = forms_read(&s->forms, r->text, ents, tokens, &labels, kinds);
    if (st == QN_OK && o->one_label) {
        uint32_t n = chains_relabel(&s->forms, ents, cx->names[PERSON]);
        qn_count(cx, 1, n);
        if (n && o->chains) st = forms_read(&s->forms, r->text, ents, tokens, &labels, kinds);
    }
    if (st == QN_OK && o->chains) st = put_chains(cx, r, s);
    if (st == QN_E_NOMEM) return cx->host->fail(cx, st, "out of memory");
    return st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "mentions",
    .version = "1.0",
    .license = "MIT",
    .help = "knows names again by surname and acronym, and which mentions are of one thing",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .enter = enter,
    .leave = leave,
    .process = process,
};
