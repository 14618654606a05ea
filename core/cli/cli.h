/* SPDX-License-Identifier: MIT */
/* core/cli/cli.h - floor 6: what the commands of the program share: exit statuses, the terminal,
 * and the table of commands that help and completion are made from. */
#ifndef QUERN_CLI_H
#define QUERN_CLI_H
#include <stdint.h>
#include <stdio.h>

#include "diag.h"
#include "log.h"

/* Exit statuses: sysexits(3), with 1 and 2 below them, and 128 + N for signal N. */
enum {
    EXIT_DONE = 0,
    EXIT_DIFFERENT = 1,    /* tests failed, or differences were found */
    EXIT_LEFT_OUT = 2,     /* finished, but records were left out because of errors */
    EXIT_USAGE = 64,       /* wrong command line */
    EXIT_DATA = 65,        /* bad input, and on_error = "stop" */
    EXIT_NOINPUT = 66,     /* an input is missing or cannot be read */
    EXIT_UNAVAILABLE = 69, /* a plugin is there but cannot be loaded */
    EXIT_INTERNAL = 70,    /* a fault of quern or a plugin; out of memory */
    EXIT_CANTCREATE = 73,  /* an output cannot be made */
    EXIT_IO = 74,          /* reading or writing failed on the way */
    EXIT_CONFIG = 78       /* the config is wrong */
};

typedef struct cli_command {
    const char *name;
    const char *args; /* "CONFIG [INPUT...] [OPTION...]" */
    const char *help; /* one line */
    const char *more; /* options and notes, for `quern help NAME`; lines of at most 80 columns */
    int (*run)(int argc, char **argv);
} cli_command;

/* The table; ends with a NULL name. */
extern const cli_command commands[];
const cli_command *find_command(const char *name);

/* Prints a command's help; returns EXIT_DONE. */
int help_of(const char *name);

int cmd_run(int argc, char **argv);
/* The same with a config that is no file: where argv has its path stands a name for messages. */
int run_text(int argc, char **argv, const char *text, size_t n);
int cmd_check(int argc, char **argv);
int cmd_plugins(int argc, char **argv);
int cmd_eval(int argc, char **argv);
int cmd_test(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_graph(int argc, char **argv);
int cmd_pipe(int argc, char **argv);
int cmd_view(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_bench(int argc, char **argv);
int cmd_compile_list(int argc, char **argv);
int cmd_help(int argc, char **argv);
extern const char help_run[], help_check[], help_show[], help_graph[], help_pipe[], help_plugins[],
    help_eval[], help_help[];
extern const char help_compile_list[], help_test[], help_view[], help_diff[], help_report[],
    help_new[], help_bench[];

/* "quern: WHAT" and a pointer to `quern help COMMAND` on standard error; returns EXIT_USAGE. */
int usage_error(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- terminal -------------------------------------------------------------------------------- */

typedef enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_when;

/* Colour on this stream? COLOR_AUTO: a terminal, NO_COLOR empty, TERM not "dumb". */
int use_color(FILE *, color_when);
/* Parses auto|always|never; 0 when it is none of them. */
int parse_color(const char *word, color_when *);
/* May a progress line be drawn? A terminal, no NO_COLOR, no CI. */
int use_progress(void);

/* 1234567 -> "1,234,567" in buf (at least 32 bytes); returns buf. */
const char *grouped(uint64_t n, char *buf);
/* 1234567 -> "1.2 MB" in buf (at least 32 bytes); returns buf. */
const char *sized(double bytes, char *buf);

/* The exit status that the errors in the list ask for; EXIT_DONE when there is none. */
int exit_of_diags(const qn_diags *);
/* A log writer for standard error: "[warn] stage: text". */
void log_to_stderr(void *user, qn_level, const char *stage, const char *text);
/* The same as one JSON object a line: ts, level, stage, message. */
void log_json(void *user, qn_level, const char *stage, const char *text);
/* Its last line, with the numbers of --stats. */
void log_json_end(const char *stats, size_t n);
#endif
