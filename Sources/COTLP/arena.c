#include "arena.h"

#include <stdint.h>
#include <stdlib.h>

// Enough for an ordinary span, so that most requests allocate once.
static const size_t first_block_size = 16 * 1024;
static const size_t largest_kept_block = 256 * 1024;
static const size_t alignment = _Alignof(max_align_t);

typedef struct block {
    struct block *previous;
    size_t capacity;
    size_t used;
    max_align_t bytes[];
} block;

struct otlp_arena {
    ProtobufCAllocator allocator;
    block *newest;
    size_t budget;
    size_t spent;
    bool refused;
};

static bool add_block(otlp_arena *arena, size_t needed) {
    size_t capacity = arena->newest ? arena->newest->capacity * 2 : first_block_size;
    if (capacity < needed) {
        capacity = needed;
    }
    block *added = malloc(sizeof(block) + capacity);
    if (!added) {
        return false;
    }
    added->previous = arena->newest;
    added->capacity = capacity;
    added->used = 0;
    arena->newest = added;
    return true;
}

static void *allocate(void *data, size_t size) {
    otlp_arena *arena = data;
    size_t left = arena->budget - arena->spent;
    // `size` is compared before it is rounded, so rounding cannot wrap.
    if (size > left || left - size < alignment) {
        arena->refused = true;
        return NULL;
    }
    size_t rounded = (size + alignment - 1) / alignment * alignment;
    block *current = arena->newest;
    if (!current || current->capacity - current->used < rounded) {
        if (!add_block(arena, rounded)) {
            arena->refused = true;
            return NULL;
        }
        current = arena->newest;
    }
    void *result = (uint8_t *)current->bytes + current->used;
    current->used += rounded;
    arena->spent += rounded;
    return result;
}

// Single messages are never freed: `otlp_arena_reset` frees all.
static void ignore(void *data, void *pointer) {
    (void)data;
    (void)pointer;
}

static void free_blocks(block *newest) {
    while (newest) {
        block *previous = newest->previous;
        free(newest);
        newest = previous;
    }
}

otlp_arena *otlp_arena_create(size_t budget) {
    otlp_arena *arena = calloc(1, sizeof(otlp_arena));
    if (arena) {
        arena->allocator = (ProtobufCAllocator){.alloc = allocate, .free = ignore, .allocator_data = arena};
        arena->budget = budget;
    }
    return arena;
}

void otlp_arena_destroy(otlp_arena *arena) {
    free_blocks(arena->newest);
    free(arena);
}

void otlp_arena_reset(otlp_arena *arena) {
    // An arena lives long: what one large message needed is given back.
    if (arena->newest && arena->newest->capacity > largest_kept_block) {
        free_blocks(arena->newest);
        arena->newest = NULL;
    }
    if (arena->newest) {
        free_blocks(arena->newest->previous);
        arena->newest->previous = NULL;
        arena->newest->used = 0;
    }
    arena->spent = 0;
    arena->refused = false;
}

void otlp_arena_set_budget(otlp_arena *arena, size_t budget) {
    otlp_arena_reset(arena);
    arena->budget = budget;
}

ProtobufCAllocator *otlp_arena_allocator(otlp_arena *arena) { return &arena->allocator; }

bool otlp_arena_refused(const otlp_arena *arena) { return arena->refused; }
