/* SPDX-License-Identifier: MIT */
/* plugins/files/warc.h - a web archive (ISO 28500) cut into its records, whole or quirky: line ends
 * without CR, too many or too few blank lines, wrong lengths. What a record says is read by
 * page.c. */
#ifndef QUERN_FILES_WARC_H
#define QUERN_FILES_WARC_H
#include "reader.h"

typedef struct files_warc {
    files_reader *r;
    uint64_t number; /* of the record handed out last, from 1; all kinds count */
    uint64_t passed; /* records of kinds that hold no document, so far */
    uint64_t at;     /* bytes of the archive before what r holds */
    char why[200];   /* after FILES_WRONG and FILES_LONG */
} files_warc;

/* 1 when the line begins an archive or a record in one. */
int files_is_warc(const char *line, size_t n);

/* Starts behind the start of r. */
void files_warc_start(files_warc *s, files_reader *r);

/* The next record that may hold a document (response, resource, conversion), with its header.
 * FILES_WRONG: what is no record was passed over, up to the next line that begins one. */
files_got files_warc_next(files_warc *s, qn_str *record);

/* The header of a record or of an HTTP answer: bytes of p[0, n) up to and with the empty line that
 * ends it; 0 when there is none. */
size_t files_head(const char *p, size_t n);

/* The value of a header field, without white space around it; n is 0 when it is not there. Case
 * does not matter. */
qn_str files_head_field(qn_str head, const char *name);

/* 1 when the value says the word, or the word and more behind a ";". */
int files_head_says(qn_str value, const char *word);
#endif
