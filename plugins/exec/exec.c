/* SPDX-License-Identifier: MIT */
/* plugins/exec/exec.c - any program as a stage: records go to it as JSON lines and its answers come
 * back, many under way at once. Each worker runs a program of its own. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "answer.h"
#include "child.h"

struct opts {
    qn_list command, send;
    double deadline;
    int64_t restarts;
    uint64_t max_answer;
    int offsets;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, command, QN_LIST, .required = 1,
              .help = "the program and its arguments: [ \"python3\", \"upper.py\" ]"),
    QN_OPTION(struct opts, send, QN_LIST, .def = "meta", .choices = "ents|sents|tokens|meta",
              .help = "what it is sent beside id and text"),
    QN_OPTION(struct opts, deadline, QN_TIME, .def = "30s", .min = "0.01",
              .help =
                  "how long it may take for one answer; then it is ended, the record fails, and "
                  "it is started again"),
    QN_OPTION(struct opts, restarts, QN_INT, .def = "10", .min = "0", .max = "1000000",
              .help = "how often it is started again, by each worker; then the run ends"),
    QN_OPTION(struct opts, max_answer, QN_SIZE, .def = "64MiB", .min = "1KiB",
              .help = "longest answer"),
    QN_OPTION(struct opts, offsets, QN_ENUM, .def = "codepoint", .choices = "codepoint|byte",
              .help = "unit of start and end, both ways"),
    {0}};

static const char *const needs[] = {"text", "ents?", "sents?", "tokens?", "meta", NULL};
static const char *const makes[] = {"text", "ents", "sents", "tokens", "meta", NULL};
static const char *const names[] = {"exec", NULL};
static const qn_counter_decl counters[] = {{"answers", "lines the programs answered"},
                                           {"restarts", "programs started again"},
                                           {NULL, NULL}};
enum { COUNT_ANSWERS, COUNT_RESTARTS };

struct state {
    exec_form form;
    char **argv;
};

struct local {
    exec_child child;
    qn_jsonw out;
    char *answered;
    uint32_t cap;
    int64_t restarts;
};

/* ---- life -------------------------------------------------------------------------------------
 */

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static int listed(const qn_list *l, const char *word)
{
    size_t i;
    for (i = 0; i < l->n; i++)
        if (strcmp(l->v[i], word) == 0) return 1;
    return 0;
}

static qn_status exec_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    size_t i;
    cx->state = s;
    if (!s) return no_memory(cx);
    if (!o->command.n || !o->command.v[0][0])
        return cx->host->fail_option(cx, "command", "names no program");
    s->argv = calloc(o->command.n + 1, sizeof *s->argv);
    if (!s->argv) return no_memory(cx);
    for (i = 0; i < o->command.n; i++)
        s->argv[i] = (char *)(uintptr_t)o->command.v[i];
    for (i = 0; i < EXEC_LAYERS; i++) {
        s->form.layer[i] = cx->needs[1 + i];
        s->form.make[i] = cx->makes[1 + i];
    }
    s->form.send[EXEC_ENTS] = listed(&o->send, "ents");
    s->form.send[EXEC_SENTS] = listed(&o->send, "sents");
    s->form.send[EXEC_TOKENS] = listed(&o->send, "tokens");
    s->form.meta = listed(&o->send, "meta");
    s->form.bytes = o->offsets;
    s->form.rule = cx->names[0];
    return QN_OK;
}

static void exec_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) free(s->argv);
    free(s);
}

static qn_status exec_enter(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    const struct state *s = cx->state;
    struct local *l = calloc(1, sizeof *l);
    cx->local = l;
    if (!l) return no_memory(cx);
    l->child.most = (size_t)o->max_answer;
    if (exec_child_start(&l->child, s->argv)) return QN_OK;
    return cx->host->fail(cx, QN_E_IO, "%s", l->child.why);
}

static void exec_leave(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct local *l = cx->local;
    if (!l) return;
    exec_child_stop(&l->child, cx->host->stopping(cx) ? 0.1 : o->deadline);
    exec_child_free(&l->child);
    qn_jsonw_free(&l->out);
    free(l->answered);
    free(l);
}

/* ---- a batch ----------------------------------------------------------------------------------
 */

static int make_room(struct local *l, uint32_t n)
{
    if (n <= l->cap) return 1;
    free(l->answered);
    l->answered = malloc(n);
    l->cap = l->answered ? n : 0;
    return l->cap != 0;
}

/* The first record that is still to be answered; n when there is none. */
static uint32_t first_open(const struct local *l, const qn_batch *b)
{
    uint32_t i = 0;
    while (i < b->n && l->answered[i])
        i++;
    return i;
}

/* Questions of all records still open, in order. */
static qn_status ask(qn_ctx *cx, qn_batch *b)
{
    const struct state *s = cx->state;
    struct local *l = cx->local;
    uint32_t i;
    l->out.n = 0;
    for (i = 0; i < b->n; i++)
        if (!l->answered[i]) exec_question(&l->out, cx, &s->form, b->rec[i], i);
    return l->out.no_memory ? no_memory(cx) : QN_OK;
}

/* An answer belongs to the record it names, else to the first that is open. */
static qn_status take_answer(qn_ctx *cx, qn_batch *b, qn_str line)
{
    const struct state *s = cx->state;
    struct local *l = cx->local;
    char why[512];
    long i;
    qn_status st = QN_OK;
    if (!exec_answer_number(line, &i, why, sizeof why)) {
        i = (long)first_open(l, b);
        st = QN_E_DATA;
    } else if (i < 0) {
        i = (long)first_open(l, b);
    } else if ((uint32_t)i >= b->n || l->answered[i]) {
        return cx->host->fail(
            cx, QN_E_DATA, "the program answered number %ld, which it was not asked, or twice", i);
    }
    if (st == QN_OK) st = exec_answer(cx, &s->form, b->rec[i], line, why, sizeof why);
    if (st == QN_E_NOMEM) return no_memory(cx);
    if (st != QN_OK)
        cx->host->fail_record(cx, b->rec[i], QN_E_DATA, "the program's answer: %s", why);
    l->answered[i] = 1;
    qn_count(cx, COUNT_ANSWERS, 1);
    return QN_OK;
}

/* The program has ended or is too slow: the record it had before it fails, the others are asked
 * again. */
static qn_status start_again(qn_ctx *cx, qn_batch *b, exec_event event)
{
    const struct opts *o = cx->options;
    const struct state *s = cx->state;
    struct local *l = cx->local;
    uint32_t i = first_open(l, b);
    exec_child_kill(&l->child);
    if (event == EXEC_LATE)
        cx->host->fail_record(cx, b->rec[i], QN_E_DATA, "no answer within %g seconds", o->deadline);
    else
        cx->host->fail_record(cx, b->rec[i], QN_E_DATA, "no answer: %s", l->child.why);
    l->answered[i] = 1;
    if (++l->restarts > o->restarts)
        return cx->host->fail(
            cx, QN_E_DATA, "the program was started again %lld times (restarts); at last: %s",
            (long long)o->restarts, event == EXEC_LATE ? "no answer in time" : l->child.why);
    qn_count(cx, COUNT_RESTARTS, 1);
    if (!exec_child_start(&l->child, s->argv))
        return cx->host->fail(cx, QN_E_IO, "%s", l->child.why);
    return ask(cx, b);
}

static qn_status talk(qn_ctx *cx, qn_batch *b)
{
    const struct opts *o = cx->options;
    struct local *l = cx->local;
    size_t sent = 0;
    qn_status st = ask(cx, b);
    while (st == QN_OK && first_open(l, b) < b->n) {
        exec_event e = exec_child_talk(&l->child, (qn_str){l->out.p, l->out.n}, &sent, o->deadline);
        qn_str line;
        if (cx->host->stopping(cx)) return QN_E_CANCELLED;
        if (e == EXEC_BROKEN) return cx->host->fail(cx, QN_E_IO, "%s", l->child.why);
        if (e == EXEC_LINE) {
            while (st == QN_OK && first_open(l, b) < b->n && exec_child_line(&l->child, &line))
                st = take_answer(cx, b, line);
        } else {
            st = start_again(cx, b, e);
            sent = 0;
        }
    }
    return st;
}

static qn_status exec_process_batch(qn_ctx *cx, qn_batch *b)
{
    struct local *l = cx->local;
    uint32_t i;
    if (!make_room(l, b->n)) return no_memory(cx);
    for (i = 0; i < b->n; i++)
        l->answered[i] = !qn_live(b->rec[i]);
    return first_open(l, b) < b->n ? talk(cx, b) : QN_OK;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "exec",
    .version = "1.0",
    .license = "MIT",
    .help = "any program as a stage: JSON lines in, JSON lines out",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct opts),
    .open = exec_open,
    .close = exec_close,
    .enter = exec_enter,
    .leave = exec_leave,
    .process_batch = exec_process_batch,
};
