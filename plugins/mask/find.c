/* SPDX-License-Identifier: MIT */
/* plugins/mask/find.c - walks the text from one possible start to the next; e-mail addresses are
 * found from their @ backwards and forwards. */
#include "find.h"
#include "text/chars.h"

#include <string.h>

enum { LOCAL_MAX = 64, LABEL_MAX = 63, DOMAIN_MAX = 253 };

/* Bytes of the character before p[at] when it may stand in front of an @, else 0. Letters beyond
 * ASCII only from alphabets with case: Chinese has no blank before an address. */
static size_t local_before(const char *p, size_t at)
{
    unsigned len;
    size_t prev;
    int class;
    char c = p[at - 1];
    if ((unsigned char)c < 0x80) return mask_alnum(c) || (c && strchr("._%+-'", c));
    prev = qn_char_prev(p, at);
    class = qn_char_class(qn_char_get(p + prev, &len));
    return len == 2 && (class == QN_CH_LOWER || class == QN_CH_UPPER) ? len : 0;
}

static size_t domain_end(const char *p, size_t n, size_t at)
{
    size_t end = 0, label = at, i = at, top;
    for (; i < n && i - at < DOMAIN_MAX; i++) {
        if (mask_alnum(p[i])) continue;
        if (p[i] == '-' && i > label) continue;
        if (p[i] != '.' || i == label || p[i - 1] == '-' || i - label > LABEL_MAX) break;
        label = i + 1;
    }
    end = i;
    while (end > at && !mask_alnum(p[end - 1])) /* the stop of the sentence */
        end--;
    for (top = end; top > at && mask_letter(p[top - 1]); top--) {
    }
    if (end - top < 2 || top <= at + 1 || p[top - 1] != '.') return 0;
    return end;
}

static int email_around(const char *p, size_t n, size_t at, size_t from, struct mask_hit *hit)
{
    size_t beg = at, len, end;
    while (beg > from && at - beg < LOCAL_MAX && (len = local_before(p, beg)) > 0 &&
           len <= beg - from)
        beg -= len;
    while (beg < at && strchr(".'-+%", p[beg]))
        beg++;
    if (beg == at || p[at - 1] == '.') return 0;
    end = domain_end(p, n, at + 1);
    if (!end) return 0;
    *hit = (struct mask_hit){beg, end, MASK_EMAIL};
    return 1;
}

static int number_at(const char *p, size_t n, size_t at, unsigned kinds, struct mask_hit *hit)
{
    static const struct {
        enum mask_kind kind;
        size_t (*at)(const char *, size_t, size_t);
    } test[] = {{MASK_IBAN, mask_iban_at},
                {MASK_CARD, mask_card_at},
                {MASK_IP, mask_ip_at},
                {MASK_PHONE, mask_phone_at}};
    size_t i, len;
    for (i = 0; i < sizeof test / sizeof *test; i++) {
        if (!(kinds & 1U << test[i].kind)) continue;
        len = test[i].at(p, n, at);
        if (!len) continue;
        *hit = (struct mask_hit){at, at + len, test[i].kind};
        return 1;
    }
    return 0;
}

/* Could a number of any kind begin with this byte? */
static int number_start(char c)
{
    return mask_alnum(c) || c == '+' || c == '(' || c == ':';
}

int mask_find(const char *p, size_t n, size_t from, unsigned kinds, struct mask_hit *hit)
{
    unsigned numbers = kinds & ~(1U << MASK_EMAIL);
    size_t i;
    if (!numbers) { /* the common case has its own fast search */
        const char *at = p + from;
        while (n && at < p + n && (at = memchr(at, '@', (size_t)(p + n - at))) != NULL) {
            if (email_around(p, n, (size_t)(at - p), from, hit)) return 1;
            at++;
        }
        return 0;
    }
    for (i = from; i < n; i++) {
        if (p[i] == '@') {
            if (kinds & 1U << MASK_EMAIL && email_around(p, n, i, from, hit)) return 1;
        } else if (number_start(p[i]) && (i == 0 || !mask_alnum(p[i - 1])) &&
                   number_at(p, n, i, numbers, hit)) {
            return 1;
        }
    }
    return 0;
}
