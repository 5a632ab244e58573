#!/usr/bin/env bash
# Tests what the program is handed out in: the crate, the action, the hooks, the wheel, the image.
#
# usage: packages.sh                 all of it; builds the program as it is released, which takes its time
#        packages.sh --quick PROGRAM what needs no build, with a program that is built already
#
# The tools (check-jsonschema, pre-commit, maturin, dockerfile-utils) are fetched once into target/packages, which then serves
# without a network. Exit code 1 when something is wrong with a package, 3 when the tools cannot be fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
cache=$root/target/packages
quick=
if [ "${1:-}" = --quick ]; then
  quick=$(realpath "${2:?packages.sh --quick PROGRAM}")
fi

say() { printf '%s\n' "packages.sh: $*" >&2; }
fail() { say "$*"; exit 1; }

# The tools, once: a cache of other tools, or one that was not finished, is made anew.
tools="check-jsonschema==0.39.0 PyYAML==6.0.3 dockerfile-utils@0.16.3"
[ -n "$quick" ] || tools="$tools pre-commit==4.7.0 maturin==1.16.0"
have() { [ -f "$cache/tools.txt" ] && for tool in $tools; do grep -qxF "$tool" "$cache/tools.txt" || return 1; done; }
fetch() {
  python3 -m venv "$cache/venv"
  local pip=() npm=()
  for tool in $tools; do case $tool in *==*) pip+=("$tool") ;; *) npm+=("$tool") ;; esac; done
  "$cache/venv/bin/python" -m pip --disable-pip-version-check install -q "${pip[@]}"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$cache" "${npm[@]}"
  printf '%s\n' $tools > "$cache/tools.txt"
}
if ! have; then
  mkdir -p "$cache"
  fetch || { say "the tools could not be fetched: python3 with venv, node, npm and, once, a network are needed"; exit 3; }
fi
export PATH="$cache/venv/bin:$PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export RUNNER_TEMP=$work

# A folder as a newsroom has it, with one good and one bad translation, and a space in a name.
mkdir -p "$work/news/fr" "$work/news/the originals"
printf 'Les prix ont baissé.Les clients reviennent au marché.\n\nLe maire a dit que 12 magasins ont rouvert mardi.\n' > "$work/news/fr/a.txt"
printf 'Prices have fallen. Customers are coming back to the market.\n\nThe mayor said that 21 shops reopened on Tuesday.\n' > "$work/news/the originals/a.txt"
printf 'Le maire a parlé jeudi devant les députés.\n' > "$work/news/good.txt"

# Runs the action in that folder, and holds its exit code and its words against what is expected.
action() {
  local expected=$1 words=$2 code=0
  shift 2
  (cd "$work/news" && python "$root/scripts/run_action.py" "$@") > "$work/out" 2>&1 || code=$?
  [ "$code" = "$expected" ] || { cat "$work/out"; fail "action $*: exit code $code instead of $expected"; }
  grep -qF -- "$words" "$work/out" || { cat "$work/out"; fail "action $*: it does not say $words"; }
}

say "the crate"
cargo package --list --allow-dirty > "$work/crate"
for file in Cargo.lock build.rs corpus/codes.tsv corpus/languages/fr/profile.toml src/main.rs LICENSE-MIT README.md; do
  grep -qxF "$file" "$work/crate" || fail "the crate lacks $file"
done

say "the action"
check-jsonschema --builtin-schema vendor.github-actions action.yml
if [ -n "$quick" ]; then
  mkdir -p "$work/contresens/bin" && ln -s "$quick" "$work/contresens/bin/contresens"
else
  export CARGO_TARGET_DIR=$cache/build
  action 0 "exit-code=0" paths=good.txt
fi
# It is installed now.
PATH="$work/contresens/bin:$PATH"
installed=(--without "Install contresens")
bad=("paths=fr" 'args=--source "the originals" --to fr')
action 1 "::error title=numbers/value-changed" "${installed[@]}" "${bad[@]}"
action 1 "sarif=contresens.sarif" "${installed[@]}" "${bad[@]}"
grep -q '"numbers/value-changed"' "$work/news/contresens.sarif" || fail "the action wrote no SARIF"
action 0 "exit-code=0" "${installed[@]}" "${bad[@]}" fail-on=never "sarif=a report.sarif"
[ -f "$work/news/a report.sarif" ] || fail "the action wrote no SARIF where it was told to"
action 1 "exit-code=1" "${installed[@]}" $'paths=good.txt\nfr/a.txt' "args=--to fr" fail-on=minor
action 2 "a quotation mark is not closed" "${installed[@]}" paths=fr "args=--source 'the"
action 2 "exit-code=2" "${installed[@]}" paths=none.txt
touch "$work/news/-a.txt"
action 0 "exit-code=0" "${installed[@]}" paths=-a.txt
action 2 "cannot be read" "${installed[@]}" paths=good.txt 'args=$(touch ran)'
[ ! -e "$work/news/ran" ] || fail "the action ran an input"

say "the image"
python - <<'PYTHON'
import pathlib, re
text = pathlib.Path("Dockerfile").read_text()
kept = {line[1:] for line in pathlib.Path(".dockerignore").read_text().split() if line.startswith("!")}
missing = {"Cargo.toml", "Cargo.lock", "build.rs", "src", "corpus", "benches", "README.md"} - kept
assert not missing, f".dockerignore leaves out {missing}"
wanted = re.search(r'^rust-version = "(.*)"$', pathlib.Path("Cargo.toml").read_text(), re.M)[1]
assert f"FROM rust:{wanted}-" in text, f"the image is to be built with Rust {wanted}"
PYTHON
NODE_PATH=$cache/node_modules node -e '
  const found = require("dockerfile-utils").validate(require("fs").readFileSync("Dockerfile", "utf8"));
  for (const one of found) console.error(`Dockerfile:${one.range.start.line + 1}: ${one.message}`);
  process.exit(found.length ? 1 : 0);'
if [ -z "$quick" ] && docker info > "$work/docker" 2>&1; then
  docker build --tag contresens-test . && docker run --rm --network none contresens-test --version
else
  say "the image was not built: $([ -n "$quick" ] && echo 'left out by --quick' || echo 'no docker runs here')"
fi
if [ -n "$quick" ]; then
  say "all good; the wheel and the hooks were left out by --quick"
  exit 0
fi

# A program that was installed: it runs, and has its manual and its completions in it.
whole() {
  "$1" --version | grep -q "^contresens $(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)$" || fail "$1: another version"
  rm -rf "$work/man"
  "$1" man --dir "$work/man" && [ "$(find "$work/man" -name 'contresens*.1' | wc -l)" -gt 10 ] || fail "$1: no manual pages"
  for shell in bash zsh fish powershell elvish; do
    "$1" completions "$shell" | grep -q contresens || fail "$1: no completions for $shell"
  done
}
whole "$work/contresens/bin/contresens"

say "the wheel"
maturin build --quiet --release --out "$work/wheels"
python3 -m venv "$work/clean"
"$work/clean/bin/python" -m pip --disable-pip-version-check install -q --no-index "$work"/wheels/*.whl
whole "$work/clean/bin/contresens"
maturin sdist --out "$work/sdist"
tar -tzf "$work"/sdist/*.tar.gz > "$work/source"
grep -q '/corpus/codes.tsv$' "$work/source" || fail "the source package lacks the corpus"

say "the hooks"
pre-commit validate-manifest .pre-commit-hooks.yaml
export PRE_COMMIT_HOME=$work/pre-commit GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init -q "$work/repository" && cp "$work/news/fr/a.txt" "$work/news/good.txt" "$work/repository" && cd "$work/repository"
printf '{"lang": "fr"}' > data.json
# Hooks come from the last commit, and are built once.
revision=$(git -C "$root" rev-parse HEAD)
printf 'repos: [{repo: "%s", rev: %s, hooks: [{id: contresens}, {id: contresens-fix}]}]\n' "$root" "$revision" > .pre-commit-config.yaml
git add . && git commit -qm "Articles"
hook() { pre-commit run "$1" --all-files --verbose > "$work/out" 2>&1; }
hook contresens || { cat "$work/out"; fail "the hook fails on minor findings"; }
grep -q 'typography/sentences-glued' "$work/out" && grep -q '2 articles' "$work/out" || { cat "$work/out"; fail "the hook did not check"; }
if hook contresens-fix; then cat "$work/out"; fail "a hook that changed files must fail"; fi
grep -q 'baissé. Les' a.txt || { cat "$work/out"; fail "the hook fixed nothing"; }
hook contresens-fix || { cat "$work/out"; fail "the hook fails where nothing is left to fix"; }
say "all good"
