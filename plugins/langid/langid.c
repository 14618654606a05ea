/* SPDX-License-Identifier: MIT */
/* plugins/langid/langid.c - the plugin: writes a document's language to the metadata, and leaves
 * out documents in other languages than those accepted. */
#include "identify.h"
#include <quern/plugin.h>

struct options {
    qn_list accept;
    double min_confidence;
};

static const char *const needs[] = {"text", "meta", NULL};
static const char *const makes[] = {"meta", NULL};
enum { N_OTHER, N_UNSURE };
static const char *const names[] = {"langid-other", "langid-unsure", NULL};
static const qn_counter_decl counters[] = {{"unknown", "documents without a letter"}, {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, accept, QN_LIST,
              .help = "languages (en, de, ...) to keep, others are dropped; none: keep all"),
    QN_OPTION(struct options, min_confidence, QN_FLOAT, .def = "0", .min = "0", .max = "1",
              .help = "drop documents whose language is less sure than this"),
    {.name = NULL}};

static int accepted(const struct options *o, const char *language)
{
    if (!o->accept.n) return 1;
    for (size_t i = 0; language && i < o->accept.n; i++)
        if (strcmp(o->accept.v[i], language) == 0) return 1;
    return 0;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    struct langid_result found = langid_identify(r->text.p, r->text.n);
    qn_meta language = {.key = QN_STR("language"), .type = QN_T_STR};
    qn_meta sure = {.key = QN_STR("confidence"), .type = QN_T_REAL};
    sure.u.d = (double)(int)(found.confidence * 1000 + 0.5) / 1000;
    if (!found.language) {
        qn_count(cx, 0, 1);
    } else {
        language.u.str = (qn_str){found.language, strlen(found.language)};
        if (cx->host->set_meta(cx, r, &language) != QN_OK ||
            cx->host->set_meta(cx, r, &sure) != QN_OK)
            return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    }
    if (!accepted(o, found.language))
        cx->host->drop_record(cx, r, cx->names[N_OTHER]);
    else if (found.confidence < o->min_confidence)
        cx->host->drop_record(cx, r, cx->names[N_UNSURE]);
    return QN_OK;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "langid",
    .version = "1.0",
    .license = "MIT",
    .help = "tells the language of a document",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .process = process,
};
