/* SPDX-License-Identifier: MIT */
/* plugins/sink/pack.h - a batch's bytes as one gzip member or one Zstandard frame; these laid end
 * to end are one file, so that every worker can compress its own. */
#ifndef QUERN_SINK_PACK_H
#define QUERN_SINK_PACK_H
#include <quern/base.h>

#include "text/json_write.h"

/* In the order of the option's choices, SINK_COMPRESS_CHOICES. */
typedef enum sink_compress { SINK_AUTO, SINK_PLAIN, SINK_GZIP, SINK_ZSTD } sink_compress;
#define SINK_COMPRESS_CHOICES "auto|none|gzip|zstd"

/* What SINK_AUTO means for a path: by .gz or .zst at its end. */
sink_compress sink_compress_of(const char *path);
/* 1 when this build can write that. */
int sink_compress_known(sink_compress kind);

typedef struct sink_packer sink_packer;

/* For SINK_GZIP or SINK_ZSTD; NULL when out of memory. level: 1 (fast) to 9 (small). */
sink_packer *sink_packer_new(sink_compress kind, int level);
void sink_packer_free(sink_packer *p);

/* Appends to out the member or frame that holds `data`; its header has neither time nor name, so
 * the same data is always the same bytes. 0 when out of memory. */
int sink_pack(sink_packer *p, qn_str data, qn_jsonw *out);
#endif
