/* SPDX-License-Identifier: MIT */
/* core/text/json_read.c - see json_read.h. Numbers are in json_number.c. */
#include "text/json_read.h"

#include <stdio.h>

#include "text/json_write.h"
#include "text/utf8.h"

/* Remembers the first failure, and makes every later call fail by leaving nothing to read. */
static int fail_at(qn_jsonr *r, const char *at, const char *found, const char *expected)
{
    if (!r->expected) {
        r->at = (size_t)(at - r->beg);
        r->found = found;
        r->expected = expected;
    }
    r->p = r->end;
    return 0;
}

static int fail(qn_jsonr *r, const char *expected)
{
    return fail_at(r, r->p, NULL, expected);
}

void qn_jsonr_open(qn_jsonr *r, const char *buf, size_t n, char *room)
{
    size_t good = qn_utf8_valid(buf, n);
    memset(r, 0, sizeof *r);
    r->beg = r->p = buf;
    r->end = buf + n;
    r->room = room;
    if (good < n) fail_at(r, buf + good, NULL, "UTF-8");
}

static void skip_space(qn_jsonr *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t'))
        r->p++;
}

int qn_jsonr_close(qn_jsonr *r)
{
    skip_space(r);
    if (!r->expected && r->depth) return fail(r, "the objects and arrays to be read to their end");
    if (!r->expected && r->p < r->end) return fail(r, "nothing more after the value");
    return !r->expected;
}

qn_json_kind qn_jsonr_peek(qn_jsonr *r)
{
    skip_space(r);
    switch (r->p < r->end ? *r->p : '\0') {
    case '{':
        return QN_JSON_OBJECT;
    case '[':
        return QN_JSON_ARRAY;
    case '"':
        return QN_JSON_STRING;
    case 't':
        return QN_JSON_TRUE;
    case 'f':
        return QN_JSON_FALSE;
    case 'n':
        return QN_JSON_NULL;
    case '-':
    case '0' ... '9':
        return QN_JSON_NUMBER;
    default:
        fail(r, "a value");
        return QN_JSON_BAD;
    }
}

static int enter(qn_jsonr *r, int object)
{
    if (r->depth == QN_JSON_DEPTH) return fail(r, "at most 64 levels of objects and arrays");
    r->p++;
    r->fresh |= UINT64_C(1) << r->depth;
    r->object &= ~(UINT64_C(1) << r->depth);
    r->object |= (uint64_t)object << r->depth;
    r->depth++;
    return 1;
}

int qn_jsonr_object(qn_jsonr *r)
{
    if (qn_jsonr_peek(r) != QN_JSON_OBJECT) return fail(r, "an object");
    return enter(r, 1);
}

int qn_jsonr_array(qn_jsonr *r)
{
    if (qn_jsonr_peek(r) != QN_JSON_ARRAY) return fail(r, "an array");
    return enter(r, 0);
}

/* The comma before the next part, or the end of the object or array. 1 when a part follows. */
static int next_part(qn_jsonr *r, char closing)
{
    uint64_t bit = UINT64_C(1) << (r->depth - 1);
    skip_space(r);
    if (r->p < r->end && *r->p == closing) {
        r->p++;
        r->depth--;
        return 0;
    }
    if (r->fresh & bit) {
        r->fresh &= ~bit;
        return 1;
    }
    if (r->p == r->end || *r->p != ',')
        return fail(r, closing == '}' ? "',' or '}'" : "',' or ']'");
    r->p++;
    return 1;
}

int qn_jsonr_item(qn_jsonr *r)
{
    return r->depth && next_part(r, ']') && qn_jsonr_peek(r) != QN_JSON_BAD;
}

static int four_hex(const qn_jsonr *r, const char *p, unsigned *out)
{
    unsigned v = 0;
    int i;
    if (r->end - p < 4) return 0;
    for (i = 0; i < 4; i++) {
        unsigned c = (unsigned char)p[i], low = c | 0x20;
        if (c >= '0' && c <= '9')
            v = v << 4 | (c - '0');
        else if (low >= 'a' && low <= 'f')
            v = v << 4 | (low - 'a' + 10);
        else
            return 0;
    }
    *out = v;
    return 1;
}

/* \uXXXX, or two of them for a code point above U+FFFF; r->p is at the u. */
static size_t unicode_escape(qn_jsonr *r, char *o)
{
    const char *slash = r->p - 1;
    unsigned c, low;
    if (!four_hex(r, r->p + 1, &c)) {
        r->p = r->end - r->p <= 4 ? r->end : r->p;
        return (size_t)fail(r, "four hexadecimal digits after \\u");
    }
    r->p += 5;
    if (c >= 0xDC00 && c <= 0xDFFF)
        return (size_t)fail_at(r, slash, "the second half of a surrogate pair alone",
                               "the first half (\\ud800 to \\udbff) before it");
    if (c < 0xD800 || c > 0xDBFF) return qn_utf8_encode(c, o);
    if (r->end - r->p < 6 || r->p[0] != '\\' || r->p[1] != 'u' || !four_hex(r, r->p + 2, &low) ||
        low < 0xDC00 || low > 0xDFFF)
        return (size_t)fail_at(r, slash, "the first half of a surrogate pair alone",
                               "the second half (\\udc00 to \\udfff) behind it");
    r->p += 6;
    return qn_utf8_encode(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), o);
}

/* One escape, r->p behind the backslash: its 1 to 4 bytes at o; returns how many, 0: failed.
 * What is written is never longer than what was read. */
static size_t escape(qn_jsonr *r, char *o)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *which;
    if (r->p == r->end) return (size_t)fail(r, "a character after '\\'");
    if (*r->p == 'u') return unicode_escape(r, o);
    which = *r->p ? strchr(letters, *r->p) : NULL;
    if (!which) return (size_t)fail(r, "one of \" \\ / b f n r t u after '\\'");
    *o = meant[which - letters];
    r->p++;
    return 1;
}

static int end_of_string(qn_jsonr *r)
{
    if (r->p == r->end) return fail(r, "'\"' at the end of the string");
    if (*r->p != '"') return fail(r, "control characters in a string to be written as \\u00XX");
    r->p++;
    return 1;
}

/* From within a string to its end, checking its escapes but decoding nothing. */
static int skip_rest(qn_jsonr *r)
{
    char unused[4];
    for (;;) {
        r->p += qn_json_plain((qn_str){r->p, (size_t)(r->end - r->p)});
        if (r->p == r->end || *r->p != '\\') return end_of_string(r);
        r->p++;
        if (!escape(r, unused)) return 0;
    }
}

static int skip_string(qn_jsonr *r)
{
    r->p++;
    return skip_rest(r);
}

/* A string that holds escapes, from its first byte on, into the room. */
static int decode(qn_jsonr *r, qn_str *out)
{
    char *o = r->room;
    for (;;) {
        size_t n = qn_json_plain((qn_str){r->p, (size_t)(r->end - r->p)});
        memcpy(o, r->p, n);
        o += n;
        r->p += n;
        if (r->p == r->end || *r->p != '\\') break;
        r->p++;
        n = escape(r, o);
        if (!n) return 0;
        o += n;
    }
    *out = (qn_str){r->room, (size_t)(o - r->room)};
    r->room = o;
    return end_of_string(r);
}

static int read_string(qn_jsonr *r, qn_str *out)
{
    const char *beg = ++r->p;
    r->p += qn_json_plain((qn_str){beg, (size_t)(r->end - beg)});
    if (r->room && r->p < r->end && *r->p == '\\') {
        r->p = beg;
        return decode(r, out);
    }
    if (!skip_rest(r)) return 0;
    *out = (qn_str){beg, (size_t)(r->p - 1 - beg)};
    return 1;
}

int qn_jsonr_string(qn_jsonr *r, qn_str *out)
{
    if (qn_jsonr_peek(r) != QN_JSON_STRING) return fail(r, "a string");
    return read_string(r, out);
}

static int colon(qn_jsonr *r)
{
    skip_space(r);
    if (r->p == r->end || *r->p != ':') return fail(r, "':' after the name of a member");
    r->p++;
    return 1;
}

int qn_jsonr_member(qn_jsonr *r, qn_str *name)
{
    if (!r->depth || !next_part(r, '}')) return 0;
    skip_space(r);
    if (r->p == r->end || *r->p != '"') return fail(r, "the name of a member in '\"'");
    if (!read_string(r, name)) return 0;
    return colon(r) && qn_jsonr_peek(r) != QN_JSON_BAD;
}

int qn_jsonr_number(qn_jsonr *r, qn_json_number *out)
{
    const char *wrong;
    size_t n;
    if (qn_jsonr_peek(r) != QN_JSON_NUMBER) return fail(r, "a number");
    n = qn_json_number_length(r->p, (size_t)(r->end - r->p), &wrong);
    if (wrong) return fail_at(r, r->p + n, NULL, wrong);
    *out = qn_json_number_value((qn_str){r->p, n});
    r->p += n;
    return 1;
}

static int literal(qn_jsonr *r, const char *word)
{
    size_t i;
    for (i = 0; word[i]; i++)
        if (r->p + i == r->end || r->p[i] != word[i])
            return fail_at(r, r->p + i, NULL, "true, false or null");
    r->p += i;
    return 1;
}

int qn_jsonr_bool(qn_jsonr *r, int *out)
{
    qn_json_kind kind = qn_jsonr_peek(r);
    if (kind != QN_JSON_TRUE && kind != QN_JSON_FALSE) return fail(r, "true or false");
    *out = kind == QN_JSON_TRUE;
    return literal(r, *out ? "true" : "false");
}

int qn_jsonr_null(qn_jsonr *r)
{
    if (qn_jsonr_peek(r) != QN_JSON_NULL) return fail(r, "null");
    return literal(r, "null");
}

/* ---- skipping: checks everything, changes nothing ------------------------------------------- */

static int skip_number(qn_jsonr *r)
{
    const char *wrong;
    size_t n = qn_json_number_length(r->p, (size_t)(r->end - r->p), &wrong);
    if (wrong) return fail_at(r, r->p + n, NULL, wrong);
    r->p += n;
    return 1;
}

/* A value without parts is read, an object or array entered. */
static int skip_or_enter(qn_jsonr *r)
{
    switch (qn_jsonr_peek(r)) {
    case QN_JSON_OBJECT:
        return enter(r, 1);
    case QN_JSON_ARRAY:
        return enter(r, 0);
    case QN_JSON_STRING:
        return skip_string(r);
    case QN_JSON_NUMBER:
        return skip_number(r);
    case QN_JSON_TRUE:
        return literal(r, "true");
    case QN_JSON_FALSE:
        return literal(r, "false");
    case QN_JSON_NULL:
        return literal(r, "null");
    default:
        return 0;
    }
}

/* 1 when the next part of the innermost object or array begins at r->p; 0 when that one has been
 * left, or after a failure. */
static int skip_to_part(qn_jsonr *r)
{
    int object = (int)(r->object >> (r->depth - 1) & 1);
    if (!next_part(r, object ? '}' : ']')) return 0;
    if (!object) return 1;
    skip_space(r);
    if (r->p == r->end || *r->p != '"') return fail(r, "the name of a member in '\"'");
    return skip_string(r) && colon(r);
}

int qn_jsonr_skip(qn_jsonr *r, qn_str *verbatim)
{
    const unsigned base = r->depth;
    const char *beg;
    skip_space(r);
    beg = r->p;
    for (;;) {
        if (!skip_or_enter(r)) return 0;
        while (r->depth > base && !skip_to_part(r))
            if (r->expected) return 0;
        if (r->depth == base) break;
    }
    if (verbatim) *verbatim = (qn_str){beg, (size_t)(r->p - beg)};
    return 1;
}

/* ---- failures in words ---------------------------------------------------------------------- */

int qn_jsonr_cut(const qn_jsonr *r)
{
    return r->expected && r->at == (size_t)(r->end - r->beg);
}

void qn_jsonr_why(const qn_jsonr *r, char *out, size_t n)
{
    char byte[16];
    const char *found = r->found;
    if (!found && qn_jsonr_cut(r)) {
        found = "the end";
    } else if (!found) {
        unsigned c = (unsigned char)r->beg[r->at];
        snprintf(byte, sizeof byte, c > 0x20 && c < 0x7F ? "'%c'" : "byte 0x%02X", c);
        found = byte;
    }
    snprintf(out, n, "byte %zu: found %s, expected %s", r->at + 1, found,
             r->expected ? r->expected : "nothing else");
}
