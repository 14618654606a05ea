/* SPDX-License-Identifier: MIT */
/* plugins/sentences/word.c - see word.h. Most words are a few ASCII characters: they are described
 * from one register. The rest goes character by character. */
#include "word.h"

#include "text/chars.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a word is made of, counted by kind, eight bits each. A word is too short for a count to run
 * over (gap.c bounds it). */
typedef uint64_t tally;
#define ONE(kind) (UINT64_C(1) << (8 * (kind)))

static unsigned counted(tally t, int kind)
{
    return (unsigned)(t >> (8 * kind)) & 0xFF;
}

/* "U.S": capitals, each but the last before a stop. */
static int are_initials(const char *p, uint32_t n)
{
    uint32_t i;
    for (i = 0; i < n; i++)
        if (i & 1 ? p[i] != '.' : p[i] < 'A' || p[i] > 'Z') return 0;
    return (int)(n & 1);
}

static uint8_t shape_of(tally t, int capital, const char *p, uint32_t n)
{
    unsigned upper = counted(t, QN_CH_UPPER), lower = counted(t, QN_CH_LOWER);
    unsigned letters = upper + lower + counted(t, QN_CH_LETTER), digits = counted(t, QN_CH_DIGIT);
    int marks = counted(t, QN_CH_PUNCT) || counted(t, QN_CH_OTHER);
    if (marks && (letters || digits) &&
        (memchr(p, '@', n) || memchr(p, '/', n) || memchr(p, '_', n) || memchr(p, '\\', n)))
        return SHAPE_ADDRESS;
    if (!letters) return digits ? SHAPE_NUMBER : marks ? SHAPE_MARKS : SHAPE_NONE;
    if (marks && memchr(p, '.', n) && (p[0] < '0' || p[0] > '9'))
        return are_initials(p, n) ? SHAPE_INITIALS : SHAPE_DOTTED;
    if (digits) return SHAPE_ALNUM;
    if (!upper && !lower) return SHAPE_LETTERS;
    if (!upper) return letters == 1 ? SHAPE_LOWER1 : SHAPE_LOWER;
    if (!lower) return letters == 1 ? SHAPE_UPPER1 : SHAPE_UPPER;
    return capital && upper == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static uint32_t last_bytes(const char *text, uint32_t beg, uint32_t end)
{
    const unsigned char *e = (const unsigned char *)text + end;
    if (end - beg >= 3) return (uint32_t)(e[-3] << 16 | e[-2] << 8 | e[-1]);
    if (end - beg == 2) return (uint32_t)(e[-2] << 8 | e[-1]);
    return end > beg ? e[-1] : 0;
}

void sentences_describe_scalar(gap_word *w, const char *text)
{
    word_key key = WORD_KEY_START;
    tally t = 0;
    uint32_t at = w->beg;
    unsigned len;
    w->capital = 0;
    for (; at < w->end; at += len) {
        uint32_t cp = qn_char_get(text + at, &len);
        int class = qn_char_class(cp);
        if (class == QN_CH_UPPER && !t) w->capital = 1;
        t += ONE(class);
        sentences_key_char(&key, text + at, cp, len);
    }
    w->key = sentences_key_end(&key);
    w->tail = last_bytes(text, w->beg, w->end);
    w->one_mark = counted(t, QN_CH_PUNCT) + counted(t, QN_CH_OTHER) == 1;
    w->shape = shape_of(t, w->capital, text + w->beg, w->end - w->beg);
}

#ifdef __SSE2__
static __m128i between(__m128i v, char low, char span)
{
    __m128i d = _mm_sub_epi8(v, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(span)), d);
}

static unsigned bits(__m128i v)
{
    return (unsigned)_mm_movemask_epi8(v);
}

/* As shape_of, for ASCII; one bit for each byte of the word v. */
static uint8_t shape_of_ascii(__m128i v, unsigned upper, unsigned letter, unsigned digit,
                              unsigned all)
{
    int one = (letter & (letter - 1)) == 0;
    unsigned dots;
    if (letter != all) {
        __m128i slash = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')),
                                     _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
        __m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('@')),
                                     _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
        if ((letter | digit) && bits(_mm_or_si128(slash, other))) return SHAPE_ADDRESS;
        if (!letter) return digit ? SHAPE_NUMBER : SHAPE_MARKS;
        dots = bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')));
        if (dots && !(digit & 1))
            return upper == (all & 0x5555) && dots == (all & 0xAAAA) &&
                           ((all + 1) & 0xAAAA) /* of odd length */
                       ? SHAPE_INITIALS
                       : SHAPE_DOTTED;
        if (digit) return SHAPE_ALNUM;
    }
    if (!upper) return one ? SHAPE_LOWER1 : SHAPE_LOWER;
    if (upper == letter) return one ? SHAPE_UPPER1 : SHAPE_UPPER;
    return upper == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

/* Describes a word of 1 to 16 ASCII bytes, of which text + w->beg has 16 readable ones. 0: it is
 * none. */
static int describe_ascii(gap_word *w, const char *text)
{
    static const uint8_t ones[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                     255, 255, 255, 255, 255, 255, 255, 255};
    uint32_t n = w->end - w->beg;
    unsigned all = (1u << n) - 1, upper, letter, digit, mark;
    uint64_t half[2];
    __m128i in = _mm_loadu_si128((const __m128i *)(const void *)(ones + 16 - n));
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + w->beg)), capital;
    v = _mm_and_si128(v, in);
    if (bits(v)) return 0;
    capital = between(v, 'A', 25);
    upper = bits(capital);
    letter = bits(between(v, 'a', 25)) | upper;
    digit = letter == all ? 0 : bits(between(v, '0', 9));
    v = _mm_or_si128(v, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
    _mm_storeu_si128((__m128i *)(void *)half, v);
    w->key = sentences_key_letters(half[0], half[1], n);
    w->tail = last_bytes(text, w->beg, w->end);
    w->capital = upper & 1;
    mark = all & ~(letter | digit);
    w->one_mark = mark && (mark & (mark - 1)) == 0;
    w->shape = shape_of_ascii(v, upper, letter, digit, all);
    return 1;
}
#endif

void sentences_describe(gap_word *w, const char *text, uint32_t n)
{
#ifdef __SSE2__
    if (w->end - w->beg - 1 < 16 && n - w->beg >= 16 && describe_ascii(w, text)) return;
#endif
    (void)n;
    sentences_describe_scalar(w, text);
}

/* LEX_ bits of what stands behind an elided article: "L'avv.", "d'env."; English has no such. */
static unsigned after_article(const char *p, uint32_t n, const sentences_lexicon *lex)
{
    uint32_t at;
    unsigned len;
    for (at = 1; at < 4 && at + 3 < n; at += len) {
        uint32_t cp = qn_char_get(p + at, &len);
        if (cp == '\'' || cp == 0x2019)
            return n - at - len < 3
                       ? 0
                       : sentences_lookup(lex, sentences_word_key(p + at + len, n - at - len), 0);
    }
    return 0;
}

void sentences_classify(gap_word *w, const char *text, const sentences_lexicon *lex)
{
    w->lex = w->beg < w->end ? (uint16_t)sentences_lookup(lex, w->key, w->capital) : 0;
    if (!w->lex && w->one_mark)
        w->lex = (uint16_t)after_article(text + w->beg, w->end - w->beg, lex);
}
