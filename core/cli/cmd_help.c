/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_help.c - quern help: the commands, one command, or one error code; all from the
 * tables that the program itself works with. */
#include <string.h>

#include "cli.h"

const char help_help[] = "  quern help            the commands\n"
                         "  quern help COMMAND    a command and its options\n"
                         "  quern help CODE       what an error code such as E0203 means\n";

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

int cmd_help(int argc, char **argv)
{
    const cli_command *c;
    if (argc < 2) {
        print_all();
        return EXIT_DONE;
    }
    c = find_command(argv[1]);
    if (!c) return print_code(argv[1]);
    return help_of(c->name);
}
