/* SPDX-License-Identifier: MIT */
/* quern/base.h - floor 0 of the plugin ABI: the words every other header uses.
 * Includes only standard C; compiles as C11 and as C++11. */
#ifndef QUERN_BASE_H
#define QUERN_BASE_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
#define QN_C_BEGIN extern "C" {
#define QN_C_END   }
#else
#define QN_C_BEGIN
#define QN_C_END
#endif

#if defined(__GNUC__)
#define QN_PUBLIC       __attribute__((visibility("default")))
#define QN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define QN_MUST_USE     __attribute__((warn_unused_result))
#else
#define QN_PUBLIC
#define QN_PRINTF(f, a)
#define QN_MUST_USE
#endif

/* What a call came to. Zero is success. The words that explain a failure do not travel in the
 * status: they are given to the host (qn_host.fail), which knows the place to name. */
typedef enum qn_status {
    QN_OK = 0,
    QN_END = 1,            /* source: nothing more will come */
    QN_E_NOMEM = -1,       /* out of memory */
    QN_E_CONFIG = -2,      /* the options are wrong: said before any record is read */
    QN_E_IO = -3,          /* reading or writing failed */
    QN_E_DATA = -4,        /* this record cannot be processed; the next one may be */
    QN_E_CANCELLED = -5,   /* gave up because the run is stopping */
    QN_E_UNSUPPORTED = -6, /* this build or this data cannot do that */
    QN_E_BUG = -7          /* a plugin broke its own promise */
} qn_status;

/* Bytes that somebody else owns; UTF-8 where they are text; not NUL-terminated. p may be NULL
 * when n is 0. Frozen: never gains a member. */
typedef struct qn_str {
    const char *p;
    size_t n;
} qn_str;

/* A string literal as a qn_str initialiser: `qn_str s = QN_STR("x");`. */
#define QN_STR(lit)                                                                                \
    {                                                                                              \
        (lit), sizeof(lit) - 1                                                                     \
    }

/* 1 when both hold the same bytes, else 0. Any thread. */
static inline int qn_str_eq(qn_str a, qn_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Half-open range of bytes [beg, end). Code points exist only where records are written out.
 * Frozen: never gains a member. */
typedef struct qn_range {
    uint32_t beg, end;
} qn_range;

/* Words become small numbers before the first record, so that hot paths compare integers.
 *   qn_layer_id  which annotation layer ("sents", "ents"): the index into qn_record.layer;
 *                0 is the layer that is always empty
 *   qn_name      an interned word: a label ("PERSON") or a rule ("agency-credit"); 0 is none
 *   qn_counter   which of the plugin's own counters: the index into qn_ctx.count */
typedef uint16_t qn_layer_id;
typedef uint16_t qn_name;
typedef uint16_t qn_counter;
#endif
