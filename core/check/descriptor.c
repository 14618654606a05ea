/* SPDX-License-Identifier: MIT */
/* core/check/descriptor.c - level 2: what the plugin says of itself is complete and can be true. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "option.h"

static void text(check_report *r, const char *what, const char *s)
{
    if (!s || !*s)
        check_problem(r, "%s is empty: users see it in lists and manual pages", what);
    else if (s[strlen(s) - 1] == '.')
        check_problem(r, "%s ends with a full stop: \"%s\"; it is put into sentences", what, s);
    else if (strchr(s, '\n'))
        check_problem(r, "%s has a line end in it", what);
}

static void word(check_report *r, const char *what, const char *s)
{
    const char *p;
    for (p = s; *p; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_' && *p != '-') {
            check_problem(r, "%s \"%s\": small letters, digits, - and _ only", what, s);
            return;
        }
}

static void layers(check_report *r, const char *what, const char *const *v, int optional)
{
    size_t i, k;
    for (i = 0; v && v[i]; i++) {
        const size_t n = strlen(v[i]);
        if (!n) check_problem(r, "an empty name among %s", what);
        if (n && v[i][n - 1] == '?' && !optional)
            check_problem(r, "%s has \"%s\": only a need may be optional", what, v[i]);
        for (k = 0; k < i; k++)
            if (strcmp(v[i], v[k]) == 0) check_problem(r, "%s names \"%s\" twice", what, v[i]);
    }
}

static void options(check_report *r, const qn_plugin *p)
{
    qn_option o, other;
    size_t i, k;
    char what[200], why[400];
    if (!p->options) return;
    if (!qn_option_check(p->options, p->option_stride, p->options_size, why, sizeof why))
        check_problem(r, "the option table is wrong: %s", why);
    for (i = 0; qn_option_row(p->options, p->option_stride, i, &o); i++) {
        snprintf(what, sizeof what, "option %s: its help", o.name);
        word(r, "option", o.name);
        text(r, what, o.help);
        for (k = 0; k < i && qn_option_row(p->options, p->option_stride, k, &other); k++)
            if (strcmp(o.name, other.name) == 0) check_problem(r, "two options \"%s\"", o.name);
    }
}

static void callbacks(check_report *r, const qn_plugin *p)
{
    if (p->kind == QN_SOURCE && !p->read) check_problem(r, "a source needs read()");
    if (p->kind == QN_SINK && !p->commit) check_problem(r, "a sink needs commit()");
    if (p->kind == QN_STAGE && !p->process && !p->process_batch && !p->commit)
        check_problem(
            r, "a stage needs process(), process_batch() or commit(): this one does nothing");
    if (p->process && p->process_batch)
        check_problem(r, "has process() and process_batch(): only the second is called");
    if (p->open && !p->close) check_note(r, "open() without close(): who frees what it makes?");
    if (p->enter && !p->leave) check_note(r, "enter() without leave(): who frees what it makes?");
    if (!p->license || !*p->license)
        check_problem(r, "names no licence: an SPDX expression such as MIT");
}

void check_descriptor(const check_task *t, check_report *r, int which)
{
    const qn_plugin *p = t->plugin;
    const qn_counter_decl *c;
    (void)which;
    word(r, "the name", p->name);
    text(r, "the plugin's help", p->help);
    if (!p->version || !*p->version) check_problem(r, "has no version");
    layers(r, "needs", p->needs, 1);
    layers(r, "makes", p->makes, 0);
    layers(r, "names", p->names, 0);
    for (c = p->counters; c && c->name; c++) {
        char what[200];
        snprintf(what, sizeof what, "counter %s: its help", c->name);
        text(r, what, c->help);
    }
    options(r, p);
    callbacks(r, p);
}
