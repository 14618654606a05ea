/* SPDX-License-Identifier: MIT */
/* plugins/digest/group.h - what is remembered of the documents of each group: their best sentences
 * and which words the group is about, both bounded. Used by one thread at a time. */
#ifndef DIGEST_GROUP_H
#define DIGEST_GROUP_H
#include <quern/record.h>

/* A word of a sentence: its hash, and its weight in the sentence's vector, which has length one. */
typedef struct digest_term {
    uint64_t hash;
    float weight;
} digest_term;

/* A sentence that stands for its document. */
typedef struct digest_sentence {
    qn_str text, id; /* id: of its document */
    const digest_term *term;
    uint32_t nterm;
    float score; /* in its document */
    uint64_t no; /* in order of arrival */
} digest_sentence;

enum {
    DIGEST_KEEP = 64,   /* sentences of a group */
    DIGEST_TERMS = 8192 /* words that a group's centre holds; a power of two */
};

typedef struct digest_groups digest_groups;

/* At most `most` groups are remembered: a new one takes the place of the one not seen for longest.
 * NULL: out of memory. */
digest_groups *digest_groups_new(uint32_t most);
void digest_groups_free(digest_groups *);

/* Takes in the sentences of one more document of the group; copies what it keeps. QN_E_NOMEM. */
qn_status digest_add(digest_groups *, qn_str key, const digest_sentence *v, uint32_t n);

/* The group's n best sentences so far, into out[n]: like the group's centre and unlike one another
 * (weighed by mmr, 0 or more), in order of arrival. How many there are. They stay the group's. */
uint32_t digest_best(digest_groups *, qn_str key, double mmr, const digest_sentence **out,
                     uint32_t n);
/* Documents taken into the group so far. */
uint64_t digest_documents(digest_groups *, qn_str key);
#endif
