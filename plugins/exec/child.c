/* SPDX-License-Identifier: MIT */
/* plugins/exec/child.c - see child.h. A socket and not a pipe: writing to one whose reader has gone
 * gives an error instead of a signal. */
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- starting ---------------------------------------------------------------------------------
 */

/* The program gets the terminal's signals with us, but an interrupt is ours to handle: it ends when
 * its input does. */
static int spawn(exec_child *c, char *const *argv, int fd)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, defaults;
    int err;
    if (posix_spawn_file_actions_init(&files) != 0) return ENOMEM;
    if (posix_spawnattr_init(&attr) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &defaults);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                        POSIX_SPAWN_SETPGROUP);
    err = posix_spawnp(&c->pid, argv[0], &files, &attr, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    if (err) c->pid = 0;
    return err;
}

int exec_child_start(exec_child *c, char *const *argv)
{
    int pair[2], err;
    c->in.n = c->taken = c->scanned = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        snprintf(c->why, sizeof c->why, "socketpair: %s", strerror(errno));
        return 0;
    }
    err = spawn(c, argv, pair[1]);
    close(pair[1]);
    if (err) {
        close(pair[0]);
        c->pid = 0;
        snprintf(c->why, sizeof c->why, "cannot start '%s': %s", argv[0], strerror(err));
        return 0;
    }
    c->fd = pair[0];
    return 1;
}

/* ---- ending -----------------------------------------------------------------------------------
 */

static void say_status(exec_child *c, int status)
{
    if (WIFSIGNALED(status))
        snprintf(c->why, sizeof c->why, "the program was ended by signal %d", WTERMSIG(status));
    else
        snprintf(c->why, sizeof c->why, "the program ended with status %d", WEXITSTATUS(status));
}

/* Leaves the status where it is, and with it the number of the program's group. */
static int has_ended(const exec_child *c)
{
    siginfo_t ended = {.si_pid = 0};
    return waitid(P_PID, (id_t)c->pid, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid;
}

/* Takes the status of a program that is ending, or is made to. What it has started ends with it,
 * and before its status is taken: until then nobody else can have the number of its group. */
static void reap(exec_child *c, double seconds)
{
    double until = now() + seconds;
    int status = 0, by_itself;
    while (!has_ended(c) && now() < until) {
        struct timespec ms = {0, 1000000};
        nanosleep(&ms, NULL);
    }
    by_itself = has_ended(c);
    kill(-c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (by_itself)
        say_status(c, status);
    else if (seconds > 0)
        snprintf(c->why, sizeof c->why, "the program closed its output and did not end");
    close(c->fd);
    c->pid = 0;
}

void exec_child_kill(exec_child *c)
{
    if (c->pid) reap(c, 0);
}

/* The end of its output would do to wait for, but what it started may hold that open. */
void exec_child_stop(exec_child *c, double seconds)
{
    enum { LOOK_AGAIN_MS = 10 };
    char rest[4096];
    double until = now() + seconds;
    struct pollfd p = {c->fd, POLLIN, 0};
    if (!c->pid) return;
    shutdown(c->fd, SHUT_WR);
    while (now() < until && !has_ended(c))
        if (poll(&p, 1, LOOK_AGAIN_MS) > 0 && read(c->fd, rest, sizeof rest) <= 0) break;
    reap(c, until > now() ? until - now() : 0);
}

void exec_child_free(exec_child *c)
{
    exec_child_kill(c);
    qn_jsonw_free(&c->in);
}

/* ---- talking ----------------------------------------------------------------------------------
 */

int exec_child_line(exec_child *c, qn_str *line)
{
    const char *end =
        c->scanned < c->in.n ? memchr(c->in.p + c->scanned, '\n', c->in.n - c->scanned) : NULL;
    c->scanned = c->in.n;
    if (!end) return 0;
    *line = (qn_str){c->in.p + c->taken, (size_t)(end - c->in.p) - c->taken};
    c->taken = c->scanned = (size_t)(end - c->in.p) + 1;
    return 1;
}

/* A line may be there already; what is used up makes room. */
static int has_line(const exec_child *c)
{
    return c->in.n > c->taken && memchr(c->in.p + c->taken, '\n', c->in.n - c->taken) != NULL;
}

static exec_event take_in(exec_child *c)
{
    enum { STEP = 65536 };
    char *room;
    ssize_t n;
    if (c->taken) {
        memmove(c->in.p, c->in.p + c->taken, c->in.n - c->taken);
        c->in.n -= c->taken;
        c->scanned -= c->taken;
        c->taken = 0;
    }
    room = qn_jsonw_room(&c->in, STEP);
    if (!room) {
        snprintf(c->why, sizeof c->why, "out of memory");
        return EXEC_BROKEN;
    }
    n = read(c->fd, room, STEP);
    if (n > 0) {
        c->in.n += (size_t)n;
        if (!has_line(c) && c->in.n > c->most) {
            snprintf(c->why, sizeof c->why, "an answer has more than %zu bytes", c->most);
            return EXEC_BROKEN;
        }
        return EXEC_WRITTEN; /* go on */
    }
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return EXEC_WRITTEN;
    reap(c, 1);
    return EXEC_ENDED;
}

static exec_event give_out(exec_child *c, qn_str out, size_t *sent)
{
    ssize_t n = send(c->fd, out.p + *sent, out.n - *sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) *sent += (size_t)n;
    if (n >= 0 || errno == EAGAIN || errno == EINTR) return EXEC_WRITTEN;
    reap(c, 1);
    return EXEC_ENDED;
}

exec_event exec_child_talk(exec_child *c, qn_str out, size_t *sent, double seconds)
{
    double until = now() + seconds, left;
    for (;;) {
        struct pollfd p = {c->fd, POLLIN, 0};
        exec_event e = EXEC_WRITTEN;
        if (has_line(c)) {
            c->scanned = c->taken;
            return EXEC_LINE;
        }
        left = until - now();
        if (left <= 0) return EXEC_LATE;
        if (*sent < out.n) p.events |= POLLOUT;
        if (poll(&p, 1, (int)(left * 1000) + 1) < 0 && errno != EINTR) {
            snprintf(c->why, sizeof c->why, "poll: %s", strerror(errno));
            return EXEC_BROKEN;
        }
        if (p.revents & (POLLIN | POLLHUP | POLLERR)) e = take_in(c);
        if (e == EXEC_WRITTEN && (p.revents & POLLOUT)) e = give_out(c, out, sent);
        if (e == EXEC_ENDED && has_line(c)) continue; /* its last words count */
        if (e != EXEC_WRITTEN) return e;
    }
}
