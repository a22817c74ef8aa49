#!/bin/sh
# Generates the C code of otlp.proto with protoc-c (Debian: protobuf-c-compiler).
#
#   generate.sh            writes generated/otlp.pb-c.c and include/otlp.pb-c.h
#   generate.sh --check    exits 1 when the committed files differ from what protoc-c makes
set -eu
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
protoc-c --c_out="$work" otlp.proto

case "${1:-}" in
--check)
    if ! diff -u generated/otlp.pb-c.c "$work/otlp.pb-c.c" || ! diff -u include/otlp.pb-c.h "$work/otlp.pb-c.h"; then
        echo "Sources/COTLP: the generated files are stale; run Sources/COTLP/generate.sh and commit the result" >&2
        exit 1
    fi
    echo "Sources/COTLP: the generated files are current"
    ;;
"")
    mkdir -p generated include
    cp "$work/otlp.pb-c.c" generated/
    cp "$work/otlp.pb-c.h" include/
    ;;
*)
    echo "usage: generate.sh [--check]" >&2
    exit 2
    ;;
esac
