/* SPDX-License-Identifier: MIT */
/* core/cli/schema.c - see schema.h. */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "option.h"
#include "plan.h"

static void words(qn_jsonw *w, const char *s)
{
    qn_jsonw_str(w, (qn_str){s, strlen(s)});
}

/* "a|b" as ["a","b"]. */
static void choices(qn_jsonw *w, const char *s, char between)
{
    const char *from = s, *first = s;
    qn_jsonw_lit(w, "[");
    for (;; s++) {
        if (*s && *s != between) continue;
        if (s > from) {
            if (from > first) qn_jsonw_lit(w, ",");
            qn_jsonw_str(w, (qn_str){from, (size_t)(s - from)});
        }
        if (!*s) break;
        from = s + 1;
    }
    qn_jsonw_lit(w, "]");
}

static int is_number(const char *s)
{
    char *end;
    (void)strtod(s, &end);
    return *s && !*end;
}

/* A default or bound, as JSON: a number as it is, else a string. */
static void value(qn_jsonw *w, const char *s)
{
    if (is_number(s))
        qn_jsonw_raw(w, (qn_str){s, strlen(s)});
    else
        words(w, s);
}

static void bounds(qn_jsonw *w, const qn_option *o)
{
    if (o->min && is_number(o->min)) {
        qn_jsonw_lit(w, ",\"minimum\":");
        value(w, o->min);
    }
    if (o->max && is_number(o->max)) {
        qn_jsonw_lit(w, ",\"maximum\":");
        value(w, o->max);
    }
}

static void list_type(qn_jsonw *w, const qn_option *o)
{
    qn_jsonw_lit(w, "\"anyOf\":[");
    qn_jsonw_lit(w, "{\"type\":\"array\",\"items\":");
    if (o->choices) {
        qn_jsonw_lit(w, "{\"enum\":");
        choices(w, o->choices, '|');
        qn_jsonw_lit(w, "}},{\"enum\":");
        choices(w, o->choices, '|');
        qn_jsonw_lit(w, "}]");
    } else {
        qn_jsonw_lit(w, "{\"type\":\"string\"}},{\"type\":\"string\"}]");
    }
}

static void type(qn_jsonw *w, const qn_option *o)
{
    switch (o->type) {
    case QN_INT:
        qn_jsonw_lit(w, "\"type\":\"integer\"");
        bounds(w, o);
        break;
    case QN_FLOAT:
        qn_jsonw_lit(w, "\"type\":\"number\"");
        bounds(w, o);
        break;
    case QN_SIZE:
        qn_jsonw_lit(w, "\"anyOf\":[{\"type\":\"integer\",\"minimum\":0},{\"type\":\"string\","
                        "\"pattern\":\"^[0-9.]+ ?([KMGT]i?)?B$\"}]");
        break;
    case QN_TIME:
        qn_jsonw_lit(w, "\"anyOf\":[{\"type\":\"number\",\"minimum\":0},{\"type\":\"string\","
                        "\"pattern\":\"^[0-9.]+ ?(ms|s|m|h)$\"}]");
        break;
    case QN_BOOL:
        qn_jsonw_lit(w, "\"type\":\"boolean\"");
        break;
    case QN_ENUM:
        qn_jsonw_lit(w, "\"enum\":");
        choices(w, o->choices, '|');
        break;
    case QN_LIST:
        list_type(w, o);
        break;
    case QN_SECRET:
        qn_jsonw_lit(w, "\"type\":\"string\",\"pattern\":\"^(env|file):.\"");
        break;
    default:
        qn_jsonw_lit(w, "\"type\":\"string\"");
    }
}

static void default_of(qn_jsonw *w, const qn_option *o)
{
    qn_jsonw_lit(w, ",\"default\":");
    if (o->type == QN_LIST)
        choices(w, o->def, ',');
    else if (o->type == QN_BOOL)
        qn_jsonw_raw(w, (qn_str){o->def, strlen(o->def)});
    else if (o->type == QN_STRING || o->type == QN_ENUM || o->type == QN_SECRET)
        words(w, o->def);
    else
        value(w, o->def);
}

/* "name":{...}, for each option. */
static void properties(qn_jsonw *w, const qn_option *table, uint32_t stride)
{
    qn_option o;
    size_t i;
    for (i = 0; qn_option_row(table, stride, i, &o); i++) {
        if (i) qn_jsonw_lit(w, ",");
        words(w, o.name);
        qn_jsonw_lit(w, ":{\"description\":");
        words(w, o.help);
        qn_jsonw_lit(w, ",");
        type(w, &o);
        if (o.def) default_of(w, &o);
        if (o.use) qn_jsonw_lit(w, ",\"deprecated\":true");
        qn_jsonw_lit(w, "}");
    }
}

static void required(qn_jsonw *w, const qn_plugin *p)
{
    qn_option o;
    size_t i;
    qn_jsonw_lit(w, ",\"required\":[\"plugin\"");
    for (i = 0; qn_option_row(p->options, p->option_stride, i, &o); i++) {
        if (!o.required) continue;
        qn_jsonw_lit(w, ",");
        words(w, o.name);
    }
    qn_jsonw_lit(w, "]");
}

static void stage(qn_jsonw *w, const qn_plugin *p)
{
    qn_jsonw_lit(w, "{\"title\":");
    words(w, p->name);
    qn_jsonw_lit(w, ",\"description\":");
    words(w, p->help);
    qn_jsonw_lit(w, ",\"type\":\"object\",\"properties\":{\"plugin\":{\"const\":");
    words(w, p->name);
    qn_jsonw_lit(w, "},\"id\":{\"type\":\"string\",\"description\":\"its name in this config\"},"
                    "\"on_error\":{\"enum\":[\"report\",\"stop\",\"skip\",\"quarantine\"]}");
    if (p->options && p->options->name) {
        qn_jsonw_lit(w, ",");
        properties(w, p->options, p->option_stride);
    }
    qn_jsonw_lit(w, "}");
    required(w, p);
    qn_jsonw_lit(w, ",\"additionalProperties\":false}");
}

void schema_of_config(qn_jsonw *w, const qn_plugin *const *plugin, size_t n)
{
    size_t i;
    qn_jsonw_lit(w, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                    "\"title\":\"quern config\",\"type\":\"object\",\"properties\":{"
                    "\"version\":{\"const\":1},\"run\":{\"type\":\"object\",\"properties\":{");
    properties(w, qn_run_option_table, sizeof *qn_run_option_table);
    qn_jsonw_lit(w, "},\"additionalProperties\":false},\"plugin_path\":{\"anyOf\":[{\"type\":"
                    "\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]},"
                    "\"stages\":{\"$ref\":\"#/$defs/stages\"}},"
                    "\"additionalProperties\":{\"$ref\":\"#/$defs/stages\"},"
                    "\"required\":[\"version\",\"stages\"],"
                    "\"$defs\":{\"stages\":{\"type\":\"array\",\"items\":{\"oneOf\":["
                    "{\"type\":\"object\",\"properties\":{\"use\":{\"type\":\"string\","
                    "\"description\":\"the stages of that list\"}},\"required\":[\"use\"],"
                    "\"additionalProperties\":false}");
    for (i = 0; i < n; i++) {
        if (!plugin[i]) continue;
        qn_jsonw_lit(w, ",\n");
        stage(w, plugin[i]);
    }
    qn_jsonw_lit(w, "]}}}}\n");
}
