/* SPDX-License-Identifier: MIT */
/* plugins/mask/find.h - where a text holds an e-mail address, a phone or card number, an IP address
 * or an IBAN. Pure functions; any thread. */
#ifndef QUERN_MASK_FIND_H
#define QUERN_MASK_FIND_H
#include <stddef.h>

enum mask_kind { MASK_EMAIL, MASK_PHONE, MASK_CARD, MASK_IP, MASK_IBAN, MASK_KINDS };

struct mask_hit {
    size_t beg, end;
    enum mask_kind kind;
};

/* The first hit of one of the kinds (a set of 1 << kind) that begins at or behind `from` in the
 * valid UTF-8 p[0, n); 0 when there is none. Looks at a bounded stretch around each byte, so that
 * a walk over all hits is linear. */
int mask_find(const char *p, size_t n, size_t from, unsigned kinds, struct mask_hit *hit);

/* The kinds' own tests: bytes of the thing that begins at p[at], 0 when there is none. */
size_t mask_card_at(const char *p, size_t n, size_t at);
size_t mask_iban_at(const char *p, size_t n, size_t at);
size_t mask_ip_at(const char *p, size_t n, size_t at);
size_t mask_phone_at(const char *p, size_t n, size_t at);

static inline int mask_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline int mask_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline int mask_alnum(char c)
{
    return mask_digit(c) || mask_letter(c);
}
#endif
