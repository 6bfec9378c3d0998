"""The table that an audit makes: a row a layer, sequence, step and head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save
from torch import Tensor

from lipbridge.audit.trace.records import StreamKey
from lipbridge.decimals import decimal_given

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Trajectory:
    """The rows of one head along one segment, by step, and their places in the table."""

    layer: int
    sequence: int
    segment: int
    head: int
    rows: Rows
    places: Array


class Rows:
    """Columns of equal length.

    ``layer, sequence, segment, head, step``; ``margin, error, lipschitz, radius_uniform[,
    radius_block, radius_pairwise], radius, movement`` (float64; movement NaN where no step
    follows); ``given``, the largest constant that is a premise, as it was given (float64; NaN where
    keys or weights give all); with masses ``exchanged``; ``locked, changed, displaced`` (bool);
    ``runner, entered, left`` (block or −1); with slopes ``rise`` (max |Δs| less what errors may
    add), ``steep``, ``steep_block``[, ``steep_other``], ``same``; ``selected`` [rows, K] where
    kept.
    """

    def __init__(self, columns: Mapping[str, Array]) -> None:
        self.columns = dict(columns)

    def __getitem__(self, name: str) -> Array:
        """Return a column."""
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.columns

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.columns["step"]) if self.columns else 0

    @property
    def linked(self) -> Array:
        """Where a step follows."""
        return ~np.isnan(self["movement"])

    @property
    def contested(self) -> Array:
        """Where a step follows, and blocks that compete outnumber the slots open to them."""
        return self.linked & (self["margin"] < np.inf)

    @property
    def given_constant(self) -> float | None:
        """The largest constant that is a premise, exactly as it was given; None without such."""
        given = self["given"][~np.isnan(self["given"])]
        return float(given.max()) if len(given) else None

    @property
    def certified_constant(self) -> float | None:
        """The largest L that is computed from keys or weights; None where all are given."""
        computed = self["lipschitz"][np.isnan(self["given"])]
        return float(computed.max()) if len(computed) else None

    @property
    def premise(self) -> str:
        """What radii and locks presuppose of constants that were given; empty without such."""
        constant = self.given_constant
        if constant is None:
            return ""
        largest = decimal_given(constant)
        tables = "radius_block" in self or "radius_pairwise" in self
        if tables or (self["given"] != constant).any():
            return f"if the scores have the constants that were given, the largest {largest}"
        return f"if every score has the constant {largest} that was given"

    def take(self, where: Array) -> Rows:
        """Return the rows at an index or a mask."""
        return Rows({name: column[where] for name, column in self.columns.items()})

    def record(self, row: int) -> dict[str, Any]:
        """Return one row as plain Python values."""
        return {name: column[row].tolist() for name, column in self.columns.items()}

    def groups(self, *names: str) -> Iterator[tuple[tuple[int, ...], Array]]:
        """Yield the values of some columns and the places that have them, in order, by step."""
        if not len(self):
            return
        order = np.lexsort([self["step"], *(self[n] for n in reversed(names))])
        keys = np.stack([self[n][order] for n in names], axis=1)
        cuts = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
        for part in np.split(order, cuts):
            yield tuple(int(self[n][part[0]]) for n in names), part

    def trajectories(self) -> Iterator[Trajectory]:
        """Yield each head along each segment, rows ordered by step.

        A segment that goes on after another has begun is another one there.
        """
        for values, places in self.groups("layer", "sequence", "segment", "head"):
            apart = np.flatnonzero(np.diff(self["step"][places]) != 1) + 1
            for part in np.split(places, apart):
                yield Trajectory(*values, rows=self.take(part), places=part)

    def to_bytes(self) -> bytes:
        """The columns as the bytes of a safetensors file."""
        return save({n: np.ascontiguousarray(c) for n, c in self.columns.items()})

    @staticmethod
    def from_bytes(data: bytes) -> Rows:
        """Inverse of :meth:`to_bytes`.

        Raises:
            ValueError: other bytes.
        """
        try:
            return Rows(load(data))
        except SafetensorError as error:
            raise ValueError(str(error)) from error

    @staticmethod
    def concat(parts: Sequence[Rows]) -> Rows:
        """Join tables; where one lacks a column, that says NaN, −1 or false there."""
        known = {name: column for part in parts for name, column in part.columns.items()}

        def of(part: Rows, name: str) -> Array:
            column = known[name]
            blank = {"f": np.nan, "i": -1, "b": False}[column.dtype.kind]
            shape = (len(part), *column.shape[1:])
            return part[name] if name in part else np.full(shape, blank, column.dtype)

        parts = [part for part in parts if part.columns]
        return Rows({name: np.concatenate([of(part, name) for part in parts]) for name in known})

    @staticmethod
    def from_chunk(
        key: StreamKey, first_step: int, columns: Mapping[str, Tensor], keep_selected: bool
    ) -> Rows:
        """Flatten chunk columns [T, H] step by step."""
        steps, heads = columns["margin"].shape
        count = steps * heads
        table: dict[str, Array] = {
            "layer": np.full(count, key.layer, np.int32),
            "sequence": np.full(count, key.sequence, np.int32),
            "step": np.repeat(np.arange(first_step, first_step + steps, dtype=np.int64), heads),
            "head": np.tile(np.arange(heads, dtype=np.int32), steps),
        }
        for name, column in columns.items():
            if name == "selected" and not keep_selected:
                continue
            values: Array = column.reshape(count, *column.shape[2:]).cpu().numpy()
            if values.dtype == np.int64 and name != "segment":
                values = values.astype(np.int32)
            table[name] = values
        return Rows(table)
