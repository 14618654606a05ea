/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/member.c - see member.h. */
#include "member.h"

#include <stdlib.h>
#include <zlib.h>

enum { GZIP = 15 + 16, MEMORY = 8, STEP = 64 * 1024 };

struct jsonl_deflater {
    z_stream z;
};

jsonl_deflater *jsonl_deflater_new(int level)
{
    jsonl_deflater *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    if (deflateInit2(&d->z, level, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(d);
        return NULL;
    }
    return d;
}

void jsonl_deflater_free(jsonl_deflater *d)
{
    if (!d) return;
    deflateEnd(&d->z);
    free(d);
}

int jsonl_member(jsonl_deflater *d, qn_str data, qn_jsonw *out)
{
    const size_t most = (size_t)1 << 30; /* zlib counts in 32 bits */
    int code = Z_OK;
    deflateReset(&d->z);
    d->z.avail_in = 0;
    while (code != Z_STREAM_END) {
        char *room = qn_jsonw_room(out, STEP);
        if (!room) return 0;
        if (d->z.avail_in == 0 && data.n > 0) {
            size_t n = data.n < most ? data.n : most;
            d->z.next_in = (unsigned char *)(uintptr_t)data.p;
            d->z.avail_in = (uInt)n;
            data.p += n;
            data.n -= n;
        }
        d->z.next_out = (unsigned char *)room;
        d->z.avail_out = STEP;
        code = deflate(&d->z, data.n ? Z_NO_FLUSH : Z_FINISH);
        out->n += STEP - d->z.avail_out;
    }
    return 1;
}
