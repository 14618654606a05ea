/* SPDX-License-Identifier: MIT */
/* plugins/files/columns.h - a row of a table becomes a record: the header line says which cell is
 * the text and which the id; all others become metadata. */
#ifndef QUERN_FILES_COLUMNS_H
#define QUERN_FILES_COLUMNS_H
#include "document.h"
#include "rows.h"

typedef struct files_columns {
    files_dialect dialect;
    size_t n, text, id; /* id is n when no column is called so */
    qn_str name[];
} files_columns;

/* Reads the header line, in memory of the batch. NULL when it will not do, with the reason in
 * why[0, size); an empty reason: out of memory. */
files_columns *files_columns_read(qn_batch *b, qn_str header, files_dialect dialect,
                                  const files_fields *f, char *why, size_t size);

/* Reads r->text, a row marked QN_REC_BYTES, as files_document does a line. The text may be in any
 * encoding still, and then stays marked. */
qn_status files_columns_document(qn_ctx *cx, qn_record *r, const files_columns *columns);
#endif
