/* SPDX-License-Identifier: MIT */
/* core/cli/testcase.c - see testcase.h. The part of the pipeline is a plan of its own, fed from a
 * temporary file and looked at with a tap behind its last stage. */
#include "testcase.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "run.h"
#include "stats.h"
#include "suggest.h"
#include "tap.h"

/* What a case may hold, and of which type. */
static const struct word {
    const char *name;
    qn_node_type type;
} words[] = {
    {"name", QN_NODE_STRING},    {"input", QN_NODE_STRING},   {"file", QN_NODE_STRING},
    {"from", QN_NODE_STRING},    {"to", QN_NODE_STRING},      {"set", QN_NODE_ARRAY},
    {"record", QN_NODE_INT},     {"records", QN_NODE_INT},    {"text", QN_NODE_STRING},
    {"state", QN_NODE_STRING},   {"why", QN_NODE_STRING},     {"sentences", QN_NODE_ARRAY},
    {"tokens", QN_NODE_ARRAY},   {"entities", QN_NODE_ARRAY}, {"summary", QN_NODE_ARRAY},
    {"headings", QN_NODE_ARRAY}, {"dropped", QN_NODE_ARRAY},  {"changed", QN_NODE_ARRAY},
    {"meta", QN_NODE_GROUP},     {"golden", QN_NODE_STRING},
};

/* A case while it runs. */
struct running {
    const test_case *c;
    qn_session *session;
    const char *stage; /* the last one */
    qn_tap tap;        /* behind it */
    qn_jsonw *why;
    qn_jsonw golden;
    int64_t seen; /* records */
};

/* ---- words ------------------------------------------------------------------------------------
 */

void test_case_check(const test_case *c, qn_diags *diags)
{
    const qn_node *n;
    size_t i;
    if (!qn_node_get(c->node, "input") == !qn_node_get(c->node, "file"))
        qn_diag(diags, "E0201", &c->node->value, NULL, NULL,
                "a test has either 'input', a text, or 'file'");
    for (n = c->node->first; n; n = n->next) {
        qn_suggest s;
        char note[96] = "";
        qn_suggest_start(&s, n->name);
        for (i = 0; i < sizeof words / sizeof *words && strcmp(words[i].name, n->name) != 0; i++)
            qn_suggest_try(&s, words[i].name);
        if (s.best) snprintf(note, sizeof note, "did you mean '%s'?", s.best);
        if (i == sizeof words / sizeof *words)
            qn_diag(diags, "E0203", &n->key, note[0] ? note : NULL, NULL,
                    "unknown setting '%s' in a test", n->name);
        else if (n->type != words[i].type)
            qn_diag(diags, "E0202", &n->value, NULL, NULL, "'%s' cannot be %s", n->name,
                    qn_node_type_name(n));
    }
}

static const char *string_of(const test_case *c, const char *name)
{
    const qn_node *n = qn_node_get(c->node, name);
    return n && n->type == QN_NODE_STRING ? n->u.s : NULL;
}

static int64_t number_of(const test_case *c, const char *name, int64_t otherwise)
{
    const qn_node *n = qn_node_get(c->node, name);
    return n && n->type == QN_NODE_INT ? n->u.i : otherwise;
}

/* A path beside the test file. */
static const char *beside(const test_case *c, const char *path)
{
    size_t n = strlen(c->folder) + strlen(path) + 2;
    char *all = qn_pool_alloc(c->pool, n);
    if (path[0] == '/' || !all) return path;
    snprintf(all, n, "%s/%s", c->folder, path);
    return all;
}

/* ---- complaints -------------------------------------------------------------------------------
 */

static void put(qn_jsonw *w, const char *s)
{
    qn_jsonw_raw(w, (qn_str){s, strlen(s)});
}

/* A string in quotes, long ones cut. */
static void put_shown(qn_jsonw *w, qn_str s)
{
    enum { LONGEST = 300 };
    size_t n = s.n;
    while (n > LONGEST && (n == s.n || ((unsigned char)s.p[n] & 0xC0) == 0x80))
        n = n == s.n ? LONGEST : n - 1;
    qn_jsonw_str(w, (qn_str){s.p, n});
    if (n < s.n) put(w, "...");
}

static void complain(struct running *r, const char *what, qn_str wanted, qn_str found)
{
    put(r->why, what);
    put(r->why, ": expected ");
    put_shown(r->why, wanted);
    put(r->why, ", found ");
    put_shown(r->why, found);
    put(r->why, "\n");
}

static void check_string(struct running *r, const char *name, qn_str found)
{
    const char *wanted = string_of(r->c, name);
    qn_str w = {wanted, wanted ? strlen(wanted) : 0};
    if (wanted && (w.n != found.n || memcmp(w.p, found.p, w.n) != 0)) complain(r, name, w, found);
}

/* ---- lists: expected and found, item by item
 * ----------------------------------------------------- */

struct items {
    qn_jsonw text; /* all of them, one after another */
    size_t *end;   /* of each */
    size_t n, cap;
};

static qn_str item(const struct items *l, size_t i)
{
    size_t from = i ? l->end[i - 1] : 0;
    return (qn_str){l->text.p + from, l->end[i] - from};
}

static void end_item(struct items *l)
{
    size_t *more;
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        more = realloc(l->end, l->cap * sizeof *more);
        if (!more) {
            l->text.no_memory = 1;
            return;
        }
        l->end = more;
    }
    l->end[l->n++] = l->text.n;
}

static void free_items(struct items *l)
{
    qn_jsonw_free(&l->text);
    free(l->end);
}

static int is_item(qn_str found, const qn_node *wanted)
{
    return wanted->type == QN_NODE_STRING && strlen(wanted->u.s) == found.n &&
           memcmp(wanted->u.s, found.p, found.n) == 0;
}

static void put_line(struct running *r, const char *sign, qn_str s)
{
    put(r->why, sign);
    put_shown(r->why, s);
    put(r->why, "\n");
}

/* Shows what is missing and what is too much, in order: a line that both hold ends a difference. */
static void compare(struct running *r, const char *name, const struct items *found)
{
    const qn_node *list = qn_node_get(r->c->node, name), *w, *ahead;
    size_t i = 0, k;
    int said = 0;
    if (!list) return;
    for (w = list->first; w || i < found->n;) {
        if (w && i < found->n && is_item(item(found, i), w)) {
            w = w->next;
            i++;
            continue;
        }
        if (!said++) {
            put(r->why, name);
            put(r->why, ": (- expected, + found)\n");
        }
        for (k = i; w && k < found->n && !is_item(item(found, k), w); k++) {
        }
        for (ahead = w; i < found->n && ahead && !is_item(item(found, i), ahead);)
            ahead = ahead->next;
        if (w && (k == found->n || (ahead && i < found->n))) { /* w is not found, or not yet */
            put_line(r, "  - ", (qn_str){w->u.s, w->type == QN_NODE_STRING ? strlen(w->u.s) : 0});
            w = w->next;
        } else if (i < found->n) {
            put_line(r, "  + ", item(found, i++));
        } else {
            break;
        }
    }
}

static void compare_layer(struct running *r, const qn_record *rec, const char *name,
                          const char *layer, int labels)
{
    qn_layer_id id = qn_names_find(r->session->layers, (qn_str){layer, strlen(layer)});
    struct items found = {{0}, NULL, 0, 0};
    uint32_t i;
    if (!qn_node_get(r->c->node, name)) return;
    for (i = 0; id && id < rec->nlayer && i < rec->layer[id].n; i++) {
        const qn_span *s = &rec->layer[id].v[i];
        if (labels) {
            qn_jsonw_raw(&found.text, qn_names_text(r->session->names, s->label));
            put(&found.text, " ");
        }
        qn_jsonw_raw(&found.text, qn_span_text(rec, s));
        end_item(&found);
    }
    compare(r, name, &found);
    free_items(&found);
}

static qn_str trimmed(qn_str s)
{
    while (s.n && strchr(" \t\r\n", s.p[s.n - 1]))
        s.n--;
    while (s.n && strchr(" \t\r\n", s.p[0])) {
        s.p++;
        s.n--;
    }
    return s;
}

/* "rule: text" of every stretch that was taken out, or (changed) "rule: before -> after" of those
 * that were replaced; white space alone does not count as taken out. */
static void compare_changes(struct running *r, const qn_record *rec, const char *name, int dropped)
{
    struct items found = {{0}, NULL, 0, 0};
    uint32_t i;
    if (!qn_node_get(r->c->node, name)) return;
    for (i = 0; i + 1 < rec->nmap; i++) {
        const qn_seg *m = &rec->map[i];
        qn_str before = {rec->raw.p + m[0].raw, m[1].raw - m[0].raw};
        qn_str after = {rec->text.p + m[0].text, m[1].text - m[0].text};
        if (!m->rule || dropped != (after.n == 0)) continue;
        if (dropped && !trimmed(before).n) continue;
        qn_jsonw_raw(&found.text, qn_names_text(r->session->names, m->rule));
        put(&found.text, ": ");
        qn_jsonw_raw(&found.text, dropped ? trimmed(before) : before);
        if (!dropped) put(&found.text, " -> ");
        if (!dropped) qn_jsonw_raw(&found.text, after);
        end_item(&found);
    }
    compare(r, name, &found);
    free_items(&found);
}

/* ---- a record ----------------------------------------------------------------------------------
 */

static void check_meta(struct running *r, const qn_record *rec)
{
    const qn_node *group = qn_node_get(r->c->node, "meta"), *n;
    for (n = group ? group->first : NULL; n; n = n->next) {
        const qn_meta *m = qn_meta_get(rec, (qn_str){n->name, strlen(n->name)});
        qn_jsonw found = {0};
        qn_str text, wanted;
        if (m && (m->type == QN_T_STR || m->type == QN_T_JSON))
            qn_jsonw_raw(&found, m->u.str);
        else if (m && m->type == QN_T_REAL)
            qn_jsonw_real(&found, m->u.d);
        else if (m && m->type == QN_T_BOOL)
            qn_jsonw_bool(&found, m->u.i != 0);
        else if (m)
            qn_jsonw_i64(&found, m->u.i);
        text = (qn_str){found.p, found.n};
        wanted = (qn_str){n->type == QN_NODE_STRING ? n->u.s : "", 0};
        wanted.n = strlen(wanted.p);
        if (n->type == QN_NODE_INT ? !m || m->type != QN_T_INT || m->u.i != n->u.i
            : n->type == QN_NODE_BOOL
                ? !m || m->type != QN_T_BOOL || (m->u.i != 0) != (n->u.i != 0)
                : text.n != wanted.n || memcmp(text.p, wanted.p, wanted.n) != 0)
            complain(r, n->name, wanted, m ? text : (qn_str){"(not there)", 11});
        qn_jsonw_free(&found);
    }
}

static void check_record(struct running *r, const qn_record *rec)
{
    const char *state = rec->flags & QN_REC_FAILED    ? "failed"
                        : rec->flags & QN_REC_DROPPED ? "dropped"
                                                      : "live";
    if (qn_node_get(r->c->node, "state") || !qn_live(rec))
        check_string(r, "state", (qn_str){state, strlen(state)});
    if (!qn_live(rec) && !qn_node_get(r->c->node, "state"))
        complain(r, "state", (qn_str){"live", 4}, rec->why);
    check_string(r, "why", rec->why);
    check_string(r, "text", rec->text);
    compare_layer(r, rec, "sentences", "sents", 0);
    compare_layer(r, rec, "tokens", "tokens", 0);
    compare_layer(r, rec, "entities", "ents", 1);
    compare_layer(r, rec, "summary", "summary", 0);
    compare_layer(r, rec, "headings", "headings", 0);
    compare_changes(r, rec, "dropped", 1);
    compare_changes(r, rec, "changed", 0);
    check_meta(r, rec);
}

/* qn_tap.see */
static qn_status see(void *arg, const qn_batch *b)
{
    struct running *r = arg;
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        if (++r->seen == number_of(r->c, "record", 1)) check_record(r, b->rec[i]);
        if (string_of(r->c, "golden")) {
            qn_record named = *b->rec[i]; /* the place of the file must not be in it */
            named.id = named.place = (qn_str)QN_STR("test");
            put_tapped(&r->golden, r->stage, r->session, &named);
        }
    }
    return QN_OK;
}

/* ---- golden files ------------------------------------------------------------------------------
 */

static char *read_whole(const char *path, size_t *n)
{
    FILE *f = fopen(path, "r");
    char *all = NULL, *more;
    size_t cap = 0, got = 1;
    *n = 0;
    while (f && got) {
        if (*n + 65536 > cap) {
            cap = cap ? cap * 2 : 1 << 17;
            more = realloc(all, cap);
            if (!more) break;
            all = more;
        }
        got = fread(all + *n, 1, 65536, f);
        *n += got;
    }
    if (f) fclose(f);
    return all;
}

/* The first line that differs. */
static void show_difference(struct running *r, qn_str wanted, qn_str found)
{
    size_t i = 0, line = 0, n = wanted.n < found.n ? wanted.n : found.n;
    for (; i < n && wanted.p[i] == found.p[i]; i++)
        if (wanted.p[i] == '\n') line = i + 1;
    put(r->why, "golden: differs; the first line that does, from the first difference:\n");
    i = i > line + 40 ? i - 40 : line;
    while (i > line && i < found.n && ((unsigned char)found.p[i] & 0xC0) == 0x80)
        i--;
    put_line(r, "  - ", (qn_str){wanted.p + i, wanted.n - i < 200 ? wanted.n - i : 200});
    put_line(r, "  + ", (qn_str){found.p + i, found.n - i < 200 ? found.n - i : 200});
}

static test_result check_golden(struct running *r, int bless)
{
    const char *name = string_of(r->c, "golden"), *path;
    qn_str found = {r->golden.p, r->golden.n}, wanted;
    char why[1024];
    char *all;
    if (!name) return TEST_OK;
    path = beside(r->c, name);
    all = read_whole(path, &wanted.n);
    wanted.p = all;
    if (all && wanted.n == found.n && memcmp(all, found.p, found.n) == 0) {
        free(all);
        return TEST_OK;
    }
    if (bless) {
        if (!write_file(path, &r->golden, why, sizeof why)) {
            put(r->why, why);
            put(r->why, "\n");
        }
    } else if (all) {
        show_difference(r, wanted, found);
    } else {
        put(r->why, "golden: cannot be read; --bless writes it: ");
        put(r->why, path);
        put(r->why, "\n");
    }
    free(all);
    return bless ? TEST_BLESSED : TEST_FAILED;
}

/* ---- running -----------------------------------------------------------------------------------
 */

/* The input as a file: given, or written to a temporary folder. */
static const char *input_of(const test_case *c, char *temporary, size_t size, qn_jsonw *why)
{
    const char *file = string_of(c, "file"), *text = string_of(c, "input"), *tmp = getenv("TMPDIR");
    FILE *f;
    int fd;
    if (file) return beside(c, file);
    snprintf(temporary, size, "%s/quern-test-XXXXXX.txt", tmp && *tmp ? tmp : "/tmp");
    fd = mkstemps(temporary, 4);
    f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (f && fputs(text ? text : "", f) >= 0 && fclose(f) == 0) return temporary;
    put(why, temporary);
    put(why, ": ");
    put(why, strerror(errno));
    put(why, "\n");
    return NULL;
}

static const char **sets_of(const test_case *c, size_t *n)
{
    const qn_node *list = qn_node_get(c->node, "set"), *s;
    const char **v = calloc(list ? list->n + 1 : 1, sizeof *v);
    *n = 0;
    for (s = list ? list->first : NULL; v && s; s = s->next)
        if (s->type == QN_NODE_STRING) v[(*n)++] = s->u.s;
    return v;
}

static void put_diags(qn_jsonw *why, qn_diags *diags)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    if (!f) return;
    qn_diags_print(diags, f, QN_DIAG_TEXT, 0);
    fclose(f);
    qn_jsonw_raw(why, (qn_str){text, n});
    free(text);
}

static void run_plan(struct running *r, qn_plan *plan)
{
    int64_t wanted = number_of(r->c, "records", -1), record = number_of(r->c, "record", 1);
    qn_run_report rep;
    char why[1024], text[80];
    if (qn_run(plan, NULL, NULL, &rep, why, sizeof why) != QN_OK) {
        put(r->why, why);
        put(r->why, "\n");
    }
    qn_run_report_free(&rep);
    snprintf(text, sizeof text, "records: expected %lld, found %lld\n",
             (long long)(wanted < 0 ? record : wanted), (long long)r->seen);
    if (wanted >= 0 ? wanted != r->seen : record > r->seen) put(r->why, text);
}

/* The tap must name the last stage of the part, which only the plan of a first look tells. */
static void run_part(struct running *r, qn_plan_request *req, qn_diags *diags)
{
    qn_plan *plan = qn_plan_new(req, diags);
    char id[128];
    unsigned i;
    if (!plan) {
        put_diags(r->why, diags);
        return;
    }
    for (i = plan->nstage; i-- > 0 && plan->stage[i].plugin->kind == QN_SINK;) {
    }
    snprintf(id, sizeof id, "%s", plan->stage[i].id);
    qn_plan_free(plan);
    r->stage = id;
    r->tap = (qn_tap){id, see, r};
    req->dry = 0;
    req->tap = &r->tap;
    req->ntap = 1;
    plan = qn_plan_new(req, diags);
    if (!plan) {
        put_diags(r->why, diags);
        return;
    }
    r->session = plan->session;
    run_plan(r, plan);
    qn_plan_free(plan);
}

test_result test_case_run(const test_case *c, int bless, qn_jsonw *why)
{
    struct running r = {.c = c, .why = why};
    char temporary[512] = "";
    const char *input = input_of(c, temporary, sizeof temporary, why), *output = "/dev/null";
    qn_diags *diags = qn_diags_new();
    qn_plan_request req = {0};
    test_result result = TEST_FAILED;
    size_t before = why->n;
    req.set = sets_of(c, &req.nset);
    if (input && diags && req.set) {
        req.config = c->config;
        req.input = &input;
        req.ninput = 1;
        req.output = output;
        req.on_error = "skip";
        req.workers = 1;
        req.part = 1;
        req.from = string_of(c, "from");
        req.to = string_of(c, "to");
        req.dry = 1;
        run_part(&r, &req, diags);
        result = why->n == before ? check_golden(&r, bless) : TEST_FAILED;
        if (result == TEST_BLESSED && why->n > before) result = TEST_FAILED;
    }
    if (temporary[0]) unlink(temporary);
    qn_jsonw_free(&r.golden);
    qn_diags_free(diags);
    free((void *)(uintptr_t)req.set);
    return result;
}
