/* SPDX-License-Identifier: MIT */
/* tests/check/faulty.c - a stage with one fault of those that `quern plugins check` is there to
 * find; which, says -DFAULT_... Without it the plugin is right. */
#include <quern/plugin.h>

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
    int64_t every;
};
#ifdef FAULT_help
#define HELP "how often."
#else
#define HELP "how often"
#endif
static const qn_option options[] = {
    QN_OPTION(struct options, every, QN_INT, .def = "1", .min = "1", .max = "100", .help = HELP),
    {.name = NULL},
};
static const char *const needs[] = {"text", "tokens", NULL};
static const char *const makes[] = {"marks", NULL};
static const char *const names[] = {"MARK", NULL};

#ifdef FAULT_symbol
__attribute__((visibility("default"))) int an_open_symbol = 1;
#endif
#ifdef FAULT_unbound
void nobody_has_this(void);
#endif
static int calls; /* or whatever a fault keeps where it should not */

#ifdef FAULT_constructor
__attribute__((constructor)) static void at_load(void)
{
    abort();
}
#endif

static qn_status open_stage(qn_ctx *cx)
{
    (void)cx;
#ifdef FAULT_undeclared
    calls = cx->host->layer(cx, "surprise");
#endif
#ifdef FAULT_file
    if (!fopen("/dev/null", "r")) return QN_E_IO;
#endif
#ifdef FAULT_locale
    setlocale(LC_ALL, "C.UTF-8");
#endif
#ifdef FAULT_folder
    if (chdir("/tmp") != 0) return QN_E_IO;
#endif
#ifdef FAULT_signal
    signal(SIGUSR2, SIG_IGN);
#endif
#ifdef FAULT_print
    puts("hello");
#endif
#ifdef FAULT_unbound
    nobody_has_this();
#endif
    return QN_OK;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    uint32_t end = (uint32_t)r->text.n;
    const qn_layer_id made = cx->makes[0];
#ifdef FAULT_crash
    if (!r->text.n) *(volatile char *)8 = 1;
#endif
#ifdef FAULT_exit
    if (memchr(r->text.p, 0, r->text.n)) exit(3);
#endif
#ifdef FAULT_hang
    for (size_t i = 0; r->text.n > 1 << 20 && i < r->text.n; i++)
        for (volatile size_t k = 0; k < r->text.n;)
            k++;
#endif
#ifdef FAULT_range
    end++;
#endif
#ifdef FAULT_boundary
    if (end > 2) end = 2;
#endif
#ifdef FAULT_order
    if (end > 4) {
        qn_layer *l = &r->layer[made];
        qn_add(r, made, 0, 1, cx->names[0]);
        qn_add(r, made, 2, 3, cx->names[0]);
        l->v[0].beg = 3, l->v[0].end = 4;
        return QN_OK;
    }
#endif
#ifdef FAULT_label
    return qn_add(r, made, 0, end, 60000);
#endif
#ifdef FAULT_utf8
    if (r->text.n) ((char *)(uintptr_t)r->text.p)[0] = (char)0xFF;
#endif
#ifdef FAULT_undeclared
    if (end) qn_add(r, (qn_layer_id)calls, 0, end, 0);
#endif
#ifdef FAULT_twice
    return ++calls % 3 ? qn_add(r, made, 0, end, cx->names[0]) : QN_OK;
#endif
#ifdef FAULT_wordless
    if (r->text.n == 1) {
        r->flags |= QN_REC_FAILED;
        return QN_OK;
    }
#endif
#ifdef FAULT_random
    if (r->text.n > 700 && r->text.n < 2000 && r->text.n % 5 == 0) abort();
#endif
    return qn_add(r, made, 0, end, cx->names[0]);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "faulty",
    .version = "1.0",
#ifndef FAULT_license
    .license = "MIT",
#endif
    .help = "marks all of a text",
    .needs = needs,
    .makes = makes,
    .names = names,
    QN_OPTIONS(options, struct options),
    .open = open_stage,
    .process = process,
};
