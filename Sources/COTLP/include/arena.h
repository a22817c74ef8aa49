#ifndef COTLP_ARENA_H
#define COTLP_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

/// Memory for decoded messages: handed out by moving a pointer, given back all at once, never past a budget.
///
/// protobuf-c limits nothing itself; a request a thousandth of the size of memory could fill it.
/// Not safe to share between threads.
typedef struct otlp_arena otlp_arena;

/// NULL when there is no memory. `budget` counts the bytes of messages alive at once.
otlp_arena *otlp_arena_create(size_t budget);
void otlp_arena_destroy(otlp_arena *arena);

/// Forgets every message and keeps one block of memory for the next ones.
void otlp_arena_reset(otlp_arena *arena);

/// Forgets every message, and gives the next ones this budget.
void otlp_arena_set_budget(otlp_arena *arena, size_t budget);

/// The allocator to unpack with; valid as long as the arena.
ProtobufCAllocator *otlp_arena_allocator(otlp_arena *arena);

/// Whether an allocation since the last reset was refused: tells "too large" from "malformed" when unpacking gives NULL.
bool otlp_arena_refused(const otlp_arena *arena);

#endif
