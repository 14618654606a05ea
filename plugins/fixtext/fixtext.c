/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/fixtext.c - the plugin around fix.c: options, counters, and edits of the
 * record, so that every repair can be traced to the raw text. */
#include "fix.h"
#include <quern/plugin.h>

#include <stdlib.h>

static const char *const needs[] = {"text", NULL};
/* In the order of enum fixtext_rule, from 1. */
static const char *const names[] = {"mojibake", "entity",    "nfc",  "ligature", "width",
                                    "control",  "invisible", "ansi", "space",    "newline",
                                    "bom",      "quote",     "dash", NULL};
static const qn_counter_decl counters[] = {
    {"mojibake", "pieces of wrongly decoded text repaired"},
    {"entities", "HTML character references resolved"},
    {"nfc", "pieces brought to Unicode normalisation form C"},
    {"ligatures", "ligatures split into letters"},
    {"width", "full-width letters made normal"},
    {"controls", "control characters deleted"},
    {"invisible", "invisible characters deleted"},
    {"ansi", "terminal escapes deleted"},
    {"spaces", "odd spaces made normal, blanks at line ends deleted"},
    {"newlines", "line ends made \\n"},
    {"bom", "byte order marks deleted"},
    {"quotes", "curly quotes made straight"},
    {"dashes", "dashes made hyphens"},
    {NULL, NULL}};

#define SWITCH(member, words)                                                                      \
    QN_OPTION(struct fixtext_options, member, QN_BOOL, .def = "true", .help = words)
static const qn_option options[] = {
    SWITCH(mojibake, "repair UTF-8 that was read as a single-byte charset"),
    QN_OPTION(struct fixtext_options, entities, QN_ENUM, .def = "auto", .choices = "auto|on|off",
              .help = "resolve HTML character references; auto: not in a text with tags"),
    SWITCH(nfc, "compose characters (Unicode normalisation form C)"),
    SWITCH(ligatures, "split typographic ligatures into letters"),
    SWITCH(width, "make full-width letters, digits and Latin punctuation normal"),
    SWITCH(controls, "delete control characters"),
    SWITCH(invisible, "delete invisible characters that mean nothing where they stand"),
    SWITCH(ansi, "delete terminal escape sequences"),
    SWITCH(spaces, "make no-break and other spaces normal; delete blanks at line ends"),
    SWITCH(newlines, "make every kind of line end a line feed"),
    QN_OPTION(struct fixtext_options, quotes, QN_ENUM, .def = "keep", .choices = "keep|ascii",
              .help = "what to do with curly quotes"),
    QN_OPTION(struct fixtext_options, dashes, QN_ENUM, .def = "keep", .choices = "keep|ascii",
              .help = "what to do with dashes"),
    {.name = NULL}};

/* One record's edit in progress. */
struct work {
    qn_ctx *cx;
    qn_record *record;
    qn_edit *edit;
    qn_status status;
};

static int emit(void *arg, uint32_t beg, uint32_t end, const char *with, size_t n,
                enum fixtext_rule rule)
{
    struct work *w = arg;
    char *copy = qn_alloc(w->record->batch, n);
    if (!w->edit && copy) w->edit = w->cx->host->edit_begin(w->cx, w->record);
    if (!copy || !w->edit) {
        w->status = QN_E_NOMEM;
        return 1;
    }
    memcpy(copy, with, n);
    qn_count(w->cx, (qn_counter)(rule - 1), 1);
    w->status = w->cx->host->edit_replace(w->edit, (qn_range){beg, end}, (qn_str){copy, n},
                                          w->cx->names[rule - 1]);
    return w->status != QN_OK;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    struct work w = {cx, r, NULL, QN_OK};
    int rc = fixtext_run(cx->local, cx->options, r->text.p, r->text.n, emit, &w);
    if (rc < 0 && w.status == QN_OK) w.status = QN_E_NOMEM;
    if (w.status == QN_OK && w.edit) w.status = cx->host->edit_end(w.edit);
    if (w.status == QN_E_NOMEM)
        return cx->host->fail(cx, w.status, "out of memory while repairing %zu bytes of text",
                              r->text.n);
    return w.status;
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct fixtext_scratch));
    return cx->local ? QN_OK : cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static void leave(qn_ctx *cx)
{
    if (cx->local) fixtext_scratch_free(cx->local);
    free(cx->local);
    cx->local = NULL;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "fixtext",
    .version = "1.0",
    .license = "MIT",
    .help = "repairs damaged characters: wrong decoding, references, odd spaces and line ends",
    .needs = needs,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct fixtext_options),
    .enter = enter,
    .leave = leave,
    .process = process,
};
