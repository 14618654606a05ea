/* SPDX-License-Identifier: MIT */
/* plugins/sentences/sentences.c - the stage: reads its options, cuts each record's text and writes
 * the layer "sents". English is decided by the model, other languages by rules. */
#include "decide.h"
#include "model.h"
#include "split.h"

#include <math.h>
#include <quern/plugin.h>
#include <stdlib.h>

#define LANGUAGES "en|de|es|fr|it|nl|pl|pt|ru|other"

struct opts {
    int language, gaps;
    qn_list abbreviations;
    double bias;
    int confidence;
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
    QN_OPTION(struct opts, confidence, QN_BOOL, .def = "false",
              .help = "note with each sentence how sure its end is"),
    {0}};

enum { COUNT_SENTENCES };
static const qn_counter_decl counters[] = {{"sentences", "sentences found"}, {0}};
static const char *const needs[] = {"text", NULL};
static const char *const makes[] = {"sents", NULL};

/* A stage's settings; read by all workers. */
typedef struct settings {
    sentences_params split;
    int confidence;
} settings;

/* One call of process. */
typedef struct job {
    qn_record *r;
    qn_layer_id layer;
    qn_status status;
    int confidence;
} job;

/* The probability that belongs to the log odds of a cut; ends without a question are certain. */
static uint32_t confidence(int score)
{
    if (score == 0 || score >= DECIDE_SURE) return UINT16_MAX;
    return (uint32_t)lround(UINT16_MAX / (1 + exp(-(double)score / MODEL_SCALE)));
}

static int emit(void *arg, uint32_t beg, uint32_t end, int score)
{
    job *j = arg;
    j->status = qn_add(j->r, j->layer, beg, end, 0);
    if (j->status != QN_OK) return 1;
    if (j->confidence) {
        const qn_layer *l = &j->r->layer[j->layer];
        l->v[l->n - 1].data = confidence(score);
    }
    return 0;
}

static qn_status open_stage(qn_ctx *cx)
{
    static const char *const languages[] = {"en", "de", "es", "fr", "it",
                                            "nl", "pl", "pt", "ru", "other"};
    const struct opts *o = cx->options;
    settings *set = calloc(1, sizeof *set);
    sentences_params *p;
    cx->state = set;
    if (!set) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    set->confidence = o->confidence;
    p = &set->split;
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
    settings *set = cx->state;
    if (set) sentences_free_words(&set->split.lex);
    free(set);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const settings *set = cx->state;
    sentences_params p = set->split;
    job j = {r, cx->makes[0], QN_OK, set->confidence};
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
