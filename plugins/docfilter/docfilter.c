/* SPDX-License-Identifier: MIT */
/* plugins/docfilter/docfilter.c - the plugin: writes quality signals to the metadata and tags or
 * drops documents that break the limits of a preset. */
#include "signals.h"
#include <quern/plugin.h>

#include <stdlib.h>
#include <sys/random.h>

#include "text/json_write.h"

struct options {
    qn_list presets, stop_words;
    int action, signals;
};
enum { TAG, DROP };
enum { RULES_MAX = 40, SCRATCH_WORDS = 1 << 20 };

static const char *const needs[] = {"text", "meta", NULL};
static const char *const makes[] = {"meta", NULL};
static const qn_counter_decl counters[] = {{"poor", "documents that break a rule"}, {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, presets, QN_LIST, .choices = "gopher|c4|fineweb",
              .help = "whose limits to apply; none: only measure"),
    QN_OPTION(struct options, action, QN_ENUM, .def = "tag", .choices = "tag|drop",
              .help = "name the broken rules in the metadata, or leave the document out"),
    QN_OPTION(struct options, signals, QN_BOOL, .def = "true",
              .help = "write all signals to the metadata entry quality"),
    QN_OPTION(struct options, stop_words, QN_LIST, .def = "the,be,to,of,and,that,have,with",
              .help = "two of them must occur by gopher's rules; at most 64"),
    {.name = NULL}};

struct state {
    unsigned presets;
    uint64_t key[2];
    qn_name name[RULES_MAX];
};

struct local {
    struct docfilter_scratch scratch;
    qn_jsonw json;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static unsigned presets_of(const qn_list *list)
{
    unsigned set = 0;
    for (size_t i = 0; i < list->n; i++)
        set |= list->v[i][0] == 'g' ? DF_GOPHER : list->v[i][0] == 'c' ? DF_C4 : DF_FINEWEB;
    return set;
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    cx->state = s;
    if (!s) return no_memory(cx);
    s->presets = presets_of(&o->presets);
    if (o->stop_words.n > 64)
        return cx->host->fail_option(cx, "stop_words", "%zu words; 64 are the most",
                                     o->stop_words.n);
    if (getrandom(s->key, sizeof s->key, 0) != (ssize_t)sizeof s->key)
        return cx->host->fail(cx, QN_E_IO, "the system gives no random numbers for a hash key");
    for (size_t i = 0; docfilter_rules[i].name; i++) {
        const char *name = docfilter_rules[i].name;
        s->name[i] = cx->host->name(cx, (qn_str){name, strlen(name)});
        if (!s->name[i]) return cx->host->fail(cx, QN_E_CONFIG, "no room for the rule %s", name);
    }
    return QN_OK;
}

static void close_stage(qn_ctx *cx)
{
    free(cx->state);
}

static qn_status enter(qn_ctx *cx)
{
    const struct state *s = cx->state;
    struct local *l = calloc(1, sizeof *l);
    cx->local = l;
    if (!l) return no_memory(cx);
    memcpy(l->scratch.key, s->key, sizeof s->key);
    return QN_OK;
}

static void leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (!l) return;
    docfilter_scratch_free(&l->scratch);
    qn_jsonw_free(&l->json);
    free(l);
}

static void put(qn_jsonw *w, const char *json)
{
    qn_jsonw_raw(w, (qn_str){json, strlen(json)});
}

static qn_status put_json(qn_ctx *cx, qn_record *r, qn_str key, qn_jsonw *w)
{
    qn_meta m = {.key = key, .type = QN_T_JSON};
    char *copy = w->no_memory ? NULL : qn_alloc(r->batch, w->n);
    if (!copy) return QN_E_NOMEM;
    memcpy(copy, w->p, w->n);
    m.u.str = (qn_str){copy, w->n};
    return cx->host->set_meta(cx, r, &m);
}

/* {"words":120,"word_length":4.8,...} */
static qn_status put_signals(qn_ctx *cx, qn_record *r, const double *value, int n)
{
    struct local *l = cx->local;
    int i;
    l->json.n = 0;
    for (i = 0; i < n; i++) {
        put(&l->json, i ? ",\"" : "{\"");
        put(&l->json, docfilter_signal_name[i]);
        qn_jsonw_lit(&l->json, "\":");
        qn_jsonw_real(&l->json, (double)(int64_t)(value[i] * 10000 + 0.5) / 10000);
    }
    qn_jsonw_lit(&l->json, "}");
    return put_json(cx, r, (qn_str)QN_STR("quality"), &l->json);
}

/* Tags, or drops for the first broken rule. */
static qn_status apply_rules(qn_ctx *cx, qn_record *r, const double *value)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct local *l = cx->local;
    int broken = 0;
    l->json.n = 0;
    for (size_t i = 0; docfilter_rules[i].name; i++) {
        const struct docfilter_rule *rule = &docfilter_rules[i];
        double v = value[rule->signal];
        if (!(s->presets & rule->preset) || (v >= rule->min && v <= rule->max)) continue;
        if (o->action == DROP && !broken) cx->host->drop_record(cx, r, s->name[i]);
        put(&l->json, broken++ ? ",\"" : "[\"");
        put(&l->json, rule->name);
        qn_jsonw_lit(&l->json, "\"");
    }
    if (!broken) return QN_OK;
    qn_count(cx, 0, 1);
    qn_jsonw_lit(&l->json, "]");
    return put_json(cx, r, (qn_str)QN_STR("quality_rules"), &l->json);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct local *l = cx->local;
    int ngrams = (s->presets & DF_GOPHER) != 0;
    double value[DF_SIGNALS];
    qn_status st = QN_OK;
    if (!docfilter_measure(&l->scratch, r->text.p, r->text.n, ngrams, o->stop_words.v,
                           o->stop_words.n, value))
        return no_memory(cx);
    if (o->signals) st = put_signals(cx, r, value, ngrams ? DF_SIGNALS : DF_TOP_2GRAM);
    if (st == QN_OK) st = apply_rules(cx, r, value);
    if (l->scratch.capword > SCRATCH_WORDS) docfilter_scratch_free(&l->scratch);
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "docfilter",
    .version = "1.0",
    .license = "MIT",
    .help = "measures the quality of documents, tags or drops by published limits",
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
