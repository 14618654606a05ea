/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_compile_list.c - quern compile-list: lists of names as one file that needs no time
 * to load. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "out.h"
#include "text/phrases.h"

const char help_compile_list[] =
    "  -o, --output FILE         the list (required)\n"
    "\n"
    "LIST is text (names under [LABEL], an id behind a tab), CSV (first line: name,label\n"
    "and maybe id,aliases,case,use; aliases are parted by |) or JSON Lines with the same\n"
    "members. The plugin gazetteer reads these, too; a compiled list loads at once.\n"
    "\n"
    "exit status: 0 done; 65 a list is not what it should be; 66 it cannot be read; 73,\n"
    "74 the output cannot be written\n";

static int fail(int code, const char *what, const char *why)
{
    fprintf(stderr, "quern: compile-list: %s: %s\n", what, why);
    return code;
}

/* All of a file; p NULL: errno says why. */
static qn_str slurp(const char *path)
{
    qn_str s = {NULL, 0};
    size_t cap = 1 << 16, got;
    char *p = NULL, *more;
    FILE *f = fopen(path, "rbe");
    if (!f) return s;
    do {
        more = realloc(p, cap *= 2);
        if (!more) break;
        p = more;
        got = fread(p + s.n, 1, cap - s.n, f);
        s.n += got;
    } while (s.n == cap);
    if (!more || ferror(f)) {
        int error = more ? errno : ENOMEM;
        free(p);
        p = NULL;
        errno = error;
    }
    fclose(f);
    s.p = p;
    return s;
}

static int read_list(qn_phrases_builder *b, const char *path)
{
    char why[300], place[4096];
    unsigned line;
    qn_str text = slurp(path);
    int ok;
    if (!text.p) return fail(EXIT_NOINPUT, path, strerror(errno));
    ok = qn_phrases_read(b, path, text, &line, why, sizeof why);
    free((char *)text.p);
    if (ok) return EXIT_DONE;
    if (!line) return fail(EXIT_INTERNAL, path, "out of memory");
    snprintf(place, sizeof place, "%s:%u", path, line);
    return fail(EXIT_DATA, place, why);
}

static int write_list(const char *path, qn_phrases_builder *b)
{
    char why[1024] = "out of memory";
    qn_str list = qn_phrases_build(b);
    qn_out *out = list.p ? qn_out_open(path, 0, why, sizeof why) : NULL;
    int code = EXIT_DONE;
    if (!list.p)
        code = fail(EXIT_INTERNAL, path, why);
    else if (!out)
        code = fail(EXIT_CANTCREATE, path, why);
    else if (qn_out_write(out, list, why, sizeof why) != QN_OK ||
             qn_out_keep(out, why, sizeof why) != QN_OK)
        code = fail(EXIT_IO, path, why);
    if (out) qn_out_free(out);
    free((char *)list.p);
    return code;
}

int cmd_compile_list(int argc, char **argv)
{
    static const struct option longs[] = {{"output", required_argument, NULL, 'o'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    qn_phrases_builder *b;
    const char *out = NULL;
    int c, i, code = EXIT_DONE;
    while ((c = getopt_long(argc, argv, "o:h", longs, NULL)) != -1) {
        if (c == 'h') return help_of("compile-list");
        if (c != 'o') return usage_error("compile-list", "see the options above");
        out = optarg;
    }
    if (!out) return usage_error("compile-list", "no output given: -o FILE");
    if (optind == argc) return usage_error("compile-list", "no list given");
    b = qn_phrases_new();
    if (!b) return fail(EXIT_INTERNAL, out, "out of memory");
    for (i = optind; i < argc && code == EXIT_DONE; i++)
        code = read_list(b, argv[i]);
    if (code == EXIT_DONE) code = write_list(out, b);
    qn_phrases_free(b);
    return code;
}
