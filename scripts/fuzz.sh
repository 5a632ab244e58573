#!/usr/bin/env bash
# Random input for every reader, the segmenter, the aligner, the number parser and `batch`, for so many seconds of CPU each.
# usage: scripts/fuzz.sh SECONDS [TARGET...]   (PROFILE=fast builds sooner; PROPTEST_CASES is how many cases a round has)
# A failure ends the run and shows the least input that fails: it becomes a test in tests/fuzz.rs.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: scripts/fuzz.sh SECONDS [TARGET...]}
shift
export PROPTEST_CASES=${PROPTEST_CASES:-2000}
build=$(cargo test --profile "${PROFILE:-release}" --test fuzz --no-run --message-format json)
program=$(sed -n 's/.*"executable":"\([^"]*\/fuzz-[^"]*\)".*/\1/p' <<< "$build" | tail -1)
[ "$#" -gt 0 ] || mapfile -t targets < <("$program" --list | sed -n 's/: test$//p')
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Sets `cpu` to the seconds that ended children of this shell have taken; a subshell would have no children.
read_cpu() {
    times > "$log"
    cpu=$(sed -n '2s/[ms]/ /gp' "$log" | awk '{ print int($1 * 60 + $2 + $3 * 60 + $4) }')
}

for target in "${@:-${targets[@]}}"; do
    read_cpu
    end=$((cpu + seconds))
    rounds=0
    while [ "$cpu" -lt "$end" ]; do
        "$program" --exact "$target" > "$log" 2>&1 || { cat "$log"; exit 1; }
        rounds=$((rounds + 1))
        read_cpu
    done
    echo "$target: $rounds rounds of $PROPTEST_CASES cases"
done
