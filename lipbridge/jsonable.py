"""Records as plain values that JSON holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import msgspec


def jsonable(value: Any) -> Any:
    """A record, and all that is in it, as JSON holds it.

    Field by field, or what a method ``to_json`` says of it; exact numbers and paths are text, and
    what is infinite or no number is null.
    """
    if hasattr(value, "to_json"):
        return jsonable(value.to_json())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Fraction | Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, msgspec.Struct):
        return {name: jsonable(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        entries = cast("Mapping[Any, Any]", value)
        return {str(key): jsonable(entry) for key, entry in entries.items()}
    if isinstance(value, list | tuple):
        return [jsonable(entry) for entry in cast("list[Any]", value)]
    return value
