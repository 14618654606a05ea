/* SPDX-License-Identifier: MIT */
/* plugins/summarize/summarize.c - the plugin: from the record's layers to terms.c and select.c,
 * and the chosen sentences into the summary layer. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "select.h"

struct options {
    int64_t sentences, words, chars;
    double ratio;
    double forward, backward, position, brief, lengthy, question, quote, pronoun, entities, mmr;
};

#define WEIGHT(name, value, text)                                                                  \
    QN_OPTION(struct options, name, QN_FLOAT, .def = value, .min = "-10", .max = "10", .help = text)

static const qn_option options[] = {
    QN_OPTION(struct options, sentences, QN_INT, .def = "3", .min = "1", .max = "100000",
              .unit = "sentences", .excludes = "words|chars|ratio",
              .help = "length of the summary"),
    QN_OPTION(struct options, words, QN_INT, .min = "1", .max = "10000000", .unit = "words",
              .excludes = "chars|ratio", .help = "length of the summary, at most"),
    QN_OPTION(struct options, chars, QN_INT, .min = "1", .max = "100000000", .unit = "code points",
              .excludes = "ratio", .help = "length of the summary, at most"),
    QN_OPTION(struct options, ratio, QN_FLOAT, .min = "0.0001", .max = "1",
              .help = "length of the summary as a share of the sentences"),
    WEIGHT(forward, "1.0", "weight of likeness to the sentences that follow"),
    WEIGHT(backward, "-1.0", "weight of likeness to the sentences before"),
    WEIGHT(position, "1.0", "weight of standing early: 1 over the root of the place"),
    WEIGHT(brief, "-0.5", "weight of having fewer than 8 words"),
    WEIGHT(lengthy, "-0.6", "weight of having more than 45 words"),
    WEIGHT(question, "-0.7", "weight of being a question"),
    WEIGHT(quote, "-0.4", "weight of being a quotation"),
    WEIGHT(pronoun, "-0.1", "weight of opening with a word that points back (He, But, Mr.)"),
    WEIGHT(entities, "0.2", "weight of named entities per word"),
    WEIGHT(mmr, "0.3", "how much likeness to a chosen sentence counts against one"),
    {.name = NULL},
};

enum { SENTS, ENTS, HEADINGS, JUNK }; /* needs */
static const char *const needs[] = {"sents", "ents?", "headings?", "junk?", "text", NULL};
static const char *const makes[] = {"summary", NULL};
static const qn_counter_decl counters[] = {{"sentences chosen", "sentences in summaries"},
                                           {NULL, NULL}};

struct local {
    summ_doc doc;
    summ_picker picker;
    summ_hint *hint;
    uint32_t caphint;
};

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct local));
    return cx->local ? QN_OK : QN_E_NOMEM;
}

static void leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    summ_doc_free(&l->doc);
    summ_picker_free(&l->picker);
    free(l->hint);
    free(l);
}

/* ---- hints
 * ---------------------------------------------------------------------------------------- */

static qn_status clear_hints(struct local *l, uint32_t n)
{
    if (n > l->caphint) {
        summ_hint *more = realloc(l->hint, n * sizeof *more);
        if (!more) return QN_E_NOMEM;
        l->hint = more;
        l->caphint = n;
    }
    if (n) memset(l->hint, 0, n * sizeof *l->hint);
    return QN_OK;
}

static void count_entities(summ_hint *h, const qn_layer *sents, const qn_layer *ents)
{
    uint32_t i = 0, k;
    for (k = 0; k < ents->n; k++) {
        while (i < sents->n && sents->v[i].end <= ents->v[k].beg)
            i++;
        if (i < sents->n && sents->v[i].beg <= ents->v[k].beg && h[i].entities < UINT16_MAX)
            h[i].entities++;
    }
}

/* Sentences that a span of the layer overlaps cannot be chosen. */
static void exclude(summ_hint *h, const qn_layer *sents, const qn_layer *layer)
{
    uint32_t i = 0, k, s;
    for (k = 0; k < layer->n; k++) {
        while (i < sents->n && sents->v[i].end <= layer->v[k].beg)
            i++;
        for (s = i; s < sents->n && sents->v[s].beg < layer->v[k].end; s++)
            h[s].excluded = 1;
    }
}

/* ---- a document
 * ------------------------------------------------------------------------------------ */

static summ_weights weights_of(const struct options *o)
{
    summ_weights w;
    w.forward = o->forward;
    w.backward = o->backward;
    w.position = o->position;
    w.brief = o->brief;
    w.lengthy = o->lengthy;
    w.question = o->question;
    w.quote = o->quote;
    w.pronoun = o->pronoun;
    w.entities = o->entities;
    w.mmr = o->mmr;
    return w;
}

static summ_budget budget_of(const struct options *o)
{
    summ_budget b = {(uint32_t)o->sentences, (uint32_t)o->words, (uint32_t)o->chars, o->ratio};
    return b;
}

static int by_place(const void *a, const void *b)
{
    const qn_span *x = a, *y = b;
    return x->beg < y->beg ? -1 : x->beg > y->beg;
}

static qn_status write_summary(qn_ctx *cx, qn_record *r, const uint32_t *chosen, uint32_t n)
{
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    qn_layer *out = &r->layer[cx->makes[0]];
    uint32_t i;
    out->n = 0; /* a second summary replaces the first */
    for (i = 0; i < n; i++) {
        const qn_span *s = &sents->v[chosen[i]];
        if (qn_add(r, cx->makes[0], s->beg, s->end, 0) != QN_OK) return QN_E_NOMEM;
        out->v[i].data = i + 1;
    }
    if (n) qsort(out->v, n, sizeof *out->v, by_place);
    qn_count(cx, 0, n);
    return QN_OK;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    struct local *l = cx->local;
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    summ_weights w = weights_of(cx->options);
    summ_budget b = budget_of(cx->options);
    uint32_t n = 0;
    if (clear_hints(l, sents->n) != QN_OK ||
        summ_doc_read(&l->doc, r->text, sents->v, sents->n) != QN_OK)
        return QN_E_NOMEM;
    count_entities(l->hint, sents, &r->layer[cx->needs[ENTS]]);
    exclude(l->hint, sents, &r->layer[cx->needs[HEADINGS]]);
    exclude(l->hint, sents, &r->layer[cx->needs[JUNK]]);
    if (summ_pick(&l->picker, &l->doc, r->text, l->hint, &w, &b, &n) != QN_OK) return QN_E_NOMEM;
    return write_summary(cx, r, l->picker.chosen, n);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,       .kind = QN_STAGE,
    .name = "summarize",  .version = "1.0",
    .license = "MIT",     .help = "chooses the sentences that tell a reader in a hurry most",
    .needs = needs,       .makes = makes,
    .counters = counters, QN_OPTIONS(options, struct options),
    .enter = enter,       .leave = leave,
    .process = process,
};
