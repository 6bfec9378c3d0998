"""Stands in for ``lake`` in tests: prints what is in ``fake.json`` beside it, answers probes.

It imitates the layout of lake's output, and answers every question of a probe as Lean would about a
theorem that is there, has the claimed statement and needs no axiom.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ANSWERS = json.loads((HERE / "fake.json").read_text())


def answer_probe(path: str) -> None:
    for number, line in enumerate(Path(path).read_text().splitlines(), start=1):
        words = line.split()
        name = words[-1].removeprefix("_root_.") if words else ""
        if line.startswith("#print axioms"):
            axioms = ANSWERS.get("axioms", {}).get(name)
            told = f"depends on axioms: [{axioms}]" if axioms else "does not depend on any axioms"
            say(number, "information", f"'{name}' {told}")
        elif line.startswith("#check"):
            say(number, "information", f"{name} : Eq a a")


def say(line: int, severity: str, text: str) -> None:
    place = {"line": line, "column": 0}
    print(json.dumps({"data": text, "severity": severity, "fileName": "x", "pos": place}))


def main() -> int:
    arguments = sys.argv[1:]
    with (HERE / "calls.txt").open("a") as calls:
        calls.write(" ".join(arguments) + "\n")
    if arguments == ["--version"]:
        print(f"Lake version 5.0.0-src+eb6cafb (Lean version {ANSWERS['version']})")
        return 0
    if arguments[0] == "build":
        if made := ANSWERS.get("make"):
            Path(made).parent.mkdir(parents=True, exist_ok=True)
            Path(made).write_text("built")
        print("\n".join(ANSWERS["build"]))
        return ANSWERS["code"]
    assert arguments[:3] == ["env", "lean", "--json"]
    answer_probe(arguments[3])
    return 0


sys.exit(main())
