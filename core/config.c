/* SPDX-License-Identifier: MIT */
/* core/config.c - see config.h. The scanner gives places and finds mistakes; when there is none,
 * libconfig reads the same text, and the values that count are libconfig's. */
#include "config.h"

#include <libconfig.h>
#include <locale.h>
#include <stdlib.h>

#include "scan.h"
#include "scan_words.h"
#include "suggest.h"

enum { SPLICE_DEPTH = 8, MAX_STAGES = 1000 };

/* ---- values from libconfig ------------------------------------------------------------------- */

static int same_type(const qn_node *n, int type)
{
    switch (n->type) {
    case QN_NODE_GROUP:
        return type == CONFIG_TYPE_GROUP;
    case QN_NODE_LIST:
        return type == CONFIG_TYPE_LIST;
    case QN_NODE_ARRAY:
        return type == CONFIG_TYPE_ARRAY;
    case QN_NODE_STRING:
        return type == CONFIG_TYPE_STRING;
    case QN_NODE_INT:
        return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
    case QN_NODE_FLOAT:
        return type == CONFIG_TYPE_FLOAT;
    case QN_NODE_BOOL:
        return type == CONFIG_TYPE_BOOL;
    }
    return 0;
}

/* Takes over the values of libconfig's tree, which is walked beside ours. The first node where
 * the two differ, or NULL. */
static qn_node *pair(qn_pool *pool, qn_node *n, const config_setting_t *c)
{
    qn_node *child, *bad = NULL;
    unsigned i = 0;
    if (!same_type(n, config_setting_type(c))) return n;
    switch (n->type) {
    case QN_NODE_STRING:
        n->u.s = config_setting_get_string(c);
        n->u.s = qn_pool_string(pool, n->u.s, strlen(n->u.s));
        return n->u.s ? NULL : n;
    case QN_NODE_INT:
        if (n->u.i != config_setting_get_int64(c)) return n;
        return NULL;
    case QN_NODE_FLOAT:
        n->u.d = config_setting_get_float(c);
        return NULL;
    case QN_NODE_BOOL:
        n->u.i = config_setting_get_bool(c) != 0;
        return NULL;
    default:
        break;
    }
    if (config_setting_length(c) != (int)n->n) return n;
    for (child = n->first; child && !bad; child = child->next)
        bad = pair(pool, child, config_setting_get_elem(c, i++));
    return bad;
}

/* libconfig leaves the thread with the process's locale, whatever the thread's own was. */
static int read_text(config_t *lib, const char *text)
{
    locale_t own = uselocale((locale_t)0);
    int ok = config_read_string(lib, text) == CONFIG_TRUE;
    uselocale(own);
    return ok;
}

static void take_values(qn_config *cfg, const char *text, qn_diags *diags)
{
    config_t lib;
    qn_node *bad;
    config_init(&lib);
    if (!read_text(&lib, text)) {
        qn_diag(diags, "E0401", &cfg->root->value, NULL, NULL,
                "libconfig refuses what looks right: %s in line %d of the text with includes; "
                "please report this",
                config_error_text(&lib), config_error_line(&lib));
    } else {
        bad = pair(cfg->pool, cfg->root, config_root_setting(&lib));
        if (bad)
            qn_diag(diags, "E0401", &bad->value, NULL, NULL,
                    "libconfig reads this differently than it looks; write it more plainly");
    }
    config_destroy(&lib);
}

/* ---- ${VARIABLES} ---------------------------------------------------------------------------- */

struct text {
    char *p;
    size_t n, cap;
    int no_memory;
};

static void put(struct text *t, const char *s, size_t n)
{
    if (t->cap - t->n < n + 1) {
        size_t cap = (t->n + n + 1) * 2;
        char *more = realloc(t->p, cap);
        if (!more) {
            t->no_memory = 1;
            return;
        }
        t->p = more;
        t->cap = cap;
    }
    memcpy(t->p + t->n, s, n);
    t->n += n;
    t->p[t->n] = '\0';
}

/* Expands the variable at s ("${"...); where it ends, or NULL after a mistake. */
static const char *expand_one(struct text *t, const qn_node *n, const char *s, qn_diags *diags)
{
    const char *name = s + 2, *end = strchr(name, '}'), *value;
    size_t len = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    char word[128];
    if (!end || len == 0 || len >= sizeof word ||
        (name + len != end && strncmp(name + len, ":-", 2))) {
        qn_diag(diags, "E0209", &n->value, "write ${NAME} or ${NAME:-default}; $${ for a plain ${",
                NULL, "this is not a variable: %.20s", s);
        return NULL;
    }
    memcpy(word, name, len);
    word[len] = '\0';
    value = getenv(word);
    if (name[len] == ':' && (!value || !*value)) {
        put(t, name + len + 2, (size_t)(end - name) - len - 2);
    } else if (value) {
        put(t, value, strlen(value));
    } else {
        qn_diag(diags, "E0209", &n->value, NULL, "give it a default: ${NAME:-default}",
                "the environment variable %s is not set", word);
        return NULL;
    }
    return end + 1;
}

static void expand_string(qn_pool *pool, qn_node *n, qn_diags *diags)
{
    struct text t = {0};
    const char *s = n->u.s, *at;
    if (!strstr(s, "${")) return;
    while (s && (at = strstr(s, "${")) != NULL) {
        if (at > s && at[-1] == '$') {
            put(&t, s, (size_t)(at - s) - 1);
            put(&t, "${", 2);
            s = at + 2;
        } else {
            put(&t, s, (size_t)(at - s));
            s = expand_one(&t, n, at, diags);
        }
    }
    if (s) {
        put(&t, s, strlen(s));
        at = t.no_memory ? NULL : qn_pool_string(pool, t.p, t.n);
        if (at)
            n->u.s = at;
        else
            qn_diag(diags, "E0405", &n->value, NULL, NULL, "out of memory");
    }
    free(t.p);
}

static void expand_all(qn_pool *pool, qn_node *n, qn_diags *diags)
{
    qn_node *c;
    if (n->type == QN_NODE_STRING) expand_string(pool, n, diags);
    for (c = n->first; c; c = c->next)
        expand_all(pool, c, diags);
}

/* ---- top level ------------------------------------------------------------------------------- */

/* A list of stages that a { use = "NAME"; } may splice. */
static int is_stage_list(const qn_node *n)
{
    return n->type == QN_NODE_LIST && n->first && n->first->type == QN_NODE_GROUP &&
           (qn_node_get(n->first, "plugin") || qn_node_get(n->first, "use"));
}

static void check_top(const qn_config *cfg, qn_diags *diags)
{
    static const char *const known[] = {"version", "stages", "run", "plugin_path"};
    const qn_node *n;
    size_t i;
    for (n = cfg->root->first; n; n = n->next) {
        qn_suggest s;
        char note[96] = "";
        for (i = 0; i < 4 && strcmp(n->name, known[i]) != 0; i++) {
        }
        if (i < 4 || is_stage_list(n)) continue;
        qn_suggest_start(&s, n->name);
        for (i = 0; i < 4; i++)
            qn_suggest_try(&s, known[i]);
        if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
        qn_diag(diags, "E0203", &n->key, note[0] ? note : NULL,
                "known: version, stages, run, plugin_path, and named lists of stages",
                "unknown setting '%s'", n->name);
    }
}

static void check_version(const qn_config *cfg, qn_diags *diags)
{
    const qn_node *v = qn_node_get(cfg->root, "version");
    if (!v)
        qn_diag(diags, "E0407", &cfg->root->value, NULL, "write version = 1; at the top",
                "the config does not say its version");
    else if (v->type != QN_NODE_INT)
        qn_diag(diags, "E0202", &v->value, "write version = 1;", NULL,
                "'version' is a whole number, found %s", qn_node_type_name(v));
    else if (v->u.i != 1)
        qn_diag(diags, "E0407", &v->value, NULL, NULL,
                "this quern reads version 1 of the config language, found %lld", (long long)v->u.i);
}

static qn_node *typed(const qn_config *cfg, const char *name, qn_node_type type, const char *what,
                      qn_diags *diags)
{
    qn_node *n = qn_node_get(cfg->root, name);
    if (!n || n->type == type) return n;
    qn_diag(diags, "E0202", &n->value, NULL, NULL, "'%s' is %s, found %s", name, what,
            qn_node_type_name(n));
    return NULL;
}

static void check_plugin_path(const qn_config *cfg, qn_diags *diags)
{
    const qn_node *n = cfg->plugin_path;
    if (n && n->type != QN_NODE_STRING && n->type != QN_NODE_ARRAY && n->type != QN_NODE_LIST)
        qn_diag(diags, "E0202", &n->value, NULL, NULL,
                "'plugin_path' is a string or a list of strings, found %s", qn_node_type_name(n));
}

/* ---- stages ---------------------------------------------------------------------------------- */

static const char *stage_string(const qn_node *group, const char *name, qn_diags *diags)
{
    const qn_node *n = qn_node_get(group, name);
    if (!n) return NULL;
    if (n->type == QN_NODE_STRING) return n->u.s;
    qn_diag(diags, "E0202", &n->value, NULL, NULL, "'%s' is a string, found %s", name,
            qn_node_type_name(n));
    return NULL;
}

static void check_id(const qn_config *cfg, const qn_config_stage *st, qn_diags *diags)
{
    const qn_node *own = qn_node_get(st->node, "id");
    char help[160];
    size_t i;
    for (i = 0; i < cfg->nstage; i++) {
        const qn_config_stage *other = &cfg->stage[i];
        if (strcmp(other->id, st->id) != 0) continue;
        snprintf(help, sizeof help, "give this one an id of its own: id = \"%.60s-2\";", st->id);
        qn_diag(diags, "E0208", own ? &own->value : &st->plugin->value, NULL, help,
                "another stage has the id '%s' (line %u)", st->id, other->node->value.line);
        return;
    }
    if (strcmp(st->id, "run") == 0 || strchr(st->id, '.'))
        qn_diag(diags, "E0208", own ? &own->value : &st->plugin->value, NULL, NULL,
                "an id is not 'run' and has no dot, so that --set can name it");
}

static void add_stage(qn_config *cfg, qn_node *group, qn_diags *diags)
{
    qn_config_stage *more = realloc(cfg->stage, (cfg->nstage + 1) * sizeof *more), *st;
    const char *plugin = stage_string(group, "plugin", diags);
    if (more) cfg->stage = more;
    if (!more) {
        qn_diag(diags, "E0405", &group->value, NULL, NULL, "out of memory");
        return;
    }
    if (!qn_node_get(group, "plugin"))
        qn_diag(diags, "E0201", &group->value, "write plugin = \"NAME\";", NULL,
                "this stage names no plugin");
    if (!plugin) return;
    st = &cfg->stage[cfg->nstage];
    memset(st, 0, sizeof *st);
    st->node = group;
    st->plugin = qn_node_get(group, "plugin");
    st->id = stage_string(group, "id", diags);
    if (!st->id) st->id = plugin;
    st->on_error = stage_string(group, "on_error", diags);
    check_id(cfg, st, diags);
    cfg->nstage++;
}

/* The lists being spliced, from the inmost out. */
struct splicing {
    const struct splicing *outer;
    const qn_node *list;
    unsigned *visited; /* elements so far, of all lists: a list may use another many times */
    unsigned depth;
};

static void add_list(qn_config *cfg, const struct splicing *, qn_diags *diags);

static void splice_list(qn_config *cfg, const qn_node *use, const qn_node *list,
                        const struct splicing *outer, qn_diags *diags)
{
    struct splicing in = {outer, list, outer->visited, outer->depth + 1};
    const struct splicing *o = outer;
    while (o && o->list != list)
        o = o->outer;
    if (o)
        qn_diag(diags, "E0502", &use->value, NULL, NULL, "the list '%s' uses itself", use->u.s);
    else if (in.depth > SPLICE_DEPTH)
        qn_diag(diags, "E0405", &use->value, NULL, NULL, "lists use each other more than %d deep",
                SPLICE_DEPTH);
    else
        add_list(cfg, &in, diags);
}

static void splice(qn_config *cfg, const qn_node *use, const struct splicing *in, qn_diags *diags)
{
    qn_suggest s;
    const qn_node *n, *list;
    char note[96] = "";
    if (use->type != QN_NODE_STRING) {
        qn_diag(diags, "E0202", &use->value, NULL, NULL, "'use' is a string, found %s",
                qn_node_type_name(use));
        return;
    }
    list = qn_node_get(cfg->root, use->u.s);
    if (list && is_stage_list(list)) {
        splice_list(cfg, use, list, in, diags);
        return;
    }
    qn_suggest_start(&s, use->u.s);
    for (n = cfg->root->first; n; n = n->next)
        if (is_stage_list(n)) qn_suggest_try(&s, n->name);
    if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    qn_diag(diags, "E0203", &use->value, note[0] ? note : NULL, NULL,
            "there is no list of stages named '%s'", use->u.s);
}

static void add_list(qn_config *cfg, const struct splicing *in, qn_diags *diags)
{
    qn_node *n;
    for (n = in->list->first; n && *in->visited <= MAX_STAGES; n = n->next) {
        const qn_node *use = n->type == QN_NODE_GROUP ? qn_node_get(n, "use") : NULL;
        if (++*in->visited > MAX_STAGES)
            qn_diag(diags, "E0405", &n->value, NULL, NULL,
                    "more than %d stages, with those of the lists used", MAX_STAGES);
        else if (n->type != QN_NODE_GROUP)
            qn_diag(diags, "E0202", &n->value, NULL, NULL,
                    "a stage is a group { plugin = \"NAME\"; }, found %s", qn_node_type_name(n));
        else if (use && n->n == 1)
            splice(cfg, use, in, diags);
        else if (use)
            qn_diag(diags, "E0207", &use->key, NULL, NULL, "'use' stands alone in its group");
        else
            add_stage(cfg, n, diags);
    }
}

static void read_stages(qn_config *cfg, qn_diags *diags)
{
    const qn_node *list = typed(cfg, "stages", QN_NODE_LIST, "a list ( ) of stages", diags);
    unsigned visited = 0;
    struct splicing in = {NULL, list, &visited, 0};
    if (!qn_node_get(cfg->root, "stages"))
        qn_diag(diags, "E0201", &cfg->root->value, NULL,
                "write stages = ( { plugin = \"files\"; }, ... );", "the config has no stages");
    else if (list && !list->first)
        qn_diag(diags, "E0201", &list->value, NULL, NULL, "the list of stages is empty");
    else if (list)
        add_list(cfg, &in, diags);
}

/* ---- load ------------------------------------------------------------------------------------ */

static char *folder_of(qn_pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return qn_pool_string(pool, ".", 1);
    return qn_pool_string(pool, path, slash == path ? 1 : (size_t)(slash - path));
}

/* text NULL: the file's. */
static qn_status scan(qn_config *cfg, const char *path, const char *text, size_t n, qn_scan *out,
                      qn_diags *diags)
{
    cfg->pool = qn_pool_new();
    cfg->dir = cfg->pool ? folder_of(cfg->pool, path) : NULL;
    if (!cfg->dir) return QN_E_NOMEM;
    return text ? qn_scan_text(cfg->pool, path, text, n, out, diags)
                : qn_scan_file(cfg->pool, path, out, diags);
}

static qn_config *load(const char *path, const char *text, size_t n, qn_diags *diags)
{
    qn_config *cfg = calloc(1, sizeof *cfg);
    qn_place at = {path, 0, 0, 0, NULL};
    qn_scan tree;
    if (!cfg || scan(cfg, path, text, n, &tree, diags) != QN_OK) {
        qn_diag(diags, "E0501", &at, NULL, NULL, "out of memory");
        qn_config_free(cfg);
        return NULL;
    }
    cfg->root = tree.root;
    if (qn_diags_errors(diags)) { /* what follows needs the whole tree */
        qn_config_free(cfg);
        return NULL;
    }
    take_values(cfg, tree.text ? tree.text : "", diags);
    expand_all(cfg->pool, cfg->root, diags);
    check_version(cfg, diags);
    check_top(cfg, diags);
    cfg->run = typed(cfg, "run", QN_NODE_GROUP, "a group { }", diags);
    cfg->plugin_path = qn_node_get(cfg->root, "plugin_path");
    check_plugin_path(cfg, diags);
    read_stages(cfg, diags);
    return cfg;
}

qn_config *qn_config_load(const char *path, qn_diags *diags)
{
    return load(path, NULL, 0, diags);
}

qn_config *qn_config_load_text(const char *path, const char *text, size_t n, qn_diags *diags)
{
    return load(path, text, n, diags);
}

void qn_config_free(qn_config *cfg)
{
    if (!cfg) return;
    qn_pool_free(cfg->pool);
    free(cfg->stage);
    free(cfg);
}

/* ---- what the command line changes ----------------------------------------------------------- */

static qn_place nowhere(const char *origin)
{
    qn_place at = {origin, 0, 0, 0, NULL};
    return at;
}

/* The named option of a group, made if it is not there, emptied. */
static qn_node *fresh(qn_pool *pool, qn_node *group, const char *name, const char *origin)
{
    qn_node *n = qn_node_get(group, name);
    char *copy = n ? NULL : qn_pool_string(pool, name, strlen(name));
    if (!n) n = copy ? qn_node_add(pool, group, QN_NODE_STRING, copy) : NULL;
    if (!n) return NULL;
    n->first = n->last = NULL;
    n->n = 0;
    n->origin = origin;
    n->key = n->value = nowhere(origin);
    return n;
}

qn_status qn_config_override(qn_config *cfg, qn_config_stage *st, const char *option,
                             const char *const *value, size_t n, const char *origin)
{
    qn_node *node = fresh(cfg->pool, st->node, option, origin);
    size_t i;
    if (!node) return QN_E_NOMEM;
    if (n == 1) {
        node->type = QN_NODE_STRING;
        node->u.s = qn_pool_string(cfg->pool, value[0], strlen(value[0]));
        return node->u.s ? QN_OK : QN_E_NOMEM;
    }
    node->type = QN_NODE_LIST;
    for (i = 0; i < n; i++) {
        qn_node *e = qn_node_add(cfg->pool, node, QN_NODE_STRING, NULL);
        if (!e) return QN_E_NOMEM;
        e->key = e->value = nowhere(origin);
        e->u.s = qn_pool_string(cfg->pool, value[i], strlen(value[i]));
        if (!e->u.s) return QN_E_NOMEM;
    }
    return QN_OK;
}

qn_status qn_config_append(qn_config *cfg, const char *plugin, const char *origin)
{
    qn_node *group = qn_node_add(cfg->pool, NULL, QN_NODE_GROUP, NULL);
    qn_config_stage *more = realloc(cfg->stage, (cfg->nstage + 1) * sizeof *more);
    if (more) cfg->stage = more;
    if (!more || !group) return QN_E_NOMEM;
    group->key = group->value = nowhere(origin);
    memset(&more[cfg->nstage], 0, sizeof *more);
    more[cfg->nstage].node = group;
    if (qn_config_override(cfg, &more[cfg->nstage], "plugin", &plugin, 1, origin) != QN_OK)
        return QN_E_NOMEM;
    more[cfg->nstage].plugin = group->first;
    more[cfg->nstage].id = plugin;
    cfg->nstage++;
    return QN_OK;
}

/* The stage that --set names: by its id, else by its plugin when only one stage has that. */
static qn_config_stage *stage_for_set(const qn_config *cfg, const char *word, unsigned *same)
{
    qn_config_stage *found = NULL;
    size_t i;
    *same = 0;
    for (i = 0; i < cfg->nstage; i++)
        if (strcmp(cfg->stage[i].id, word) == 0) return &cfg->stage[i];
    for (i = 0; i < cfg->nstage; i++)
        if (strcmp(cfg->stage[i].plugin->u.s, word) == 0) {
            found = &cfg->stage[i];
            ++*same;
        }
    return *same == 1 ? found : NULL;
}

static qn_node *group_for_set(qn_config *cfg, const char *stage, size_t n, qn_config_stage **of,
                              qn_diags *diags)
{
    qn_place at = nowhere("--set");
    char word[128], note[160] = "";
    unsigned same;
    qn_suggest s;
    size_t i;
    if (n == 3 && strncmp(stage, "run", 3) == 0) {
        if (!cfg->run) cfg->run = qn_node_add(cfg->pool, cfg->root, QN_NODE_GROUP, "run");
        return cfg->run;
    }
    snprintf(word, sizeof word, "%.*s", (int)n, stage);
    *of = stage_for_set(cfg, word, &same);
    if (*of) return (*of)->node;
    if (same) {
        qn_diag(diags, "E0210", &at, NULL, "name the stage by its id",
                "%u stages have the plugin '%s'", same, word);
        return NULL;
    }
    qn_suggest_start(&s, word);
    qn_suggest_try(&s, "run");
    for (i = 0; i < cfg->nstage; i++)
        qn_suggest_try(&s, cfg->stage[i].id);
    if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
    qn_diag(diags, "E0210", &at, note[0] ? note : NULL, NULL, "no stage has the id '%s'", word);
    return NULL;
}

/* Does it look like a value in config syntax? Anything else is a string as it stands: "-", "2b"
 * and "1.2.3" are paths. */
static int looks_like_value(const char *s)
{
    if (*s == '"' || *s == '[' || *s == '(') return 1;
    if (strcmp(s, "true") == 0 || strcmp(s, "false") == 0) return 1;
    return qn_is_number(s);
}

/* What the stage's plugin, its name and its place rest on is read already. */
static int may_be_set(const char *name, qn_diags *diags)
{
    static const char *const fixed[] = {"plugin", "id", "use"};
    qn_place at = nowhere("--set");
    size_t i;
    for (i = 0; i < 3; i++)
        if (strcmp(name, fixed[i]) == 0) {
            qn_diag(diags, "E0210", &at, NULL, NULL, "'%s' is set in the config only", name);
            return 0;
        }
    return 1;
}

void qn_config_set(qn_config *cfg, const char *assignment, qn_diags *diags)
{
    const char *equals = strchr(assignment, '='), *dot = strchr(assignment, '.'), *text;
    qn_place at = nowhere("--set");
    qn_node *group, *value = NULL, *node;
    qn_config_stage *st = NULL;
    char *name;
    if (!equals || !dot || dot > equals || dot == assignment || dot + 1 == equals) {
        qn_diag(diags, "E0210", &at, NULL, NULL, "expected STAGE.OPTION=VALUE, found '%s'",
                assignment);
        return;
    }
    group = group_for_set(cfg, assignment, (size_t)(dot - assignment), &st, diags);
    name = qn_pool_string(cfg->pool, dot + 1, (size_t)(equals - dot - 1));
    text = qn_pool_string(cfg->pool, equals + 1, strlen(equals + 1));
    if (!group) return;
    if (!name || !text) {
        qn_diag(diags, "E0405", &at, NULL, NULL, "out of memory");
        return;
    }
    if (st && !may_be_set(name, diags)) return;
    if (looks_like_value(text)) {
        value = qn_scan_value(cfg->pool, text, &at, diags);
        if (!value) return;
    }
    node = fresh(cfg->pool, group, name, "--set");
    if (!node) {
        qn_diag(diags, "E0405", &at, NULL, NULL, "out of memory");
        return;
    }
    node->type = value ? value->type : QN_NODE_STRING;
    node->u.s = text;
    if (value) {
        node->u = value->u;
        node->first = value->first;
        node->last = value->last;
        node->n = value->n;
        node->value = at;
    }
    if (st && strcmp(name, "on_error") == 0) st->on_error = stage_string(group, "on_error", diags);
}
