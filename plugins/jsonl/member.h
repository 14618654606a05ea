/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/member.h - a batch's lines as one gzip member; members laid end to end are one gzip
 * file, so that every worker can compress its own. */
#ifndef QUERN_JSONL_MEMBER_H
#define QUERN_JSONL_MEMBER_H
#include <quern/base.h>

#include "text/json_write.h"

typedef struct jsonl_deflater jsonl_deflater;

/* NULL when out of memory. level: 1 (fast) to 9 (small). */
jsonl_deflater *jsonl_deflater_new(int level);
void jsonl_deflater_free(jsonl_deflater *d);

/* Appends to out the member that holds `data`; its header has neither time nor name, so the same
 * data is always the same bytes. 0 when out of memory. */
int jsonl_member(jsonl_deflater *d, qn_str data, qn_jsonw *out);
#endif
