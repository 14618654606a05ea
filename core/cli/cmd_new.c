/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_new.c - quern new: a config to go on from, with its tests. The kinds are the configs
 * that come with quern: the folder "conf" in the folders of data files. */
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "session.h"
#include "suggest.h"

const char help_new[] =
    "  KIND                  what for; without it, the kinds are listed\n"
    "  FILE.cfg              the new config (default: KIND.cfg); its tests go to FILE.test.cfg\n"
    "\n"
    "The configs are those that come with quern; comments in them say what each stage does.\n"
    "Nothing that is there already is overwritten.\n"
    "\n"
    "exit status: 0; 64 wrong command line, no such kind; 73 a file is there already or\n"
    "cannot be made; 74 writing failed\n";

enum { CONFIG_MOST = 1 << 16, KINDS_MOST = 64, PATH_MOST = 4096 };

struct kind {
    char *name, *dir; /* DIR/NAME.cfg */
};

struct kinds {
    struct kind v[KINDS_MOST]; /* sorted by name */
    size_t n;
};

static int ends_in(const char *s, const char *end)
{
    const size_t n = strlen(s), k = strlen(end);
    return n > k && strcmp(s + n - k, end) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct kind *)a)->name, ((const struct kind *)b)->name);
}

static const struct kind *known(const struct kinds *k, const char *name)
{
    size_t i;
    for (i = 0; i < k->n; i++)
        if (strcmp(k->v[i].name, name) == 0) return &k->v[i];
    return NULL;
}

static void add_kind(struct kinds *k, const char *file, const char *dir)
{
    struct kind new = {strndup(file, strlen(file) - strlen(".cfg")), strdup(dir)};
    if (!new.name || !new.dir || known(k, new.name)) {
        free(new.name);
        free(new.dir);
    } else {
        k->v[k->n++] = new;
    }
}

/* The configs of a folder; an earlier folder's of the same name goes before. */
static void add_folder(struct kinds *k, const char *folder, int len)
{
    char dir[PATH_MOST];
    DIR *d;
    struct dirent *e;
    snprintf(dir, sizeof dir, "%.*s/conf", len, folder);
    d = opendir(dir);
    while (d && (e = readdir(d)) != NULL && k->n < KINDS_MOST)
        if (e->d_name[0] != '.' && ends_in(e->d_name, ".cfg") && !ends_in(e->d_name, ".test.cfg"))
            add_kind(k, e->d_name, dir);
    if (d) closedir(d);
}

static int find_kinds(struct kinds *k)
{
    qn_session *s = qn_session_new(NULL, NULL);
    const char *dir;
    k->n = 0;
    if (!s) return 0;
    for (dir = s->data_dirs; *dir; dir += dir[0] == ':') {
        const int len = (int)strcspn(dir, ":");
        if (len) add_folder(k, dir, len);
        dir += len;
    }
    qn_session_free(s);
    qsort(k->v, k->n, sizeof *k->v, by_name);
    return 1;
}

static void free_kinds(struct kinds *k)
{
    while (k->n) {
        free(k->v[--k->n].name);
        free(k->v[k->n].dir);
    }
}

/* A whole file, to be freed; NULL when it cannot be read or is no config of ours. */
static char *read_text(const char *path)
{
    FILE *f = fopen(path, "re");
    char *text = f ? calloc(1, CONFIG_MOST) : NULL;
    if (text && fread(text, 1, CONFIG_MOST - 1, f) == 0) {
        free(text);
        text = NULL;
    }
    if (f) fclose(f);
    return text;
}

/* The first paragraph of the comment at the top, behind the licence. */
static void print_about(const char *text)
{
    const char *p = strchr(text, '\n');
    for (p = p ? p + 1 : text; p[0] == '#' && p[1] == ' '; p++) {
        const int len = (int)strcspn(p + 2, "\n");
        printf("    %.*s\n", len, p + 2);
        p += 2 + len;
        if (!*p) return;
    }
}

static void list_kinds(const struct kinds *k)
{
    char path[PATH_MOST];
    size_t i;
    for (i = 0; i < k->n; i++) {
        char *text;
        snprintf(path, sizeof path, "%s/%s.cfg", k->v[i].dir, k->v[i].name);
        text = read_text(path);
        printf("%s\n", k->v[i].name);
        if (text) print_about(text);
        free(text);
    }
    if (!k->n) printf("no configs are installed: QUERN_DATA_PATH names folders with a \"conf\"\n");
}

/* ---- the new files ------------------------------------------------------------------------------
 */

/* Writes the text with its old name, where ".cfg" or ".test.cfg" follows, as the new one; "conf/"
 * before it goes, too. */
static qn_status put_renamed(qn_out *out, const char *text, const char *old, const char *new,
                             char *why, size_t nwhy)
{
    const size_t n = strlen(old);
    const char *hit, *from = text;
    qn_status st = QN_OK;
    while (st == QN_OK && (hit = strstr(from, old)) != NULL) {
        size_t before = (size_t)(hit - text);
        from = hit + n;
        if (strncmp(from, ".cfg", 4) != 0 && strncmp(from, ".test.cfg", 9) != 0) continue;
        if (before >= 5 && memcmp(hit - 5, "conf/", 5) == 0) before -= 5;
        st = qn_out_write(out, (qn_str){text, before}, why, nwhy);
        if (st == QN_OK) st = qn_out_write(out, (qn_str){new, strlen(new)}, why, nwhy);
        text = from;
    }
    return st == QN_OK ? qn_out_write(out, (qn_str){text, strlen(text)}, why, nwhy) : st;
}

static int fail(int status, const char *why)
{
    fprintf(stderr, "quern: %s\n", why);
    return status;
}

/* Makes `path` of `source`; `old` is the kind, `new` the file's own name, both without ".cfg". */
static int make_file(const char *path, const char *source, const char *old, const char *new)
{
    char why[PATH_MOST + 100];
    char *text = read_text(source);
    qn_out *out;
    int code = EXIT_DONE;
    if (!text) {
        snprintf(why, sizeof why, "cannot read '%s': %s", source, strerror(errno));
        return fail(EXIT_CANTCREATE, why);
    }
    out = qn_out_open(path, 0, why, sizeof why);
    if (!out)
        code = fail(EXIT_CANTCREATE, why);
    else if (put_renamed(out, text, old, new, why, sizeof why) != QN_OK ||
             qn_out_keep(out, why, sizeof why) != QN_OK)
        code = fail(EXIT_IO, why);
    qn_out_free(out);
    free(text);
    return code;
}

/* The line of the config's comment that shows how to run it. */
static void print_usage(const char *path)
{
    char *text = read_text(path);
    const char *run = text ? strstr(text, "quern run ") : NULL;
    if (run) printf("  %.*s\n", (int)strcspn(run, "\n"), run);
    free(text);
}

/* `base`: the new config's path without ".cfg". */
static int make_config(const struct kind *k, const char *base)
{
    static const char *const ends[] = {".cfg", ".test.cfg"};
    const char *new = strrchr(base, '/') ? strrchr(base, '/') + 1 : base;
    char made[PATH_MOST + 16], source[PATH_MOST], why[PATH_MOST + 116];
    size_t i;
    int code = EXIT_DONE;
    for (i = 0; i < 2; i++) {
        snprintf(made, sizeof made, "%s%s", base, ends[i]);
        if (access(made, F_OK) != 0) continue;
        snprintf(why, sizeof why, "'%s' is there already: give another name", made);
        return fail(EXIT_CANTCREATE, why);
    }
    for (i = 0; i < 2 && code == EXIT_DONE; i++) {
        snprintf(made, sizeof made, "%s%s", base, ends[i]);
        snprintf(source, sizeof source, "%s/%s%s", k->dir, k->name, ends[i]);
        if (i == 0 || access(source, F_OK) == 0) code = make_file(made, source, k->name, new);
    }
    if (code != EXIT_DONE) return code;
    snprintf(made, sizeof made, "%s.test.cfg", base);
    if (access(made, F_OK) == 0)
        printf("made %s.cfg, and %s with what it promises\n", base, made);
    else
        printf("made %s.cfg\n", base);
    printf("  quern check %s.cfg\n", base);
    if (access(made, F_OK) == 0) printf("  quern test %s\n", made);
    snprintf(made, sizeof made, "%s.cfg", base);
    print_usage(made);
    return EXIT_DONE;
}

static int no_such_kind(const struct kinds *k, const char *kind)
{
    qn_suggest s;
    size_t i;
    qn_suggest_start(&s, kind);
    for (i = 0; i < k->n; i++)
        qn_suggest_try(&s, k->v[i].name);
    if (s.best) return usage_error("new", "no kind '%s' - did you mean '%s'?", kind, s.best);
    return usage_error("new", "no kind '%s'; `quern new` lists them", kind);
}

static int act(const struct kinds *k, int n, char **word)
{
    char base[PATH_MOST];
    const struct kind *kind;
    if (n == 0) {
        list_kinds(k);
        return EXIT_DONE;
    }
    if (n > 2) return usage_error("new", "too many words");
    kind = known(k, word[0]);
    if (!kind) return no_such_kind(k, word[0]);
    if (n > 1 && (!ends_in(word[1], ".cfg") || ends_in(word[1], "/.cfg")))
        return usage_error("new", "'%s': the name of a config ends in \".cfg\"", word[1]);
    snprintf(base, sizeof base, "%s", word[n - 1]);
    if (n > 1) base[strlen(base) - strlen(".cfg")] = '\0';
    return make_config(kind, base);
}

int cmd_new(int argc, char **argv)
{
    static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    struct kinds k;
    int o, code;
    opterr = 0;
    while ((o = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (o == 'h') return help_of("new");
        return usage_error("new", "unknown option '%s'", argv[optind - 1]);
    }
    if (!find_kinds(&k)) return fail(EXIT_INTERNAL, "out of memory");
    code = act(&k, argc - optind, argv + optind);
    free_kinds(&k);
    return code;
}
