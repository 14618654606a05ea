/* SPDX-License-Identifier: MIT */
/* plugins/files/gunzip_zlib.c - see gunzip.h. */
#include "gunzip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct files_gunzip {
    z_stream z;
};

files_gunzip *files_gunzip_new(void)
{
    files_gunzip *g = calloc(1, sizeof *g);
    if (g && inflateInit2(&g->z, 15 + 16) != Z_OK) {
        free(g);
        g = NULL;
    }
    return g;
}

void files_gunzip_free(files_gunzip *g)
{
    if (g) inflateEnd(&g->z);
    free(g);
}

int files_gunzip_start(files_gunzip *g)
{
    return inflateReset(&g->z) == Z_OK;
}

files_unpacked files_gunzip_step(files_gunzip *g, const unsigned char **in,
                                 const unsigned char *in_end, char **out, const char *out_end,
                                 const char **why)
{
    const size_t most = 1u << 30, ask = (size_t)(out_end - *out);
    z_stream *z = &g->z;
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
        *why = FILES_WRONG_CRC;
    else if (strcmp(*why, "incorrect length check") == 0)
        *why = FILES_WRONG_LENGTH;
    return FILES_DAMAGED;
}
