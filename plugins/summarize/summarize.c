/* SPDX-License-Identifier: MIT */
/* plugins/summarize/summarize.c - the plugin: from the record's layers to terms.c and select.c,
 * and the chosen sentences into the summary layer. */
#include <quern/plugin.h>
#include <stdlib.h>

#include "headline.h"
#include "select.h"
#include "text/json_write.h"
#include "weights.h"

enum mode { MODE_CENTRAL, MODE_LEAD, MODE_HEADLINE };

struct options {
    int mode, language;
    int64_t sentences, words, chars;
    double ratio;
    const char *query, *title_key;
    int reasons;
    double forward, backward, position, first, brief, lengthy, question, quote, pronoun, caption,
        entities, figures, title, relevance, mmr;
};

#define WEIGHT(name, value, text)                                                                  \
    QN_OPTION(struct options, name, QN_FLOAT, .def = value, .min = "-10", .max = "10", .help = text)

static const qn_option options[] = {
    QN_OPTION(struct options, mode, QN_ENUM, .def = "central", .choices = "central|lead|headline",
              .help = "central: by the weights below; lead: the first sentences that are no "
                      "furniture; headline: the best one, cut to its core"),
    QN_OPTION(struct options, language, QN_ENUM, .def = "en", .choices = WORDS_LANGUAGES,
              .help = "whose words of grammar and word forms"),
    QN_OPTION(struct options, sentences, QN_INT, .def = "3", .min = "1", .max = "100000",
              .unit = "sentences", .excludes = "words|chars|ratio",
              .help = "length of the summary"),
    QN_OPTION(struct options, words, QN_INT, .min = "1", .max = "10000000", .unit = "words",
              .excludes = "chars|ratio", .help = "length of the summary, at most"),
    QN_OPTION(struct options, chars, QN_INT, .min = "1", .max = "100000000", .unit = "code points",
              .excludes = "ratio", .help = "length of the summary, at most"),
    QN_OPTION(struct options, ratio, QN_FLOAT, .min = "0.0001", .max = "1",
              .help = "length of the summary as a share of the sentences"),
    QN_OPTION(struct options, query, QN_STRING,
              .help = "what the reader wants to know: sentences with these words count more"),
    QN_OPTION(struct options, title_key, QN_STRING, .def = "title",
              .help = "metadata entry that holds the title; else the first heading is it"),
    QN_OPTION(struct options, reasons, QN_BOOL, .def = "false",
              .help = "write what each chosen sentence scored, and for what, to the metadata entry "
                      "summary_reasons"),
    WEIGHT(forward, W_FORWARD, "weight of likeness to the sentences that follow"),
    WEIGHT(backward, W_BACKWARD, "weight of likeness to the sentences before"),
    WEIGHT(position, W_POSITION, "weight of standing early: 1 over the root of the place"),
    WEIGHT(first, W_FIRST, "weight of being the first"),
    WEIGHT(brief, W_BRIEF, "weight of having fewer than 8 words"),
    WEIGHT(lengthy, W_LENGTHY, "weight of having more than 45 words"),
    WEIGHT(question, W_QUESTION, "weight of being a question"),
    WEIGHT(quote, W_QUOTE, "weight of being a quotation"),
    WEIGHT(pronoun, W_PRONOUN, "weight of opening with a word that points back (He, But, Mr.)"),
    WEIGHT(caption, W_CAPTION, "weight of looking like a caption or a time stamp"),
    WEIGHT(entities, W_ENTITIES, "weight of named entities per word"),
    WEIGHT(figures, W_FIGURES, "weight of figures per word"),
    WEIGHT(title, W_TITLE, "weight of likeness to the title"),
    WEIGHT(relevance, "2.0", "weight of likeness to the query"),
    QN_OPTION(struct options, mmr, QN_FLOAT, .def = W_MMR, .min = "0", .max = "10",
              .help = "how much likeness to a chosen sentence counts against one"),
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
    qn_jsonw json;
};

static qn_status open(qn_ctx *cx)
{
    const struct options *o = cx->options;
    words_language *l = calloc(1, sizeof *l);
    cx->state = l;
    return l ? words_language_open(cx, l, o->language) : QN_E_NOMEM;
}

static void close(qn_ctx *cx)
{
    if (cx->state) words_language_close(cx->state);
    free(cx->state);
}

static qn_status enter(qn_ctx *cx)
{
    struct local *l = calloc(1, sizeof *l);
    cx->local = l;
    if (l) l->doc.language = cx->state;
    return l ? QN_OK : QN_E_NOMEM;
}

static void leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (!l) return;
    summ_doc_free(&l->doc);
    summ_picker_free(&l->picker);
    free(l->hint);
    qn_jsonw_free(&l->json);
    free(l);
}

/* ---- hints ----------------------------------------------------------------------------------- */

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

/* ---- a document ------------------------------------------------------------------------------ */

static summ_weights weights_of(const struct options *o)
{
    summ_weights w = {.feature = {[SUMM_FORWARD] = o->forward,
                                  [SUMM_BACKWARD] = o->backward,
                                  [SUMM_POSITION] = o->position,
                                  [SUMM_FIRST] = o->first,
                                  [SUMM_BRIEF] = o->brief,
                                  [SUMM_LENGTHY] = o->lengthy,
                                  [SUMM_QUESTION] = o->question,
                                  [SUMM_QUOTE] = o->quote,
                                  [SUMM_PRONOUN] = o->pronoun,
                                  [SUMM_CAPTION] = o->caption,
                                  [SUMM_ENTITIES] = o->entities,
                                  [SUMM_FIGURES] = o->figures,
                                  [SUMM_TITLE] = o->title,
                                  [SUMM_RELEVANCE] = o->relevance},
                      .mmr = o->mmr};
    summ_weights lead = {.feature = {[SUMM_POSITION] = 1}};
    return o->mode == MODE_LEAD ? lead : w;
}

static summ_budget budget_of(const struct options *o)
{
    summ_budget b = {(uint32_t)o->sentences, (uint32_t)o->words, (uint32_t)o->chars, o->ratio};
    summ_budget one = {1, 0, 0, 0};
    return o->mode == MODE_HEADLINE ? one : b;
}

/* The title: metadata, or the first heading. */
static summ_about about_of(qn_ctx *cx, const qn_record *r)
{
    const struct options *o = cx->options;
    const qn_layer *headings = &r->layer[cx->needs[HEADINGS]];
    const qn_meta *m = qn_meta_get(r, (qn_str){o->title_key, strlen(o->title_key)});
    summ_about about = {{NULL, 0}, {NULL, 0}};
    if (m && m->type == QN_T_STR)
        about.title = m->u.str;
    else if (headings->n)
        about.title = qn_span_text(r, &headings->v[0]);
    if (o->query) about.query = (qn_str){o->query, strlen(o->query)};
    return about;
}

static int by_place(const void *a, const void *b)
{
    const qn_span *x = a, *y = b;
    return x->beg < y->beg ? -1 : x->beg > y->beg;
}

static qn_status write_summary(qn_ctx *cx, qn_record *r, const uint32_t *chosen, uint32_t n)
{
    enum { HEADLINE_WORDS = 12 };
    const struct options *o = cx->options;
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    qn_layer *out = &r->layer[cx->makes[0]];
    uint32_t i;
    out->n = 0; /* a second summary replaces the first */
    for (i = 0; i < n; i++) {
        qn_range s = {sents->v[chosen[i]].beg, sents->v[chosen[i]].end};
        if (o->mode == MODE_HEADLINE)
            s = summ_headline(r->text, s, o->words ? (uint32_t)o->words : HEADLINE_WORDS);
        if (qn_add(r, cx->makes[0], s.beg, s.end, 0) != QN_OK) return QN_E_NOMEM;
        out->v[i].data = i + 1;
    }
    if (n) qsort(out->v, n, sizeof *out->v, by_place);
    qn_count(cx, 0, n);
    return QN_OK;
}

/* ---- reasons ----------------------------------------------------------------------------------
 */

/* A number with three decimals, the same in every locale. */
static void put_number(qn_jsonw *w, double v)
{
    qn_jsonw_real(w, (double)(int64_t)(v * 1000 + (v < 0 ? -0.5 : 0.5)) / 1000);
}

/* {"sentence":4,"score":1.25,"reasons":{"forward":0.8,...}}; what adds nothing is left out. */
static void put_reasons(const struct local *l, const summ_weights *w, uint32_t sentence,
                        qn_jsonw *out)
{
    int f, n = 0;
    qn_jsonw_lit(out, "{\"sentence\":");
    qn_jsonw_u64(out, sentence);
    qn_jsonw_lit(out, ",\"score\":");
    put_number(out, l->picker.score[sentence] > SUMM_NO_CANDIDATE ? l->picker.score[sentence] : 0);
    qn_jsonw_lit(out, ",\"reasons\":{");
    for (f = 0; f < SUMM_FEATURES; f++) {
        double v = w->feature[f] * l->picker.value[sentence][f];
        if (v > -0.0005 && v < 0.0005) continue;
        if (n++) qn_jsonw_lit(out, ",");
        qn_jsonw_str(out, (qn_str){summ_feature_name[f], strlen(summ_feature_name[f])});
        qn_jsonw_lit(out, ":");
        put_number(out, v);
    }
    qn_jsonw_lit(out, "}}");
}

/* Of the sentences chosen, best first. */
static qn_status write_reasons(qn_ctx *cx, qn_record *r, const summ_weights *w, uint32_t n)
{
    static const qn_str key = QN_STR("summary_reasons");
    struct local *l = cx->local;
    qn_meta m = {.key = key, .type = QN_T_JSON};
    char *copy;
    uint32_t i;
    l->json.n = 0;
    qn_jsonw_lit(&l->json, "[");
    for (i = 0; i < n; i++) {
        if (i) qn_jsonw_lit(&l->json, ",");
        put_reasons(l, w, l->picker.chosen[i], &l->json);
    }
    qn_jsonw_lit(&l->json, "]");
    copy = l->json.no_memory ? NULL : qn_alloc(r->batch, l->json.n);
    if (!copy) return QN_E_NOMEM;
    memcpy(copy, l->json.p, l->json.n);
    m.u.str = (qn_str){copy, l->json.n};
    return cx->host->set_meta(cx, r, &m);
}

/* ---- the plugin -------------------------------------------------------------------------------
 */

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    struct local *l = cx->local;
    const qn_layer *sents = &r->layer[cx->needs[SENTS]];
    summ_weights w = weights_of(o);
    summ_budget b = budget_of(o);
    summ_about about = about_of(cx, r);
    uint32_t n = 0;
    if (clear_hints(l, sents->n) != QN_OK ||
        summ_doc_read(&l->doc, r->text, sents->v, sents->n) != QN_OK)
        return QN_E_NOMEM;
    count_entities(l->hint, sents, &r->layer[cx->needs[ENTS]]);
    exclude(l->hint, sents, &r->layer[cx->needs[HEADINGS]]);
    exclude(l->hint, sents, &r->layer[cx->needs[JUNK]]);
    if (summ_score(&l->picker, &l->doc, r->text, l->hint, &about, &w) != QN_OK) return QN_E_NOMEM;
    if (sents->n) summ_choose(&l->picker, &l->doc, r->text, w.mmr, &b, &n);
    if (write_summary(cx, r, l->picker.chosen, n) != QN_OK) return QN_E_NOMEM;
    return o->reasons ? write_reasons(cx, r, &w, n) : QN_OK;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,       .kind = QN_STAGE,
    .name = "summarize",  .version = "1.0",
    .license = "MIT",     .help = "chooses the sentences that tell a reader in a hurry most",
    .needs = needs,       .makes = makes,
    .counters = counters, QN_OPTIONS(options, struct options),
    .open = open,         .close = close,
    .enter = enter,       .leave = leave,
    .process = process,
};
