/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_lines.c - any bytes through the line splitter, plain, inside gzip, and inside
 * gzip that is damaged: whole lines must come out as a simple splitter sees them, and damage must
 * only end them early. Build: see tests/fuzz/README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "files/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok)
{
    if (!ok) abort();
}

static int is_blank(qn_str s)
{
    size_t i;
    for (i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\r') return 0;
    return 1;
}

/* The next line from *p that is not blank and not longer than max; 0 at the end. */
static int simple_line(const char *beg, const char **p, const char *end, size_t max, qn_str *out)
{
    while (*p < end) {
        const char *nl = memchr(*p, '\n', (size_t)(end - *p));
        const int first = *p == beg;
        *out = (qn_str){*p, (size_t)((nl ? nl : end) - *p)};
        *p = nl ? nl + 1 : end;
        if (out->n > max) continue;
        if (first && out->n >= 3 && memcmp(out->p, "\xef\xbb\xbf", 3) == 0) {
            out->p += 3;
            out->n -= 3;
        }
        if (!is_blank(*out)) return 1;
    }
    return 0;
}

/* data as gzip members of at most 40 bytes each. */
static size_t pack(const uint8_t *data, size_t size, uint8_t *out, size_t room)
{
    size_t n = 0, i = 0;
    do {
        size_t part = size - i < 40 ? size - i : 40;
        z_stream z = {0};
        must(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, 0) == Z_OK);
        z.next_in = (unsigned char *)(uintptr_t)data + i;
        z.avail_in = (uInt)part;
        z.next_out = out + n;
        z.avail_out = (uInt)(room - n);
        must(deflate(&z, Z_FINISH) == Z_STREAM_END);
        n = room - z.avail_out;
        deflateEnd(&z);
        i += part;
    } while (i < size);
    return n;
}

struct lines {
    const char *p;
    size_t n, max;
    int damaged; /* only that nothing breaks is asked */
};

static void compare(files_reader *r, const struct lines *l)
{
    const char *at = l->p, *end = l->p + l->n;
    files_got step = FILES_DATA;
    qn_str got, want;
    files_reader_start(r);
    while (step == FILES_DATA || step == FILES_LONG) {
        step = files_reader_line(r, &got);
        if (step != FILES_DATA || l->damaged) continue;
        must(simple_line(l->p, &at, end, l->max, &want));
        must(qn_str_eq(got, want));
    }
    must(l->damaged || (step == FILES_END && !simple_line(l->p, &at, end, l->max, &want)));
}

static void check(const uint8_t *file, size_t n, const struct lines *l)
{
    char path[40];
    files_reader r = {.max = l->max, .in = files_input_new(500, NULL, NULL)};
    int fd = memfd_create("fuzz", 0);
    must(fd >= 0 && r.in && write(fd, file, n) == (ssize_t)n);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (files_input_open(r.in, path) == 0) compare(&r, l);
    close(fd);
    files_input_free(r.in);
    files_reader_free(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lines l;
    uint8_t *packed;
    size_t n, room = size * 20 + 200;
    if (size < 5) return 0;
    l = (struct lines){(const char *)data + 4, size - 4, data[1] < 200 ? data[1] : 1 << 20, 0};
    if (data[0] & 1) {
        l.damaged = data[4] == 0x1f; /* may say that it is gzip */
        check(data + 4, size - 4, &l);
        return 0;
    }
    packed = malloc(room);
    must(packed != NULL);
    n = pack(data + 4, size - 4, packed, room);
    l.damaged = (data[0] & 2) && data[3];
    if (l.damaged) packed[data[2] % n] ^= data[3];
    check(packed, n, &l);
    free(packed);
    return 0;
}
