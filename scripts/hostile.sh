#!/usr/bin/env bash
# Hostile input at full size: lines of a gigabyte, and the texts of measure_hostile.py at a million signs and more.
# usage: scripts/hostile.sh [PROGRAM]   (about ten minutes; the small ones are in tests/hostile.rs)
# Prints seconds of processor time and peak memory of each; ends with 1 when one dies, or takes more than it may.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/contresens}")
failed=0

# expect CODE MEBIBYTES SAID ARGUMENT...: runs the program on standard input.
expect() {
    local code=$1 most=$2 said=$3
    shift 3
    python3 - "$code" "$most" "$said" "$program" "$@" <<'PYTHON' || failed=1
import os, subprocess, sys
code, most, said, *command = sys.argv[1:]
with open(os.environ["GIVEN"], "rb") as given:
    child = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    told = child.stdout.read(200).decode(errors="replace")
    while child.stdout.read(1 << 20):
        pass
    _, status, used = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
memory = used.ru_maxrss >> 10
fine = child.returncode == int(code) and memory <= int(most) and said in told
print(f"{'ok  ' if fine else 'FAIL'} exit {child.returncode} {used.ru_utime + used.ru_stime:7.2f} s {memory:6} MiB  {' '.join(command[1:])}: {told.splitlines()[0][:100] if told else ''}")
sys.exit(not fine)
PYTHON
}

GIVEN=$(mktemp)
export GIVEN
trap 'rm -f "$GIVEN"' EXIT
fill() { python3 -c "
import sys
text, size, before, after = sys.argv[1].encode(), int(float(sys.argv[2])), sys.argv[3].encode(), sys.argv[4].encode()
out = open(sys.argv[5], 'wb')
out.write(before)
block = text * (1 << 16)
for _ in range(size // len(block)): out.write(block)
out.write(after)
" "$1" "$2" "${3:-}" "${4:-}" "$GIVEN"; }

prose='Le ministre a présenté mardi un plan de 12 millions pour les écoles de la région. '
fill "$prose" 1e9 '{"id": 1, "to": "fr", "target": "' '"}
{"id": 2, "to": "fr", "target": "Le maire."}
'
expect 0 700 'larger than 64 MiB' batch
fill "$prose" 1e9
expect 2 700 'larger than 64 MiB' check - --to fr
fill 'a' 1e9
expect 2 700 'larger than 64 MiB' check - --to fr
fill "$prose" 6e7
expect 2 9000 'takes more than 5 s' check - --to fr --time-limit 5 --format jsonl
expect 0 9000 '"words":' check - --to fr --time-limit 0 --format jsonl --fail-on never
fill 'a' 6e7
expect 0 3000 '"words":' check - --to fr --time-limit 0 --format jsonl --fail-on never
python3 scripts/measure_hostile.py --bin "$program" --least 1000000 --most 2000000 --seconds 60 || failed=1
exit "$failed"
