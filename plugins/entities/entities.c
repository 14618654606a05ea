/* SPDX-License-Identifier: MIT */
/* plugins/entities/entities.c - the plugin: lists at open, rules per document, answers into the
 * ents layer. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "mentions.h"
#include "names.h"
#include "values.h"

struct options {
    qn_list lists, labels;
    int shipped, values, names, mentions;
};

static const qn_option options[] = {
    QN_OPTION(struct options, lists, QN_LIST,
              .help = "list files of your own; their names win over everything else"),
    QN_OPTION(struct options, labels, QN_LIST,
              .choices = "PERSON|NORP|ORG|GPE|LOC|FAC|PRODUCT|EVENT|WORK_OF_ART|LAW|LANGUAGE|DATE|"
                         "TIME|PERCENT|MONEY|QUANTITY|ORDINAL|CARDINAL",
              .help = "keep only these labels"),
    QN_OPTION(struct options, shipped, QN_BOOL, .def = "true",
              .help = "use the lists that come with quern"),
    QN_OPTION(struct options, values, QN_BOOL, .def = "true",
              .help = "find numbers, dates, times, money and measures"),
    QN_OPTION(struct options, names, QN_BOOL, .def = "true",
              .help = "find names by lists, titles, head words and capitals"),
    QN_OPTION(struct options, mentions, QN_BOOL, .def = "true",
              .help = "know surnames and acronyms again in the same document"),
    {.name = NULL},
};

enum { SENTS, TOKENS };
static const char *const needs[] = {"sents", "tokens", "text", NULL};
static const char *const makes[] = {"ents", NULL};
/* In the order of the label numbers in lexicon.h and words.h. */
static const char *const names[] = {"PERSON",   "NORP",    "ORG",      "GPE",         "LOC",
                                    "FAC",      "PRODUCT", "EVENT",    "WORK_OF_ART", "LAW",
                                    "LANGUAGE", "DATE",    "TIME",     "PERCENT",     "MONEY",
                                    "QUANTITY", "ORDINAL", "CARDINAL", NULL};
static const qn_counter_decl counters[] = {{"entities", "named entities and values found"},
                                           {NULL, NULL}};

struct state {
    lexicon lexicon;
    vocab vocab;
    uint32_t keep; /* bits of the labels wanted */
};

static qn_status add_list(qn_ctx *cx, struct state *s, const char *file, uint32_t extra)
{
    qn_str text;
    unsigned line;
    qn_status st = cx->host->open_data(cx, file, &text);
    if (st != QN_OK) return st;
    st = lexicon_add(&s->lexicon, text, extra, &line);
    if (st == QN_E_DATA)
        return cx->host->fail(cx, QN_E_CONFIG,
                              "%s:%u: expected a name under a heading such as [GPE]; the headings "
                              "are the labels and the classes of names-en.list",
                              file, line);
    return st;
}

static uint32_t wanted(const qn_list *labels)
{
    uint32_t bits = 0;
    size_t i;
    int k;
    if (labels->n == 0) return UINT32_MAX;
    for (i = 0; i < labels->n; i++)
        for (k = 0; k < ENT_LABELS; k++)
            if (strcmp(labels->v[i], names[k]) == 0) bits |= 1u << k;
    return bits;
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    qn_status st = QN_OK;
    size_t i;
    if (!s) return QN_E_NOMEM;
    cx->state = s;
    vocab_init(&s->vocab);
    s->keep = wanted(&o->labels);
    if (o->shipped) st = add_list(cx, s, "names-en.list", 0);
    for (i = 0; st == QN_OK && i < o->lists.n; i++)
        st = add_list(cx, s, o->lists.v[i], LEX_BIT(LEX_OPERATOR));
    return st;
}

static void close_stage(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) lexicon_free(&s->lexicon);
    free(s);
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(words));
    return cx->local ? QN_OK : QN_E_NOMEM;
}

static void leave(qn_ctx *cx)
{
    words_free(cx->local);
    free(cx->local);
}

static qn_status write_entities(qn_ctx *cx, qn_record *r, const words *w, uint32_t keep)
{
    uint32_t i;
    for (i = 0; i < w->nanswer; i++) {
        const answer *a = &w->answer[i];
        const word *last = &w->v[a->first + a->n - 1];
        if (!(keep >> a->label & 1)) continue;
        if (qn_add(r, cx->makes[0], w->v[a->first].beg, last->beg + last->n, cx->names[a->label]) !=
            QN_OK)
            return QN_E_NOMEM;
        qn_count(cx, 0, 1);
    }
    return QN_OK;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    words *w = cx->local;
    if (words_read(w, &s->lexicon, &s->vocab, r->text, &r->layer[cx->needs[TOKENS]],
                   &r->layer[cx->needs[SENTS]]) != QN_OK)
        return QN_E_NOMEM;
    if (o->values) values_find(w);
    if (o->names) names_find(w);
    if (words_resolve(w) != QN_OK) return QN_E_NOMEM;
    if (o->mentions) {
        mentions_find(w);
        if (words_resolve(w) != QN_OK) return QN_E_NOMEM;
    }
    r->layer[cx->makes[0]].n = 0; /* entities of an earlier stage are replaced */
    return write_entities(cx, r, w, s->keep);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "entities",
    .version = "1.0",
    .license = "MIT",
    .help = "finds names and values by lists and rules",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = open_stage,
    .close = close_stage,
    .enter = enter,
    .leave = leave,
    .process = process,
};
