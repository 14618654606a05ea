/* SPDX-License-Identifier: MIT */
/* plugins/values/calendar.h - dates of the proleptic Gregorian calendar, and how values write them:
 * ISO 8601-1 and the extensions of ISO 8601-2 (seasons, quarters, decades). */
#ifndef VALUES_CALENDAR_H
#define VALUES_CALENDAR_H
#include "decimal.h"

/* A date as far as it is known: 0 is unknown. season: 21 to 24, quarters 33 to 36, halves 40, 41.
 */
typedef struct date {
    int year, month, day;
    int weekday; /* 1 (Monday) to 7, where nothing else is known */
    int season;
} date;

/* Days since 1970-01-01, and back. */
int64_t calendar_days(date d);
date calendar_date(int64_t days);
int calendar_weekday(int64_t days);
/* 1 when there is such a day. */
int calendar_valid(int year, int month, int day);
/* d moved by so many days ("D"), weeks ("W"), months ("M") or years ("Y"). */
date calendar_move(date d, int64_t n, char unit);
/* Reads "2024-05-12" with anything behind; 0 when it is none. */
int calendar_read(const char *p, size_t n, date *out);
/* Writes it: "2024-05-12", "2024-05", "2024", "XXXX-05-12", "XXXX-WXX-1", "2024-22". */
void calendar_note(note *, date d);
/* Writes the week of a day: "2024-W19". */
void calendar_note_week(note *, date d);
#endif
