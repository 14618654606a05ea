/* SPDX-License-Identifier: MIT */
/* tests/unit/test_values.c - plugins/values: the calendar, exact decimals, and the vocabulary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "values/calendar.h"
#include "values/si.h"
#include "values/vocab.h"

static void expect_note(const note *t, const char *want)
{
    assert_int_equal(t->bad, 0);
    assert_int_equal(t->n, strlen(want));
    assert_memory_equal(t->p, want, t->n);
}

static void test_days_and_dates_agree_for_two_thousand_years(void **state)
{
    date d = {1, 1, 1, 0, 0};
    int64_t day = calendar_days(d), last = calendar_days((date){2400, 12, 31, 0, 0});
    int year = 1, month = 1, of_month = 1, weekday = calendar_weekday(day);
    (void)state;
    assert_int_equal(calendar_days((date){1970, 1, 1, 0, 0}), 0);
    assert_int_equal(calendar_weekday(0), 4); /* a Thursday */
    for (; day <= last; day++) {
        d = calendar_date(day);
        assert_true(d.year == year && d.month == month && d.day == of_month);
        assert_int_equal(calendar_days(d), day);
        assert_int_equal(calendar_weekday(day), weekday);
        weekday = weekday % 7 + 1;
        if (calendar_valid(year, month, of_month + 1)) {
            of_month++;
        } else {
            of_month = 1;
            month = month % 12 + 1;
            year += month == 1;
        }
    }
}

static void test_leap_days(void **state)
{
    (void)state;
    assert_true(calendar_valid(2024, 2, 29));
    assert_true(calendar_valid(2000, 2, 29));
    assert_false(calendar_valid(1900, 2, 29));
    assert_false(calendar_valid(2023, 2, 29));
    assert_false(calendar_valid(2023, 13, 1));
    assert_false(calendar_valid(2023, 4, 31));
}

static void test_moving_keeps_within_the_month(void **state)
{
    date d = calendar_move((date){2024, 1, 31, 0, 0}, 1, 'M');
    (void)state;
    assert_true(d.year == 2024 && d.month == 2 && d.day == 29);
    d = calendar_move((date){2024, 2, 29, 0, 0}, -1, 'Y');
    assert_true(d.year == 2023 && d.month == 2 && d.day == 28);
    d = calendar_move((date){2024, 1, 1, 0, 0}, -1, 'D');
    assert_true(d.year == 2023 && d.month == 12 && d.day == 31);
    d = calendar_move((date){2024, 1, 10, 0, 0}, INT64_MIN, 'W'); /* as far as it goes */
    assert_true(d.year < 2024);
}

static void test_weeks_follow_iso_8601(void **state)
{
    static const struct {
        date d;
        const char *week;
    } known[] = {{{2021, 1, 3, 0, 0}, "2020-W53"},
                 {{2021, 1, 4, 0, 0}, "2021-W01"},
                 {{2024, 12, 30, 0, 0}, "2025-W01"},
                 {{2024, 5, 20, 0, 0}, "2024-W21"}};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++) {
        note t = {.n = 0};
        calendar_note_week(&t, known[i].d);
        expect_note(&t, known[i].week);
    }
}

static void expect_decimal(const char *figure, const char *want)
{
    decimal d;
    note t = {.n = 0};
    assert_true(decimal_read(figure, (uint32_t)strlen(figure), &d));
    note_decimal(&t, d);
    expect_note(&t, want);
}

static void test_figures_are_read_exactly(void **state)
{
    decimal d;
    (void)state;
    expect_decimal("2,000", "2000");
    expect_decimal("0.10", "0.1");
    expect_decimal(".05", "0.05");
    expect_decimal("1,5", "1.5");
    expect_decimal("1,50,000", "150000");
    expect_decimal("999999999999999999", "999999999999999999");
    expect_decimal("0", "0");
    assert_false(decimal_read("1234567890123456789", 19, &d));
    assert_false(decimal_read("1.2.3", 5, &d));
    assert_false(decimal_read("", 0, &d));
}

static void expect_si(decimal v, const char *unit, const char *want)
{
    amount a = {.lo = v, .kind = '1'};
    note u = {.n = 0}, t = {.n = 0};
    note_text(&u, unit);
    assert_true(si_convert(&a, &u));
    amount_note(&t, &a, "", u.p);
    expect_note(&t, want);
}

static void test_units_become_si_units(void **state)
{
    amount a = {.lo = {999999999999999999, 28, 0}, .kind = '1'};
    note u = {.n = 0};
    (void)state;
    expect_si((decimal){1, 0, 0}, "mi", "1609.344 m");
    expect_si((decimal){2, 0, 3}, "mi2", "1726658.740224 m2"); /* 2/3 */
    expect_si((decimal){1, 0, 3}, "m", "0.333333333333333 m");
    expect_si((decimal){-32, 0, 0}, "degF", "-35.5555555555556 Cel");
    expect_si((decimal){0, 0, 0}, "kn", "0 m/s");
    expect_si((decimal){1, 0, 0}, "mi/h", "0.44704 m/s");
    expect_si((decimal){999999999999999999, 0, 0}, "kg", "1000000000000000000 kg"); /* rounded */
    note_text(&u, "ly");
    assert_false(si_convert(&a, &u)); /* too large */
    assert_int_equal(a.lo.e, 28);
    u = (note){.p = "g/t", .n = 3};
    assert_false(si_convert(&a, &u));
    u = (note){.p = "gal", .n = 3};
    assert_false(si_convert(&a, &u));
    u = (note){.p = "/h", .n = 2};
    assert_false(si_convert(&a, &u));
}

static void test_what_does_not_fit_is_refused(void **state)
{
    decimal d = {INT64_C(999999999999999999), 0, 0};
    (void)state;
    assert_int_equal(decimal_whole((decimal){INT64_C(999999999999999999), 9, 0}), -1);
    assert_int_equal(decimal_whole((decimal){12, 3, 0}), 12000);
    assert_false(decimal_scale(&d, 12, 0));
    d = (decimal){1, 28, 0};
    assert_false(decimal_scale(&d, 1, 3));
    d = (decimal){1, 0, 3};
    assert_false(decimal_add(&d, (decimal){1, 0, 0}));
    d = (decimal){5, 20, 0};
    assert_false(decimal_add(&d, (decimal){1, 0, 0}));
}

static void test_a_note_that_is_too_long_is_no_value(void **state)
{
    note t = {.n = 0};
    int i;
    (void)state;
    for (i = 0; i < 30; i++)
        note_text(&t, "12345");
    assert_true(t.bad);
    assert_true(t.n < NOTE_ROOM);
}

static void test_every_word_of_the_vocabulary_is_found(void **state)
{
    static values_vocab voc;
    size_t i;
    (void)state;
    values_vocab_init(&voc);
    for (i = 0; i < values_nwords; i++) {
        const char *w = values_words[i].word;
        assert_ptr_equal(values_vocab_find(&voc, w, (uint32_t)strlen(w)), &values_words[i]);
    }
    assert_ptr_equal(values_vocab_find(&voc, "MAY", 3), values_vocab_find(&voc, "may", 3));
    assert_null(values_vocab_find(&voc, "quern", 5));
    assert_null(values_vocab_find(&voc, "", 0));
    assert_null(values_vocab_find(&voc, "a-word-of-more-than-fifteen", 27));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_and_dates_agree_for_two_thousand_years),
        cmocka_unit_test(test_leap_days),
        cmocka_unit_test(test_moving_keeps_within_the_month),
        cmocka_unit_test(test_weeks_follow_iso_8601),
        cmocka_unit_test(test_figures_are_read_exactly),
        cmocka_unit_test(test_units_become_si_units),
        cmocka_unit_test(test_what_does_not_fit_is_refused),
        cmocka_unit_test(test_a_note_that_is_too_long_is_no_value),
        cmocka_unit_test(test_every_word_of_the_vocabulary_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
