/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_gunzip.c - speed of gzip input as the source files unpacks it, as MB/s of what
 * comes out and as a ratio to zlib and a memcpy in the same run: one large member, and many of 200
 * KB as the sink jsonl writes them. The text: the project's corpus, or the files given. */
#include "files/gunzip.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { MOST = 64 << 20, LEAST = 16 << 20, CHUNK = 128 << 10, MEMBER = 200000, ROUNDS = 7 };

static unsigned char *text, *packed;
static size_t ntext, npacked;
static char out[CHUNK];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return;
    ntext += fread(text + ntext, 1, MOST - ntext, f);
    fclose(f);
}

static void read_corpus(void)
{
    const char *top = getenv("top_srcdir");
    char pattern[4096];
    glob_t g;
    size_t i;
    snprintf(pattern, sizeof pattern, "%s/models/corpus/news/*.txt", top ? top : ".");
    if (glob(pattern, 0, NULL, &g) != 0) return;
    for (i = 0; i < g.gl_pathc; i++)
        read_file(g.gl_pathv[i]);
    globfree(&g);
}

static void pack(size_t member)
{
    size_t at = 0;
    npacked = 0;
    while (at < ntext) {
        const size_t n = ntext - at < member ? ntext - at : member;
        z_stream z = {.next_in = text + at,
                      .avail_in = (uInt)n,
                      .next_out = packed + npacked,
                      .avail_out = (uInt)(MOST - npacked)};
        if (deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0) != Z_OK || deflate(&z, Z_FINISH) < 0) exit(1);
        npacked += z.total_out;
        at += n;
        deflateEnd(&z);
    }
}

static size_t by_zlib(void)
{
    z_stream z = {.next_in = packed, .avail_in = (uInt)npacked};
    size_t n = 0;
    inflateInit2(&z, 31);
    while (z.avail_in) {
        z.next_out = (unsigned char *)out;
        z.avail_out = CHUNK;
        if (inflate(&z, Z_NO_FLUSH) == Z_STREAM_END) inflateReset(&z);
        n += CHUNK - z.avail_out;
    }
    inflateEnd(&z);
    return n;
}

static size_t by_files(void)
{
    files_gunzip *g = files_gunzip_new();
    const unsigned char *in = packed, *end = packed + npacked;
    const char *why;
    size_t n = 0;
    files_gunzip_start(g);
    while (in < end) {
        char *p = out;
        const files_unpacked how =
            files_gunzip_step(g, &in, end - in < CHUNK ? end : in + CHUNK, &p, out + CHUNK, &why);
        n += (size_t)(p - out);
        if (how == FILES_ENDED) files_gunzip_start(g);
        if (how == FILES_DAMAGED) exit(1);
    }
    files_gunzip_free(g);
    return n;
}

static size_t by_memcpy(void)
{
    size_t at, n;
    for (at = 0; at < ntext; at += n) {
        n = ntext - at < CHUNK ? ntext - at : CHUNK;
        memcpy(out, text + at, n);
        __asm__ volatile("" ::"r"(out) : "memory");
    }
    return at;
}

static double best(size_t (*f)(void))
{
    double least = 1e9;
    int i;
    for (i = 0; i < ROUNDS; i++) {
        const double t = now();
        if (f() != ntext) exit(1);
        if (now() - t < least) least = now() - t;
    }
    return (double)ntext / 1e6 / least;
}

static void measure(const char *what, size_t member)
{
    double copy, zlib, ours;
    pack(member);
    copy = best(by_memcpy);
    zlib = best(by_zlib);
    ours = best(by_files);
    printf("%-20s %6.0f MB/s   %.2f of zlib (%.0f MB/s)   %.3f of memcpy (%.0f MB/s)\n", what, ours,
           ours / zlib, zlib, ours / copy, copy);
}

int main(int argc, char **argv)
{
    int i;
    text = malloc(MOST);
    packed = malloc(MOST);
    if (!text || !packed) return 1;
    for (i = 1; i < argc; i++)
        read_file(argv[i]);
    if (!ntext) read_corpus();
    if (!ntext) return 1;
    while (ntext < LEAST) {
        memcpy(text + ntext, text, ntext);
        ntext *= 2;
    }
    measure("one member", MOST);
    measure("members of 200 KB", MEMBER);
    return 0;
}
