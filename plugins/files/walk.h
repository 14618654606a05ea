/* SPDX-License-Identifier: MIT */
/* plugins/files/walk.h - from the paths of the options to the files they mean, one at a time:
 * patterns are expanded, folders walked in byte order of the whole path. Only one list of names
 * per open folder is held. */
#ifndef QUERN_FILES_WALK_H
#define QUERN_FILES_WALK_H
#include <quern/base.h>

typedef struct files_walk files_walk;

typedef enum files_step {
    FILES_PATH = 1, /* a file to read, "-" for standard input */
    FILES_DONE,
    FILES_SKIPPED, /* not a file that is read; why says so */
    FILES_FAILED,  /* a path that should have been read and cannot be; why says so */
    FILES_WALK_NO_MEMORY
} files_step;

typedef struct files_found {
    const char *path; /* NUL-terminated, valid until the next call */
    uint64_t size;    /* bytes, 0 when unknown */
    int regular;      /* 1: can be opened again and again, unlike a pipe */
    const char *why;
} files_found;

/* Begins a walk over n paths: files, folders, patterns, "-". NULL when a path is wrong, with the
 * reason, which names it, in why[0, size). */
files_walk *files_walk_new(const char *const *paths, size_t n, char *why, size_t size);
void files_walk_free(files_walk *w);

files_step files_walk_next(files_walk *w, files_found *out);
#endif
