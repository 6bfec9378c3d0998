"""Hidden states beside a trace: what an indexer was given, so that a step of it is a theorem.

A folder ``states`` in the trace's folder holds one safetensors file a call and layer, written at
once, so that nothing is held in memory: hidden states as given, cosines and sines as used,
positions, the keys that the call added as they are cached, and the module's own selection. Its
metadata says what the weights were, by their SHA-256, and which preset reads them.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from lipbridge.errors import TraceError
from lipbridge.files import refusing
from lipbridge.language.place import Place

STATES = "states"
"""The folder of hidden states in that of a trace."""
_FIELDS = ("hidden", "cos", "sin", "positions", "keys", "blocks")


@dataclass(frozen=True)
class IndexerState:
    """What one query saw.

    Attributes:
        hidden: the hidden state, shape (n,), as given.
        cos, sin: of its position as used, shape (rotary dimensions,).
        position: its position.
        keys: cached keys, shape (tokens, d).
        blocks: what the module selected for each head, forced blocks included, increasing.
        sha256: of the weights, see :func:`weights_sha256`.
    """

    hidden: Tensor
    cos: Tensor
    sin: Tensor
    position: int
    keys: Tensor
    blocks: tuple[tuple[int, ...], ...]
    sha256: str


def weights_sha256(*tensors: Tensor) -> str:
    """SHA-256 of an indexer's tensors, as float64 whatever they are stored in."""
    digest = hashlib.sha256()
    for tensor in tensors:
        digest.update(tensor.detach().to("cpu", torch.float64).contiguous().numpy().tobytes())
    return digest.hexdigest()


# By a tensor that tells an indexer: its preset, and the tensors that make queries and head weights,
# of the indexer, and of the attention around it.
_MADE_OF = {
    "q_norm": ("msa", ("q_proj", "q_norm"), ()),
    "wq_b": ("dsa", ("wq_b", "weights_proj"), ("q_a_proj", "q_a_layernorm")),
}


def _identity(module: nn.Module, around: nn.Module | None) -> dict[str, str]:
    """The preset of an indexer, and the hash of the tensors that make queries and head weights.

    Raises:
        TraceError: another indexer, or one without the attention that makes its latent.
    """
    preset, own, outer = next(
        (found for mark, found in _MADE_OF.items() if hasattr(module, mark)), ("", (), ())
    )
    places = [(module, name) for name in own] + [(around, name) for name in outer]
    if not places or any(not hasattr(place, name) for place, name in places):
        raise TraceError(
            "recording: hidden states are read of MiniMaxM3VLIndexer, and of DeepseekV32Indexer "
            f"inside its attention, not of {type(module).__name__} alone"
        )
    digest = weights_sha256(*(getattr(place, name).weight for place, name in places))
    return {"preset": preset, "sha256": digest}


class StateWriter:
    """Writes what the indexers of MiniMax-M3 and DeepSeek-V3.2 are given.

    Args:
        folder: the trace's folder.
        last: keep only this many last queries of each call.
    """

    def __init__(self, folder: str | Path, last: int | None) -> None:
        self.folder, self._last = Path(folder) / STATES, last
        self._calls: dict[int, int] = {}
        self._identities: dict[int, dict[str, str]] = {}
        with refusing(f"{self.folder}: cannot be made", TraceError):
            self.folder.mkdir(parents=True, exist_ok=True)

    def write(
        self,
        layer: int,
        module: nn.Module,
        around: nn.Module | None,
        forward: Callable[..., Any],
        inputs: tuple[Any, ...],
        options: Mapping[str, Any],
        new_keys: Tensor,
        first: int,
        output: Any,
    ) -> None:
        """Write one call.

        Args:
            layer: the layer.
            module: the indexer.
            around: the module that holds it.
            forward: its own forward.
            inputs: what it was called with, by place.
            options: what it was called with, by name.
            new_keys: the keys that it added, [N, 1, D, S'].
            first: the index of the first of them.
            output: the selected blocks, [N, H, S, k], −1 where there is none; or tokens, [N, S, k].

        Raises:
            TraceError: another indexer, or a file that cannot be written.
        """
        given = inspect.signature(forward).bind(*inputs, **options).arguments
        if not {"hidden_states", "position_embeddings", "position_ids"} <= given.keys():
            raise TraceError(
                f"recording: hidden states are read of MiniMaxM3VLIndexer and DeepseekV32Indexer, "
                f"not of {type(module).__name__}"
            )
        hidden, positions = given["hidden_states"], given["position_ids"]
        cos, sin = given["position_embeddings"]
        keep = slice(-min(self._last or hidden.shape[1], hidden.shape[1]), None)
        batch = hidden.shape[0]
        tensors = {
            "hidden": hidden[:, keep],
            "cos": cos.expand(batch, -1, -1)[:, keep],
            "sin": sin.expand(batch, -1, -1)[:, keep],
            "positions": positions.expand(batch, -1)[:, keep],
            "keys": new_keys[:, 0].transpose(1, 2),
            "blocks": (output[:, :, None] if output.ndim == 3 else output.transpose(1, 2))[:, keep],
        }
        if layer not in self._identities:
            self._identities[layer] = _identity(module, around)
        call = self._calls.get(layer, 0)
        self._calls[layer] = call + 1
        target = self.folder / _file_name(layer, call)
        with refusing(f"{target}: cannot be written", TraceError, SafetensorError):
            save_file(
                {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()},
                target,
                metadata={"first": str(first), **self._identities[layer]},
            )


def require_preset(trace: Path, layer: int, preset: str) -> None:
    """Refuse hidden states of an indexer that another preset reads, where they say which.

    Raises:
        TraceError: they are such, or the trace has none.
    """
    _, _, metadata = _read(_files(trace, layer)[0])
    recorded = metadata.get("preset", preset)
    if recorded != preset:
        raise TraceError(
            f"{trace}: was recorded of an indexer of preset {recorded}; give --preset {recorded} "
            f"with its checkpoint, not {preset}"
        )


def read_state(trace: Path, place: Place) -> IndexerState:
    """Read what one query saw.

    Args:
        trace: the trace's folder.
        place: the step of a batch row.

    Raises:
        TraceError: the trace has no hidden states, or no such step.
    """
    layer, sequence, step = place.layer, place.sequence, place.step
    steps = 0
    for call in _calls(trace, layer):
        sequences, steps = call.sequences, call.first + call.steps
        if not 0 <= sequence < sequences:
            raise TraceError(f"{trace}: layer {layer} has {sequences} sequences, not {sequence}")
        if step < steps:
            return call.state(sequence, step - call.first)
    raise TraceError(f"{trace}: layer {layer} has {steps} steps, not step {step}")


def read_states(trace: Path, layer: int) -> Iterator[tuple[int, int, IndexerState]]:
    """Read what every query of a layer saw: its sequence, its step, and that; raises likewise."""
    for call in _calls(trace, layer):
        for row in range(call.steps):
            for sequence in range(call.sequences):
                yield sequence, call.first + row, call.state(sequence, row)


@dataclass(frozen=True)
class _Call:
    """What was recorded of one call, with the keys of the calls before it; from step ``first``."""

    first: int
    found: dict[str, Tensor]
    keys: tuple[Tensor, ...]
    sha256: str

    @property
    def sequences(self) -> int:
        return self.found["hidden"].shape[0]

    @property
    def steps(self) -> int:
        return self.found["hidden"].shape[1]

    def state(self, sequence: int, row: int) -> IndexerState:
        found = self.found
        position = int(found["positions"][sequence, row])
        chosen = found["blocks"][sequence, row].tolist()
        return IndexerState(
            found["hidden"][sequence, row],
            found["cos"][sequence, row],
            found["sin"][sequence, row],
            position,
            # A query of a prompt does not see the tokens after it.
            torch.cat([part[sequence] for part in self.keys])[: position + 1],
            tuple(tuple(sorted({block for block in own if block >= 0})) for own in chosen),
            self.sha256,
        )


def _file_name(layer: int, call: int) -> str:
    return f"layer{layer:05d}-{call:08d}.safetensors"


def _files(trace: Path, layer: int) -> list[Path]:
    files = sorted((trace / STATES).glob(f"layer{layer:05d}-*.safetensors"))
    if not files:
        if not trace.exists():
            raise TraceError(f"{trace}: no such file or folder")
        raise TraceError(
            f"{trace}: holds no hidden states of layer {layer}; record with Recorder(…, "
            "states=True)"
        )
    for call, path in enumerate(files):
        if path.name != _file_name(layer, call):
            raise TraceError(
                f"{path}: {_file_name(layer, call)} is expected there; the keys of that call are "
                "missing to all that follow"
            )
    return files


def _calls(trace: Path, layer: int) -> Iterator[_Call]:
    keys: list[Tensor] = []
    first = 0
    for path, found, metadata in map(_read, _files(trace, layer)):
        if int(metadata["first"]) == 0:
            keys = []
        if keys and keys[0].shape[0] != found["keys"].shape[0]:
            raise TraceError(f"{path}: has other sequences than the file before it")
        keys.append(found["keys"])
        yield _Call(first, found, tuple(keys), metadata["sha256"])
        first += found["hidden"].shape[1]


def _read(path: Path) -> tuple[Path, dict[str, Tensor], dict[str, str]]:
    with (
        refusing(f"{path}: cannot be read", TraceError, SafetensorError),
        safe_open(path, framework="pt") as file,
    ):
        metadata, names = file.metadata() or {}, set(file.keys())
        found = {name: file.get_tensor(name) for name in _FIELDS if name in names}
    shapes = {name: tuple(tensor.shape) for name, tensor in found.items()}
    batch, steps = shapes.get("hidden", (0, 0, 0))[:2]
    good = (
        shapes.keys() == set(_FIELDS)
        and all(len(shapes[name]) == 3 for name in ("hidden", "cos", "sin", "keys"))
        and all(shapes[name][:2] == (batch, steps) for name in _FIELDS if name != "keys")
        and len(shapes["positions"]) == 2
        and len(shapes["blocks"]) == 4
        and shapes["cos"] == shapes["sin"]
        and shapes["keys"][0] == batch
        and metadata.keys() - {"preset"} == {"first", "sha256"}
        and metadata["first"].isdecimal()
    )
    if not good:
        raise TraceError(f"{path}: not what a recorder writes of hidden states")
    return path, found, metadata
