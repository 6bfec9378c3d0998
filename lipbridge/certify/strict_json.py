"""JSON from untrusted files: one object, no key twice, no fractions, no long integers."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from lipbridge.errors import CertificateError, InputError

__all__ = ["parse_object"]

_MAX_INTEGER_DIGITS = 9


def parse_object(text: str | bytes, source: str, *, max_bytes: int) -> dict[str, Any]:
    """Parse a JSON object strictly.

    Args:
        text: the text, UTF-8 if bytes.
        source: named in messages, the file usually.
        max_bytes: refuse longer texts.

    Raises:
        InputError: too long, not UTF-8, not JSON, or nested beyond reason.
        CertificateError: JSON, but no object, a key twice, or a number that is no short integer.
    """
    if len(text) > max_bytes:
        raise InputError(f"{source}: larger than {max_bytes} bytes; not a certificate")

    def reject(reason: str) -> NoReturn:
        raise CertificateError(f"{source}: {reason}")

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(items)
        if len(result) != len(items):
            reject("a key occurs twice")
        return result

    def integer(digits: str) -> int:
        if len(digits) > _MAX_INTEGER_DIGITS:
            reject(f"{digits[:12]}…: write integers of this size as strings")
        return int(digits)

    def number(literal: str) -> NoReturn:
        reject(f"{literal[:24]} is not an integer")

    try:
        data = json.loads(
            text.decode("utf-8") if isinstance(text, bytes) else text,
            object_pairs_hook=pairs,
            parse_int=integer,
            parse_float=number,
            parse_constant=number,
        )
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        place = f"{source}:{error.lineno}:{error.colno}"
        raise InputError(f"{place}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{source}: nested too deeply; not a certificate") from error
    if not isinstance(data, dict):
        reject("the top level is not an object")
    return data
