/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_help.c - quern help: the commands, one command, or one error code; all from the
 * tables that the program itself works with. */
#include <string.h>

#include "cli.h"
#include "manual.h"

const char help_help[] = "  quern help            the commands\n"
                         "  quern help COMMAND    a command and its options\n"
                         "  quern help CODE       what an error code such as E0203 means\n"
                         "      --man             a command's page of the manual, as mdoc(7)\n"
                         "      --names           no more than the commands' names, for scripts\n";

static void print_all(void)
{
    const cli_command *c;
    printf("quern - text processing pipelines made of plugins\n\n");
    for (c = commands; c->name; c++)
        printf("  quern %-8s %s\n  %14s %s\n", c->name, c->args, "", c->help);
    printf("\n  quern --version\n\n"
           "'quern help COMMAND' says more; 'quern plugins list' shows what a pipeline can be\n"
           "made of. The manual: man quern\n");
}

int help_of(const char *name)
{
    const cli_command *c = find_command(name);
    printf("usage: quern %s %s\n\n%s\n\n%s", c->name, c->args, c->help, c->more);
    return EXIT_DONE;
}

static int print_code(const char *word)
{
    const qn_diag_code *code = qn_diag_code_find(word);
    if (!code) return usage_error(NULL, "'%s' is neither a command nor an error code", word);
    printf("%s: %s\n\n%s\n", code->code, code->title, code->text);
    return EXIT_DONE;
}

static int print_names(void)
{
    const cli_command *c;
    for (c = commands; c->name; c++)
        puts(c->name);
    return EXIT_DONE;
}

int cmd_help(int argc, char **argv)
{
    const int man = argc > 2 && strcmp(argv[2], "--man") == 0;
    const cli_command *c;
    if (argc > 2 + man) return usage_error("help", "unexpected '%s'", argv[2 + man]);
    if (argc == 2 && strcmp(argv[1], "--names") == 0) return print_names();
    if (argc < 2) {
        print_all();
        return EXIT_DONE;
    }
    c = find_command(argv[1]);
    if (!c) return print_code(argv[1]);
    if (!man) return help_of(c->name);
    manual_of_command(stdout, c);
    return EXIT_DONE;
}
