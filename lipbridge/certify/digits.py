"""Integers as text, in one spelling each: decimal up to 1024 bits, hexadecimal beyond.

Decimal is for people. Decimals of thousands of digits convert in quadratic time, and Python refuses
them; hexadecimal ones convert in linear time.
"""

from __future__ import annotations

import re

from lipbridge.errors import CertificateError

_MAX_INTEGER_BITS = 1 << 17
_DECIMAL_BITS = 1024
_DECIMAL = re.compile(r"0|-?[1-9][0-9]{0,308}")
_HEXADECIMAL = re.compile(r"-?0x[1-9a-f][0-9a-f]*")


def encode_integer(n: int) -> str:
    """Return the canonical spelling of an integer."""
    if n.bit_length() <= _DECIMAL_BITS:
        return str(int(n))
    return hex(n)


def decode_integer(text: object, place: str, source: str, *, least: int | None = None) -> int:
    """Read an integer in its one canonical spelling.

    Args:
        text: what the file holds.
        place: names the field in messages.
        source: names the file in messages.
        least: smallest value allowed.

    Raises:
        CertificateError: another spelling, too many digits, or too small a value.
    """
    if not isinstance(text, str):
        raise CertificateError(f"{source}: {place} is not a string of digits")
    if len(text) * 4 > _MAX_INTEGER_BITS:
        raise CertificateError(f"{source}: {place} has {len(text)} digits, too many")
    if _DECIMAL.fullmatch(text):
        value = int(text)
        canonical = value.bit_length() <= _DECIMAL_BITS
    elif _HEXADECIMAL.fullmatch(text):
        value = int(text, 16)
        canonical = value.bit_length() > _DECIMAL_BITS
    else:
        raise CertificateError(
            f"{source}: {place} = {text[:24]!r} is not an integer in canonical digits"
        )
    if not canonical:
        raise CertificateError(
            f"{source}: {place} = {text[:24]!r}…: "
            f"decimal up to {_DECIMAL_BITS} bits, hexadecimal beyond"
        )
    if least is not None and value < least:
        raise CertificateError(f"{source}: {place} = {text[:24]} is below {least}")
    return value
