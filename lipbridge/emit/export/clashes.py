"""Labels of a spec against the names that the generated modules define."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.emit.network.layer_context import BranchContext
from lipbridge.emit.network.tensor_context import TensorContext
from lipbridge.errors import InputError

__all__ = ["refuse_clashes"]


def refuse_clashes(
    sequences: Sequence[BranchContext], alongs: Sequence[str], tensors: Sequence[TensorContext]
) -> None:
    """Refuse labels that meet a name which the generated modules define.

    Args:
        sequences: every branch of the network, and its body.
        alongs: what the names of constants in single inputs end in.
        tensors: every tensor.

    Raises:
        InputError: naming the label to change.
    """
    generated: dict[str, str] = {}
    suffixes = {*alongs, ""}
    for branch in sequences:
        for suffix in ("", "_general", "_domain", "_congr"):
            generated[branch.name + suffix] = branch.name
        for along in suffixes if branch.local else {""}:
            for suffix in ("_P", "_Q", "_N", "_D", "_sqLipschitz", "_lipschitz"):
                generated[branch.name + along + suffix] = branch.name
    for layer in (layer for branch in sequences for layer in branch.layers):
        given = ("_t", "_ht") if layer.layer.parameter else ()
        bounds = ("_A", "_B", "_boundedOn") if layer.reach is not None else ()
        ends = suffixes if layer.local else {""}
        constants = [a + s for a in ends for s in ("_P", "_Q", "_sqLipschitz")]
        for suffix in ("", "_congr", *constants, *bounds, *given):
            name = layer.name + suffix
            if generated.setdefault(name, layer.name) != layer.name:
                raise InputError(
                    f"layer {layer.name!r} clashes with a name made from {generated[name]!r}; "
                    "rename the layer"
                )
    for tensor in tensors:
        clash = next((name for name in generated if name.startswith(tensor.name)), None)
        if clash:
            raise InputError(
                f"layer {generated[clash]!r} clashes with the tensor {tensor.name!r}; "
                "rename the layer"
            )
