/* SPDX-License-Identifier: MIT */
/* plugins/files/document.h - one JSON line becomes a record: its text, its id, and everything else
 * as metadata. */
#ifndef QUERN_FILES_DOCUMENT_H
#define QUERN_FILES_DOCUMENT_H
#include <quern/host.h>

/* A record may carry so many other fields: they are looked up by walking. */
enum { FILES_FIELDS = 1000 };

typedef struct files_fields {
    qn_str text, id; /* names of the members that hold them */
} files_fields;

/* Reads r->text, a JSON object marked QN_REC_BYTES, and sets r->text, r->id (r->place where the
 * object has none) and r->meta. On a failure, whose words are said, the line stays in r->text. */
qn_status files_document(qn_ctx *cx, qn_record *r, const files_fields *f);

/* 1 when line[0, n) is the start of JSON lines: an object with a text member, or the start of one
 * when the line is longer (whole is 0). */
int files_is_jsonl(const char *line, size_t n, int whole, const files_fields *f);
#endif
