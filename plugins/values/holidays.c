/* SPDX-License-Identifier: MIT */
/* plugins/values/holidays.c - days that have a name: "Christmas Eve", "Anzac Day". Month and day
 * are given where they are the same every year and everywhere. */
#include <strings.h>

#include "rules.h"

static const struct {
    const char *words[3];
    int month, day;
} holidays[] = {
    {{"christmas", "day", NULL}, 12, 25},    {{"christmas", "eve", NULL}, 12, 24},
    {{"christmas", NULL, NULL}, 12, 25},     {{"new", "year's", "day"}, 1, 1},
    {{"new", "year's", "eve"}, 12, 31},      {{"boxing", "day", NULL}, 12, 26},
    {{"good", "friday", NULL}, 0, 0},        {{"easter", "sunday", NULL}, 0, 0},
    {{"easter", "monday", NULL}, 0, 0},      {{"easter", NULL, NULL}, 0, 0},
    {{"halloween", NULL, NULL}, 10, 31},     {{"thanksgiving", "day", NULL}, 0, 0},
    {{"thanksgiving", NULL, NULL}, 0, 0},    {{"independence", "day", NULL}, 0, 0},
    {{"black", "friday", NULL}, 0, 0},       {{"palm", "sunday", NULL}, 0, 0},
    {{"ash", "wednesday", NULL}, 0, 0},      {{"labor", "day", NULL}, 0, 0},
    {{"labour", "day", NULL}, 0, 0},         {{"memorial", "day", NULL}, 0, 0},
    {{"valentine's", "day", NULL}, 2, 14},   {{"mother's", "day", NULL}, 0, 0},
    {{"father's", "day", NULL}, 0, 0},       {{"may", "day", NULL}, 5, 1},
    {{"new", "year", NULL}, 1, 1},           {{"lunar", "new", "year"}, 0, 0},
    {{"chinese", "new", "year"}, 0, 0},      {{"all", "saints'", "day"}, 11, 1},
    {{"all", "souls'", "day"}, 11, 2},       {{"anzac", "day", NULL}, 4, 25},
    {{"bastille", "day", NULL}, 7, 14},      {{"australia", "day", NULL}, 1, 26},
    {{"canada", "day", NULL}, 7, 1},         {{"victoria", "day", NULL}, 0, 0},
    {{"republic", "day", NULL}, 0, 0},       {{"veterans", "day", NULL}, 11, 11},
    {{"remembrance", "sunday", NULL}, 0, 0}, {{"remembrance", "day", NULL}, 11, 11},
    {{"presidents'", "day", NULL}, 0, 0},    {{"columbus", "day", NULL}, 0, 0},
    {{"st", "patrick's", "day"}, 3, 17},     {{"juneteenth", NULL, NULL}, 6, 19},
    {{"earth", "day", NULL}, 4, 22},         {{"cyber", "monday", NULL}, 0, 0},
    {{"whit", "monday", NULL}, 0, 0},        {{"ascension", "day", NULL}, 0, 0},
    {{"ramadan", NULL, NULL}, 0, 0},         {{"eid", "al-fitr", NULL}, 0, 0},
    {{"eid", "al-adha", NULL}, 0, 0},        {{"diwali", NULL, NULL}, 0, 0},
    {{"nowruz", NULL, NULL}, 0, 0},          {{"hanukkah", NULL, NULL}, 0, 0},
    {{"passover", NULL, NULL}, 0, 0},        {{"yom", "kippur", NULL}, 0, 0},
    {{"hari", "raya", NULL}, 0, 0},          {{"guy", "fawkes", "night"}, 11, 5},
    {{"bonfire", "night", NULL}, 11, 5},     {{"election", "day", NULL}, 0, 0},
    {{"budget", "day", NULL}, 0, 0},
};

/* The holiday's word k stands at j, over "'s" cut off from it. Behind it; j: no. */
static uint32_t holiday_word(const words *w, uint32_t j, const char *s)
{
    size_t n = strlen(s);
    const word *x = go_on(w, j);
    if (n > 2 && s[n - 1] == '\'') {
        if (x->n != n - 1 || strncasecmp(x->p, s, n - 1) != 0) return word_is(x, s) ? j + 1 : j;
        return word_is(go_on(w, j + 1), "'") || word_is(go_on(w, j + 1), "’") ? j + 2 : j;
    }
    if (n > 2 && s[n - 2] == '\'') {
        if (x->n != n - 2 || strncasecmp(x->p, s, n - 2) != 0) return j;
        return word_is(go_on(w, j + 1), "'s") || word_is(go_on(w, j + 1), "’s") ? j + 2 : j;
    }
    return word_is(x, s) ? j + 1 : j;
}

uint32_t holiday_read(const values_rules *r, uint32_t i, hit *h)
{
    const words *w = r->w;
    size_t k;
    int part;
    if (!(at(w, i)->sets & V_OPENER) || !(at(w, i)->flags & WORD_CAP)) return i;
    for (k = 0; k < sizeof holidays / sizeof *holidays; k++) {
        uint32_t j = i, next;
        for (part = 0; part < 3 && holidays[k].words[part]; part++, j = next) {
            next = holiday_word(w, j, holidays[k].words[part]);
            if (next == j || !(at(w, j)->flags & WORD_CAP)) break;
        }
        if (part < 3 && holidays[k].words[part]) continue;
        if (holidays[k].month) {
            date d = {0, holidays[k].month, holidays[k].day, 0, 0};
            j = date_year(w, j, &d);
            date_resolve(r, &d, 0);
            calendar_note(&h->value, d);
        } else {
            h->value.bad = 1;
        }
        return j;
    }
    return i;
}
