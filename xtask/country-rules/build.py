"""Builds the sandbox's table of country rules. README.md says how to run it.

    python build.py            writes the table
    python build.py --check    fails if the table in the repository is another one
"""

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import checks
import rules

HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "crates/sandbox/data/country-rules.json"


def read_addresses():
    """Example addresses by country; empty cells are left out."""
    addresses = {}
    with open(HERE / "addresses.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            country = row.pop("country")
            addresses.setdefault(country, []).append({k: v for k, v in row.items() if v})
    return addresses


def node(script, stdin=""):
    """What a script of this folder prints; its complaints go to our own stderr."""
    done = subprocess.run(
        ["node", HERE / script], cwd=HERE, input=stdin, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        sys.exit(f"{script} failed; run `npm install` here if a package is missing")
    return done.stdout


def as_text(table):
    """JSON with one member a line, so that a change of the table reads well in a diff."""

    def compact(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    countries = []
    for code, entry in table.items():
        members = ",\n".join(f"{compact(name)}:{compact(value)}" for name, value in entry.items())
        countries.append(f"{compact(code)}:{{\n{members}\n}}")
    return "{\n" + ",\n".join(countries) + "\n}\n"


def main():
    with open(HERE / "countries.toml", "rb") as file:
        countries = tomllib.load(file)
    addresses = read_addresses()
    vat_patterns = json.loads(node("vat-patterns.mjs"))

    table = {code: rules.rules(code, countries[code], vat_patterns, addresses[code]) for code in sorted(countries)}
    text = as_text(table)

    faults = list(checks.all_faults(table, countries))
    if faults:
        sys.exit("\n".join(faults))
    node("check.mjs", text)

    if "--check" in sys.argv[1:]:
        if TABLE.read_text(encoding="utf-8") != text:
            sys.exit("the table in the repository is not what these sources give: run build.py")
    else:
        TABLE.write_text(text, encoding="utf-8")
    print(f"{len(table)} countries, {len(text.encode()) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
