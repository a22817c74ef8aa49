#!/bin/sh
# Generates the C code of otlp.proto and pprof.proto with protoc-c (Debian: protobuf-c-compiler).
#
#   generate.sh            writes generated/*.pb-c.c and include/*.pb-c.h
#   generate.sh --check    exits 1 when the committed files differ from what protoc-c makes
set -eu
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
protoc-c --c_out="$work" otlp.proto pprof.proto

case "${1:-}" in
--check)
    for name in otlp pprof; do
        if ! diff -u "generated/$name.pb-c.c" "$work/$name.pb-c.c" || ! diff -u "include/$name.pb-c.h" "$work/$name.pb-c.h"; then
            echo "Sources/COTLP: the generated files are stale; run Sources/COTLP/generate.sh and commit the result" >&2
            exit 1
        fi
    done
    echo "Sources/COTLP: the generated files are current"
    ;;
"")
    mkdir -p generated include
    cp "$work"/*.pb-c.c generated/
    cp "$work"/*.pb-c.h include/
    ;;
*)
    echo "usage: generate.sh [--check]" >&2
    exit 2
    ;;
esac
