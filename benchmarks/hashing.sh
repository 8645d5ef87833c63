#!/usr/bin/env bash
# How fast bytes are hashed and brought out of a store, against sha256sum, openssl, find | xargs and cp.
# BENCHMARK_LARGE: bytes of the one large file (5 GB). BENCHMARK_SMALL: bytes of each of the 10,000 small ones (64 KiB).
# Our program may use 64 MB of heap, so it works in constant memory or not at all.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/measure"
large=${BENCHMARK_LARGE:-5000000000} small=${BENCHMARK_SMALL:-65536}
our_java "$work/hashing-classes" "$here/Hashing.java"

in=$work/hashing
mkdir -p "$in/large" "$in/small"
say "making a file of $large bytes, and 10,000 of $small"
head -c "$large" /dev/urandom >"$in/large/weights.bin"
head -c $((small * 10000)) /dev/urandom | (cd "$in/small" && split -a 4 -b "$small" - part-)

name="hash one file of $(awk "BEGIN {printf \"%.1f\", $large / 1e9}") GB"
us=$(best 3 "${ours[@]}" Hashing hash "$in/large")
wall_and_cpu "$name" sha256sum "$us" "$(best 2 sha256sum "$in/large/weights.bin")"
if command -v openssl >/dev/null; then
  wall_and_cpu "$name" "openssl dgst" "$us" "$(best 2 openssl dgst -sha256 "$in/large/weights.bin")"
fi

name="hash 10,000 files of $small bytes"
us=$(best 5 "${ours[@]}" Hashing hash "$in/small")
peer=(sh -c "find '$in/small' -type f -print0 | xargs -0 -n 500 -P $(nproc) sha256sum")
wall_and_cpu "$name" "find | xargs -P $(nproc) sha256sum" "$us" "$(best 5 "${peer[@]}")"

say "putting the large file into a store"
"${ours[@]}" Hashing upload "$in/large" "$in/store" >"$in/files"
pull() { rm -rf "$in/out" && "${ours[@]}" Hashing checkout "$in/store" "$in/files" "$in/out"; }
copy() { rm -rf "$in/out" && mkdir "$in/out" && cp "$in/large/weights.bin" "$in/out" && sha256sum "$in/out/weights.bin"; }
wall_and_cpu "copy it out of a store and verify it" "cp and sha256sum" "$(best 2 pull)" "$(best 2 copy)"
rm -rf "$in"
