/* SPDX-License-Identifier: MIT */
/* core/cli/stats.c - see stats.h. */
#include "stats.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "out.h"
#include "text/utf8.h"

/* ---- values -----------------------------------------------------------------------------------
 */

/* Names from files may be any bytes. */
static void put_string(qn_jsonw *w, const char *s)
{
    qn_str v = {s, strlen(s)};
    if (qn_utf8_valid(v.p, v.n) == v.n)
        qn_jsonw_str(w, v);
    else
        qn_jsonw_lit(w, "null");
}

static void put_key(qn_jsonw *w, int *n, const char *key)
{
    if ((*n)++) qn_jsonw_lit(w, ",");
    put_string(w, key);
    qn_jsonw_lit(w, ":");
}

static void put_count(qn_jsonw *w, int *n, const char *key, uint64_t v)
{
    put_key(w, n, key);
    qn_jsonw_u64(w, v);
}

static void put_seconds(qn_jsonw *w, int *n, const char *key, uint64_t ns)
{
    put_key(w, n, key);
    qn_jsonw_real(w, (double)(ns / 1000) / 1e6);
}

/* ---- JSON -------------------------------------------------------------------------------------
 */

static void put_place(qn_jsonw *w, int *n, const qn_stage *st)
{
    const qn_config_stage *c = st->conf;
    if (!c->plugin->value.file || !c->plugin->value.line) return; /* from the command line */
    put_key(w, n, "file");
    put_string(w, c->plugin->value.file);
    put_count(w, n, "line", c->plugin->value.line);
}

static void put_counters(qn_jsonw *w, const qn_plugin *p, const uint64_t *count, unsigned ncount)
{
    unsigned k;
    int n = 0;
    qn_jsonw_lit(w, "{");
    for (k = 0; count && k < ncount; k++)
        put_count(w, &n, p->counters[k].name, count[k]);
    qn_jsonw_lit(w, "}");
}

static void put_drops(qn_jsonw *w, const qn_run_report *rep, unsigned stage)
{
    const qn_drop_count *drop;
    size_t k, ndrop;
    int n = 0;
    qn_jsonw_lit(w, "{");
    if (rep->ledger) {
        drop = qn_ledger_drops(rep->ledger, &ndrop);
        for (k = 0; k < ndrop; k++)
            if (drop[k].stage == stage) put_count(w, &n, drop[k].rule, drop[k].n);
    }
    qn_jsonw_lit(w, "}");
}

static void put_stage(qn_jsonw *w, const qn_plan *plan, const qn_run_report *rep, unsigned i)
{
    const qn_stage *st = &plan->stage[i];
    const qn_stage_report *s = &rep->stage[i];
    int n = 0;
    qn_jsonw_lit(w, "{");
    put_key(w, &n, "id");
    put_string(w, st->id);
    put_key(w, &n, "plugin");
    put_string(w, st->plugin->name);
    put_place(w, &n, st);
    put_count(w, &n, "records", s->records);
    put_count(w, &n, "dropped", s->dropped);
    put_count(w, &n, "failed", s->failed);
    put_seconds(w, &n, "seconds", s->ns);
    put_seconds(w, &n, "serial_seconds", s->serial_ns);
    put_seconds(w, &n, "waited_seconds", s->wait_ns);
    put_key(w, &n, "counters");
    put_counters(w, st->plugin, s->count, st->ncount);
    put_key(w, &n, "drops");
    put_drops(w, rep, i);
    qn_jsonw_lit(w, "}");
}

static void put_totals(qn_jsonw *w, const qn_totals *t)
{
    int n = 0;
    qn_jsonw_lit(w, "{");
    put_count(w, &n, "read", t->read);
    put_count(w, &n, "out", t->out);
    put_count(w, &n, "dropped", t->dropped);
    put_count(w, &n, "failed", t->failed);
    put_count(w, &n, "quarantined", t->quarantined);
    put_count(w, &n, "skipped", t->skipped);
    qn_jsonw_lit(w, "}");
}

static void put_bytes(qn_jsonw *w, const qn_totals *t)
{
    int n = 0;
    qn_jsonw_lit(w, "{");
    put_count(w, &n, "read", t->bytes);
    put_count(w, &n, "kept", t->kept);
    put_count(w, &n, "changed", t->changed);
    put_count(w, &n, "dropped", t->dropped_bytes);
    put_count(w, &n, "failed", t->failed_bytes);
    qn_jsonw_lit(w, "}");
}

/* What each rule changed in the texts that came through. */
static void put_rules(qn_jsonw *w, const qn_plan *plan, const qn_run_report *rep)
{
    const qn_change_count *c = NULL;
    size_t i, nchange = 0;
    int n = 0;
    if (rep->ledger) c = qn_ledger_changes(rep->ledger, &nchange);
    qn_jsonw_lit(w, "[");
    for (i = 0; i < nchange; i++) {
        int m = 0;
        if (!c[i].n) continue;
        if (n++) qn_jsonw_lit(w, ",");
        qn_jsonw_lit(w, "{");
        put_key(w, &m, "rule");
        put_string(w, qn_names_text(plan->session->names, c[i].rule).p);
        put_count(w, &m, "stretches", c[i].n);
        put_count(w, &m, "bytes_before", c[i].raw);
        put_count(w, &m, "bytes_after", c[i].text);
        qn_jsonw_lit(w, "}");
    }
    qn_jsonw_lit(w, "]");
}

void put_stats(qn_jsonw *w, const qn_plan *plan, const qn_run_report *rep, const char *config,
               const char *state)
{
    int n = 0;
    unsigned i;
    qn_jsonw_lit(w, "{");
    put_key(w, &n, "quern");
    put_string(w, QN_VERSION);
    put_key(w, &n, "config");
    put_string(w, config);
    put_key(w, &n, "state");
    put_string(w, state);
    put_count(w, &n, "workers", rep->workers);
    put_seconds(w, &n, "seconds", rep->ns);
    put_seconds(w, &n, "first_seconds", rep->first_ns);
    put_key(w, &n, "records");
    put_totals(w, &rep->totals);
    put_key(w, &n, "bytes");
    put_bytes(w, &rep->totals);
    put_key(w, &n, "stages");
    qn_jsonw_lit(w, "[");
    for (i = 0; i < rep->nstage; i++) {
        if (i) qn_jsonw_lit(w, ",");
        put_stage(w, plan, rep, i);
    }
    qn_jsonw_lit(w, "]");
    put_key(w, &n, "rules");
    put_rules(w, plan, rep);
    if (rep->limit >= 0) {
        put_key(w, &n, "limited_by");
        put_string(w, plan->stage[rep->limit].id);
    }
    qn_jsonw_lit(w, "}");
}

/* ---- Prometheus -------------------------------------------------------------------------------
 */

static void put_word(qn_jsonw *w, const char *s)
{
    qn_jsonw_raw(w, (qn_str){s, strlen(s)});
}

static void put_head(qn_jsonw *w, const char *name, const char *type, const char *help)
{
    put_word(w, "# HELP quern_");
    put_word(w, name);
    put_word(w, " ");
    put_word(w, help);
    put_word(w, "\n# TYPE quern_");
    put_word(w, name);
    put_word(w, " ");
    put_word(w, type);
    put_word(w, "\n");
}

/* The text between quotes of a label: backslash, quote and line end are escaped. */
static void put_label(qn_jsonw *w, const char *key, const char *value)
{
    put_word(w, key);
    put_word(w, "=\"");
    for (; *value; value++) {
        if (*value == '\\' || *value == '"') qn_jsonw_lit(w, "\\");
        if (*value == '\n')
            qn_jsonw_lit(w, "\\n");
        else
            qn_jsonw_raw(w, (qn_str){value, 1});
    }
    put_word(w, "\"");
}

/* quern_NAME{KEY="VALUE",KEY2="VALUE2"} v */
static void put_sample(qn_jsonw *w, const char *name, const char *key, const char *value,
                       const char *key2, const char *value2, double v)
{
    put_word(w, "quern_");
    put_word(w, name);
    if (key && value) {
        put_word(w, "{");
        put_label(w, key, value);
        if (key2 && value2) {
            put_word(w, ",");
            put_label(w, key2, value2);
        }
        put_word(w, "}");
    }
    put_word(w, " ");
    qn_jsonw_real(w, v);
    put_word(w, "\n");
}

static void put_record_metrics(qn_jsonw *w, const qn_totals *t)
{
    const struct {
        const char *state;
        uint64_t n;
    } v[] = {{"read", t->read},
             {"out", t->out},
             {"dropped", t->dropped},
             {"failed", t->failed},
             {"quarantined", t->quarantined}};
    size_t i;
    put_head(w, "records_total", "counter", "Records by what became of them.");
    for (i = 0; i < sizeof v / sizeof *v; i++)
        put_sample(w, "records_total", "state", v[i].state, NULL, NULL, (double)v[i].n);
    put_head(w, "input_bytes_total", "counter", "Bytes of text read.");
    put_sample(w, "input_bytes_total", NULL, NULL, NULL, NULL, (double)t->bytes);
}

static void put_stage_metrics(qn_jsonw *w, const qn_plan *plan, const qn_run_report *rep)
{
    unsigned i, k;
    put_head(w, "stage_records_total", "counter", "Records given to a stage.");
    for (i = 0; i < rep->nstage; i++)
        put_sample(w, "stage_records_total", "stage", plan->stage[i].id, NULL, NULL,
                   (double)rep->stage[i].records);
    put_head(w, "stage_seconds_total", "counter", "Time spent in a stage, over all workers.");
    for (i = 0; i < rep->nstage; i++)
        put_sample(w, "stage_seconds_total", "stage", plan->stage[i].id, NULL, NULL,
                   (double)rep->stage[i].ns / 1e9);
    put_head(w, "stage_waited_seconds_total", "counter", "Time others waited for a stage.");
    for (i = 0; i < rep->nstage; i++)
        put_sample(w, "stage_waited_seconds_total", "stage", plan->stage[i].id, NULL, NULL,
                   (double)rep->stage[i].wait_ns / 1e9);
    put_head(w, "stage_counter_total", "counter", "What a plugin counts itself.");
    for (i = 0; i < rep->nstage; i++)
        for (k = 0; rep->stage[i].count && k < plan->stage[i].ncount; k++)
            put_sample(w, "stage_counter_total", "stage", plan->stage[i].id, "counter",
                       plan->stage[i].plugin->counters[k].name, (double)rep->stage[i].count[k]);
}

void put_metrics(qn_jsonw *w, const qn_plan *plan, const qn_run_report *rep)
{
    put_head(w, "run_seconds", "gauge", "Time since the run began.");
    put_sample(w, "run_seconds", NULL, NULL, NULL, NULL, (double)rep->ns / 1e9);
    put_head(w, "workers", "gauge", "Threads that work on records.");
    put_sample(w, "workers", NULL, NULL, NULL, NULL, rep->workers);
    put_record_metrics(w, &rep->totals);
    put_stage_metrics(w, plan, rep);
}

/* ---- files ------------------------------------------------------------------------------------
 */

int write_file(const char *path, const qn_jsonw *w, char *why, size_t nwhy)
{
    qn_out *out;
    int ok;
    if (w->no_memory) {
        snprintf(why, nwhy, "%s: out of memory", path);
        return 0;
    }
    out = qn_out_open(path, 0, why, nwhy);
    ok = out && qn_out_write(out, (qn_str){w->p, w->n}, why, nwhy) == QN_OK &&
         qn_out_keep(out, why, nwhy) == QN_OK;
    qn_out_free(out);
    return ok;
}
