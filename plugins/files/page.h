/* SPDX-License-Identifier: MIT */
/* plugins/files/page.h - a record of a web archive becomes a document: the body of an HTTP answer,
 * as the server meant it (chunks joined, unpacked), or the text of a WET file. */
#ifndef QUERN_FILES_PAGE_H
#define QUERN_FILES_PAGE_H
#include <quern/host.h>

#include "unpack.h"

typedef struct files_page_rules {
    const char *const *types; /* media types that are read */
    size_t ntypes;
    size_t max_size;
    uint64_t max_ratio;
    qn_name other_type, http_status; /* why a record is left out */
} files_page_rules;

/* Reads r->text, a record as files_warc_next gives it, marked QN_REC_BYTES, and sets r->text, r->id
 * and r->meta; or drops the record, whose kind or status is not wanted. */
qn_status files_page(qn_ctx *cx, qn_record *r, const files_page_rules *rules,
                     files_unpacker *unpacker);
#endif
