/* SPDX-License-Identifier: MIT */
/* core/report/stages.c - see stages.h. */
#include "report/stages.h"

#include <stdio.h>
#include <string.h>

#include "text/json_read.h"

/* A member that is wanted; all others are passed over. */
struct member {
    const char *name;
    qn_str *string;
    uint64_t *count;
    double *seconds;
};

static int is(qn_str s, const char *word)
{
    return strlen(word) == s.n && memcmp(s.p, word, s.n) == 0;
}

static void read_value(qn_jsonr *j, const struct member *m)
{
    qn_json_number v;
    if (m->string) {
        qn_jsonr_string(j, m->string);
    } else if (qn_jsonr_number(j, &v)) {
        if (m->count) *m->count = v.type == QN_JSON_INT && v.i > 0 ? (uint64_t)v.i : 0;
        if (m->seconds) *m->seconds = v.type == QN_JSON_INT ? (double)v.i : v.d;
    }
}

/* Reads the member `key` if it is one of them; 0 if not. */
static int read_member(qn_jsonr *j, qn_str key, const struct member *m)
{
    for (; m->name; m++) {
        if (!is(key, m->name)) continue;
        read_value(j, m);
        return 1;
    }
    return 0;
}

static void read_object(qn_jsonr *j, const struct member *m)
{
    qn_str key;
    if (!qn_jsonr_object(j)) return;
    while (qn_jsonr_member(j, &key))
        if (!read_member(j, key, m)) qn_jsonr_skip(j, NULL);
}

static void read_drops(qn_jsonr *j, report_stage *s)
{
    qn_str key;
    if (!qn_jsonr_object(j)) return;
    while (qn_jsonr_member(j, &key)) {
        report_drop d = {key, 0};
        read_value(j, &(struct member){NULL, NULL, &d.n, NULL});
        if (s->ndrop < REPORT_DROPS) s->drop[s->ndrop++] = d;
    }
}

static void read_stages(qn_jsonr *j, report_run *run)
{
    qn_str key;
    if (!qn_jsonr_array(j)) return;
    while (qn_jsonr_item(j)) {
        report_stage s = {.id = QN_STR("")};
        const struct member members[] = {{"id", &s.id, NULL, NULL},
                                         {"records", NULL, &s.records, NULL},
                                         {"dropped", NULL, &s.dropped, NULL},
                                         {"failed", NULL, &s.failed, NULL},
                                         {"seconds", NULL, NULL, &s.seconds},
                                         {"waited_seconds", NULL, NULL, &s.waited},
                                         {NULL, NULL, NULL, NULL}};
        if (!qn_jsonr_object(j)) return;
        while (qn_jsonr_member(j, &key)) {
            if (is(key, "drops"))
                read_drops(j, &s);
            else if (!read_member(j, key, members))
                qn_jsonr_skip(j, NULL);
        }
        if (run->nstage < REPORT_STAGES) run->stage[run->nstage++] = s;
    }
}

static void read_run(qn_jsonr *j, report_run *run)
{
    const struct member top[] = {{"quern", &run->version, NULL, NULL},
                                 {"config", &run->config, NULL, NULL},
                                 {"state", &run->state, NULL, NULL},
                                 {"limited_by", &run->limited_by, NULL, NULL},
                                 {"workers", NULL, &run->workers, NULL},
                                 {"seconds", NULL, NULL, &run->seconds},
                                 {NULL, NULL, NULL, NULL}};
    const struct member records[] = {{"read", NULL, &run->records.read, NULL},
                                     {"out", NULL, &run->records.out, NULL},
                                     {"dropped", NULL, &run->records.dropped, NULL},
                                     {"failed", NULL, &run->records.failed, NULL},
                                     {"quarantined", NULL, &run->records.quarantined, NULL},
                                     {"skipped", NULL, &run->records.skipped, NULL},
                                     {NULL, NULL, NULL, NULL}};
    const struct member bytes[] = {
        {"read", NULL, &run->bytes.read, NULL},       {"kept", NULL, &run->bytes.kept, NULL},
        {"changed", NULL, &run->bytes.changed, NULL}, {"dropped", NULL, &run->bytes.dropped, NULL},
        {"failed", NULL, &run->bytes.failed, NULL},   {NULL, NULL, NULL, NULL}};
    qn_str key;
    while (qn_jsonr_member(j, &key)) {
        if (is(key, "records"))
            read_object(j, records);
        else if (is(key, "bytes"))
            read_object(j, bytes);
        else if (is(key, "stages"))
            read_stages(j, run);
        else if (qn_jsonr_peek(j) == QN_JSON_NULL || !read_member(j, key, top))
            qn_jsonr_skip(j, NULL);
    }
}

int report_run_read(report_run *run, qn_pool *pool, const char *json, size_t n, char *why,
                    size_t nwhy)
{
    char *room = qn_pool_alloc(pool, n + 1);
    qn_jsonr j;
    *run = (report_run){.version = QN_STR("")};
    if (!room) {
        snprintf(why, nwhy, "out of memory");
        return 0;
    }
    qn_jsonr_open(&j, json, n, room);
    if (qn_jsonr_object(&j)) read_run(&j, run);
    if (!qn_jsonr_close(&j)) {
        qn_jsonr_why(&j, why, nwhy);
        return 0;
    }
    if (!run->version.n || !run->nstage) {
        snprintf(why, nwhy, "not what `quern run --stats` writes: no \"quern\" or no \"stages\"");
        return 0;
    }
    return 1;
}
