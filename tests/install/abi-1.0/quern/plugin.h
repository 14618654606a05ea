/* SPDX-License-Identifier: MIT */
/* quern/plugin.h - floor 3 of the plugin ABI: the one header a plugin includes, the one symbol
 * it exports. Descriptors are data: no plugin code runs before they have been checked. */
#ifndef QUERN_PLUGIN_H
#define QUERN_PLUGIN_H
#include <quern/host.h>
QN_C_BEGIN

#define QN_MAGIC     0x4e525551u /* "QURN" in little-endian memory */
#define QN_ABI_MAJOR 1           /* plugin and host must agree */
#define QN_ABI_MINOR 0           /* the host's must not be less than the plugin's */

typedef enum qn_kind {
    QN_SOURCE = 1, /* makes records: has read */
    QN_STAGE = 2,  /* works on records */
    QN_SINK = 3    /* writes records: has commit */
} qn_kind;

/* ---- options: parsed, checked, explained and stored by the host ---------------------------- */

/* Type of an option, how a config writes it, and the member it fills. */
typedef enum qn_option_type {
    QN_INT = 1, /* 42                            int64_t */
    QN_SIZE,    /* "64KiB", "2MB" or 4096        uint64_t, bytes */
    QN_TIME,    /* "5s", "250ms", "2m" or 5      double, seconds */
    QN_FLOAT,   /* 0.5                           double */
    QN_BOOL,    /* true                          int, 0 or 1 */
    QN_STRING,  /* "text"                        const char * */
    QN_ENUM,    /* "auto", one of `choices`      int, index of the choice from 0 */
    QN_LIST,    /* ["a","b"] or "a"              qn_list of strings */
    QN_SECRET   /* "env:NAME" or "file:PATH"     const char *; masked wherever it is shown */
} qn_option_type;

typedef struct qn_list {
    const char *const *v; /* n NUL-terminated strings */
    size_t n;
} qn_list;

/* One row of the option table; the table ends with a row whose name is NULL. The strings that
 * are set from it live until close returns. */
typedef struct qn_option {
    const char *name;      /* as the config writes it: lower case, digits, "_" */
    uint32_t type;         /* qn_option_type */
    uint32_t required;     /* 1: must be given; def is then NULL */
    size_t offset;         /* of the member in the plugin's option struct */
    const char *def;       /* default, as the config would write it without quotes; NULL: zero,
                              NULL or the empty list. Lists: comma-separated */
    const char *min, *max; /* bounds, written like def; NULL: none */
    const char *unit;      /* of a plain number, for help: "sentences", "MB/s"; or NULL */
    const char *choices;   /* QN_ENUM: "auto|txt|jsonl"; QN_LIST: the allowed items; or NULL */
    const char *excludes;  /* options that may not be given together with it, "a|b"; or NULL */
    const char *use;       /* deprecated: what to use instead; or NULL */
    const char *help;      /* one sentence, lower case, no full stop */
} qn_option;

/* QN_OPTION(struct opts, sentences, QN_INT, .def = "3", .min = "1", .help = "how many") */
#define QN_OPTION(S, member, type_, ...)                                                           \
    {                                                                                              \
        .name = #member, .type = (type_), .offset = offsetof(S, member), __VA_ARGS__               \
    }

/* One counter, shown in the summary of a run and in its statistics. The table ends with a NULL
 * name. */
typedef struct qn_counter_decl {
    const char *name; /* "dropped": read as "12 dropped" */
    const char *help; /* one sentence */
} qn_counter_decl;

/* ---- the descriptor ------------------------------------------------------------------------- */

/* Life of a stage:
 *   open [main] -> on each worker: enter -> read | process... | commit... -> leave
 *               -> finish [main], only when every record was committed -> close [main]
 * close without finish means that the run failed or was cancelled: leave nothing behind.
 * Every function may be NULL except a source's read and a sink's commit.
 *
 * read, process and process_batch may return a failure; see qn_host.fail for what it does. */
typedef struct qn_plugin {
    uint32_t magic;     /* QN_MAGIC: checked before anything else is believed */
    uint32_t size;      /* sizeof(qn_plugin) when the plugin was built */
    uint16_t abi_major; /* QN_ABI_MAJOR when it was built */
    uint16_t abi_minor;
    uint32_t kind;       /* qn_kind */
    const char *name;    /* "sentences": the file's name without suffix, too */
    const char *version; /* of the plugin */
    const char *license; /* SPDX expression */
    const char *help;    /* one sentence, lower case, no full stop */

    /* Layers read and written, NULL-terminated. The plan refuses a stage whose need no earlier
     * stage makes; "tokens?" is used when it is there. Besides layers: "text" (UTF-8), "bytes"
     * (text in any encoding: given to decoders and made by sources), "meta". */
    const char *const *needs;
    const char *const *makes;
    const char *const *names; /* labels and rules it uses, for ctx.names; NULL-terminated */
    const qn_counter_decl *counters;
    const qn_option *options;
    uint32_t option_stride; /* sizeof(qn_option) when the plugin was built */
    uint32_t options_size;  /* sizeof the plugin's option struct */

    /* Once per configured stage: load models, check options against the world. [main] */
    qn_status (*open)(qn_ctx *);
    void (*close)(qn_ctx *); /* [main] frees ctx.state; called also after a failed open */
    /* Once per worker, before its first record. [worker] */
    qn_status (*enter)(qn_ctx *);
    void (*leave)(qn_ctx *); /* [worker] frees ctx.local; called also after a failed enter */
    /* Source: adds records to the batch until it holds about batch->cap records or 64 KiB of
     * text, or returns QN_END (records added by that call still count). One call at a time, in
     * input order: leave costly work (inflating, parsing) to process, which runs in parallel.
     * [worker] */
    qn_status (*read)(qn_ctx *, qn_batch *);
    /* One live record; any worker, any order. [worker] */
    qn_status (*process)(qn_ctx *, qn_record *);
    /* Instead of process: a whole batch; records may be dropped or failed already. [worker] */
    qn_status (*process_batch)(qn_ctx *, qn_batch *);
    /* One batch at a time, in input order, whichever the worker: for what depends on order or
     * on earlier records, and for writing. After process. [worker] */
    qn_status (*commit)(qn_ctx *, qn_batch *);
    /* Every record was committed: flush, write trailers. [main] */
    qn_status (*finish)(qn_ctx *);
    const void *(*extension)(const char *id); /* optional interfaces by name, or NULL */
    const struct qn_plugin *next;             /* another plugin in the same file, or NULL */
} qn_plugin;

/* ---- optional interfaces: what a plugin's extension() may answer to
 * ------------------------------ */

/* "quern.progress/1", of a source: a const qn_progress *. How much of the input has been read, and
 * how much there is, in the same unit (bytes as stored); total 0 while it is not known. Called
 * some times a second on the thread that called open, while other threads are in read. */
#define QN_EXT_PROGRESS "quern.progress/1"
typedef struct qn_progress {
    uint32_t size; /* sizeof(qn_progress) when the plugin was built */
    void (*get)(void *state, uint64_t *done, uint64_t *total);
} qn_progress;

/* "quern.json/1", of a sink: a const qn_json_form *. A record as the sink would write it, as one
 * line of JSON with its end, for a program that takes records back itself (quern/run.h). `cx` is
 * the opened stage's, without cx->local; *scratch is NULL at first, the plugin's own between
 * calls, and freed by forget. *line is valid until the next call. QN_E_NOMEM. One thread. */
#define QN_EXT_JSON "quern.json/1"
typedef struct qn_json_form {
    uint32_t size; /* sizeof(qn_json_form) when the plugin was built */
    qn_status (*line)(qn_ctx *cx, const qn_record *, void **scratch, qn_str *line);
    void (*forget)(void *scratch);
} qn_json_form;

/* First members of a descriptor: const qn_plugin quern_plugin = { QN_PLUGIN_HEAD, .kind = ... } */
#define QN_PLUGIN_HEAD QN_MAGIC, sizeof(qn_plugin), QN_ABI_MAJOR, QN_ABI_MINOR
#define QN_OPTIONS(table, S)                                                                       \
    .options = (table), .option_stride = sizeof(qn_option), .options_size = sizeof(S)

/* The one exported symbol. -DQUERN_MODULE=name gives it libtool's prefix, so that the same source
 * can be linked into the program (--enable-static-plugins); without it the plain name is used. */
#define QN_CAT_(a, b) a##b
#define QN_CAT(a, b)  QN_CAT_(a, b)
#ifdef QUERN_MODULE
#define quern_plugin QN_CAT(QUERN_MODULE, _LTX_quern_plugin)
#endif
#ifdef __cplusplus
extern QN_PUBLIC const qn_plugin quern_plugin;
#else
extern QN_PUBLIC const qn_plugin quern_plugin;
#endif
QN_C_END
#endif
