/* SPDX-License-Identifier: MIT */
/* plugins/digest/digest.c - the plugin: one summary over all documents that share a metadata entry
 * (a story, a day, a subject), brought up to date with every document. Workers find each document's
 * best sentences; commit, in input order, takes them into the group and writes its summary so far.
 */
#include <quern/plugin.h>

#include <stdlib.h>

#include "group.h"
#include "summarize/select.h"
#include "summarize/weights.h"
#include "text/json_write.h"

enum { PER_DOCUMENT = 6 }; /* sentences that a document gives to its group */

struct options {
    const char *key;
    int language;
    int64_t sentences, groups;
    double mmr;
};

static const qn_option options[] = {
    QN_OPTION(struct options, key, QN_STRING, .required = 1,
              .help = "metadata entry by which documents belong together"),
    QN_OPTION(struct options, language, QN_ENUM, .def = "en", .choices = WORDS_LANGUAGES,
              .help = "whose words of grammar and word forms"),
    QN_OPTION(struct options, sentences, QN_INT, .def = "3", .min = "1", .max = "64",
              .unit = "sentences", .help = "length of a group's summary"),
    QN_OPTION(struct options, groups, QN_INT, .def = "1000", .min = "1", .max = "1000000",
              .unit = "groups",
              .help = "how many are remembered; a new one takes the place of the one not seen for "
                      "longest (about 200 KiB each)"),
    QN_OPTION(struct options, mmr, QN_FLOAT, .def = "1.5", .min = "0", .max = "10",
              .help = "how much likeness to a chosen sentence counts against one"),
    {.name = NULL},
};

enum { SENTS, ENTS, HEADINGS, JUNK }; /* needs */
static const char *const needs[] = {"sents", "ents?", "headings?", "junk?", "text", "meta", NULL};
static const char *const makes[] = {"meta", NULL};
static const qn_counter_decl counters[] = {{"in groups", "documents that have the metadata entry"},
                                           {NULL, NULL}};

struct state {
    words_language language;
    digest_groups *groups; /* commit's */
    summ_weights weights;
    const digest_sentence **best; /* commit's */
    qn_jsonw json;                /* commit's */
};

struct local {
    summ_doc doc;
    summ_picker picker;
    summ_hint *hint;
    uint32_t caphint;
};

/* What process_batch leaves for commit: of each record of the batch, its sentences. */
struct found {
    digest_sentence *v;
    uint32_t n;
    qn_str key;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

/* ---- life -------------------------------------------------------------------------------------
 */

static summ_weights default_weights(void)
{
    summ_weights w = {.feature = {[SUMM_FORWARD] = atof(W_FORWARD),
                                  [SUMM_BACKWARD] = atof(W_BACKWARD),
                                  [SUMM_POSITION] = atof(W_POSITION),
                                  [SUMM_FIRST] = atof(W_FIRST),
                                  [SUMM_BRIEF] = atof(W_BRIEF),
                                  [SUMM_LENGTHY] = atof(W_LENGTHY),
                                  [SUMM_QUESTION] = atof(W_QUESTION),
                                  [SUMM_QUOTE] = atof(W_QUOTE),
                                  [SUMM_PRONOUN] = atof(W_PRONOUN),
                                  [SUMM_CAPTION] = atof(W_CAPTION)},
                      .mmr = atof(W_MMR)};
    return w;
}

static qn_status digest_open(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    cx->state = s;
    if (!s) return no_memory(cx);
    s->weights = default_weights();
    s->groups = digest_groups_new((uint32_t)o->groups);
    s->best = calloc((size_t)o->sentences, sizeof *s->best);
    if (!s->groups || !s->best) return no_memory(cx);
    return words_language_open(cx, &s->language, o->language);
}

static void digest_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (!s) return;
    words_language_close(&s->language);
    digest_groups_free(s->groups);
    qn_jsonw_free(&s->json);
    free(s->best);
    free(s);
}

static qn_status digest_enter(qn_ctx *cx)
{
    struct state *s = cx->state;
    struct local *l = calloc(1, sizeof *l);
    cx->local = l;
    if (!l) return no_memory(cx);
    l->doc.language = &s->language;
    return QN_OK;
}

static void digest_leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (!l) return;
    summ_doc_free(&l->doc);
    summ_picker_free(&l->picker);
    free(l->hint);
    free(l);
}

/* ---- a document's sentences -------------------------------------------------------------------
 */

/* Headings and junk are no candidates. */
static int mark_excluded(struct local *l, const qn_layer *sents, const qn_layer *layer)
{
    uint32_t i = 0, k, s;
    for (k = 0; k < layer->n; k++) {
        while (i < sents->n && sents->v[i].end <= layer->v[k].beg)
            i++;
        for (s = i; s < sents->n && sents->v[s].beg < layer->v[k].end; s++)
            l->hint[s].excluded = 1;
    }
    return 1;
}

static int make_hints(qn_ctx *cx, struct local *l, const qn_record *r)
{
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    if (sents->n > l->caphint) {
        free(l->hint);
        l->hint = malloc(sents->n * sizeof *l->hint);
        l->caphint = l->hint ? sents->n : 0;
        if (!l->hint) return 0;
    }
    if (sents->n) memset(l->hint, 0, sents->n * sizeof *l->hint);
    return mark_excluded(l, sents, &r->layer[cx->needs[HEADINGS]]) &&
           mark_excluded(l, sents, &r->layer[cx->needs[JUNK]]);
}

static int by_hash(const void *a, const void *b)
{
    const digest_term *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static qn_status take_sentence(const struct local *l, const qn_record *r, uint32_t no,
                               digest_sentence *out)
{
    const summ_sentence *s = &l->doc.sent[no];
    digest_term *term = qn_alloc(r->batch, (s->n + 1) * sizeof *term);
    uint32_t k;
    if (!term) return QN_E_NOMEM;
    for (k = 0; k < s->n; k++) {
        term[k].hash = l->doc.hash[l->doc.term[s->first + k].id];
        term[k].weight = l->doc.term[s->first + k].weight;
    }
    qsort(term, s->n, sizeof *term, by_hash);
    *out = (digest_sentence){.text = {r->text.p + s->beg, s->end - s->beg},
                             .id = r->id,
                             .term = term,
                             .nterm = s->n,
                             .score = (float)l->picker.score[no]};
    return QN_OK;
}

static qn_status find_sentences(qn_ctx *cx, const qn_record *r, struct found *out)
{
    static const summ_about nothing = {{NULL, 0}, {NULL, 0}};
    static const summ_budget budget = {PER_DOCUMENT, 0, 0, 0};
    const struct state *s = cx->state;
    struct local *l = cx->local;
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    uint32_t n = 0, i;
    if (!sents->n) return QN_OK;
    if (!make_hints(cx, l, r) || summ_doc_read(&l->doc, r->text, sents->v, sents->n) != QN_OK ||
        summ_score(&l->picker, &l->doc, r->text, l->hint, &nothing, &s->weights) != QN_OK)
        return QN_E_NOMEM;
    out->v = qn_alloc(r->batch, PER_DOCUMENT * sizeof *out->v);
    if (!out->v) return QN_E_NOMEM;
    for (i = 0; i < l->doc.nsent; i++)
        if (l->picker.score[i] < SUMM_NO_CANDIDATE) l->picker.score[i] = 10 * SUMM_NO_CANDIDATE;
    summ_choose(&l->picker, &l->doc, r->text, s->weights.mmr, &budget, &n);
    for (i = 0; i < n; i++) {
        if (l->picker.score[l->picker.chosen[i]] < SUMM_NO_CANDIDATE) break;
        if (take_sentence(l, r, l->picker.chosen[i], &out->v[out->n]) != QN_OK) return QN_E_NOMEM;
        out->n++;
    }
    return QN_OK;
}

/* The value that groups the record, as text; empty when it has none. */
static qn_str key_of(qn_ctx *cx, const qn_record *r)
{
    const struct options *o = cx->options;
    const qn_meta *m = qn_meta_get(r, (qn_str){o->key, strlen(o->key)});
    qn_str none = {NULL, 0}, number = {NULL, 0};
    qn_jsonw w = {0};
    char *copy;
    if (!m) return none;
    if (m->type == QN_T_STR || m->type == QN_T_JSON) return m->u.str;
    if (m->type == QN_T_REAL)
        qn_jsonw_real(&w, m->u.d);
    else
        qn_jsonw_i64(&w, m->u.i);
    copy = w.no_memory ? NULL : qn_alloc(r->batch, w.n);
    if (copy) memcpy(copy, w.p, w.n);
    if (copy) number = (qn_str){copy, w.n};
    qn_jsonw_free(&w);
    return number;
}

static qn_status digest_process_batch(qn_ctx *cx, qn_batch *b)
{
    struct found *all = qn_alloc(b, (b->n + 1) * sizeof *all);
    uint32_t i;
    if (!all) return no_memory(cx);
    memset(all, 0, (b->n + 1) * sizeof *all);
    for (i = 0; i < b->n; i++) {
        if (!qn_live(b->rec[i])) continue;
        all[i].key = key_of(cx, b->rec[i]);
        if (!all[i].key.n) continue;
        if (find_sentences(cx, b->rec[i], &all[i]) != QN_OK) return no_memory(cx);
        qn_count(cx, 0, 1);
    }
    cx->carry = all;
    return QN_OK;
}

/* ---- a group's summary ------------------------------------------------------------------------
 */

/* {"documents":3,"sentences":[{"id":"a","text":"..."}]} */
static qn_status write_digest(qn_ctx *cx, qn_record *r, qn_str key)
{
    const struct options *o = cx->options;
    struct state *s = cx->state;
    qn_meta m = {.key = QN_STR("digest"), .type = QN_T_JSON};
    uint32_t n = digest_best(s->groups, key, o->mmr, s->best, (uint32_t)o->sentences), i;
    char *copy;
    s->json.n = 0;
    qn_jsonw_lit(&s->json, "{\"documents\":");
    qn_jsonw_u64(&s->json, digest_documents(s->groups, key));
    qn_jsonw_lit(&s->json, ",\"sentences\":[");
    for (i = 0; i < n; i++) {
        if (i) qn_jsonw_lit(&s->json, ",");
        qn_jsonw_lit(&s->json, "{\"id\":");
        qn_jsonw_str(&s->json, s->best[i]->id);
        qn_jsonw_lit(&s->json, ",\"text\":");
        qn_jsonw_str(&s->json, s->best[i]->text);
        qn_jsonw_lit(&s->json, "}");
    }
    qn_jsonw_lit(&s->json, "]}");
    copy = s->json.no_memory ? NULL : qn_alloc(r->batch, s->json.n);
    if (!copy) return no_memory(cx);
    memcpy(copy, s->json.p, s->json.n);
    m.u.str = (qn_str){copy, s->json.n};
    return cx->host->set_meta(cx, r, &m) == QN_OK ? QN_OK : no_memory(cx);
}

static qn_status digest_commit(qn_ctx *cx, qn_batch *b)
{
    struct state *s = cx->state;
    const struct found *all = cx->carry;
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        qn_status st;
        if (!all || !qn_live(b->rec[i]) || !all[i].key.n) continue;
        if (digest_add(s->groups, all[i].key, all[i].v, all[i].n) != QN_OK) return no_memory(cx);
        st = write_digest(cx, b->rec[i], all[i].key);
        if (st != QN_OK) return st;
    }
    return QN_OK;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "digest",
    .version = "1.0",
    .license = "MIT",
    .help = "summarizes the documents that belong together, brought up to date with each one",
    .needs = needs,
    .makes = makes,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = digest_open,
    .close = digest_close,
    .enter = digest_enter,
    .leave = digest_leave,
    .process_batch = digest_process_batch,
    .commit = digest_commit,
};
