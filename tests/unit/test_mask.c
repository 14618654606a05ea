/* SPDX-License-Identifier: MIT */
/* tests/unit/test_mask.c - what is masked, and above all what is not: dates, prices, scores,
 * version numbers and the like. In each line ⟦ and ⟧ stand around what must be found. */
#include "mask/find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ALL = (1 << MASK_KINDS) - 1 };

/* The text with marks around every hit. */
static void mark(const char *text, unsigned kinds, char *out)
{
    size_t n = strlen(text), at = 0, o = 0;
    struct mask_hit hit;
    while (mask_find(text, n, at, kinds, &hit)) {
        assert_true(hit.beg >= at && hit.end > hit.beg && hit.end <= n);
        o += (size_t)sprintf(out + o, "%.*s⟦%.*s⟧", (int)(hit.beg - at), text + at,
                             (int)(hit.end - hit.beg), text + hit.beg);
        at = hit.end;
    }
    strcpy(out + o, text + at);
}

static void plain_of(const char *marked, char *out)
{
    while (*marked) {
        if (!strncmp(marked, "⟦", 3) || !strncmp(marked, "⟧", 3))
            marked += 3;
        else
            *out++ = *marked++;
    }
    *out = 0;
}

static int check(const char *const *line, unsigned kinds)
{
    char plain[512], got[1024];
    int bad = 0;
    for (; *line; line++) {
        plain_of(*line, plain);
        mark(plain, kinds, got);
        if (strcmp(got, *line) == 0) continue;
        print_error("expected %s\n     got %s\n", *line, got);
        bad++;
    }
    return bad;
}

static void test_found(void **state)
{
    static const char *const email[] = {"Write to ⟦ana.lopes+news@mail.example.org⟧.",
                                        "<⟦a@b.io⟧>,⟦c_d@e-f.co.uk⟧; x",
                                        "请联系⟦foo@example.com⟧谢谢",
                                        "⟦müller@example.de⟧ schrieb",
                                        "mailto:⟦x@example.com⟧?subject=y",
                                        NULL};
    static const char *const ip[] = {"from ⟦192.168.1.1⟧.",
                                     "http://⟦10.0.0.1⟧:8080/x and ⟦8.8.8.8⟧/24",
                                     "at ⟦2001:db8::ff00:42:8329⟧, ⟦::1⟧ and [⟦fe80::1⟧]",
                                     "⟦2001:0db8:85a3:0000:0000:8a2e:0370:7334⟧.", NULL};
    static const char *const card[] = {"card ⟦4111 1111 1111 1111⟧,", "⟦5500-0000-0000-0004⟧",
                                       "(⟦378282246310005⟧)",
                                       "⟦3782 822463 10005⟧ or ⟦6011111111111117⟧.", NULL};
    static const char *const iban[] = {
        "IBAN ⟦DE89 3704 0044 0532 0130 00⟧.", "⟦GB82WEST12345698765432⟧,",
        "pay ⟦FR14 2004 1010 0505 0001 3M02 606⟧ now", "⟦NO93 8601 1117 947⟧", NULL};
    static const char *const phone[] = {"call ⟦+44 20 7946 0958⟧ or ⟦+1 (212) 555-0123⟧.",
                                        "(⟦212-555-0123⟧)",
                                        "⟦(212) 555-0123⟧",
                                        "⟦1-800-555-0199⟧ is free",
                                        "London ⟦020 7946 0958⟧",
                                        "Berlin ⟦030/12345678⟧, Paris ⟦01 23 45 67 89⟧",
                                        "Call us on ⟦555 0123⟧ today",
                                        "Tel.: ⟦44556677⟧",
                                        "⟦0044 20 7946 0958⟧",
                                        "Tél : ⟦0123456789⟧",
                                        NULL};
    (void)state;
    assert_int_equal(check(email, ALL) + check(ip, ALL) + check(card, ALL) + check(iban, ALL) +
                         check(phone, ALL),
                     0);
}

static void test_left_alone(void **state)
{
    static const char *const line[] = {
        "On 2024-01-05, 05/01/2024, 5.1.2024 and 01.02.2024 15.30 it rained.",
        "From 2019-2024, 1999/2000 and 12/2023; 20240105123000 is a time stamp.",
        "It cost $1,234,567.89, 12 345 678 euros, 1.234.567,00 or £0.0123456789.",
        "They won 3-1, 21-19, 6-4 6-3 7-5 and 102-98 at 12:30:45.",
        "Version 1.2.3.4, v10.0.19041.1, Chrome/120.0.0.1 and Firefox 121.0.1.",
        "1.2.3.4 Scope of this section\nsee section 4.3.2.1 and release 2.6.32.71.",
        "256.1.1.1 and 1.2.3.4.5 and 01.2.3.4 are no addresses.",
        "std::vector<a::b> and 00:1a:2b:3c:4d:5e at 10:20:30",
        "ISBN 978-0-306-40615-7, DOI 10.1000/182, ID 1234567890123456, 4111 1111 1111 1112",
        "@ana wrote; a @ b; x@y; me@localhost; @@@; a@.b.com; .@x",
        "Population 8 799 800, 1 000 000 000 people, 40 000 000 000 dollars",
        "GB82WEST12345698765433 and DE00 0000 and US12 3456 7890 1234 5678",
        "call 2024-01-05 a date; call it 12 000 000 a year; pages 101-115-120",
        "3.14159265358979 and 0.30000000000000004, -273.15, 1e10, 100000000",
        "Latitude 51.507351, -0.127758 and 40.712776, -74.005974",
        "In 1914 1918 1939 1945 and rooms 101 102 103 104",
        "Section 230 of 47 U.S.C., Resolution 1325 (2000), 2023-24 season",
        NULL};
    (void)state;
    assert_int_equal(check(line, ALL), 0);
}

static void test_only_the_kinds_asked_for(void **state)
{
    static const char *const line[] = {"a@b.io, ⟦10.0.0.1⟧, 4111 1111 1111 1111, +44 20 7946 0958",
                                       NULL};
    static const char *const mail[] = {"⟦a@b.io⟧, 10.0.0.1, ⟦c@d.org⟧", NULL};
    (void)state;
    assert_int_equal(check(line, 1U << MASK_IP), 0);
    assert_int_equal(check(mail, 1U << MASK_EMAIL), 0);
}

/* Half a megabyte of what could start again and again; quadratic work would not end. */
static void test_hostile_text_ends(void **state)
{
    static const char *const piece[] = {"@", "1 ", "a@", "1.", "::", "+1", "(", "a.b-", "0-", "1:"};
    size_t n = 1 << 19, i, k, hits;
    char *text = malloc(n);
    struct mask_hit hit;
    (void)state;
    assert_non_null(text);
    for (k = 0; k < sizeof piece / sizeof *piece; k++) {
        for (i = 0; i < n; i++)
            text[i] = piece[k][i % strlen(piece[k])];
        for (i = hits = 0; mask_find(text, n, i, ALL, &hit); i = hit.end)
            hits++;
        assert_int_equal(hits, 0);
    }
    free(text);
}

/* Every prefix in a block of its own size: nothing behind the text is read (seen under ASan). */
static void test_cut_text(void **state)
{
    static const char text[] =
        "a@b.io 10.0.0.1 ::1 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00 +44 "
        "20 7946 0958 (212) 555-0123 tel. 44556677";
    size_t n, i;
    (void)state;
    for (n = 1; n < sizeof text; n++) {
        char *copy = malloc(n);
        struct mask_hit hit;
        assert_non_null(copy);
        memcpy(copy, text, n);
        for (i = 0; mask_find(copy, n, i, ALL, &hit); i = hit.end)
            assert_true(hit.end <= n);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_left_alone),
        cmocka_unit_test(test_only_the_kinds_asked_for),
        cmocka_unit_test(test_hostile_text_ends),
        cmocka_unit_test(test_cut_text),
    };
    return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
