/* SPDX-License-Identifier: MIT */
/* plugins/values/si.c - see si.h. Factors are the exact ones of NIST Special Publication 811
 * (2008), appendix B; the light-year and the parsec those of the IAU (resolution B2 of 2015). The
 * arithmetic is that of long multiplication, so that the same text has the same value on every
 * machine. */
#include "si.h"

/* A unit is m * 10^e / den of the SI unit. */
typedef struct factor {
    const char *unit, *si;
    int64_t m;
    int e, den;
} factor;

static const factor factors[] = {
    {"m", "m", 1, 0, 1},
    {"km", "m", 1, 3, 1},
    {"dm", "m", 1, -1, 1},
    {"cm", "m", 1, -2, 1},
    {"mm", "m", 1, -3, 1},
    {"um", "m", 1, -6, 1},
    {"nm", "m", 1, -9, 1},
    {"mi", "m", 1609344, -3, 1},
    {"yd", "m", 9144, -4, 1},
    {"ft", "m", 3048, -4, 1},
    {"in", "m", 254, -4, 1},
    {"nmi", "m", 1852, 0, 1},
    {"fathom", "m", 18288, -4, 1},
    {"furlong", "m", 201168, -3, 1},
    {"hand", "m", 1016, -4, 1},
    {"ly", "m", 94607304725808, 2, 1},
    {"pc", "m", 308567758149137, 2, 1},
    {"acre", "m2", 40468564224, -7, 1},
    {"ha", "m2", 1, 4, 1},
    {"L", "m3", 1, -3, 1},
    {"mL", "m3", 1, -6, 1},
    {"cL", "m3", 1, -5, 1},
    {"bbl", "m3", 158987294928, -12, 1},
    {"kg", "kg", 1, 0, 1},
    {"g", "kg", 1, -3, 1},
    {"mg", "kg", 1, -6, 1},
    {"ug", "kg", 1, -9, 1},
    {"t", "kg", 1, 3, 1},
    {"lb", "kg", 45359237, -8, 1},
    {"oz", "kg", 28349523125, -12, 1},
    {"stone", "kg", 635029318, -8, 1},
    {"s", "s", 1, 0, 1},
    {"min", "s", 60, 0, 1},
    {"h", "s", 3600, 0, 1},
    {"kn", "m/s", 463, 0, 900},
    {"W", "W", 1, 0, 1},
    {"kW", "W", 1, 3, 1},
    {"MW", "W", 1, 6, 1},
    {"GW", "W", 1, 9, 1},
    {"TW", "W", 1, 12, 1},
    {"kWh", "J", 36, 5, 1},
    {"MWh", "J", 36, 8, 1},
    {"GWh", "J", 36, 11, 1},
    {"TWh", "J", 36, 14, 1},
    {"J", "J", 1, 0, 1},
    {"kcal", "J", 4184, 0, 1},
    {"V", "V", 1, 0, 1},
    {"kV", "V", 1, 3, 1},
    {"A", "A", 1, 0, 1},
    {"Hz", "Hz", 1, 0, 1},
    {"kHz", "Hz", 1, 3, 1},
    {"MHz", "Hz", 1, 6, 1},
    {"GHz", "Hz", 1, 9, 1},
    {"N", "N", 1, 0, 1},
    {"Pa", "Pa", 1, 0, 1},
    {"hPa", "Pa", 1, 2, 1},
    {"kPa", "Pa", 1, 3, 1},
    {"MPa", "Pa", 1, 6, 1},
    {"mbar", "Pa", 1, 2, 1},
    {"psi", "Pa", 6894757293168, -9, 1},
    {"lx", "lx", 1, 0, 1},
    {"Bq", "Bq", 1, 0, 1},
    {"Sv", "Sv", 1, 0, 1},
    {"mSv", "Sv", 1, -3, 1},
    {"K", "K", 1, 0, 1},
    {"Cel", "Cel", 1, 0, 1},
    {"degF", "Cel", 1, 0, 1}, /* see celsius() */
};

/* ---- long arithmetic: up to DIGITS decimal digits, the first one first, times 10^e ---- */

enum { DIGITS = 160, KEPT = 15, SPARE = 40 };
typedef struct number {
    uint8_t d[DIGITS];
    int n, e;
} number;

static int times(number *x, uint64_t by)
{
    uint64_t carry = 0;
    int i, more;
    for (i = x->n - 1; i >= 0; i--) {
        carry += x->d[i] * by;
        x->d[i] = (uint8_t)(carry % 10);
        carry /= 10;
    }
    for (more = 0; carry; carry /= 10, more++) {
        if (x->n + 1 > DIGITS) return 0;
        memmove(x->d + 1, x->d, (size_t)x->n++);
        x->d[0] = (uint8_t)(carry % 10);
    }
    return 1;
}

/* To SPARE more digits than x has. */
static int over(number *x, uint64_t divisor)
{
    uint64_t rest = 0;
    int i;
    if (divisor == 1) return 1;
    if (x->n + SPARE > DIGITS) return 0;
    memset(x->d + x->n, 0, SPARE);
    x->n += SPARE;
    x->e -= SPARE;
    for (i = 0; i < x->n; i++) {
        rest = rest * 10 + x->d[i];
        x->d[i] = (uint8_t)(rest / divisor);
        rest %= divisor;
    }
    return 1;
}

static number number_of(decimal v)
{
    number x = {.n = 0, .e = v.e};
    int64_t m = v.m < 0 ? -v.m : v.m;
    for (; m; m /= 10) {
        memmove(x.d + 1, x.d, (size_t)x.n++);
        x.d[0] = (uint8_t)(m % 10);
    }
    return x;
}

/* Rounded to KEPT digits, halves up. */
static decimal decimal_of(const number *x, int negative)
{
    decimal v = {0, x->e + x->n, 0};
    int i = 0, k;
    while (i < x->n && x->d[i] == 0)
        i++;
    v.e -= i;
    for (k = 0; k < KEPT && i < x->n; k++, i++, v.e--)
        v.m = v.m * 10 + x->d[i];
    if (i < x->n && x->d[i] >= 5) v.m++;
    for (; v.m && v.m % 10 == 0; v.m /= 10)
        v.e++;
    if (v.m == 0) v.e = 0;
    if (negative) v.m = -v.m;
    return v;
}

/* ---- units ---- */

typedef struct part {
    const factor *f;
    int power;
} part;

/* "km2": what p[0, n) is; f NULL: not known. */
static part part_read(const char *p, uint32_t n)
{
    part t = {NULL, 1};
    size_t i;
    if (n > 1 && p[n - 1] >= '2' && p[n - 1] <= '3') t.power = p[--n] - '0';
    for (i = 0; i < sizeof factors / sizeof *factors && !t.f; i++)
        if (strlen(factors[i].unit) == n && !memcmp(factors[i].unit, p, n)) t.f = &factors[i];
    if (t.f && t.power > 1 && strcmp(t.f->si, "m") != 0) t.f = NULL;
    return t;
}

static int by_part(number *x, part t)
{
    int k, ok = 1;
    for (k = 0; k < t.power && ok; k++) {
        ok = times(x, (uint64_t)t.f->m) && over(x, (uint64_t)t.f->den);
        x->e += t.f->e;
    }
    return ok;
}

static int over_part(number *x, part t)
{
    int k, ok = 1;
    for (k = 0; k < t.power && ok; k++) {
        ok = times(x, (uint64_t)t.f->den) && over(x, (uint64_t)t.f->m);
        x->e -= t.f->e;
    }
    return ok;
}

/* v of `above` / `below`; below.f may be NULL. */
static int scale(decimal *v, part above, part below)
{
    number x = number_of(*v);
    const int negative = v->m < 0;
    if (!by_part(&x, above)) return 0;
    if (below.f && !over_part(&x, below)) return 0;
    if (v->den && !over(&x, (uint64_t)v->den)) return 0;
    *v = decimal_of(&x, negative);
    return v->e > -30 && v->e < 30;
}

/* (v - 32) * 5 / 9 */
static int celsius(decimal *v)
{
    number x;
    if (v->den || !decimal_add(v, (decimal){-32, 0, 0})) return 0;
    x = number_of(*v);
    if (!times(&x, 5) || !over(&x, 9)) return 0;
    *v = decimal_of(&x, v->m < 0);
    return 1;
}

static void note_part(note *t, part p)
{
    note_text(t, p.f->si);
    if (p.power > 1) note_int(t, p.power, 1);
}

int si_convert(amount *a, note *unit)
{
    const char *slash = memchr(unit->p, '/', unit->n);
    const uint32_t n = slash ? (uint32_t)(slash - unit->p) : unit->n;
    const part above = part_read(unit->p, n);
    part below = {NULL, 1};
    amount to = *a;
    note si = {.n = 0};
    if (a->kind == '?' || !above.f) return 0;
    if (slash) below = part_read(slash + 1, unit->n - n - 1);
    if (slash && (!below.f || !strcmp(above.f->si, below.f->si))) return 0;
    if (!strcmp(above.f->unit, "degF")) {
        if (slash || !celsius(&to.lo) || (a->kind != '1' && !celsius(&to.hi))) return 0;
    } else if (!scale(&to.lo, above, below) || (a->kind != '1' && !scale(&to.hi, above, below))) {
        return 0;
    }
    note_part(&si, above);
    if (slash) {
        note_text(&si, "/");
        note_part(&si, below);
    }
    *a = to;
    *unit = si;
    return 1;
}
