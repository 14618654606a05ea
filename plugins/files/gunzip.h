/* SPDX-License-Identifier: MIT */
/* plugins/files/gunzip.h - one gzip member after another, by zlib (gunzip_zlib.c) or, where it is
 * there, by ISA-L (gunzip_isal.c), which is two and a half times as fast. */
#ifndef QUERN_FILES_GUNZIP_H
#define QUERN_FILES_GUNZIP_H
#include "unpack.h"

typedef struct files_gunzip files_gunzip;

/* NULL when out of memory. */
files_gunzip *files_gunzip_new(void);
void files_gunzip_free(files_gunzip *);
/* Gets ready for a member. 0 when out of memory. */
int files_gunzip_start(files_gunzip *);
/* As files_unpacker_step. */
files_unpacked files_gunzip_step(files_gunzip *, const unsigned char **in,
                                 const unsigned char *in_end, char **out, const char *out_end,
                                 const char **why);

/* What both say of the eight bytes behind the data (RFC 1952, 2.3.1). */
#define FILES_WRONG_CRC    "the data does not have the checksum (CRC-32) it should have"
#define FILES_WRONG_LENGTH "the data does not have the length it should have"
#endif
