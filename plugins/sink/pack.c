/* SPDX-License-Identifier: MIT */
/* plugins/sink/pack.c - see pack.h. */
#include "sink/pack.h"

#include <stdlib.h>
#include <zlib.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

enum { GZIP = 15 + 16, MEMORY = 8, STEP = 64 * 1024 };

struct sink_packer {
    sink_compress kind;
    z_stream z;
#ifdef HAVE_ZSTD
    ZSTD_CCtx *zstd;
#endif
};

static int ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    return n > k && strcmp(path + n - k, end) == 0;
}

sink_compress sink_compress_of(const char *path)
{
    if (ends_in(path, ".gz")) return SINK_GZIP;
    return ends_in(path, ".zst") ? SINK_ZSTD : SINK_PLAIN;
}

int sink_compress_known(sink_compress kind)
{
#ifdef HAVE_ZSTD
    (void)kind;
    return 1;
#else
    return kind != SINK_ZSTD;
#endif
}

static int start_zstd(sink_packer *p, int level)
{
#ifdef HAVE_ZSTD
    p->zstd = ZSTD_createCCtx();
    return p->zstd &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_compressionLevel, level)) &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(p->zstd, ZSTD_c_checksumFlag, 1));
#else
    (void)p;
    (void)level;
    return 0;
#endif
}

sink_packer *sink_packer_new(sink_compress kind, int level)
{
    sink_packer *p = calloc(1, sizeof *p);
    int ok;
    if (!p) return NULL;
    p->kind = kind;
    ok = kind == SINK_ZSTD
             ? start_zstd(p, level)
             : deflateInit2(&p->z, level, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK;
    if (ok) return p;
    sink_packer_free(p);
    return NULL;
}

void sink_packer_free(sink_packer *p)
{
    if (!p) return;
#ifdef HAVE_ZSTD
    ZSTD_freeCCtx(p->zstd);
#endif
    if (p->kind == SINK_GZIP) deflateEnd(&p->z);
    free(p);
}

static int pack_zstd(sink_packer *p, qn_str data, qn_jsonw *out)
{
#ifdef HAVE_ZSTD
    size_t most = ZSTD_compressBound(data.n), n;
    char *room = qn_jsonw_room(out, most);
    if (!room) return 0;
    n = ZSTD_compress2(p->zstd, room, most, data.p, data.n);
    if (ZSTD_isError(n)) return 0;
    out->n += n;
    return 1;
#else
    (void)p;
    (void)data;
    (void)out;
    return 0;
#endif
}

int sink_pack(sink_packer *p, qn_str data, qn_jsonw *out)
{
    const size_t most = (size_t)1 << 30; /* zlib counts in 32 bits */
    int code = Z_OK;
    if (p->kind == SINK_ZSTD) return pack_zstd(p, data, out);
    deflateReset(&p->z);
    p->z.avail_in = 0;
    while (code != Z_STREAM_END) {
        char *room = qn_jsonw_room(out, STEP);
        if (!room) return 0;
        if (p->z.avail_in == 0 && data.n > 0) {
            size_t n = data.n < most ? data.n : most;
            p->z.next_in = (unsigned char *)(uintptr_t)data.p;
            p->z.avail_in = (uInt)n;
            data.p += n;
            data.n -= n;
        }
        p->z.next_out = (unsigned char *)room;
        p->z.avail_out = STEP;
        code = deflate(&p->z, data.n ? Z_NO_FLUSH : Z_FINISH);
        out->n += STEP - p->z.avail_out;
    }
    return 1;
}
