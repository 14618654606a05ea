/* SPDX-License-Identifier: MIT */
/* tests/unit/test_decode.c - plugins/decode: labels, marks, patterns, and bytes of many encodings,
 * whole and broken, as UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/convert.h"
#include "text/utf8.h"

struct result {
    const char *p;
    char text[4096];
    size_t n;
    uint32_t at;
    int pieces;
};

static void keep(struct result *r, uint32_t to)
{
    assert_true(r->n + (to - r->at) < sizeof r->text);
    memcpy(r->text + r->n, r->p + r->at, to - r->at);
    r->n += to - r->at;
    r->at = to;
}

static int take(void *arg, uint32_t beg, uint32_t end, qn_str with, int invalid)
{
    struct result *r = arg;
    (void)invalid;
    assert_true(beg >= r->at && end >= beg);
    keep(r, beg);
    assert_true(r->n + with.n < sizeof r->text);
    memcpy(r->text + r->n, with.p, with.n);
    r->n += with.n;
    r->at = end;
    r->pieces++;
    return 1;
}

/* Decodes a copy of exactly n bytes; what comes out must be UTF-8. Returns how many were none. */
static uint64_t decode(const char *label, const char *p, size_t n, struct result *r)
{
    converter c = {.open = 0};
    charset cs;
    char *copy = malloc(n ? n : 1);
    uint32_t bad;
    uint64_t nbad;
    assert_non_null(copy);
    memcpy(copy, p, n);
    memset(r, 0, sizeof *r);
    r->p = copy;
    assert_true(charset_of_label((qn_str){label, strlen(label)}, &cs));
    assert_true(convert(&c, &cs, copy, 0, (uint32_t)n, take, r, &bad, &nbad));
    keep(r, (uint32_t)n);
    assert_int_equal(qn_utf8_valid(r->text, r->n), r->n);
    assert_int_equal(nbad != 0, bad < n);
    convert_free(&c);
    free(copy);
    return nbad;
}

static void expect(const char *label, const char *p, size_t n, const char *want, uint64_t nbad)
{
    struct result r;
    assert_int_equal(decode(label, p, n, &r), nbad);
    assert_int_equal(r.n, strlen(want));
    assert_memory_equal(r.text, want, r.n);
}
#define EXPECT(label, bytes, want, nbad) expect(label, bytes, sizeof(bytes) - 1, want, nbad)

static void test_each_encoding_becomes_utf8(void **state)
{
    (void)state;
    EXPECT("utf-8", "caf\xC3\xA9", "café", 0);
    EXPECT("latin1", "caf\xE9 \x80 \x93q\x94", "café € “q”", 0);
    EXPECT("windows-1252", "\x81|", "\xC2\x81|", 0); /* as browsers have it */
    EXPECT("ISO-8859-2", "\xB1\xBE", "ąž", 0);
    EXPECT("windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2, a", "Привет, a", 0);
    EXPECT("koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4", "Привет", 0);
    EXPECT("macintosh", "\x8E\xD2", "é“", 0);
    EXPECT("shift_jis", "\x93\xFA\x96\x7B a\\b \xB1", "日本 a\\b ｱ", 0);
    EXPECT("euc-jp", "\xC6\xFC\xCB\xDC", "日本", 0);
    EXPECT("iso-2022-jp", "a\x1B$BF|K\\\x1B(Bb", "a日本b", 0);
    EXPECT("gb2312", "\xD6\xD0\xB9\xFA", "中国", 0);
    EXPECT("gb18030", "\x81\x30\x89\x38\xD6\xD0", "ß中", 0);
    EXPECT("big5", "\xA4\xA4\xA4\xE5", "中文", 0);
    EXPECT("euc-kr", "\xC7\xD1\xB1\xB9", "한국", 0);
    EXPECT("utf-16le", "a\0\xE9\0\x3D\xD8\x00\xDE", "aé😀", 0);
    EXPECT("utf-16be", "\0a\0\xE9\xD8\x3D\xDE\x00", "aé😀", 0);
    EXPECT("utf-32le", "a\0\0\0\x00\xF6\x01\x00", "a😀", 0);
    EXPECT("utf-32be", "\0\0\0a\x00\x01\xF6\x00", "a😀", 0);
}

static void test_what_is_no_character_becomes_one_mark_for_each_part(void **state)
{
    (void)state;
    EXPECT("utf-8",
           "a\x80"
           "b",
           "a\xEF\xBF\xBD"
           "b",
           1);
    EXPECT("utf-8", "\xC3", "\xEF\xBF\xBD", 1);
    EXPECT("utf-8",
           "\xE2\x82"
           "a",
           "\xEF\xBF\xBD"
           "a",
           1);
    EXPECT("utf-8",
           "\xF0\x9F\x98"
           "a",
           "\xEF\xBF\xBD"
           "a",
           1);
    EXPECT("utf-8", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 2);                 /* overlong */
    EXPECT("utf-8", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3); /* surrogate */
    EXPECT("utf-8", "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 4);
    EXPECT("utf-8", "\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD", 2);
    EXPECT("utf-16le", "a\0b", "a\xEF\xBF\xBD", 1);
    EXPECT("utf-16le",
           "\x3D\xD8"
           "a\0",
           "\xEF\xBF\xBD"
           "a",
           1); /* half a pair */
    EXPECT("utf-16le",
           "\x00\xDE"
           "a\0",
           "\xEF\xBF\xBD"
           "a",
           1);
    EXPECT("utf-16le", "\x3D\xD8", "\xEF\xBF\xBD", 1);
    EXPECT("utf-32le", "\0\0\x11\0a\0\0\0",
           "\xEF\xBF\xBD"
           "a",
           1);
    EXPECT("utf-32le", "\0\xD8\0\0", "\xEF\xBF\xBD", 1);
    EXPECT("utf-32le", "a\0", "\xEF\xBF\xBD", 1);
    EXPECT("shift_jis", "\x93\xFA\x93", "日\xEF\xBF\xBD", 1); /* cut */
    EXPECT("euc-kr",
           "\xC7\xD1\xFF"
           "a",
           "한\xEF\xBF\xBD"
           "a",
           1);
    EXPECT("iso-8859-7",
           "\xD2"
           "a",
           "\xEF\xBF\xBD"
           "a",
           1);
}

static void test_pieces_are_no_larger_than_their_lines(void **state)
{
    struct result r;
    (void)state;
    decode("shift_jis", "plain\n\x93\xFA\x96\x7B x\nplain\n\x93\xFA\n", 23, &r);
    assert_int_equal(r.pieces, 2);
    decode("utf-16le", "a\0\n\0b\0\n\0", 8, &r);
    assert_int_equal(r.pieces, 2);
    decode("koi8-r", "\xF0\xD2 \xC9\xD7", 5, &r);
    assert_int_equal(r.pieces, 2);
}

/* Every cut of every sample in every encoding: the sanitizers look on, the output is UTF-8. */
static void test_any_bytes_in_any_encoding_give_utf8(void **state)
{
    static const char *const all[] = {"utf-8",    "utf-16le",     "utf-16be", "utf-32le",
                                      "utf-32be", "windows-1252", "koi8-r",   "shift_jis",
                                      "euc-jp",   "iso-2022-jp",  "gb18030",  "big5",
                                      "euc-kr",   "utf-7",        "ebcdic-us"};
    char bytes[96];
    uint32_t seed = 7;
    struct result r;
    (void)state;
    for (size_t round = 0; round < 40; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
        }
        for (size_t e = 0; e < sizeof all / sizeof *all; e++)
            for (size_t n = 0; n <= sizeof bytes; n += 1 + round % 5)
                decode(all[e], bytes, n, &r);
    }
}

static void expect_label(const char *label, const char *want)
{
    charset cs;
    assert_true(charset_of_label((qn_str){label, strlen(label)}, &cs));
    assert_string_equal(cs.name, want);
}

static void test_labels_are_read_as_browsers_do(void **state)
{
    charset cs;
    (void)state;
    expect_label(" ISO-8859-1 ", "WINDOWS-1252");
    expect_label("US-ASCII", "WINDOWS-1252");
    expect_label("gb2312", "GB18030");
    expect_label("x-sjis", "CP932");
    expect_label("UTF8", "UTF-8");
    expect_label("utf-16", "UTF-16LE");
    expect_label("KOI8-R", "KOI8-R");
    assert_false(charset_of_label((qn_str){"", 0}, &cs));
    assert_false(charset_of_label((qn_str)QN_STR("utf-8//TRANSLIT"), &cs));
    assert_false(charset_of_label((qn_str)QN_STR("a b"), &cs));
    assert_false(charset_of_label(
        (qn_str)QN_STR("a-name-much-longer-than-any-encoding-has-ever-been-given"), &cs));
}

static void expect_mark(const char *p, size_t n, size_t mark, const char *name)
{
    charset cs;
    assert_int_equal(charset_mark((qn_str){p, n}, &cs), mark);
    if (mark) assert_string_equal(cs.name, name);
}

static void test_marks_and_zeros_tell_wide_encodings(void **state)
{
    charset cs;
    (void)state;
    expect_mark("\xEF\xBB\xBFx", 4, 3, "UTF-8");
    expect_mark("\xFF\xFEx\0", 4, 2, "UTF-16LE");
    expect_mark("\xFF\xFE\0\0", 4, 4, "UTF-32LE");
    expect_mark("\xFE\xFF\0x", 4, 2, "UTF-16BE");
    expect_mark("\0\0\xFE\xFF", 4, 4, "UTF-32BE");
    expect_mark("\xFF", 1, 0, "");
    expect_mark("", 0, 0, "");
    assert_true(charset_by_zeros((qn_str)QN_STR("a\0b\0\n\0"), &cs) && cs.kind == CHARSET_UTF16LE);
    assert_true(charset_by_zeros((qn_str)QN_STR("\0a\0b\0\n"), &cs) && cs.kind == CHARSET_UTF16BE);
    assert_true(charset_by_zeros((qn_str)QN_STR("a\0\0\0b\0\0\0"), &cs) &&
                cs.kind == CHARSET_UTF32LE);
    assert_true(charset_by_zeros((qn_str)QN_STR("\0\0\0a\0\0\0b"), &cs) &&
                cs.kind == CHARSET_UTF32BE);
    assert_false(charset_by_zeros((qn_str)QN_STR("abc\0def\0ghijk"), &cs));
    assert_false(charset_by_zeros((qn_str)QN_STR("\0\0\0\0\0\0\0\0"), &cs));
    assert_false(charset_by_zeros((qn_str)QN_STR("a\0"), &cs));
}

static void expect_page(const char *page, const char *want)
{
    const qn_str got = charset_in_page((qn_str){page, strlen(page)});
    assert_int_equal(got.n, strlen(want));
    if (*want) assert_memory_equal(got.p, want, got.n);
}

static void test_pages_say_their_encoding(void **state)
{
    (void)state;
    expect_page("<html><META CharSet=\"koi8-r\">", "koi8-r");
    expect_page("<meta charset=utf-8/>", "utf-8");
    expect_page("<meta charset='big5'>", "big5");
    expect_page("<meta http-equiv=Content-Type content=\"text/html; charset=euc-kr\">", "euc-kr");
    expect_page("<meta name=x content=y><meta charset=x-sjis>", "x-sjis");
    expect_page("<?xml version='1.0' encoding='windows-1251'?>", "windows-1251");
    expect_page("<meta name=charset>", "");
    expect_page("charset=koi8-r", "");
    expect_page("<meta charset", "");
    expect_page("<meta charset=", "");
    expect_page("", "");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_encoding_becomes_utf8),
        cmocka_unit_test(test_what_is_no_character_becomes_one_mark_for_each_part),
        cmocka_unit_test(test_pieces_are_no_larger_than_their_lines),
        cmocka_unit_test(test_any_bytes_in_any_encoding_give_utf8),
        cmocka_unit_test(test_labels_are_read_as_browsers_do),
        cmocka_unit_test(test_marks_and_zeros_tell_wide_encodings),
        cmocka_unit_test(test_pages_say_their_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
