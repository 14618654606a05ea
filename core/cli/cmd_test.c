/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_test.c - quern test: runs the cases of test files and says in TAP what came of them.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli.h"
#include "scan.h"
#include "stats.h"
#include "testcase.h"

const char help_test[] =
    "      --bless               write golden files that differ or are missing\n"
    "      --junit FILE          write the results as JUnit XML, too\n"
    "      --only TEXT           run the cases whose name holds the text\n"
    "      --color WHEN          auto, always, never (for mistakes in test files)\n"
    "\n"
    "A test file is in the language of configs:\n"
    "\n"
    "  version = 1;\n"
    "  config = \"news.cfg\";\n"
    "  tests = (\n"
    "    { name = \"a credit goes\"; input = \"Getty Images\\nIt sank.\"; to = \"junklines\";\n"
    "      text = \"It sank.\"; dropped = [ \"junk-credit: Getty Images\" ]; }\n"
    "  );\n"
    "\n"
    "quern.test(5) lists the words. Output is TAP: \"ok 1 - name\".\n"
    "\n"
    "exit status: 0 all passed; 1 some failed; 78 a test file is wrong\n";

struct test_args {
    int bless;
    const char *junit, *only;
    color_when color;
};

/* All results, for the totals and the XML. */
struct results {
    const struct test_args *args;
    qn_jsonw xml;
    unsigned n, failed, blessed;
};

/* ---- JUnit --------------------------------------------------------------------------------------
 */

static void put(qn_jsonw *w, const char *s)
{
    qn_jsonw_raw(w, (qn_str){s, strlen(s)});
}

/* Text of XML 1.0: controls that it cannot hold become '?'. */
static void put_xml(qn_jsonw *w, const char *p, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == '<')
            put(w, "&lt;");
        else if (c == '&')
            put(w, "&amp;");
        else if (c == '"')
            put(w, "&quot;");
        else if (c < 0x20 && c != '\n' && c != '\t')
            put(w, "?");
        else
            qn_jsonw_raw(w, (qn_str){p + i, 1});
    }
}

static void add_junit(struct results *r, const char *file, const test_case *c, test_result result,
                      const qn_jsonw *why, double seconds)
{
    char time[32];
    snprintf(time, sizeof time, "%.3f", seconds);
    put(&r->xml, "  <testcase classname=\"");
    put_xml(&r->xml, file, strlen(file));
    put(&r->xml, "\" name=\"");
    put_xml(&r->xml, c->name, strlen(c->name));
    put(&r->xml, "\" time=\"");
    put(&r->xml, time);
    if (result != TEST_FAILED) {
        put(&r->xml, "\"/>\n");
        return;
    }
    put(&r->xml, "\"><failure message=\"not as expected\">");
    put_xml(&r->xml, why->p, why->n);
    put(&r->xml, "</failure></testcase>\n");
}

static int write_junit(struct results *r)
{
    qn_jsonw all = {0};
    char head[200], why[1024];
    int ok;
    snprintf(head, sizeof head,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuite name=\"quern\" tests=\"%u\" failures=\"%u\">\n",
             r->n, r->failed);
    put(&all, head);
    qn_jsonw_raw(&all, (qn_str){r->xml.p, r->xml.n});
    put(&all, "</testsuite>\n");
    all.no_memory |= r->xml.no_memory;
    ok = write_file(r->args->junit, &all, why, sizeof why);
    if (!ok) log_to_stderr(NULL, QN_ERROR, "--junit", why);
    qn_jsonw_free(&all);
    return ok;
}

/* ---- one case -----------------------------------------------------------------------------------
 */

static void print_why(const qn_jsonw *why)
{
    size_t at, end;
    for (at = 0; at < why->n; at = end + 1) {
        const char *stop = memchr(why->p + at, '\n', why->n - at);
        end = stop ? (size_t)(stop - why->p) : why->n;
        printf("#   %.*s\n", (int)(end - at), why->p + at);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_case(struct results *r, const char *file, const test_case *c)
{
    qn_jsonw why = {0};
    double start = now();
    test_result result = test_case_run(c, r->args->bless, &why);
    r->n++;
    r->failed += result == TEST_FAILED;
    r->blessed += result == TEST_BLESSED;
    printf("%s %u - %s%s\n", result == TEST_FAILED ? "not ok" : "ok", r->n, c->name,
           result == TEST_BLESSED ? " # blessed" : "");
    if (result == TEST_FAILED) {
        if (c->node->value.line) printf("#   %s:%u\n", file, c->node->value.line);
        print_why(&why);
    }
    fflush(stdout);
    add_junit(r, file, c, result, &why, now() - start);
    qn_jsonw_free(&why);
}

/* ---- files --------------------------------------------------------------------------------------
 */

/* "a/b.cfg" beside "x/y.test.cfg" is "x/a/b.cfg". */
static const char *path_beside(qn_pool *pool, const char *folder, const char *path)
{
    size_t n = strlen(folder) + strlen(path) + 2;
    char *all = path[0] == '/' ? NULL : qn_pool_alloc(pool, n);
    if (all) snprintf(all, n, "%s/%s", folder, path);
    return all ? all : path;
}

static const char *folder_of(qn_pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash ? qn_pool_string(pool, path, (size_t)(slash - path)) : ".";
    if (slash == path) folder = "/";
    return folder ? folder : ".";
}

static const char *check_top(const qn_node *root, const char *path, qn_diags *diags)
{
    const qn_node *n, *config = qn_node_get(root, "config"), *tests = qn_node_get(root, "tests");
    const qn_node *version = qn_node_get(root, "version");
    qn_place at = {path, 0, 0, 0, NULL};
    for (n = root->first; n; n = n->next)
        if (strcmp(n->name, "version") != 0 && strcmp(n->name, "config") != 0 &&
            strcmp(n->name, "tests") != 0)
            qn_diag(diags, "E0203", &n->key, NULL, "a test file has version, config and tests",
                    "unknown setting '%s'", n->name);
    if (!version || version->type != QN_NODE_INT || version->u.i != 1)
        qn_diag(diags, "E0407", version ? &version->value : &at, NULL, NULL,
                "a test file begins with version = 1;");
    if (!tests || tests->type != QN_NODE_LIST)
        qn_diag(diags, "E0201", tests ? &tests->value : &at, NULL, NULL,
                "'tests' is a list of groups: tests = ( { name = \"...\"; ... } );");
    if (config && config->type == QN_NODE_STRING) return config->u.s;
    qn_diag(diags, "E0201", config ? &config->value : &at, NULL, NULL,
            "'config' names the config that is tested");
    return NULL;
}

/* Checks all cases first: a typo must not hide in a case that passes. */
static void run_cases(struct results *r, qn_pool *pool, const char *path, const qn_node *root,
                      qn_diags *diags)
{
    const char *config = check_top(root, path, diags), *folder = folder_of(pool, path);
    const qn_node *tests = qn_node_get(root, "tests"), *n;
    int pass;
    for (pass = 0; pass < 2 && qn_diags_errors(diags) == 0; pass++)
        for (n = tests->first; n; n = n->next) {
            const qn_node *name = n->type == QN_NODE_GROUP ? qn_node_get(n, "name") : NULL;
            test_case c = {n, name && name->type == QN_NODE_STRING ? name->u.s : "(no name)",
                           path_beside(pool, folder, config), folder, pool};
            if (n->type != QN_NODE_GROUP)
                qn_diag(diags, "E0202", &n->value, NULL, NULL, "a test is a group { }");
            else if (pass == 0)
                test_case_check(&c, diags);
            else if (!r->args->only || strstr(c.name, r->args->only))
                run_case(r, path, &c);
        }
}

static int run_file(struct results *r, const char *path)
{
    qn_diags *diags = qn_diags_new();
    qn_pool *pool = qn_pool_new();
    int code = EXIT_INTERNAL;
    qn_scan scan;
    if (diags && pool && qn_scan_file(pool, path, &scan, diags) == QN_OK) {
        if (!qn_diags_errors(diags)) run_cases(r, pool, path, scan.root, diags);
        qn_diags_print(diags, stderr, QN_DIAG_TEXT, use_color(stderr, r->args->color));
        code = exit_of_diags(diags);
    }
    qn_pool_free(pool);
    qn_diags_free(diags);
    return code;
}

static int parse(struct test_args *a, int argc, char **argv)
{
    static const struct option longs[] = {
        {"bless", no_argument, NULL, 'b'},      {"junit", required_argument, NULL, 'j'},
        {"only", required_argument, NULL, 'o'}, {"color", required_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
    int opt;
    while ((opt = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        if (opt == 'h') {
            help_of("test");
            return -1;
        }
        if (opt == '?') return usage_error("test", "wrong option");
        if (opt == 'b') a->bless = 1;
        if (opt == 'j') a->junit = optarg;
        if (opt == 'o') a->only = optarg;
        if (opt == 'c' && !parse_color(optarg, &a->color))
            return usage_error("test", "--color %s: expected auto, always or never", optarg);
    }
    return optind < argc ? EXIT_DONE : usage_error("test", "no test file given");
}

int cmd_test(int argc, char **argv)
{
    struct test_args a = {0};
    struct results r = {.args = &a};
    int code = parse(&a, argc, argv), i, worst = EXIT_DONE;
    if (code != EXIT_DONE) return code < 0 ? EXIT_DONE : code;
    for (i = optind; i < argc; i++) {
        code = run_file(&r, argv[i]);
        if (code > worst) worst = code;
    }
    printf("1..%u\n", r.n);
    if (r.failed || r.blessed) printf("# %u failed, %u blessed, of %u\n", r.failed, r.blessed, r.n);
    if (a.junit && !write_junit(&r) && worst == EXIT_DONE) worst = EXIT_CANTCREATE;
    qn_jsonw_free(&r.xml);
    return worst ? worst : r.failed ? EXIT_DIFFERENT : EXIT_DONE;
}
