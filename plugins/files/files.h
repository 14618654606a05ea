/* SPDX-License-Identifier: MIT */
/* plugins/files/files.h - what the parts of the plugin share: its options and its state, and what a
 * record is on its way from read() to process(). */
#ifndef QUERN_FILES_FILES_H
#define QUERN_FILES_FILES_H
#include <quern/plugin.h>

#include "columns.h"
#include "document.h"
#include "page.h"
#include "walk.h"
#include "warc.h"

typedef enum files_format {
    FILES_AUTO,
    FILES_TXT,
    FILES_JSONL,
    FILES_CSV,
    FILES_TSV,
    FILES_WARC
} files_format;

typedef struct files_opts {
    qn_list path;
    int format; /* files_format */
    const char *text_field, *id_field;
    uint64_t max_size;
    int64_t max_ratio;
    qn_list types;
} files_opts;

enum { FILES_PASSED };                        /* counters */
enum { FILES_OTHER_TYPE, FILES_HTTP_STATUS }; /* names */

/* A reader and the context of the call that uses it. */
typedef struct files_lane {
    qn_ctx *cx;
    files_reader reader;
    files_unpacker *unpacker; /* of pages; made for the first archive */
} files_lane;

/* A file of many documents that is being cut. */
typedef struct files_cut {
    files_format format;
    char *path; /* NULL: none is */
    uint64_t size;
    files_rows rows; /* of a table; its header line is kept */
    char *header;
    size_t header_n;
    files_columns *columns; /* the header again, in memory of the batch columns_seq - 1 */
    uint64_t columns_seq;
    files_warc warc;
} files_cut;

typedef struct files_state {
    files_fields fields; /* read-only, the rest is read()'s */
    files_walk *walk;
    files_lane lane;
    files_cut cut;
    uint64_t files;        /* found so far */
    uint64_t past;         /* bytes of the files before it */
    _Atomic uint64_t done; /* for the progress line: read while read() works */
    files_walk *ahead;     /* the progress line's own walk, which adds the sizes up */
    uint64_t total;
} files_state;

/* How far the input has been read (QN_EXT_PROGRESS). */
void files_progress(void *state, uint64_t *done, uint64_t *total);

/* Adds records to the batch: the names of text files, and pieces of others. */
qn_status files_read(qn_ctx *cx, qn_batch *b);

/* What a record is to be made from; lies before its place. */
typedef struct files_origin {
    files_format format; /* FILES_AUTO: the record is complete. FILES_TXT: the file is to be read.
                            Else the text is a piece of it */
    const char *path;
    const files_columns *columns; /* of FILES_CSV and FILES_TSV */
} files_origin;

static inline const files_origin *files_origin_of(const qn_record *r)
{
    return (const files_origin *)(const void *)r->place.p - 1;
}

/* A new record whose place is the path, or "path:number" when number is not 0. NULL when out of
 * memory. */
qn_record *files_add(qn_ctx *cx, qn_batch *b, files_origin origin, uint64_t number);
/* A record that only says what went wrong. */
qn_status files_add_failed(qn_ctx *cx, qn_batch *b, const char *path, uint64_t number,
                           qn_status status, const char *why);

/* Starts on the file that the lane's reader has just been started on. */
qn_status files_cut_start(qn_ctx *cx, qn_batch *b, const files_found *file, files_format format);
/* Adds the next piece of it to the batch, or finds that there are no more. */
qn_status files_cut_next(qn_ctx *cx, qn_batch *b);
void files_cut_end(files_state *s);
#endif
