/* SPDX-License-Identifier: MIT */
/* plugins/keyphrases/keyphrases.c - the plugin: from the record's sentences and names to phrases.c,
 * and the chosen phrases into the layer and the metadata entry "keyphrases". */
#include <quern/plugin.h>

#include <stdlib.h>

#include "phrases.h"
#include "text/json_write.h"
#include "weights.h"

struct options {
    int language;
    int64_t count, words;
    double least;
    double occurrences, early, spread, capitals, pair, longer, entity, common, acronym, letters,
        overlap;
};

#define WEIGHT(name, value, text)                                                                  \
    QN_OPTION(struct options, name, QN_FLOAT, .def = value, .min = "-20", .max = "20", .help = text)

static const qn_option options[] = {
    QN_OPTION(struct options, language, QN_ENUM, .def = "en", .choices = WORDS_LANGUAGES,
              .help = "whose words of grammar and word forms"),
    QN_OPTION(struct options, count, QN_INT, .def = "10", .min = "1", .max = "10000",
              .unit = "phrases", .help = "how many, at most"),
    QN_OPTION(struct options, words, QN_INT, .def = "3", .min = "1", .max = "4", .unit = "words",
              .help = "longest phrase; names may be longer"),
    QN_OPTION(struct options, least, QN_FLOAT, .def = "-1000", .min = "-1000", .max = "1000",
              .help = "lowest score of a phrase"),
    WEIGHT(occurrences, W_COUNT, "weight of how often it occurs"),
    WEIGHT(early, W_EARLY, "weight of standing early"),
    WEIGHT(spread, W_SPREAD, "weight of occurring in many sentences"),
    WEIGHT(capitals, W_CAPITALS, "weight of being written with capitals within sentences"),
    WEIGHT(pair, W_PAIR, "weight of having two words"),
    WEIGHT(longer, W_LONG, "weight of having more than two words"),
    WEIGHT(entity, W_ENTITY, "weight of being a name"),
    WEIGHT(common, W_WORDS, "weight of how often its words occur, wherever"),
    WEIGHT(acronym, W_ACRONYM, "weight of having a word all in capitals"),
    WEIGHT(letters, W_LETTERS, "weight of long words"),
    QN_OPTION(struct options, overlap, QN_FLOAT, .def = W_OVERLAP, .min = "0", .max = "20",
              .help = "how much it counts against a phrase that chosen ones have its words"),
    {.name = NULL},
};

enum { SENTS, ENTS }; /* needs */
static const char *const needs[] = {"sents", "ents?", "text", NULL};
static const char *const makes[] = {"keyphrases", NULL};
static const qn_counter_decl counters[] = {{"phrases chosen", "key phrases of all records"},
                                           {NULL, NULL}};

struct local {
    key_doc doc;
    qn_layer names; /* entities that are names, not values */
    uint32_t capnames;
    qn_jsonw json;
};

struct state {
    words_language language;
    key_weights weights;
    qn_name value[8]; /* labels of values */
};

static const char *const value_labels[] = {"DATE",     "TIME",    "PERCENT",  "MONEY",
                                           "QUANTITY", "ORDINAL", "CARDINAL", NULL};

static qn_status open(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    size_t i;
    cx->state = s;
    if (!s) return QN_E_NOMEM;
    s->weights = (key_weights){.feature = {[KEY_COUNT] = o->occurrences,
                                           [KEY_EARLY] = o->early,
                                           [KEY_SPREAD] = o->spread,
                                           [KEY_CAPITALS] = o->capitals,
                                           [KEY_PAIR] = o->pair,
                                           [KEY_LONG] = o->longer,
                                           [KEY_ENTITY] = o->entity,
                                           [KEY_WORDS] = o->common,
                                           [KEY_ACRONYM] = o->acronym,
                                           [KEY_LETTERS] = o->letters},
                               .overlap = o->overlap};
    for (i = 0; value_labels[i]; i++)
        s->value[i] = cx->host->name(cx, (qn_str){value_labels[i], strlen(value_labels[i])});
    return words_language_open(cx, &s->language, o->language);
}

static void close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) words_language_close(&s->language);
    free(s);
}

static qn_status enter(qn_ctx *cx)
{
    struct state *s = cx->state;
    struct local *l = calloc(1, sizeof *l);
    cx->local = l;
    if (l) l->doc.language = &s->language;
    return l ? QN_OK : QN_E_NOMEM;
}

static void leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (!l) return;
    key_doc_free(&l->doc);
    free(l->names.v);
    qn_jsonw_free(&l->json);
    free(l);
}

static int is_value(const struct state *s, qn_name label)
{
    int i;
    for (i = 0; value_labels[i]; i++)
        if (s->value[i] == label) return 1;
    return 0;
}

static qn_status take_names(struct local *l, const struct state *s, const qn_layer *ents)
{
    uint32_t i;
    l->names.n = 0;
    if (ents->n > l->capnames) {
        free(l->names.v);
        l->names.v = malloc(ents->n * sizeof *l->names.v);
        l->capnames = l->names.v ? ents->n : 0;
        if (!l->names.v) return QN_E_NOMEM;
    }
    for (i = 0; i < ents->n; i++)
        if (!is_value(s, ents->v[i].label)) l->names.v[l->names.n++] = ents->v[i];
    return QN_OK;
}

static int by_place(const void *a, const void *b)
{
    const qn_span *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* Where each phrase stands first, with its rank. */
static qn_status write_layer(qn_ctx *cx, qn_record *r, uint32_t n)
{
    const struct local *l = cx->local;
    qn_layer *out = &r->layer[cx->makes[0]];
    uint32_t i;
    out->n = 0;
    for (i = 0; i < n; i++) {
        qn_range at = key_place(&l->doc, &l->doc.phrase[l->doc.chosen[i]]);
        if (qn_add(r, cx->makes[0], at.beg, at.end, 0) != QN_OK) return QN_E_NOMEM;
        out->v[i].data = i + 1;
    }
    if (n) qsort(out->v, n, sizeof *out->v, by_place);
    return QN_OK;
}

/* [{"text":"...","score":1.234,"count":3}], best first. */
static qn_status write_meta(qn_ctx *cx, qn_record *r, uint32_t n)
{
    struct local *l = cx->local;
    qn_meta m = {.key = QN_STR("keyphrases"), .type = QN_T_JSON};
    char *copy;
    uint32_t i;
    l->json.n = 0;
    qn_jsonw_lit(&l->json, "[");
    for (i = 0; i < n; i++) {
        const key_phrase *p = &l->doc.phrase[l->doc.chosen[i]];
        qn_range at = key_place(&l->doc, p);
        if (i) qn_jsonw_lit(&l->json, ",");
        qn_jsonw_lit(&l->json, "{\"text\":");
        qn_jsonw_str(&l->json, (qn_str){r->text.p + at.beg, at.end - at.beg});
        qn_jsonw_lit(&l->json, ",\"score\":");
        qn_jsonw_real(&l->json,
                      (double)(int64_t)(p->score * 1000 + (p->score < 0 ? -0.5 : 0.5)) / 1000);
        qn_jsonw_lit(&l->json, ",\"count\":");
        qn_jsonw_u64(&l->json, p->count);
        qn_jsonw_lit(&l->json, "}");
    }
    qn_jsonw_lit(&l->json, "]");
    copy = l->json.no_memory ? NULL : qn_alloc(r->batch, l->json.n);
    if (!copy) return QN_E_NOMEM;
    memcpy(copy, l->json.p, l->json.n);
    m.u.str = (qn_str){copy, l->json.n};
    return cx->host->set_meta(cx, r, &m);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct local *l = cx->local;
    uint32_t n = (uint32_t)o->count;
    qn_status st = take_names(l, s, &r->layer[cx->needs[ENTS]]);
    if (st == QN_OK)
        st = key_doc_read(&l->doc, r->text, &r->layer[cx->needs[SENTS]], &l->names,
                          (unsigned)o->words);
    if (st == QN_OK) st = key_choose(&l->doc, &s->weights, o->least, &n);
    if (st == QN_OK) st = write_layer(cx, r, n);
    if (st == QN_OK) st = write_meta(cx, r, n);
    if (st == QN_OK) qn_count(cx, 0, n);
    return st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,       .kind = QN_STAGE,
    .name = "keyphrases", .version = "1.0",
    .license = "MIT",     .help = "finds the phrases that say what a document is about",
    .needs = needs,       .makes = makes,
    .counters = counters, QN_OPTIONS(options, struct options),
    .open = open,         .close = close,
    .enter = enter,       .leave = leave,
    .process = process,
};
