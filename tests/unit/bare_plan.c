/* SPDX-License-Identifier: MIT */
/* tests/unit/bare_plan.c - see bare_plan.h. */
#include "unit/bare_plan.h"

#include <stdlib.h>

#include "wire.h"

int bare_plan(qn_plan *plan, const qn_module *module, unsigned n, qn_log *log)
{
    unsigned i;
    memset(plan, 0, sizeof *plan);
    plan->session = qn_session_new(log, NULL);
    plan->stage = calloc(n, sizeof *plan->stage);
    plan->nstage = n;
    plan->run.workers = 1;
    plan->run.batch_records = 64;
    if (!plan->session || !plan->stage) return -1;
    for (i = 0; i < n; i++) {
        qn_stage *s = &plan->stage[i];
        s->module = &module[i];
        s->plugin = &module[i].plugin;
        s->id = s->plugin->name;
        s->index = i;
        s->session = plan->session;
        if (qn_wire_words(s) != QN_OK) return -1;
    }
    return qn_wire_steps(plan) == QN_OK ? 0 : -1;
}

void bare_plan_free(qn_plan *plan)
{
    unsigned i;
    for (i = 0; i < plan->nstage; i++) {
        free(plan->stage[i].needs);
        free(plan->stage[i].makes);
        free(plan->stage[i].names);
        free(plan->stage[i].failure);
        free(plan->stage[i].failure_option);
    }
    qn_log_free(plan->session->log);
    qn_session_free(plan->session);
    free(plan->stage);
    free(plan->step);
}
