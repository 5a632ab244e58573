#!/usr/bin/env python3
"""Runs the steps of action.yml as a runner of GitHub would: with the inputs in the environment, in the current folder.

usage: run_action.py [--without STEP] INPUT=VALUE ...

Steps write their outputs to the file $GITHUB_OUTPUT, which is shown at the end. Exit code: that of the step that fails.
Needs PyYAML.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent


def values(action, given):
    """The inputs: those given, then the defaults. One that is unknown or missing is an error, as it is for a runner."""
    known = action["inputs"]
    unknown = given.keys() - known.keys()
    missing = [name for name, one in known.items() if one.get("required") and name not in given]
    if unknown or missing:
        sys.exit(f"run_action.py: unknown inputs {sorted(unknown)}, missing inputs {missing}")
    return {name: given.get(name, str(one.get("default", ""))) for name, one in known.items()}


def resolved(text, inputs):
    """Expressions of a runner, as far as action.yml uses them."""
    text = re.sub(r"\$\{\{ *inputs\.([\w-]+) *\}\}", lambda found: inputs[found[1]], str(text))
    if "${{" in text:
        sys.exit(f"run_action.py: an expression that this program does not know: {text}")
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", action="append", default=[], help="the name of a step that is left out")
    parser.add_argument("inputs", nargs="*", metavar="INPUT=VALUE")
    arguments = parser.parse_args()
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    inputs = values(action, dict(one.split("=", 1) for one in arguments.inputs))
    names = [step["name"] for step in action["runs"]["steps"]]
    if unknown := set(arguments.without) - set(names):
        sys.exit(f"run_action.py: no step {sorted(unknown)} among {names}")
    with tempfile.TemporaryDirectory() as folder:
        output, path = pathlib.Path(folder) / "output", pathlib.Path(folder) / "path"
        output.touch()
        path.touch()
        for step in action["runs"]["steps"]:
            if step["name"] in arguments.without:
                continue
            # A runner puts an input into a program only where the step asks for it; a `run` with one in it could be made to run it.
            if "${{" in step["run"]:
                sys.exit(f"run_action.py: {step['name']}: inputs belong in `env`, not in `run`")
            given = {name: resolved(value, inputs) for name, value in step.get("env", {}).items()}
            runner = {"RUNNER_TEMP": os.environ.get("RUNNER_TEMP", folder), "GITHUB_ACTION_PATH": str(ROOT)}
            paths = os.pathsep.join([*reversed(path.read_text().split()), os.environ["PATH"]])
            files = {"GITHUB_OUTPUT": str(output), "GITHUB_PATH": str(path), "PATH": paths}
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            code = subprocess.run(command, env={**os.environ, **runner, **files, **given}).returncode
            if code:
                break
        print(output.read_text(), end="", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
