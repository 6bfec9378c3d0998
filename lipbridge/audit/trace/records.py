"""The records of a trace; its layout is that of docs/audit.md, field by field in ``FIELDS``.

A trace is one ``.safetensors`` or ``.npz`` file, or a folder of ``chunk-000000.safetensors``, …
that a :class:`~lipbridge.audit.trace.writing.TraceWriter` left behind. Tensors are called
``[layers.<l>.][sequences.<s>.]<field>``; a missing prefix means layer 0, sequence 0. One (layer,
sequence) pair is a *stream*.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import torch
from torch import Tensor

from lipbridge.errors import TraceError

METADATA_KEY = "lipbridge_trace"


@dataclass(frozen=True)
class Field:
    """What a field of a trace is.

    Args:
        axes: T steps, H heads, B blocks, n query dimension.
        kind: finite floats, floats and −inf, marks, integers, those ≥ 0, finite numbers ≥ 0.
        fill: what stands for a block that is not there yet.
        shared: the axis that may be left out, where all have the same.
        alone: whether it may also be given by blocks alone.
    """

    axes: str
    kind: Literal["float", "score", "mark", "integer", "count", "size"]
    fill: float | bool | None = None
    shared: str = "H"
    alone: bool = False

    def stored(self, axes: int) -> str:
        """The axes of a tensor with so many of them."""
        if axes == len(self.axes) - 1:
            return self.axes.replace(self.shared, "", 1)
        return "B" if self.alone and axes == 1 else self.axes

    def whole(self, tensor: Tensor) -> Tensor:
        """The tensor with the axes that were left out, of size 1."""
        found = self.stored(tensor.ndim)
        for place, axis in enumerate(self.axes):
            if found[place : place + 1] != axis:
                found = found[:place] + axis + found[place:]
                tensor = tensor.unsqueeze(place)
        return tensor


FIELDS = {
    "queries": Field("THn", "float"),
    "scores": Field("THB", "score", -math.inf),
    "mask": Field("THB", "mark", False, alone=True),
    "forced": Field("THB", "mark", False, alone=True),
    "positions": Field("T", "count"),
    "slots": Field("TH", "count", shared=""),
    "segments": Field("T", "integer"),
    "constants": Field("THB", "size", 0.0, shared="T", alone=True),
    "mass": Field("THB", "size", 0.0),
    "keys": Field("HBn", "float"),
    "pairwise": Field("HBB", "size"),
}
# Those with a row a step; the others describe blocks and hold for a whole file.
STEP_FIELDS = tuple(name for name, field in FIELDS.items() if field.axes[0] == "T")


class StreamKey(NamedTuple):
    """One layer of one sequence."""

    layer: int
    sequence: int

    def prefix(self) -> str:
        """Return the prefix of this stream's tensor names."""
        return f"layers.{self.layer}.sequences.{self.sequence}."


def _number(least: int, most: int = (1 << 53) - 1) -> Any:
    return msgspec.Meta(ge=least, le=most)


_Size = Annotated[float, msgspec.Meta(ge=0, le=sys.float_info.max)]


class _Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    top_k: Annotated[int, _number(1)]
    block_size: Annotated[int, _number(1)] = 1
    local_window: Annotated[int, _number(0)] = 0
    forced_take_slots: bool = False
    lipschitz: _Size | None = None
    roundings: Annotated[int, _number(0)] | None = None
    unit_roundoff: _Size | None = None
    acceptance: Annotated[float, _number(0, 1)] | None = None
    draft: Annotated[int, _number(0, 1 << 16)] | None = None
    diameter: _Size | None = None
    source: str = ""
    version: Literal[1] = 1


class TraceInfo(_Fields, frozen=True, forbid_unknown_fields=True):
    """What holds for a whole trace.

    Args:
        top_k: blocks that the indexer selects.
        block_size: tokens a block.
        local_window: how many blocks, the query's own and those before it, are always selected.
        forced_take_slots: whether local and forced blocks use up slots of ``top_k``.
        lipschitz: uniform Lipschitz constant of every score, where known.
        roundings: longest chain of roundings behind a score; None: n, that of a dot product.
        unit_roundoff: relative error of one of them; 0 where the scores are exact; None: derive
            from the dtype.
        acceptance: α, probability that a drafted token is accepted, where speculative decoding ran.
        draft: m, tokens drafted a verification step.
        diameter: Δ, no two values that attention reads are further apart, Euclidean norm.
        source: free text: model, text, date.
        version: layout version.

    Raises:
        TraceError: a value out of its range, or of another kind.
    """

    def __post_init__(self) -> None:
        """Refuse values outside their range."""
        try:
            msgspec.convert(msgspec.structs.asdict(self), _Fields)
        except msgspec.ValidationError as error:
            raise TraceError(f"trace metadata: {error}") from error
        if (self.acceptance is None) != (self.draft is None):
            raise TraceError("trace metadata: acceptance and draft belong together; give both")

    def to_json(self) -> str:
        """Return the metadata as JSON."""
        return msgspec.json.encode(self).decode()

    @staticmethod
    def from_json(text: str, where: str) -> TraceInfo:
        """Read metadata.

        Raises:
            TraceError: not JSON, an unknown or missing field, or a value of the wrong kind.
        """
        try:
            return msgspec.json.decode(text, type=TraceInfo)
        except msgspec.DecodeError as error:
            raise TraceError(f"{where}: trace metadata: {error}") from error


@dataclass(frozen=True)
class Chunk:
    """Consecutive steps of one stream, head axis always present.

    Shape:
        queries [T, H or 1, n]; scores [T, H, B]; mask, forced [T or 1, H or 1, B]; positions,
        segments [T]; slots [T, H]; mass [T, H or 1, B]; keys [H or 1, B, n]; constants
        [T or 1, H or 1, B]; pairwise [H or 1, B, B].
    """

    key: StreamKey
    first_step: int
    queries: Tensor
    scores: Tensor | None = None
    mask: Tensor | None = None
    forced: Tensor | None = None
    positions: Tensor | None = None
    slots: Tensor | None = None
    segments: Tensor | None = None
    constants: Tensor | None = None
    mass: Tensor | None = None
    keys: Tensor | None = None
    pairwise: Tensor | None = None

    @property
    def steps(self) -> int:
        """Number of steps T."""
        return self.queries.shape[0]

    @property
    def where(self) -> str:
        """The chunk's place, for messages."""
        return f"layer {self.key.layer}, sequence {self.key.sequence}, steps from {self.first_step}"

    def with_scores(self, scores: Tensor) -> Chunk:
        """Return the chunk with its scores filled in."""
        return replace(self, scores=scores)

    def validated(self, info: TraceInfo) -> Chunk:
        """Return the chunk itself, once all shapes and kinds fit.

        Raises:
            TraceError: naming the field that does not fit and what it should be.
        """
        steps, heads, blocks = self._sizes()
        sizes = {"T": steps, "H": heads, "B": blocks, "n": self.queries.shape[-1]}
        for name, field in FIELDS.items():
            tensor: Tensor | None = getattr(self, name)
            if tensor is None:
                continue
            shape = tuple(sizes[axis] for axis in field.axes)
            if not _fits(tensor, shape):
                raise TraceError(
                    f"{self.where}: {name} has shape {tuple(tensor.shape)};"
                    f" {shape} fits, with 1 for a shared axis"
                )
            if field.kind in ("float", "score") and not tensor.is_floating_point():
                raise TraceError(
                    f"{self.where}: {name} have dtype {tensor.dtype}; store floating point"
                )
            # Scores are checked where top-k has already found their largest: no more passes.
            if field.kind == "float" and not bool(torch.isfinite(tensor).all()):
                raise TraceError(f"{self.where}: {name} contain NaN or infinity")
            if field.kind == "mark" and tensor.dtype != torch.bool:
                raise TraceError(f"{self.where}: {name} has dtype {tensor.dtype}; store bool")
            if field.kind in ("integer", "count") and tensor.is_floating_point():
                raise TraceError(f"{self.where}: {name} must be integers")
            if field.kind == "count" and bool((tensor < 0).any()):
                raise TraceError(f"{self.where}: {name} must be integers ≥ 0")
            if field.kind == "size" and not bool(((tensor >= 0) & (tensor < math.inf)).all()):
                raise TraceError(f"{self.where}: {name} must be finite and ≥ 0")
        if self.mask is not None and self.forced is not None:
            both = self.forced & ~self.mask
            if bool(both.any()):
                raise TraceError(
                    f"{self.where}: block {int(both.nonzero()[0, -1])} is forced and masked at once"
                    "; clear it in one of the two"
                )
        if info.local_window and self.positions is None:
            raise TraceError(
                f"{self.where}: local_window is {info.local_window}, so 'positions' are needed"
            )
        if self.slots is not None and bool((self.slots > info.top_k).any()):
            raise TraceError(f"{self.where}: slots exceed top_k = {info.top_k}")
        return self

    def _sizes(self) -> tuple[int, int, int]:
        """Return (T, H, B), from the scores, or from the keys."""
        if self.queries.ndim != 3:
            raise TraceError(
                f"{self.where}: queries have shape {tuple(self.queries.shape)}; [T, H, n] fits"
            )
        steps, heads, _ = self.queries.shape
        if self.scores is not None:
            if self.scores.ndim != 3 or self.scores.shape[0] != steps:
                raise TraceError(
                    f"{self.where}: scores have shape {tuple(self.scores.shape)}, for {steps} steps"
                )
            if heads not in (1, self.scores.shape[1]):
                raise TraceError(
                    f"{self.where}: {heads} query heads, {self.scores.shape[1]} score heads"
                )
            heads, blocks = self.scores.shape[1:]
        elif self.keys is not None:
            heads, blocks = max(heads, self.keys.shape[0]), self.keys.shape[1]
        else:
            raise TraceError(f"{self.where}: neither scores nor keys; record one of them")
        if blocks == 0:
            raise TraceError(f"{self.where}: no blocks")
        return steps, heads, blocks


def _fits(tensor: Tensor, shape: tuple[int, ...]) -> bool:
    """Whether a tensor broadcasts to a shape without adding axes."""
    return tensor.ndim == len(shape) and all(
        a in (1, b) for a, b in zip(tensor.shape, shape, strict=True)
    )
