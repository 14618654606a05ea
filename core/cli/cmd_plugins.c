/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_plugins.c - quern plugins: what there is and how it is configured, all read from
 * the plugins' descriptors. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "loader.h"
#include "manual.h"
#include "option.h"
#include "plugincheck.h"
#include "scaffold.h"
#include "schema.h"

const char help_plugins[] =
    "  quern plugins list         every plugin in the search path\n"
    "  quern plugins show NAME    what it does, its options and layers;\n"
    "                             NAME may be a path such as ./my.so\n"
    "      --man                  as a page of the manual, mdoc(7)\n"
    "  quern plugins schema       what a config of these plugins may hold, as a\n"
    "                             JSON Schema (a config's groups are objects)\n"
    "  quern plugins path         the folders searched, in their order\n"
    "  quern plugins new NAME [--kind filter|source|sink]\n"
    "                             a folder with a plugin that works, its\n"
    "                             test and its makefile: cd NAME, make,\n"
    "                             make check\n"
    "  quern plugins check NAME|FILE.so\n"
    "                             tries a plugin out, each test in a process\n"
    "                             of its own\n"
    "      --level N              1 loading, 2 descriptor, 3 life cycle,\n"
    "                             4 documents, 5 the same answer always (5)\n"
    "      --only WORDS           tests whose name has these words\n"
    "      --set OPTION=VALUE     an option of the plugin; may be given again\n"
    "      --seed N               of the random documents (1)\n"
    "      --reproduce N          only those, from this seed on\n"
    "      --deadline SECONDS     for a test (60)\n"
    "      --in-process           no process of its own: for a debugger\n"
    "      --format FORMAT        text, or tap\n"
    "\n"
    "exit status: 0; 1 check found a fault; 69 the plugin cannot be loaded\n";

static const char *kind_name(uint32_t kind)
{
    return kind == QN_SOURCE ? "source" : kind == QN_STAGE ? "stage" : "sink";
}

static int list(qn_loader *l)
{
    size_t n, i;
    const qn_module *const *m = qn_loader_list(l, &n);
    for (i = 0; i < n; i++) {
        const qn_plugin *p = &m[i]->plugin;
        if (m[i]->problem) continue;
        printf("%-12s %-8s %-7s %s\n", p->name, p->version, kind_name(p->kind), p->help);
    }
    for (i = 0; i < n; i++)
        if (m[i]->problem)
            fprintf(stderr, "quern: %s: not usable: %s\n", m[i]->file, m[i]->problem);
    return EXIT_DONE;
}

static void show_words(const char *title, const char *const *word)
{
    size_t i;
    if (!word || !word[0]) return;
    printf("  %-9s", title);
    for (i = 0; word[i]; i++)
        printf("%s%s", i ? ", " : " ", word[i]);
    putchar('\n');
}

static void show_options(const qn_plugin *p)
{
    qn_option o;
    size_t i;
    if (!qn_option_row(p->options, p->option_stride, 0, &o)) return;
    puts("  options:");
    for (i = 0; qn_option_row(p->options, p->option_stride, i, &o); i++) {
        char what[512];
        qn_option_describe(&o, what, sizeof what);
        printf("    %-14s %s\n    %-14s %s\n", o.name, what, "", o.help);
    }
}

static void show_counters(const qn_plugin *p)
{
    const qn_counter_decl *c;
    if (!p->counters || !p->counters->name) return;
    puts("  counters:");
    for (c = p->counters; c->name; c++)
        printf("    %-14s %s\n", c->name, c->help);
}

static int show(qn_loader *l, const char *name, int man)
{
    char why[1024];
    const qn_module *m = qn_loader_find(l, name, why, sizeof why);
    const qn_plugin *p;
    if (!m) {
        fprintf(stderr, "quern: plugin '%s': %s\n", name, why);
        return EXIT_UNAVAILABLE;
    }
    p = &m->plugin;
    if (man) {
        manual_of_plugin(stdout, p);
        return EXIT_DONE;
    }
    printf("%s %s - %s (%s, %s)\n", p->name, p->version, p->help, kind_name(p->kind),
           p->license ? p->license : "no licence named");
    printf("  from      %s, plugin ABI %u.%u\n", m->file, p->abi_major, p->abi_minor);
    show_words("needs", p->needs);
    show_words("makes", p->makes);
    show_words("names", p->names);
    show_options(p);
    show_counters(p);
    printf("  example:  { plugin = \"%s\"; }\n", p->name);
    return EXIT_DONE;
}

/* Of all plugins that can be used; of two with a name the first in the search path. */
static int schema(qn_loader *l)
{
    size_t n, i, k;
    const qn_module *const *m = qn_loader_list(l, &n);
    const qn_plugin **plugin = calloc(n + 1, sizeof *plugin);
    qn_jsonw w = {0};
    int code = EXIT_INTERNAL;
    for (i = 0; plugin && i < n; i++) {
        for (k = 0; k < i && (!plugin[k] || strcmp(plugin[k]->name, m[i]->plugin.name) != 0); k++) {
        }
        plugin[i] = m[i]->problem || k < i ? NULL : &m[i]->plugin;
    }
    if (plugin) schema_of_config(&w, plugin, n);
    if (plugin && !w.no_memory)
        code = fwrite(w.p, 1, w.n, stdout) == w.n && fflush(stdout) == 0 ? EXIT_DONE : EXIT_IO;
    qn_jsonw_free(&w);
    free(plugin);
    return code;
}

static int path(const qn_loader *l)
{
    const char *dir;
    size_t i;
    for (i = 0; (dir = qn_loader_dir(l, i)) != NULL; i++)
        puts(dir);
    return EXIT_DONE;
}

static int with_loader(qn_loader *l, int argc, char **argv)
{
    if (qn_loader_add_default_dirs(l) != QN_OK) return EXIT_INTERNAL;
    if (argc == 2 && strcmp(argv[1], "list") == 0) return list(l);
    if (argc == 2 && strcmp(argv[1], "path") == 0) return path(l);
    if (argc == 2 && strcmp(argv[1], "schema") == 0) return schema(l);
    if (argc == 3 && strcmp(argv[1], "show") == 0) return show(l, argv[2], 0);
    if (argc == 4 && strcmp(argv[1], "show") == 0 && strcmp(argv[3], "--man") == 0)
        return show(l, argv[2], 1);
    if (argc >= 2 && strcmp(argv[1], "check") == 0) return check_plugin(l, argc - 1, argv + 1);
    return usage_error("plugins",
                       argc < 2 ? "list, show, schema, path, new or check?" : "wrong arguments");
}

static int new_plugin(int argc, char **argv)
{
    const char *name = NULL, *kind = "filter";
    int i;
    for (i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--kind") == 0 && i + 1 < argc)
            kind = argv[++i];
        else if (strncmp(argv[i], "--kind=", 7) == 0)
            kind = argv[i] + 7;
        else if (!name && argv[i][0] != '-')
            name = argv[i];
        else
            return usage_error("plugins", "new: unexpected '%s'", argv[i]);
    }
    return name ? make_plugin(name, kind) : usage_error("plugins", "new: expected a name");
}

int cmd_plugins(int argc, char **argv)
{
    char why[512];
    qn_loader *l;
    int code;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) return help_of("plugins");
    if (argc >= 2 && strcmp(argv[1], "new") == 0) return new_plugin(argc, argv);
    l = qn_loader_new(why, sizeof why);
    if (!l) {
        fprintf(stderr, "quern: %s\n", why);
        return EXIT_INTERNAL;
    }
    code = with_loader(l, argc, argv);
    qn_loader_free(l);
    return code;
}
