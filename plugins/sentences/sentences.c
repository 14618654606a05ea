/* SPDX-License-Identifier: MIT */
/* plugins/sentences/sentences.c - the stage: reads its options, cuts each record's text and writes
 * the layer "sents". English is decided by the model, other languages by rules. */
#include "model.h"
#include "split.h"

#include <quern/plugin.h>
#include <stdlib.h>

#define LANGUAGES "en|de|es|fr|it|nl|pl|pt|ru|other"

struct opts {
    int language, gaps;
    qn_list abbreviations;
    double bias;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, language, QN_ENUM, .def = "en", .choices = LANGUAGES,
              .help = "whose abbreviations to know"),
    QN_OPTION(struct opts, gaps, QN_ENUM, .def = "lines", .choices = "off|lines|all",
              .help = "where a sentence may end without a stop: nowhere, at a line end, or at any "
                      "blank; a blank line always ends it"),
    QN_OPTION(struct opts, abbreviations, QN_LIST,
              .help = "further words whose stop ends no sentence unless a word like \"The\" "
                      "follows"),
    QN_OPTION(struct opts, bias, QN_FLOAT, .def = "0", .min = "-10", .max = "10",
              .help = "added to the log odds of every cut: above 0 gives more sentences"),
    {0}};

enum { COUNT_SENTENCES };
static const qn_counter_decl counters[] = {{"sentences", "sentences found"}, {0}};
static const char *const needs[] = {"text", NULL};
static const char *const makes[] = {"sents", NULL};

/* One call of process. */
typedef struct job {
    qn_record *r;
    qn_layer_id layer;
    qn_status status;
} job;

static int emit(void *arg, uint32_t beg, uint32_t end, int score)
{
    job *j = arg;
    (void)score;
    j->status = qn_add(j->r, j->layer, beg, end, 0);
    return j->status != QN_OK;
}

static qn_status open_stage(qn_ctx *cx)
{
    static const char *const languages[] = {"en", "de", "es", "fr", "it",
                                            "nl", "pl", "pt", "ru", "other"};
    const struct opts *o = cx->options;
    sentences_params *p = calloc(1, sizeof *p);
    cx->state = p;
    if (!p) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    if (sentences_language(p, languages[o->language]) != 0)
        return cx->host->fail(cx, QN_E_BUG, "no lexicon for this language is built in");
    p->gaps = o->gaps;
    p->bias = (int)(o->bias * MODEL_SCALE);
    p->emit = emit;
    if (sentences_add_words(&p->lex, o->abbreviations.v, o->abbreviations.n) != 0)
        return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    return QN_OK;
}

static void close_stage(qn_ctx *cx)
{
    sentences_params *p = cx->state;
    if (p) sentences_free_words(&p->lex);
    free(p);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    sentences_params p = *(const sentences_params *)cx->state;
    job j = {r, cx->makes[0], QN_OK};
    uint64_t work = 0;
    p.arg = &j;
    r->layer[j.layer].n = 0;
    if (sentences_split(r->text.p, (uint32_t)r->text.n, &p, &work) != 0)
        return cx->host->fail(cx, j.status, "no memory for the sentences of %zu bytes of text",
                              r->text.n);
    qn_count(cx, COUNT_SENTENCES, r->layer[j.layer].n);
    return QN_OK;
}

const qn_plugin quern_plugin = {QN_PLUGIN_HEAD,       .kind = QN_STAGE,
                                .name = "sentences",  .version = "1.0",
                                .license = "MIT",     .help = "cuts the text into sentences",
                                .needs = needs,       .makes = makes,
                                .counters = counters, QN_OPTIONS(options, struct opts),
                                .open = open_stage,   .close = close_stage,
                                .process = process};
