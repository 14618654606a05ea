/* SPDX-License-Identifier: MIT */
/* plugins/values/decimal.c - see decimal.h. */
#include "decimal.h"

#define MOST INT64_C(1000000000000000000) /* 10^18 */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from p[i] on. */
static uint32_t digits(const char *p, uint32_t n, uint32_t i)
{
    uint32_t k = i;
    while (k < n && is_digit(p[k]))
        k++;
    return k - i;
}

static void trim(decimal *d)
{
    if (d->m == 0) d->e = 0;
    while (d->m && d->m % 10 == 0) {
        d->m /= 10;
        d->e++;
    }
}

int decimal_read(const char *p, uint32_t n, decimal *out)
{
    uint32_t i = 0, seen = 0, commas = 0, points = 0, k;
    memset(out, 0, sizeof *out);
    for (i = 0; i < n; i++) {
        if (is_digit(p[i])) {
            if (++seen > 18) return 0;
            out->m = out->m * 10 + (p[i] - '0');
            out->e -= points > 0;
            continue;
        }
        k = digits(p, n, i + 1);
        if (p[i] == ',' && !points && i > 0 && k != 3 && !commas && i + 1 + k == n && k > 0) {
            points++; /* "1,5 hectares" */
        } else if (p[i] == ',' && !points && i > 0 && k >= 2 && k <= 3) {
            commas++; /* thousands, or lakhs: 1,50,000 */
        } else if (p[i] == '.' && !points && k > 0) {
            points++;
        } else {
            return 0;
        }
    }
    trim(out);
    return seen > 0;
}

int decimal_scale(decimal *a, int64_t factor, int power)
{
    if (a->den) {
        if (power > 12 || a->m > MOST / 1000000) return 0;
        for (; power > 0; power--)
            if (a->m > MOST / 10)
                return 0;
            else
                a->m *= 10;
        if (a->m % a->den) return 0;
        a->m /= a->den;
        a->den = 0;
    }
    if (factor && a->m > MOST / factor) return 0;
    a->m *= factor;
    a->e += power;
    trim(a);
    return a->e > -30 && a->e < 30;
}

int decimal_add(decimal *a, decimal b)
{
    if (b.den == 2 && b.m == 1) b = (decimal){5, -1, 0};
    if (b.den == 4 && (b.m == 1 || b.m == 3)) b = (decimal){25 * b.m, -2, 0};
    if (a->den || b.den) return 0;
    while (a->e > b.e) {
        if (a->m > MOST / 10) return 0;
        a->m *= 10;
        a->e--;
    }
    while (b.e > a->e) {
        if (b.m > MOST / 10) return 0;
        b.m *= 10;
        b.e--;
    }
    a->m += b.m;
    trim(a);
    return a->m <= MOST;
}

int64_t decimal_whole(decimal a)
{
    int64_t v = a.m;
    int e = a.e;
    if (a.den || e < 0 || e > 9 || v < 0 || v > 1000000000) return -1;
    for (; e > 0; e--)
        v *= 10;
    return v <= 1000000000 ? v : -1;
}

void note_bytes(note *t, const char *p, uint32_t n)
{
    if (n >= NOTE_ROOM - t->n) {
        t->bad = 1;
        return;
    }
    memcpy(t->p + t->n, p, n);
    t->n += n;
}

void note_text(note *t, const char *s)
{
    note_bytes(t, s, (uint32_t)strlen(s));
}

void note_int(note *t, int64_t v, int width)
{
    char buf[24];
    int k = (int)sizeof buf, negative = v < 0;
    uint64_t u = negative ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
    do {
        buf[--k] = (char)('0' + u % 10);
        u /= 10;
        width--;
    } while (u || width > 0);
    if (negative) buf[--k] = '-';
    note_bytes(t, buf + k, (uint32_t)((int)sizeof buf - k));
}

void note_decimal(note *t, decimal d)
{
    char buf[64];
    int k = (int)sizeof buf, e = d.e, written = 0;
    uint64_t u = d.m < 0 ? (uint64_t)0 - (uint64_t)d.m : (uint64_t)d.m;
    if (d.m < 0) note_text(t, "-");
    if (d.den) {
        note_int(t, (int64_t)u, 1);
        note_text(t, "/");
        note_int(t, d.den, 1);
        return;
    }
    for (; e > 0 && e < 30; e--)
        buf[--k] = '0';
    do {
        if (e < 0 && written == -e) buf[--k] = '.';
        buf[--k] = (char)('0' + u % 10);
        u /= 10;
        written++;
    } while (u || written <= -e);
    note_bytes(t, buf + k, (uint32_t)((int)sizeof buf - k));
}
