/* SPDX-License-Identifier: MIT */
/* core/scan.c - see scan.h. A recursive descent over characters with recovery at the end of a
 * setting, so that one mistake does not hide the next. */
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scan_words.h"
#include "text/utf8.h"

enum { MAX_BYTES = 1 << 20, MAX_FILES = 64, MAX_NEST = 8, MAX_SETTINGS = 10000, MAX_DEPTH = 32 };
enum { MAX_MISTAKES = 200 }; /* what follows so many is no config */

/* A file being read. */
struct source {
    struct source *outer;
    const char *name;
    const char *p, *end;    /* what is left */
    const char *line_start; /* of the line p is on */
    unsigned line;
    const char
        *counted; /* a place on this line whose column is known: columns are counted on from */
    unsigned counted_col; /* there, or a config on one long line would take quadratic time */
    const char *copied;   /* up to here it is in the text for libconfig */
};

struct scan {
    qn_pool *pool;
    qn_diags *diags;
    struct source *in;
    char *text; /* for libconfig */
    size_t ntext, captext;
    size_t bytes;
    unsigned files, settings, depth;
    int no_memory;
    int give_up; /* a limit was passed: going on would only repeat it */
};

/* ---- places ---------------------------------------------------------------------------------- */

static unsigned columns(const char *from, const char *to)
{
    unsigned n = 0;
    for (; from < to; from++)
        n += ((unsigned char)*from & 0xC0) != 0x80;
    return n;
}

static unsigned column(struct source *in, const char *p)
{
    if (!in->counted || in->counted < in->line_start || in->counted > p) {
        in->counted = in->line_start;
        in->counted_col = 1;
    }
    in->counted_col += columns(in->counted, p);
    in->counted = p;
    return in->counted_col;
}

static qn_place place(const struct scan *s, const char *beg, const char *end)
{
    qn_place at;
    at.file = s->in->name;
    at.line = s->in->line;
    at.col = column(s->in, beg);
    at.len = end > beg ? columns(beg, end) : 1;
    at.text = s->in->line_start;
    return at;
}

static void syntax(struct scan *s, const char *code, const char *beg, const char *end,
                   const char *note, const char *message)
{
    qn_place at;
    if (qn_diags_errors(s->diags) >= MAX_MISTAKES) {
        s->give_up = 1;
        return;
    }
    at = place(s, beg, end);
    if (!qn_diags_at(s->diags, &at)) qn_diag(s->diags, code, &at, note, NULL, "%s", message);
}

/* ---- the text for libconfig ------------------------------------------------------------------ */

static void emit(struct scan *s, const char *p, size_t n)
{
    if (s->captext - s->ntext < n + 1) {
        size_t cap = (s->ntext + n + 1) * 2;
        char *more = realloc(s->text, cap);
        if (!more) {
            s->no_memory = s->give_up = 1;
            return;
        }
        s->text = more;
        s->captext = cap;
    }
    if (n) memcpy(s->text + s->ntext, p, n);
    s->ntext += n;
    s->text[s->ntext] = '\0';
}

static void emit_up_to(struct scan *s, const char *p)
{
    emit(s, s->in->copied, (size_t)(p - s->in->copied));
    s->in->copied = p;
}

/* ---- files ----------------------------------------------------------------------------------- */

/* 1 when so many more bytes are not too many. */
static int may_have(struct scan *s, size_t n, const char *path, const qn_place *at)
{
    s->bytes += n;
    if (s->bytes <= MAX_BYTES) return 1;
    qn_diag(s->diags, "E0405", at, NULL, NULL,
            "'%s': a config may have 1 MiB, with all that it includes", path);
    s->give_up = 1;
    return 0;
}

static char *read_whole(struct scan *s, const char *path, size_t *n, const qn_place *at)
{
    struct stat st;
    char *buf;
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
        qn_diag(s->diags, "E0501", at, NULL, NULL, "cannot read '%s': %s", path,
                fd >= 0 ? "it is a folder" : strerror(errno));
        if (fd >= 0) close(fd);
        return NULL;
    }
    buf = qn_pool_alloc(s->pool, MAX_BYTES + 2);
    *n = 0;
    while (buf && *n <= MAX_BYTES && (got = read(fd, buf + *n, MAX_BYTES + 1 - *n)) > 0)
        *n += (size_t)got;
    close(fd);
    if (!buf) {
        s->no_memory = 1;
        return NULL;
    }
    if (got < 0) {
        qn_diag(s->diags, "E0501", at, NULL, NULL, "cannot read '%s': %s", path, strerror(errno));
        return NULL;
    }
    if (!may_have(s, *n, path, at)) return NULL;
    buf[*n] = '\0';
    return buf;
}

/* BOM, NUL and bytes that are not UTF-8 are named here, once, with their place. */
static void check_bytes(struct scan *s, size_t n)
{
    const char *buf = s->in->p, *bad, *p;
    size_t good = qn_utf8_valid(buf, n);
    const char *nul = memchr(buf, '\0', n);
    if (n >= 3 && memcmp(buf, "\xEF\xBB\xBF", 3) == 0) {
        syntax(s, "E0401", buf, buf + 3, "save it as UTF-8 without BOM",
               "the file starts with a byte order mark");
        s->in->p += 3;
        s->in->line_start += 3;
    }
    if (good == n && !nul) return;
    bad = nul && (size_t)(nul - buf) < good ? nul : buf + good;
    for (p = buf; p < bad; p++)
        if (*p == '\n') {
            s->in->line++;
            s->in->line_start = p + 1;
        }
    syntax(s, "E0401", bad, bad + 1, NULL,
           bad == nul ? "a NUL byte: this is not a text file" : "not UTF-8: convert the file");
    s->give_up = 1;
}

static void parse_settings(struct scan *s, qn_node *group, char closer);

/* Reads settings from n bytes, which end with a NUL, into a group. */
static void scan_bytes(struct scan *s, const char *path, const char *buf, size_t n, qn_node *group,
                       char closer)
{
    struct source in = {0};
    in.outer = s->in;
    in.name = path;
    in.p = in.line_start = in.copied = buf;
    in.end = buf + n;
    in.line = 1;
    s->in = &in;
    check_bytes(s, n);
    if (!s->give_up) parse_settings(s, group, closer);
    emit_up_to(s, in.end);
    emit(s, "\n", 1);
    s->in = in.outer;
}

/* Reads settings from a file into a group, as if they stood where it is included. */
static void scan_into(struct scan *s, const char *path, qn_node *group, char closer,
                      const qn_place *at)
{
    size_t n;
    char *buf;
    if (++s->files > MAX_FILES) {
        qn_diag(s->diags, "E0405", at, NULL, NULL, "more than %d files are included", MAX_FILES);
        s->give_up = 1;
        return;
    }
    buf = read_whole(s, path, &n, at);
    if (buf) scan_bytes(s, path, buf, n, group, closer);
}

static char *beside(struct scan *s, const char *name, size_t n)
{
    const char *slash = strrchr(s->in->name, '/');
    size_t dir = name[0] == '/' || !slash ? 0 : (size_t)(slash - s->in->name) + 1;
    char *path = qn_pool_alloc(s->pool, dir + n + 1);
    if (!path) {
        s->no_memory = s->give_up = 1;
        return NULL;
    }
    memcpy(path, s->in->name, dir);
    memcpy(path + dir, name, n);
    return path;
}

static void include(struct scan *s, qn_node *group, char closer)
{
    const char *at = s->in->p, *name, *end;
    struct source *o;
    unsigned nest = 0;
    struct stat st;
    qn_place here;
    char *path;
    name = strncmp(at, "@include", 8) == 0 ? at + 8 : at + 1; /* not over the end of the text */
    name += strspn(name, " \t");
    end = *name == '"' ? name + 1 + strcspn(name + 1, "\"\n") : name;
    if (strncmp(at, "@include", 8) != 0 || *end != '"') {
        syntax(s, "E0401", at, at + 1, "write @include \"file.cfg\" on a line of its own",
               "expected @include and a file name in quotes");
        s->in->p += strcspn(s->in->p, "\n");
        return;
    }
    here = place(s, name + 1, end);
    path = beside(s, name + 1, (size_t)(end - name - 1));
    emit_up_to(s, at);
    s->in->p = s->in->copied = end + 1;
    if (!path) return;
    for (o = s->in; o; o = o->outer, nest++)
        if (strcmp(o->name, path) == 0) {
            qn_diag(s->diags, "E0502", &here, NULL, NULL, "'%s' includes itself", path);
            return;
        }
    if (nest > MAX_NEST) {
        qn_diag(s->diags, "E0405", &here, NULL, NULL, "files include each other %d deep", nest);
        return;
    }
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
        /* A pipe that nobody writes to would be waited for for ever. */
        qn_diag(s->diags, "E0501", &here, NULL, NULL,
                "cannot read '%s': it is a pipe or a device, "
                "what is included must be a file",
                path);
        return;
    }
    scan_into(s, path, group, closer, &here);
}

/* ---- between tokens -------------------------------------------------------------------------- */

static void newline(struct scan *s)
{
    s->in->line++;
    s->in->line_start = s->in->p + 1;
}

static void skip_comment(struct scan *s)
{
    const char *open = s->in->p;
    qn_place at = place(s, open, open + 2);
    for (s->in->p += 2; s->in->p < s->in->end; s->in->p++) {
        if (*s->in->p == '\n') newline(s);
        if (s->in->p[0] == '*' && s->in->p[1] == '/') {
            s->in->p += 2;
            return;
        }
    }
    qn_diag(s->diags, "E0401", &at, NULL, NULL, "this comment is not closed");
}

/* Over white space and comments to the next token; '\0' at the end of the file. */
static char next(struct scan *s)
{
    for (;;) {
        const char *p = s->in->p;
        if (p >= s->in->end) return '\0';
        if (*p == '\n') {
            newline(s);
            s->in->p++;
        } else if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\f') {
            s->in->p++;
        } else if (*p == '#' || (p[0] == '/' && p[1] == '/')) {
            s->in->p += strcspn(p, "\n");
        } else if (p[0] == '/' && p[1] == '*') {
            skip_comment(s);
        } else {
            return *p;
        }
    }
}

/* To where the next setting may start, so that one mistake is said once. */
static void recover(struct scan *s)
{
    char c;
    while ((c = next(s)) != '\0' && c != '}' && c != ')') {
        s->in->p++;
        if (c == ';') return;
        if (c == '"') {
            s->in->p += strcspn(s->in->p, "\"\n");
            s->in->p += *s->in->p == '"';
        }
    }
}

/* ---- values ---------------------------------------------------------------------------------- */

static qn_node *parse_value(struct scan *s, qn_node *parent, const char *name);

/* One quoted piece, appended at out, which has room for it; its end. NULL when not closed. */
static char *string_piece(struct scan *s, char *out)
{
    const char *open = s->in->p, *p = open + 1, *close = qn_string_end(open);
    if (*close != '"') {
        syntax(s, "E0402", open, close, NULL, "this string is not closed on its line");
        s->in->p = close;
        return NULL;
    }
    while (p < close) {
        size_t n;
        int c;
        if (*p != '\\') {
            *out++ = *p++;
            continue;
        }
        c = qn_escape(p + 1, &n);
        if (c <= 0)
            syntax(s, "E0401", p, p + 1 + n, "allowed: \\n \\r \\t \\f \\\\ \\\" \\xHH",
                   "unknown escape in a string");
        else
            *out++ = (char)c;
        p += 1 + n;
    }
    s->in->p = p + 1;
    return out;
}

/* Strings beside each other are one. */
static void parse_string(struct scan *s, qn_node *node)
{
    char *buf = NULL, *out;
    size_t have = 0, cap = 0;
    node->u.s = "";
    do {
        size_t need = have + (size_t)(qn_string_end(s->in->p) - s->in->p) + 1;
        if (need > cap) {
            char *more = qn_pool_alloc(s->pool, cap = need * (cap ? 2 : 1));
            if (!more) {
                s->no_memory = s->give_up = 1;
                return;
            }
            if (have) memcpy(more, buf, have);
            buf = more;
        }
        out = string_piece(s, buf + have);
        if (!out) return;
        *out = '\0';
        have = (size_t)(out - buf);
        node->u.s = buf;
    } while (next(s) == '"');
    if (qn_utf8_valid(buf, have) < have)
        qn_diag(s->diags, "E0401", &node->value, NULL, NULL,
                "the escapes of this string do not make UTF-8");
}

static void parse_integer(struct scan *s, qn_node *node, const char *p, const char *end)
{
    int base = end - p > 2 && (p[1] == 'x' || p[1] == 'X') ? 16 : 10;
    char message[160];
    node->type = QN_NODE_INT;
    node->wide = end[-1] == 'L';
    errno = 0;
    node->u.i = strtoll(p, NULL, base);
    if (errno == ERANGE)
        snprintf(message, sizeof message, "the number %.*s does not fit into 64 bits",
                 (int)(end - p > 40 ? 40 : end - p), p);
    else if (!node->wide && (node->u.i > INT32_MAX || node->u.i < INT32_MIN))
        snprintf(message, sizeof message,
                 "the number %.*s does not fit into 32 bits; libconfig would read %d",
                 (int)(end - p), p, (int)(uint32_t)(uint64_t)node->u.i);
    else
        return;
    qn_diag(s->diags, "E0403", &node->value, NULL,
            errno == ERANGE ? NULL : "write it with L behind, or as a size such as \"4GiB\"", "%s",
            message);
}

/* A word without quotes: a number, true or false, or a mistake. */
static int parse_bare(struct scan *s, qn_node *node)
{
    const char *p = s->in->p, *end = qn_word_end(p);
    char message[128], note[64];
    size_t n = (size_t)(end - p);
    s->in->p = end;
    if (qn_is_integer(p, end)) {
        parse_integer(s, node, p, end);
    } else if (qn_is_float(p, end)) {
        node->type = QN_NODE_FLOAT;
        node->u.d = strtod(p, NULL);
        if (isinf(node->u.d))
            qn_diag(s->diags, "E0403", &node->value, NULL, NULL, "the number %.*s is too large",
                    (int)(n > 40 ? 40 : n), p);
    } else if ((n == 4 && strncasecmp(p, "true", 4) == 0) ||
               (n == 5 && strncasecmp(p, "false", 5) == 0)) {
        node->type = QN_NODE_BOOL;
        node->u.i = n == 4;
    } else if ((n == 3 && strncasecmp(p, "yes", 3) == 0) ||
               (n == 2 && (strncasecmp(p, "no", 2) == 0 || strncasecmp(p, "on", 2) == 0)) ||
               (n == 3 && strncasecmp(p, "off", 3) == 0)) {
        syntax(s, "E0401", p, end, "write true or false", "not a value");
        return 0;
    } else {
        int shown = n > 40 ? 40 : (int)n;
        snprintf(message, sizeof message, "%.*s is not a value without quotes", shown, p);
        snprintf(note, sizeof note, "write \"%.*s\"", shown, p);
        syntax(s, "E0401", p, end, note, message);
        return 0;
    }
    return 1;
}

static const char *found(char c, char *buf, size_t n)
{
    if (c == '\0')
        snprintf(buf, n, "the end of the file");
    else
        snprintf(buf, n, "'%c'", c);
    return buf;
}

static void unexpected(struct scan *s, char c, const char *expected)
{
    char message[160], what[32];
    snprintf(message, sizeof message, "expected %s, found %s", expected,
             found(c, what, sizeof what));
    syntax(s, "E0401", s->in->p, s->in->p + 1, NULL, message);
}

static void check_array(struct scan *s, const qn_node *array, const qn_node *element)
{
    const qn_node *first = array->first;
    if (element->type < QN_NODE_STRING)
        qn_diag(s->diags, "E0406", &element->value, NULL, "use a list ( ) instead",
                "an array holds numbers, strings or true/false, not %s",
                qn_node_type_name(element));
    else if (element->type != first->type)
        qn_diag(s->diags, "E0406", &element->value, NULL, "use a list ( ) to mix types",
                "this array holds %s first; here is %s", qn_node_type_name(first),
                qn_node_type_name(element));
}

/* An include where an element should be: libconfig would take it, but what it holds is no settings.
 */
static void refuse_include(struct scan *s)
{
    const char *at = s->in->p;
    syntax(s, "E0401", at, at + 1,
           "include a file that has common = ( ... ); and write { use = \"common\"; } here",
           "@include stands between settings, not in a list");
    s->in->p += strcspn(at, "\n");
}

/* The elements of ( ) or [ ]. */
static void parse_elements(struct scan *s, qn_node *node, char closer)
{
    char c = next(s), expected[32];
    snprintf(expected, sizeof expected, "',' or '%c'", closer);
    while (c != closer && !s->give_up) {
        qn_node *e;
        if (c == '@') {
            refuse_include(s);
            c = next(s);
            continue;
        }
        e = parse_value(s, node, NULL);
        if (!e) {
            while ((c = next(s)) != '\0' && c != ',' && c != closer && c != ';' && c != '}')
                s->in->p++;
        } else if (node->type == QN_NODE_ARRAY) {
            check_array(s, node, e);
        }
        c = next(s);
        if (c == ',') {
            const char *comma = s->in->p++;
            c = next(s);
            if (c == closer && s->in->line_start <= comma)
                syntax(s, "E0401", comma, comma + 1, "take it away",
                       "a comma behind the last element");
            else if (c == closer)
                unexpected(s, c, "another element behind the comma");
        } else if (c != closer) {
            unexpected(s, c, expected);
            /* a new element without a comma goes on; anything else is another's business */
            if (c != '{' && c != '(' && c != '[' && c != '"' && !qn_is_word(c)) return;
        }
    }
    if (c == closer) s->in->p++;
}

static void parse_compound(struct scan *s, qn_node *node, char open)
{
    static const char closers[] = "})]";
    static const qn_node_type types[] = {QN_NODE_GROUP, QN_NODE_LIST, QN_NODE_ARRAY};
    size_t k = open == '{' ? 0 : open == '(' ? 1 : 2;
    char message[64];
    node->type = types[k];
    s->in->p++;
    if (++s->depth > MAX_DEPTH) {
        qn_diag(s->diags, "E0405", &node->value, NULL, NULL, "nested more than %d deep", MAX_DEPTH);
        s->give_up = 1;
        return;
    }
    if (k > 0) {
        parse_elements(s, node, closers[k]);
    } else {
        parse_settings(s, node, '}');
        if (next(s) == '}') {
            s->in->p++;
        } else if (!s->give_up) {
            snprintf(message, sizeof message, "this '{' is not closed");
            qn_diag(s->diags, "E0401", &node->value, NULL, NULL, "%s", message);
            s->give_up = 1;
        }
    }
    s->depth--;
}

static qn_node *parse_value(struct scan *s, qn_node *parent, const char *name)
{
    char c = next(s);
    const char *beg = s->in->p;
    qn_node *node;
    if (++s->settings > MAX_SETTINGS) {
        syntax(s, "E0405", beg, beg + 1, NULL, "more than 10,000 settings");
        s->give_up = 1;
        return NULL;
    }
    if (!c || !(qn_is_word(c) || strchr("{([\"", c))) {
        unexpected(s, c, "a value");
        return NULL;
    }
    node = qn_node_add(s->pool, parent, QN_NODE_STRING, name);
    if (!node) {
        s->no_memory = s->give_up = 1;
        return NULL;
    }
    node->key = node->value = place(s, beg, c == '"' ? beg + 1 : beg + 1);
    if (c == '"') {
        const char *close = qn_string_end(beg);
        node->value = place(s, beg, *close == '"' ? close + 1 : close);
        parse_string(s, node);
    } else if (strchr("{([", c)) {
        parse_compound(s, node, c);
    } else {
        node->value = place(s, beg, qn_word_end(beg));
        if (!parse_bare(s, node)) node->type = QN_NODE_STRING, node->u.s = "";
    }
    return node;
}

/* ---- settings -------------------------------------------------------------------------------- */

static void check_twice(struct scan *s, const qn_node *group, const char *name, const qn_place *at)
{
    const qn_node *first = qn_node_get(group, name);
    if (first)
        qn_diag(s->diags, "E0404", at, NULL, NULL, "'%s' is set twice; first in %s, line %u", name,
                first->key.file, first->key.line);
}

static void parse_setting(struct scan *s, qn_node *group)
{
    const char *beg = s->in->p, *end = qn_name_end(beg);
    qn_place key = place(s, beg, end);
    char *name = qn_pool_string(s->pool, beg, (size_t)(end - beg));
    qn_node *node;
    char c;
    if (!name) {
        s->no_memory = s->give_up = 1;
        return;
    }
    s->in->p = end;
    c = next(s);
    if (c != '=' && c != ':') {
        unexpected(s, c, "'=' behind the name of a setting");
        recover(s);
        return;
    }
    s->in->p++;
    check_twice(s, group, name, &key);
    node = parse_value(s, group, name);
    if (!node) {
        recover(s);
        return;
    }
    node->key = key;
    c = next(s);
    if (c == ';' || c == ',') {
        s->in->p++;
    } else if (c && c != '}' && !qn_is_name_start(c) && c != '@' && !s->give_up) {
        unexpected(s, c, "';' behind the setting");
        recover(s);
    }
}

static void parse_settings(struct scan *s, qn_node *group, char closer)
{
    while (!s->give_up) {
        char c = next(s);
        if (c == '\0') return;
        if (c == closer) return;
        if (c == '@') {
            include(s, group, closer);
        } else if (qn_is_name_start(c)) {
            parse_setting(s, group);
        } else {
            unexpected(s, c, "the name of a setting");
            s->in->p++;
            recover(s);
            if (next(s) != closer && (next(s) == '}' || next(s) == ')')) s->in->p++;
        }
    }
}

/* ---- entry ----------------------------------------------------------------------------------- */

/* text NULL: the file's. */
static qn_status scan_whole(qn_pool *pool, const char *path, const char *text, size_t n,
                            qn_scan *out, qn_diags *diags)
{
    struct scan s = {0};
    qn_place nowhere = {path, 0, 0, 0, NULL};
    s.pool = pool;
    s.diags = diags;
    out->root = qn_node_add(pool, NULL, QN_NODE_GROUP, NULL);
    out->text = NULL;
    if (!out->root) return QN_E_NOMEM;
    out->root->key = out->root->value = nowhere;
    if (!text) {
        scan_into(&s, path, out->root, '\0', &nowhere);
    } else if (may_have(&s, n, path, &nowhere)) {
        text = qn_pool_string(pool, text, n);
        s.no_memory = !text;
        if (text) scan_bytes(&s, path, text, n, out->root, '\0');
    }
    if (!s.no_memory && s.text) out->text = qn_pool_string(pool, s.text, s.ntext);
    free(s.text);
    return s.no_memory || (s.ntext && !out->text) ? QN_E_NOMEM : QN_OK;
}

qn_status qn_scan_file(qn_pool *pool, const char *path, qn_scan *out, qn_diags *diags)
{
    return scan_whole(pool, path, NULL, 0, out, diags);
}

qn_status qn_scan_text(qn_pool *pool, const char *path, const char *text, size_t n, qn_scan *out,
                       qn_diags *diags)
{
    return scan_whole(pool, path, text, n, out, diags);
}

qn_node *qn_scan_value(qn_pool *pool, const char *text, const qn_place *at, qn_diags *diags)
{
    struct scan s = {0};
    struct source in = {0};
    size_t before = qn_diags_errors(diags);
    qn_node *node;
    s.pool = pool;
    s.diags = diags;
    in.name = at->file;
    in.p = in.line_start = in.copied = text;
    in.end = text + strlen(text);
    in.line = 1;
    s.in = &in;
    node = parse_value(&s, NULL, NULL);
    if (node && next(&s) != '\0') unexpected(&s, next(&s), "the end of the value");
    return qn_diags_errors(diags) == before ? node : NULL;
}
