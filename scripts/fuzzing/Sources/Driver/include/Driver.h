#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a function; SwiftPM gives an executable a `main` of its own, so libFuzzer's cannot be it.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*input)(const uint8_t *data, size_t count));
