"""What an export keeps of the selections at points, as JSON.

::

    {"top": 1, "points": [{"number": 1, "point": {"entries": [3, -5], "denominator": 4},
     "selected": [7], "radius": [5, 16], "best": [], "table": true, "computed": null}],
     "error": [0, 1], "keys": null}

Of keys that are stored beside the network: their name, how many of them make a block, and the step
that they were cached at. Theirs are the first blocks of the sequence but those that are active by
position.

A check evaluates the network anew and refuses another selection, and a radius beyond what the
constants certify.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated

import msgspec

from lipbridge.certify import read_json, record_to_json
from lipbridge.errors import CertificateError
from lipbridge.language.network import Network
from lipbridge.language.place import Place, Position
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import size
from lipbridge.tighten.keys import Keys, RecordedStep
from lipbridge.tighten.selection import Selections
from lipbridge.tighten.selection_at import Selection


class _Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys beside the network."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,99}$")]
    group: Annotated[int, msgspec.Meta(ge=1)]
    step: Position
    layer: Position
    sequence: Position
    forced: tuple[Position, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    top: int
    points: Annotated[tuple[Selection, ...], msgspec.Meta(min_length=1)]
    error: Fraction
    keys: _Keys | None


def selections_to_json(selections: Selections) -> str:
    """Write selections; integers are exact whatever their size."""
    keys, found = None, selections.keys
    if found is not None:
        assert found.step is not None, "keys beside a network are recorded"
        at = found.step.place
        place = at.step, at.layer, at.sequence
        keys = _Keys(found.matrix.name, found.group, *place, found.step.forced)
    return record_to_json(_File(selections.top, selections.points, selections.error, keys))


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
    file, before, length = read_json(text, _File, source), 0, size(network.input)
    for found in file.points:
        if not before < found.number < 1_000_000:
            raise CertificateError(f"{source}: point {found.number} after point {before}")
        before = found.number
        if len(found.point.entries) != length or found.point.denominator < 1:
            raise CertificateError(
                f"{source}: point {found.number} has {len(found.point.entries)} entries over "
                f"{found.point.denominator}, but network {network.name} takes {length}"
            )
    computed = any(found.computed is not None for found in file.points)
    if file.error < 0 or computed != (file.error > 0):
        raise CertificateError(f"{source}: an error of computed scores goes with radii of theirs")
    return Selections(file.top, file.points, file.error, _keys(file.keys, source, network, keys))


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
    forced = found.forced
    count = matrix.rows // found.group + len(forced)
    if list(forced) != sorted({*forced} & {*range(count)}):
        raise CertificateError(
            f"{source}: {count} blocks, of which those that are active by position are not "
            f"{str(list(forced))[:80]}"
        )
    blocks = tuple(sorted({*range(count)}.difference(forced)))
    place = Place(found.step, found.layer, found.sequence)
    return Keys(matrix, found.group, RecordedStep(place, blocks, forced))
