#!/usr/bin/env bash
# How long rules take: 100 rules on a version with 50 reports, warm, in one process; and 'policy impact' of a changed policy on everything
# that is live. BENCHMARK_LIVE: models of the registry (10,000), each live in three stages, of which the policy concerns two.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/measure"
models=${BENCHMARK_LIVE:-10000} modelgate=$home/modelgate
export MODELGATE_USER=
our_java "$work/rules-classes" "$here/Rules.java"
libraries=$(find "$home/registry-cli/target" -path '*/lib/*.jar' ! -name 'registry-*' | sort -u | tr '\n' ':')

say "judging 100 rules with 50 reports"
warm=$(${JAVA_HOME:+$JAVA_HOME/bin/}java -cp "$home/registry-core/target/classes:$home/schemas/target/classes:$work/rules-classes:$libraries" Rules 200)
awk -v w="$warm" 'BEGIN {printf "judge 100 rules on a version with 50 reports, warm, against the 50 ms that we allow | %.4f s | 0.0500 s | %.1f\n", w, 0.05 / w}'

say "making a registry of $models models"
"$here/generate-registry" "$work/live" --versions $((models * 10)) >&2
registry=$work/live/registry.git
git -C "$registry" config modelgate.identity declared
edited=$work/edited
mkdir -p "$edited"
git -C "$registry" archive main policies registry.yaml | tar -x -C "$edited"
sed -i 's/atLeast: 0.7}/atLeast: 0.75}/' "$edited/policies/quality.yaml"
impact=$(best 2 "$modelgate" policy impact "$edited" -r "$registry")
awk -v i="${impact% *}" -v n=$((models * 2)) 'BEGIN {printf "policy impact on %d live versions, a version, against the 5 ms that we allow | %.4f s | 0.0050 s | %.1f\n", n, i / n, 0.005 * n / i}'
