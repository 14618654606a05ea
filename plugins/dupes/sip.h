/* SPDX-License-Identifier: MIT */
/* plugins/dupes/sip.h - SipHash-1-3 with 128 bits of output (Aumasson and Bernstein 2012): with a
 * key that nobody knows, no input can be made whose hashes collide. Pure functions; any thread. */
#ifndef QUERN_DUPES_SIP_H
#define QUERN_DUPES_SIP_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct dupes_hash {
    uint64_t a, b;
} dupes_hash;

static inline uint64_t dupes_rotl(uint64_t x, unsigned k)
{
    return x << k | x >> (64 - k);
}

static inline void dupes_sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = dupes_rotl(v[1], 13) ^ v[0];
    v[3] = dupes_rotl(v[3], 16) ^ v[2];
    v[0] = dupes_rotl(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = dupes_rotl(v[1], 17) ^ v[2];
    v[3] = dupes_rotl(v[3], 21) ^ v[0];
    v[2] = dupes_rotl(v[2], 32);
}

static inline uint64_t dupes_sip_end(uint64_t v[4])
{
    dupes_sip_round(v);
    dupes_sip_round(v);
    dupes_sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static inline dupes_hash dupes_sip(dupes_hash key, const char *p, size_t n)
{
    uint64_t v[4] = {key.a ^ 0x736f6d6570736575u, key.b ^ 0x646f72616e646f6du ^ 0xee,
                     key.a ^ 0x6c7967656e657261u, key.b ^ 0x7465646279746573u};
    uint64_t word, left = n;
    dupes_hash h;
    for (; left >= 8; left -= 8, p += 8) {
        memcpy(&word, p, 8);
        v[3] ^= word;
        dupes_sip_round(v);
        v[0] ^= word;
    }
    word = 0;
    memcpy(&word, p, (size_t)left);
    word |= (uint64_t)n << 56;
    v[3] ^= word;
    dupes_sip_round(v);
    v[0] ^= word;
    v[2] ^= 0xee;
    h.a = dupes_sip_end(v);
    v[1] ^= 0xdd;
    h.b = dupes_sip_end(v);
    return h;
}
#endif
