/* SPDX-License-Identifier: MIT */
/* plugins/brat/brat.c - the sink that writes a folder for the annotation tool brat: NAME.txt and
 * NAME.ann for each document, the types that occur in annotation.conf, and in ids.tsv which name
 * stands for which id. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "ann.h"
#include "folder.h"
#include "sink/view.h"

struct opts {
    const char *path;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, path, QN_STRING, .required = 1,
              .help = "folder to write; it must not be there yet, or be empty"),
    {0}};

static const char *const needs[] = {"text", "ents?", "values?", "links?", "chains?", NULL};
enum { TEXT, ENTS, VALUES, LINKS, CHAINS };

struct state {
    brat_folder *folder;
    brat_ann ann;
    qn_jsonw lines, ids;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status brat_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return no_memory(cx);
    cx->state = s;
    s->ann.ents = cx->needs[ENTS];
    s->ann.detail[SINK_VALUES] = cx->needs[VALUES];
    s->ann.detail[SINK_LINKS] = cx->needs[LINKS];
    s->ann.detail[SINK_CHAINS] = cx->needs[CHAINS];
    s->folder = brat_folder_new(cx, o->path);
    return s->folder ? QN_OK : QN_E_CONFIG;
}

static void brat_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (!s) return;
    brat_folder_free(s->folder);
    brat_ann_free(&s->ann);
    qn_jsonw_free(&s->lines);
    qn_jsonw_free(&s->ids);
    free(s);
}

static qn_status write_record(qn_ctx *cx, const qn_record *r)
{
    struct state *s = cx->state;
    const char *name = brat_folder_name(s->folder, r->id);
    qn_status st;
    if (!name) return no_memory(cx);
    s->lines.n = 0;
    if (brat_ann_put(&s->ann, cx, r, &s->lines) != QN_OK) return no_memory(cx);
    qn_jsonw_raw(&s->ids, (qn_str){name, strlen(name)});
    qn_jsonw_lit(&s->ids, "\t");
    sink_put_word(&s->ids, r->id);
    qn_jsonw_lit(&s->ids, "\n");
    if (s->ids.no_memory) return no_memory(cx);
    st = brat_folder_put(s->folder, cx, name, ".txt", r->text);
    if (st != QN_OK) return st;
    return brat_folder_put(s->folder, cx, name, ".ann", (qn_str){s->lines.p, s->lines.n});
}

static qn_status brat_commit(qn_ctx *cx, qn_batch *b)
{
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        qn_status st = qn_live(b->rec[i]) ? write_record(cx, b->rec[i]) : QN_OK;
        if (st != QN_OK) return st;
    }
    return QN_OK;
}

/* ---- annotation.conf ------------------------------------------------------------------------- */

static int by_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the types that were written, sorted, each once, a line each. */
static int put_types(qn_ctx *cx, const uint8_t *seen, qn_jsonw *out)
{
    char **type = calloc(65536, sizeof *type);
    size_t n = 0, i;
    int ok = type != NULL;
    uint32_t label;
    for (label = 0; ok && seen && label < 65536; label++) {
        qn_jsonw word = {0};
        if (!seen[label]) continue;
        brat_put_type(&word, cx->host->name_text(cx, (qn_name)label));
        qn_jsonw_lit(&word, "\0");
        ok = !word.no_memory;
        if (ok) type[n++] = word.p;
    }
    if (n) qsort(type, n, sizeof *type, by_words);
    for (i = 0; i < n; i++)
        if (i == 0 || strcmp(type[i - 1], type[i]) != 0) {
            qn_jsonw_raw(out, (qn_str){type[i], strlen(type[i])});
            qn_jsonw_lit(out, "\n");
        }
    for (i = 0; i < n; i++)
        free(type[i]);
    free(type);
    return ok && !out->no_memory;
}

static int put_config(qn_ctx *cx, const uint8_t *seen, qn_jsonw *out)
{
    int i;
    qn_jsonw_lit(out, "[entities]\n");
    if (!put_types(cx, seen, out)) return 0;
    qn_jsonw_lit(out, "[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
                      "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n"
                      "[events]\n[attributes]\nFoundBy\tArg:<ENTITY>, Value:");
    for (i = 1; i < BRAT_FINDERS; i++) {
        if (i > 1) qn_jsonw_lit(out, "|");
        qn_jsonw_raw(out, (qn_str){brat_finder[i], strlen(brat_finder[i])});
    }
    qn_jsonw_lit(out, "\n");
    return !out->no_memory;
}

static qn_status brat_finish(qn_ctx *cx)
{
    struct state *s = cx->state;
    qn_status st;
    s->lines.n = 0;
    if (!put_config(cx, s->ann.seen, &s->lines)) return no_memory(cx);
    st = brat_folder_put(s->folder, cx, "annotation", ".conf", (qn_str){s->lines.p, s->lines.n});
    if (st == QN_OK)
        st = brat_folder_put(s->folder, cx, "ids", ".tsv", (qn_str){s->ids.p, s->ids.n});
    return st == QN_OK ? brat_folder_keep(s->folder, cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,        .kind = QN_SINK,
    .name = "brat",        .version = "1.0",
    .license = "MIT",      .help = "writes a folder of texts and standoff annotations for brat",
    .needs = needs,        QN_OPTIONS(options, struct opts),
    .open = brat_open,     .close = brat_close,
    .commit = brat_commit, .finish = brat_finish,
};
