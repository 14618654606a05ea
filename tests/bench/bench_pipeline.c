/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_pipeline.c - the program as a whole, run on the sample articles with the news
 * config: time to the first record, memory against the number of records, gain of a second worker.
 * usage: bench_pipeline QUERN CONFIG ARTICLE... [RECORDS] (default 20000) */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "text/json_write.h"

enum { STARTS = 21, RUNS = 5 };

struct cost {
    double wall, first, cpu; /* seconds; `first`: until the first byte of output */
    long rss;                /* KiB */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Runs the program on an input and reads its output to the end. */
static struct cost run(const char *quern, const char *config, const char *input, const char *j)
{
    struct cost c = {0, 0, 0, 0};
    struct rusage use;
    char buf[65536];
    int fd[2], status;
    double start = now();
    ssize_t n;
    pid_t pid;
    if (pipe(fd) != 0 || (pid = fork()) < 0) die("fork");
    if (pid == 0) {
        dup2(fd[1], STDOUT_FILENO);
        close(fd[0]);
        close(fd[1]);
        execl(quern, quern, "run", "-q", "-j", j, config, input, "-o", "-", (char *)NULL);
        _exit(127);
    }
    close(fd[1]);
    while ((n = read(fd[0], buf, sizeof buf)) > 0)
        if (c.first == 0) c.first = now() - start;
    close(fd[0]);
    if (wait4(pid, &status, 0, &use) != pid || status != 0) {
        fprintf(stderr, "%s run -q -j %s %s %s failed\n", quern, j, config, input);
        exit(1);
    }
    c.wall = now() - start;
    c.cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
            (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
    c.rss = use.ru_maxrss;
    return c;
}

/* The articles over and over, one JSON object a line. Returns the bytes of text. */
static uint64_t write_records(const char *path, char **article, int narticle, long records)
{
    static char text[1 << 20];
    FILE *out = fopen(path, "w");
    uint64_t bytes = 0;
    qn_jsonw w = {0};
    long i;
    if (!out) die(path);
    for (i = 0; i < records; i++) {
        FILE *in = fopen(article[i % narticle], "r");
        qn_str s = {text, 0};
        if (!in) die(article[i % narticle]);
        s.n = fread(text, 1, sizeof text, in);
        fclose(in);
        bytes += s.n;
        w.n = 0;
        qn_jsonw_lit(&w, "{\"text\":");
        qn_jsonw_str(&w, s);
        qn_jsonw_lit(&w, "}\n");
        fwrite(w.p, 1, w.n, out);
    }
    qn_jsonw_free(&w);
    if (fclose(out) != 0) die(path);
    return bytes;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void first_record(const char *quern, const char *config, const char *article)
{
    double first[STARTS];
    int i;
    for (i = 0; i < STARTS; i++)
        first[i] = run(quern, config, article, "1").first;
    qsort(first, STARTS, sizeof *first, by_value);
    printf("start to first record   %6.1f ms median, %.1f best (limit 10)\n",
           first[STARTS / 2] * 1e3, first[0] * 1e3);
}

static void memory(const char *quern, const char *config, const char *few, const char *many,
                   long records)
{
    const char *const workers[] = {"1", "2"};
    int i;
    for (i = 0; i < 2; i++)
        printf("memory, %s worker%s       %6.1f MB at 100 records, %.1f at %ld (limit %d)\n",
               workers[i], i ? "s" : " ", (double)run(quern, config, few, workers[i]).rss / 1024,
               (double)run(quern, config, many, workers[i]).rss / 1024, records, 28 + 4 * i);
}

static void workers(const char *quern, const char *config, const char *many, uint64_t bytes)
{
    double gain[RUNS], cpu[RUNS];
    struct cost one = {0, 0, 0, 0}, two;
    int i;
    for (i = 0; i < RUNS; i++) {
        one = run(quern, config, many, "1");
        two = run(quern, config, many, "2");
        gain[i] = one.wall / two.wall;
        cpu[i] = two.cpu / one.cpu;
    }
    qsort(gain, RUNS, sizeof *gain, by_value);
    qsort(cpu, RUNS, sizeof *cpu, by_value);
    printf("speed, 1 worker         %6.1f MB/s\n", (double)bytes / 1e6 / one.wall);
    printf("gain of a second worker %6.2f x wall, %.2f x processor time (aim 1.85, 1.05)\n",
           gain[RUNS / 2], cpu[RUNS / 2]);
}

int main(int argc, char **argv)
{
    char few[] = "/tmp/quern-few-XXXXXX", many[] = "/tmp/quern-many-XXXXXX";
    long records = 20000;
    uint64_t bytes;
    if (argc > 4 && strspn(argv[argc - 1], "0123456789") == strlen(argv[argc - 1]))
        records = atol(argv[--argc]);
    if (argc < 4) {
        fprintf(stderr, "usage: %s QUERN CONFIG ARTICLE... [RECORDS]\n", argv[0]);
        return 64;
    }
    if (mkstemp(few) < 0 || mkstemp(many) < 0) die("mkstemp");
    write_records(few, argv + 3, argc - 3, 100);
    bytes = write_records(many, argv + 3, argc - 3, records);
    first_record(argv[1], argv[2], argv[3]);
    memory(argv[1], argv[2], few, many, records);
    workers(argv[1], argv[2], many, bytes);
    unlink(few);
    unlink(many);
    return 0;
}
