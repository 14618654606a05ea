/* SPDX-License-Identifier: MIT */
/* core/cli/manual.c - see manual.h. A command's help text is laid out by rule: a line that begins
 * with two blanks and has a gap of two or more is an option and what it does, deeper lines go on
 * with it, others are paragraphs; "exit status:" begins the last one. */
#include "manual.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "option.h"

/* ---- mdoc ------------------------------------------------------------------------------------ */

/* Text within a line of mdoc. */
static void put_text(FILE *f, const char *s, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++)
        if (s[i] == '\\')
            fputs("\\e", f);
        else if (s[i] == '-')
            fputs("\\-", f);
        else
            putc(s[i], f);
}

/* Lines of text, a new one for each sentence; one that begins like a macro is none. */
static void put_line(FILE *f, const char *s, size_t n)
{
    size_t i, end;
    for (i = 0; i < n; i = end) {
        for (end = i + 1; end < n && !(s[end] == ' ' && strchr(".!?", s[end - 1]));)
            end++;
        if (s[i] == '.' || s[i] == '\'') fputs("\\&", f);
        put_text(f, s + i, end - i);
        putc('\n', f);
        while (end < n && s[end] == ' ')
            end++;
    }
}

/* ".It" and words, none of which is a macro. */
static void put_item(FILE *f, const char *s, size_t n)
{
    size_t i = 0, beg;
    fputs(".It", f);
    while (i < n) {
        for (beg = i; i < n && s[i] != ' ';)
            i++;
        fputs(" \\&", f);
        put_text(f, s + beg, i - beg);
        while (i < n && s[i] == ' ')
            i++;
    }
    putc('\n', f);
}

static void put_sentence(FILE *f, const char *s)
{
    const size_t n = strlen(s);
    putc(toupper((unsigned char)s[0]), f);
    put_text(f, s + 1, n ? n - 1 : 0);
    fputs(n && strchr(".!?", s[n - 1]) ? "\n" : ".\n", f);
}

static void put_head(FILE *f, const char *name, int section, const char *what)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const char *epoch = getenv("SOURCE_DATE_EPOCH"), *p;
    time_t t = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm day;
    gmtime_r(&t, &day);
    fprintf(f, ".Dd %s %d, %d\n.Dt QUERN\\-", months[day.tm_mon], day.tm_mday, day.tm_year + 1900);
    for (p = name; *p; p++)
        putc(toupper((unsigned char)*p), f);
    fprintf(f, " %d\n.Os quern %s\n.Sh NAME\n.Nm quern\\-%s\n.Nd ", section, QN_VERSION, name);
    put_line(f, what, strlen(what));
}

/* ---- commands -------------------------------------------------------------------------------- */

typedef struct help_line {
    const char *p;
    size_t n, indent;
} help_line;

static int next_line(const char **at, help_line *l)
{
    const char *end;
    if (!**at) return 0;
    end = strchr(*at, '\n');
    l->p = *at;
    l->n = end ? (size_t)(end - *at) : strlen(*at);
    *at = end ? end + 1 : *at + l->n;
    l->indent = strspn(l->p, " ");
    if (l->indent > l->n) l->indent = l->n;
    return 1;
}

/* Where the gap behind a term is; n: there is none. */
static size_t gap_at(const char *s, size_t n)
{
    size_t i;
    for (i = 0; i + 1 < n; i++)
        if (s[i] == ' ' && s[i + 1] == ' ') return i;
    return n;
}

static void begin_list(FILE *f, int *listing)
{
    if (!*listing) fputs(".Bl -tag -width Ds\n", f);
    *listing = 1;
}

static void end_list(FILE *f, int *listing)
{
    if (*listing) fputs(".El\n", f);
    *listing = 0;
}

/* "  -o, --output OUT  replaces ..." */
static void put_option(FILE *f, const help_line *l, int *listing)
{
    const char *s = l->p + l->indent;
    const size_t n = l->n - l->indent, gap = gap_at(s, n);
    size_t text = gap;
    begin_list(f, listing);
    put_item(f, s, gap);
    while (text < n && s[text] == ' ')
        text++;
    if (text < n) put_line(f, s + text, n - text);
}

static void put_body(FILE *f, const char *more)
{
    enum { TERM = 10 }; /* an option's line is indented less */
    static const char status[] = "exit status:";
    help_line l;
    int listing = 0, blank = 1;
    while (next_line(&more, &l)) {
        if (l.n == l.indent) {
            blank = 1;
            continue;
        }
        if (l.indent >= 2 && l.indent < TERM) {
            put_option(f, &l, &listing);
        } else if (l.indent && listing) {
            put_line(f, l.p + l.indent, l.n - l.indent);
        } else if (l.n > sizeof status && strncmp(l.p, status, sizeof status - 1) == 0) {
            end_list(f, &listing);
            fputs(".Sh EXIT STATUS\n", f);
            put_line(f, l.p + sizeof status, l.n - sizeof status);
        } else {
            end_list(f, &listing);
            if (blank) fputs(".Pp\n", f);
            put_line(f, l.p + l.indent, l.n - l.indent);
        }
        blank = 0;
    }
    end_list(f, &listing);
}

void manual_of_command(FILE *f, const cli_command *c)
{
    const char *at = c->args;
    put_head(f, c->name, 1, c->help);
    fprintf(f, ".Sh SYNOPSIS\n.Nm quern Cm %s\n", c->name);
    while (*at) {
        const size_t n = strcspn(at, " ");
        const int optional = at[0] == '[' && n > 1 && at[n - 1] == ']';
        fputs(optional ? ".Op Ar \\&" : strncmp(at, "|", n) == 0 ? ".No \\&" : ".Ar \\&", f);
        put_text(f, at + optional, n - 2 * (size_t)optional);
        putc('\n', f);
        at += n + strspn(at + n, " ");
    }
    fputs(".Sh DESCRIPTION\n", f);
    put_sentence(f, c->help);
    put_body(f, c->more);
    fputs(".Sh SEE ALSO\n.Xr quern 1 ,\n.Xr quern.cfg 5\n", f);
}

/* ---- plugins --------------------------------------------------------------------------------- */

static const char *kind_of(const qn_plugin *p)
{
    return p->kind == QN_SOURCE ? "source" : p->kind == QN_STAGE ? "stage" : "sink";
}

static void put_words(FILE *f, const char *what, const char *const *word)
{
    size_t i;
    if (!word || !word[0]) return;
    fprintf(f, ".It %s\n", what);
    for (i = 0; word[i]; i++) {
        fputs(i ? ", " : "", f);
        put_text(f, word[i], strlen(word[i]));
    }
    putc('\n', f);
}

static void put_options(FILE *f, const qn_plugin *p)
{
    qn_option o;
    size_t i;
    if (!qn_option_row(p->options, p->option_stride, 0, &o)) return;
    fputs(".Sh OPTIONS\n.Bl -tag -width Ds\n", f);
    for (i = 0; qn_option_row(p->options, p->option_stride, i, &o); i++) {
        char what[512];
        qn_option_describe(&o, what, sizeof what);
        put_item(f, o.name, strlen(o.name));
        put_sentence(f, o.help);
        fputs(".br\n", f);
        put_sentence(f, what);
    }
    fputs(".El\n", f);
}

static void put_counters(FILE *f, const qn_plugin *p)
{
    const qn_counter_decl *c;
    if (!p->counters || !p->counters->name) return;
    fputs(".Sh COUNTERS\nIn the summary of a run and in its statistics:\n.Bl -tag -width Ds\n", f);
    for (c = p->counters; c->name; c++) {
        put_item(f, c->name, strlen(c->name));
        put_sentence(f, c->help);
    }
    fputs(".El\n", f);
}

void manual_of_plugin(FILE *f, const qn_plugin *p)
{
    put_head(f, p->name, 7, p->help);
    fprintf(f,
            ".Sh SYNOPSIS\n.Li \"{ plugin = \\(dq%s\\(dq; }\"\n.Sh DESCRIPTION\nThe %s\n.Nm %s\n",
            p->name, kind_of(p), p->name);
    put_line(f, p->help, strlen(p->help));
    fputs(".Bl -tag -width Ds\n", f);
    fprintf(f, ".It version\n%s, plugin ABI %u.%u, %s\n", p->version, p->abi_major, p->abi_minor,
            p->license ? p->license : "no licence named");
    put_words(f, "needs", p->needs);
    put_words(f, "makes", p->makes);
    put_words(f, "labels and rules", p->names);
    fputs(".El\n", f);
    put_options(f, p);
    put_counters(f, p);
    fputs(".Sh SEE ALSO\n.Xr quern 1 ,\n.Xr quern.cfg 5\n", f);
}
