/* SPDX-License-Identifier: MIT */
/* plugins/junklines/junklines.c - the plugin: decides line by line, deletes or marks what is
 * furniture, moves byline, credit and time to the metadata and notes the headings. */
#include "model.h"
#include <quern/plugin.h>

#include <stdlib.h>

struct options {
    qn_list rules;
    int model, action, keep_headings, meta;
    double bias;
};
enum { DROP, MARK };
enum { SCRATCH_LINES = 1 << 16 };

static const char *const needs[] = {"text", NULL};
static const char *const makes[] = {"junk", "headings", NULL};
enum { L_JUNK, L_HEADINGS };
static const char *const names[] = {"junk-model", NULL};

/* Counters: all, then one for each class that the shipped rules use. */
static const qn_counter_decl counters[] = {{"lines", "lines dropped or marked"},
                                           {"credit", "agency and photo credits"},
                                           {"caption", "labels of captions"},
                                           {"share", "share, save, menu and button lines"},
                                           {"more", "links to other stories"},
                                           {"newsletter", "newsletter and subscription lines"},
                                           {"app", "app advertising"},
                                           {"cookie", "cookie, privacy and site lines"},
                                           {"advert", "advertising"},
                                           {"copyright", "copyright lines"},
                                           {"byline", "bylines and reporting credits"},
                                           {"time", "time stamps and reading times"},
                                           {"comments", "comment sections"},
                                           {"contact", "contact lines"},
                                           {"note", "editorial notes and disclaimers"},
                                           {"live", "live page furniture"},
                                           {"label", "section labels"},
                                           {"other", "lines of classes of your own rules"},
                                           {"model", "lines that the line model decided"},
                                           {NULL, NULL}};
enum { C_LINES, C_FIRST, C_OTHER = 17, C_MODEL = 18 };

static const qn_option options[] = {
    QN_OPTION(struct options, rules, QN_LIST, .def = "news-en.rules",
              .help = "rule files; later ones add to earlier ones"),
    QN_OPTION(struct options, model, QN_BOOL, .def = "true",
              .help = "let the line model decide what no rule knows"),
    QN_OPTION(struct options, bias, QN_FLOAT, .def = "0", .min = "-20", .max = "20",
              .help = "added to the model's log odds of junk: less than 0 keeps more lines"),
    QN_OPTION(struct options, action, QN_ENUM, .def = "drop", .choices = "drop|mark",
              .help = "delete junk lines, or only mark them in the layer junk"),
    QN_OPTION(struct options, keep_headings, QN_BOOL, .def = "true",
              .help = "never let the model drop a line that looks like a heading"),
    QN_OPTION(struct options, meta, QN_BOOL, .def = "true",
              .help = "copy byline, credit and time to the metadata (byline, credit, published)"),
    {.name = NULL}};

/* Shared by the workers. */
struct state {
    struct junklines_rules *rules;
    qn_name *name;       /* of each class */
    qn_counter *counter; /* of each class */
    int byline, credit, time;
};

/* One record in work. */
struct work {
    qn_ctx *cx;
    qn_record *record;
    struct junklines_doc *doc;
    qn_edit *edit;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status load_rules(qn_ctx *cx, struct state *s)
{
    const struct options *o = cx->options;
    for (size_t i = 0; i < o->rules.n; i++) {
        const char *why = NULL;
        qn_str text;
        qn_status st = cx->host->open_data(cx, o->rules.v[i], &text);
        int line = st == QN_OK ? junklines_rules_add(s->rules, text.p, text.n, &why) : 0;
        if (st != QN_OK) return st;
        if (line < 0) return no_memory(cx);
        if (line > 0)
            return cx->host->fail_option(cx, "rules", "%s:%d: %s", o->rules.v[i], line, why);
    }
    return junklines_rules_ready(s->rules) ? QN_OK : no_memory(cx);
}

static qn_counter counter_of(const char *class)
{
    qn_counter c = C_FIRST;
    while (c < C_OTHER && strcmp(counters[c].name, class) != 0)
        c++;
    return c;
}

static qn_status name_classes(qn_ctx *cx, struct state *s)
{
    unsigned n = junklines_classes(s->rules);
    char word[40] = "junk-";
    s->name = calloc(n + 1, sizeof *s->name);
    s->counter = calloc(n + 1, sizeof *s->counter);
    s->byline = s->credit = s->time = -1;
    if (!s->name || !s->counter) return no_memory(cx);
    for (unsigned i = 0; i < n; i++) {
        const char *class = junklines_class(s->rules, i);
        size_t len = strlen(class);
        memcpy(word + 5, class, len);
        s->name[i] = cx->host->name(cx, (qn_str){word, 5 + len});
        s->counter[i] = counter_of(class);
        if (strcmp(class, "byline") == 0) s->byline = (int)i;
        if (strcmp(class, "credit") == 0) s->credit = (int)i;
        if (strcmp(class, "time") == 0) s->time = (int)i;
        if (!s->name[i])
            return cx->host->fail(cx, QN_E_CONFIG, "no room for the name of the rule class %s",
                                  class);
    }
    return QN_OK;
}

static qn_status open_stage(qn_ctx *cx)
{
    struct state *s = calloc(1, sizeof *s);
    qn_status st;
    cx->state = s;
    if (!s || !(s->rules = junklines_rules_new())) return no_memory(cx);
    st = load_rules(cx, s);
    return st == QN_OK ? name_classes(cx, s) : st;
}

static void close_stage(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (!s) return;
    junklines_rules_free(s->rules);
    free(s->name);
    free(s->counter);
    free(s);
    cx->state = NULL;
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct junklines_doc));
    return cx->local ? QN_OK : no_memory(cx);
}

static void leave(qn_ctx *cx)
{
    if (cx->local) junklines_doc_free(cx->local);
    free(cx->local);
    cx->local = NULL;
}

/* The bytes to delete for line i: all of the line, and the blank lines behind it when there is
 * one before it, so that a paragraph's distance stays what it was. */
static qn_range whole_line(const struct work *w, unsigned i)
{
    const struct junklines_doc *d = w->doc;
    const char *p = w->record->text.p;
    uint32_t beg = d->v[i].beg, end = d->v[i].next;
    while (beg && p[beg - 1] != '\n')
        beg--;
    if ((beg == 0 || (beg > 1 && p[beg - 2] == '\n')) && i + 1 < d->n) {
        uint32_t next = d->v[i + 1].beg;
        while (next > end && p[next - 1] != '\n')
            next--;
        end = next;
    }
    return (qn_range){beg, end};
}

static qn_status drop(struct work *w, unsigned i, qn_name rule)
{
    if (!w->edit && !(w->edit = w->cx->host->edit_begin(w->cx, w->record))) return QN_E_NOMEM;
    return w->cx->host->edit_replace(w->edit, whole_line(w, i), (qn_str){"", 0}, rule);
}

static qn_status put_meta(struct work *w, const char *key, const char *p, size_t n)
{
    qn_record *r = w->record;
    qn_meta m = {.key = {key, strlen(key)}, .type = QN_T_STR};
    char *copy;
    if (!n || n > 300 || qn_meta_get(r, m.key)) return QN_OK;
    copy = qn_alloc(r->batch, n);
    if (!copy) return QN_E_NOMEM;
    memcpy(copy, p, n);
    m.u.str = (qn_str){copy, n};
    return w->cx->host->set_meta(w->cx, r, &m);
}

/* What the line tells about the article goes to the metadata, unless that knows better. */
static qn_status remember(struct work *w, unsigned i)
{
    const struct state *s = w->cx->state;
    const struct junklines_line *l = &w->doc->v[i];
    const char *p = w->record->text.p + l->beg;
    size_t n = l->end - l->beg;
    if (l->rule < 0) return QN_OK;
    if (l->rule == s->byline && n > 3 && (p[0] | 32) == 'b' && (p[1] | 32) == 'y' && p[2] == ' ')
        return put_meta(w, "byline", p + 3, n - 3);
    if (l->rule == s->credit) return put_meta(w, "credit", p, n);
    return l->rule == s->time ? put_meta(w, "published", p, n) : QN_OK;
}

static qn_status decide(struct work *w, unsigned i)
{
    const struct options *o = w->cx->options;
    const struct junklines_line *l = &w->doc->v[i];
    const struct state *s = w->cx->state;
    struct junklines_policy p = {o->model, o->keep_headings, (float)o->bias};
    int verdict = junklines_verdict(w->doc, i, &p);
    qn_status st = QN_OK;
    qn_name rule = verdict >= 0 ? s->name[verdict] : w->cx->names[0];
    if (verdict == JUNKLINES_NONE)
        return junklines_heading(w->doc, i)
                   ? qn_add(w->record, w->cx->makes[L_HEADINGS], l->beg, l->end, 0)
                   : QN_OK;
    qn_count(w->cx, C_LINES, 1);
    qn_count(w->cx, verdict >= 0 ? s->counter[verdict] : C_MODEL, 1);
    if (o->meta) st = remember(w, i);
    if (st != QN_OK) return st;
    return o->action == DROP ? drop(w, i, rule)
                             : qn_add(w->record, w->cx->makes[L_JUNK], l->beg, l->end, rule);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct work w = {cx, r, cx->local, NULL};
    qn_status st = QN_OK;
    if (!junklines_read(w.doc, s->rules, r->text.p, r->text.n) ||
        (o->model && !junklines_score(w.doc)))
        return no_memory(cx);
    for (unsigned i = 0; st == QN_OK && i < w.doc->n; i++)
        st = decide(&w, i);
    if (st == QN_OK && w.edit) st = cx->host->edit_end(w.edit);
    if (w.doc->cap > SCRATCH_LINES) { /* a giant must not set the worker's memory for ever */
        junklines_doc_free(w.doc);
        memset(w.doc, 0, sizeof *w.doc);
    }
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "junklines",
    .version = "1.0",
    .license = "MIT",
    .help = "drops or marks the lines of web copies that are no part of the article",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = open_stage,
    .close = close_stage,
    .enter = enter,
    .leave = leave,
    .process = process,
};
