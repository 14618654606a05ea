/* SPDX-License-Identifier: MIT */
/* core/wire.c - see wire.h. */
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>

/* Words of needs and makes that are not layers. */
static int is_layer(const char *word)
{
    return strcmp(word, "text") != 0 && strcmp(word, "bytes") != 0 && strcmp(word, "meta") != 0;
}

static size_t count_words(const char *const *list)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

/* Length of a need without its "?" (optional). */
static size_t word_length(const char *word)
{
    size_t n = strlen(word);
    return n && word[n - 1] == '?' ? n - 1 : n;
}

static qn_layer_id *layer_numbers(qn_stage *st, const char *const *list, int make)
{
    size_t i, n = count_words(list);
    qn_layer_id *id = calloc(n + 1, sizeof *id);
    for (i = 0; id && i < n; i++) {
        qn_str word = {list[i], word_length(list[i])};
        if (is_layer(list[i]))
            id[i] = make ? qn_names_get(st->session->layers, word)
                         : qn_names_find(st->session->layers, word);
    }
    return id;
}

qn_status qn_wire_words(qn_stage *st)
{
    const qn_plugin *p = st->plugin;
    size_t i, n = count_words(p->names);
    st->needs = layer_numbers(st, p->needs, 0);
    st->makes = layer_numbers(st, p->makes, 1);
    st->names = calloc(n + 1, sizeof *st->names);
    if (!st->needs || !st->makes || !st->names) return QN_E_NOMEM;
    for (i = 0; i < n; i++) {
        qn_str word = {p->names[i], strlen(p->names[i])};
        st->names[i] = qn_names_get(st->session->names, word);
        if (!st->names[i]) return QN_E_NOMEM;
    }
    for (st->ncount = 0; p->counters && p->counters[st->ncount].name; st->ncount++) {
    }
    return QN_OK;
}

/* ---- needs ----------------------------------------------------------------------------------- */

static int in_list(const char *const *list, const char *word, size_t n)
{
    size_t i;
    for (i = 0; list && list[i]; i++)
        if (strlen(list[i]) == n && memcmp(list[i], word, n) == 0) return 1;
    return 0;
}

static int made_before(const qn_plan *plan, unsigned stage, const char *word, size_t n)
{
    unsigned i;
    if (!is_layer(word)) return 1; /* every source makes text and meta */
    for (i = 0; i < stage; i++)
        if (in_list(plan->stage[i].plugin->makes, word, n)) return 1;
    return 0;
}

/* "put a stage that makes 'sents' before it", naming a later stage of this config that does, or
 * the plugins known for it. */
static void advise(const qn_plan *plan, unsigned stage, const char *word, char *help, size_t size)
{
    static const char *const maker[][2] = {
        {"sents", "sentences"},   {"tokens", "tokens"},  {"ents", "tagger"},
        {"summary", "summarize"}, {"junk", "junklines"}, {"headings", "junklines"},
    };
    unsigned i;
    for (i = stage + 1; i < plan->nstage; i++)
        if (in_list(plan->stage[i].plugin->makes, word, strlen(word))) {
            snprintf(help, size, "stage '%s' makes it: move it before this one", plan->stage[i].id);
            return;
        }
    for (i = 0; i < sizeof maker / sizeof *maker; i++)
        if (strcmp(maker[i][0], word) == 0) {
            snprintf(help, size, "add { plugin = \"%s\"; } before it", maker[i][1]);
            return;
        }
    snprintf(help, size, "add a stage that makes '%s' before it", word);
}

const char *qn_wire_unmet(const qn_plan *plan, unsigned stage, size_t *i, char *help, size_t nhelp)
{
    const char *const *needs = plan->stage[stage].plugin->needs;
    while (needs && needs[*i]) {
        const char *need = needs[(*i)++];
        if (word_length(need) < strlen(need) || made_before(plan, stage, need, strlen(need)))
            continue;
        advise(plan, stage, need, help, nhelp);
        return need;
    }
    return NULL;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void add_step(qn_plan *plan, qn_step_kind kind, unsigned stage)
{
    plan->step[plan->nstep].kind = kind;
    plan->step[plan->nstep].stage = stage;
    plan->nstep++;
}

static int has_process(const qn_plugin *p)
{
    return p->process || p->process_batch;
}

static int wants_bytes(const qn_stage *st)
{
    return in_list(st->plugin->needs, "bytes", 5);
}

/* The sinks at the end of the chain: their commits come after the account of what they could
 * encode. */
static unsigned first_tail_sink(const qn_plan *plan)
{
    unsigned i = plan->nstage;
    while (i > 1 && plan->stage[i - 1].plugin->kind == QN_SINK)
        i--;
    return i;
}

static void add_tap(qn_plan *plan, unsigned stage)
{
    size_t i;
    for (i = 0; i < plan->ntap; i++)
        if (strcmp(plan->tap[i].stage, plan->stage[stage].id) == 0) {
            add_step(plan, QN_STEP_TAP, stage);
            return; /* one step shows it to all taps of the stage */
        }
}

qn_status qn_wire_steps(qn_plan *plan)
{
    unsigned tail = first_tail_sink(plan), i, text = 1;
    plan->step = calloc(3 * (size_t)plan->nstage + 4, sizeof *plan->step);
    if (!plan->step) return QN_E_NOMEM;
    for (i = 1; i < plan->nstage; i++)
        if (wants_bytes(&plan->stage[i])) text = i + 1;
    add_step(plan, QN_STEP_READ, 0);
    if (has_process(plan->stage[0].plugin)) add_step(plan, QN_STEP_PROCESS, 0);
    add_step(plan, QN_STEP_ADOPT, 0);
    add_tap(plan, 0);
    for (i = 1; i < plan->nstage; i++) {
        if (i == text) add_step(plan, QN_STEP_VALIDATE, 0);
        if (has_process(plan->stage[i].plugin)) add_step(plan, QN_STEP_PROCESS, i);
        if (i < tail && plan->stage[i].plugin->commit) add_step(plan, QN_STEP_COMMIT, i);
        add_tap(plan, i);
    }
    add_step(plan, QN_STEP_ACCOUNT, 0);
    for (i = tail; i < plan->nstage; i++)
        add_step(plan, QN_STEP_COMMIT, i);
    return QN_OK;
}
