/* SPDX-License-Identifier: MIT */
/* plugins/files/files.c - the source that reads files: text, one document a file; JSON lines,
 * tables and web archives, many. read() (feed.c) decides in input order what goes into a batch;
 * process(), here, opens, inflates and parses on any worker. */
#include "files.h"

#include <inttypes.h>
#include <stdlib.h>

static const qn_option options[] = {
    QN_OPTION(files_opts, path, QN_LIST, .def = "-",
              .help = "files, folders and patterns to read; \"-\" is standard input"),
    QN_OPTION(files_opts, format, QN_ENUM, .def = "auto", .choices = "auto|txt|jsonl|csv|tsv|warc",
              .help = "one document a file (txt), line (jsonl), row (csv, tsv) or page (warc); "
                      "auto: by name, then content"),
    QN_OPTION(files_opts, text_field, QN_STRING, .def = "text",
              .help = "field of a JSON line, or column, that holds the text"),
    QN_OPTION(files_opts, id_field, QN_STRING, .def = "id",
              .help = "field of a JSON line, or column, that holds the id"),
    QN_OPTION(files_opts, max_size, QN_SIZE, .def = "64MiB", .min = "1", .max = "1GiB",
              .help = "longest document, JSON line, row or page; a longer one is an error"),
    QN_OPTION(files_opts, max_ratio, QN_INT, .def = "500", .min = "1", .max = "1000000",
              .help = "how many times its size packed data may become, beyond the first MiB"),
    QN_OPTION(files_opts, types, QN_LIST, .def = "text/html,application/xhtml+xml,text/plain",
              .help = "media types of pages that are read from web archives"),
    {0}};

static int stopping(void *lane)
{
    qn_ctx *cx = ((files_lane *)lane)->cx;
    return cx->host->stopping(cx);
}

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status lane_open(qn_ctx *cx, files_lane *lane)
{
    const files_opts *o = cx->options;
    lane->cx = cx;
    lane->reader.max = (size_t)o->max_size;
    lane->reader.in = files_input_new((uint64_t)o->max_ratio, stopping, lane);
    return lane->reader.in ? QN_OK : no_memory(cx);
}

static void lane_close(files_lane *lane)
{
    files_input_free(lane->reader.in);
    files_reader_free(&lane->reader);
    files_unpacker_free(lane->unpacker);
}

static qn_status files_open(qn_ctx *cx)
{
    const files_opts *o = cx->options;
    files_state *s = calloc(1, sizeof *s);
    char why[400];
    if (!s) return no_memory(cx);
    cx->state = s;
    s->fields.text = (qn_str){o->text_field, strlen(o->text_field)};
    s->fields.id = (qn_str){o->id_field, strlen(o->id_field)};
    s->walk = files_walk_new(o->path.v, o->path.n, why, sizeof why);
    if (!s->walk) return cx->host->fail_option(cx, "path", "%s", why);
    s->ahead = files_walk_new(o->path.v, o->path.n, why, sizeof why);
    if (!s->ahead) return no_memory(cx);
    return lane_open(cx, &s->lane);
}

static void files_close(qn_ctx *cx)
{
    files_state *s = cx->state;
    if (!s) return;
    files_cut_end(s);
    files_walk_free(s->walk);
    files_walk_free(s->ahead);
    lane_close(&s->lane);
    free(s);
}

static qn_status files_enter(qn_ctx *cx)
{
    files_lane *lane = calloc(1, sizeof *lane);
    if (!lane) return no_memory(cx);
    cx->local = lane;
    return lane_open(cx, lane);
}

static void files_leave(qn_ctx *cx)
{
    if (!cx->local) return;
    lane_close(cx->local);
    free(cx->local);
}

/* The reader's answer to being asked for all of a file, as a status with words. */
static qn_status whole_file(qn_ctx *cx, files_reader *reader, files_got got)
{
    switch (got) {
    case FILES_DATA:
        return QN_OK;
    case FILES_LONG:
        return cx->host->fail(cx, QN_E_DATA,
                              "longer than max_size = %zu bytes; raise max_size, or read it as "
                              "JSON lines if it is many documents",
                              reader->max);
    case FILES_NO_MEMORY:
        return no_memory(cx);
    default:
        if (cx->host->stopping(cx)) return cx->host->fail(cx, QN_E_CANCELLED, "cancelled");
        return cx->host->fail(cx, QN_E_IO, "%s", files_input_why(reader->in));
    }
}

/* Reads the text file that the record stands for. */
static qn_status load(qn_ctx *cx, qn_record *r)
{
    files_lane *lane = cx->local;
    files_reader *reader = &lane->reader;
    qn_str all = {NULL, 0};
    qn_status st;
    char *text;
    lane->cx = cx;
    if (files_input_open(reader->in, files_origin_of(r)->path) != 0)
        return cx->host->fail(cx, QN_E_IO, "%s", files_input_why(reader->in));
    files_reader_start(reader);
    st = whole_file(cx, reader, files_reader_all(reader, &all));
    files_input_close(reader->in);
    if (st != QN_OK) return st;
    text = qn_alloc(r->batch, all.n);
    if (!text) return no_memory(cx);
    if (all.n) memcpy(text, all.p, all.n);
    r->text = (qn_str){text, all.n};
    return QN_OK;
}

static qn_status load_page(qn_ctx *cx, qn_record *r)
{
    const files_opts *o = cx->options;
    files_lane *lane = cx->local;
    const files_page_rules rules = {o->types.v,
                                    o->types.n,
                                    (size_t)o->max_size,
                                    (uint64_t)o->max_ratio,
                                    cx->names[FILES_OTHER_TYPE],
                                    cx->names[FILES_HTTP_STATUS]};
    if (!lane->unpacker) lane->unpacker = files_unpacker_new();
    return lane->unpacker ? files_page(cx, r, &rules, lane->unpacker) : no_memory(cx);
}

static qn_status files_process(qn_ctx *cx, qn_record *r)
{
    const files_state *s = cx->state;
    const files_origin *from = files_origin_of(r);
    qn_status st = QN_OK;
    if (from->format == FILES_JSONL) st = files_document(cx, r, &s->fields);
    if (from->format == FILES_CSV || from->format == FILES_TSV)
        st = files_columns_document(cx, r, from->columns);
    if (from->format == FILES_WARC) st = load_page(cx, r);
    if (from->format == FILES_TXT) st = load(cx, r);
    if (!r->id.p) r->id = r->place;
    return st;
}

static const void *extension(const char *id)
{
    static const qn_progress progress = {sizeof progress, files_progress};
    return strcmp(id, QN_EXT_PROGRESS) == 0 ? &progress : NULL;
}

static const char *const makes[] = {"text", "meta", NULL};
static const char *const names[] = {"media-type", "http-status", NULL};
static const qn_counter_decl counters[] = {
    [FILES_PASSED] = {"passed over", "records of web archives that hold no page, such as requests"},
    {0}};

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SOURCE,
    .name = "files",
    .version = "1.0",
    .license = "MIT",
    .help = "reads text, JSON lines, CSV, TSV and web archives, plain, gzip or zstd, from files, "
            "folders or a pipe",
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, files_opts),
    .open = files_open,
    .close = files_close,
    .enter = files_enter,
    .leave = files_leave,
    .read = files_read,
    .process = files_process,
    .extension = extension,
};
