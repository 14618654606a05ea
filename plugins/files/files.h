/* SPDX-License-Identifier: MIT */
/* plugins/files/files.h - what the parts of the plugin share: its options and its state, and what a
 * record is on its way from read() to process():
 *   id unset            a JSON line, in text, marked QN_REC_BYTES
 *   id set, text unset  a text file; its path is files_path()
 *   both set            complete: a text that came through a pipe */
#ifndef QUERN_FILES_FILES_H
#define QUERN_FILES_FILES_H
#include <quern/plugin.h>

#include "document.h"
#include "reader.h"
#include "walk.h"

enum files_format { FILES_AUTO, FILES_TXT, FILES_JSONL };

typedef struct files_opts {
    qn_list path;
    int format; /* files_format */
    const char *text_field, *id_field;
    uint64_t max_size;
    int64_t max_ratio;
} files_opts;

/* A reader and the context of the call that uses it. */
typedef struct files_lane {
    qn_ctx *cx;
    files_reader reader;
} files_lane;

typedef struct files_state {
    files_fields fields; /* read-only, the rest is read()'s */
    files_walk *walk;
    files_lane lane;
    char *lines;           /* path of the JSON lines being cut; NULL: none are */
    uint64_t files;        /* found so far */
    uint64_t size;         /* of the file that lines are cut from */
    uint64_t past;         /* bytes of the files before it */
    _Atomic uint64_t done; /* for the progress line: read while read() works */
    files_walk *ahead;     /* the progress line's own walk, which adds the sizes up */
    uint64_t total;
} files_state;

/* How far the input has been read (QN_EXT_PROGRESS). */
void files_progress(void *state, uint64_t *done, uint64_t *total);

/* Adds records to the batch: the names of text files, and JSON lines. */
qn_status files_read(qn_ctx *cx, qn_batch *b);

/* The path of a text file that was handed out by files_read: it lies behind the NUL that ends the
 * place, which is the same in UTF-8 whatever the file system's names are. */
static inline const char *files_path(const qn_record *r)
{
    return r->place.p + r->place.n + 1;
}
#endif
