/* SPDX-License-Identifier: MIT */
/* plugins/mask/number.c - numbers with a check of their own: cards (Luhn, ISO/IEC 7812), IBANs
 * (ISO 13616, mod 97), IPv4 and IPv6 addresses. */
#include "find.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

/* 1 when what stands around p[beg, end) does not go on with the same number. */
static int alone(const char *p, size_t n, size_t beg, size_t end)
{
    char before = beg ? p[beg - 1] : ' ', after = end < n ? p[end] : ' ';
    if (mask_alnum(before) || mask_alnum(after) || (unsigned char)after == '_') return 0;
    if (strchr(".,-_", before) && beg > 1 && mask_digit(p[beg - 2])) return 0;
    return !(strchr(".,-:/", after) && end + 1 < n && mask_digit(p[end + 1]));
}

/* ---- cards ------------------------------------------------------------------------------------
 */

enum { CARD_MIN = 13, CARD_MAX = 19 };

static int luhn(const char *digit, size_t n)
{
    unsigned sum = 0, d;
    size_t i;
    for (i = 0; i < n; i++) {
        d = (unsigned)(digit[n - 1 - i] - '0') * (i % 2 ? 2 : 1);
        sum += d > 9 ? d - 9 : d;
    }
    return sum % 10 == 0;
}

/* The first digits and lengths that card networks give out. */
static int card_prefix(const char *d, size_t n)
{
    int four = (d[0] - '0') * 1000 + (d[1] - '0') * 100 + (d[2] - '0') * 10 + (d[3] - '0');
    if (d[0] == '4') return n == 13 || n == 16 || n == 19;
    if (four / 100 == 34 || four / 100 == 37) return n == 15;
    if (four / 100 == 36 || four / 100 == 38 || (four >= 3000 && four <= 3059)) return n == 14;
    if (d[0] == '5' || (four >= 2200 && four <= 2720) || (four >= 3528 && four <= 3589))
        return n == 16;
    return d[0] == '6' && n >= 16;
}

/* Groups as cards print them; one group is a bare number. */
static int card_groups(const unsigned char *group, size_t n)
{
    static const unsigned char known[][5] = {{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}};
    size_t i;
    if (n == 1) return 1;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (memcmp(known[i], group, 5) == 0) return 1;
    return 0;
}

size_t mask_card_at(const char *p, size_t n, size_t at)
{
    char digit[CARD_MAX];
    unsigned char group[5] = {0};
    size_t nd = 0, ng = 1, i;
    char separator = 0;
    for (i = at; i < n; i++) {
        if (mask_digit(p[i])) {
            if (nd == CARD_MAX) return 0;
            digit[nd++] = p[i];
            group[ng - 1]++;
        } else if ((p[i] == ' ' || p[i] == '-') && i + 1 < n && mask_digit(p[i + 1]) &&
                   (!separator || separator == p[i]) && i > at) {
            if (ng == 5 || (p[i] == ' ' && nd >= CARD_MIN && card_groups(group, ng))) break;
            separator = p[i];
            ng++;
        } else {
            break;
        }
    }
    if (nd < CARD_MIN || !alone(p, n, at, i)) return 0;
    return card_groups(group, ng) && card_prefix(digit, nd) && luhn(digit, nd) ? i - at : 0;
}

/* ---- IBAN -------------------------------------------------------------------------------------
 */

/* Country and length, from the IBAN registry. */
static const char iban_country[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24"
    "FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21"
    "LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22"
    "RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static size_t iban_length(const char *p)
{
    size_t i;
    for (i = 0; i + 4 < sizeof iban_country; i += 4)
        if (iban_country[i] == p[0] && iban_country[i + 1] == p[1])
            return (size_t)(iban_country[i + 2] - '0') * 10 + (size_t)(iban_country[i + 3] - '0');
    return 0;
}

static unsigned mod97(unsigned rest, char c)
{
    if (mask_digit(c)) return (rest * 10 + (unsigned)(c - '0')) % 97;
    return (rest * 100 + (unsigned)((c & ~0x20) - 'A') + 10) % 97;
}

size_t mask_iban_at(const char *p, size_t n, size_t at)
{
    char v[34];
    size_t len, k = 0, i;
    unsigned rest = 0;
    if (n - at < 15 || !mask_letter(p[at]) || !mask_letter(p[at + 1]) || !mask_digit(p[at + 2]) ||
        !mask_digit(p[at + 3]))
        return 0;
    len = iban_length(p + at);
    for (i = at; i < n && k < len; i++) {
        if (p[i] == ' ' && k && k % 4 == 0 && p[i - 1] != ' ') continue;
        if (!mask_alnum(p[i])) return 0;
        v[k++] = p[i];
    }
    if (!len || k < len || (i < n && mask_alnum(p[i]))) return 0;
    for (k = 0; k < len; k++) /* the country and its check digits count last */
        rest = mod97(rest, v[(k + 4) % len]);
    return rest == 1 ? i - at : 0;
}

/* ---- IP addresses -----------------------------------------------------------------------------
 */

static size_t ipv4_length(const char *p, size_t n, size_t at)
{
    size_t i = at;
    unsigned part, value, digits;
    for (part = 0; part < 4; part++) {
        if (part && (i >= n || p[i++] != '.')) return 0;
        for (value = digits = 0; i < n && mask_digit(p[i]) && digits < 4; digits++)
            value = value * 10 + (unsigned)(p[i++] - '0');
        if (!digits || value > 255 || (digits > 1 && p[i - digits] == '0')) return 0;
    }
    if (i < n && (mask_alnum(p[i]) || p[i] == '_')) return 0;
    return i + 1 < n && strchr(".,-", p[i]) && mask_digit(p[i + 1]) ? 0 : i - at;
}

/* 1 when the word before p[at] says that what follows numbers something else, as "version" does. */
static int numbered(const char *p, size_t at)
{
    static const char *const word[] = {"version", "versions", "ver",     "v",      "build",
                                       "release", "firmware", "section", "clause", "chapter",
                                       "article", "figure",   "table",   "update", "appendix"};
    size_t end = at, beg, i;
    while (end && at - end < 3 && strchr(" .:", p[end - 1]))
        end--;
    for (beg = end; beg && end - beg < 10 && mask_letter(p[beg - 1]); beg--) {
    }
    for (i = 0; i < sizeof word / sizeof *word; i++)
        if (strlen(word[i]) == end - beg && strncasecmp(p + beg, word[i], end - beg) == 0) return 1;
    return 0;
}

/* A numbered heading: "1.2.3.4 Scope" at the start of a line. */
static int heading_number(const char *p, size_t n, size_t at, size_t len)
{
    return len == 7 && (at == 0 || p[at - 1] == '\n') && at + len < n && p[at + len] == ' ';
}

static size_t ipv4_at(const char *p, size_t n, size_t at)
{
    size_t len = ipv4_length(p, n, at);
    char before = at ? p[at - 1] : ' ';
    if (!len || strchr(".,-_", before) || numbered(p, at) || heading_number(p, n, at, len))
        return 0;
    /* Chrome/91.0.44.12 is a version, http://10.0.0.1/ an address */
    return before == '/' && at > 1 && mask_alnum(p[at - 2]) ? 0 : len;
}

static size_t ipv6_at(const char *p, size_t n, size_t at)
{
    char word[INET6_ADDRSTRLEN];
    struct in6_addr address;
    size_t len = 0, digits = 0, colons = 0;
    if (at && (p[at - 1] == ':' || p[at - 1] == '_')) return 0;
    while (at + len < n && len < sizeof word - 1) {
        char c = p[at + len];
        if (!mask_digit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'f') && c != ':' && c != '.')
            break;
        colons += c == ':';
        digits += (size_t)mask_digit(c);
        word[len++] = c;
    }
    if (at + len < n && (mask_alnum(p[at + len]) || p[at + len] == '_')) return 0;
    while (len > 2 && (word[len - 1] == '.' || (word[len - 1] == ':' && word[len - 2] != ':')))
        len--;
    word[len] = 0;
    if (colons < 2 || !digits) return 0;
    return inet_pton(AF_INET6, word, &address) == 1 ? len : 0;
}

size_t mask_ip_at(const char *p, size_t n, size_t at)
{
    size_t len = mask_digit(p[at]) ? ipv4_at(p, n, at) : 0;
    return len ? len : ipv6_at(p, n, at);
}
