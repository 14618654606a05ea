/* SPDX-License-Identifier: MIT */
/* quern/host.h - floor 2 of the plugin ABI: what the runner does for a plugin.
 *
 * Thread marks: [main] only in open, close and finish, on one thread while nothing else runs;
 * [worker] in enter, leave, read, process, process_batch and commit, with the ctx that call was
 * given; [any] everywhere. Growth: members are added at the end only; `size` says where the
 * host's table ends (QN_HOST_HAS). */
#ifndef QUERN_HOST_H
#define QUERN_HOST_H
#include <quern/record.h>
QN_C_BEGIN

typedef enum qn_level { QN_DEBUG = 0, QN_INFO, QN_WARN, QN_ERROR } qn_level;
typedef struct qn_ctx qn_ctx;
typedef struct qn_edit qn_edit; /* a text edit in progress; opaque */
typedef struct qn_out qn_out;   /* an output file or stream; opaque */

typedef struct qn_host {
    uint32_t size; /* sizeof(qn_host) of the running quern */
    uint16_t abi_major, abi_minor;
    const char *version; /* of quern, "0.1.0" */

    /* -- words to numbers ------------------------------------------------------------------ */
    /* The number of a layer, made known if it was not. Names declared in needs and makes are
     * already in ctx.needs and ctx.makes. 0 when the table is full (255 layers). [main] */
    qn_layer_id (*layer)(qn_ctx *, const char *name);
    /* The word of a layer's number (1 .. qn_record.nlayer - 1), NUL-terminated; empty for 0. For
     * sinks that write every layer. [any] */
    qn_str (*layer_name)(qn_ctx *, qn_layer_id);
    /* The number of a label or rule; the same word has the same number in every stage. Takes a
     * lock when the word is new. 0 when the table is full (65,535 words). [any] */
    qn_name (*name)(qn_ctx *, qn_str word);
    /* The word of a number, NUL-terminated behind its n bytes; empty for 0. Lock-free. [any] */
    qn_str (*name_text)(qn_ctx *, qn_name);

    /* -- talk ------------------------------------------------------------------------------ */
    /* One line for the operator, without line end. Repeats are rate-limited. [any] */
    void (*log)(qn_ctx *, qn_level, const char *fmt, ...) QN_PRINTF(3, 4);
    /* Says why the call in progress fails, then returns `status` for `return h->fail(...)`.
     * In process() the record is marked failed with these words and its stage's on_error
     * decides; in every other function the run stops. Say what was found, what was expected,
     * and what to do. [any] */
    qn_status (*fail)(qn_ctx *, qn_status status, const char *fmt, ...) QN_PRINTF(3, 4);
    /* The same, about one option: the message points at its value in the config. [main] */
    qn_status (*fail_option)(qn_ctx *, const char *option, const char *fmt, ...) QN_PRINTF(3, 4);
    /* Marks one record of a batch as failed; the caller goes on with the next. [worker] */
    void (*fail_record)(qn_ctx *, qn_record *, qn_status, const char *fmt, ...) QN_PRINTF(4, 5);
    /* Leaves a record out on purpose; `rule` names the reason in every report. [worker] */
    void (*drop_record)(qn_ctx *, qn_record *, qn_name rule);
    /* 1 when the call should come to an end soon: in read, because the operator asked the run to
     * stop (return QN_END); elsewhere only because it is being cancelled (QN_E_CANCELLED). Cheap
     * enough for every few thousand bytes of a long loop. [any] */
    int (*stopping)(qn_ctx *);

    /* -- records --------------------------------------------------------------------------- */
    /* A new record at the end of the batch, its text not yet set; NULL when out of memory.
     * Sources only. The caller sets id, place and text to batch memory; raw and ordinal are the
     * host's. [worker] */
    qn_record *(*add_record)(qn_ctx *, qn_batch *);
    /* Sets or replaces a metadata entry; key and value must be batch memory or constants.
     * [worker] */
    qn_status (*set_meta)(qn_ctx *, qn_record *, const qn_meta *);

    /* -- changing the text ----------------------------------------------------------------- */
    /* Starts an edit of the record's text. Replacements are given in ascending order and must
     * not overlap; what lies between them is kept. The text does not change before edit_end,
     * which copies, shifts every layer and composes the provenance map; with no replacement
     * nothing is copied. One edit at a time per worker. NULL when out of memory. [worker] */
    qn_edit *(*edit_begin)(qn_ctx *, qn_record *);
    /* text[old) becomes `with` (empty: deleted; old empty: inserted), because of `rule` (not 0).
     * `with` must be UTF-8 and stay readable until edit_end. QN_E_BUG when out of order or out
     * of the text; QN_E_NOMEM. [worker] */
    qn_status (*edit_replace)(qn_edit *, qn_range old, qn_str with, qn_name rule);
    /* Carries the edit out. A layer's span keeps what is left of its text; one of which nothing
     * is left is removed. QN_E_NOMEM; QN_E_DATA when the text would pass 2 GiB. [worker] */
    qn_status (*edit_end)(qn_edit *);

    /* -- files ----------------------------------------------------------------------------- */
    /* A data file (model, list), looked up beside the config, then on the model path; a name
     * with "/" is a path. Mapped read-only and shared; lives until the run ends. Fails with
     * words already said. [main] */
    qn_status (*open_data)(qn_ctx *, const char *name, qn_str *bytes);
    /* An output: "-" is standard output; a file is written under a temporary name and renamed
     * when the whole run has ended well, so that a half-written file is never seen. NULL with
     * words said. [main] */
    qn_out *(*out_open)(qn_ctx *, const char *path);
    /* Appends; all bytes or an error (QN_E_IO, words said; QN_E_CANCELLED: the reader of a pipe
     * has gone, which ends the run quietly). One thread at a time: commit or finish. */
    qn_status (*out_write)(qn_ctx *, qn_out *, qn_str bytes);

    /* Optional services by name, "quern.x/1"; NULL when this host has none. [any] */
    const void *(*extension)(qn_ctx *, const char *id);
} qn_host;

/* 1 when this host is new enough to have the member. */
#define QN_HOST_HAS(h, member) ((h)->size >= offsetof(qn_host, member) + sizeof((h)->member))

/* Handed to every call of a plugin, and by the plugin to every call of the host: always this
 * very object, never a copy. The plugin sets `state` in open, `local` in enter and `carry` in
 * process_batch; the rest is the host's. */
struct qn_ctx {
    uint32_t size;   /* sizeof(qn_ctx) of the host */
    uint32_t worker; /* number of the calling worker, from 0 */
    const qn_host *host;
    const void *options; /* the plugin's option struct, filled from the config */
    void *state; /* the stage's: models, tables. Read-only while records flow, except for what
                    only commit and read touch (those calls never overlap) */
    void *local; /* this worker's own: scratch memory */
    void *carry; /* this batch's: what process_batch leaves for commit; NULL at first */
    const qn_layer_id *needs, *makes; /* layer numbers, in the order of the declarations */
    const qn_name *names;             /* numbers of the declared names, in their order */
    uint64_t *count;                  /* this worker's counters, in the declared order */
};

/* Adds to one of the plugin's declared counters; the runner sums the workers'. [worker] */
static inline void qn_count(qn_ctx *cx, qn_counter c, uint64_t n)
{
    cx->count[c] += n;
}
QN_C_END
#endif
