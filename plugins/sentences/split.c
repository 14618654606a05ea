/* SPDX-License-Identifier: MIT */
/* plugins/sentences/split.c - see split.h. The scan visits marks from left to right; `pos` is the
 * end of what is already dealt with, so that every byte is dealt with a bounded number of times. */
#include "split.h"

#include "decide.h"
#include "scan.h"
#include "text/chars.h"
#include "text/utf8.h"

#include <string.h>

enum { ADDRESS_REACH = 48, GAP_WORK = 320 };

typedef struct splitter {
    const char *text;
    uint32_t n;
    const sentences_params *p;
    text_layout layout;
    uint64_t *work;
    uint32_t pos;   /* everything before is decided */
    uint32_t beg;   /* start of the current sentence */
    uint32_t floor; /* start of the current paragraph */
    uint32_t ahead; /* a known next stop or line end; <= pos: unknown */
    uint32_t line;  /* start of the current line */
    gap_word known; /* the word to the right of the last gap */
    uint8_t quoted, depth;
    int status;
} splitter;

static int is_space(const splitter *s, uint32_t at)
{
    return qn_space_at(s->text + at, s->n - at) != 0;
}

/* Skips white space from `at`; *breaks counts line ends, a form feed as two. */
static uint32_t skip_space(const splitter *s, uint32_t at, unsigned *breaks)
{
    uint32_t beg = at;
    unsigned len;
    *breaks = 0;
    while ((len = qn_space_at(s->text + at, s->n - at)) != 0) {
        unsigned char c = (unsigned char)s->text[at];
        if (c == '\n' || (c == '\r' && !(at + 1 < s->n && s->text[at + 1] == '\n')))
            ++*breaks;
        else if (c == '\f' || c == '\v' || (len == 3 && (unsigned char)s->text[at + 2] == 0xA9))
            *breaks += 2;
        else if (len == 3 && c == 0xE2 && (unsigned char)s->text[at + 2] == 0xA8)
            ++*breaks;
        at += len;
    }
    *s->work += at - beg;
    return at;
}

/* The end of what stands before the white space to the left of `at`, in the current sentence. */
static uint32_t skip_space_left(const splitter *s, uint32_t at)
{
    while (at > s->beg) {
        uint32_t back = (uint32_t)qn_char_prev(s->text, at);
        if (!is_space(s, back)) break;
        at = back;
    }
    return at;
}

/* Ends the current sentence at `left`; the next one starts at `right`. */
static void cut(splitter *s, uint32_t left, uint32_t right, int score)
{
    if (left > s->beg && !s->status) s->status = s->p->emit(s->p->arg, s->beg, left, score);
    s->beg = right;
}

static void new_paragraph(splitter *s, uint32_t at)
{
    s->floor = at;
    s->quoted = s->depth = 0;
}

/* log2 of the bytes from `at` to the next stop or line end. */
static uint8_t distance_ahead(splitter *s, uint32_t at)
{
    uint32_t bytes;
    uint8_t bits = 0;
    if (s->ahead < at) {
        s->ahead = sentences_next_end(s->text, at, s->n);
        *s->work += s->ahead - at;
    }
    for (bytes = s->ahead - at; bytes > 1 && bits < 10; bytes >>= 1)
        bits++;
    return bits;
}

static int decide(splitter *s, gap *g)
{
    int score = 0;
    g->since = g->left - s->beg;
    g->quoted = s->quoted;
    g->depth = s->depth;
    g->layout = &s->layout;
    *s->work += GAP_WORK;
    g->known = &s->known;
    sentences_near_words(g, s->text, s->n, s->beg);
    s->known = g->r1;
    if (s->p->early && (g->kind == GAP_SPACE || sentences_is_plain_stop(g, s->text, &s->p->lex)))
        score = s->p->early(s->p->arg, g);
    if (score) return score + s->p->bias;
    g->ahead = distance_ahead(s, g->right);
    sentences_far_words(g, s->text, s->n, s->beg, &s->p->lex);
    score = sentences_guard(g);
    if (score) return score < 0 ? -DECIDE_SURE : DECIDE_SURE;
    return s->p->decide(s->p->arg, g) + s->p->bias;
}

static int is_letter(const splitter *s, uint32_t at, int class)
{
    unsigned len;
    return at < s->n && qn_char_class(qn_char_get(s->text + at, &len)) == class;
}

/* 1 when the run around `at` looks like an address, a path or a file name. */
static int in_address(const splitter *s, uint32_t at)
{
    static const char *const ends[] = {"Com", "Org", "Net", "Gov", "Edu", "Co"};
    uint32_t i, from = at, to = at;
    while (from > s->floor && at - from < ADDRESS_REACH && (unsigned char)s->text[from - 1] > ' ')
        from--;
    while (to < s->n && to - at < ADDRESS_REACH && (unsigned char)s->text[to] > ' ')
        to++;
    *s->work += to - from;
    for (i = from; i < to; i++)
        if (strchr("@/\\_=", s->text[i]) && s->text[i]) return 1;
    if (to - from > 4 && (memcmp(s->text + from, "www.", 4) == 0)) return 1;
    for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t len = strlen(ends[i]);
        if (to - at > len && memcmp(s->text + at + 1, ends[i], len) == 0 &&
            !is_letter(s, at + 1 + (uint32_t)len, QN_CH_LOWER))
            return 1;
    }
    return 0;
}

/* "capabilities.It", "2-1.The": a stop between a lower-case word or a number and a capitalized
 * word, without a space. */
static int is_glued(const splitter *s, uint32_t stop, uint32_t after, int closed)
{
    uint32_t last, before;
    unsigned len;
    int number;
    if (stop <= s->beg) return 0;
    if (closed && is_letter(s, after, QN_CH_LETTER)) return 1;
    if (!is_letter(s, after, QN_CH_UPPER)) return 0;
    last = (uint32_t)qn_char_prev(s->text, stop);
    number = is_letter(s, last, QN_CH_DIGIT);
    if (!closed && !number && !is_letter(s, last, QN_CH_LOWER)) return 0;
    qn_char_get(s->text + after, &len);
    if (number) {
        if (!is_letter(s, after + len, QN_CH_LOWER)) return 0;
    } else if (!closed) {
        before = last > s->beg ? (uint32_t)qn_char_prev(s->text, last) : last;
        if (before == last || !is_letter(s, before, QN_CH_LOWER)) return 0;
        if (!is_letter(s, after + len, QN_CH_LOWER) && !is_space(s, after + len)) return 0;
    }
    return !in_address(s, stop);
}

/* Bytes of "[12]", "[3, 4]", "[a]", "[note 5]", "[citation needed]" or "[...]" at text[at]. */
static unsigned citation(const splitter *s, uint32_t at)
{
    uint32_t k = at + 1, end = s->n - at > 40 ? at + 40 : s->n;
    unsigned letters = 0, digits = 0, stops = 0;
    if (at >= s->n || s->text[at] != '[') return 0;
    for (; k < end && s->text[k] != ']'; k++) {
        char c = s->text[k];
        letters += c >= 'a' && c <= 'z';
        digits += c >= '0' && c <= '9';
        stops += c == '.' || c == '\xA6';
        if ((unsigned char)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
            !memchr(" ,.-", c, 4))
            return 0;
    }
    if (k == end || k == at + 1) return 0;
    if (letters > 1 && !(digits && k - at > 6 && memcmp(s->text + at + 1, "note ", 5) == 0) &&
        !(k - at > 7 && memcmp(s->text + k - 7, " needed", 7) == 0))
        return 0;
    return letters || digits || stops ? k + 1 - at : 0;
}

/* LEX_ bits of the run of ASCII letters text[beg, end), 0 when it is long. */
static unsigned lexicon_bits(const splitter *s, uint32_t beg, uint32_t end)
{
    int capital = s->text[beg] >= 'A' && s->text[beg] <= 'Z';
    if (end - beg > 16) return 0;
    return sentences_lookup(&s->p->lex, sentences_word_key(s->text + beg, end - beg), capital);
}

static inline int ascii_alnum(char c)
{
    return (unsigned char)c < 0x80 && qn_char_ascii[(unsigned char)c] >= QN_CH_LOWER &&
           qn_char_ascii[(unsigned char)c] <= QN_CH_DIGIT;
}

static int ascii_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The end of "4" in "of minority rights. 4 Even though": the number of a note, once raised, between
 * a stop before `at` and a word that starts sentences. 0 when there is none. */
static uint32_t note_number(const splitter *s, uint32_t at)
{
    uint32_t digits = at + 1, word, last = at - 1;
    if (at >= s->n || s->text[at] != ' ' || at < s->beg + 2) return 0;
    while (digits < s->n && digits - at < 4 && s->text[digits] >= '0' && s->text[digits] <= '9')
        digits++;
    if (digits == at + 1 || digits + 2 >= s->n || s->text[digits] != ' ') return 0;
    for (word = digits + 1; word < s->n && word - digits < 20 && ascii_letter(s->text[word]);)
        word++;
    if (s->text[digits + 1] > 'Z' || word == digits + 1 || word >= s->n || s->text[word] != ' ' ||
        (lexicon_bits(s, digits + 1, word) & (LEX_STARTER | LEX_ABBREVIATION)) != LEX_STARTER)
        return 0;
    if (s->text[last - 1] == ')') return digits;
    for (word = last; word > s->beg && last - word < 20 && ascii_letter(s->text[word - 1]);)
        word--;
    return last - word < 5 || (lexicon_bits(s, word, last) & LEX_ABBREVIATION) ? 0 : digits;
}

/* Over stops, closing marks and citations from `at`; *closed: there was a closing mark. */
static uint32_t skip_stops(splitter *s, uint32_t at, int *closed)
{
    uint32_t beg = at;
    unsigned len;
    uint8_t what;
    for (; at < s->n; at += len) {
        if ((len = sentences_stop(s->text, at, s->n, &what)) != 0) continue;
        if ((len = citation(s, at)) == 0 && (len = sentences_closer(s->text, at, s->n, &what)) == 0)
            break;
        *closed = 1;
        s->quoted ^= s->text[at] == '"';
        if (len == 3 && what == EDGE_QUOTE) s->quoted &= 1;
        s->depth = (uint8_t)(s->depth - (s->text[at] == ')' && s->depth));
    }
    *s->work += at - beg;
    return at;
}

/* Bytes of ":-)" and the like, alone between blanks. */
static unsigned emoticon(const splitter *s, uint32_t at)
{
    uint32_t i = at;
    char mouth;
    if (i >= s->n || (s->text[i] != ':' && s->text[i] != ';' && s->text[i] != '=')) return 0;
    i += i + 1 < s->n && (s->text[i + 1] == '-' || s->text[i + 1] == '\'') ? 2 : 1;
    if (i >= s->n || !memchr(")(DPp/|", s->text[i], 7)) return 0;
    mouth = s->text[i];
    while (i < s->n && i - at < 8 && s->text[i] == mouth)
        i++;
    return i >= s->n || is_space(s, i) ? i - at : 0;
}

/* 1 when the run at `at` is only stops and closing marks: it belongs to what stands before. */
static int only_marks(const splitter *s, uint32_t at)
{
    uint32_t i = at;
    unsigned len, straight = 0, stops = 0;
    uint8_t what;
    if (at < s->n && ascii_alnum(s->text[at])) return 0;
    len = citation(s, at);
    if (len && (at + len == s->n || is_space(s, at + len))) return 1;
    if (emoticon(s, at)) return 1;
    while (i < s->n && i - at < 16 && !is_space(s, i)) {
        if ((len = sentences_stop(s->text, i, s->n, &what)) != 0)
            stops++;
        else if (s->text[i] == '*' || s->text[i] == '_' || s->text[i] == '>' ||
                 (len = sentences_closer(s->text, i, s->n, &what)) == 0)
            return 0;
        else
            straight += s->text[i] == '"' || s->text[i] == '\'';
        i += len;
    }
    return i < s->n ? stops || !straight || (s->quoted & 1) : 1;
}

static void on_stop(splitter *s, uint32_t at)
{
    gap g = {.kind = GAP_STOP};
    unsigned breaks;
    int closed = 0, score;
    uint32_t end = at, note;
    for (;;) {
        end = skip_stops(s, end, &closed);
        end += emoticon(s, end);
        g.right = skip_space(s, end, &breaks);
        if (g.right == end || g.right >= s->n || breaks || !only_marks(s, g.right)) break;
        end = g.right;
    }
    if ((note = note_number(s, end)) != 0) {
        cut(s, note, note + 1, DECIDE_SURE);
        s->pos = note + 1;
        return;
    }
    s->pos = end;
    if (g.right >= s->n || (breaks && s->p->gaps != GAPS_OFF) || breaks > 1) return;
    g.left = end;
    if (g.right == end) {
        uint8_t what = 0;
        unsigned len;
        sentences_stop(s->text, at, s->n, &what);
        if (closed && (qn_char_get(s->text + end, &len) == 0x3068 || /* Japanese "he said" */
                       sentences_says_who(s->text, end, s->n)))
            return;
        if (what != STOP_FOREIGN && !is_glued(s, at, end, closed)) return;
        g.glued = 1;
    }
    score = decide(s, &g);
    if (score > 0) cut(s, g.left, g.right, score);
    s->pos = g.right;
}

/* What a line begins with, if it is an item of a list: a bullet, "-", '1' for a number, 'a'. */
static uint32_t item_mark(const splitter *s, uint32_t at)
{
    unsigned len, digits = 0;
    uint32_t cp = qn_char_get(s->text + at, &len), next = at + len;
    if (cp == '-' || cp == '*' || cp == 0x2013 || cp == 0x2022 || cp == 0xB7 || cp == 0x25AA ||
        cp == 0x25CF || cp == 0x2023)
        return is_space(s, next) ? cp : 0;
    if (cp >= '0' && cp <= '9') {
        for (next = at; next < s->n && digits < 3 && is_letter(s, next, QN_CH_DIGIT); next++)
            digits++;
        cp = '1';
    } else if (!is_letter(s, at, QN_CH_LOWER) && !is_letter(s, at, QN_CH_UPPER)) {
        return 0;
    } else {
        cp = 'a';
    }
    if (next >= s->n || (s->text[next] != ')' && (s->text[next] != '.' || cp == 'a'))) return 0;
    return is_space(s, next + 1) ? cp : 0;
}

/* The line at `right` is an item: no text flows into it, or the one before was an item, too. */
static int is_item(const splitter *s, uint32_t right, int full)
{
    uint32_t mark = item_mark(s, right);
    return mark && (!full || mark == item_mark(s, s->line) || mark == 0x2022);
}

/* 1 when the word [right, word) had no room on the line that ends at `left`. */
static uint8_t is_full(splitter *s, uint32_t left, uint32_t right, uint32_t word)
{
    uint32_t line = left > s->line ? left - s->line : 0;
    if (line + 1 + (word - right) <= s->layout.width || s->layout.width < NARROWEST_WRAP)
        return 0; /* the first: even if every byte is a character */
    if (line / 4 > s->layout.width) return 1;
    *s->work += line;
    return qn_utf8_count(s->text + s->line, line) + 1 +
               qn_utf8_count(s->text + right, word - right) >
           s->layout.width;
}

/* A single line end between text. Where lines are not wrapped and the next word had room, the
 * writer ended the line on purpose. */
static void on_line(splitter *s, uint32_t left, uint32_t right)
{
    gap g = {.kind = GAP_LINE, .left = left, .right = right};
    uint32_t word = right;
    int score;
    while (word < s->n && word - right < 40 && !is_space(s, word))
        word++;
    g.full = is_full(s, left, right, word);
    g.indented = s->text[right - 1] == ' ' || s->text[right - 1] == '\t';
    if (is_item(s, right, g.full) ||
        (!s->layout.wrapped && !g.full && !is_letter(s, right, QN_CH_LOWER)))
        score = DECIDE_SURE;
    else
        score = decide(s, &g);
    if (score > 0) {
        cut(s, left, right, score);
        new_paragraph(s, right);
    }
}

static void on_break(splitter *s, uint32_t at)
{
    uint32_t left = skip_space_left(s, at), right;
    unsigned breaks;
    right = skip_space(s, left, &breaks);
    *s->work += at - left;
    s->pos = right;
    if (left <= s->beg || right >= s->n || breaks > 1) {
        cut(s, left, right, 0);
        new_paragraph(s, right);
    } else if (s->p->gaps != GAPS_OFF) {
        on_line(s, left, right);
    }
    s->line = right;
}

/* Blank before something that may start a sentence, with gaps = "all". */
static void on_space(splitter *s, uint32_t at)
{
    gap g = {.kind = GAP_SPACE};
    unsigned breaks = 0;
    int score;
    g.left = skip_space_left(s, at);
    g.right = at + 1;
    if (g.right >= s->n || s->text[g.right] <= ' ' || s->text[g.right] > '~')
        g.right = skip_space(s, at, &breaks);
    *s->work += at - g.left;
    if (breaks) return;
    s->pos = g.right;
    if (g.right >= s->n || g.left <= s->beg) return;
    if (!ascii_alnum(s->text[g.right]) && only_marks(s, g.right)) return;
    score = decide(s, &g);
    if (score > 0) cut(s, g.left, g.right, score);
}

/* With gaps = "all", a blank counts before "http://", too. */
static void on_scheme(splitter *s, uint32_t at)
{
    uint32_t blank = at;
    while (blank > s->pos && at - blank < 6 && s->text[blank - 1] >= 'a' &&
           s->text[blank - 1] <= 'z')
        blank--;
    if (blank > s->pos && s->text[blank - 1] == ' ') on_space(s, blank - 1);
}

static void on_mark(splitter *s, uint32_t at)
{
    unsigned char c = (unsigned char)s->text[at];
    uint32_t cp;
    unsigned len;
    uint8_t what;
    if (c == '"') {
        s->quoted ^= 1;
    } else if (c == '(') {
        s->depth = (uint8_t)(s->depth + (s->depth < 3));
    } else if (c == ')') {
        s->depth = (uint8_t)(s->depth - (s->depth > 0));
    } else if (c == ':') {
        if (s->p->gaps == GAPS_ALL && at + 2 < s->n && s->text[at + 1] == '/' &&
            s->text[at + 2] == '/')
            on_scheme(s, at);
    } else if (c >= 0x0A && c <= 0x0D) {
        on_break(s, at);
    } else if (c == 0xE2 && (cp = qn_char_get(s->text + at, &len)) >= 0x201C && cp <= 0x201D) {
        s->quoted = (uint8_t)((s->quoted & 1) | (cp == 0x201C ? 2 : 0));
    } else if (sentences_stop(s->text, at, s->n, &what)) {
        on_stop(s, at);
    } else if (c == 0xE2 && qn_space_at(s->text + at, s->n - at) &&
               qn_char_get(s->text + at, &len) >= 0x2028 &&
               qn_char_get(s->text + at, &len) <= 0x2029) {
        on_break(s, at);
    }
}

static void scan_block(splitter *s, const char *block, uint32_t base)
{
    scan_masks m;
    uint64_t bits;
    sentences_scan(block, s->p->gaps == GAPS_ALL, &m);
    bits = m.mark | m.gap;
    while (bits) {
        uint32_t at = base + (uint32_t)__builtin_ctzll(bits);
        uint64_t bit = bits & (~bits + 1);
        bits &= bits - 1;
        if (at < s->pos || at >= s->n) continue;
        if (m.gap & bit)
            on_space(s, at);
        else
            on_mark(s, at);
    }
}

int sentences_split(const char *text, uint32_t n, const sentences_params *p, uint64_t *work)
{
    splitter s = {.text = text, .n = n, .p = p, .work = work, .known = {.beg = 1}}; /* none */
    uint32_t base = 0;
    char last[65];
    unsigned breaks;
    if (p->gaps != GAPS_OFF) sentences_layout(text, n, &s.layout, work);
    s.beg = s.pos = s.floor = s.line = skip_space(&s, 0, &breaks);
    for (; !s.status && n > 64 && base < n - 64; base += 64)
        scan_block(&s, text + base, base);
    if (!s.status && base < n) {
        memset(last, ' ', sizeof last);
        memcpy(last, text + base, n - base);
        scan_block(&s, last, base);
    }
    while (n > s.beg && is_space(&s, (uint32_t)qn_char_prev(text, n)))
        n = (uint32_t)qn_char_prev(text, n);
    cut(&s, n, n, 0);
    return s.status;
}
