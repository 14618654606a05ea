/* SPDX-License-Identifier: MIT */
/* plugins/values/calendar.c - see calendar.h. Years are cut into eras of 400, which are all alike.
 */
#include "calendar.h"

enum { ERA_DAYS = 146097, TO_1970 = 719468 };

int64_t calendar_days(date d)
{
    int64_t y = d.year - (d.month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - TO_1970;
}

date calendar_date(int64_t days)
{
    int64_t z = days + TO_1970, era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
    int64_t of_era = z - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100),
            month = (5 * of_year + 2) / 153;
    date d = {0};
    d.day = (int)(of_year - (153 * month + 2) / 5 + 1);
    d.month = (int)(month < 10 ? month + 3 : month - 9);
    d.year = (int)(year + era * 400 + (d.month <= 2));
    return d;
}

int calendar_weekday(int64_t days)
{
    int64_t w = (days + 3) % 7;
    return (int)(w < 0 ? w + 7 : w) + 1;
}

static int month_length(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

int calendar_valid(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= month_length(year ? year : 2000, month);
}

date calendar_move(date d, int64_t n, char unit)
{
    int64_t months;
    date out = d;
    if (n > 20000 || n < -20000) n = n > 0 ? 20000 : -20000;
    if (unit == 'D' || unit == 'W')
        return calendar_date(calendar_days(d) + n * (unit == 'W' ? 7 : 1));
    months = (int64_t)d.year * 12 + d.month - 1 + n * (unit == 'Y' ? 12 : 1);
    if (months < 0) months = 0;
    out.year = (int)(months / 12);
    out.month = (int)(months % 12) + 1;
    if (out.day > month_length(out.year, out.month)) out.day = month_length(out.year, out.month);
    return out;
}

static int number(const char *p, int n)
{
    int v = 0;
    for (; n > 0; n--, p++) {
        if (*p < '0' || *p > '9') return -1;
        v = v * 10 + (*p - '0');
    }
    return v;
}

int calendar_read(const char *p, size_t n, date *out)
{
    date d = {0};
    if (n < 10 || p[4] != '-' || p[7] != '-') return 0;
    d.year = number(p, 4);
    d.month = number(p + 5, 2);
    d.day = number(p + 8, 2);
    if (d.year < 1 || !calendar_valid(d.year, d.month, d.day)) return 0;
    *out = d;
    return 1;
}

void calendar_note(note *t, date d)
{
    if (d.year)
        note_int(t, d.year, 4);
    else
        note_text(t, "XXXX");
    if (d.season) {
        note_text(t, "-");
        note_int(t, d.season, 2);
    } else if (d.month) {
        note_text(t, "-");
        note_int(t, d.month, 2);
        if (d.day) {
            note_text(t, "-");
            note_int(t, d.day, 2);
        }
    } else if (d.day) {
        note_text(t, "-XX-");
        note_int(t, d.day, 2);
    } else if (d.weekday) {
        note_text(t, "-WXX-");
        note_int(t, d.weekday, 1);
    }
}

void calendar_note_week(note *t, date d)
{
    int64_t days = calendar_days(d), thursday = days - calendar_weekday(days) + 4;
    date year = calendar_date(thursday), first = {year.year, 1, 1, 0, 0};
    note_int(t, year.year, 4);
    note_text(t, "-W");
    note_int(t, (thursday - calendar_days(first)) / 7 + 1, 2);
}
