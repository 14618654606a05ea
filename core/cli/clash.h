/* SPDX-License-Identifier: MIT */
/* core/cli/clash.h - floor 7: files of a run that would be written over each other or over what is
 * read. */
#ifndef QUERN_CLI_CLASH_H
#define QUERN_CLI_CLASH_H
#include "plan.h"

/* A file that an option of the command line names; NULL: none. */
typedef struct clash_file {
    const char *option, *path;
} clash_file;

/* EXIT_DONE, or EXIT_USAGE with words when two of the n files and the plan's outputs are the same,
 * or an output is one of the inputs. Warns when an output lies in a folder that is read. */
int check_clash(const qn_plan *, const clash_file *, size_t n, const char *const *input,
                size_t ninput);
#endif
