/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/fix.h - text repair as a pure function: a text in, edits out. No host, no
 * state; the plugin file maps the edits to edit_replace. */
#ifndef FIXTEXT_FIX_H
#define FIXTEXT_FIX_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a stretch was changed, in the order of the plugin's names and counters. */
enum fixtext_rule {
    FIXTEXT_OK = 0,
    FIXTEXT_R_MOJIBAKE,
    FIXTEXT_R_ENTITY,
    FIXTEXT_R_NFC,
    FIXTEXT_R_LIGATURE,
    FIXTEXT_R_WIDTH,
    FIXTEXT_R_CONTROL,
    FIXTEXT_R_INVISIBLE,
    FIXTEXT_R_ANSI,
    FIXTEXT_R_SPACE,
    FIXTEXT_R_NEWLINE,
    FIXTEXT_R_BOM,
    FIXTEXT_R_QUOTE,
    FIXTEXT_R_DASH,
    FIXTEXT_NRULE
};

enum { FIXTEXT_ENT_AUTO, FIXTEXT_ENT_ON, FIXTEXT_ENT_OFF };
enum { FIXTEXT_KEEP, FIXTEXT_ASCII };

/* The plugin's options; also the struct the host fills. */
struct fixtext_options {
    int mojibake, entities, nfc, ligatures, width, controls, invisible, ansi, spaces, newlines;
    int quotes, dashes;
};

/* text[beg, end) is to become with[0, n). Calls come in ascending order and never overlap; `with`
 * is only good during the call. Non-zero stops the pass. */
typedef int (*fixtext_emit)(void *arg, uint32_t beg, uint32_t end, const char *with, size_t n,
                            enum fixtext_rule rule);

/* Memory kept between texts; start it with {0}. */
struct fixtext_scratch {
    void *a, *b;
    size_t acap, bcap;
};
void fixtext_scratch_free(struct fixtext_scratch *s);

/* Repairs valid UTF-8 text[0, n), n < 2 GiB. 0 when all was said; -1 when out of memory; else
 * what emit returned. The repaired text is a fixed point: running it again emits nothing. */
int fixtext_run(struct fixtext_scratch *s, const struct fixtext_options *o, const char *text,
                size_t n, fixtext_emit emit, void *arg);

/* First position >= i that may need a repair, n when there is none: false alarms are possible,
 * misses are not. With `marks` curly quotes and dashes are suspects too. The second function is
 * the portable twin; both give the same answer. */
size_t fixtext_scan(const char *p, size_t n, size_t i, bool marks);
size_t fixtext_scan_scalar(const char *p, size_t n, size_t i, bool marks);
#endif
