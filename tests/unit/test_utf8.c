/* SPDX-License-Identifier: MIT */
/* tests/unit/test_utf8.c - core/text/utf8.c: what is UTF-8 and what is not, by table and by trying
 * every short sequence; each wide kernel against its plain twin. */
#include "text/chars.h"
#include "text/utf8.h"
#include "text/utf8_kernels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t seed = 1;

static uint32_t rnd(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* Whether the processor runs the wide kernels; the plain ones are tested anyway. */
static int is_wide(void)
{
#ifdef QN_UTF8_AVX2
    return __builtin_cpu_supports("avx2") != 0;
#else
    return 0;
#endif
}

static void assert_valid(const char *p, size_t n, size_t want)
{
    assert_int_equal(qn_utf8_valid(p, n), want);
    assert_int_equal(qn_utf8_valid_plain(p, n), want);
#ifdef QN_UTF8_AVX2
    if (is_wide()) assert_int_equal(qn_utf8_valid_avx2(p, n), want);
#endif
}

static void test_table(void **state)
{
    static const struct {
        const char *bytes;
        size_t good; /* bytes before the first bad one */
    } table[] = {
        {"", 0},
        {"plain", 5},
        {"\xC2\x80", 2},
        {"\xDF\xBF", 2},
        {"\xE0\xA0\x80", 3},
        {"\xED\x9F\xBF", 3},
        {"\xEE\x80\x80", 3},
        {"\xEF\xBF\xBF", 3},
        {"\xF0\x90\x80\x80", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        {"a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z", 11},
        {"a\x80", 1}, /* continuation alone */
        {"a\xBF", 1},
        {"\xC3\xA9\xA9", 2}, /* one continuation too many */
        {"a\xC0\x80", 1},    /* overlong: 2 bytes for 0 */
        {"a\xC1\xBF", 1},
        {"a\xE0\x80\x80", 1}, /* overlong: 3 bytes */
        {"a\xE0\x9F\xBF", 1},
        {"a\xF0\x80\x80\x80", 1}, /* overlong: 4 bytes */
        {"a\xF0\x8F\xBF\xBF", 1},
        {"a\xED\xA0\x80", 1}, /* surrogates */
        {"a\xED\xBF\xBF", 1},
        {"a\xF4\x90\x80\x80", 1}, /* above U+10FFFF */
        {"a\xF5\x80\x80\x80", 1},
        {"a\xF8\x88\x80\x80\x80", 1}, /* five bytes */
        {"a\xFE", 1},
        {"a\xFF", 1},
        {"ab\xC3", 2}, /* cut off */
        {"ab\xE2\x82", 2},
        {"ab\xE2", 2},
        {"ab\xF0\x9F\x98", 2},
        {"ab\xF0\x9F", 2},
        {"ab\xF0", 2},
        {"ab\xC3z", 2}, /* broken off by a letter */
        {"ab\xE2\x82z", 2},
        {"ab\xF0\x9F\x98z", 2},
        {"ab\xE2\xC3\xA9", 2}, /* or by another sequence */
    };
    size_t i, before;
    (void)state;
    for (i = 0; i < sizeof table / sizeof *table; i++) {
        const size_t n = strlen(table[i].bytes);
        for (before = 0; before < 300; before++) {
            char *p = malloc(before + n + 1); /* to the byte, for the sanitizer */
            assert_non_null(p);
            memset(p, 'x', before);
            memcpy(p + before, table[i].bytes, n);
            assert_valid(p, before + n, before + table[i].good);
            free(p);
        }
    }
}

/* The answer for a short string in the middle of ASCII, across the blocks of the wide kernel,
 * less what stands before it. */
static size_t valid_inside(const char *p, size_t n)
{
    enum { SIZE = 70, AT = 30 };
    char text[SIZE];
    size_t good;
    memset(text, 'x', SIZE);
    memcpy(text + AT, p, n);
    good = qn_utf8_valid(text, SIZE);
    return good == SIZE ? n : good - AT;
}

/* Every sequence of up to three bytes, and of four with some last bytes left out, is valid
 * exactly when it is what one code point, or several, come out as. */
static void test_every_sequence(void **state)
{
    static unsigned char is_code[1 << 24];
    uint32_t point, s;
    char b[4];
    size_t len;
    (void)state;
    for (point = 0x80; point < 0x10000; point++) {
        len = qn_utf8_encode(point, b);
        s = (unsigned char)b[0] | (uint32_t)(unsigned char)b[1] << 8;
        if (len == 2)
            is_code[s] = 1;
        else if (len == 3)
            is_code[s | (uint32_t)(unsigned char)b[2] << 16] = 1;
    }
    for (s = 0; s < 1 << 24; s++) {
        const uint32_t two = s & 0xFFFF, a = s & 0xFF, z = s >> 16;
        size_t want;
        for (len = 0; len < 3; len++)
            b[len] = (char)(s >> 8 * len);
        if (a < 0x80) continue; /* the rest is then a shorter sequence */
        want = is_code[s] ? 3 : two > 0xFF && is_code[two] ? 2 + (z < 0x80) : 0;
        if (qn_utf8_valid_plain(b, 3) != want || valid_inside(b, 3) != want)
            fail_msg("%06x: %zu and %zu instead of %zu", (unsigned)s, qn_utf8_valid_plain(b, 3),
                     valid_inside(b, 3), want);
    }
}

static void test_four_byte_sequences(void **state)
{
    uint32_t a, b, c, d;
    (void)state;
    for (a = 0xF0; a < 0x100; a++)
        for (b = 0; b < 0x100; b++)
            for (c = 0x70; c < 0xD0; c += 0x0F)
                for (d = 0x70; d < 0xD0; d += 0x0F) {
                    const char s[4] = {(char)a, (char)b, (char)c, (char)d};
                    const uint32_t point =
                        (a & 7) << 18 | (b & 0x3F) << 12 | (c & 0x3F) << 6 | (d & 0x3F);
                    const int good = a < 0xF8 && b >> 6 == 2 && c >> 6 == 2 && d >> 6 == 2 &&
                                     point >= 0x10000 && point <= 0x10FFFF;
                    assert_int_equal(qn_utf8_valid_plain(s, 4), good ? 4 : 0);
                    assert_int_equal(valid_inside(s, 4), good ? 4 : 0);
                }
}

static void test_encode_and_decode_are_inverse(void **state)
{
    uint32_t point;
    (void)state;
    for (point = 0; point < 0x120000; point++) {
        char b[4];
        unsigned back;
        size_t len = qn_utf8_encode(point, b);
        if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_int_equal(qn_char_get(b, &back), point);
        assert_int_equal(back, len);
        assert_int_equal(qn_utf8_valid(b, len), len);
    }
}

/* Random text of exactly n bytes; `dense` of 8 code points are not ASCII. */
static char *random_text(size_t n, uint32_t dense)
{
    static const uint32_t limit[] = {0x800, 0x10000, 0x110000};
    char *p = malloc(n + 1);
    size_t at = 0;
    assert_non_null(p);
    while (at < n) {
        char b[4];
        size_t len = qn_utf8_encode(rnd(8) < dense ? 0x80 + rnd(limit[rnd(3)] - 0x80) : 'x', b);
        if (len == 0 || len > n - at) continue;
        memcpy(p + at, b, len);
        at += len;
    }
    return realloc(p, n ? n : 1);
}

static void test_wide_kernels_agree_with_plain_ones(void **state)
{
    uint32_t round;
    (void)state;
    for (round = 0; round < 20000; round++) {
        const size_t n = rnd(400);
        char *p = random_text(n, rnd(4) ? rnd(2) : rnd(8));
        if (n && rnd(2)) p[rnd((uint32_t)n)] = (char)rnd(256);
#ifdef QN_UTF8_AVX2
        if (is_wide()) {
            assert_int_equal(qn_utf8_valid_avx2(p, n), qn_utf8_valid_plain(p, n));
            assert_int_equal(qn_utf8_ascii_avx2(p, n), qn_utf8_ascii_plain(p, n));
            assert_int_equal(qn_utf8_count_avx2(p, n), qn_utf8_count_plain(p, n));
        }
#endif
        free(p);
    }
}

static size_t count(const char *p, size_t n)
{
    size_t i, points = 0;
    for (i = 0; i < n; i++)
        points += ((unsigned char)p[i] & 0xC0) != 0x80;
    return points;
}

static void test_ascii_and_count(void **state)
{
    uint32_t round;
    (void)state;
    for (round = 0; round < 20000; round++) {
        const size_t n = rnd(300);
        size_t i = 0;
        char *p = random_text(n, rnd(2));
        while (i < n && (unsigned char)p[i] < 0x80)
            i++;
        assert_int_equal(qn_utf8_ascii(p, n), i);
        assert_int_equal(qn_utf8_ascii_plain(p, n), i);
        assert_int_equal(qn_utf8_count(p, n), count(p, n));
        assert_int_equal(qn_utf8_count_plain(p, n), count(p, n));
        free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_every_sequence),
        cmocka_unit_test(test_four_byte_sequences),
        cmocka_unit_test(test_encode_and_decode_are_inverse),
        cmocka_unit_test(test_wide_kernels_agree_with_plain_ones),
        cmocka_unit_test(test_ascii_and_count),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
