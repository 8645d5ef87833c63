#!/usr/bin/env bash
# Whether cost follows the change and not the registry: verify, resolve and show on a small and on a large one; and how long GTO needs to
# tell which version is in a stage, where Python can install it. Whole processes, started by the launcher.
# BENCHMARK_VERSIONS: versions of the large registry (100,000); the small one has 1,000. BENCHMARK_GTO_VERSIONS: of GTO's (100).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/measure"
large=${BENCHMARK_VERSIONS:-100000} gto_versions=${BENCHMARK_GTO_VERSIONS:-100} runs=${BENCHMARK_RUNS:-7}
modelgate=$home/modelgate
export MODELGATE_USER=

prepare() { # prepare <name> <versions>: a registry with an open proposal that registers one version
  say "making a registry of $2 versions"
  "$here/generate-registry" "$work/$1" --versions "$2" >&2
  git -C "$work/$1/registry.git" config modelgate.identity declared
  "$modelgate" propose candidate --title candidate -r "$work/$1/registry.git" --as somebody >"$work/proposed"
}

pointed() { # pointed <name>: a model that is in prod
  git -C "$work/$1/registry.git" ls-tree -r --name-only main stages/prod | sed -n '1s#stages/prod/\(.*\)\.yaml#\1#p'
}

fastest() { awk 'NR == 1 || $1 < wall {wall = $1} NR == 1 || $2 < cpu {cpu = $2} END {printf "%.3f %.3f\n", wall, cpu}' "$1"; }

flat() { # flat <what> <command...>: on the large and on the small registry, in turn, so that both have the same weather
  local what=$1 i
  shift
  : >"$work/on-large" >"$work/on-small"
  for ((i = 0; i < runs; i++)); do
    best 1 "$modelgate" "$@" -r "$work/large/registry.git" >>"$work/on-large"
    best 1 "$modelgate" "$@" -r "$work/small/registry.git" >>"$work/on-small"
  done
  wall_and_cpu "$what with $large versions" "the same with 1,000" "$(fastest "$work/on-large")" "$(fastest "$work/on-small")"
}

prepare small 1000
prepare large "$large"
model=$(pointed small)
"$modelgate" resolve "$model@prod" -r "$work/small/registry.git" >/dev/null
sleep "${BENCHMARK_WARM:-15}" # until the launcher has made its start-up archive
flat "verify a one-version proposal" verify 1
flat "resolve a model in a stage" resolve "$model@prod"
flat "show a model" show "$model"

gto() { # prints the seconds that GTO needs, or nothing
  python3 -m venv "$work/gto" >&2 && "$work/gto/bin/pip" install -q gto==1.10.1 >&2 || return 1
  local repository=$work/gto-repository i
  git init -q "$repository"
  for ((i = 1; i <= gto_versions; i++)); do
    git -C "$repository" -c user.name=b -c user.email=b@example.com commit -q --allow-empty -m "commit $i"
    git -C "$repository" -c user.name=b -c user.email=b@example.com tag -a "model@v0.0.$i" -m "version $i"
  done
  git -C "$repository" -c user.name=b -c user.email=b@example.com tag -a "model#prod#1" -m prod
  best "$runs" "$work/gto/bin/gto" show "model#prod" --repo "$repository"
}

ours=$(best "$runs" "$modelgate" resolve "$model@prod" -r "$work/small/registry.git")
if peer=$(gto); then
  wall_and_cpu "tell which version is in a stage (ours among 1,000 versions)" "GTO 1.10.1 among $gto_versions" "$ours" "$peer"
else
  say "SKIPPED GTO: Python cannot install it here"
fi
rm -rf "$work/small" "$work/large" "$work/gto" "$work/gto-repository"
