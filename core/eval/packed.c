/* SPDX-License-Identifier: MIT */
/* core/eval/packed.c - see packed.h. zlib hands on what is no gzip; if that is zstd, libzstd
 * unpacks it frame by frame. */
#include "packed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

enum { MAGIC = 4, CHUNK = 1 << 17 };

static qn_status no_memory(const packed *k, char *why, size_t nwhy)
{
    snprintf(why, nwhy, "%s: out of memory", k->path);
    return QN_E_NOMEM;
}

qn_status packed_open(packed *k, const char *path, char *why, size_t nwhy)
{
    int in = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : -1;
    memset(k, 0, sizeof *k);
    k->path = path;
    errno = 0;
    k->f = in >= 0 ? gzdopen(in, "rb") : gzopen(path, "rb");
    if (k->f) {
        gzbuffer(k->f, CHUNK);
        return QN_OK;
    }
    if (in >= 0) close(in);
    snprintf(why, nwhy, "%s: %s", path, strerror(errno ? errno : ENOMEM));
    return QN_E_IO;
}

/* What zlib makes of the file. */
static qn_status read_gzip(packed *k, char *p, size_t n, size_t *got, char *why, size_t nwhy)
{
    const unsigned most = 1u << 30;
    int err = Z_OK;
    int now = gzread(k->f, p, n < most ? (unsigned)n : most);
    *got = now > 0 ? (size_t)now : 0;
    if (now < 0) {
        const char *words = gzerror(k->f, &err);
        snprintf(why, nwhy, "%s: %s", k->path, err == Z_ERRNO ? strerror(errno) : words);
        return err == Z_MEM_ERROR ? QN_E_NOMEM : QN_E_IO;
    }
    if (now > 0 || !gzerror(k->f, &err) || err != Z_BUF_ERROR) return QN_OK;
    snprintf(why, nwhy, "%s: the gzip data ends too early", k->path);
    return QN_E_IO;
}

static int is_zstd(const char *p, size_t n)
{
    return n >= MAGIC && (memcmp(p, "\x28\xB5\x2F\xFD", MAGIC) == 0 ||
                          ((p[0] & 0xF0) == 0x50 && memcmp(p + 1, "\x2A\x4D\x18", 3) == 0));
}

#ifdef HAVE_ZSTD
struct packed_zstd {
    ZSTD_DStream *stream;
    size_t left; /* what libzstd hopes to get; 0 between frames */
    int full;    /* the last reader's room: there may be more without more input */
    size_t at, n;
    char in[CHUNK];
};

/* The stream for a file whose first n <= CHUNK bytes these are. */
static qn_status start_zstd(packed *k, const char *p, size_t n, char *why, size_t nwhy)
{
    k->zstd = malloc(sizeof *k->zstd);
    if (!k->zstd) return no_memory(k, why, nwhy);
    k->zstd->stream = ZSTD_createDStream();
    if (!k->zstd->stream) return no_memory(k, why, nwhy);
    memcpy(k->zstd->in, p, n);
    k->zstd->left = 0;
    k->zstd->full = 0;
    k->zstd->at = 0;
    k->zstd->n = n;
    return QN_OK;
}

static qn_status read_zstd(packed *k, char *p, size_t n, size_t *got, char *why, size_t nwhy)
{
    struct packed_zstd *z = k->zstd;
    ZSTD_outBuffer out = {p, n, 0};
    qn_status st;
    while (out.pos == 0) {
        ZSTD_inBuffer in;
        if (z->at == z->n && !z->full) {
            st = read_gzip(k, z->in, sizeof z->in, &z->n, why, nwhy);
            z->at = 0;
            if (st != QN_OK) return st;
            if (z->n == 0) break;
        }
        in = (ZSTD_inBuffer){z->in, z->n, z->at};
        z->left = ZSTD_decompressStream(z->stream, &out, &in);
        z->at = in.pos;
        z->full = z->left && out.pos == out.size;
        if (!ZSTD_isError(z->left)) continue;
        snprintf(why, nwhy, "%s: damaged zstd data: %s", k->path, ZSTD_getErrorName(z->left));
        return QN_E_IO;
    }
    *got = out.pos;
    if (out.pos || z->left == 0) return QN_OK;
    snprintf(why, nwhy, "%s: the zstd data ends too early", k->path);
    return QN_E_IO;
}

static void free_zstd(packed *k)
{
    if (k->zstd) ZSTD_freeDStream(k->zstd->stream);
    free(k->zstd);
}
#else
static qn_status start_zstd(packed *k, const char *p, size_t n, char *why, size_t nwhy)
{
    (void)p, (void)n;
    snprintf(why, nwhy, "%s: is zstd data, and quern was built without libzstd; unpack it first",
             k->path);
    return QN_E_IO;
}

static qn_status read_zstd(packed *k, char *p, size_t n, size_t *got, char *why, size_t nwhy)
{
    (void)p, (void)n, (void)got;
    return no_memory(k, why, nwhy);
}

static void free_zstd(packed *k)
{
    (void)k;
}
#endif

qn_status packed_read(packed *k, char *p, size_t n, size_t *got, char *why, size_t nwhy)
{
    qn_status st;
    *got = 0;
    if (k->zstd) return read_zstd(k, p, n, got, why, nwhy);
    st = read_gzip(k, p, n < CHUNK || k->started ? n : CHUNK, got, why, nwhy);
    if (st != QN_OK || k->started) return st;
    k->started = 1;
    if (!gzdirect(k->f) || !is_zstd(p, *got)) return QN_OK;
    st = start_zstd(k, p, *got, why, nwhy);
    *got = 0;
    return st == QN_OK ? read_zstd(k, p, n, got, why, nwhy) : st;
}

void packed_close(packed *k)
{
    free_zstd(k);
    if (k->f) gzclose(k->f);
    memset(k, 0, sizeof *k);
}
