/* SPDX-License-Identifier: MIT */
/* core/cli/scaffold.c - see scaffold.h. In the templates @ stands for the plugin's name. */
#include "scaffold.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

/* A file of a new plugin. */
struct template
{
    const char *name, *text;
};

static const char makefile[] =
    "# make, make check, make install; what they do is in quern's plugin.mk\n"
    "PLUGIN = @\n"
    "PLUGIN_MK ?= $(shell pkg-config --variable=plugin_mk quern)\n"
    "ifeq ($(PLUGIN_MK),)\n"
    "$(error pkg-config does not find quern.pc: set PKG_CONFIG_PATH to its folder)\n"
    "endif\n"
    "include $(PLUGIN_MK)\n";

static const struct template filter[] = {
    {"@.c",
     "/* @.c - a quern plugin: says in the metadata how many words a text has. */\n"
     "#include <quern/plugin.h>\n"
     "\n"
     "static qn_status process(qn_ctx *cx, qn_record *r)\n"
     "{\n"
     "    qn_meta words = {.key = QN_STR(\"words\"), .type = QN_T_INT};\n"
     "    int blank, before = 1;\n"
     "    for (size_t i = 0; i < r->text.n; i++, before = blank) {\n"
     "        blank = (unsigned char)r->text.p[i] <= ' ';\n"
     "        words.u.i += before && !blank;\n"
     "    }\n"
     "    return cx->host->set_meta(cx, r, &words);\n"
     "}\n"
     "\n"
     "static const char *const needs[] = {\"text\", NULL}, *const makes[] = {\"meta\", NULL};\n"
     "\n"
     "const qn_plugin quern_plugin = {QN_PLUGIN_HEAD, .kind = QN_STAGE, .name = \"@\",\n"
     "                                .version = \"0.1\", .license = \"MIT\",\n"
     "                                .help = \"counts the words of a text\",\n"
     "                                .needs = needs, .makes = makes, .process = process};\n"},
    {"@.cfg",
     "# quern run @.cfg article.txt\n"
     "version = 1;\n"
     "stages = ( { plugin = \"files\"; }, { plugin = \"@\"; }, { plugin = \"jsonl\"; } );\n"},
    {"@.test.cfg", "# make check, or: QUERN_PLUGIN_PATH=. quern test @.test.cfg\n"
                   "version = 1;\n"
                   "config = \"@.cfg\";\n"
                   "tests = (\n"
                   "  { name = \"words are counted\"; input = \"Three plain  words\\n\";\n"
                   "    meta = { words = 3; }; },\n"
                   "  { name = \"an empty text has none\"; input = \"\"; meta = { words = 0; }; }\n"
                   ");\n"},
    {"Makefile", makefile},
    {NULL, NULL},
};

static const struct template source[] = {
    {"@.c",
     "/* @.c - a quern plugin: a source that counts to `count`. */\n"
     "#include <quern/plugin.h>\n"
     "#include <stdio.h>\n"
     "\n"
     "struct options { int64_t count; };\n"
     "static const qn_option options[] = {\n"
     "    QN_OPTION(struct options, count, QN_INT, .def = \"3\", .min = \"0\", .help = \"how "
     "far\"), {0}};\n"
     "static int64_t done; /* one source a run; a real one keeps this in cx->state */\n"
     "\n"
     "static qn_status read_batch(qn_ctx *cx, qn_batch *b)\n"
     "{\n"
     "    const struct options *o = cx->options;\n"
     "    for (; b->n < b->cap && done < o->count && !cx->host->stopping(cx); done++) {\n"
     "        qn_record *r = cx->host->add_record(cx, b);\n"
     "        char *text = r ? qn_alloc(b, 32) : NULL;\n"
     "        if (!text) return cx->host->fail(cx, QN_E_NOMEM, \"out of memory\");\n"
     "        r->id = r->place = r->text = (qn_str){text, (size_t)sprintf(text, \"%d\", (int)done "
     "+ 1)};\n"
     "    }\n"
     "    return done < o->count ? QN_OK : QN_END;\n"
     "}\n"
     "\n"
     "const qn_plugin quern_plugin = {QN_PLUGIN_HEAD, .kind = QN_SOURCE, .name = \"@\",\n"
     "                                .version = \"0.1\", .license = \"MIT\", .help = \"counts\",\n"
     "                                QN_OPTIONS(options, struct options), .read = read_batch};\n"},
    {"@.cfg", "# quern run @.cfg\n"
              "version = 1;\n"
              "stages = ( { plugin = \"@\"; count = 3; }, { plugin = \"jsonl\"; } );\n"},
    {"@.expected", "{\"id\":\"1\",\"text\":\"1\"}\n{\"id\":\"2\",\"text\":\"2\"}\n{\"id\":\"3\","
                   "\"text\":\"3\"}\n"},
    {"Makefile", makefile},
    {NULL, NULL},
};

static const struct template sink[] = {
    {"@.c",
     "/* @.c - a quern plugin: a sink that writes the id and length of every document. */\n"
     "#include <quern/plugin.h>\n"
     "#include <stdio.h>\n"
     "\n"
     "static qn_status open_sink(qn_ctx *cx)\n"
     "{\n"
     "    const char *const *path = cx->options;\n"
     "    return (cx->state = cx->host->out_open(cx, *path)) ? QN_OK : QN_E_IO;\n"
     "}\n"
     "\n"
     "static qn_status commit(qn_ctx *cx, qn_batch *b)\n"
     "{\n"
     "    char line[512];\n"
     "    qn_status st = QN_OK;\n"
     "    for (uint32_t i = 0; i < b->n && st == QN_OK; i++) {\n"
     "        const qn_record *r = b->rec[i];\n"
     "        int n = snprintf(line, sizeof line, \"%.*s %zu\\n\", (int)(r->id.n < 400 ? r->id.n : "
     "400),\n"
     "                         r->id.p, r->text.n);\n"
     "        if (qn_live(r)) st = cx->host->out_write(cx, cx->state, (qn_str){line, (size_t)n});\n"
     "    }\n"
     "    return st;\n"
     "}\n"
     "\n"
     "struct options { const char *path; };\n"
     "static const qn_option options[] = {\n"
     "    QN_OPTION(struct options, path, QN_STRING, .def = \"-\", .help = \"file to write\"), "
     "{0}};\n"
     "static const char *const needs[] = {\"text\", NULL};\n"
     "\n"
     "const qn_plugin quern_plugin = {QN_PLUGIN_HEAD, .kind = QN_SINK, .name = \"@\",\n"
     "                                .version = \"0.1\", .license = \"MIT\", .help = \"writes "
     "lengths\",\n"
     "                                .needs = needs, QN_OPTIONS(options, struct options),\n"
     "                                .open = open_sink, .commit = commit};\n"},
    {"@.cfg", "# quern run @.cfg articles/\n"
              "version = 1;\n"
              "stages = ( { plugin = \"files\"; path = \"@.jsonl\"; }, { plugin = \"@\"; } );\n"},
    {"@.jsonl", "{\"id\":\"a\",\"text\":\"one\"}\n{\"id\":\"b\",\"text\":\"seven\"}\n"},
    {"@.expected", "a 3\nb 5\n"},
    {"Makefile", makefile},
    {NULL, NULL},
};

/* The text with the name for every @, into f. */
static void put(FILE *f, const char *text, const char *name)
{
    for (; *text; text++)
        if (*text == '@')
            fputs(name, f);
        else
            putc(*text, f);
}

static int write_one(const struct template *t, const char *name)
{
    char path[300];
    size_t n = (size_t)snprintf(path, sizeof path, "%s/", name);
    const char *p;
    FILE *f;
    for (p = t->name; *p; p++)
        n += (size_t)(*p == '@' ? snprintf(path + n, sizeof path - n, "%s", name)
                                : snprintf(path + n, sizeof path - n, "%c", *p));
    f = fopen(path, "wx");
    if (f) put(f, t->text, name);
    if (f && fclose(f) == 0) return 1;
    fprintf(stderr, "quern: %s: %s\n", path, strerror(errno));
    return 0;
}

static const struct template *of_kind(const char *kind)
{
    if (strcmp(kind, "filter") == 0) return filter;
    if (strcmp(kind, "source") == 0) return source;
    return strcmp(kind, "sink") == 0 ? sink : NULL;
}

int make_plugin(const char *name, const char *kind)
{
    const struct template *t = of_kind(kind);
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (!t) return usage_error("plugins", "--kind %s: expected filter, source or sink", kind);
    if (name[n] || n == 0 || n > 60 || (name[0] >= '0' && name[0] <= '9'))
        return usage_error("plugins", "'%s': a plugin's name is made of a-z, 0-9 and _", name);
    if (mkdir(name, 0777) != 0) {
        fprintf(stderr, "quern: %s: %s\n", name, strerror(errno));
        return EXIT_CANTCREATE;
    }
    for (; t->name; t++)
        if (!write_one(t, name)) return EXIT_CANTCREATE;
    printf("made %s/: cd %s && make && make check\n", name, name);
    return EXIT_DONE;
}
