/* SPDX-License-Identifier: MIT */
/* core/check/child.c - a test in a process of its own: deadline, crash, exit, output, and what it
 * left behind (files open, threads, folder, locale, signal handlers). */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check/check.h"

/* First byte of a line in the pipe. */
enum { PROBLEM = '!', NOTE = '#', SKIP = '-', DONE = '.' };

struct check_report {
    int fd;
    char words[CHECK_WORDS]; /* without a child */
    size_t n;
};

static void say(check_report *r, char kind, const char *fmt, va_list args)
{
    char line[1200];
    int n = vsnprintf(line + 1, sizeof line - 2, fmt, args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line - 3 ? (size_t)n : sizeof line - 3;
    char *p;
    line[0] = kind;
    for (p = line + 1; p < line + 1 + len; p++)
        if (*p == '\n') *p = ' ';
    line[len + 1] = '\n';
    len += 2;
    if (r->fd >= 0) {
        while (write(r->fd, line, len) < 0 && errno == EINTR) {
        }
    } else if (r->n + len < sizeof r->words) {
        memcpy(r->words + r->n, line, len);
        r->n += len;
    }
}

void check_problem(check_report *r, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(r, PROBLEM, fmt, args);
    va_end(args);
}

void check_note(check_report *r, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(r, NOTE, fmt, args);
    va_end(args);
}

static void mark(check_report *r, char kind, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(r, kind, fmt, args);
    va_end(args);
}

void check_skip(check_report *r, const char *why)
{
    mark(r, SKIP, "%s", why);
}

/* ---- what is left behind ----------------------------------------------------------------------
 */

struct world {
    int files, threads;
    char folder[512], locale[64];
    void (*handler[32])(int);
};

static int entries(const char *path)
{
    int n = 0, i;
    char name[64];
    for (i = 0; i < 1024 && strcmp(path, "fd") == 0; i++)
        n += fcntl(i, F_GETFD) >= 0;
    if (strcmp(path, "threads") == 0) {
        FILE *f = fopen("/proc/self/status", "re");
        while (f && fgets(name, sizeof name, f))
            if (sscanf(name, "Threads: %d", &n) == 1) break;
        if (f) fclose(f);
    }
    return n;
}

static void look(struct world *w)
{
    const char *locale = setlocale(LC_ALL, NULL);
    int i;
    memset(w, 0, sizeof *w);
    w->files = entries("fd");
    w->threads = entries("threads");
    if (!getcwd(w->folder, sizeof w->folder)) w->folder[0] = '\0';
    snprintf(w->locale, sizeof w->locale, "%s", locale ? locale : "");
    for (i = 1; i < 32; i++) {
        struct sigaction a;
        if (sigaction(i, NULL, &a) == 0) w->handler[i] = a.sa_handler;
    }
}

static void compare(check_report *r, const struct world *a, const struct world *b)
{
    int i;
    if (b->files > a->files)
        check_problem(r, "left %d files open: close in close() what open() has opened",
                      b->files - a->files);
    if (b->threads > a->threads)
        check_problem(r, "left %d threads running: end in close() what open() has started",
                      b->threads - a->threads);
    if (strcmp(a->folder, b->folder) != 0)
        check_problem(r, "changed the working folder to %s: that is the program's", b->folder);
    if (strcmp(a->locale, b->locale) != 0)
        check_problem(r, "changed the locale to %s: that is the program's", b->locale);
    for (i = 1; i < 32; i++)
        if (a->handler[i] != b->handler[i])
            check_problem(r, "changed what signal %d does: that is the program's", i);
}

static void *nothing(void *arg)
{
    return arg;
}

static void run_test(const check_task *t, const check_test *test, check_report *r)
{
    struct world before, after;
    pthread_t first;
    int wait;
    /* A sanitizer starts a thread of its own with the program's first one. */
    if (pthread_create(&first, NULL, nothing, NULL) == 0) pthread_join(first, NULL);
    look(&before);
    test->run(t, r, test->which);
    look(&after);
    /* The kernel may still count a thread that has been joined. */
    for (wait = 0; wait < 1000 && after.threads > before.threads; wait++) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        after.threads = entries("threads");
    }
    compare(r, &before, &after);
    mark(r, DONE, "done");
}

/* ---- the child ----------------------------------------------------------------------------------
 */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct heard {
    char said[CHECK_WORDS], printed[200];
    size_t nsaid, nprinted;
    int late;
};

static size_t take(int fd, char *buf, size_t n, size_t cap)
{
    char rest[512];
    ssize_t got = n < cap ? read(fd, buf + n, cap - n) : read(fd, rest, sizeof rest);
    if (got <= 0) return SIZE_MAX;
    return n < cap ? n + (size_t)got : n;
}

/* Until both pipes are closed, or the time is up. */
static void listen_to(int words, int output, double until, struct heard *h)
{
    struct pollfd p[2] = {{words, POLLIN, 0}, {output, POLLIN, 0}};
    while (p[0].fd >= 0 || p[1].fd >= 0) {
        double left = until - now();
        int i;
        if (left <= 0) {
            h->late = 1;
            return;
        }
        if (poll(p, 2, (int)(left * 1000) + 1) <= 0) continue;
        for (i = 0; i < 2; i++) {
            size_t n;
            if (p[i].fd < 0 || !p[i].revents) continue;
            n = i ? take(output, h->printed, h->nprinted, sizeof h->printed - 1)
                  : take(words, h->said, h->nsaid, sizeof h->said - 1);
            if (n == SIZE_MAX)
                p[i].fd = -1;
            else if (i)
                h->nprinted = n;
            else
                h->nsaid = n;
        }
    }
}

static void be_child(const check_task *t, const check_test *test, int words, int output)
{
    check_report r = {.fd = words};
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    close(output);
    close(null);
    run_test(t, test, &r);
    fflush(NULL);
    _exit(0);
}

static void add(char *words, size_t *n, const char *fmt, ...)
{
    va_list args;
    int k;
    va_start(args, fmt);
    k = vsnprintf(words + *n, CHECK_WORDS - *n, fmt, args);
    va_end(args);
    if (k > 0) *n = *n + (size_t)k < CHECK_WORDS ? *n + (size_t)k : CHECK_WORDS - 1;
}

/* The lines that were said, without their kinds; was the test done to its end? */
static check_result read_lines(const char *said, char *words, size_t *n, int *done)
{
    check_result result = CHECK_OK;
    const char *p = said;
    *done = 0;
    while (*p) {
        const size_t len = strcspn(p, "\n");
        if (*p == DONE)
            *done = 1;
        else
            add(words, n, "%s%.*s\n", *p == NOTE ? "note: " : "", (int)(len ? len - 1 : 0), p + 1);
        if (*p == PROBLEM) result = CHECK_FAILED;
        if (*p == SKIP && result == CHECK_OK) result = CHECK_SKIPPED;
        p += len + (p[len] == '\n');
    }
    return result;
}

static check_result judge(const check_task *t, struct heard *h, int status, char *words)
{
    size_t n = 0;
    int done;
    check_result result;
    words[0] = '\0';
    h->said[h->nsaid] = h->printed[h->nprinted] = '\0';
    result = read_lines(h->said, words, &n, &done);
    if (h->late) {
        add(words, &n,
            "did not end within %g seconds: its work must grow no faster than the text\n",
            t->deadline);
        return CHECK_FAILED;
    }
    if (WIFSIGNALED(status)) {
        add(words, &n, "crashed: signal %d (%s); find the place with --in-process in a debugger\n",
            WTERMSIG(status), strsignal(WTERMSIG(status)));
        return CHECK_FAILED;
    }
    if (!done) {
        add(words, &n, "ended the program with status %d: return an error instead\n",
            WEXITSTATUS(status));
        return CHECK_FAILED;
    }
    if (h->nprinted) {
        h->printed[strcspn(h->printed, "\n")] = '\0';
        add(words, &n, "printed \"%s\": say it with host->log, or return an error\n", h->printed);
        return CHECK_FAILED;
    }
    return result;
}

static check_result in_child(const check_task *t, const check_test *test, char *words)
{
    struct heard h = {.nsaid = 0};
    int said[2], printed[2], status = 0;
    pid_t pid;
    if (pipe2(said, O_CLOEXEC) != 0) return CHECK_FAILED;
    if (pipe2(printed, O_CLOEXEC) != 0) {
        close(said[0]);
        close(said[1]);
        return CHECK_FAILED;
    }
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        close(said[0]);
        close(printed[0]);
        be_child(t, test, said[1], printed[1]);
    }
    close(said[1]);
    close(printed[1]);
    if (pid > 0) listen_to(said[0], printed[0], now() + t->deadline, &h);
    close(said[0]);
    close(printed[0]);
    if (pid < 0) {
        snprintf(words, CHECK_WORDS, "fork: %s\n", strerror(errno));
        return CHECK_FAILED;
    }
    if (h.late) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return judge(t, &h, status, words);
}

check_result check_run(const check_task *t, const check_test *test, char *words)
{
    check_report r = {.fd = -1};
    size_t n = 0;
    int done;
    if (!t->in_process) return in_child(t, test, words);
    run_test(t, test, &r);
    r.words[r.n] = '\0';
    words[0] = '\0';
    return read_lines(r.words, words, &n, &done);
}

int check_survives(void (*act)(void *), void *arg)
{
    int status = 0;
    pid_t pid;
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        act(arg);
        _exit(0);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return pid > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}
