/* SPDX-License-Identifier: MIT */
/* plugins/values/values.c - the plugin: a record's words through the rules, answers to the layers
 * ents and values. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "ents/ents.h"
#include "find.h"

struct options {
    qn_list labels, reference_meta;
    const char *reference, *dollar;
    int normalise, units;
};

static const qn_option options[] = {
    QN_OPTION(struct options, labels, QN_LIST,
              .choices = "DATE|TIME|PERCENT|MONEY|QUANTITY|ORDINAL|CARDINAL",
              .help = "find only these"),
    QN_OPTION(struct options, normalise, QN_BOOL, .def = "true",
              .help = "write each value in a standard form, too"),
    QN_OPTION(struct options, reference, QN_STRING,
              .help = "the day that \"yesterday\" is counted from, YYYY-MM-DD, where the metadata "
                      "has none"),
    QN_OPTION(struct options, reference_meta, QN_LIST, .def = "date,published,created",
              .help = "metadata that may hold that day; the first that does counts"),
    QN_OPTION(struct options, dollar, QN_STRING, .def = "USD", .help = "currency code of a bare $"),
    QN_OPTION(struct options, units, QN_ENUM, .def = "written", .choices = "written|si",
              .help = "quantities in the units of the text, or in SI units"),
    {.name = NULL},
};

enum { UNITS_WRITTEN, UNITS_SI };
enum { SENTS, TOKENS };
enum { ENTS, VALUES };
static const char *const needs[] = {"sents", "tokens", "text", "meta", NULL};
static const char *const makes[] = {"ents", "values", NULL};
/* In the order of enum values_label. */
static const char *const names[] = {"DATE",     "TIME",    "PERCENT",  "MONEY",
                                    "QUANTITY", "ORDINAL", "CARDINAL", NULL};
static const qn_counter_decl counters[] = {{"values", "numbers, dates and amounts found"},
                                           {"normalised", "of these, with a standard form"},
                                           {NULL, NULL}};

struct state {
    values_vocab vocab;
    date reference;
    uint32_t keep; /* bits of the labels wanted */
};

/* A worker's scratch. */
struct scratch {
    words words;
    qn_span *ent, *value;
    uint32_t n, nvalue, cap;
    ents_table table;
    const struct state *state;
    const qn_name *names;
    int normalise, no_memory;
};

static uint32_t wanted(const qn_list *labels)
{
    uint32_t bits = 0;
    size_t i;
    int k;
    if (labels->n == 0) return UINT32_MAX;
    for (i = 0; i < labels->n; i++)
        for (k = 0; k < L_COUNT; k++)
            if (strcmp(labels->v[i], names[k]) == 0) bits |= 1u << k;
    return bits;
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    values_vocab_init(&s->vocab);
    s->keep = wanted(&o->labels);
    if (o->reference &&
        (strlen(o->reference) != 10 || !calendar_read(o->reference, 10, &s->reference)))
        return cx->host->fail_option(cx, "reference", "\"%s\" is no day: write it as 2024-05-12",
                                     o->reference);
    return QN_OK;
}

static void close_stage(qn_ctx *cx)
{
    free(cx->state);
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
    words_free(&s->words);
    ents_table_free(&s->table);
    free(s->ent);
    free(s->value);
    free(s);
}

/* The day the document was written, as far as anybody says. */
static date reference_of(const qn_ctx *cx, const qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    date d = s->reference;
    size_t i;
    for (i = 0; i < o->reference_meta.n; i++) {
        const char *key = o->reference_meta.v[i];
        const qn_meta *m = qn_meta_get(r, (qn_str){key, strlen(key)});
        if (m && m->type == QN_T_STR && calendar_read(m->u.str.p, m->u.str.n, &d)) break;
    }
    return d;
}

static int make_room(struct scratch *s)
{
    uint32_t cap = s->cap ? s->cap * 2 : 256;
    qn_span *v;
    if (s->n < s->cap) return 1;
    if (cap < s->cap) return 0;
    v = reallocarray(s->ent, cap, sizeof *v);
    if (!v) return 0;
    s->ent = v;
    v = reallocarray(s->value, cap, sizeof *v);
    if (!v) return 0;
    s->value = v;
    s->cap = cap;
    return 1;
}

/* values_take */
static int take(void *arg, uint32_t beg, uint32_t end, int label, const note *value)
{
    struct scratch *s = arg;
    qn_span *e;
    if (!(s->state->keep >> label & 1)) return 1;
    if (!make_room(s)) {
        s->no_memory = 1;
        return 0;
    }
    e = &s->ent[s->n++];
    *e = (qn_span){beg, end, s->names[label], 0, 0};
    if (!s->normalise || value->n == 0) return 1;
    s->value[s->nvalue] = *e;
    s->value[s->nvalue++].data = ents_table_add(&s->table, (qn_str){value->p, value->n});
    return 1;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    struct scratch *s = cx->local;
    values_rules rules = {&s->words, reference_of(cx, r), o->dollar, o->units == UNITS_SI};
    qn_status st;
    s->state = cx->state;
    s->names = cx->names;
    s->normalise = o->normalise;
    s->n = s->nvalue = 0;
    s->no_memory = 0;
    st = words_read(&s->words, &s->state->vocab, r->text, &r->layer[cx->needs[TOKENS]],
                    &r->layer[cx->needs[SENTS]]);
    if (st == QN_OK) ents_table_start(&s->table, r, cx->makes[VALUES], ENTS_VALUES_KEY);
    if (st == QN_OK && !values_find(&rules, take, s)) st = QN_E_NOMEM;
    if (st == QN_OK) st = ents_merge(r, cx->makes[ENTS], s->ent, s->n, ENTS_VALUES);
    if (st == QN_OK && s->nvalue) st = ents_table_end(&s->table, cx, r, ENTS_VALUES_KEY);
    if (st == QN_OK) st = ents_annotate(r, cx->makes[VALUES], s->value, s->nvalue);
    if (st == QN_E_NOMEM) return cx->host->fail(cx, st, "out of memory");
    qn_count(cx, 0, s->n);
    qn_count(cx, 1, s->nvalue);
    return st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "values",
    .version = "1.0",
    .license = "MIT",
    .help = "finds numbers, dates, times, money and measures, and says what they mean",
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
