/* SPDX-License-Identifier: MIT */
/* plugins/brat/folder.h - a folder of files that is seen whole or not at all: filled under another
 * name beside its place, renamed at the end. */
#ifndef QUERN_BRAT_FOLDER_H
#define QUERN_BRAT_FOLDER_H
#include <quern/host.h>

typedef struct brat_folder brat_folder;

/* Nothing is created before the first file. The path must be free, or an empty folder: else, or
 * when it could not be made, NULL and words said about the option `path`. */
brat_folder *brat_folder_new(qn_ctx *, const char *path);
/* The files are removed unless they were kept. */
void brat_folder_free(brat_folder *);
/* Puts name + suffix into the folder. QN_E_IO and words said. */
qn_status brat_folder_put(brat_folder *, qn_ctx *, const char *name, const char *suffix,
                          qn_str bytes);
/* The folder goes to its place. QN_E_IO and words said. */
qn_status brat_folder_keep(brat_folder *, qn_ctx *);

/* A file name for an id that no document has had: path separators and what file systems or shells
 * do not like become "_", ".txt" at the end goes, "-2" and so on tell equal ones apart. Valid
 * until the next call. NULL: no memory. */
const char *brat_folder_name(brat_folder *, qn_str id);
#endif
