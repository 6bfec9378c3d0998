"""The command line: parses arguments, calls one library function, prints.

Exit codes are those of :data:`~lipbridge.cli.command.EXIT_CODES`, which ``--help`` shows.
"""

from __future__ import annotations

import atexit
import errno
import gc
import sys
import time
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer

from lipbridge import __version__

from lipbridge.cli import core as core, presets as presets, audit as audit  # isort: skip
from lipbridge.cli.command import EXIT_CODES as EXIT_CODES, Debug, Quiet, app as app, torchrun_rank
from lipbridge.cli.options import interrupted, settings
from lipbridge.cli.streams import close_quietly, prepare_streams
from lipbridge.errors import InputError, LipBridgeError, SpecError, printable
from lipbridge.files import refusing


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        print(f"lipbridge {__version__}")
        raise typer.Exit


@app.callback()
def common(
    quiet: Quiet = False,
    debug: Debug = False,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options that stand before a command or after it."""


# A command keeps most of what it makes: looking for garbage after every 700 objects, Python's
# default, costs a tenth of a check.
gc.set_threshold(400_000)
# Nor at its end, where the system takes all of it back at once.
atexit.register(gc.freeze)


def main() -> None:
    """Entry point: every error becomes one line and an exit code."""
    prepare_streams()
    settings.reset()
    code, message = 0, ""
    try:
        with refusing("the current folder: cannot be used", InputError, remedy="change to another"):
            Path.cwd()
        code = app(standalone_mode=False) or 0
        sys.stdout.flush()
    except SystemExit as ended:
        # Rich ends with 1 where the reader has gone; that would read as a verdict.
        code = 141 if ended.code == 1 else int(ended.code or 0)
    except (Exception, KeyboardInterrupt) as error:
        code, message = _verdict(error)
        if settings.debug and message:
            trace = traceback.format_exc().rstrip().split("\n")
            message = "\n".join([*map(printable, trace), message])
    if code in (130, 143):
        message = interrupted()
    try:
        if message:
            print(message, file=sys.stderr)
    except BrokenPipeError:
        code = 141
    close_quietly()
    if code and not message and torchrun_rank():
        time.sleep(2)  # torchrun ends all with the first that fails: let rank 0 say why
    raise SystemExit(code)


def _verdict(error: BaseException) -> tuple[int, str]:
    """Exit code and message of an error."""
    first = next((line for line in str(error).splitlines() if line.strip()), "")
    match error:
        case SpecError():
            return error.exit_code, "\n".join(map(printable, f"error: {error}".split("\n")))
        case LipBridgeError():
            # Under torchrun an error of all ranks is said by one.
            return error.exit_code, printable(f"error: {error}" if str(error) else "")
        case BrokenPipeError():
            return 141, ""
        case KeyboardInterrupt() | typer.Abort():
            return 130, ""
        case MemoryError():
            return 2, "error: not enough memory on this machine for a network of this size"
        case UnicodeError():
            return 2, f"error: a name or a text that is not UTF-8: {first}"
        case OSError() if error.filename is not None:
            return 2, f"error: {error.filename}: {error.strerror}"
        case OSError() if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return 2, f"error: what is printed cannot be written: {error.strerror}"
        case RuntimeError() if "allocate memory" in first or "out of memory" in first:
            return 2, "error: not enough memory on this machine for a network of this size"
        case _ if hasattr(error, "format_message"):
            # Under torchrun every process reads the same words; one says what is wrong.
            return (2, "") if torchrun_rank() else _usage(error)
        case _:
            kind = type(error).__name__
            return 70, f"internal error: {kind}: {first} (--debug shows where)"


def _usage(error: Any) -> tuple[int, str]:
    """A mistake in the arguments, which the parser has found."""
    context = error.ctx if hasattr(error, "ctx") else None
    if context is None:
        return 2, f"error: {error.format_message()}"
    said = " ".join(error.format_message().split())
    if not said or type(error).__name__ == "NoArgsIsHelpError":
        print(context.get_help())
        return 2, ""
    return 2, f"error: {said} (see {context.command_path} --help)"
