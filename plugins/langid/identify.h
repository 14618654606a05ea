/* SPDX-License-Identifier: MIT */
/* plugins/langid/identify.h - which language a text is in: by script where one script means one
 * language, else by letter trigrams. Pure functions; any thread. */
#ifndef QUERN_LANGID_IDENTIFY_H
#define QUERN_LANGID_IDENTIFY_H
#include <stddef.h>
#include <stdint.h>

enum {
    LANGID_LATIN = 26,
    LANGID_LANGUAGES = 31
}; /* the first are written in Latin letters, the rest Cyrillic */

/* The model: sorted by key, a hash of the trigram. cost: -16 ln p. */
struct langid_gram {
    uint32_t key;
    uint8_t language, cost;
};
extern const char *const langid_name[];
extern const unsigned langid_floor, langid_grams; /* floor: the cost of a trigram not in the list */
extern const struct langid_gram langid_gram[];

struct langid_result {
    const char *language; /* ISO 639-1; NULL when the text has no letters */
    double confidence;    /* 0 to 1 */
};

/* Looks at the first 8,192 letters at most. */
struct langid_result langid_identify(const char *p, size_t n);
#endif
