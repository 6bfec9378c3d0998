"""Standard output and error: plain replacements where the encoding lacks a sign."""

from __future__ import annotations

import codecs
import io
import os
import sys

_HANDLER = "lipbridge.plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from lipbridge.report.terminal import plain

    return plain(error.object[error.start : error.end], error.encoding), error.end


def _open_closed() -> None:
    """Standard streams that were closed are the null device.

    Else the first file that is opened takes the number of one, and what is printed lands in it.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def prepare_streams() -> None:
    """All three are open, and any encoding prints: signs that it lacks are plain letters."""
    _open_closed()
    codecs.register_error(_HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def close_quietly() -> None:
    """After a reader has gone, or on a full disk: what is in the buffers has nowhere to go."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(null, stream.fileno())
