#ifndef COTLP_H
#define COTLP_H

#include "arena.h"
#include "otlp.pb-c.h"
#include "pprof.pb-c.h"

#endif
