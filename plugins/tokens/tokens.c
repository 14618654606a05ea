/* SPDX-License-Identifier: MIT */
/* plugins/tokens/tokens.c - the stage: reads its options, cuts each record's text into tokens and
 * writes the layer "tokens". */
#include "tokenize.h"

#include <quern/plugin.h>
#include <stdlib.h>

#define LANGUAGES "en|de|es|fr|it|nl|pl|pt|ru|other"

struct opts {
    int style, language;
    qn_list abbreviations;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, style, QN_ENUM, .def = "ud", .choices = "ud|ptb|spacy",
              .help = "whose conventions to follow: Universal Dependencies (hyphens and slashes "
                      "split), Penn Treebank (kept), or spaCy"),
    QN_OPTION(struct opts, language, QN_ENUM, .def = "en", .choices = LANGUAGES,
              .help = "whose conventions and abbreviations to know"),
    QN_OPTION(struct opts, abbreviations, QN_LIST,
              .help = "further words that keep their stop inside a sentence"),
    {0}};

enum { COUNT_TOKENS };
static const qn_counter_decl counters[] = {{"tokens", "tokens found"}, {0}};
enum { NEED_TEXT, NEED_SENTS };
static const char *const needs[] = {"text", "sents?", NULL};
static const char *const makes[] = {"tokens", NULL};

/* One call of process. */
typedef struct job {
    qn_record *r;
    qn_layer_id layer;
    qn_status status;
} job;

/* Bytes of text for which room is made at first: a token is about five bytes long. */
enum { BYTES_A_TOKEN = 4 };

static int more(tokens_out *o)
{
    job *j = o->arg;
    qn_layer *l = &j->r->layer[j->layer];
    l->n = o->n;
    j->status = qn_layer_reserve(j->r, j->layer, l->n + 64);
    o->v = l->v;
    o->cap = l->cap;
    return j->status != QN_OK;
}

static qn_status open_stage(qn_ctx *cx)
{
    static const char *const languages[] = {"en", "de", "es", "fr", "it",
                                            "nl", "pl", "pt", "ru", "other"};
    const struct opts *o = cx->options;
    tokens_params *p = calloc(1, sizeof *p);
    cx->state = p;
    if (!p) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    p->style = o->style;
    p->abbrev = tokens_find_abbrevs(languages[o->language]);
    if (tokens_add_words(&p->extra, o->abbreviations.v, o->abbreviations.n) != 0)
        return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    return QN_OK;
}

static void close_stage(qn_ctx *cx)
{
    tokens_params *p = cx->state;
    if (p) free(p->extra.key);
    free(p);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    tokens_params p = *(const tokens_params *)cx->state;
    job j = {r, cx->makes[0], QN_OK};
    tokens_out out = {.more = more, .arg = &j};
    qn_layer *l = &r->layer[j.layer];
    p.sents = r->layer[cx->needs[NEED_SENTS]].v;
    p.nsents = r->layer[cx->needs[NEED_SENTS]].n;
    l->n = 0;
    j.status = qn_layer_reserve(r, j.layer, (uint32_t)r->text.n / BYTES_A_TOKEN);
    out.v = l->v;
    out.cap = l->cap;
    if (j.status != QN_OK || tokens_split(r->text.p, (uint32_t)r->text.n, &p, &out) != 0)
        return cx->host->fail(cx, j.status, "no memory for the tokens of %zu bytes of text",
                              r->text.n);
    l->n = out.n;
    qn_count(cx, COUNT_TOKENS, out.n);
    return QN_OK;
}

const qn_plugin quern_plugin = {QN_PLUGIN_HEAD,       .kind = QN_STAGE,
                                .name = "tokens",     .version = "1.0",
                                .license = "MIT",     .help = "cuts the text into words and marks",
                                .needs = needs,       .makes = makes,
                                .counters = counters, QN_OPTIONS(options, struct opts),
                                .open = open_stage,   .close = close_stage,
                                .process = process};
