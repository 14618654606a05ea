/* SPDX-License-Identifier: MIT */
/* plugins/files/unpack.h - gzip and Zstandard in memory, one member (gzip) or frame (zstd) after
 * another: packed bytes in, plain bytes out. What lies between members, how far they may grow and
 * where in the file it happened is the business of input.c. */
#ifndef QUERN_FILES_UNPACK_H
#define QUERN_FILES_UNPACK_H
#include <stddef.h>

typedef enum files_packing { FILES_PLAIN, FILES_GZIP, FILES_ZSTD } files_packing;

/* How many first bytes files_packed needs to be sure. */
enum { FILES_MAGIC = 4 };

/* What a member of the n bytes at p would be packed with, by its magic number; a zstd frame that
 * is to be skipped (RFC 8878, 3.1.2) counts as zstd. */
files_packing files_packed(const unsigned char *p, size_t n);
/* "gzip" or "zstd", as it stands in messages, and what a member ends its file name with. */
const char *files_packing_name(files_packing);
const char *files_packing_suffix(files_packing);
/* 1 when this build can unpack it: zstd is optional. */
int files_packing_known(files_packing);

typedef struct files_unpacker files_unpacker;

/* For one member after another, of either kind; NULL when out of memory. */
files_unpacker *files_unpacker_new(void);
void files_unpacker_free(files_unpacker *);

typedef enum files_unpacked {
    FILES_MORE,    /* give it more to read, or more room */
    FILES_ENDED,   /* the member is whole: its checksum and length are right */
    FILES_DAMAGED, /* *why says how */
    FILES_UNPACK_NO_MEMORY
} files_unpacked;

/* Gets ready for a member. 0 when out of memory. */
int files_unpacker_start(files_unpacker *, files_packing);
/* Unpacks from [*in, in_end) to [*out, out_end) and moves both on. */
files_unpacked files_unpacker_step(files_unpacker *, const unsigned char **in,
                                   const unsigned char *in_end, char **out, const char *out_end,
                                   const char **why);
#endif
