/* SPDX-License-Identifier: MIT */
/* core/log.c - see log.h. Repeats are told apart by the address of the format string: free of
 * cost, and right for what rate limits are for (one message, a million records). */
#include "log.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define KINDS 256 /* formats watched for repeats; more than there are in any build */

struct kind {
    const char *fmt;
    qn_level level;
    uint64_t seen;
    char stage[64];
    char first[160];
};

struct qn_log {
    pthread_mutex_t lock;
    qn_log_writer write;
    void *user;
    qn_level least;
    unsigned repeats;
    unsigned nkind;
    struct kind kind[KINDS];
};

qn_log *qn_log_new(qn_log_writer write, void *user, qn_level least, unsigned repeats)
{
    qn_log *log = calloc(1, sizeof *log);
    if (!log) return NULL;
    if (pthread_mutex_init(&log->lock, NULL) != 0) {
        free(log);
        return NULL;
    }
    log->write = write;
    log->user = user;
    log->least = least;
    log->repeats = repeats;
    return log;
}

void qn_log_free(qn_log *log)
{
    if (!log) return;
    pthread_mutex_destroy(&log->lock);
    free(log);
}

/* How often this format has been seen, this time included; 0 when it is not watched. */
static uint64_t note(qn_log *log, qn_level level, const char *stage, const char *fmt,
                     const char *text)
{
    struct kind *k = log->kind, *end = log->kind + log->nkind;
    while (k < end && (k->fmt != fmt || strncmp(k->stage, stage, sizeof k->stage - 1) != 0))
        k++;
    if (k == end) {
        if (log->nkind == KINDS) return 0;
        log->nkind++;
        k->fmt = fmt;
        k->level = level;
        snprintf(k->stage, sizeof k->stage, "%s", stage);
        snprintf(k->first, sizeof k->first, "%.*s", (int)sizeof k->first - 1, text);
    }
    return ++k->seen;
}

void qn_log_vsay(qn_log *log, qn_level level, const char *stage, const char *fmt, va_list ap)
{
    char text[4096];
    if (!log || level < log->least) return;
    vsnprintf(text, sizeof text, fmt, ap);
    pthread_mutex_lock(&log->lock);
    if (log->repeats == 0 || note(log, level, stage ? stage : "", fmt, text) <= log->repeats)
        log->write(log->user, level, stage ? stage : "", text);
    pthread_mutex_unlock(&log->lock);
}

void qn_log_say(qn_log *log, qn_level level, const char *stage, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    qn_log_vsay(log, level, stage, fmt, ap);
    va_end(ap);
}

void qn_log_flush(qn_log *log)
{
    char text[256];
    unsigned i;
    if (!log) return;
    pthread_mutex_lock(&log->lock);
    for (i = 0; log->repeats && i < log->nkind; i++) {
        struct kind *k = &log->kind[i];
        if (k->seen <= log->repeats) continue;
        snprintf(text, sizeof text, "%llu more like: %s",
                 (unsigned long long)(k->seen - log->repeats), k->first);
        log->write(log->user, k->level, k->stage, text);
    }
    log->nkind = 0;
    pthread_mutex_unlock(&log->lock);
}
