/* SPDX-License-Identifier: MIT */
/* plugins/decode/charset.c - see charset.h. The labels follow the Encoding Standard
 * (encoding.spec.whatwg.org): browsers take the superset of what a page says, since pages say less
 * than they use. */
#include "charset.h"

#include <strings.h>

static const struct {
    const char *label, *name;
} labels[] = {
    {"ascii", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"ansi_x3.4-1968", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso88591", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"l1", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"x-cp1252", "WINDOWS-1252"},
    {"windows-1252", "WINDOWS-1252"},
    {"cp819", "WINDOWS-1252"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"iso8859-9", "WINDOWS-1254"},
    {"iso-8859-11", "WINDOWS-874"},
    {"tis-620", "WINDOWS-874"},
    {"x-cp1250", "WINDOWS-1250"},
    {"x-cp1251", "WINDOWS-1251"},
    {"x-cp1253", "WINDOWS-1253"},
    {"x-cp1254", "WINDOWS-1254"},
    {"x-cp1255", "WINDOWS-1255"},
    {"x-cp1256", "WINDOWS-1256"},
    {"x-cp1257", "WINDOWS-1257"},
    {"x-cp1258", "WINDOWS-1258"},
    {"cp1251", "WINDOWS-1251"},
    {"latin2", "ISO-8859-2"},
    {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi8-ru", "KOI8-U"},
    {"x-mac-roman", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"chinese", "GB18030"},

    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"cn-big5", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"ms_kanji", "CP932"},
    {"windows-31j", "CP932"},
    {"x-euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"korean", "CP949"},
    {"windows-949", "CP949"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"x-unicode20utf8", "UTF-8"},
    {"unicode", "UTF-16LE"},
    {"utf-16", "UTF-16LE"},
    {"ucs-2", "UTF-16LE"},
    {"iso-10646-ucs-2", "UTF-16LE"},
    {"utf-32", "UTF-32LE"},
};

static const char *const kinds[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};

static void set(charset *out, const char *name, size_t n)
{
    size_t k;
    memcpy(out->name, name, n);
    out->name[n] = '\0';
    out->kind = CHARSET_OTHER;
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (strcasecmp(out->name, kinds[k]) == 0) {
            strcpy(out->name, kinds[k]);
            out->kind = (enum charset_kind)k;
        }
}

static void set_kind(charset *out, enum charset_kind kind)
{
    strcpy(out->name, kinds[kind]);
    out->kind = kind;
}

int charset_of_label(qn_str s, charset *out)
{
    size_t i;
    while (s.n && (unsigned char)s.p[0] <= ' ')
        s.p++, s.n--;
    while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    if (s.n == 0 || s.n >= CHARSET_ROOM) return 0;
    for (i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '/')
            return 0; /* "//" has a meaning for iconv */
    for (i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strlen(labels[i].label) == s.n && strncasecmp(labels[i].label, s.p, s.n) == 0) {
            set(out, labels[i].name, strlen(labels[i].name));
            return 1;
        }
    set(out, s.p, s.n);
    return 1;
}

size_t charset_mark(qn_str s, charset *out)
{
    static const struct {
        const char *p;
        size_t n;
        enum charset_kind kind;
    } marks[] = {{"\xEF\xBB\xBF", 3, CHARSET_UTF8},
                 {"\xFF\xFE\0\0", 4, CHARSET_UTF32LE},
                 {"\0\0\xFE\xFF", 4, CHARSET_UTF32BE},
                 {"\xFF\xFE", 2, CHARSET_UTF16LE},
                 {"\xFE\xFF", 2, CHARSET_UTF16BE}};
    size_t i;
    for (i = 0; i < sizeof marks / sizeof *marks; i++)
        if (s.n >= marks[i].n && memcmp(s.p, marks[i].p, marks[i].n) == 0) {
            set_kind(out, marks[i].kind);
            return marks[i].n;
        }
    return 0;
}

int charset_by_zeros(qn_str s, charset *out)
{
    enum { LOOK = 4096, LEAST = 4 };
    size_t zero[4] = {0, 0, 0, 0}, n = s.n < LOOK ? s.n : LOOK, i, most;
    for (i = 0; i < n; i++)
        zero[i & 3] += s.p[i] == '\0';
    if (n < LEAST || zero[0] + zero[1] + zero[2] + zero[3] == 0) return 0;
    most = (n + 3) / 4 * 3 / 5; /* of the places of a kind, more than 60 % */
    if (zero[1] > most && zero[2] > most && zero[3] > most && !zero[0])
        set_kind(out, CHARSET_UTF32LE);
    else if (zero[0] > most && zero[1] > most && zero[2] > most && !zero[3])
        set_kind(out, CHARSET_UTF32BE);
    else if (zero[1] + zero[3] > 2 * most && !zero[0] && !zero[2])
        set_kind(out, CHARSET_UTF16LE);
    else if (zero[0] + zero[2] > 2 * most && !zero[1] && !zero[3])
        set_kind(out, CHARSET_UTF16BE);
    else
        return 0;
    return 1;
}

/* Behind the next `what`, in any case, in s from i on; s.n: it is not there. */
static size_t behind(qn_str s, size_t i, const char *what)
{
    const size_t n = strlen(what);
    for (; i + n <= s.n; i++)
        if (strncasecmp(s.p + i, what, n) == 0) return i + n;
    return s.n;
}

static qn_str value_at(qn_str s, size_t i)
{
    size_t beg;
    while (i < s.n && (unsigned char)s.p[i] <= ' ')
        i++;
    if (i >= s.n || s.p[i] != '=') return (qn_str){NULL, 0};
    for (i++; i < s.n && ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '\'');)
        i++;
    for (beg = i; i < s.n && (unsigned char)s.p[i] > ' ' && !strchr("\"'>;/?", s.p[i]);)
        i++;
    return (qn_str){s.p + beg, i - beg};
}

qn_str charset_in_page(qn_str s)
{
    enum { LOOK = 1024 };
    size_t i = 0, end;
    qn_str v = {NULL, 0};
    if (s.n > LOOK) s.n = LOOK;
    if (s.n > 5 && memcmp(s.p, "<?xml", 5) == 0) {
        const char *close = memchr(s.p, '>', s.n);
        const qn_str head = {s.p, close ? (size_t)(close - s.p) : s.n};
        v = value_at(head, behind(head, 5, "encoding"));
    }
    while (!v.n && (i = behind(s, i, "<meta")) < s.n) {
        const char *close = memchr(s.p + i, '>', s.n - i);
        end = close ? (size_t)(close - s.p) : s.n;
        v = value_at((qn_str){s.p, end}, behind((qn_str){s.p, end}, i, "charset"));
    }
    return v;
}

int charset_is_7bit(const charset *c)
{
    return strncasecmp(c->name, "ISO-2022", 8) == 0 || strncasecmp(c->name, "UTF-7", 5) == 0;
}
