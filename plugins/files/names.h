/* SPDX-License-Identifier: MIT */
/* plugins/files/names.h - a list of file names in one block of memory: a folder may hold a million
 * of them. */
#ifndef QUERN_FILES_NAMES_H
#define QUERN_FILES_NAMES_H
#include <dirent.h>
#include <quern/base.h>

typedef struct files_names {
    char *text; /* each name: 'd' (folder) or 'f', the name, NUL */
    size_t used, room;
    size_t *at; /* where in text each name begins */
    size_t n, cap;
} files_names;

/* Starts with all members zero. */
void files_names_free(files_names *l);
/* 0 when out of memory. */
int files_names_add(files_names *l, const char *name, int folder);
/* Adds what a folder holds, but hidden names. NULL, or what failed, with errno set. */
const char *files_names_list(files_names *l, DIR *dir);
/* Sorts from number `first` on, by bytes, those of folders as if "/" followed. */
void files_names_sort(files_names *l, size_t first);
const char *files_names_get(const files_names *l, size_t i);
#endif
