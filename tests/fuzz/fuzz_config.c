/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_config.c - any bytes as a config: no crash, and when the scanner finds no
 * mistake libconfig must read the same. What follows a NUL byte is a --set on top of it. Build:
 * see tests/fuzz/README.md. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config.h"
#include "option.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct opts {
    int64_t whole;
    uint64_t size;
    double time, real;
    int truth, word;
    const char *text;
    qn_list list;
};

static const qn_option table[] = {
    QN_OPTION(struct opts, whole, QN_INT, .def = "3", .min = "1", .max = "9", .help = "an int"),
    QN_OPTION(struct opts, size, QN_SIZE, .def = "64KiB", .max = "2GiB", .help = "a size"),
    QN_OPTION(struct opts, time, QN_TIME, .def = "5s", .help = "a time"),
    QN_OPTION(struct opts, real, QN_FLOAT, .min = "0", .excludes = "whole", .help = "a number"),
    QN_OPTION(struct opts, truth, QN_BOOL, .def = "true", .help = "yes or no"),
    QN_OPTION(struct opts, word, QN_ENUM, .def = "auto", .choices = "auto|on|off", .help = "one"),
    QN_OPTION(struct opts, text, QN_STRING, .help = "a string"),
    QN_OPTION(struct opts, list, QN_LIST, .choices = "a|b", .help = "some"),
    {.name = NULL},
};

/* The config as a file: the loader reads nothing else. */
static const char *as_file(const uint8_t *data, size_t size)
{
    static char path[64];
    static int fd = -1;
    if (fd < 0) {
        fd = memfd_create("config", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size) abort();
    return path;
}

static void read_options(const qn_config *cfg, qn_diags *diags)
{
    static const char *const reserved[] = {"plugin", "id", "on_error", NULL};
    static const qn_option_owner owner = {"the plugin", NULL, reserved};
    size_t i;
    for (i = 0; i < cfg->nstage; i++) {
        struct opts opts;
        memset(&opts, 0, sizeof opts);
        qn_options_read(table, sizeof *table, cfg->stage[i].node, &opts, cfg->pool, &owner, diags);
    }
}

/* Prints in every format. A line of the gnu format that starts its message with "libconfig" says
 * that the scanner and libconfig do not agree. */
static void must_agree(qn_diags *diags)
{
    char *text = NULL, *line;
    size_t n = 0, gnu;
    FILE *f = open_memstream(&text, &n);
    if (!f) abort();
    qn_diags_print(diags, f, QN_DIAG_TEXT, 0);
    qn_diags_print(diags, f, QN_DIAG_JSON, 0);
    fflush(f);
    gnu = n;
    qn_diags_print(diags, f, QN_DIAG_GNU, 0);
    fclose(f);
    for (line = text + gnu; (line = strstr(line, ": error: ")) != NULL;
         line += strcspn(line, "\n")) {
        if (strncmp(line + 9, "libconfig re", 12) != 0) continue;
        fputs(text, stderr);
        abort();
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, '\0', size) : NULL;
    size_t n = nul ? (size_t)(nul - data) : size;
    char *set = nul ? strndup((const char *)nul + 1, size - n - 1) : NULL;
    qn_diags *diags = qn_diags_new();
    qn_config *cfg = diags ? qn_config_load(as_file(data, n), diags) : NULL;
    if (cfg && set) qn_config_set(cfg, set, diags);
    if (cfg) read_options(cfg, diags);
    must_agree(diags);
    qn_config_free(cfg);
    qn_diags_free(diags);
    free(set);
    return 0;
}
