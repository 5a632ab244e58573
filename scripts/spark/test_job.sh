#!/usr/bin/env bash
# Tests the Spark job: scripts/spark/test_job.sh [PROGRAM] [more arguments of test_job.py]
# Takes the python3 at hand if it has the packages of requirements.txt; else makes a virtual environment, once, in
# $SPARK_VENV or the user's cache.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../target/release/contresens}
[ $# -eq 0 ] || shift
[ -x "$program" ] || { echo "$program: expected a program; build it with cargo build --release" >&2; exit 2; }
command -v java >/dev/null || { echo "java is missing: expected Java 17 or later, as Spark needs it" >&2; exit 2; }
python=python3
if ! "$python" -c 'import pyspark, pyarrow, pandas' 2>/dev/null; then
    venv=${SPARK_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/contresens/spark-$(cksum <"$here/requirements.txt" | cut -d' ' -f1)}
    python=$venv/bin/python
    if [ ! -e "$venv/whole" ]; then
        python3 -m venv --clear "$venv"
        "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
        touch "$venv/whole"
    fi
fi
exec "$python" "$here/test_job.py" --binary "$program" "$@"
