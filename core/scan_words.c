/* SPDX-License-Identifier: MIT */
/* core/scan_words.c - see scan_words.h. */
#include "scan_words.h"

#include <string.h>

int qn_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '*' || c == '+' || c == '.';
}

const char *qn_word_end(const char *p)
{
    while (qn_is_word(*p))
        p++;
    return p;
}

const char *qn_name_end(const char *p)
{
    while (qn_is_word(*p) && *p != '+' && *p != '.')
        p++;
    return p;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

int qn_escape(const char *p, size_t *n)
{
    static const char from[] = "nrtf\\\"", to[] = "\n\r\t\f\\\"";
    const char *at = *p ? strchr(from, *p) : NULL;
    *n = 1;
    if (at) return (unsigned char)to[at - from];
    if (*p != 'x' || hex(p[1]) < 0 || hex(p[2]) < 0) return -1;
    *n = 3;
    return hex(p[1]) * 16 + hex(p[2]);
}

const char *qn_string_end(const char *open)
{
    const char *p = open + 1;
    while (*p && *p != '\n' && *p != '"')
        p += p[0] == '\\' && p[1] && p[1] != '\n' ? 2 : 1;
    return p;
}

int qn_is_integer(const char *p, const char *end)
{
    const char *start;
    if (end - p > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X') && hex(p[2]) >= 0) {
        for (p += 2; p < end && hex(*p) >= 0; p++) {
        }
    } else {
        if (*p == '+' || *p == '-') p++;
        for (start = p; p < end && *p >= '0' && *p <= '9'; p++) {
        }
        if (p == start) return 0;
    }
    if (p < end && *p == 'L') p++;
    if (p < end && *p == 'L') p++;
    return p == end;
}

int qn_is_float(const char *p, const char *end)
{
    int digits = 0, dot = 0, exp = 0;
    if (*p == '+' || *p == '-') p++;
    for (; p < end; p++) {
        if (*p >= '0' && *p <= '9') {
            digits++;
        } else if (*p == '.' && !dot) {
            dot = 1;
        } else if ((*p == 'e' || *p == 'E') && digits) {
            exp = 1;
            p++;
            if (p < end && (*p == '+' || *p == '-')) p++;
            if (p == end) return 0;
            for (; p < end; p++)
                if (*p < '0' || *p > '9') return 0;
            break;
        } else {
            return 0;
        }
    }
    return digits && (dot || exp);
}

int qn_is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

int qn_is_number(const char *text)
{
    const char *end = text + strlen(text);
    return qn_is_integer(text, end) || qn_is_float(text, end);
}
