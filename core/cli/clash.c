/* SPDX-License-Identifier: MIT */
/* core/cli/clash.c - see clash.h. */
#include "clash.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* Streams and devices take whatever comes. */
static int is_file(const char *path)
{
    return path && strcmp(path, "-") != 0 && strncmp(path, "/dev/", 5) != 0;
}

/* Does an output of the plan, or one of the files before the last, stand at the last one's path?
 * The later of the two would put itself in the other's place. */
static int is_taken(const qn_plan *plan, const clash_file *file, size_t last)
{
    const char *path = file[last].path;
    size_t i;
    if (!is_file(path)) return 0;
    for (i = 0; i < last; i++)
        if (file[i].path && strcmp(file[i].path, path) == 0) return 1;
    for (i = 0; i < plan->session->nout; i++)
        if (strcmp(qn_out_path(plan->session->out[i]), path) == 0) return 1;
    return 0;
}

/* The path without links, of a file that may not be there yet. 0: its folder is not there. */
static int real_path(const char *path, char *out)
{
    char folder[PATH_MAX], real[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (realpath(path, out)) return 1;
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + 1) : 1,
             slash ? path : ".");
    if (!realpath(folder, real)) return 0;
    return snprintf(out, PATH_MAX, "%s/%s", real, slash ? slash + 1 : path) < PATH_MAX;
}

static int lies_in(const char *file, const char *folder)
{
    const size_t n = strlen(folder);
    return strncmp(file, folder, n) == 0 && (file[n] == '/' || (n && folder[n - 1] == '/'));
}

static int check_output(const qn_plan *plan, const char *output, const char *input)
{
    char out[PATH_MAX], in[PATH_MAX];
    struct stat st;
    if (!is_file(output) || !is_file(input) || stat(input, &st) != 0) return EXIT_DONE;
    if (!real_path(output, out) || !realpath(input, in)) return EXIT_DONE;
    if (S_ISREG(st.st_mode) && strcmp(out, in) == 0)
        return usage_error("run", "'%s' is input and output: nothing of what is read would be left",
                           input);
    if (S_ISDIR(st.st_mode) && lies_in(out, in))
        qn_log_say(plan->session->log, QN_WARN, "",
                   "the output '%s' lies in the input folder '%s': the next run reads it", output,
                   input);
    return EXIT_DONE;
}

int check_clash(const qn_plan *plan, const clash_file *file, size_t n, const char *const *input,
                size_t ninput)
{
    size_t i, k;
    int code = EXIT_DONE;
    for (i = 0; i < n; i++)
        if (is_taken(plan, file, i))
            return usage_error("run", "%s %s: something else is written to that file",
                               file[i].option, file[i].path);
    for (i = 0; i < plan->session->nout && code == EXIT_DONE; i++)
        for (k = 0; k < ninput && code == EXIT_DONE; k++)
            code = check_output(plan, qn_out_path(plan->session->out[i]), input[k]);
    return code;
}
