/* SPDX-License-Identifier: MIT */
/* core/cli/main.c - the program quern: finds the command and hands over. */
#include <locale.h>
#ifdef QN_STATIC_PLUGINS
#include <ltdl.h>
#endif
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "loader.h"
#include "suggest.h"

const cli_command commands[] = {
    {"run", "CONFIG [INPUT...] [OPTION...]", "run a pipeline", help_run, cmd_run},
    {"new", "[KIND [FILE.cfg]]", "a config to go on from, with its tests", help_new, cmd_new},
    {"check", "CONFIG... [OPTION...]", "find every mistake in a config, and run nothing",
     help_check, cmd_check},
    {"test", "FILE... [OPTION...]", "test a config: what must come out of what goes in", help_test,
     cmd_test},
    {"show", "CONFIG [OPTION...]", "the config a run would use, each value with its origin",
     help_show, cmd_show},
    {"graph", "CONFIG [OPTION...]", "a picture of a pipeline", help_graph, cmd_graph},
    {"pipe", "'STAGE ! STAGE ...' [INPUT...] [OPTION...]",
     "run a pipeline given on the command line", help_pipe, cmd_pipe},
    {"plugins", "list | show NAME | schema | path | new NAME | check NAME",
     "what plugins there are and how they are configured", help_plugins, cmd_plugins},
    {"view", "RECORDS... [OPTION...]", "records as a page to read", help_view, cmd_view},
    {"report", "RECORDS... [OPTION...]", "what a file of records holds, as a page", help_report,
     cmd_report},
    {"diff", "A B [OPTION...]", "what differs between two files of records", help_diff, cmd_diff},
    {"eval", "PRED GOLD [OPTION...]", "score records against gold ones", help_eval, cmd_eval},
    {"bench", "CONFIG [--vs CONFIG2] [INPUT...] [OPTION...]",
     "how fast a pipeline is, and whether another is faster", help_bench, cmd_bench},
    {"compile-list", "LIST... -o FILE", "make a list of names that loads at once",
     help_compile_list, cmd_compile_list},
    {"help", "[COMMAND | CODE]", "explain a command or an error code", help_help, cmd_help},
    {NULL, NULL, NULL, NULL, NULL},
};

const cli_command *find_command(const char *name)
{
    const cli_command *c;
    for (c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}

static void print_version(void)
{
    printf("quern %s\n"
           "License MIT <https://spdx.org/licenses/MIT>\n"
           "This is free software: you may change and redistribute it.\n"
           "There is no warranty, to the extent permitted by law.\n",
           QN_VERSION);
}

static int no_such_command(const char *word)
{
    qn_suggest s;
    const cli_command *c;
    qn_suggest_start(&s, word);
    for (c = commands; c->name; c++)
        qn_suggest_try(&s, c->name);
    if (s.best)
        return usage_error(NULL, "'%s' is not a command - did you mean '%s'?", word, s.best);
    return usage_error(NULL, "'%s' is not a command", word);
}

int main(int argc, char **argv)
{
    const cli_command *c;
#ifdef QN_STATIC_PLUGINS
    qn_loader_link(lt_preloaded_symbols);
#endif
    setlocale(LC_CTYPE, ""); /* only what strerror and the terminal need; data is always UTF-8 */
    if (argc < 2) return usage_error(NULL, "no command given");
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        print_version();
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return cmd_help(1, argv);
    c = find_command(argv[1]);
    if (!c) return no_such_command(argv[1]);
    return c->run(argc - 1, argv + 1);
}
