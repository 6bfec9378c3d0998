"""The command line: parses arguments, calls one library function, prints.

Exit codes: 0 done and proved; 1 checked and not proved; 2 bad usage or bad input; 3 no checker for
what was asked; 70 an error of lipbridge itself.
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from lipbridge.cli import audit, core, weights
from lipbridge.errors import LipBridgeError

__all__ = ["app", "main"]

INTERNAL_ERROR = 70

app = typer.Typer(
    name="lipbridge",
    help="From a neural indexer and its real weights to Lipschitz theorems checked by the Lean "
    "kernel.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(core.app)
app.add_typer(audit.app)
app.add_typer(weights.app)

_options: dict[str, bool] = {"debug": False}


@app.callback()
def common(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    """Options that every command takes."""
    _options["debug"] = debug


def _fail(error: LipBridgeError) -> NoReturn:
    if _options["debug"]:
        raise error
    print(f"error: {error}", file=sys.stderr)
    raise SystemExit(error.exit_code)


def main() -> None:
    """Entry point: turns deliberate errors into one line and an exit code."""
    try:
        app()
    except LipBridgeError as error:
        _fail(error)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        raise SystemExit(130) from None
    except Exception as error:
        if _options["debug"]:
            raise
        first = str(error).splitlines() or [""]
        print(
            f"internal error: {type(error).__name__}: {first[0]} (--debug shows where)",
            file=sys.stderr,
        )
        raise SystemExit(INTERNAL_ERROR) from None
