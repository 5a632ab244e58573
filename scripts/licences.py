#!/usr/bin/env python3
"""Whether every crate of the build may be used under one of the licences that this project accepts. Works offline.

usage: licences.py

Reads `cargo metadata` for all features on this kind of machine. Names each crate whose licence expression (SPDX) is not satisfied by the accepted
licences, or that has none, and ends with exit code 1 then. Python 3.11, standard library only.
"""
import json
import re
import subprocess
import sys

ACCEPTED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT",
    "MIT-0", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}


def satisfied(expression):
    """An SPDX expression; the slash of old manifests means OR."""
    tokens = re.findall(r"\(|\)|AND\b|OR\b|[\w.+-]+(?:\s+WITH\s+[\w.+-]+)?", expression.replace("/", " OR "))

    def either():
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            value = both() or value
        return value

    def both():
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            value = one() and value
        return value

    def one():
        token = tokens.pop(0)
        if token == "(":
            value = either()
            tokens.pop(0)
            return value
        return " ".join(token.split()) in ACCEPTED

    return either()


def main():
    rustc = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"host: (\S+)", rustc)[1]
    metadata = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--all-features", "--locked", "--offline", "--filter-platform", host],
        capture_output=True, text=True, check=False,
    )
    if metadata.returncode:
        print(metadata.stderr, file=sys.stderr)
        return 2
    crates = json.loads(metadata.stdout)["packages"]
    refused = [crate for crate in crates if not crate["license"] or not satisfied(crate["license"])]
    for crate in refused:
        print(f"{crate['name']} {crate['version']}: {crate['license'] or 'no licence'}")
    print(f"{len(crates) - len(refused)} of {len(crates)} crates have an accepted licence")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
