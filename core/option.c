/* SPDX-License-Identifier: MIT */
/* core/option.c - see option.h. Defaults and bounds are written like values and read by the same
 * code, so that a table cannot say what a config could not. */
#include "option.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "suggest.h"

/* The first tables had all members up to `help`. */
#define OPTION_SIZE_1_0 (offsetof(qn_option, help) + sizeof(const char *))

/* A number with its unit read; whole numbers exactly. */
typedef struct number {
    double d;
    int64_t i;
} number;

static const char *const type_names[] = {"?",
                                         "a whole number",
                                         "a size such as \"64KiB\"",
                                         "a time such as \"5s\"",
                                         "a number",
                                         "true or false",
                                         "a string",
                                         "a string",
                                         "a list of strings",
                                         "a secret"};
static const char *const short_names[] = {"?",    "int",    "size", "time", "float",
                                          "bool", "string", "enum", "list", "secret"};

/* ---- tables ---------------------------------------------------------------------------------- */

int qn_option_row(const qn_option *table, uint32_t stride, size_t i, qn_option *row)
{
    memset(row, 0, sizeof *row);
    if (!table || stride < OPTION_SIZE_1_0) return 0;
    memcpy(row, (const char *)table + i * stride, stride < sizeof *row ? stride : sizeof *row);
    return row->name != NULL;
}

int qn_option_find(const qn_option *table, uint32_t stride, const char *name, qn_option *row)
{
    size_t i;
    for (i = 0; qn_option_row(table, stride, i, row); i++)
        if (strcmp(row->name, name) == 0) return 1;
    return 0;
}

/* The k-th word of "a|b|c" in buf[n]; 0 behind the last. */
static int choice(const char *choices, size_t k, char *buf, size_t n)
{
    size_t len;
    if (!choices) return 0;
    for (; k; k--) {
        choices = strchr(choices, '|');
        if (!choices) return 0;
        choices++;
    }
    len = strcspn(choices, "|");
    snprintf(buf, n, "%.*s", (int)len, choices);
    return 1;
}

/* Number of the word among the choices, or -1. */
static int choice_index(const char *choices, const char *word)
{
    char one[64];
    int k;
    for (k = 0; choice(choices, (size_t)k, one, sizeof one); k++)
        if (strcmp(one, word) == 0) return k;
    return -1;
}

/* ---- numbers with units ---------------------------------------------------------------------- */

struct unit {
    const char *name;
    double factor;
};
static const struct unit size_units[] = {
    {"B", 1},         {"KB", 1e3},         {"MB", 1e6},
    {"GB", 1e9},      {"TB", 1e12},        {"KiB", 1024},
    {"MiB", 1048576}, {"GiB", 1073741824}, {"TiB", 1099511627776.0},
    {"K", 1024},      {"M", 1048576},      {"G", 1073741824},
    {NULL, 0},
};
static const struct unit time_units[] = {{"ms", 1e-3}, {"s", 1},     {"m", 60},
                                         {"h", 3600},  {"d", 86400}, {NULL, 0}};

/* Reads "64KiB" by a unit table (NULL: no unit allowed). 0 when it is not that. */
static int read_number(const char *s, const struct unit *units, number *out)
{
    char *end;
    errno = 0;
    out->d = strtod(s, &end);
    if (end == s || errno == ERANGE || !isfinite(out->d)) return 0;
    while (*end == ' ')
        end++;
    if (*end) {
        for (; units && units->name && strcmp(units->name, end) != 0; units++) {
        }
        if (!units || !units->name) return 0;
        out->d *= units->factor;
    }
    if (fabs(out->d) >= 9.2e18) return 0;
    errno = 0;
    out->i = strtoll(s, &end, 10);
    if (*end || errno) out->i = (int64_t)llround(out->d);
    return 1;
}

static const struct unit *units_of(uint32_t type)
{
    return type == QN_SIZE ? size_units : type == QN_TIME ? time_units : NULL;
}

static int is_number(uint32_t type)
{
    return type >= QN_INT && type <= QN_FLOAT;
}

static int compare(uint32_t type, number a, number b)
{
    if (type == QN_INT || type == QN_SIZE) return a.i < b.i ? -1 : a.i > b.i;
    return a.d < b.d ? -1 : a.d > b.d;
}

/* ---- storing --------------------------------------------------------------------------------- */

static void store_number(const qn_option *o, void *out, number v)
{
    void *p = (char *)out + o->offset;
    uint64_t bytes = v.i > 0 ? (uint64_t)v.i : 0;
    if (o->type == QN_INT)
        memcpy(p, &v.i, sizeof v.i);
    else if (o->type == QN_SIZE)
        memcpy(p, &bytes, sizeof bytes);
    else
        memcpy(p, &v.d, sizeof v.d);
}

static void store_int(const qn_option *o, void *out, int v)
{
    memcpy((char *)out + o->offset, &v, sizeof v);
}

static void store_string(const qn_option *o, void *out, const char *v)
{
    memcpy((char *)out + o->offset, &v, sizeof v);
}

static void store_list(const qn_option *o, void *out, const char *const *v, size_t n)
{
    qn_list list = {v, n};
    memcpy((char *)out + o->offset, &list, sizeof list);
}

/* A default is trusted: qn_option_check has read it. 0 when out of memory. */
static int store_default(const qn_option *o, void *out, qn_pool *pool)
{
    const char *s = o->def;
    const char **v;
    number num;
    size_t n = 1, i;
    if (!s) return 1;
    switch (o->type) {
    case QN_BOOL:
        store_int(o, out, strcmp(s, "true") == 0);
        return 1;
    case QN_ENUM:
        store_int(o, out, choice_index(o->choices, s));
        return 1;
    case QN_STRING:
    case QN_SECRET:
        store_string(o, out, s);
        return 1;
    case QN_LIST:
        break;
    default:
        if (read_number(s, units_of(o->type), &num)) store_number(o, out, num);
        return 1;
    }
    if (!*s) return 1;
    for (i = 0; s[i]; i++)
        n += s[i] == ',';
    v = qn_pool_alloc(pool, n * sizeof *v);
    for (i = 0; v && i < n; i++, s += strcspn(s, ",") + 1)
        if (!(v[i] = qn_pool_string(pool, s, strcspn(s, ",")))) return 0;
    if (!v) return 0;
    store_list(o, out, v, n);
    return 1;
}

/* ---- reading a value ------------------------------------------------------------------------- */

struct reading {
    const qn_option *table;
    uint32_t stride;
    const qn_node *group;
    void *out;
    qn_pool *pool;
    const qn_option_owner *owner;
    qn_diags *diags;
};

static void wrong_type(const struct reading *r, const qn_option *o, const qn_node *n)
{
    qn_diag(r->diags, "E0202", &n->value, NULL, NULL, "'%s' is %s, found %s", o->name,
            type_names[o->type], qn_node_type_name(n));
}

static void no_memory(const struct reading *r, const qn_node *n)
{
    qn_diag(r->diags, "E0405", &n->value, NULL, NULL, "out of memory");
}

static void check_range(const struct reading *r, const qn_option *o, const qn_node *n, number v)
{
    number bound;
    const char *unit = o->unit ? o->unit : "", *space = o->unit ? " " : "";
    char given[64];
    if (n->type == QN_NODE_STRING)
        snprintf(given, sizeof given, "%.60s", n->u.s);
    else
        snprintf(given, sizeof given, "%.15g", v.d);
    if (o->max && read_number(o->max, units_of(o->type), &bound) && compare(o->type, v, bound) > 0)
        qn_diag(r->diags, "E0204", &n->value, NULL, NULL,
                "'%s' is %s, the largest allowed is %s%s%s", o->name, given, o->max, space, unit);
    if (o->min && read_number(o->min, units_of(o->type), &bound) && compare(o->type, v, bound) < 0)
        qn_diag(r->diags, "E0204", &n->value, NULL, NULL,
                "'%s' is %s, the smallest allowed is %s%s%s", o->name, given, o->min, space, unit);
    if (o->type == QN_SIZE && !o->min && v.i < 0)
        qn_diag(r->diags, "E0204", &n->value, NULL, NULL, "'%s' is %s, a size is not negative",
                o->name, given);
    if (o->type == QN_TIME && !o->min && v.d < 0)
        qn_diag(r->diags, "E0204", &n->value, NULL, NULL, "'%s' is %s, a time is not negative",
                o->name, given);
}

static void read_numeric(const struct reading *r, const qn_option *o, const qn_node *n)
{
    number v = {0, 0};
    const struct unit *units = units_of(o->type);
    if (n->type == QN_NODE_INT) {
        v.i = n->u.i;
        v.d = (double)n->u.i;
    } else if (n->type == QN_NODE_FLOAT && o->type != QN_INT && o->type != QN_SIZE) {
        v.d = n->u.d;
    } else if (n->type == QN_NODE_STRING && units) {
        if (!read_number(n->u.s, units, &v)) {
            qn_diag(r->diags, "E0205", &n->value, NULL,
                    o->type == QN_SIZE
                        ? "units: B, KB, MB, GB, TB (1000), KiB, MiB, GiB, TiB (1024)"
                        : "units: ms, s, m, h, d",
                    "'%s' is %s, found \"%.40s\"", o->name, type_names[o->type], n->u.s);
            return;
        }
    } else {
        wrong_type(r, o, n);
        return;
    }
    check_range(r, o, n, v);
    store_number(o, r->out, v);
}

static void not_a_choice(const struct reading *r, const qn_option *o, const qn_node *n)
{
    char one[64], note[96] = "", help[512];
    qn_suggest s;
    size_t k;
    int at = snprintf(help, sizeof help, "allowed:");
    qn_suggest_start(&s, n->u.s);
    for (k = 0; choice(o->choices, k, one, sizeof one); k++) {
        s.best = NULL;
        qn_suggest_try(&s, one);
        if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", one);
        if (at < (int)sizeof help)
            at += snprintf(help + at, sizeof help - (size_t)at, "%s %s", k ? "," : "", one);
    }
    qn_diag(r->diags, "E0206", &n->value, note[0] ? note : NULL, help, "'%s' cannot be \"%.60s\"",
            o->name, n->u.s);
}

static void read_enum(const struct reading *r, const qn_option *o, const qn_node *n)
{
    int k;
    if (n->type != QN_NODE_STRING) {
        wrong_type(r, o, n);
        return;
    }
    k = choice_index(o->choices, n->u.s);
    if (k < 0)
        not_a_choice(r, o, n);
    else
        store_int(o, r->out, k);
}

/* An element of a list as a string; NULL after a mistake. */
static const char *element(const struct reading *r, const qn_option *o, const qn_node *n)
{
    char buf[40], *copy;
    if (n->type == QN_NODE_INT)
        snprintf(buf, sizeof buf, "%lld", (long long)n->u.i);
    else if (n->type == QN_NODE_FLOAT)
        snprintf(buf, sizeof buf, "%.15g", n->u.d);
    else if (n->type != QN_NODE_STRING) {
        wrong_type(r, o, n);
        return NULL;
    } else if (o->choices && choice_index(o->choices, n->u.s) < 0) {
        not_a_choice(r, o, n);
        return NULL;
    } else {
        return n->u.s;
    }
    copy = qn_pool_string(r->pool, buf, strlen(buf));
    if (!copy) no_memory(r, n);
    return copy;
}

static void read_list(const struct reading *r, const qn_option *o, const qn_node *n)
{
    const qn_node *first = n, *c;
    size_t count = 1, i = 0;
    const char **v;
    if (n->type == QN_NODE_LIST || n->type == QN_NODE_ARRAY) {
        first = n->first;
        count = n->n;
    } else if (n->type == QN_NODE_GROUP) {
        wrong_type(r, o, n);
        return;
    }
    v = qn_pool_alloc(r->pool, (count + 1) * sizeof *v);
    if (!v) {
        no_memory(r, n);
        return;
    }
    for (c = first; c && i < count; c = c->next) {
        v[i] = element(r, o, c);
        i += v[i] != NULL;
    }
    store_list(o, r->out, v, i);
}

/* A place that is shown without its source line, which may hold the secret itself. */
static qn_place unquoted(const qn_node *n)
{
    qn_place at = n->value;
    at.text = NULL;
    return at;
}

/* The first line of a file. */
static const char *secret_file(const struct reading *r, const char *path, const qn_node *n)
{
    char buf[4096];
    FILE *f = fopen(path, "re");
    const char *s = NULL;
    const char *why = f ? "it is empty" : strerror(errno);
    if (f && fgets(buf, sizeof buf, f)) {
        size_t len = strcspn(buf, "\r\n");
        if (len + 1 == sizeof buf)
            why = "its first line is longer than 4 KiB";
        else if (len && !(s = qn_pool_string(r->pool, buf, len)))
            why = "out of memory";
    }
    if (!s)
        qn_diag(r->diags, "E0209", &n->value, NULL, NULL, "cannot read the secret from '%s': %s",
                path, why);
    if (f) fclose(f);
    return s;
}

static void read_secret(const struct reading *r, const qn_option *o, const qn_node *n)
{
    const char *v = NULL;
    qn_place at = unquoted(n);
    if (n->type == QN_NODE_STRING && strncmp(n->u.s, "env:", 4) == 0) {
        v = getenv(n->u.s + 4);
        if (!v)
            qn_diag(r->diags, "E0209", &n->value, NULL, NULL,
                    "the environment variable %s is not set", n->u.s + 4);
    } else if (n->type == QN_NODE_STRING && strncmp(n->u.s, "file:", 5) == 0) {
        v = secret_file(r, n->u.s + 5, n);
    } else {
        qn_diag(r->diags, "E0202", &at, "write \"env:NAME\" or \"file:PATH\"", NULL,
                "'%s' is a secret and does not stand in a config", o->name);
    }
    if (v) store_string(o, r->out, v);
}

static void read_value(const struct reading *r, const qn_option *o, const qn_node *n)
{
    if (is_number(o->type)) {
        read_numeric(r, o, n);
    } else if (o->type == QN_ENUM) {
        read_enum(r, o, n);
    } else if (o->type == QN_LIST) {
        read_list(r, o, n);
    } else if (o->type == QN_SECRET) {
        read_secret(r, o, n);
    } else if (o->type == QN_BOOL) {
        if (n->type == QN_NODE_BOOL)
            store_int(o, r->out, n->u.i != 0);
        else
            wrong_type(r, o, n);
    } else if (n->type == QN_NODE_STRING) {
        store_string(o, r->out, n->u.s);
    } else {
        wrong_type(r, o, n);
    }
}

/* ---- a group --------------------------------------------------------------------------------- */

static int is_reserved(const struct reading *r, const char *name)
{
    size_t i;
    for (i = 0; r->owner->reserved && r->owner->reserved[i]; i++)
        if (strcmp(r->owner->reserved[i], name) == 0) return 1;
    return 0;
}

static void unknown(const struct reading *r, const qn_node *n)
{
    char note[96] = "", help[1024];
    qn_suggest s;
    qn_option o;
    size_t i;
    int at = snprintf(help, sizeof help, "options:");
    qn_suggest_start(&s, n->name);
    for (i = 0; r->owner->reserved && r->owner->reserved[i]; i++)
        qn_suggest_try(&s, r->owner->reserved[i]);
    for (i = 0; qn_option_row(r->table, r->stride, i, &o); i++) {
        qn_suggest_try(&s, o.name);
        if (!o.use && at < (int)sizeof help)
            at += snprintf(help + at, sizeof help - (size_t)at, "%s %s", at > 8 ? "," : "", o.name);
    }
    if (at == 8) at = snprintf(help, sizeof help, "it has no options");
    if (r->owner->show && at < (int)sizeof help)
        snprintf(help + at, sizeof help - (size_t)at, "    (%s)", r->owner->show);
    if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    qn_diag(r->diags, "E0203", &n->key, note[0] ? note : NULL, help, "unknown option '%s' for %s",
            n->name, r->owner->what);
}

static void check_excludes(const struct reading *r, const qn_option *o, const qn_node *n)
{
    char other[64];
    size_t k;
    for (k = 0; choice(o->excludes, k, other, sizeof other); k++) {
        const qn_node *second = qn_node_get(r->group, other);
        if (second)
            qn_diag(r->diags, "E0207", &n->key, NULL, NULL, "'%s' and '%s' exclude each other",
                    o->name, other);
    }
}

static void read_group(const struct reading *r)
{
    const qn_node *n;
    qn_option o;
    for (n = r->group ? r->group->first : NULL; n; n = n->next) {
        if (is_reserved(r, n->name)) continue;
        if (!qn_option_find(r->table, r->stride, n->name, &o)) {
            unknown(r, n);
            continue;
        }
        if (o.use)
            qn_diag(r->diags, "W0201", &n->key, NULL, NULL, "'%s' is deprecated: use '%s'", o.name,
                    o.use);
        check_excludes(r, &o, n);
        read_value(r, &o, n);
    }
}

void qn_options_read(const qn_option *table, uint32_t stride, const qn_node *group, void *out,
                     qn_pool *pool, const qn_option_owner *owner, qn_diags *diags)
{
    struct reading r = {table, stride, group, out, pool, owner, diags};
    qn_option o;
    size_t i;
    for (i = 0; qn_option_row(table, stride, i, &o); i++) {
        if (!store_default(&o, out, pool))
            qn_diag(diags, "E0405", group ? &group->value : NULL, NULL, NULL, "out of memory");
        if (o.required && !qn_node_get(group, o.name))
            qn_diag(diags, "E0201", group ? &group->value : NULL, NULL, o.help,
                    "%s needs the option '%s'", owner->what, o.name);
    }
    read_group(&r);
}

/* ---- checking and describing a table --------------------------------------------------------- */

static size_t width_of(uint32_t type)
{
    switch (type) {
    case QN_BOOL:
    case QN_ENUM:
        return sizeof(int);
    case QN_STRING:
    case QN_SECRET:
        return sizeof(char *);
    case QN_LIST:
        return sizeof(qn_list);
    default:
        return sizeof(int64_t);
    }
}

static const char *bad_default(const qn_option *o)
{
    number v, bound;
    if (o->type == QN_ENUM && !o->choices) return "has no choices";
    if (o->required && o->def) return "is required and has a default";
    if (o->type == QN_SECRET && o->def) return "is a secret and has a default";
    if (!o->def) return o->type == QN_ENUM && !o->required ? "has no default" : NULL;
    if (o->type == QN_ENUM && choice_index(o->choices, o->def) < 0)
        return "has a default that is none of its choices";
    if (o->type == QN_BOOL && strcmp(o->def, "true") != 0 && strcmp(o->def, "false") != 0)
        return "has a default that is neither true nor false";
    if (!is_number(o->type)) return NULL;
    if (!read_number(o->def, units_of(o->type), &v)) return "has a default that cannot be read";
    if (o->min &&
        (!read_number(o->min, units_of(o->type), &bound) || compare(o->type, v, bound) < 0))
        return "has a default below its minimum";
    if (o->max &&
        (!read_number(o->max, units_of(o->type), &bound) || compare(o->type, v, bound) > 0))
        return "has a default above its maximum";
    return NULL;
}

static const char *bad_row(const qn_option *o, uint32_t size)
{
    if (o->type < QN_INT || o->type > QN_SECRET) return "has no known type";
    if (!o->help || !*o->help) return "has no help";
    if (o->offset + width_of(o->type) > size) return "lies outside of the option struct";
    if (o->name[strspn(o->name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
        return "has a name that is not made of a-z, 0-9 and _";
    return bad_default(o);
}

int qn_option_check(const qn_option *table, uint32_t stride, uint32_t size, char *why, size_t n)
{
    const char *what = NULL;
    qn_option o, other;
    size_t i, k;
    if (table && stride < OPTION_SIZE_1_0) {
        snprintf(why, n, "option_stride is not the size of a qn_option");
        return 0;
    }
    for (i = 0; qn_option_row(table, stride, i, &o); i++) {
        what = bad_row(&o, size);
        for (k = 0; !what && k < i && qn_option_row(table, stride, k, &other); k++)
            if (strcmp(o.name, other.name) == 0) what = "is there twice";
        if (!what) continue;
        snprintf(why, n, "its option '%s' %s", o.name, what);
        return 0;
    }
    return 1;
}

static void append(char *buf, size_t n, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void append(char *buf, size_t n, const char *fmt, ...)
{
    size_t at = strlen(buf);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf + at, n - at, fmt, ap);
    va_end(ap);
}

void qn_option_describe(const qn_option *o, char *buf, size_t n)
{
    int quoted = o->type == QN_STRING || o->type == QN_ENUM || o->type == QN_LIST;
    snprintf(buf, n, "%s", short_names[o->type <= QN_SECRET ? o->type : 0]);
    if (o->use) append(buf, n, ", DEPRECATED: use '%s'", o->use);
    if (o->required) append(buf, n, ", must be given");
    if (o->def && *o->def) append(buf, n, quoted ? ", default \"%s\"" : ", default %s", o->def);
    if (o->choices) append(buf, n, ", one of %s", o->choices);
    if (o->min && o->max)
        append(buf, n, ", %s to %s", o->min, o->max);
    else if (o->min)
        append(buf, n, ", at least %s", o->min);
    else if (o->max)
        append(buf, n, ", at most %s", o->max);
    if (o->unit) append(buf, n, " %s", o->unit);
    if (o->excludes) append(buf, n, ", not together with %s", o->excludes);
}
