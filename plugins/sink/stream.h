/* SPDX-License-Identifier: MIT */
/* plugins/sink/stream.h - what all sinks have in common that write one stream of bytes: workers
 * encode, and compress, whole batches; commit only writes them, in input order. A sink brings a
 * sink_form, keeps a sink_stream as the first member of its cx->state, and has sink_enter,
 * sink_leave, sink_process_batch, sink_commit and sink_finish in its descriptor as they are. */
#ifndef QUERN_SINK_STREAM_H
#define QUERN_SINK_STREAM_H
#include <quern/plugin.h>

#include "sink/pack.h"

/* Where an encoder writes. `flush`, unless NULL, takes what `out` holds so far, so that the lines
 * of a large document need not be held whole; sink_flush calls it. */
typedef struct sink_text {
    qn_jsonw out;
    qn_status (*flush)(void *arg, qn_str bytes);
    void *arg;
    qn_status status; /* of the first flush that failed */
} sink_text;

/* Hands over what is written, once it is much; for the loops of encoders. */
void sink_flush(sink_text *t);

typedef struct sink_form {
    size_t scratch; /* bytes of an encoder's own memory, one for each worker, zero at first */
    void (*forget)(void *scratch); /* frees what the encoder put there; may be NULL */
    /* Appends one record. QN_E_NOMEM or what a flush gave ends the run. */
    qn_status (*encode)(qn_ctx *, void *scratch, const qn_record *, sink_text *);
    /* What stands before all records (a header line); n 0: nothing. */
    qn_str (*head)(qn_ctx *); /* may be NULL */
} sink_form;

typedef struct sink_stream {
    const sink_form *form;
    qn_out *out;
    sink_compress compress;
    int level;
    int written; /* commit's */
} sink_stream;

/* In open: looks at path and compress (the options of these names), opens the output. Words said.
 */
qn_status sink_open(qn_ctx *, sink_stream *, const sink_form *, const char *path, int compress,
                    int64_t level);
qn_status sink_enter(qn_ctx *);
void sink_leave(qn_ctx *);
qn_status sink_process_batch(qn_ctx *, qn_batch *);
qn_status sink_commit(qn_ctx *, qn_batch *);
qn_status sink_finish(qn_ctx *);

/* Three rows of an option table that every such sink has; S has const char *path, int compress,
 * int64_t level. */
#define SINK_OPTIONS(S)                                                                            \
    QN_OPTION(S, path, QN_STRING, .def = "-", .help = "file to write; \"-\" is standard output"),  \
        QN_OPTION(S, compress, QN_ENUM, .def = "auto", .choices = SINK_COMPRESS_CHOICES,           \
                  .help = "auto: gzip for .gz, Zstandard for .zst at the end of path"),            \
        QN_OPTION(S, level, QN_INT, .def = "6", .min = "1", .max = "9",                            \
                  .help = "of compression: 1 is fast, 9 is small")
#endif
