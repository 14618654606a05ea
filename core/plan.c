/* SPDX-License-Identifier: MIT */
/* core/plan.c - see plan.h. Goes on after a mistake as long as what follows still means
 * something, so that one run of `quern check` names them all. */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "host.h"
#include "option.h"
#include "suggest.h"
#include "wire.h"

static const char *const on_error_words[] = {"report", "stop", "skip", "quarantine"};
static const char on_error_choices[] = "report|stop|skip|quarantine";

const qn_option qn_run_option_table[] = {
    QN_OPTION(qn_run_options, workers, QN_INT, .def = "0", .min = "0", .max = "1024",
              .unit = "threads", .help = "threads that work on records; 0: one per core"),
    QN_OPTION(qn_run_options, limit, QN_INT, .def = "0", .min = "0", .unit = "records",
              .help = "read so many and no more; 0: all"),
    QN_OPTION(qn_run_options, batch_records, QN_INT, .def = "64", .min = "1", .max = "65536",
              .unit = "records", .help = "a batch is full at this many records"),
    QN_OPTION(qn_run_options, on_error, QN_ENUM, .def = "report", .choices = on_error_choices,
              .help = "what becomes of records that a stage cannot process"),
    QN_OPTION(qn_run_options, quarantine, QN_STRING, .def = "quarantine.jsonl",
              .help = "file for records in quarantine"),
    QN_OPTION(qn_run_options, dropped, QN_STRING,
              .help = "file for records that stages drop, each with its rule"),
    {.name = NULL},
};

struct making {
    qn_plan *plan;
    const qn_plan_request *req;
    qn_diags *diags;
};

/* ---- folders and options of the run ---------------------------------------------------------- */

static void add_plugin_path(struct making *m)
{
    const qn_node *n = m->plan->config->plugin_path, *e;
    if (!n) return;
    if (n->type == QN_NODE_STRING) qn_loader_add_dir(m->plan->loader, n->u.s, 1);
    for (e = n->first; e; e = e->next) {
        if (e->type == QN_NODE_STRING)
            qn_loader_add_dir(m->plan->loader, e->u.s, 1);
        else
            qn_diag(m->diags, "E0202", &e->value, NULL, NULL,
                    "'plugin_path' holds strings, found %s", qn_node_type_name(e));
    }
}

static int policy(const char *word)
{
    int i;
    for (i = 0; i < 4; i++)
        if (strcmp(word, on_error_words[i]) == 0) return i;
    return -1;
}

/* --on-error WORD or quarantine:FILE */
static void set_on_error(struct making *m, const char *word)
{
    qn_place at = {"--on-error", 0, 0, 0, NULL};
    int k = policy(word);
    if (strncmp(word, "quarantine:", 11) == 0 && word[11]) {
        m->plan->run.quarantine = word + 11;
        k = QN_ON_ERROR_QUARANTINE;
    }
    if (k < 0)
        qn_diag(m->diags, "E0206", &at, NULL, "allowed: report, stop, skip, quarantine:FILE",
                "--on-error cannot be \"%s\"", word);
    else
        m->plan->run.on_error = k;
}

static void read_run_options(struct making *m)
{
    static const qn_option_owner owner = {"the group 'run'", NULL, NULL};
    qn_run_options *run = &m->plan->run;
    qn_options_read(qn_run_option_table, sizeof *qn_run_option_table, m->plan->config->run, run,
                    m->plan->config->pool, &owner, m->diags);
    if (m->req->on_error) set_on_error(m, m->req->on_error);
    if (m->req->dropped) run->dropped = m->req->dropped;
    if (m->req->workers >= 0) run->workers = m->req->workers;
    if (m->req->limit > 0) run->limit = m->req->limit;
}

/* ---- plugins --------------------------------------------------------------------------------- */

static void say_no_plugin(struct making *m, const qn_config_stage *c, const char *why)
{
    int missing = strncmp(why, "not found", 9) == 0;
    char note[96] = "";
    qn_suggest s;
    size_t i, n;
    const qn_module *const *list;
    if (missing && !strchr(c->plugin->u.s, '/')) {
        list = qn_loader_list(m->plan->loader, &n);
        qn_suggest_start(&s, c->plugin->u.s);
        for (i = 0; i < n; i++)
            if (!list[i]->problem) qn_suggest_try(&s, list[i]->plugin.name);
        if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    }
    qn_diag(m->diags, missing ? "E0101" : "E0102", &c->plugin->value, note[0] ? note : NULL, why,
            missing ? "there is no plugin '%s'" : "cannot load plugin '%s'", c->plugin->u.s);
}

static const qn_module *find_module(struct making *m, const qn_config_stage *c)
{
    char why[1024];
    const qn_module *found = qn_loader_find(m->plan->loader, c->plugin->u.s, why, sizeof why);
    if (!found) say_no_plugin(m, c, why);
    return found;
}

/* ---- stages ---------------------------------------------------------------------------------- */

static void read_stage_options(struct making *m, qn_stage *st, const qn_config_stage *c)
{
    static const char *const reserved[] = {"plugin", "id", "on_error", NULL};
    char what[96], show[128];
    qn_option_owner owner = {what, show, reserved};
    snprintf(what, sizeof what, "plugin '%s'", st->plugin->name);
    snprintf(show, sizeof show, "quern plugins show %s", c->plugin->u.s);
    st->options = qn_pool_alloc(m->plan->config->pool, st->plugin->options_size + sizeof(void *));
    if (st->options)
        qn_options_read(st->plugin->options, st->plugin->option_stride, c->node, st->options,
                        m->plan->config->pool, &owner, m->diags);
}

static void read_on_error(struct making *m, qn_stage *st, const qn_config_stage *c)
{
    int k = c->on_error ? policy(c->on_error) : m->plan->run.on_error;
    char note[96] = "";
    qn_suggest s;
    if (k >= 0) {
        st->on_error = (qn_on_error)k;
        return;
    }
    qn_suggest_start(&s, c->on_error);
    for (k = 0; k < 4; k++)
        qn_suggest_try(&s, on_error_words[k]);
    if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    qn_diag(m->diags, "E0206", &qn_node_get(c->node, "on_error")->value, note[0] ? note : NULL,
            "allowed: report, stop, skip, quarantine", "'on_error' cannot be \"%.60s\"",
            c->on_error);
}

static void make_stage(struct making *m, const qn_config_stage *c)
{
    const qn_module *module = find_module(m, c);
    qn_stage *st = &m->plan->stage[m->plan->nstage];
    const size_t errors = qn_diags_errors(m->diags);
    if (!module) return;
    st->module = module;
    st->plugin = &module->plugin;
    st->id = c->id;
    st->index = m->plan->nstage++;
    st->conf = c;
    st->session = m->plan->session;
    read_stage_options(m, st, c);
    read_on_error(m, st, c);
    if (!st->options || qn_wire_words(st) != QN_OK)
        qn_diag(m->diags, "E0103", &c->plugin->value, NULL, NULL, "out of memory");
    st->sound = qn_diags_errors(m->diags) == errors;
}

static const qn_config_stage *conf_of(const qn_stage *st)
{
    return st->conf;
}

static void check_order(struct making *m)
{
    const qn_plan *plan = m->plan;
    const qn_stage *late = NULL;
    unsigned i;
    if (plan->nstage && plan->stage[0].plugin->kind != QN_SOURCE)
        qn_diag(m->diags, "E0302", &conf_of(&plan->stage[0])->plugin->value, NULL,
                "put a source such as { plugin = \"files\"; } first",
                "a pipeline starts with a source; '%s' is none", plan->stage[0].plugin->name);
    for (i = 0; i < plan->nstage; i++) {
        const qn_stage *st = &plan->stage[i];
        if (i > 0 && st->plugin->kind == QN_SOURCE)
            qn_diag(m->diags, "E0302", &conf_of(st)->plugin->value, NULL, NULL,
                    "the source '%s' is not at the start", st->plugin->name);
        if (st->plugin->kind == QN_STAGE && late)
            qn_diag(m->diags, "E0302", &conf_of(st)->plugin->value, NULL, NULL,
                    "'%s' stands behind the sink '%s', which will not see its work",
                    st->plugin->name, late->id);
        if (st->plugin->kind == QN_SINK) late = st;
    }
}

static void check_needs(struct making *m)
{
    unsigned i;
    for (i = 0; i < m->plan->nstage; i++) {
        const qn_stage *st = &m->plan->stage[i];
        char help[200];
        const char *need;
        size_t k = 0;
        while ((need = qn_wire_unmet(m->plan, i, &k, help, sizeof help)) != NULL)
            qn_diag(m->diags, "E0301", &conf_of(st)->plugin->value, NULL, help,
                    "stage '%s' needs '%s', and no earlier stage makes it", st->id, need);
    }
}

/* ---- what the command line puts in ----------------------------------------------------------- */

/* The stage's plugin, or NULL: what is wrong with it is said when the stage is made. */
static const qn_plugin *peek(struct making *m, const qn_config_stage *c)
{
    char why[1024];
    const qn_module *module = qn_loader_find(m->plan->loader, c->plugin->u.s, why, sizeof why);
    return module ? &module->plugin : NULL;
}

/* Puts paths of the command line into a stage's option `path`. */
static void put_path(struct making *m, qn_config_stage *c, const char *const *path, size_t n)
{
    const qn_plugin *p = peek(m, c);
    qn_place at = {"command line", 0, 0, 0, NULL};
    qn_option o;
    if (!p) return;
    if (!qn_option_find(p->options, p->option_stride, "path", &o))
        qn_diag(m->diags, "E0203", &at, NULL, NULL, "'%s' is given, but '%s' has no option 'path'",
                path[0], c->plugin->u.s);
    else if (qn_config_override(m->plan->config, c, "path", path, n, at.file) != QN_OK)
        qn_diag(m->diags, "E0103", &at, NULL, NULL, "out of memory");
}

/* A config without a sink gets one, so that a pipeline can be tried at once. The last sink, or
 * NULL when it cannot be told. */
static qn_config_stage *last_sink(struct making *m)
{
    qn_config *cfg = m->plan->config;
    qn_config_stage *sink = NULL;
    size_t i;
    for (i = 0; i < cfg->nstage; i++) {
        const qn_plugin *p = peek(m, &cfg->stage[i]);
        if (!p) return NULL;
        if (p->kind == QN_SINK) sink = &cfg->stage[i];
    }
    if (sink || cfg->nstage == 0) return sink;
    return qn_config_append(cfg, "jsonl", "added sink") == QN_OK ? &cfg->stage[cfg->nstage - 1]
                                                                 : NULL;
}

/* The place of a stage in the config by its id; `otherwise` without one. -1: there is none, said.
 */
static long stage_number(struct making *m, const char *id, long otherwise)
{
    const qn_config *cfg = m->plan->config;
    qn_place at = {m->req->config, 0, 0, 0, NULL};
    char note[96] = "";
    qn_suggest s;
    size_t i;
    if (!id) return otherwise;
    qn_suggest_start(&s, id);
    for (i = 1; i < cfg->nstage; i++) {
        if (strcmp(cfg->stage[i].id, id) == 0) return (long)i;
        qn_suggest_try(&s, cfg->stage[i].id);
    }
    if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    qn_diag(m->diags, "E0210", &at, note[0] ? note : NULL, NULL, "there is no stage '%.60s'", id);
    return -1;
}

static long last_stage(struct making *m)
{
    const qn_config *cfg = m->plan->config;
    long i = (long)cfg->nstage - 1;
    while (i > 0) {
        const qn_plugin *p = peek(m, &cfg->stage[i]);
        if (!p || p->kind != QN_SINK) break;
        i--;
    }
    return i;
}

/* Leaves files and the part asked for. */
static void cut_out(struct making *m)
{
    qn_config *cfg = m->plan->config;
    long from, to, i, n = 1;
    if (!cfg->nstage || qn_config_append(cfg, "files", "test") != QN_OK) return;
    cfg->stage[0] = cfg->stage[--cfg->nstage];
    from = stage_number(m, m->req->from, 1);
    to = stage_number(m, m->req->to, last_stage(m));
    if (from < 0 || to < 0) return;
    for (i = from; i <= to; i++)
        cfg->stage[n++] = cfg->stage[i];
    cfg->nstage = (size_t)n;
}

static int gives_json(const qn_plugin *p)
{
    return p->kind == QN_SINK && p->extension && p->extension(QN_EXT_JSON);
}

/* The config's sinks away, but for the last that gives JSON. */
static qn_status keep_one_sink(struct making *m)
{
    static const char *const nowhere = "/dev/null";
    qn_config *cfg = m->plan->config;
    qn_config_stage keep = {0};
    size_t i, n = 0;
    for (i = 0; i < cfg->nstage; i++) {
        const qn_plugin *p = peek(m, &cfg->stage[i]);
        if (p && gives_json(p)) keep = cfg->stage[i];
        if (!p || p->kind != QN_SINK) cfg->stage[n++] = cfg->stage[i];
    }
    cfg->nstage = n;
    if (keep.node)
        cfg->stage[cfg->nstage++] = keep;
    else if (qn_config_append(cfg, "jsonl", "the program") != QN_OK)
        return QN_E_NOMEM;
    return qn_config_override(cfg, &cfg->stage[cfg->nstage - 1], "path", &nowhere, 1,
                              "the program");
}

/* The program's source in the place of the config's, or before all stages when it has none. */
static qn_status put_source(struct making *m)
{
    qn_config *cfg = m->plan->config;
    const qn_plugin *first = cfg->nstage ? peek(m, &cfg->stage[0]) : NULL, *ours;
    qn_config_stage source;
    ours = m->req->ends->source;
    if (qn_loader_know(m->plan->loader, ours) != QN_OK ||
        qn_config_append(cfg, ours->name, "the program") != QN_OK)
        return QN_E_NOMEM;
    source = cfg->stage[--cfg->nstage];
    if (!first || first->kind != QN_SOURCE) {
        memmove(cfg->stage + 1, cfg->stage, cfg->nstage * sizeof *cfg->stage);
        cfg->nstage++;
    }
    cfg->stage[0] = source;
    return QN_OK;
}

static void use_ends(struct making *m)
{
    qn_place at = {m->req->config, 0, 0, 0, NULL};
    if ((m->req->ends->source && put_source(m) != QN_OK) || keep_one_sink(m) != QN_OK)
        qn_diag(m->diags, "E0103", &at, NULL, NULL, "out of memory");
}

/* The sink as it was loaded, but for what it does with records. */
static void take_over(struct making *m, qn_stage *sink)
{
    qn_plugin *p = qn_pool_alloc(m->plan->config->pool, sizeof *p);
    if (!p) {
        qn_diag(m->diags, "E0103", &conf_of(sink)->plugin->value, NULL, NULL, "out of memory");
        return;
    }
    *p = *sink->plugin;
    p->enter = NULL;
    p->leave = NULL;
    p->process = NULL;
    p->process_batch = NULL;
    p->finish = NULL;
    p->commit = m->req->ends->take;
    sink->plugin = p;
}

static void apply_request(struct making *m)
{
    qn_config *cfg = m->plan->config;
    qn_config_stage *sink = last_sink(m);
    size_t i;
    for (i = 0; i < m->req->nset; i++)
        qn_config_set(cfg, m->req->set[i], m->diags);
    if (m->req->ninput && cfg->nstage) put_path(m, &cfg->stage[0], m->req->input, m->req->ninput);
    if (m->req->output && sink) put_path(m, sink, &m->req->output, 1);
    if (m->req->ends) use_ends(m);
}

/* ---- opening --------------------------------------------------------------------------------- */

/* The place of an option's value, else of the stage's plugin. */
static const qn_place *place_of(const qn_stage *st, const char *option)
{
    const qn_node *n = option ? qn_node_get(conf_of(st)->node, option) : NULL;
    return n ? &n->value : &conf_of(st)->plugin->value;
}

/* A file that is not there is another matter than options that are wrong. */
static const char *code_of(const qn_stage *st)
{
    int file = st->failure_status == QN_E_IO ||
               (st->failure_option && strcmp(st->failure_option, "path") == 0);
    if (!file || st->plugin->kind == QN_STAGE) return "E0103";
    return st->plugin->kind == QN_SOURCE ? "E0503" : "E0504";
}

static void open_stages(struct making *m)
{
    unsigned i;
    for (i = 0; i < m->plan->nstage; i++) {
        qn_stage *st = &m->plan->stage[i];
        uint64_t count[256] = {0};
        qn_call call;
        qn_status status;
        if (!st->sound || !st->plugin->open) continue;
        qn_call_init(&call, st, 0, NULL, st->ncount <= 256 ? count : NULL);
        status = st->plugin->open(&call.ctx);
        st->state = call.ctx.state;
        st->opened = 1;
        if (status != QN_OK)
            qn_diag(m->diags, code_of(st), place_of(st, st->failure_option), NULL, NULL, "%s: %s",
                    st->id, st->failure ? st->failure : "the plugin failed and gave no reason");
    }
}

/* Every tap names a stage. */
static void check_taps(struct making *m)
{
    qn_plan *plan = m->plan;
    qn_place at = {"--tap", 0, 0, 0, NULL};
    char note[96] = "";
    qn_suggest s;
    size_t i;
    unsigned k;
    plan->tap = m->req->tap;
    plan->ntap = m->req->ntap;
    for (i = 0; i < plan->ntap; i++) {
        qn_suggest_start(&s, plan->tap[i].stage);
        for (k = 0; k < plan->nstage && strcmp(plan->stage[k].id, plan->tap[i].stage) != 0; k++)
            qn_suggest_try(&s, plan->stage[k].id);
        if (k < plan->nstage) continue;
        if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
        qn_diag(m->diags, "E0210", &at, note[0] ? note : NULL, "stages are named by their ids",
                "there is no stage '%.60s'", plan->tap[i].stage);
    }
}

/* The config, the session and the loader with its folders. */
static int make_ground(struct making *m)
{
    const qn_plan_request *req = m->req;
    qn_plan *plan = m->plan;
    char why[512] = "out of memory";
    qn_place at = {req->config, 0, 0, 0, NULL};
    plan->config = req->text ? qn_config_load_text(req->config, req->text, req->ntext, m->diags)
                             : qn_config_load(req->config, m->diags);
    if (!plan->config) return 0;
    plan->session = qn_session_new(req->log, plan->config->dir);
    plan->loader = plan->session ? qn_loader_new(why, sizeof why) : NULL;
    if (!plan->loader || qn_loader_add_list(plan->loader, req->plugin_path) != QN_OK ||
        (req->data_path && qn_session_data_first(plan->session, req->data_path) != QN_OK)) {
        qn_diag(m->diags, "E0102", &at, NULL, NULL, "%s", why);
        return 0;
    }
    plan->session->dry = req->dry;
    plan->session->guest = req->guest;
    plan->session->owner = req->owner;
    plan->session->wake = req->ends ? req->ends->wake : NULL;
    add_plugin_path(m);
    return qn_loader_add_default_dirs(plan->loader) == QN_OK;
}

static int make(struct making *m)
{
    qn_plan *plan = m->plan;
    size_t i, unread;
    if (!make_ground(m)) return 0;
    if (m->req->part) cut_out(m);
    apply_request(m);
    read_run_options(m);
    unread = qn_diags_errors(m->diags);
    plan->stage = calloc(plan->config->nstage + 1, sizeof *plan->stage);
    for (i = 0; plan->stage && i < plan->config->nstage; i++)
        make_stage(m, &plan->config->stage[i]);
    if (m->req->ends && m->req->ends->take && plan->nstage)
        take_over(m, &plan->stage[plan->nstage - 1]);
    if (plan->nstage == plan->config->nstage) { /* a missing stage would be blamed on others */
        check_order(m);
        check_needs(m);
    }
    check_taps(m);
    /* A dry run of a config that could be read names what is wrong with the other stages, too. */
    if (unread || (qn_diags_errors(m->diags) && !m->req->dry)) return 0;
    open_stages(m);
    return !qn_diags_errors(m->diags) && plan->stage && qn_wire_steps(plan) == QN_OK;
}

qn_plan *qn_plan_new(const qn_plan_request *req, qn_diags *diags)
{
    struct making m = {calloc(1, sizeof(qn_plan)), req, diags};
    qn_place at = {req->config, 0, 0, 0, NULL};
    if (m.plan && make(&m)) return m.plan;
    if (!qn_diags_errors(diags)) qn_diag(diags, "E0103", &at, NULL, NULL, "out of memory");
    qn_plan_free(m.plan);
    return NULL;
}

static void close_stage(qn_stage *st)
{
    qn_call call;
    if (st->opened && st->plugin->close) {
        qn_call_init(&call, st, 0, NULL, NULL);
        st->plugin->close(&call.ctx);
    }
    free(st->needs);
    free(st->makes);
    free(st->names);
    free(st->failure);
    free(st->failure_option);
}

void qn_plan_free(qn_plan *plan)
{
    unsigned i;
    if (!plan) return;
    for (i = 0; i < plan->nstage; i++)
        close_stage(&plan->stage[i]);
    qn_session_free(plan->session);
    qn_loader_free(plan->loader);
    qn_config_free(plan->config);
    free(plan->stage);
    free(plan->step);
    free(plan);
}
