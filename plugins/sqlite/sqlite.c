/* SPDX-License-Identifier: MIT */
/* plugins/sqlite/sqlite.c - the sink that writes an SQLite database: documents, sentences,
 * entities, and a full-text index over the documents (FTS5). The database is built in a temporary
 * file beside its place and handed to the host when the run has ended well, so that it is seen
 * whole or not at all. */
#include <quern/plugin.h>

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sink/details.h"
#include "sink/view.h"

struct opts {
    const char *path;
    int fulltext;
    int offsets;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, path, QN_STRING, .def = "quern.db",
              .help = "database to write; what was there is replaced"),
    QN_OPTION(struct opts, fulltext, QN_BOOL, .def = "true",
              .help = "make the full-text index, the table `search`"),
    QN_OPTION(struct opts, offsets, QN_ENUM, .def = "codepoint", .choices = "codepoint|byte|raw",
              .help = "unit of start and end: code points or bytes of the text, or bytes of the "
                      "raw input"),
    {0}};

static const char *const needs[] = {"text",    "ents?",  "sents?",  "summary?",
                                    "values?", "links?", "chains?", NULL};
enum { TEXT, ENTS, SENTS, SUMMARY, VALUES, LINKS, CHAINS };

enum statement { DOC, META, SENT, ENT, STATEMENTS };

static const char *const insert[STATEMENTS] = {
    [DOC] = "INSERT INTO docs(doc, id, place, text, summary) VALUES(?, ?, ?, ?, ?)",
    [META] = "INSERT INTO meta(doc, key, value) VALUES(?, ?, ?)",
    [SENT] = "INSERT INTO sents(doc, number, start, end, summary) VALUES(?, ?, ?, ?, ?)",
    [ENT] = "INSERT INTO ents VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
};

static const char schema[] =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
    "PRAGMA user_version=1;"
    "CREATE TABLE docs(doc INTEGER PRIMARY KEY, id TEXT NOT NULL, place TEXT, text TEXT NOT NULL,"
    " summary TEXT);"
    "CREATE TABLE meta(doc INTEGER NOT NULL REFERENCES docs, key TEXT NOT NULL, value,"
    " PRIMARY KEY(doc, key)) WITHOUT ROWID;"
    "CREATE TABLE sents(doc INTEGER NOT NULL REFERENCES docs, number INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, summary INTEGER NOT NULL,"
    " PRIMARY KEY(doc, number)) WITHOUT ROWID;"
    "CREATE TABLE ents(doc INTEGER NOT NULL REFERENCES docs, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, value TEXT, kb_id TEXT,"
    " canonical TEXT);"
    "BEGIN;";

static const char indexes[] = "CREATE INDEX ents_by_doc ON ents(doc, start);"
                              "CREATE INDEX ents_by_label ON ents(label, text);"
                              "COMMIT;";

static const char fulltext[] =
    "CREATE VIRTUAL TABLE search USING fts5(text, content='docs', content_rowid='doc',"
    " tokenize='unicode61 remove_diacritics 2');"
    "INSERT INTO search(search) VALUES('rebuild');";

struct state {
    sink_layers layers;
    qn_layer_id detail[SINK_DETAILS];
    sink_unit unit;
    qn_out *out;
    char *file; /* the temporary one; NULL until the first record */
    sqlite3 *db;
    sqlite3_stmt *stmt[STATEMENTS];
    sink_view view; /* commit's */
    sink_details details;
    qn_jsonw cell;
    sqlite3_int64 doc;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

/* ---- the database -----------------------------------------------------------------------------
 */

static qn_status fail_db(qn_ctx *cx)
{
    const struct state *s = cx->state;
    int code = s->db ? sqlite3_errcode(s->db) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM) return no_memory(cx);
    return cx->host->fail(cx, QN_E_IO, "%s: %s%s", s->file, sqlite3_errmsg(s->db),
                          code == SQLITE_FULL ? ": make room on the disk, or write elsewhere" : "");
}

static qn_status run(qn_ctx *cx, const char *sql)
{
    const struct state *s = cx->state;
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? QN_OK : fail_db(cx);
}

/* A new file beside the path, or in the temporary folder for standard output. */
static qn_status make_file(qn_ctx *cx, struct state *s)
{
    const struct opts *o = cx->options;
    const char *folder = getenv("TMPDIR");
    qn_status st;
    int fd, n;
    n = strcmp(o->path, "-") == 0
            ? asprintf(&s->file, "%s/quern-XXXXXX", folder && *folder ? folder : "/tmp")
            : asprintf(&s->file, "%s.quern-XXXXXX", o->path);
    if (n < 0) {
        s->file = NULL;
        return no_memory(cx);
    }
    fd = mkostemp(s->file, O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
        return QN_OK;
    }
    st = cx->host->fail(cx, QN_E_IO, "%s: %s", s->file, strerror(errno));
    free(s->file);
    s->file = NULL;
    return st;
}

/* Only when records flow: a check of the config makes no files. */
static qn_status make_database(qn_ctx *cx, struct state *s)
{
    qn_status st = make_file(cx, s);
    int k;
    if (st != QN_OK) return st;
    if (sqlite3_open_v2(s->file, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return fail_db(cx);
    st = run(cx, schema);
    for (k = 0; st == QN_OK && k < STATEMENTS; k++)
        if (sqlite3_prepare_v3(s->db, insert[k], -1, SQLITE_PREPARE_PERSISTENT, &s->stmt[k],
                               NULL) != SQLITE_OK)
            st = fail_db(cx);
    return st;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* The text must stay where it is until the row is stepped. */
static void bind_text(sqlite3_stmt *q, int column, qn_str s)
{
    sqlite3_bind_text64(q, column, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static qn_status step(qn_ctx *cx, sqlite3_stmt *q)
{
    qn_status st = sqlite3_step(q) == SQLITE_DONE ? QN_OK : fail_db(cx);
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return st;
}

static qn_status put_doc(qn_ctx *cx, struct state *s, const qn_record *r)
{
    sqlite3_stmt *q = s->stmt[DOC];
    uint32_t i;
    s->cell.n = 0;
    for (i = 0; i < s->view.summary.n; i++) {
        if (i) qn_jsonw_lit(&s->cell, " ");
        qn_jsonw_raw(&s->cell, qn_span_text(r, &s->view.summary.v[i]));
    }
    sqlite3_bind_int64(q, 1, s->doc);
    bind_text(q, 2, r->id);
    bind_text(q, 3, r->place);
    bind_text(q, 4, r->text);
    if (s->layers.summary) bind_text(q, 5, (qn_str){s->cell.p, s->cell.n});
    return step(cx, q);
}

static qn_status put_meta(qn_ctx *cx, struct state *s, const qn_meta *m)
{
    sqlite3_stmt *q = s->stmt[META];
    if (sink_details_own(s->detail, m->key)) return QN_OK;
    sqlite3_bind_int64(q, 1, s->doc);
    bind_text(q, 2, m->key);
    if (m->type == QN_T_INT || m->type == QN_T_BOOL)
        sqlite3_bind_int64(q, 3, m->u.i);
    else if (m->type == QN_T_REAL)
        sqlite3_bind_double(q, 3, m->u.d);
    else
        bind_text(q, 3, m->u.str);
    return step(cx, q);
}

static void bind_place(struct state *s, sqlite3_stmt *q, int column, const qn_span *e)
{
    sqlite3_bind_int64(q, column, sink_offset(&s->view.off, e->beg, 0));
    sqlite3_bind_int64(q, column + 1, sink_offset(&s->view.off, e->end, 1));
}

static qn_status put_sents(qn_ctx *cx, struct state *s)
{
    sqlite3_stmt *q = s->stmt[SENT];
    const sink_spans *sum = &s->view.summary;
    qn_status st = QN_OK;
    uint32_t i, k = 0;
    for (i = 0; st == QN_OK && i < s->view.sents.n; i++) {
        const qn_span *e = &s->view.sents.v[i];
        while (k < sum->n && sum->v[k].end <= e->beg)
            k++;
        sqlite3_bind_int64(q, 1, s->doc);
        sqlite3_bind_int64(q, 2, i + 1);
        bind_place(s, q, 3, e);
        sqlite3_bind_int64(q, 5, k < sum->n && sum->v[k].beg <= e->beg);
        st = step(cx, q);
    }
    return st;
}

static qn_status put_ent(qn_ctx *cx, struct state *s, const qn_record *r, const qn_span *e)
{
    sqlite3_stmt *q = s->stmt[ENT];
    size_t at[SINK_DETAILS + 1];
    int k;
    s->cell.n = 0;
    for (k = 0; k < SINK_DETAILS; k++) {
        at[k] = s->cell.n;
        sink_details_text(&s->details, (enum sink_detail)k, e, &s->cell);
    }
    at[k] = s->cell.n;
    sqlite3_bind_int64(q, 1, s->doc);
    bind_place(s, q, 2, e);
    bind_text(q, 4, cx->host->name_text(cx, e->label));
    bind_text(q, 5, qn_span_text(r, e));
    for (k = 0; k < SINK_DETAILS; k++)
        if (at[k + 1] > at[k]) bind_text(q, 6 + k, (qn_str){s->cell.p + at[k], at[k + 1] - at[k]});
    return step(cx, q);
}

static qn_status put_record(qn_ctx *cx, struct state *s, const qn_record *r)
{
    qn_status st;
    uint32_t i;
    s->doc++;
    if (sink_view_start(&s->view, r, &s->layers, s->unit) != QN_OK ||
        !sink_details_start(&s->details, r, s->detail))
        return no_memory(cx);
    st = put_doc(cx, s, r);
    for (i = 0; st == QN_OK && i < r->nmeta; i++)
        st = put_meta(cx, s, &r->meta[i]);
    if (st == QN_OK) st = put_sents(cx, s);
    for (i = 0; st == QN_OK && i < s->view.ents.n; i++)
        st = put_ent(cx, s, r, &s->view.ents.v[i]);
    return st == QN_OK && s->cell.no_memory ? no_memory(cx) : st;
}

static qn_status sqlite_commit(qn_ctx *cx, qn_batch *b)
{
    struct state *s = cx->state;
    qn_status st = s->db ? QN_OK : make_database(cx, s);
    uint32_t i;
    for (i = 0; st == QN_OK && i < b->n; i++)
        if (qn_live(b->rec[i])) st = put_record(cx, s, b->rec[i]);
    return st;
}

/* ---- the end ----------------------------------------------------------------------------------
 */

static void close_database(struct state *s)
{
    int k;
    for (k = 0; k < STATEMENTS; k++) {
        sqlite3_finalize(s->stmt[k]);
        s->stmt[k] = NULL;
    }
    sqlite3_close(s->db);
    s->db = NULL;
}

static qn_status hand_over(qn_ctx *cx, const struct state *s)
{
    enum { PIECE = 1 << 20 };
    int fd = open(s->file, O_RDONLY | O_CLOEXEC);
    char *buf = malloc(PIECE);
    qn_status st = QN_OK;
    ssize_t n = -1;
    while (fd >= 0 && buf && st == QN_OK && (n = read(fd, buf, PIECE)) > 0)
        st = cx->host->out_write(cx, s->out, (qn_str){buf, (size_t)n});
    if (!buf)
        st = no_memory(cx);
    else if (st == QN_OK && n < 0)
        st = cx->host->fail(cx, QN_E_IO, "%s: %s", s->file, strerror(errno));
    free(buf);
    if (fd >= 0) close(fd);
    return st;
}

static qn_status sqlite_finish(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = cx->state;
    qn_status st = s->db ? QN_OK : make_database(cx, s);
    if (st == QN_OK) st = run(cx, indexes);
    if (st == QN_OK && o->fulltext) st = run(cx, fulltext);
    close_database(s);
    return st == QN_OK ? hand_over(cx, s) : st;
}

/* ---- the plugin -------------------------------------------------------------------------------
 */

static qn_status sqlite_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return no_memory(cx);
    cx->state = s;
    s->unit = (sink_unit)o->offsets;
    s->layers = (sink_layers){
        .ents = cx->needs[ENTS], .sents = cx->needs[SENTS], .summary = cx->needs[SUMMARY]};
    s->detail[SINK_VALUES] = cx->needs[VALUES];
    s->detail[SINK_LINKS] = cx->needs[LINKS];
    s->detail[SINK_CHAINS] = cx->needs[CHAINS];
    s->out = cx->host->out_open(cx, o->path);
    return s->out ? QN_OK : QN_E_IO;
}

static void sqlite_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (!s) return;
    close_database(s);
    if (s->file) unlink(s->file);
    free(s->file);
    sink_view_free(&s->view);
    sink_details_free(&s->details);
    qn_jsonw_free(&s->cell);
    free(s);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,          .kind = QN_SINK,
    .name = "sqlite",        .version = "1.0",
    .license = "MIT",        .help = "writes an SQLite database with a full-text index",
    .needs = needs,          QN_OPTIONS(options, struct opts),
    .open = sqlite_open,     .close = sqlite_close,
    .commit = sqlite_commit, .finish = sqlite_finish,
};
