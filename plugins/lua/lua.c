/* SPDX-License-Identifier: MIT */
/* plugins/lua/lua.c - a script in Lua as a stage: its function process(doc) is called for each
 * document. Each worker has a Lua of its own. */
#include <quern/plugin.h>

#include <stdio.h>
#include <stdlib.h>

#include "doc.h"
#include "sandbox.h"

struct opts {
    const char *script, *code;
    qn_list args, layers;
    int64_t instructions;
    uint64_t memory;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, script, QN_STRING, .excludes = "code",
              .help = "file of the script, looked up beside the config first"),
    QN_OPTION(struct opts, code, QN_STRING, .help = "the script itself"),
    QN_OPTION(struct opts, args, QN_LIST,
              .help = "\"key=value\" entries of the script's table args: [ \"least=3\" ]"),
    QN_OPTION(struct opts, layers, QN_LIST,
              .help = "layers it may use beside ents, sents, tokens, headings and summary"),
    QN_OPTION(struct opts, instructions, QN_INT, .def = "100000000", .min = "1000",
              .max = "1000000000000", .help = "how many of Lua's instructions a document may take"),
    QN_OPTION(struct opts, memory, QN_SIZE, .def = "256MiB", .min = "1MiB",
              .help = "how much memory the script may use, for each worker"),
    {0}};

static const char *const needs[] = {"text",      "ents?",    "sents?", "tokens?",
                                    "headings?", "summary?", "meta",   NULL};
static const char *const makes[] = {"text", "ents", "sents", "tokens", "meta", NULL};
static const char *const names[] = {"lua", NULL};
static const struct {
    const char *name;
    int alone;
} known[] = {{"ents", 1}, {"sents", 1}, {"tokens", 1}, {"headings", 0}, {"summary", 1}};
enum { KNOWN = sizeof known / sizeof *known };

struct state {
    qn_str chunk;
    char name[256];
    lua_layers layers;
};

struct local {
    lua_box box;
    lua_doc doc;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status find_layers(qn_ctx *cx, lua_layers *l)
{
    const struct opts *o = cx->options;
    size_t i;
    for (i = 0; i < KNOWN + o->layers.n; i++) {
        const char *name = i < KNOWN ? known[i].name : o->layers.v[i - KNOWN];
        if (i == LUA_LAYERS)
            return cx->host->fail_option(cx, "layers", "more than %d layers", LUA_LAYERS - KNOWN);
        l->name[i] = name;
        l->alone[i] = i < KNOWN && known[i].alone;
        l->id[i] = cx->host->layer(cx, name);
        if (!l->id[i]) return cx->host->fail_option(cx, "layers", "too many layers in this run");
    }
    l->n = i;
    return QN_OK;
}

static qn_status find_script(qn_ctx *cx, struct state *s)
{
    const struct opts *o = cx->options;
    if (o->code) {
        s->chunk = (qn_str){o->code, strlen(o->code)};
        snprintf(s->name, sizeof s->name, "=code");
        return QN_OK;
    }
    if (!o->script)
        return cx->host->fail(cx, QN_E_CONFIG,
                              "give the script's file (script) or its text (code)");
    snprintf(s->name, sizeof s->name, "@%s", o->script);
    return cx->host->open_data(cx, o->script, &s->chunk);
}

/* A Lua with the script in it. */
static int open_box(qn_ctx *cx, lua_box *b, char *why, size_t nwhy)
{
    const struct opts *o = cx->options;
    const struct state *s = cx->state;
    return lua_box_open(b, s->chunk, s->name, o->args.v, o->args.n, (size_t)o->memory,
                        o->instructions, why, nwhy);
}

/* What is wrong with the script is found here, before the run. */
static qn_status lua_stage_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    lua_box b = {NULL, 0, 0, 0};
    char why[512];
    qn_status st;
    int ok;
    cx->state = s;
    if (!s) return no_memory(cx);
    st = find_layers(cx, &s->layers);
    if (st == QN_OK) st = find_script(cx, s);
    if (st != QN_OK) return st;
    ok = open_box(cx, &b, why, sizeof why);
    lua_box_close(&b);
    return ok ? QN_OK : cx->host->fail_option(cx, o->code ? "code" : "script", "%s", why);
}

static void lua_stage_close(qn_ctx *cx)
{
    free(cx->state);
}

static qn_status lua_stage_enter(qn_ctx *cx)
{
    const struct state *s = cx->state;
    struct local *l = calloc(1, sizeof *l);
    char why[512];
    cx->local = l;
    if (!l) return no_memory(cx);
    l->doc.layers = &s->layers;
    l->doc.rule = cx->names[0];
    if (open_box(cx, &l->box, why, sizeof why)) return QN_OK;
    return cx->host->fail(cx, QN_E_CONFIG, "%s", why);
}

static void lua_stage_leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (l) lua_box_close(&l->box);
    free(l);
}

static void call_process(lua_State *L, void *arg)
{
    lua_doc *d = arg;
    lua_getglobal(L, "process");
    lua_doc_push(L, d);
    lua_call(L, 1, 0);
    if (qn_live(d->r)) lua_doc_settle(L, d);
}

static qn_status lua_stage_process(qn_ctx *cx, qn_record *r)
{
    const struct opts *o = cx->options;
    struct local *l = cx->local;
    char why[512];
    int ok;
    l->doc.cx = cx;
    l->doc.r = r;
    l->doc.st = QN_OK;
    l->doc.open = 0;
    ok = lua_box_call(&l->box, call_process, &l->doc, o->instructions, why, sizeof why);
    l->doc.r = NULL;
    if (l->doc.st == QN_E_NOMEM) return no_memory(cx);
    return ok ? QN_OK : cx->host->fail(cx, QN_E_DATA, "%s", why);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "lua",
    .version = "1.0",
    .license = "MIT",
    .help = "a script in Lua as a stage, which can compute and nothing else",
    .needs = needs,
    .makes = makes,
    .names = names,
    QN_OPTIONS(options, struct opts),
    .open = lua_stage_open,
    .close = lua_stage_close,
    .enter = lua_stage_enter,
    .leave = lua_stage_leave,
    .process = lua_stage_process,
};
