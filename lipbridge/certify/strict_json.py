"""JSON of exact records: a record's fields and no others, no key twice, integers of any size."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import flint
import msgspec

from lipbridge.errors import CertificateError

# A limit against hostile input: longer integers are in no real record.
_MAX_DIGITS = 10_000
_T = TypeVar("_T")


def read_json(text: str | bytes, kind: type[_T], source: str) -> _T:
    """Parse JSON strictly and convert it to a record.

    Args:
        text: the text, UTF-8 if bytes.
        kind: the record's type; no key besides its fields may occur.
        source: named in messages, the file usually.

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

    def long(literal: str) -> int:
        if len(literal) > _MAX_DIGITS:
            reject(f"an integer of {len(literal)} digits is too long")
        return int(flint.fmpz(literal))

    def parse(data: str, integer: Callable[[str], int]) -> Any:
        return json.loads(
            data,
            object_pairs_hook=pairs,
            parse_int=integer,
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
            # Python reads no integer of more than 4300 digits.
            found = parse(text, long)
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
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        raise CertificateError(f"{source}: {error}") from None
    except UnicodeEncodeError:
        raise CertificateError(f"{source}: half of a surrogate pair") from None


def record_to_json(record: msgspec.Struct) -> str:
    """Write a record, a field a line; integers are exact whatever their size."""
    fields = msgspec.to_builtins(record)
    lines = (f" {json.dumps(key)}: {_written(value)}" for key, value in fields.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _written(value: Any) -> str:
    try:
        return json.dumps(value)
    except ValueError:
        # Python writes no integer of more than 4300 digits.
        match value:
            case int():
                return str(flint.fmpz(value))
            case dict():
                items: dict[str, Any] = value
                inner = (f"{json.dumps(key)}: {_written(item)}" for key, item in items.items())
                return f"{{{', '.join(inner)}}}"
            case _:
                return f"[{', '.join(map(_written, value))}]"
