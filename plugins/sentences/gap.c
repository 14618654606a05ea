/* SPDX-License-Identifier: MIT */
/* plugins/sentences/gap.c - see gap.h. Every loop here is bounded (WORD, MARKS): a gap costs the
 * same in any text. */
#include "gap.h"

#include "text/chars.h"

enum { WORD = 40, MARKS = 12 };

unsigned sentences_stop(const char *text, uint32_t at, uint32_t n, uint8_t *stop)
{
    const unsigned char *s = (const unsigned char *)text + at;
    unsigned len;
    if (at >= n) return 0;
    switch (s[0]) {
    case '.':
        *stop = STOP_DOT;
        return 1;
    case '!':
        *stop = STOP_BANG;
        return 1;
    case '?':
        *stop = STOP_ASK;
        return 1;
    default:
        if (s[0] < 0xD8) return 0;
    }
    switch (qn_char_get(text + at, &len)) {
    case 0x2026:
        *stop = STOP_DOTS;
        return len;
    case 0x203C: /* !! ?? ?! !? as one character */
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x061F: /* Arabic ? and full stop */
    case 0x06D4:
    case 0x0964: /* danda, double danda */
    case 0x0965:
    case 0x104A: /* Burmese */
    case 0x104B:
    case 0x1362: /* Ethiopic */
    case 0x1367:
    case 0x17D4: /* Khmer */
    case 0x3002: /* ideographic */
    case 0xFF61:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
        *stop = STOP_FOREIGN;
        return len;
    default:
        return 0;
    }
}

unsigned sentences_closer(const char *text, uint32_t at, uint32_t n, uint8_t *edge)
{
    unsigned len;
    if (at >= n) return 0;
    switch (qn_char_get(text + at, &len)) {
    case '"':
    case '\'':
    case '`':
    case 0x2019:
    case 0x201D:
    case 0xBB:
    case 0x203A:
    case 0x300D:
    case 0x300F:
        *edge = EDGE_QUOTE;
        return len;
    case ')':
    case ']':
    case '}':
    case '>':
    case '*':
    case '_':
    case 0x3011:
    case 0xFF09:
        *edge = EDGE_BRACKET;
        return len;
    default:
        return 0;
    }
}

static uint8_t edge_of(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '`':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x300C:
    case 0x300E:
        return EDGE_QUOTE;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '<':
    case '>':
        return EDGE_BRACKET;
    case '*':
    case '+':
    case 0xB7:
    case 0x2022:
    case 0x2023:
    case 0x25AA:
    case 0x25CF:
    case 0x25E6:
    case 0x2043:
        return EDGE_BULLET;
    case '-':
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return EDGE_DASH;
    case ',':
        return EDGE_COMMA;
    case ':':
    case ';':
        return EDGE_COLON;
    case '.':
    case '!':
    case '?':
    case 0x2026:
        return EDGE_STOP;
    default:
        return EDGE_NONE;
    }
}

/* What a word is made of: enough to name its shape. */
typedef struct tally {
    uint32_t seen;    /* one bit for each enum qn_char_class */
    uint32_t letters; /* how many */
    uint32_t capital; /* the first character is upper case */
    uint32_t later;   /* another one is */
    uint32_t dot, address;
} tally;

enum {
    ANY_LOWER = 1 << QN_CH_LOWER,
    ANY_UPPER = 1 << QN_CH_UPPER,
    ANY_DIGIT = 1 << QN_CH_DIGIT,
    ANY_MARK = 1 << QN_CH_PUNCT | 1 << QN_CH_OTHER
};

static uint8_t shape_of(const tally *t)
{
    if (t->address && (t->letters || (t->seen & ANY_DIGIT))) return SHAPE_ADDRESS;
    if (!t->letters)
        return t->seen & ANY_DIGIT ? SHAPE_NUMBER : t->seen & ANY_MARK ? SHAPE_MARKS : SHAPE_NONE;
    if (t->dot) return SHAPE_DOTTED;
    if (t->seen & ANY_DIGIT) return SHAPE_ALNUM;
    if (!(t->seen & (ANY_UPPER | ANY_LOWER))) return SHAPE_LETTERS;
    if (!(t->seen & ANY_UPPER)) return t->letters == 1 ? SHAPE_LOWER1 : SHAPE_LOWER;
    if (!(t->seen & ANY_LOWER)) return t->letters == 1 ? SHAPE_UPPER1 : SHAPE_UPPER;
    return t->capital && !t->later ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static void count(tally *t, int class, int first)
{
    t->seen |= 1u << class;
    t->letters += class >= QN_CH_LOWER && class <= QN_CH_LETTER;
    *(first ? &t->capital : &t->later) |= class == QN_CH_UPPER;
}

/* One character beyond ASCII: counts it, returns the key it leads to. */
static uint32_t describe_wide(const char *p, unsigned *len, uint32_t key, tally *t, int first)
{
    uint32_t cp = qn_char_get(p, len), low = qn_char_fold(cp);
    unsigned k;
    count(t, qn_char_class(cp), first);
    if (cp == 0x2019) return sentences_key(key, '\'');
    if (low >= 0x80 && low < 0x800)
        return sentences_key(sentences_key(key, 0xC0 | low >> 6), 0x80 | (low & 0x3F));
    for (k = 0; k < *len; k++)
        key = sentences_key(key, (unsigned char)p[k]);
    return key;
}

/* Key, class and shape of text[w->beg, w->end). */
static void describe(gap_word *w, const char *text, const sentences_lexicon *lex)
{
    tally t = {0};
    uint32_t at = w->beg, key = LEXICON_SEED;
    unsigned len;
    w->tail = 0;
    while (at < w->end) {
        unsigned char c = (unsigned char)text[at];
        unsigned upper;
        int class;
        if (c >= 0x80) {
            key = describe_wide(text + at, &len, key, &t, at == w->beg);
            at += len;
            continue;
        }
        class = qn_char_ascii[c];
        upper = class == QN_CH_UPPER;
        t.seen |= 1u << class;
        t.letters += (unsigned)class - QN_CH_LOWER < 3;
        t.later |= upper;
        t.dot |= c == '.';
        t.address |= c == '@' || c == '/' || c == '_' || c == '\\';
        key = sentences_key(key, c | upper << 5);
        if (at++ == w->beg) {
            t.capital = upper;
            t.later = 0;
        }
    }
    w->key = key;
    for (at = w->end - w->beg > 3 ? w->end - 3 : w->beg; at < w->end; at++)
        w->tail = w->tail << 8 | (unsigned char)text[at];
    w->shape = shape_of(&t);
    w->lex = w->beg < w->end ? (uint16_t)sentences_lookup(lex, key, (int)t.capital) : 0;
}

/* ASCII that a word goes on over: letters, digits, and . ' - / @ _ & % # and symbols. */
static const uint8_t inside_ascii[128] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0,
    0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1};

static int inside_wide(uint32_t cp)
{
    switch (qn_char_class(cp)) {
    case QN_CH_SPACE:
        return 0;
    case QN_CH_PUNCT:
        return cp == 0x2019 || cp == 0x2010 || cp == 0x2011 || cp == 0xB7;
    default:
        return 1;
    }
}

static inline int inside_word(uint32_t cp)
{
    return cp < 0x80 ? inside_ascii[cp] : inside_wide(cp);
}

/* The word that ends at w->end; sets w->beg. */
static void word_before(gap_word *w, const char *text, uint32_t floor)
{
    uint32_t at = w->end, back;
    unsigned len;
    while (at > floor && w->end - at < WORD) {
        if ((unsigned char)text[at - 1] < 0x80 && inside_ascii[(unsigned char)text[at - 1]]) {
            at--;
            continue;
        }
        back = (uint32_t)qn_char_prev(text, at);
        if (back < floor) break;
        uint32_t cp = qn_char_get(text + back, &len);
        if (!inside_word(cp) &&
            !((cp == ',' || cp == ':') && at < w->end && text[at] >= '0' && text[at] <= '9'))
            break;
        at = back;
    }
    while (at < w->end && (text[at] == '\'' || text[at] == '-')) /* an opening quote, a dash */
        at++;
    w->beg = at;
}

/* The word that starts at w->beg; sets w->end. A final stop is not part of it. */
static void word_after(gap_word *w, const char *text, uint32_t n)
{
    uint32_t at = w->beg;
    unsigned len;
    while (at < n && at - w->beg < WORD) {
        if ((unsigned char)text[at] < 0x80 && inside_ascii[(unsigned char)text[at]]) {
            at++;
            continue;
        }
        uint32_t cp = qn_char_get(text + at, &len);
        if (!inside_word(cp) &&
            !((cp == ',' || cp == ':') && at + 1 < n && text[at + 1] >= '0' && text[at + 1] <= '9'))
            break;
        at += len;
    }
    while (at > w->beg && (text[at - 1] == '.' || text[at - 1] == '\'' || text[at - 1] == '-'))
        at--;
    w->end = at;
}

/* Goes left from `at` over blanks and closing marks to the end of a word; notes the mark that is
 * nearest to the word. */
static uint32_t skip_left(const char *text, uint32_t at, uint32_t floor, uint8_t *edge)
{
    unsigned i, len;
    for (i = 0; i < MARKS && at > floor; i++) {
        uint32_t back = (uint32_t)qn_char_prev(text, at), cp;
        if (back < floor) break;
        cp = qn_char_get(text + back, &len);
        if (qn_char_class(cp) != QN_CH_SPACE) {
            uint8_t e = edge_of(cp);
            if (e == EDGE_NONE && inside_word(cp)) break;
            *edge = e ? e : EDGE_OTHER;
        }
        at = back;
    }
    return at;
}

static uint32_t skip_right(const char *text, uint32_t at, uint32_t n, uint8_t *edge)
{
    unsigned i, len;
    for (i = 0; i < MARKS && at < n; i++) {
        uint32_t cp = qn_char_get(text + at, &len);
        if (qn_char_class(cp) != QN_CH_SPACE) {
            uint8_t e = edge_of(cp);
            if (e == EDGE_NONE && inside_word(cp)) break;
            if (!*edge) *edge = e ? e : EDGE_OTHER;
        }
        at += len;
    }
    return at;
}

static uint8_t last_mark(const char *text, uint32_t at, uint32_t floor)
{
    uint32_t back, cp;
    unsigned len;
    uint8_t stop = STOP_NONE;
    if (at <= floor) return STOP_NONE;
    back = (uint32_t)qn_char_prev(text, at);
    if (sentences_stop(text, back, at, &stop)) {
        if (stop == STOP_DOT && back >= floor + 2 && text[back - 1] == '.') return STOP_DOTS;
        return stop;
    }
    cp = qn_char_get(text + back, &len);
    switch (edge_of(cp)) {
    case EDGE_COMMA:
        return STOP_COMMA;
    case EDGE_COLON:
        return cp == ';' ? STOP_SEMICOLON : STOP_COLON;
    case EDGE_DASH:
        return STOP_DASH;
    default:
        return inside_word(cp) ? STOP_NONE : STOP_OTHER;
    }
}

/* Takes closing marks off the left side, then reads its last mark. */
static uint32_t read_stop(gap *g, const char *text, uint32_t floor)
{
    uint32_t at = g->left, back;
    unsigned i, len;
    for (i = 0; i < MARKS && at > floor; i++) {
        back = (uint32_t)qn_char_prev(text, at);
        if (sentences_closer(text, back, at, &g->closer))
            at = back;
        else if (i && qn_char_class(qn_char_get(text + back, &len)) == QN_CH_SPACE)
            at = back;
        else
            break;
    }
    g->stop = last_mark(text, at, floor);
    for (i = 0; i < MARKS && at > floor; i++) {
        uint8_t stop;
        back = (uint32_t)qn_char_prev(text, at);
        if (!sentences_stop(text, back, at, &stop) && (text[back] == ' ' ? 0 : 1)) break;
        g->spaced |= text[back] == ' ';
        at = back;
    }
    return at;
}

void sentences_near_words(gap *g, const char *text, uint32_t n, uint32_t floor,
                          const sentences_lexicon *lex)
{
    unsigned len;
    g->closer = g->opener = g->l1.edge = EDGE_NONE;
    g->spaced = 0;
    g->l1.end = skip_left(text, read_stop(g, text, floor), floor, &g->l1.edge);
    word_before(&g->l1, text, floor);
    describe(&g->l1, text, lex);
    g->r1.beg = skip_right(text, g->right, n, &g->opener);
    word_after(&g->r1, text, n);
    g->r1.edge = g->r1.end < n ? edge_of(qn_char_get(text + g->r1.end, &len)) : (uint8_t)EDGE_NONE;
    describe(&g->r1, text, lex);
}

void sentences_far_words(gap *g, const char *text, uint32_t n, uint32_t floor,
                         const sentences_lexicon *lex)
{
    g->l2.edge = g->r2.edge = EDGE_NONE;
    g->l2.end = skip_left(text, g->l1.beg, floor, &g->l2.edge);
    word_before(&g->l2, text, floor);
    describe(&g->l2, text, lex);
    g->first = g->l2.beg == g->l2.end;
    g->r2.beg = skip_right(text, g->r1.end, n, &g->r2.edge);
    word_after(&g->r2, text, n);
    describe(&g->r2, text, lex);
}
