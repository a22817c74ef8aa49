# Sourced by the other scripts: headings with the seconds since the script started.

started=$(date +%s)

say() {
    printf '\n==> [%3ds] %s\n' "$(($(date +%s) - started))" "$*"
}

fail() {
    printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}
