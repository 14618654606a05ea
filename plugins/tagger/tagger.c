/* SPDX-License-Identifier: MIT */
/* plugins/tagger/tagger.c - the stage: maps its model at open, finds names in each record, gives
 * them to the layer "ents" by the rules that all finders of entities share. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "ents/ents.h"
#include "tag.h"

struct options {
    const char *model;
    qn_list labels;
    double min_confidence;
};

static const qn_option options[] = {
    QN_OPTION(struct options, model, QN_STRING, .def = "names-en.tagger",
              .help = "the model file, made by tools/train-tagger"),
    QN_OPTION(struct options, labels, QN_LIST, .help = "keep only these of the model's labels"),
    QN_OPTION(struct options, min_confidence, QN_FLOAT, .def = "0", .min = "0", .max = "1",
              .help = "leave out names that are less likely to be right than this"),
    {.name = NULL},
};

enum { TEXT, SENTS, TOKENS };
static const char *const needs[] = {"text", "sents", "tokens", NULL};
static const char *const makes[] = {"ents", NULL};
static const qn_counter_decl counters[] = {{"names", "names found"}, {NULL, NULL}};

struct state {
    tagger_model model;
    qn_name label[MODEL_LABELS]; /* 0: not wanted */
    uint32_t least;              /* confidence */
};

static int wanted(const qn_list *labels, const char *label)
{
    size_t i;
    for (i = 0; i < labels->n; i++)
        if (strcmp(labels->v[i], label) == 0) return 1;
    return labels->n == 0;
}

/* Every label asked for must be one of the model's. */
static qn_status check_labels(qn_ctx *cx, const struct state *s)
{
    const struct options *o = cx->options;
    const model_head *h = s->model.head;
    char known[MODEL_LABELS * 18] = "";
    size_t i;
    uint32_t k;
    for (k = 0; k < h->labels; k++) {
        if (k) strcat(known, ", ");
        strcat(known, h->label[k]);
    }
    for (i = 0; i < o->labels.n; i++) {
        for (k = 0; k < h->labels && strcmp(o->labels.v[i], h->label[k]) != 0; k++)
            ;
        if (k == h->labels)
            return cx->host->fail_option(cx, "labels", "the model knows no label %s; it knows %s",
                                         o->labels.v[i], known);
    }
    return QN_OK;
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    char words[200];
    qn_status st;
    qn_str file;
    uint32_t k;
    cx->state = s;
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    st = cx->host->open_data(cx, o->model, &file);
    if (st != QN_OK) return st;
    if (tagger_model_open(&s->model, file, words, sizeof words))
        return cx->host->fail_option(cx, "model",
                                     "%s cannot be used: %s; expected a file that "
                                     "tools/train-tagger of this version of quern made",
                                     o->model, words);
    st = check_labels(cx, s);
    for (k = 0; st == QN_OK && k < s->model.head->labels; k++) {
        const char *label = s->model.head->label[k];
        if (!wanted(&o->labels, label)) continue;
        s->label[k] = cx->host->name(cx, (qn_str){label, strlen(label)});
        if (!s->label[k]) return cx->host->fail(cx, QN_E_UNSUPPORTED, "too many different labels");
    }
    s->least = (uint32_t)(o->min_confidence * 65535 + 0.5);
    return st;
}

static void close_stage(qn_ctx *cx)
{
    free(cx->state);
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(tagger_work));
    return cx->local ? QN_OK : QN_E_NOMEM;
}

static void leave(qn_ctx *cx)
{
    tagger_work *w = cx->local;
    if (w) tagger_work_free(w);
    free(w);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct state *s = cx->state;
    tagger_work *w = cx->local;
    uint32_t i, n = 0;
    if (tagger_tag(w, &s->model, r->text, &r->layer[cx->needs[TOKENS]],
                   &r->layer[cx->needs[SENTS]]) != QN_OK)
        return cx->host->fail(cx, QN_E_NOMEM, "no memory for the words of %zu bytes of text",
                              r->text.n);
    for (i = 0; i < w->n; i++) {
        qn_span name = w->name[i];
        const qn_name label = s->label[name.label];
        if (!label || name.data < s->least) continue;
        name.label = label;
        w->name[n++] = name;
    }
    qn_count(cx, 0, n);
    return ents_merge(r, cx->makes[0], w->name, n, ENTS_TAGGER);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,       .kind = QN_STAGE,
    .name = "tagger",     .version = "1.0",
    .license = "MIT",     .help = "finds names by a statistical model",
    .needs = needs,       .makes = makes,
    .counters = counters, QN_OPTIONS(options, struct options),
    .open = open_stage,   .close = close_stage,
    .enter = enter,       .leave = leave,
    .process = process,
};
