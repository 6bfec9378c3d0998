"""JSON from untrusted files into a typed record: no key twice, integers written as integers."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeVar

import msgspec

from lipbridge.errors import CertificateError

_T = TypeVar("_T")


def read_json(text: str | bytes, kind: type[_T], source: str) -> _T:
    """Parse JSON strictly and convert it to a record.

    Args:
        text: the text, UTF-8 if bytes.
        kind: the record's type; no key besides its fields may occur.
        source: named in messages, the file usually.

    Raises:
        CertificateError: not UTF-8, not JSON, nested beyond reason, a key twice, a number that is
            no integer, or not of this type; one line that names the place.
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

    try:
        data = json.loads(
            text.decode("utf-8") if isinstance(text, bytes) else text,
            object_pairs_hook=pairs,
            parse_float=number,
            parse_constant=number,
        )
        return convert_json(data, kind, source)
    except UnicodeDecodeError as error:
        reject(f"not UTF-8 at byte {error.start}")
    except json.JSONDecodeError as error:
        raise CertificateError(
            f"{source}:{error.lineno}:{error.colno}: not JSON: {error.msg}"
        ) from None
    except RecursionError:
        reject("nested too deeply")
    except ValueError:
        reject("an integer has thousands of digits")


def convert_json(data: Any, kind: type[_T], source: str) -> _T:
    """Convert what was parsed to a record; likewise.

    Raises:
        CertificateError: not of this type; one line that names the place.
    """
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        raise CertificateError(f"{source}: {error}") from None


def record_to_json(record: msgspec.Struct) -> str:
    """Write a record, a field a line; integers are exact whatever their size."""
    fields = msgspec.to_builtins(record)
    lines = (f" {json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
