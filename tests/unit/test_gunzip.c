/* SPDX-License-Identifier: MIT */
/* tests/unit/test_gunzip.c - whatever unpacks gzip does what zlib does: with pieces of any size,
 * cut off anywhere, with any bit turned over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "files/gunzip.h"

enum { PLAIN = 6000, PACKED = 9000 };

static unsigned char plain[PLAIN], packed[PACKED], turned[PACKED];
static char got[2 * PLAIN], want[2 * PLAIN];
static uint32_t seed = 1;

static uint32_t random_number(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 16;
}

static void make_plain(unsigned words)
{
    size_t i;
    for (i = 0; i < PLAIN; i++)
        plain[i] = (unsigned char)(' ' + random_number() % words);
}

/* Level 0 stores, Z_FIXED has one code for all, huge windows reach far back. */
static size_t pack(int level, int strategy, int with_name)
{
    z_stream z = {0};
    gz_header head = {.name = (unsigned char *)"name", .hcrc = with_name};
    size_t n;
    assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 31, 9, strategy), Z_OK);
    if (with_name) assert_int_equal(deflateSetHeader(&z, &head), Z_OK);
    z.next_in = plain;
    z.avail_in = PLAIN;
    z.next_out = packed;
    z.avail_out = PACKED;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    n = PACKED - z.avail_out;
    deflateEnd(&z);
    return n;
}

struct answer {
    files_unpacked how;
    size_t out, used;
    const char *why;
};

/* Unpacks data[0, n) given in pieces, into room of pieces. */
static struct answer unpack(files_gunzip *g, const unsigned char *data, size_t n, size_t in_piece,
                            size_t out_piece)
{
    const unsigned char *in = data;
    char *out = got;
    struct answer a = {FILES_MORE, 0, 0, NULL};
    files_gunzip_start(g);
    for (;;) {
        const size_t in_left = n - (size_t)(in - data), room = (size_t)(got + sizeof got - out);
        const unsigned char *in_before = in;
        char *out_before = out;
        a.how = files_gunzip_step(g, &in, in + (in_left < in_piece ? in_left : in_piece), &out,
                                  out + (room < out_piece ? room : out_piece), &a.why);
        a.out = (size_t)(out - got);
        a.used = (size_t)(in - data);
        if (a.how != FILES_MORE || (in == in_before && out == out_before)) return a;
    }
}

static struct answer by_zlib(const unsigned char *data, size_t n)
{
    z_stream z = {0};
    struct answer a;
    int code;
    assert_int_equal(inflateInit2(&z, 31), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)data;
    z.avail_in = (uInt)n;
    z.next_out = (unsigned char *)want;
    z.avail_out = sizeof want;
    code = inflate(&z, Z_NO_FLUSH);
    a.how = code == Z_STREAM_END                  ? FILES_ENDED
            : code == Z_OK || code == Z_BUF_ERROR ? FILES_MORE
                                                  : FILES_DAMAGED;
    a.out = sizeof want - z.avail_out;
    a.used = n - z.avail_in;
    a.why = z.msg;
    inflateEnd(&z);
    return a;
}

static void each_kind(void (*test)(files_gunzip *, size_t))
{
    static const int level[] = {0, 1, 6, 9, 6, 6},
                     strategy[] = {0, 0, 0, 0, Z_FIXED, Z_HUFFMAN_ONLY};
    files_gunzip *g = files_gunzip_new();
    size_t i;
    assert_non_null(g);
    for (i = 0; i < sizeof level / sizeof *level; i++) {
        make_plain(i % 2 ? 3 : 90);
        test(g, pack(level[i], strategy[i], i == 2));
    }
    files_gunzip_free(g);
}

static void in_pieces(files_gunzip *g, size_t n)
{
    static const size_t piece[] = {1, 2, 3, 7, 64, 1000, PACKED};
    size_t i, k;
    packed[n] = 0x1f; /* what follows is not the member's */
    for (i = 0; i < 7; i++)
        for (k = 0; k < 7; k++) {
            struct answer a = unpack(g, packed, n + 1, piece[i], piece[k]);
            assert_int_equal(a.how, FILES_ENDED);
            assert_int_equal(a.out, PLAIN);
            assert_int_equal(a.used, n);
            assert_memory_equal(got, plain, PLAIN);
        }
}

static void cut_off(files_gunzip *g, size_t n)
{
    size_t i;
    for (i = 0; i < n; i += 1 + i / 64) {
        struct answer a = unpack(g, packed, i, 512, 4096), z = by_zlib(packed, i);
        assert_int_equal(a.how, FILES_MORE);
        assert_memory_equal(got, plain, a.out);
        assert_true(a.out + 1 >= z.out); /* no less than zlib gives, but for a byte */
        assert_int_equal(a.used, i);
    }
}

/* Turned bits: nothing passes for whole that zlib refuses, and what comes out before is the same.
 */
static void damaged(files_gunzip *g, size_t n)
{
    size_t bit;
    for (bit = 0; bit < 8 * n; bit += 1 + random_number() % 23) {
        struct answer a, z;
        memcpy(turned, packed, n);
        turned[bit / 8] ^= (unsigned char)(1u << bit % 8);
        z = by_zlib(turned, n);
        a = unpack(g, turned, n, 700, PLAIN);
        if (z.how == FILES_ENDED) {
            assert_int_equal(a.how, FILES_ENDED);
        } else {
            assert_int_not_equal(a.how, FILES_ENDED);
            if (a.how == FILES_DAMAGED) assert_non_null(a.why);
        }
        assert_memory_equal(got, want, a.out < z.out ? a.out : z.out);
    }
}

static void wrong_trailers(files_gunzip *g, size_t n)
{
    struct answer a;
    packed[n - 5] ^= 1;
    a = unpack(g, packed, n, PACKED, PLAIN);
    assert_int_equal(a.how, FILES_DAMAGED);
    assert_string_equal(a.why, FILES_WRONG_CRC);
    packed[n - 5] ^= 1;
    packed[n - 1] ^= 1;
    a = unpack(g, packed, n, PACKED, PLAIN);
    assert_int_equal(a.how, FILES_DAMAGED);
    assert_string_equal(a.why, FILES_WRONG_LENGTH);
}

static void pieces_of_any_size(void **state)
{
    (void)state;
    each_kind(in_pieces);
}

static void cut_anywhere(void **state)
{
    (void)state;
    each_kind(cut_off);
}

static void any_bit_turned(void **state)
{
    (void)state;
    each_kind(damaged);
}

static void trailers(void **state)
{
    (void)state;
    each_kind(wrong_trailers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_any_size), cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(any_bit_turned), cmocka_unit_test(trailers)};
    return cmocka_run_group_tests_name("gunzip", tests, NULL, NULL);
}
