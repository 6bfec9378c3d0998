"""What an export keeps of the selections at points, as JSON.

::

    {"version": 5, "top": 1, "points": [{"number": 1, "entries": ["3", "-5"], "denominator": "4",
     "selected": [7], "radius": ["5", "16"], "best": [], "table": true}], "error": null,
     "keys": null}

With an error of computed scores (a fraction), points have a radius ``computed`` besides. Keys
that are stored beside the network have a name, how many of them make a block, and the step that
they were cached at, ``{"step": 45, "layer": 1, "sequence": 0, "forced": [0]}``: theirs are the
first blocks of the sequence but those that are active by position.

Integers of any size are strings. A check evaluates the network anew and refuses another selection,
and a radius beyond what the constants certify.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from lipbridge.certify import read_json
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.place import Place, Position
from lipbridge.language.stored import StoredVector
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import size
from lipbridge.tighten.keys import Keys, RecordedStep
from lipbridge.tighten.selection import Selections
from lipbridge.tighten.selection_at import Selection

_Integer = Annotated[str, msgspec.Meta(pattern="^-?[0-9]{1,4000}$")]
_Positive = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,3999}$")]
_Natural = Annotated[int, msgspec.Meta(ge=0)]


class _Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point."""

    number: Annotated[int, msgspec.Meta(ge=1, le=999_999)]
    entries: tuple[_Integer, ...]
    denominator: _Positive
    selected: tuple[_Natural, ...]
    radius: tuple[_Positive, _Positive]
    best: tuple[_Natural, ...]
    table: bool
    computed: tuple[_Positive, _Positive] | None


class _Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The step of a trace."""

    step: Position
    layer: Position
    sequence: Position
    forced: tuple[Position, ...]


class _Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys beside the network."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,99}$")]
    group: Annotated[int, msgspec.Meta(ge=1)]
    step: _Step


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    version: Literal[5]
    top: _Natural
    points: Annotated[tuple[_Point, ...], msgspec.Meta(min_length=1)]
    error: tuple[_Positive, _Positive] | None
    keys: _Keys | None


def selections_to_json(selections: Selections) -> str:
    """Write selections; integers are exact whatever their size."""
    points = tuple(
        _Point(
            found.number,
            tuple(map(str, found.point.entries)),
            str(found.point.denominator),
            found.selected,
            _written(found.radius),
            found.best,
            found.table,
            None if found.computed is None else _written(found.computed),
        )
        for found in selections.points
    )
    error = _written(selections.error) if selections.error else None
    keys = None
    if selections.keys is not None:
        step = selections.keys.step
        assert step is not None, "keys beside a network are recorded"
        at = step.place
        written = _Step(at.step, at.layer, at.sequence, step.forced)
        keys = _Keys(selections.keys.matrix.name, selections.keys.group, written)
    file = _File(5, selections.top, points, error, keys)
    return json.dumps(msgspec.to_builtins(file), indent=1) + "\n"


def _written(value: Fraction) -> tuple[str, str]:
    return str(value.numerator), str(value.denominator)


def _read(value: tuple[str, str]) -> Fraction:
    return Fraction(*map(int, value))


def selections_from_json(
    text: str | bytes, source: str, network: Network, keys: Callable[[str], ExactMatrix]
) -> Selections:
    """Read what :func:`selections_to_json` wrote.

    Args:
        text: the JSON.
        source: the file, for error messages.
        network: the network that it is about.
        keys: reads the keys of a name.

    Raises:
        CertificateError: not of this format, or points that are not the network's.
    """
    file = read_json(text, _File, source)
    points: list[Selection] = []
    before = 0
    for found in file.points:
        if found.number <= before:
            raise CertificateError(f"{source}: point {found.number} after point {before}")
        before = found.number
        if len(found.entries) != size(network.input):
            raise CertificateError(
                f"{source}: point {found.number} has {len(found.entries)} entries, but network "
                f"{network.name} takes {size(network.input)}"
            )
        point = StoredVector(tuple(map(int, found.entries)), int(found.denominator))
        computed = None if found.computed is None else _read(found.computed)
        known = found.selected, _read(found.radius), found.best, found.table, computed
        points.append(Selection(found.number, point, *known))
    error = _read(file.error) if file.error else Fraction(0)
    return Selections(file.top, tuple(points), error, _keys(file.keys, source, network, keys))


def _keys(
    found: _Keys | None, source: str, network: Network, read: Callable[[str], ExactMatrix]
) -> Keys | None:
    if found is None:
        return None
    matrix = read(found.name)
    if matrix.cols != size(network.output) or matrix.rows % found.group:
        raise CertificateError(
            f"{source}: {matrix.rows} keys of dimension {matrix.cols} are no blocks of "
            f"{found.group} for a network with {size(network.output)} values"
        )
    at, forced = found.step, found.step.forced
    count = matrix.rows // found.group + len(forced)
    if list(forced) != sorted({*forced} & {*range(count)}):
        raise CertificateError(
            f"{source}: {count} blocks, of which those that are active by position are not "
            f"{str(list(forced))[:80]}"
        )
    blocks = tuple(sorted({*range(count)}.difference(forced)))
    place = Place(at.step, at.layer, at.sequence)
    return Keys(matrix, found.group, RecordedStep(place, blocks, forced))
