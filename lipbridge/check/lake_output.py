"""Reading what ``lake build`` prints: steps, the messages below each, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lipbridge.check.messages import Message, out_of_time
from lipbridge.check.process import Children, Completed
from lipbridge.check.records import ModuleResult

_STEP = re.compile(
    # Whatever lake does with it, and whether it had to: "Built", "Replayed", "(Optional) Fetched".
    r"\S+ \[\d+/\d+\] (?:\(\w+\) )*\w+ (?P<name>\S+)"
    r"(?: \((?P<seconds>[0-9.]+)(?P<unit>ms|s|m)\))?.*"
)
_MESSAGE = re.compile(
    r"(?P<severity>error|warning|info): "
    r"(?:(?P<file>[^:\s]+\.lean):(?P<line>\d+):(?P<column>\d+): )?(?P<text>.*)"
)
_SUMMARY = re.compile(r"Some required |Build completed ")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}


@dataclass(frozen=True)
class LakeBuild:
    """What ``lake build`` said.

    Attributes:
        modules: one entry a module.
        messages: by module name; those of no module under the empty name.
    """

    modules: tuple[ModuleResult, ...]
    messages: Mapping[str, tuple[Message, ...]]


class _Reader:
    """Collects messages line by line; a line that starts nothing new continues the last message."""

    def __init__(self, names: Sequence[str]) -> None:
        self._owners = {f"{name.replace('.', '/')}.lean": name for name in names}
        self._owner = ""
        self._open: list[Message] | None = None
        self.seconds: dict[str, float] = {}
        self.messages: dict[str, list[Message]] = {"": []}

    def read(self, lines: Iterable[str]) -> None:
        for line in lines:
            if step := _STEP.fullmatch(line):
                self._owner, self._open = step["name"], None
                spent = float(step["seconds"]) * _UNITS[step["unit"]] if step["seconds"] else 0.0
                self.seconds[self._owner] = spent
            elif _SUMMARY.match(line):
                self._owner, self._open = "", None
            elif line.startswith("trace:"):
                self._open = None
            elif found := _MESSAGE.fullmatch(line):
                self._add(found)
            elif self._open is not None and line.strip():
                self._open[-1] = replace(self._open[-1], text=f"{self._open[-1].text}\n{line}")

    def _add(self, found: re.Match[str]) -> None:
        file = (found["file"] or "").removeprefix("./")
        text = found["text"].strip()
        sorry = "declaration uses" in text and "sorry" in text
        message = Message(
            file,
            int(found["line"] or 0),
            # Lake counts columns from 0.
            int(found["column"]) + 1 if file else 0,
            found["severity"],
            "hasSorry" if sorry else "",
            text,
        )
        self._open = self.messages.setdefault(self._owners.get(file, self._owner), [])
        self._open.append(message)


def read_build(completed: Completed, names: Sequence[str], children: Children) -> LakeBuild:
    """Read the output of ``lake build``; what is not understood on failure counts as an error.

    Args:
        completed: the finished run.
        names: the modules that were asked for.
        children: the limits of the run.
    """
    reader = _Reader(names)
    reader.read([*completed.stdout.splitlines(), *completed.stderr.splitlines()])
    messages = reader.messages
    failed = {name for name in names if any(m.is_error for m in messages.get(name, ()))}
    if failed:
        messages[""] = [m for m in messages[""] if m.text != "build failed"]
    if completed.timed_out:
        messages[""].append(Message("", 0, 0, "error", "", out_of_time(children)))
    elif completed.code != 0 and not failed and not any(m.is_error for m in messages[""]):
        tail = " ".join(f"{completed.stdout}\n{completed.stderr}".split())[-400:]
        text = f"lake ended with status {completed.code}: {tail}"
        messages[""].append(Message("", 0, 0, "error", "", text))
    # Lake is silent about modules that were up to date; after a failure, silence says nothing.
    built = completed.code == 0 and not completed.timed_out

    def result(name: str) -> ModuleResult:
        told = tuple(str(m) for m in messages.get(name, ()) if m.severity != "info")
        ok = name not in failed and (built or name in reader.seconds)
        if not ok and name not in failed:
            told = (*told, "error: not built")
        return ModuleResult(name, ok, round(reader.seconds.get(name, 0.0), 4), told)

    return LakeBuild(
        tuple(result(name) for name in names),
        {name: tuple(rows) for name, rows in messages.items()},
    )
