/* SPDX-License-Identifier: MIT */
/* plugins/files/unpack.c - see unpack.h. The libraries check each member's checksum. */
#include "unpack.h"

#include "gunzip.h"

#include <stdlib.h>
#include <string.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

struct files_unpacker {
    files_packing packing;
    files_gunzip *gunzip;
#ifdef HAVE_ZSTD
    ZSTD_DCtx *zstd; /* made for the first frame: it is large */
#endif
};

static const struct {
    const char *name, *suffix;
} packings[] = {{"plain", ""}, {"gzip", ".gz"}, {"zstd", ".zst"}};

const char *files_packing_name(files_packing packing)
{
    return packings[packing].name;
}

const char *files_packing_suffix(files_packing packing)
{
    return packings[packing].suffix;
}

files_packing files_packed(const unsigned char *p, size_t n)
{
    if (n >= 2 && p[0] == 0x1f && p[1] == 0x8b) return FILES_GZIP;
    if (n < FILES_MAGIC) return FILES_PLAIN;
    if (memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0) return FILES_ZSTD;
    return (p[0] & 0xf0) == 0x50 && memcmp(p + 1, "\x2a\x4d\x18", 3) == 0 ? FILES_ZSTD
                                                                          : FILES_PLAIN;
}

files_unpacker *files_unpacker_new(void)
{
    files_unpacker *u = calloc(1, sizeof *u);
    if (!u) return NULL;
    u->gunzip = files_gunzip_new();
    if (u->gunzip) return u;
    free(u);
    return NULL;
}

#ifdef HAVE_ZSTD
int files_packing_known(files_packing packing)
{
    (void)packing;
    return 1;
}

static int start_zstd(files_unpacker *u)
{
    if (!u->zstd) u->zstd = ZSTD_createDCtx();
    return u->zstd && !ZSTD_isError(ZSTD_DCtx_reset(u->zstd, ZSTD_reset_session_only));
}

static void free_zstd(files_unpacker *u)
{
    ZSTD_freeDCtx(u->zstd);
}

static files_unpacked zstd_step(files_unpacker *u, const unsigned char **in,
                                const unsigned char *in_end, char **out, const char *out_end,
                                const char **why)
{
    ZSTD_inBuffer i = {*in, (size_t)(in_end - *in), 0};
    ZSTD_outBuffer o = {*out, (size_t)(out_end - *out), 0};
    size_t left = ZSTD_decompressStream(u->zstd, &o, &i);
    *in += i.pos;
    *out += o.pos;
    if (left == 0) return FILES_ENDED;
    if (!ZSTD_isError(left)) return FILES_MORE;
    switch (ZSTD_getErrorCode(left)) {
    case ZSTD_error_memory_allocation:
        return FILES_UNPACK_NO_MEMORY;
    case ZSTD_error_checksum_wrong:
        *why = "the data does not have the checksum (XXH64) it should have";
        break;
    case ZSTD_error_dictionary_wrong:
        *why = "it needs a dictionary, which quern cannot be given; pack it without one";
        break;
    case ZSTD_error_frameParameter_windowTooLarge:
        *why = "its window is more than 128 MiB (zstd --long or --ultra); pack it without";
        break;
    default:
        *why = ZSTD_getErrorName(left);
    }
    return FILES_DAMAGED;
}
#else
int files_packing_known(files_packing packing)
{
    return packing != FILES_ZSTD;
}

static int start_zstd(files_unpacker *u)
{
    (void)u;
    return 0;
}

static void free_zstd(files_unpacker *u)
{
    (void)u;
}

static files_unpacked zstd_step(files_unpacker *u, const unsigned char **in,
                                const unsigned char *in_end, char **out, const char *out_end,
                                const char **why)
{
    (void)u, (void)in, (void)in_end, (void)out, (void)out_end;
    *why = "built without libzstd";
    return FILES_DAMAGED;
}
#endif

void files_unpacker_free(files_unpacker *u)
{
    if (!u) return;
    files_gunzip_free(u->gunzip);
    free_zstd(u);
    free(u);
}

int files_unpacker_start(files_unpacker *u, files_packing packing)
{
    u->packing = packing;
    return packing == FILES_ZSTD ? start_zstd(u) : files_gunzip_start(u->gunzip);
}

files_unpacked files_unpacker_step(files_unpacker *u, const unsigned char **in,
                                   const unsigned char *in_end, char **out, const char *out_end,
                                   const char **why)
{
    if (u->packing == FILES_ZSTD) return zstd_step(u, in, in_end, out, out_end, why);
    return files_gunzip_step(u->gunzip, in, in_end, out, out_end, why);
}
