/* SPDX-License-Identifier: MIT */
/* core/eval/score.c - see score.h. */
#include "eval/score.h"

#include <stdlib.h>

#include "eval/lines.h"

static const char *const figure_name[EVAL_FIGURES] = {
    "entities", "sentences", "boundaries", "tokens",     "dropped lines",
    "ROUGE-1",  "ROUGE-2",   "ROUGE-L",    "ROUGE-Lsum", "key phrases",
};

/* ---- what there is to score --------------------------------------------------------------------
 */

/* Which figures a file can take part in. */
static void held(const eval_docs *docs, int gold, int *has)
{
    size_t i;
    memset(has, 0, EVAL_FIGURES * sizeof *has);
    for (i = 0; i < docs->n; i++) {
        const eval_doc *d = &docs->v[i];
        int summary = gold ? d->refs.n > 0 || d->summary.n > 0 : d->has_summary, k;
        has[EVAL_F_ENTS] |= d->layer[EVAL_ENTS].given;
        has[EVAL_F_SENTS] |= d->layer[EVAL_SENTS].given;
        has[EVAL_F_TOKENS] |= d->layer[EVAL_TOKENS].given;
        has[EVAL_F_LINES] |= gold ? d->has_lines : 1;
        has[EVAL_F_PHRASES] |= d->keys.given;
        for (k = EVAL_F_ROUGE_1; k <= EVAL_F_ROUGE_LSUM; k++)
            has[k] |= summary;
    }
    has[EVAL_F_BOUNDS] = has[EVAL_F_SENTS];
}

static int make_measures(eval_score *s, const eval_labels *labels)
{
    int of_gold[EVAL_FIGURES], of_pred[EVAL_FIGURES], f;
    unsigned i;
    held(s->gold, 1, of_gold);
    held(s->pred, 0, of_pred);
    for (f = 0; f < EVAL_FIGURES; f++) {
        s->has[f] = of_gold[f] && of_pred[f];
        if (s->has[f] &&
            !eval_measure_make(&s->figure[f], figure_name[f], s->gold->n, f <= EVAL_F_LINES))
            return 0;
    }
    if (!s->has[EVAL_F_ENTS]) return 1;
    s->label = calloc(labels->n + 1, sizeof *s->label);
    if (!s->label) return 0;
    for (s->nlabel = 0, i = 0; i < labels->n; i++, s->nlabel++)
        if (!eval_measure_make(&s->label[i], "", s->gold->n, 1)) return 0;
    return 1;
}

/* ---- a document ---------------------------------------------------------------------------------
 */

struct telling {
    eval_score *score;
    eval_kind kind;
    size_t doc;
};

static void tell(void *arg, eval_fault fault, const eval_key *gold, const eval_key *pred)
{
    struct telling *t = arg;
    eval_score *s = t->score;
    eval_wrong *w;
    if (s->nwrong == s->capwrong) {
        size_t cap = s->capwrong ? s->capwrong * 2 : 256;
        eval_wrong *more = realloc(s->wrong, cap * sizeof *more);
        if (!more) {
            s->no_memory = 1;
            return;
        }
        s->wrong = more;
        s->capwrong = cap;
    }
    w = &s->wrong[s->nwrong++];
    memset(w, 0, sizeof *w);
    w->kind = t->kind;
    w->fault = fault;
    w->doc = t->doc;
    if (gold) w->gold = *gold;
    if (pred) w->pred = *pred;
}

static void score_kind(eval_score *s, size_t doc, eval_kind kind, const eval_doc *pred,
                       const eval_flat *gf, const eval_flat *pf, const eval_way *way,
                       const eval_labels *labels)
{
    static const eval_figure figure[EVAL_KINDS] = {EVAL_F_ENTS, EVAL_F_SENTS, EVAL_F_BOUNDS,
                                                   EVAL_F_TOKENS};
    static const eval_way straight = {NULL, NULL};
    const eval_doc *gold = &s->gold->v[doc];
    struct telling t = {s, kind, doc};
    eval_keys g = {NULL, 0}, p = {NULL, 0};
    int right;
    if (!s->has[figure[kind]]) return;
    if (kind == EVAL_KIND_TOKENS && !gold->layer[EVAL_TOKENS].n) return;
    if (!eval_keys_make(&g, kind, gold, gf, &straight, labels->gold, labels->trim, gf->n) ||
        !eval_keys_make(&p, kind, pred, pf, way, labels->pred, labels->trim, gf->n)) {
        s->no_memory = 1;
    } else {
        right = eval_keys_count(&g, &p, doc, &s->figure[figure[kind]],
                                kind == EVAL_KIND_ENTS ? s->label : NULL, tell, &t);
        s->exact += kind == EVAL_KIND_SENTS && right;
    }
    eval_keys_free(&g);
    eval_keys_free(&p);
}

static void score_spans(eval_score *s, size_t doc, const eval_doc *pred, const eval_labels *labels)
{
    eval_flat gf, pf;
    eval_way way = {NULL, NULL};
    eval_fit fit = EVAL_NOMEM;
    int kind;
    if (!s->has[EVAL_F_ENTS] && !s->has[EVAL_F_SENTS] && !s->has[EVAL_F_TOKENS]) return;
    if (!eval_flat_make(&gf, &s->gold->v[doc])) {
        s->no_memory = 1;
        return;
    }
    if (eval_flat_make(&pf, pred)) {
        fit = eval_way_find(&way, &gf, &pf);
        s->aligned += fit == EVAL_ALIGNED && pred->id.n;
        if (fit == EVAL_APART) {
            static const eval_doc nothing;
            s->apart++;
            eval_flat_free(&pf);
            pred = &nothing;
            if (!eval_flat_make(&pf, pred)) fit = EVAL_NOMEM;
        }
    }
    if (fit == EVAL_NOMEM) s->no_memory = 1;
    for (kind = 0; fit != EVAL_NOMEM && kind < EVAL_KINDS; kind++)
        score_kind(s, doc, (eval_kind)kind, pred, &gf, &pf, &way, labels);
    eval_way_free(&way);
    if (fit != EVAL_NOMEM) eval_flat_free(&pf);
    eval_flat_free(&gf);
}

static void score_summary(eval_score *s, size_t doc, const eval_doc *pred)
{
    const eval_doc *gold = &s->gold->v[doc];
    const qn_str *ref = gold->refs.n ? gold->refs.v : &gold->summary;
    uint32_t n = gold->refs.n ? gold->refs.n : gold->summary.n > 0;
    eval_prf out[EVAL_ROUGES];
    int k;
    if (!s->has[EVAL_F_ROUGE_1] || !n) return;
    if (!eval_rouge(pred->summary, ref, n, out)) s->no_memory = 1;
    for (k = 0; k < EVAL_ROUGES; k++)
        s->figure[EVAL_F_ROUGE_1 + k].own[doc] = out[k];
}

static void score_doc(eval_score *s, size_t doc, const eval_doc *pred, const eval_labels *labels)
{
    const eval_doc *gold = &s->gold->v[doc];
    score_spans(s, doc, pred, labels);
    score_summary(s, doc, pred);
    if (s->has[EVAL_F_PHRASES] && gold->keys.n &&
        !eval_phrases(pred->keys.v, pred->keys.n, gold->keys.v, gold->keys.n, EVAL_PHRASE_LIMIT,
                      &s->figure[EVAL_F_PHRASES].own[doc]))
        s->no_memory = 1;
    if (s->has[EVAL_F_LINES] && gold->has_lines &&
        !eval_lines(gold, pred->text, &s->figure[EVAL_F_LINES].count[doc]))
        s->no_memory = 1;
}

qn_status eval_score_make(eval_score *s, const eval_docs *gold, const eval_docs *pred, int by_order,
                          const eval_labels *labels)
{
    size_t i;
    memset(s, 0, sizeof *s);
    s->gold = gold;
    s->pred = pred;
    s->no_memory = !make_measures(s, labels);
    for (i = 0; i < gold->n && !s->no_memory; i++) {
        const eval_doc *p =
            by_order ? (i < pred->n ? &pred->v[i] : NULL) : eval_doc_find(pred, gold->v[i].id);
        eval_doc none;
        if (!p) {
            memset(&none, 0, sizeof none);
            none.text.p = none.summary.p = "";
            s->missing++;
            p = &none;
        }
        score_doc(s, i, p, labels);
    }
    return s->no_memory ? QN_E_NOMEM : QN_OK;
}

void eval_score_free(eval_score *s)
{
    unsigned i;
    int f;
    for (f = 0; f < EVAL_FIGURES; f++)
        eval_measure_free(&s->figure[f]);
    for (i = 0; s->label && i < s->nlabel; i++)
        eval_measure_free(&s->label[i]);
    free(s->label);
    free(s->wrong);
    memset(s, 0, sizeof *s);
}
