#!/usr/bin/env bash
# What a registry on a real Git host costs: verify on a Gitea and on 'local' in turn, watch over many open proposals, and a large registry on
# a Gitea beside a small one. The requests are those that Gitea took down, Git's own among them. Whole processes, started by the launcher.
# BENCHMARK_VERSIONS: versions of the large registry (100,000); the small one has 1,000. BENCHMARK_PROPOSALS: open ones (500).
# BENCHMARK_REVIEWS, BENCHMARK_COMMITS: of the proposal with many (60, 300).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/measure"
versions=${BENCHMARK_VERSIONS:-100000} proposals=${BENCHMARK_PROPOSALS:-500} runs=${BENCHMARK_RUNS:-9}
reviews=${BENCHMARK_REVIEWS:-60} commits=${BENCHMARK_COMMITS:-300} interval=2 intervals=10
modelgate=$home/modelgate in=$work/hosts log=$work/hosts/gitea/requests.log
most_seconds=1.5 most_requests=12

if ! "$home/peers/gitea" start "$in/gitea" >"$work/gitea"; then
  say "SKIPPED hosts: no Gitea on this machine to measure against; 'peers/gitea build' makes one in about four minutes"
  rm -rf "$in"
  exit 0
fi
watching=
trap '[ -z "$watching" ] || kill "$watching" 2>/dev/null; "$home/peers/gitea" stop "$in/gitea"' EXIT
url=$(sed -n 's/^url //p' "$work/gitea") admin=$(sed -n 's/^admin //p' "$work/gitea")

api() { # api <method> <path> [<body>]: as the administrator
  curl -sSf -X "$1" -H "Authorization: token $admin" -H 'Content-Type: application/json' ${3:+-d "$3"} "$url/api/v1$2"
}

address() { echo "$url/administrator/$1.git"; }

publish() { # publish <name> <ref...>: pushes refs of a generated registry to a new repository of the same name
  local name=$1
  shift
  api POST /user/repos "{\"name\": \"$name\", \"default_branch\": \"main\", \"private\": true}" >/dev/null
  # quietly: Gitea says of each branch how to open a pull request
  git -C "$in/$name/registry.git" -c "http.extraHeader=Authorization: token $admin" push -q "$(address "$name")" "$@" 2>>"$work/errors"
  until api GET "/repos/administrator/$name" | grep -q '"empty":false'; do sleep 0.2; done # it notices that a moment later
}

open() { # open <name> <branch>: asks for a merge into main
  api POST "/repos/administrator/$1/pulls" "{\"head\": \"$2\", \"base\": \"main\", \"title\": \"$2\"}" >/dev/null
}

generate() { # generate <name> <options...>
  local name=$1
  shift
  say "making a registry, $name: $*"
  "$here/generate-registry" "$in/$name" --store "file://$in/$name/artifacts" "$@" >&2
}

on_gitea() { env "MODELGATE_TOKEN=$admin" "MODELGATE_HOST=gitea=$url" "$@"; }

taken() { # how many requests Gitea has taken; it writes them down a moment after it answered
  sleep 0.5
  grep -c ' completed ' "$log" || true
}

longest() { # longest <line>: the seconds of the longest request after so many
  grep ' completed ' "$log" | tail -n "+$(($1 + 1))" | sed -n 's/.* in \([0-9.]*\)\([mµn]*s\) @.*/\1 \2/p' |
    awk '{t = $1 * ($2 == "s" ? 1 : $2 == "ms" ? 1e-3 : 1e-6)} t > most {most = t} END {printf "%.4f\n", most}'
}

middle() { sort -g | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'; }

of() { awk -v n="$1" -v o="$2" -v p="$3" -v u="$4" 'BEGIN {printf "%s | %.4g%s | %.4g%s | %.2f\n", n, o, u, p, u, p / o}'; }

generate small --versions 1000 --commits "$commits" --cards "$proposals"
git -C "$in/small/registry.git" config modelgate.identity declared
for branch in candidate long-candidate; do
  MODELGATE_USER='' "$modelgate" propose $branch --title $branch -r "$in/small/registry.git" --as somebody >"$work/proposed"
done
publish small main candidate long-candidate
open small candidate
open small long-candidate
for ((i = 0; i < reviews; i++)); do
  api POST /repos/administrator/small/pulls/2/reviews "{\"event\": \"COMMENT\", \"body\": \"remark $i\"}" >/dev/null
done

local_verify() { best 1 env MODELGATE_USER= "$modelgate" verify "$1" -r "$in/small/registry.git"; }
verify() { best 1 on_gitea "$modelgate" verify "$2" -r "$(address "$1")"; }

for proposal in 1 2; do # their copies are made, and the launcher's start-up archive
  say "the first verify, with its copy of the registry: $(verify small $proposal | cut -d ' ' -f 1) s"
  local_verify $proposal >"$work/ignored"
done
sleep "${BENCHMARK_WARM:-15}"
for proposal in 1 2; do
  : >"$work/more" >"$work/more-cpu"
  before=$(taken)
  for ((i = 0; i < runs; i++)); do
    there=$(verify small $proposal) here_=$(local_verify $proposal)
    awk -v t="${there% *}" -v h="${here_% *}" 'BEGIN {print t - h}' >>"$work/more"
    awk -v t="${there#* }" -v h="${here_#* }" 'BEGIN {print t - h}' >>"$work/more-cpu"
  done
  name="verify a proposal on a real Gitea"
  [ $proposal = 1 ] || name="$name, with $reviews reviews and $commits commits"
  of "$name, more than on local, against the $most_seconds s that we allow" "$(middle <"$work/more")" $most_seconds " s"
  of "$name, more seconds of processor than on local, against the $most_seconds s that we allow" "$(middle <"$work/more-cpu")" $most_seconds " s"
  of "$name, requests, against the $most_requests that we allow" $((($(taken) - before) / runs)) $most_requests ""
done

generate large --versions "$versions"
say "pushing it"
publish large main candidate
open large candidate
say "the first verify, with its copy of the registry: $(verify large 1 | cut -d ' ' -f 1) s"
: >"$work/on-large" >"$work/on-small" >"$work/longest-large" >"$work/longest-small"
for ((i = 0; i < runs; i++)); do
  for which in large small; do
    before=$(taken)
    verify $which 1 >>"$work/on-$which"
    echo $(($(taken) - before)) >"$work/requests-$which"
    longest "$before" >>"$work/longest-$which"
  done
done
name="verify on a real Gitea with $versions versions"
row "$name, against the same with 1,000" "$(cut -d ' ' -f 1 "$work/on-large" | middle)" "$(cut -d ' ' -f 1 "$work/on-small" | middle)"
of "$name, requests, against the same with 1,000" "$(cat "$work/requests-large")" "$(cat "$work/requests-small")" ""
of "$name, the longest request, against the same with 1,000" "$(middle <"$work/longest-large")" "$(middle <"$work/longest-small")" " s"

say "opening $proposals proposals"
cp -r "$in/small" "$in/watched"
git -C "$in/watched/registry.git" for-each-ref --format='%(refname)' 'refs/heads/card-*' >"$work/cards"
# shellcheck disable=SC2046 # names of refs, which have no blanks
publish watched main $(cat "$work/cards")
sed 's#refs/heads/##' "$work/cards" | while read -r branch; do open watched "$branch"; done

before=$(taken) start=$SECONDS
watch() { exec env "MODELGATE_TOKEN=$admin" "MODELGATE_HOST=gitea=$url" "$modelgate" watch --interval $interval "$(address watched)"; }
watch >"$work/watch" 2>"$work/errors" & # becomes Java itself, so that it can be ended
watching=$!
until [ "$(grep -o ' #[0-9]* ' "$work/watch" | sort -u | wc -l)" -ge "$proposals" ]; do
  kill -0 $watching || { say "watch ended:" && cat "$work/errors" >&2 && exit 1; }
  [ $((SECONDS - start)) -lt 3600 ] || { say "watch needs more than an hour" && exit 1; }
  sleep 0.2
done
name="watch $proposals open proposals"
of "$name, the first look, a proposal, against the $most_seconds s that we allow" \
  "$(awk -v t=$((SECONDS - start)) -v n="$proposals" 'BEGIN {print t / n}')" $most_seconds " s"
of "$name, the first look, requests a proposal, against the $most_requests that we allow" \
  "$(awk -v t=$(($(taken) - before)) -v n="$proposals" 'BEGIN {print t / n}')" $most_requests ""
before=$(taken)
while now=$(taken) && sleep $((2 * interval)) && [ $(($(taken) - now)) -gt 4 ]; do :; done # it asks once of each whether only itself touched it
say "requests until it was quiet: $(($(taken) - before)), after $((SECONDS - start)) s in all"
before=$(taken)
sleep $((interval * intervals))
of "$name, requests an interval when nothing changes, against the 1 that we allow" \
  "$(awk -v t=$(($(taken) - before)) -v n=$intervals 'BEGIN {print t / n}')" 1 ""
kill $watching
wait $watching || true
watching=
"$home/peers/gitea" stop "$in/gitea"
trap - EXIT
chmod -R u+w "$in"
rm -rf "$in"
