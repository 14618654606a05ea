/* SPDX-License-Identifier: MIT */
/* core/cli/term.c - what goes to the terminal and how: colour, figures, log lines. See cli.h. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "text/utf8.h"

static int set_and_not_empty(const char *variable)
{
    const char *v = getenv(variable);
    return v && *v;
}

int use_color(FILE *f, color_when when)
{
    const char *term = getenv("TERM");
    if (when != COLOR_AUTO) return when == COLOR_ALWAYS;
    return isatty(fileno(f)) && !set_and_not_empty("NO_COLOR") && term && strcmp(term, "dumb") != 0;
}

int parse_color(const char *word, color_when *when)
{
    static const char *const words[] = {"auto", "always", "never"};
    int i;
    for (i = 0; i < 3; i++)
        if (strcmp(word, words[i]) == 0) {
            *when = (color_when)i;
            return 1;
        }
    return 0;
}

int use_progress(void)
{
    return use_color(stderr, COLOR_AUTO) && !set_and_not_empty("CI");
}

const char *grouped(uint64_t n, char *buf)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), i, at = 0;
    for (i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) buf[at++] = ',';
        buf[at++] = digits[i];
    }
    buf[at] = '\0';
    return buf;
}

const char *sized(double bytes, char *buf)
{
    static const char *const unit[] = {"B", "KB", "MB", "GB", "TB"};
    int u = 0;
    while (bytes >= 999.5 && u < 4) {
        bytes /= 1000;
        u++;
    }
    snprintf(buf, 32, u && bytes < 99.95 ? "%.1f %s" : "%.0f %s", bytes, unit[u]);
    return buf;
}

int usage_error(const char *command, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("quern: ", stderr);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, "\nTry 'quern help%s%s'.\n", command ? " " : "", command ? command : "");
    return EXIT_USAGE;
}

/* Words of documents and plugins come here: control bytes must not reach the terminal. */
static void put_safe(FILE *f, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            fprintf(f, "\\x%02X", c);
        else if (c == 0xC2 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0xA0)
            fprintf(f, "\\u%04X", (unsigned char)*++s); /* C1 controls */
        else
            putc(c, f);
    }
}

static const char *const level_word[] = {"debug", "info", "warning", "error"};

/* A JSON string; bytes that are not UTF-8 as \\xHH. */
static void put_json(FILE *f, const char *s)
{
    putc('"', f);
    while (*s) {
        size_t good = qn_utf8_valid(s, strlen(s)), i;
        for (i = 0; i < good; i++) {
            unsigned char c = (unsigned char)s[i];
            if (c == '"' || c == '\\')
                fprintf(f, "\\%c", c);
            else if (c < 0x20 || c == 0x7F)
                fprintf(f, "\\u%04X", c);
            else
                putc(c, f);
        }
        s += good;
        if (*s) fprintf(f, "\\\\x%02X", (unsigned char)*s++);
    }
    putc('"', f);
}

/* {"ts":"...","level":"..." */
static void put_json_head(qn_level level)
{
    char ts[40] = "";
    struct timespec now;
    struct tm tm;
    clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &tm)) strftime(ts, sizeof ts, "%Y-%m-%dT%H:%M:%S", &tm);
    fprintf(stderr, "{\"ts\":\"%s.%03ldZ\",\"level\":\"%s\"", ts, now.tv_nsec / 1000000,
            level_word[level]);
}

void log_json(void *user, qn_level level, const char *stage, const char *text)
{
    (void)user;
    put_json_head(level);
    if (*stage) {
        fputs(",\"stage\":", stderr);
        put_json(stderr, stage);
    }
    fputs(",\"message\":", stderr);
    put_json(stderr, text);
    fputs("}\n", stderr);
}

void log_json_end(const char *stats, size_t n)
{
    put_json_head(QN_INFO);
    fprintf(stderr, ",\"message\":\"run ended\",\"stats\":%.*s}\n", (int)n, stats);
}

void log_to_stderr(void *user, qn_level level, const char *stage, const char *text)
{
    const int *progress = user;
    if (progress && *progress) fputs("\r\033[K", stderr); /* the progress line makes room */
    fprintf(stderr, "quern: %s: ", level_word[level]);
    if (*stage) {
        put_safe(stderr, stage);
        fputs(": ", stderr);
    }
    put_safe(stderr, text);
    putc('\n', stderr);
}

/* A wrong config is a wrong config, whatever else is wrong with the machine. */
int exit_of_diags(const qn_diags *diags)
{
    const char *code;
    int status = EXIT_DONE;
    size_t i;
    for (i = 0; (code = qn_diags_code(diags, i)) != NULL; i++) {
        if (code[0] == 'W') continue;
        if (strcmp(code, "E0503") == 0)
            status = status ? status : EXIT_NOINPUT;
        else if (strcmp(code, "E0504") == 0)
            status = status ? status : EXIT_CANTCREATE;
        else if (strcmp(code, "E0102") == 0)
            status = EXIT_UNAVAILABLE;
        else
            return EXIT_CONFIG;
    }
    return status || qn_diags_errors(diags) == 0 ? status : EXIT_INTERNAL;
}
