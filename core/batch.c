/* SPDX-License-Identifier: MIT */
/* core/batch.c - see batch.h. A chain of blocks: the inline qn_alloc() cuts from the block in
 * use (its window, mem..mem_end) and calls more() when that is too small. Blocks come from mmap
 * and not from malloc, which in the threads of a run would keep hundreds of megabytes of them.
 *
 * Under AddressSanitizer the window shown to qn_alloc() is always empty, so that every request
 * comes through more(), which leaves a poisoned gap behind each piece: an overrun of a piece, or
 * a use after the reset, is then reported like one of malloc's. */
#include "batch.h"

#include <stdlib.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
#define GAP 16u
#else
#define SANITIZED                         0
#define GAP                               0u
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { BLOCK_MIN = 256 << 10, BLOCK_MAX = 4 << 20 };

typedef struct block {
    struct block *next;
    size_t size; /* with this header */
} block;

typedef struct batch {
    qn_batch pub;            /* first, so that a qn_batch is a batch */
    block *base;             /* the first block, kept for ever: the window after a reset */
    block *busy;             /* the others handed out from since the last reset */
    block *spare;            /* kept from earlier */
    char *start, *mem, *end; /* the window; `pub` shows mem and end, or an empty one */
    size_t keep;
    size_t room;              /* records that pub.rec has room for */
    size_t spent, held, peak; /* spent: handed out from elsewhere than the window */
} batch;

static char *block_bytes(block *k)
{
    return (char *)(k + 1);
}

static size_t block_room(const block *k)
{
    return k->size - sizeof *k;
}

/* A block with room for `need` bytes, which fills whole pages. */
static block *block_new(batch *a, size_t need)
{
    const size_t page = 4096;
    size_t size;
    block *k;
    if (need > PTRDIFF_MAX - sizeof *k - page) return NULL;
    size = (need + sizeof *k + page - 1) / page * page;
    k = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (k == MAP_FAILED) return NULL;
    k->size = size;
    a->held += size;
    if (a->held > a->peak) a->peak = a->held;
    ASAN_POISON_MEMORY_REGION(block_bytes(k), block_room(k));
    return k;
}

static void block_free(batch *a, block *k)
{
    a->held -= k->size;
    ASAN_UNPOISON_MEMORY_REGION(block_bytes(k), block_room(k));
    munmap(k, k->size);
}

static void blocks_free(batch *a, block *k)
{
    block *next;
    for (; k; k = next) {
        next = k->next;
        block_free(a, k);
    }
}

/* The first spare block that is large enough, out of its list; few blocks are ever spare. */
static block *spare_take(batch *a, size_t need)
{
    block **at = &a->spare, *k;
    while (*at && block_room(*at) < need)
        at = &(*at)->next;
    k = *at;
    if (k) *at = k->next;
    return k;
}

/* A block with room for `need`. Blocks grow with the batch; what would fill much of one gets a
 * block of its own size. */
static block *block_for(batch *a, size_t need)
{
    size_t size = a->held;
    block *k = spare_take(a, need);
    if (k) return k;
    if (size < BLOCK_MIN) size = BLOCK_MIN;
    if (size > BLOCK_MAX) size = BLOCK_MAX;
    return block_new(a, need > size / 4 ? need : size - sizeof *k);
}

static void window_open(batch *a, block *k)
{
    a->spent += (size_t)(a->mem - a->start);
    a->start = a->mem = block_bytes(k);
    a->end = a->start + block_room(k);
}

static void window_show(batch *a)
{
    a->pub.mem = SANITIZED ? a->end : a->mem;
    a->pub.mem_end = a->end;
}

/* `need` bytes from the window, or from a further block: whichever of the two then has more left
 * is the window from here on. NULL when out of memory. */
static char *cut(batch *a, size_t need)
{
    char *p;
    if ((size_t)(a->end - a->mem) < need) {
        block *k = block_for(a, need);
        if (!k) return NULL;
        k->next = a->busy;
        a->busy = k;
        if (block_room(k) - need <= (size_t)(a->end - a->mem)) {
            a->spent += need;
            return block_bytes(k);
        }
        window_open(a, k);
    }
    p = a->mem;
    a->mem += need;
    return p;
}

/* qn_batch.mem_more: `need` is a multiple of 8. */
static void *more(qn_batch *b, size_t need)
{
    batch *a = (batch *)b;
    char *p;
    if (need > SIZE_MAX - GAP) return NULL;
    if (!SANITIZED) a->mem = b->mem;
    p = cut(a, need + GAP);
    if (!p) return NULL;
    window_show(a);
    ASAN_UNPOISON_MEMORY_REGION(p, need);
    return p;
}

qn_batch *qn_batch_new(size_t keep)
{
    batch *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->keep = keep ? keep : QN_BATCH_KEEP;
    a->base = block_new(a, BLOCK_MIN - sizeof(block));
    if (!a->base) {
        free(a);
        return NULL;
    }
    a->base->next = NULL;
    a->pub.size = sizeof a->pub;
    a->pub.cap = 64;
    a->pub.mem_more = more;
    qn_batch_reset(&a->pub);
    return &a->pub;
}

void qn_batch_free(qn_batch *b)
{
    batch *a = (batch *)b;
    if (!a) return;
    blocks_free(a, a->busy);
    blocks_free(a, a->spare);
    blocks_free(a, a->base);
    free(a);
}

/* Keeps the blocks of the list as spare while they fit into a->keep, and gives the rest back. */
static void blocks_recycle(batch *a, block *k, size_t *kept)
{
    block *next;
    for (; k; k = next) {
        next = k->next;
        if (*kept > a->keep || k->size > a->keep - *kept) {
            block_free(a, k);
            continue;
        }
        *kept += k->size;
        ASAN_POISON_MEMORY_REGION(block_bytes(k), block_room(k));
        k->next = a->spare;
        a->spare = k;
    }
}

void qn_batch_reset(qn_batch *b)
{
    batch *a = (batch *)b;
    block *unused = a->spare;
    size_t kept = a->base->size;
    a->spare = NULL;
    blocks_recycle(a, a->busy, &kept);
    blocks_recycle(a, unused, &kept);
    a->busy = NULL;
    ASAN_POISON_MEMORY_REGION(block_bytes(a->base), block_room(a->base));
    window_open(a, a->base);
    window_show(a);
    a->spent = 0;
    a->room = 0;
    b->n = 0;
    b->rec = NULL;
    b->seq = 0;
    b->bytes = 0;
}

static qn_status make_room(batch *a)
{
    qn_batch *b = &a->pub;
    size_t room = a->room ? a->room * 2 : 64;
    qn_record **rec;
    if (b->n < a->room) return QN_OK;
    if (b->n == UINT32_MAX || room > SIZE_MAX / sizeof *rec) return QN_E_NOMEM;
    rec = qn_alloc(b, room * sizeof *rec);
    if (!rec) return QN_E_NOMEM;
    if (b->n) memcpy(rec, b->rec, b->n * sizeof *rec);
    b->rec = rec;
    a->room = room;
    return QN_OK;
}

qn_record *qn_batch_add_record(qn_batch *b, uint32_t nlayer)
{
    size_t size = sizeof(qn_record) + nlayer * sizeof(qn_layer);
    qn_record *r;
    if (make_room((batch *)b) != QN_OK) return NULL;
    r = qn_alloc(b, size);
    if (!r) return NULL;
    memset(r, 0, size);
    r->batch = b;
    r->nlayer = nlayer;
    r->layer = (qn_layer *)(r + 1);
    if (b->n) b->bytes += b->rec[b->n - 1]->text.n;
    b->rec[b->n++] = r;
    return r;
}

qn_batch_memory qn_batch_stats(const qn_batch *b)
{
    const batch *a = (const batch *)b;
    const char *mem = SANITIZED ? a->mem : b->mem;
    qn_batch_memory m;
    m.used = a->spent + (size_t)(mem - a->start);
    m.held = a->held;
    m.peak = a->peak;
    return m;
}
