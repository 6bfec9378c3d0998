"""What an export about no network keeps: a record, from which its theorem is rendered.

A kind of theorem is a subclass in a file of this package, which is found by being there: its fields
are its format, and it says whether they fit together, replays what they claim, and gives the
modules. Reading and writing it, and every file of its export, are the same for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Annotated, ClassVar, Self

import msgspec
import numpy as np

from lipbridge.certify import read_json
from lipbridge.emit import step
from lipbridge.emit.lean.declaration import Scope
from lipbridge.errors import CertificateError
from lipbridge.language.place import Place
from lipbridge.language.tensor import ExactMatrix
from lipbridge.lazy import import_all

Natural = Annotated[int, msgspec.Meta(ge=0)]
Bits = Annotated[int, msgspec.Meta(ge=0, le=1 << 14)]
"""Exponent of a denominator; float64 needs no more than this."""
# Sums of products of two numbers of float64 are below 2 to this power.
_MOST_BITS = 2100
Row = Annotated[tuple[int, ...], msgspec.Meta(min_length=1)]


def refuse_range(numbers: Sequence[int], bits: int) -> None:
    """Refuse numbers over ``2**bits`` that no recorded ones give.

    Raises:
        ValueError: one is beyond them.
    """
    if max(map(abs, numbers), default=0).bit_length() > bits + _MOST_BITS:
        raise ValueError("a number beyond those that float64 has, and their products")


class StoredMatrix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A matrix of integers over ``2**bits``.

    Attributes:
        name: the tensor's name in the checkpoint; empty for what was recorded.
        bits: exponent of the denominator.
        rows: the integers.
    """

    name: str
    bits: Bits
    rows: Annotated[tuple[Row, ...], msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        for row in self.rows:
            refuse_range(row, self.bits)

    @classmethod
    def of(cls, matrix: ExactMatrix, name: str = "") -> StoredMatrix:
        """An exact matrix whose denominator is a power of two."""
        bits = matrix.denominator.bit_length() - 1
        assert matrix.denominator == 1 << bits, "floating-point numbers are dyadic"
        return cls(name, bits, tuple(tuple(map(int, row)) for row in matrix.integers))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def exact(self, name: str) -> ExactMatrix:
        """The exact matrix, under another name."""
        numerators = np.array([list(row) for row in self.rows], dtype=object)
        return ExactMatrix(name, numerators, 1 << self.bits)


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Recorded numbers, and what is claimed of them."""

    file: ClassVar[str]
    """Where an export keeps the record."""
    root: ClassVar[str]
    """Namespace of its modules."""
    of_weights: ClassVar[bool] = False
    """Whether an export says what weights it is about."""

    place: Place
    """Where it was recorded."""

    @property
    def where(self) -> str:
        """Where it was recorded, in words."""
        return str(self.place)

    def fits(self) -> bool:
        """Whether positions and shapes fit together."""
        raise NotImplementedError

    def replay(self) -> None:
        """Check what is claimed in exact arithmetic, as the kernel will.

        Raises:
            CertificateError: it does not follow.
        """
        raise NotImplementedError

    def modules(self, *, stubs: bool) -> tuple[dict[str, str], Scope]:
        """The modules by name, in dependency order, and what the last of them declares.

        Args:
            stubs: state the theorems with ``sorry``.
        """
        import_all(step)
        return recorded_modules(self, stubs=stubs)

    def matrices(self) -> Sequence[ExactMatrix]:
        """What its data modules store, under the names that it has there."""
        return ()

    def tensors(self) -> Mapping[str, StoredMatrix]:
        """The tensors of a weights file that it holds, by their names there."""
        return {}

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """Read what an export keeps.

        Raises:
            CertificateError: not of this format, or a record that cannot be.
        """
        record = read_json(text, cls, cls.file)
        if not record.fits():
            what = "names, positions or shapes that do not fit together"
            raise CertificateError(f"{cls.file}: {what}")
        return record


@singledispatch
def recorded_modules(record: Recorded, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    """The modules of a record, see :meth:`Recorded.modules`; each kind registers its own.

    Args:
        record: it replays.
        stubs: state the theorems with ``sorry``.
    """
    raise NotImplementedError(type(record).__name__)


def recorded_kinds() -> list[type[Recorded]]:
    """Every kind of record."""
    import_all(step)
    return [*_kinds(Recorded)]


def _kinds(kind: type[Recorded]) -> Iterator[type[Recorded]]:
    for found in kind.__subclasses__():
        if hasattr(found, "file"):
            yield found
        yield from _kinds(found)
