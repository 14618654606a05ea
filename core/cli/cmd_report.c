/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_report.c - quern report: what a file of records holds, as one page to read: counted
 * in one pass, so that a corpus of any size can be told of. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "lines.h"
#include "page/page.h"
#include "report/page.h"
#include "text/utf8.h"

const char help_report[] =
    "  RECORDS               JSON Lines as the sink jsonl writes them (plain, gzip, zstd;\n"
    "                        \"-\": standard input), with offsets in code points\n"
    "  -o, --output FILE     the page (default: standard output)\n"
    "      --stats FILE      what `quern run --stats FILE` wrote: adds the run, its stages\n"
    "                        and their time\n"
    "      --title TEXT      of the page (default: the first file's name)\n"
    "\n"
    "The page tells what the records hold: labels and the most frequent names, key phrases,\n"
    "lengths, metadata; what was changed or dropped by which rule, with examples (written\n"
    "with jsonl.provenance = true and jsonl.raw = true); documents that came twice or have\n"
    "no text. It is one file without a script.\n"
    "\n"
    "exit status: 0; 64 wrong command line; 65 a record is not what it should be; 66 a\n"
    "file cannot be read; 73 the page cannot be made; 74 writing failed\n";

struct report {
    report_corpus corpus;
    report_run run;
    int has_run;
    char why[1200];
};

static int fail(const struct report *r, int status)
{
    fprintf(stderr, "quern: %s\n", r->why);
    return status;
}

static int read_stats(struct report *r, const char *path)
{
    qn_str line;
    char words[512];
    if (lines_first(path, r->corpus.pool, &line, r->why, sizeof r->why) != QN_OK)
        return fail(r, EXIT_NOINPUT);
    r->has_run = 1;
    if (report_run_read(&r->run, r->corpus.pool, line.p, line.n, words, sizeof words))
        return EXIT_DONE;
    snprintf(r->why, sizeof r->why, "%s: %s", path, words);
    return fail(r, EXIT_DATA);
}

static int read_records(struct report *r, const char *path)
{
    lines l;
    qn_str line;
    char words[512];
    qn_status bad = QN_OK, st = lines_open(&l, path, r->why, sizeof r->why);
    if (st != QN_OK) return fail(r, EXIT_NOINPUT);
    while (bad == QN_OK && (st = lines_next(&l, &line, r->why, sizeof r->why)) == QN_OK)
        bad = report_corpus_add(&r->corpus, line, words, sizeof words);
    if (bad != QN_OK)
        snprintf(r->why, sizeof r->why, "%s:%llu: %s", path, (unsigned long long)l.number, words);
    lines_close(&l);
    if (bad != QN_OK) return fail(r, bad == QN_E_NOMEM ? EXIT_INTERNAL : EXIT_DATA);
    if (st == QN_END) return EXIT_DONE;
    return fail(r, st == QN_E_NOMEM ? EXIT_INTERNAL : EXIT_NOINPUT);
}

static void put_body(html *h, void *with)
{
    const struct report *r = with;
    report_body(h, &r->corpus, r->has_run ? &r->run : NULL);
}

static int make_page(struct report *r, const char *output, const char *title)
{
    html h = {.st = QN_OK};
    h.out = qn_out_open(output, 0, r->why, sizeof r->why);
    if (!h.out) return fail(r, EXIT_CANTCREATE);
    page_write(&h, report_page, title, put_body, r);
    if (h.st == QN_OK) h.st = qn_out_keep(h.out, h.why, sizeof h.why);
    qn_out_free(h.out);
    if (h.st == QN_OK) return EXIT_DONE;
    if (h.st != QN_E_CANCELLED) fprintf(stderr, "quern: %s\n", h.why);
    return EXIT_IO;
}

static int make_report(struct report *r, const char *stats, const char *output, const char *title,
                       char **path, int n)
{
    int code = stats ? read_stats(r, stats) : EXIT_DONE, i;
    for (i = 0; i < n && code == EXIT_DONE; i++)
        code = read_records(r, path[i]);
    report_corpus_end(&r->corpus);
    return code == EXIT_DONE ? make_page(r, output, title) : code;
}

int cmd_report(int argc, char **argv)
{
    static const struct option known[] = {{"output", required_argument, NULL, 'o'},
                                          {"stats", required_argument, NULL, 's'},
                                          {"title", required_argument, NULL, 't'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    static struct report r;
    const char *output = "-", *stats = NULL, *title = NULL;
    int o, code;
    opterr = 0;
    while ((o = getopt_long(argc, argv, "o:h", known, NULL)) != -1) {
        if (o == 'h') return help_of("report");
        if (o == 'o')
            output = optarg;
        else if (o == 's')
            stats = optarg;
        else if (o == 't')
            title = optarg;
        else
            return usage_error("report", "wrong option or value: '%s'", argv[optind - 1]);
    }
    if (optind == argc) return usage_error("report", "no file of records given");
    if (title && qn_utf8_valid(title, strlen(title)) != strlen(title))
        return usage_error("report", "the title is not UTF-8");
    if (!title) title = strcmp(argv[optind], "-") == 0 ? "Documents" : argv[optind];
    if (qn_utf8_valid(title, strlen(title)) != strlen(title)) title = "Documents";
    if (!report_corpus_init(&r.corpus)) {
        snprintf(r.why, sizeof r.why, "out of memory");
        return fail(&r, EXIT_INTERNAL);
    }
    code = make_report(&r, stats, output, title, argv + optind, argc - optind);
    report_corpus_free(&r.corpus);
    return code;
}
