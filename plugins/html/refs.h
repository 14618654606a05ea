/* SPDX-License-Identifier: MIT */
/* plugins/html/refs.h - character references, as the standard resolves them. */
#ifndef HTML_REFS_H
#define HTML_REFS_H
#include <stddef.h>
#include <stdint.h>

enum { HTML_REF_BYTES = 8 }; /* two characters in UTF-8 */

/* The reference at the '&' p[0], within p[0, n): its characters as UTF-8 into out, how many bytes
 * to *len. Returns its length in the source; 0 when the '&' is only that. */
size_t html_reference(const char *p, size_t n, int in_attribute, char out[HTML_REF_BYTES],
                      size_t *len);
/* p[0, n) with its references resolved and white space runs made one blank, trimmed; out has room
 * for n + 1 bytes. Returns the length. */
size_t html_plain(const char *p, size_t n, int in_attribute, char *out);
#endif
