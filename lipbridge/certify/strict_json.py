"""JSON of exact records: a record's fields and no others, no key twice, integers of any size.

A fraction is ``[numerator, denominator]``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, NoReturn, TypeVar

import flint
import msgspec

from lipbridge.errors import CertificateError

# Limits against hostile input, above any real record: Python's own, and that of long ones.
_DIGITS, _LONG_DIGITS = 4300, 40_000
_Positive = Annotated[int, msgspec.Meta(ge=1)]
_T = TypeVar("_T")


def read_json(text: str | bytes, kind: type[_T], source: str, *, long: bool = False) -> _T:
    """Parse JSON strictly and convert it to a record.

    Args:
        text: the text, UTF-8 if bytes.
        kind: the record's type; no key besides its fields may occur.
        source: named in messages, the file usually.
        long: whether integers may have more digits than Python itself prints.

    Raises:
        CertificateError: not UTF-8, not JSON, nested beyond reason, a key twice, a number that is
            no integer or beyond reason, or not of this type; one line that names the place.
    """

    def reject(reason: str) -> NoReturn:
        raise CertificateError(f"{source}: {reason}")

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(items)
        if len(result) != len(items):
            seen: set[str] = set()
            twice = next(key for key, _ in items if key in seen or seen.add(key))
            reject(f"the key {twice[:40]!r} occurs twice")
        return result

    def number(literal: str) -> NoReturn:
        reject(f"{literal[:24]} is not an integer")

    def integer(literal: str) -> int:
        if len(literal) > (_LONG_DIGITS if long else _DIGITS):
            reject(f"an integer of {len(literal)} digits is too long")
        return int(flint.fmpz(literal))

    def parse(data: str, read: Callable[[str], int]) -> Any:
        return json.loads(
            data,
            object_pairs_hook=pairs,
            parse_int=read,
            parse_float=number,
            parse_constant=number,
        )

    try:
        text = text.decode("utf-8") if isinstance(text, bytes) else text
        try:
            found = parse(text, int)
        except json.JSONDecodeError as error:
            where = f"{source}:{error.lineno}:{error.colno}"
            raise CertificateError(f"{where}: not JSON: {error.msg}") from None
        except ValueError:
            # Of an integer of more digits than Python reads.
            found = parse(text, integer)
    except UnicodeDecodeError as error:
        reject(f"not UTF-8 at byte {error.start}")
    except RecursionError:
        reject("nested too deeply")
    return convert_json(found, kind, source)


def convert_json(data: Any, kind: type[_T], source: str) -> _T:
    """Convert what was parsed to a record; likewise.

    Raises:
        CertificateError: not of this type; one line that names the place.
    """
    try:
        return msgspec.convert(data, kind, strict=True, dec_hook=_read)
    except msgspec.ValidationError as error:
        raise CertificateError(f"{source}: {error}") from None
    except UnicodeEncodeError:
        raise CertificateError(f"{source}: half of a surrogate pair") from None


def _read(kind: type[_T], data: Any) -> _T:
    """A fraction."""
    assert kind is Fraction, "all else is read by its type"
    try:
        numerator, denominator = msgspec.convert(data, tuple[int, _Positive], strict=True)
    except msgspec.ValidationError as error:
        raise ValueError(f"no fraction: {error}") from None
    return kind(numerator, denominator)


def _spelled(value: Fraction) -> tuple[int, int]:
    return value.as_integer_ratio()


def record_to_json(record: msgspec.Struct) -> str:
    """Write a record, a field a line; integers are exact whatever their size."""
    fields = msgspec.to_builtins(record, enc_hook=_spelled)
    lines = (f" {json.dumps(key)}: {_written(value)}" for key, value in fields.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _written(value: Any) -> str:
    try:
        return json.dumps(value)
    except ValueError:
        # Of an integer of more digits than Python writes.
        match value:
            case int():
                return str(flint.fmpz(value))
            case dict():
                items: dict[str, Any] = value
                inner = (f"{json.dumps(key)}: {_written(item)}" for key, item in items.items())
                return f"{{{', '.join(inner)}}}"
            case _:
                return f"[{', '.join(map(_written, value))}]"
