/* SPDX-License-Identifier: MIT */
/* core/page/html.c - see html.h. */
#include "page/html.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void html_bytes(html *h, const char *p, size_t n)
{
    if (h->st == QN_OK && n) h->st = qn_out_write(h->out, (qn_str){p, n}, h->why, sizeof h->why);
}

void html_put(html *h, const char *markup)
{
    html_bytes(h, markup, strlen(markup));
}

void html_putf(html *h, const char *fmt, ...)
{
    char words[512];
    va_list args;
    int n;
    va_start(args, fmt);
    n = vsnprintf(words, sizeof words, fmt, args);
    va_end(args);
    if (n > 0) html_bytes(h, words, (size_t)n < sizeof words ? (size_t)n : sizeof words - 1);
}

/* What stands for a byte in HTML; NULL: itself. */
static const char *escape(unsigned char c, char sign[4])
{
    if (c == '<') return "&lt;";
    if (c == '>') return "&gt;";
    if (c == '&') return "&amp;";
    if (c == '"') return "&quot;";
    if (c >= ' ' && c != 0x7F) return NULL;
    memcpy(sign, "\xE2\x90\x80", 4);
    sign[2] = (char)(0x80 + (c == 0x7F ? 0x21 : c));
    return sign;
}

void html_text(html *h, qn_str text)
{
    size_t i, from = 0;
    for (i = 0; i < text.n; i++) {
        char sign[4];
        const char *as = escape((unsigned char)text.p[i], sign);
        if (!as) continue;
        html_bytes(h, text.p + from, i - from);
        html_bytes(h, as, strlen(as));
        from = i + 1;
    }
    html_bytes(h, text.p + from, text.n - from);
}

void html_words(html *h, const char *text)
{
    html_text(h, (qn_str){text, strlen(text)});
}

void html_count(html *h, uint64_t n)
{
    char digits[24], with[32];
    const int k = snprintf(digits, sizeof digits, "%" PRIu64, n);
    int i, to = 0;
    for (i = 0; i < k; i++) {
        if (i && (k - i) % 3 == 0) with[to++] = ',';
        with[to++] = digits[i];
    }
    html_bytes(h, with, (size_t)to);
}
