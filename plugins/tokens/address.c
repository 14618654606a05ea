/* SPDX-License-Identifier: MIT */
/* plugins/tokens/address.c - URLs, e-mail addresses, hosts with a path, handles and hashtags. */
#include "lexer.h"

#include <string.h>

enum { REACH = 256 }; /* how far to look for the "@" or the file's ending */

static int starts(const lexer *x, uint32_t at, const char *what)
{
    uint32_t i;
    for (i = 0; what[i]; i++)
        if (at + i >= x->end ||
            (x->t[at + i] | (x->t[at + i] >= 'A' && x->t[at + i] <= 'Z' ? 0x20 : 0)) != what[i])
            return 0;
    return 1;
}

static int is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes off the marks that belong to the sentence, and a bracket that was not opened inside. */
static uint32_t trim(const lexer *x, uint32_t beg, uint32_t end)
{
    int open = memchr(x->t + beg, '(', end - beg) != NULL;
    while (end > beg && (strchr(".,;:!?\"'>]*", x->t[end - 1]) || (x->t[end - 1] == ')' && !open)))
        end--;
    return end;
}

/* Up to a bracket or quote that no address holds, or the chunk's end. */
static uint32_t rest(const lexer *x, uint32_t beg)
{
    uint32_t at = beg;
    while (at < x->end && x->t[at] != '<' && x->t[at] != '>' && x->t[at] != '"' &&
           !(x->t[at] == '\xE2' && x->end - at > 2 && x->t[at + 1] == '\x80'))
        at++;
    return trim(x, beg, at);
}

static int has_scheme(const lexer *x, uint32_t at)
{
    return starts(x, at, "http://") || starts(x, at, "https://") || starts(x, at, "ftp://") ||
           starts(x, at, "www.") || starts(x, at, "mailto:") || starts(x, at, "file://") ||
           starts(x, at, "news:");
}

static int is_domain_end(const char *p, uint32_t n)
{
    static const char *const ends[] = {"com", "org", "net", "edu", "gov", "mil", "int", "info",
                                       "biz", "io",  "co",  "uk",  "de",  "fr",  "eu",  "tv",
                                       "au",  "ca",  "jp",  "ru",  "nl",  "it",  "es",  "ch"};
    size_t i;
    for (i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (tokens_same(ends[i], p, n)) return 1;
    return 0;
}

/* name@host, Name/Unit@Place, host.com/path: one walk over the characters they are made of. */
static uint32_t mail_or_host(const lexer *x, uint32_t beg)
{
    uint32_t at = beg, label = beg, host = 0, mail = 0;
    for (; at < x->end && (mail || host || at - beg < REACH); at++) {
        char c = x->t[at];
        if (c == '@' && at > beg && at + 1 < x->end && is_alnum(x->t[at + 1]))
            mail = 1;
        else if (c == '.' || c == '/')
            host |= c == '/' && at > label && is_domain_end(x->t + label, at - label);
        else if (!is_alnum(c) && c != '-' && c != '_' && c != '+' && c != '%' && c != '=' &&
                 c != '~' && !(host && c != '<' && c != '>' && c != '"'))
            break;
        if (c == '.') label = at + 1;
        if (c == '/' && !host && !mail) return 0;
    }
    if (!mail && !host) return 0;
    return trim(x, beg, at);
}

/* A whole chunk, but for brackets around it, that is a file's name: report-2_final.doc. */
static uint32_t file_name(const lexer *x, uint32_t beg)
{
    static const char *const ends[] = {".doc", ".docx", ".xls", ".xlsx", ".pdf",  ".ppt",
                                       ".jpg", ".gif",  ".png", ".htm",  ".html", ".txt",
                                       ".zip", ".exe",  ".csv", ".mp3",  ".wav",  ".jpeg"};
    uint32_t end = beg;
    size_t i;
    while (end < x->end && end - beg < REACH &&
           (is_alnum(x->t[end]) || strchr("-_#~.%!", x->t[end])))
        end++;
    end = trim(x, beg, end);
    for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        uint32_t n = (uint32_t)strlen(ends[i]);
        if (end - beg > n && starts(x, end - n, ends[i])) return end;
    }
    return 0;
}

/* @name, #topic */
static uint32_t handle(const lexer *x, uint32_t beg)
{
    uint32_t at = beg + 1, letters = 0;
    unsigned len;
    while (tokens_wordy(x, at, &len)) {
        letters += !tokens_digit(x, at);
        at += len;
    }
    return letters > (x->t[beg] == '#') ? at : 0;
}

/* A chunk that is a path: /usr/bin/ls, ~/notes.txt, C:\dir\file. */
static uint32_t path(const lexer *x, uint32_t beg)
{
    uint32_t at = beg, slashes = 0;
    char mark = '/';
    if (x->end - beg > 3 && x->t[beg + 1] == ':' && x->t[beg + 2] == '\\' && !is_digit(x->t[beg]))
        mark = '\\';
    else if (x->t[beg] != '/' && !(x->t[beg] == '~' && x->end - beg > 1 && x->t[beg + 1] == '/'))
        return 0;
    for (; at < x->end && (is_alnum(x->t[at]) || strchr("-_.~+", x->t[at]) || x->t[at] == mark ||
                           (mark == '\\' && at == beg + 1));
         at++) {
        if (x->t[at] != mark) continue;
        if (at > beg && x->t[at - 1] == mark) return 0;
        slashes++;
    }
    if (slashes < 2 && !(slashes && (mark == '\\' || x->t[beg] == '~'))) return 0;
    at = trim(x, beg, at);
    return at - beg > 3 ? at : 0;
}

uint32_t tokens_address(const lexer *x, uint32_t at)
{
    uint32_t end;
    char c = x->t[at];
    if (at == x->chunk && (end = path(x, at)) != 0) return end;
    if (c == '@' || c == '#') return at == x->chunk || !is_alnum(x->t[at - 1]) ? handle(x, at) : 0;
    if (!is_alnum(c) || (at > x->chunk && is_alnum(x->t[at - 1]))) return 0;
    if (memchr(x->t + at, '.', x->end - at < 512 ? x->end - at : 512) == NULL &&
        memchr(x->t + at, '@', x->end - at < 512 ? x->end - at : 512) == NULL)
        return starts(x, at, "http://") || starts(x, at, "https://") ? rest(x, at) : 0;
    if (has_scheme(x, at)) return rest(x, at);
    end = mail_or_host(x, at);
    return end ? end : file_name(x, at);
}
