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


def prepare_streams() -> None:
    """Let any encoding print: signs that it lacks are written in plain letters."""
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
