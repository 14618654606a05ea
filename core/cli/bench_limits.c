/* SPDX-License-Identifier: MIT */
/* core/cli/bench_limits.c - what the machine can do at best, measured beside the runs: how fast
 * memory is copied, and how fast the input is read when nothing is done with it. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench_measure.h"
#include "step.h"

enum { COPY_BYTES = 32 << 20, BLOCK = 256 << 10, TIMES = 5 };

static double copy_speed(void)
{
    char *from = malloc(COPY_BYTES), *to = malloc(COPY_BYTES);
    double best = 0;
    int i;
    if (from && to) memset(from, 'x', COPY_BYTES);
    for (i = 0; from && to && i < TIMES; i++) {
        const uint64_t start = qn_now();
        uint64_t ns;
        memcpy(to, from, COPY_BYTES);
        ns = qn_now() - start;
        from[i] = to[COPY_BYTES - 1 - i]; /* the copy is wanted */
        if (i && ns && COPY_BYTES * 1e9 / (double)ns > best) best = COPY_BYTES * 1e9 / (double)ns;
    }
    free(from);
    free(to);
    return best;
}

/* nftw has no argument for the caller. */
static char block[BLOCK];
static uint64_t seen;

static void read_file(int fd)
{
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) > 0)
        seen += (uint64_t)got;
}

static int visit(const char *path, const struct stat *about, int what, struct FTW *place)
{
    int fd;
    (void)place;
    if (what != FTW_F || !S_ISREG(about->st_mode)) return 0;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    read_file(fd);
    close(fd);
    return 0;
}

static void read_inputs(const bench_job *job, FILE *sample)
{
    size_t i;
    if (sample && lseek(fileno(sample), 0, SEEK_SET) == 0) read_file(fileno(sample));
    for (i = 0; i < job->ninput; i++)
        nftw(job->input[i], visit, 16, FTW_PHYS);
}

static double read_speed(const bench_job *job)
{
    FILE *sample = job->ninput ? NULL : tmpfile();
    const size_t n = sample ? job->sample->start[job->sample->n] : 0;
    double best = 0;
    int i;
    if (sample && (fwrite(job->sample->text, 1, n, sample) != n || fflush(sample) != 0)) {
        fclose(sample);
        return 0;
    }
    for (i = 0; i < TIMES; i++) {
        const uint64_t start = qn_now();
        uint64_t ns;
        seen = 0;
        read_inputs(job, sample);
        ns = qn_now() - start;
        if (i && ns && (double)seen * 1e9 / (double)ns > best)
            best = (double)seen * 1e9 / (double)ns;
    }
    if (sample) fclose(sample);
    return best;
}

bench_limits bench_limits_of(const bench_job *job)
{
    return (bench_limits){copy_speed(), read_speed(job)};
}
