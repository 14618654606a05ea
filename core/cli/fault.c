/* SPDX-License-Identifier: MIT */
/* core/cli/fault.c - see fault.h. The words are put together by hand: stdio may be what broke. */
#include "fault.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "step.h"

struct words {
    char p[1024];
    size_t n;
};

/* No control character of a file's name reaches the terminal. */
static void add(struct words *w, const char *s, size_t n)
{
    size_t i;
    for (i = 0; i < n && w->n < sizeof w->p; i++)
        w->p[w->n++] = (unsigned char)s[i] < ' ' || s[i] == 0x7F ? '?' : s[i];
}

static void add_word(struct words *w, const char *s)
{
    add(w, s, strlen(s));
}

static void add_number(struct words *w, unsigned v)
{
    char digit[12];
    size_t at = sizeof digit;
    do
        digit[--at] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    add(w, digit + at, sizeof digit - at);
}

static void add_place(struct words *w, const qn_where *at)
{
    add_word(w, " in stage '");
    add_word(w, at->stage->id);
    add_word(w, "', plugin ");
    add_word(w, at->stage->module->file);
    if (!at->first) return;
    add_word(w, ", at the document ");
    add(w, at->first->place.p, at->first->place.n);
    if (at->n < 2) return;
    add_word(w, " or one of the ");
    add_number(w, at->n - 1);
    add_word(w, " behind it");
}

static void say(const struct words *w)
{
    size_t from = 0;
    while (from < w->n) {
        ssize_t put = write(STDERR_FILENO, w->p + from, w->n - from);
        if (put <= 0) return;
        from += (size_t)put;
    }
}

static void on_fault(int sig)
{
    struct words w = {.n = 0};
    qn_where at;
    add_word(&w, "quern: fault (signal ");
    add_number(&w, (unsigned)sig);
    add_word(&w, ")");
    if (qn_step_where(&at))
        add_place(&w, &at);
    else
        add_word(&w, " outside of the stages' work");
    add_word(&w, "; outputs are left as they were. `quern plugins check` tries a plugin out");
    if (w.n == sizeof w.p) w.n--;
    w.p[w.n++] = '\n';
    say(&w); /* what faulted does so again behind this, now for good */
}

void name_faults(void)
{
    static const int sigs[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    struct sigaction ours, there;
    size_t i;
    memset(&ours, 0, sizeof ours);
    ours.sa_handler = on_fault;
    ours.sa_flags = (int)SA_RESETHAND;
    for (i = 0; i < sizeof sigs / sizeof *sigs; i++)
        if (sigaction(sigs[i], NULL, &there) == 0 && there.sa_handler == SIG_DFL)
            sigaction(sigs[i], &ours, NULL);
}
