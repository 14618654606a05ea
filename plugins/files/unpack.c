/* SPDX-License-Identifier: MIT */
/* plugins/files/unpack.c - see unpack.h. zlib and libzstd check each member's checksum. */
#include "unpack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

struct files_unpacker {
    files_packing packing;
    z_stream z;
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
    if (u && inflateInit2(&u->z, 15 + 16) != Z_OK) {
        free(u);
        u = NULL;
    }
    return u;
}

static files_unpacked inflate_step(files_unpacker *u, const unsigned char **in,
                                   const unsigned char *in_end, char **out, const char *out_end,
                                   const char **why)
{
    const size_t most = 1u << 30, ask = (size_t)(out_end - *out);
    z_stream *z = &u->z;
    int code;
    z->next_in = (unsigned char *)(uintptr_t)*in;
    z->avail_in = (uInt)(in_end - *in);
    z->next_out = (unsigned char *)*out;
    z->avail_out = (uInt)(ask < most ? ask : most);
    code = inflate(z, Z_NO_FLUSH);
    *in = z->next_in;
    *out = (char *)z->next_out;
    if (code == Z_STREAM_END) return FILES_ENDED;
    if (code == Z_OK || code == Z_BUF_ERROR) return FILES_MORE;
    if (code == Z_MEM_ERROR) return FILES_UNPACK_NO_MEMORY;
    *why = z->msg ? z->msg : "no reason given";
    if (strcmp(*why, "incorrect data check") == 0)
        *why = "the data does not have the checksum (CRC-32) it should have";
    else if (strcmp(*why, "incorrect length check") == 0)
        *why = "the data does not have the length it should have";
    return FILES_DAMAGED;
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
    inflateEnd(&u->z);
    free_zstd(u);
    free(u);
}

int files_unpacker_start(files_unpacker *u, files_packing packing)
{
    u->packing = packing;
    return packing == FILES_ZSTD ? start_zstd(u) : inflateReset(&u->z) == Z_OK;
}

files_unpacked files_unpacker_step(files_unpacker *u, const unsigned char **in,
                                   const unsigned char *in_end, char **out, const char *out_end,
                                   const char **why)
{
    return (u->packing == FILES_ZSTD ? zstd_step : inflate_step)(u, in, in_end, out, out_end, why);
}
