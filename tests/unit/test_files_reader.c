/* SPDX-License-Identifier: MIT */
/* tests/unit/test_files_reader.c - bytes from plain and gzip files, cut into lines: what comes out
 * before a defect, and what is said of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "files/reader.h"

static char path[] = "/tmp/quern-test-XXXXXX";

static void save(const void *p, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* p[0, n) as one gzip member at out. */
static size_t gz(const void *p, size_t n, char *out, size_t room)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, 0), Z_OK);
    z.next_in = (unsigned char *)(uintptr_t)p;
    z.avail_in = (uInt)n;
    z.next_out = (unsigned char *)out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    n = room - z.avail_out;
    deflateEnd(&z);
    return n;
}

static files_reader reader(size_t max)
{
    files_reader r = {.max = max, .in = files_input_new(500, NULL, NULL)};
    assert_non_null(r.in);
    assert_int_equal(files_input_open(r.in, path), 0);
    files_reader_start(&r);
    return r;
}

static void done(files_reader *r)
{
    files_input_free(r->in);
    files_reader_free(r);
}

/* All lines joined by "|", and "!number:length" for one too long. Ends with what ended it. */
static const char *lines(size_t max, files_got *end)
{
    static char out[4000];
    files_reader r = reader(max);
    qn_str s;
    size_t n = 0;
    *end = FILES_DATA;
    while (*end == FILES_DATA || *end == FILES_LONG) {
        *end = files_reader_line(&r, &s);
        if (*end == FILES_DATA)
            n += (size_t)sprintf(out + n, "%s%.*s", n ? "|" : "", (int)s.n, s.p);
        else if (*end == FILES_LONG)
            n += (size_t)sprintf(out + n, "|!%d:%d", (int)r.line, (int)r.length);
        else if (*end == FILES_BROKEN)
            n += (size_t)sprintf(out + n, "|%s", files_input_why(r.in));
    }
    out[n] = '\0';
    done(&r);
    return out;
}

static void cuts_lines(void **state)
{
    static const struct {
        const char *in, *want;
    } c[] = {{"a\nb\n", "a|b"},
             {"a\nb", "a|b"},
             {"\n \t\r\na\r\n\n", "a\r"},
             {"\xef\xbb\xbf{}\n\xef\xbb\xbfx", "{}|\xef\xbb\xbfx"},
             {"", ""},
             {"\n", ""},
             {"12345678\n123456789\n1\n", "12345678|!2:9|1"},
             {"1\n1234567890123", "1|!2:13"}};
    files_got end;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof c / sizeof *c; i++) {
        save(c[i].in, strlen(c[i].in));
        assert_string_equal(lines(8, &end), c[i].want);
        assert_int_equal(end, FILES_END);
    }
}

/* A line far longer than the limit is passed over in little memory. */
static void passes_over_a_huge_line(void **state)
{
    enum { HUGE_LINE = 20 << 20 };
    char *p = malloc(HUGE_LINE + 8);
    files_reader r;
    qn_str s;
    (void)state;
    assert_non_null(p);
    memset(p, 'x', HUGE_LINE);
    memcpy(p + HUGE_LINE, "\nlast\n", 6);
    save(p, HUGE_LINE + 6);
    free(p);
    r = reader(100000);
    assert_int_equal(files_reader_line(&r, &s), FILES_LONG);
    assert_int_equal(r.length, HUGE_LINE);
    assert_true(r.cap <= 1 << 20);
    assert_int_equal(files_reader_line(&r, &s), FILES_DATA);
    assert_int_equal(r.line, 2);
    assert_memory_equal(s.p, "last", 4);
    done(&r);
}

static void lines_of_every_length_cross_the_buffer(void **state)
{
    enum { LINES = 3000 };
    char *p = malloc(LINES * (LINES / 2 + 2));
    files_reader r;
    qn_str s;
    size_t n = 0, i, k;
    (void)state;
    assert_non_null(p);
    for (i = 1; i <= LINES; i++) {
        memset(p + n, 'a' + (int)(i % 26), i);
        n += i;
        p[n++] = '\n';
    }
    save(p, n);
    r = reader(1 << 20);
    for (i = 1; i <= LINES; i++) {
        assert_int_equal(files_reader_line(&r, &s), FILES_DATA);
        assert_int_equal(s.n, i);
        for (k = 0; k < i; k += 97)
            assert_int_equal(s.p[k], 'a' + (int)(i % 26));
    }
    assert_int_equal(files_reader_line(&r, &s), FILES_END);
    done(&r);
    free(p);
}

static void inflates_members_and_padding(void **state)
{
    char buf[400] = {0};
    size_t n = gz("one\ntw", 6, buf, 200);
    files_got end;
    (void)state;
    n += gz("o\nthree", 7, buf + n, 100);
    save(buf, n);
    assert_string_equal(lines(100, &end), "one|two|three");
    save(buf, n + 50); /* zeros behind */
    assert_string_equal(lines(100, &end), "one|two|three");
    n = gz("", 0, buf, 200);
    save(buf, n);
    assert_string_equal(lines(100, &end), "");
    assert_int_equal(end, FILES_END);
}

/* Text that deflate cannot make small, so that a cut is a cut in the middle. */
static size_t noise(char *out)
{
    char text[3000];
    size_t n = 0;
    unsigned seed = 7;
    while (n < sizeof text - 16) {
        seed = seed * 1103515245u + 12345u;
        n += (size_t)sprintf(text + n, "%u\n", seed);
    }
    return gz(text, n, out, 3000);
}

static const char *behind(const char *all, char mark)
{
    const char *p = strrchr(all, mark);
    assert_non_null(p);
    return p + 1;
}

static void says_what_broke_and_where(void **state)
{
    char buf[3100] = {0}, copy[3100], want[200];
    size_t n = noise(buf);
    files_got end;
    const char *got;
    (void)state;

    save(buf, n / 2);
    got = lines(100, &end);
    assert_int_equal(end, FILES_BROKEN);
    assert_memory_equal(got, "3429651764|", 11); /* whole lines came before */
    snprintf(want, sizeof want, "gzip data is cut off: the file ends behind byte %zu", n / 2);
    assert_memory_equal(behind(got, '|'), want, strlen(want));

    save(buf, n - 3); /* inside the trailer: everything came */
    assert_non_null(strstr(lines(100, &end), "cut off"));

    memcpy(copy, buf, n);
    copy[n - 8] ^= 1;
    save(copy, n);
    assert_non_null(strstr(lines(100, &end), "does not have the checksum (CRC-32)"));
    copy[n - 8] ^= 1;
    copy[n - 1] ^= 1;
    save(copy, n);
    assert_non_null(strstr(lines(100, &end), "does not have the length"));

    memcpy(copy, buf, n);
    memset(copy + n / 2, 0xFF, 40);
    save(copy, n);
    assert_non_null(strstr(lines(100, &end), "is damaged behind byte"));

    memcpy(copy, buf, n);
    memcpy(copy + n, "\0\0junk", 6);
    save(copy, n + 6);
    snprintf(want, sizeof want,
             "junk behind the gzip data at byte %zu of the file: found byte 0x6a", n + 3);
    got = lines(100, &end);
    assert_memory_equal(behind(got, '|'), want, strlen(want));
    assert_int_equal(end, FILES_BROKEN);
}

static void refuses_a_bomb_but_not_text_that_repeats(void **state)
{
    enum { SIZE = 16 << 20, LINE = 100 };
    char *big = calloc(1, SIZE), *packed = malloc(SIZE), line[LINE + 1];
    files_reader r;
    qn_str s;
    size_t n, i;
    files_got got;
    (void)state;
    assert_non_null(big);
    assert_non_null(packed);
    n = gz(big, SIZE, packed, SIZE);
    assert_true(n < SIZE / 1000);
    save(packed, n);
    r = reader(SIZE * 2);
    assert_int_equal(files_reader_all(&r, &s), FILES_BROKEN);
    assert_memory_equal(files_input_why(r.in), "gzip data grows too much", 24);
    assert_true(r.end <= 2 << 20); /* refused early */
    done(&r);

    for (i = 0; i + LINE <= SIZE; i += LINE) { /* one sentence again and again, numbered */
        snprintf(line, sizeof line, "%08zu%091d\n", i, 0);
        memcpy(big + i, line, LINE);
    }
    n = gz(big, SIZE, packed, SIZE);
    save(packed, n);
    r = reader(SIZE * 2);
    i = 0;
    while ((got = files_reader_line(&r, &s)) == FILES_DATA)
        i++;
    assert_int_equal(got, FILES_END);
    assert_int_equal(i, SIZE / LINE + 1);
    done(&r);
    free(big);
    free(packed);
}

static void takes_a_file_whole(void **state)
{
    files_reader r;
    qn_str s;
    int whole;
    (void)state;
    save("ab\0c\n\xff", 6);
    r = reader(6);
    assert_int_equal(files_reader_all(&r, &s), FILES_DATA);
    assert_int_equal(s.n, 6);
    assert_memory_equal(s.p, "ab\0c\n\xff", 6);
    done(&r);
    r = reader(5);
    assert_int_equal(files_reader_all(&r, &s), FILES_LONG);
    done(&r);
    save(" \n\n  {\"text\":1}\nx", 17);
    r = reader(100);
    assert_int_equal(files_reader_peek(&r, &s, &whole), FILES_DATA);
    assert_true(whole);
    assert_int_equal(s.n, 10);
    assert_memory_equal(s.p, "{\"text\":1}", 10);
    assert_int_equal(files_reader_line(&r, &s), FILES_DATA);
    assert_int_equal(r.line, 3);
    done(&r);
    save("", 0);
    r = reader(100);
    assert_int_equal(files_reader_peek(&r, &s, &whole), FILES_END);
    assert_int_equal(files_reader_all(&r, &s), FILES_DATA);
    assert_int_equal(s.n, 0);
    done(&r);
}

static int always(void *arg)
{
    (void)arg;
    return 1;
}

static void a_silent_pipe_can_be_left(void **state)
{
    files_input *in = files_input_new(500, always, NULL);
    int fd[2], old = dup(STDIN_FILENO);
    (void)state;
    assert_int_equal(pipe(fd), 0);
    dup2(fd[0], STDIN_FILENO);
    assert_int_equal(files_input_open(in, "-"), -1);
    assert_string_equal(files_input_why(in), "reading was cancelled");
    dup2(old, STDIN_FILENO);
    close(fd[0]);
    close(fd[1]);
    close(old);
    files_input_free(in);
}

static int make_path(void **state)
{
    int fd = mkstemp(path);
    (void)state;
    return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_lines),
        cmocka_unit_test(passes_over_a_huge_line),
        cmocka_unit_test(lines_of_every_length_cross_the_buffer),
        cmocka_unit_test(inflates_members_and_padding),
        cmocka_unit_test(says_what_broke_and_where),
        cmocka_unit_test(refuses_a_bomb_but_not_text_that_repeats),
        cmocka_unit_test(takes_a_file_whole),
        cmocka_unit_test(a_silent_pipe_can_be_left),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
