/* SPDX-License-Identifier: MIT */
/* core/text/json_write.c - see json_write.h. Text is nearly always free of specials, so strings
 * are copied eight bytes at a time with a test on the way. */
#include "text/json_write.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

void qn_jsonw_free(qn_jsonw *w)
{
    free(w->p);
    memset(w, 0, sizeof *w);
}

char *qn_jsonw_room(qn_jsonw *w, size_t more)
{
    size_t cap = w->cap ? w->cap : 4096;
    char *p;
    if (w->cap - w->n >= more && w->p) return w->p + w->n;
    while (cap - w->n < more) {
        if (cap > SIZE_MAX / 2) {
            w->no_memory = 1;
            return NULL;
        }
        cap *= 2;
    }
    p = realloc(w->p, cap);
    if (!p) {
        w->no_memory = 1;
        return NULL;
    }
    w->p = p;
    w->cap = cap;
    return p + w->n;
}

void qn_jsonw_raw(qn_jsonw *w, qn_str json)
{
    char *o = qn_jsonw_room(w, json.n);
    if (!o || !json.n) return;
    memcpy(o, json.p, json.n);
    w->n += json.n;
}

/* The high bit of each byte that must be escaped. A byte above 0x7F never is; a false bit can only
 * lie above a true one, so zero and the lowest bit are exact. */
static uint64_t specials(uint64_t w)
{
    uint64_t quote = w ^ EACH('"'), slash = w ^ EACH('\\');
    uint64_t hit = (w - EACH(0x20)) | (quote - EACH(1)) | (slash - EACH(1));
    return hit & ~w & EACH(0x80);
}

size_t qn_json_plain_scalar(qn_str s)
{
    size_t i;
    for (i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '"' || s.p[i] == '\\') break;
    return i;
}

size_t qn_json_plain(qn_str s)
{
    size_t i = 0;
    uint64_t w;
    for (; s.n - i >= 8; i += 8) {
        memcpy(&w, s.p + i, 8);
        if (specials(w)) break;
    }
    return i + qn_json_plain_scalar((qn_str){s.p + i, s.n - i});
}

static char *escape(char *o, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letter[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    *o++ = '\\';
    if (c >= 0x20) {
        *o++ = (char)c;
    } else if (letter[c]) {
        *o++ = letter[c];
    } else {
        memcpy(o, "u00", 3);
        o[3] = hex[c >> 4];
        o[4] = hex[c & 15];
        o += 5;
    }
    return o;
}

/* Copies and escapes s[0, n); out has room for six bytes a byte, and eight more. */
static char *escape_into(char *o, const char *s, size_t n)
{
    const char *end = s + n;
    uint64_t w, hit;
    while (end - s >= 8) {
        memcpy(&w, s, 8);
        memcpy(o, &w, 8);
        hit = specials(w);
        if (!hit) {
            s += 8;
            o += 8;
            continue;
        }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        s += __builtin_ctzll(hit) / 8;
        o += __builtin_ctzll(hit) / 8;
#else
        for (; (unsigned char)*s >= 0x20 && *s != '"' && *s != '\\'; s++)
            o++;
#endif
        o = escape(o, (unsigned char)*s++);
    }
    for (; s < end; s++) {
        if ((unsigned char)*s < 0x20 || *s == '"' || *s == '\\')
            o = escape(o, (unsigned char)*s);
        else
            *o++ = *s;
    }
    return o;
}

void qn_jsonw_part(qn_jsonw *w, qn_str s)
{
    /* In pieces, so that the room for the worst case (all specials) stays small. */
    enum { PIECE = 16384 };
    size_t i = 0;
    char *o;
    while (i < s.n) {
        size_t n = s.n - i < PIECE ? s.n - i : PIECE;
        o = qn_jsonw_room(w, 6 * n + 8);
        if (!o) return;
        w->n += (size_t)(escape_into(o, s.p + i, n) - o);
        i += n;
    }
}

void qn_jsonw_str(qn_jsonw *w, qn_str s)
{
    qn_jsonw_lit(w, "\"");
    qn_jsonw_part(w, s);
    qn_jsonw_lit(w, "\"");
}

const char qn_json_pairs[201] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";

char *qn_json_digits_long(char *out, uint64_t v)
{
    unsigned low = (unsigned)(v % 10000);
    out = qn_json_digits(out, v / 10000);
    memcpy(out, qn_json_pairs + 2 * (low / 100), 2);
    memcpy(out + 2, qn_json_pairs + 2 * (low % 100), 2);
    return out + 4;
}

void qn_jsonw_u64(qn_jsonw *w, uint64_t v)
{
    char *o = qn_jsonw_room(w, 20);
    if (o) w->n += (size_t)(qn_json_digits(o, v) - o);
}

void qn_jsonw_i64(qn_jsonw *w, int64_t v)
{
    if (v < 0) qn_jsonw_lit(w, "-");
    qn_jsonw_u64(w, v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v);
}

void qn_jsonw_real(qn_jsonw *w, double v)
{
    char buf[40];
    size_t i, n = 0;
    /* A normal double has 15 digits to spare: a shorter number shows as trailing zeros, which %g
     * leaves out. Below the normal ones the shortest has to be looked for. */
    int digits = fabs(v) < DBL_MIN ? 1 : 15;
    if (!isfinite(v)) {
        qn_jsonw_null(w);
        return;
    }
    for (; digits <= 17; digits++) {
        n = (size_t)snprintf(buf, sizeof buf, "%.*g", digits, v);
        if (digits == 17 || strtod(buf, NULL) == v) break;
    }
    /* What is no digit, sign or exponent is the locale's decimal point, of any length. */
    for (i = 0; i < n; i++) {
        if (strchr("0123456789+-e", buf[i])) {
            qn_jsonw_raw(w, (qn_str){buf + i, 1});
            continue;
        }
        qn_jsonw_lit(w, ".");
        while (i + 1 < n && !strchr("0123456789+-e", buf[i + 1]))
            i++;
    }
}

void qn_jsonw_bool(qn_jsonw *w, int v)
{
    if (v)
        qn_jsonw_lit(w, "true");
    else
        qn_jsonw_lit(w, "false");
}

void qn_jsonw_null(qn_jsonw *w)
{
    qn_jsonw_lit(w, "null");
}
