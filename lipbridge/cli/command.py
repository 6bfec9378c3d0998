"""What every command shares: its options from records, its examples, its answer as text or JSON."""

from __future__ import annotations

import inspect
import json
import math
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Annotated, Any, get_type_hints

import typer

from lipbridge import __version__
from lipbridge.cli.options import settings
from lipbridge.errors import InputError

EXIT_CODES = {
    0: "done, and proved where something was checked",
    1: "checked, and not proved",
    2: "bad usage or bad input, or more than this machine holds",
    3: "no checker for what was asked",
    70: "an error of lipbridge itself",
    130: "interrupted",
    141: "the reader of the output went away; no verdict",
    143: "ended by SIGTERM or SIGHUP",
}

app = typer.Typer(
    name="lipbridge",
    help="From a neural indexer and its real weights to Lipschitz theorems checked by the Lean "
    "kernel.",
    epilog="Exit codes: " + "; ".join(f"{code} {text}" for code, text in EXIT_CODES.items()) + ".",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""The command line; its commands enter it where they are defined."""

JSON_FORMAT = 1
"""Of what ``--json`` prints; ``docs/json.schema.json`` describes it."""


@dataclass(frozen=True)
class Answer:
    """What a command found.

    Attributes:
        found: the record that ``--json`` prints.
        show: prints it as text.
        code: the exit code.
    """

    found: object
    show: Callable[[], object]
    code: int = 0


def _be_quiet(wanted: bool) -> None:
    settings.quiet |= wanted


def _debug(wanted: bool) -> None:
    settings.debug |= wanted


Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", callback=_be_quiet, help="Say nothing of progress on standard error."
    ),
]
Debug = Annotated[bool, typer.Option("--debug", callback=_debug, help="Show tracebacks of errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


def torchrun_rank() -> int | None:
    """The number of this process among several that torchrun started; None for one alone."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return None
    return int(os.environ.get("RANK", "0"))


def refuse_torchrun(what: str) -> None:
    """Refuse several processes; the one of rank 0 says so.

    Args:
        what: what they cannot share.

    Raises:
        InputError: torchrun has started several.
    """
    rank = torchrun_rank()
    if rank is not None:
        raise InputError("" if rank else f"{what} is the work of one process, not torchrun")


def command(
    *examples: str, spread: bool = False
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Decorator that enters a function as a command.

    A parameter whose type is a dataclass stands for one option a field: commands that take the
    same options name the same record. ``--json``, ``--quiet`` and ``--debug`` come with it.

    Args:
        examples: command lines for ``--help``.
        spread: whether the processes of torchrun share the work; rank 0 has the answer.
    """

    def enter(function: Callable[..., Answer]) -> Callable[..., Answer]:
        records: dict[str, Any] = {}
        parameters: list[inspect.Parameter] = []
        hints = get_type_hints(function, include_extras=True)
        for name, parameter in inspect.signature(function).parameters.items():
            if is_dataclass(hints[name]):
                records[name] = hints[name]
                parameters += _options(hints[name])
            else:
                parameters.append(_option(name, hints[name], parameter.default))
        shared = {"as_json": Json, "quiet": Quiet, "debug": Debug}
        parameters += [_option(name, kind, False) for name, kind in shared.items()]

        def call(**given: Any) -> int:
            as_json = given.pop("as_json")
            del given["quiet"], given["debug"]
            _require_finite(given)
            for name, record in records.items():
                taken = {field.name: given.pop(field.name) for field in fields(record)}
                given[name] = record(**taken)
            settings.quiet |= bool(torchrun_rank())
            if not spread:
                refuse_torchrun(function.__name__)
            answer = function(**given)
            if as_json:
                _print_json(function.__name__, answer)
            else:
                answer.show()
            return answer.code

        call.__doc__ = function.__doc__
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        call.__annotations__ = {p.name: p.annotation for p in parameters}
        shown = "\n\n".join(("Examples:", *examples))
        app.command(function.__name__, epilog=shown)(call)
        return function

    return enter


def _require_finite(given: Mapping[str, Any]) -> None:
    """Refuse NaN and infinities, which no option takes.

    Raises:
        InputError: one was given.
    """
    for name, value in given.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise InputError(f"--{name.replace('_', '-')} {value}: give a finite number")


def _option(name: str, kind: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _options(record: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(record, include_extras=True)
    return [
        _option(
            field.name,
            hints[field.name],
            inspect.Parameter.empty if field.default is MISSING else field.default,
        )
        for field in fields(record)
    ]


def _print_json(name: str, answer: Answer) -> None:
    """Print the envelope; NaN and infinities are refused, since JSON has none."""
    from lipbridge.jsonable import jsonable

    value = {
        "format": JSON_FORMAT,
        "lipbridge": __version__,
        "command": name,
        "exit_code": answer.code,
        "result": jsonable(answer.found),
    }
    # Elsewhere signs would be replaced by plain ones, within names too.
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(value, ensure_ascii=plain, indent=2, allow_nan=False))


def leave_cores() -> None:
    """One thread for numpy and torch: the cores are the compilers', and threads that wait spin."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
