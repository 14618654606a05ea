/* SPDX-License-Identifier: MIT */
/* plugins/decode/charset.h - which encoding bytes are in: by their mark, their pattern, what a page
 * says of itself, and the names that encodings go by on the web. Pure. */
#ifndef DECODE_CHARSET_H
#define DECODE_CHARSET_H
#include <quern/base.h>

enum { CHARSET_ROOM = 48 }; /* bytes of a name with its NUL */

enum charset_kind {
    CHARSET_UTF8,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_UTF32LE,
    CHARSET_UTF32BE,
    CHARSET_OTHER /* one of iconv's */
};

typedef struct charset {
    enum charset_kind kind;
    char name[CHARSET_ROOM]; /* as iconv knows it */
} charset;

/* The encoding a label means, as the Encoding Standard reads it: "latin1" and "ISO-8859-1" are
 * windows-1252, "gb2312" is GB18030. Labels that it does not list are taken as they are. 0: no
 * label at all, or too long for one. */
int charset_of_label(qn_str label, charset *out);
/* The byte order mark that `bytes` begin with: its length, and the encoding. 0: none. */
size_t charset_mark(qn_str bytes, charset *out);
/* UTF-16 or UTF-32 by where the zero bytes are, as in text that is mostly ASCII. 0: not so. */
int charset_by_zeros(qn_str bytes, charset *out);
/* What a page says in a meta tag or an XML declaration within its first 1,024 bytes. Empty:
 * nothing. */
qn_str charset_in_page(qn_str bytes);
/* Says all in bytes below 0x80, so that it looks like ASCII: ISO-2022-JP, UTF-7. */
int charset_is_7bit(const charset *);
#endif
