"""A network as an Agda module: stored integers, certificates, layers, one theorem."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge import __version__
from lipbridge.decimals import decimal_up
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.lean.declaration import Theorem
from lipbridge.emit.lean.render import render
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.layer_context import LayerContext
from lipbridge.emit.network.rules import template_kinds
from lipbridge.errors import InputError
from lipbridge.layers import Norm

_LIMIT = 64
"""Rows and columns of a matrix whose certificate Agda checks in seconds."""


def agda_module(context: NetworkContext, weights: str) -> tuple[str, Theorem]:
    """The module of a network, and what it proves.

    Args:
        context: its names and numbers, as for Lean.
        weights: SHA-256 of the weights file, or empty.

    Raises:
        InputError: naming the layer that has no rule for Agda, or the tensor that is too large.
    """
    network, body = context.network, context.body
    if len(network.parts) > 1 or network.restricted or network.norm is not Norm.EUCLIDEAN:
        raise InputError(
            f"network {network.name!r} has several or bounded inputs or another norm, for which "
            "there is no rule for Agda; export it for Lean"
        )
    kinds = template_kinds("agda/layers/")
    for layer in body.layers:
        _refuse_layer(layer, kinds)
    tensors = [(tensor, *_lines(tensor)) for tensor in context.tensors]
    text = render(
        "agda/network.agda.jinja", n=context, tensors=tensors, version=__version__, weights=weights
    )
    over, under = context.constant.as_integer_ratio()
    return text, Theorem(
        f"{context.namespace}.Network.network-lipschitz",
        f"Lipschitz {body.input} {body.output} (nat {over}) (nat {under}) network",
        f"Lip({network.name}) ≤ {decimal_up(context.constant)}, rounded up from {context.bound}",
    )


def _refuse_layer(layer: LayerContext, kinds: Sequence[str]) -> None:
    if layer.kind not in kinds:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} has no rule for Agda, which knows "
            f"{', '.join(kinds)}; export it for Lean"
        )
    if layer.weight is not None and layer.block > 1:
        raise InputError(
            f"layer {layer.name!r}: {layer.kind} on each of {layer.block} tokens has no rule for "
            "Agda; pool first, or export it for Lean"
        )


def _lines(tensor: LeanMatrix) -> tuple[list[list[int]], list[list[int]]]:
    """A tensor by rows or by columns, and the rows of its factor without the 0s at their ends."""
    matrix, certificate = tensor.matrix, tensor.certificate
    if max(matrix.rows, matrix.cols) > _LIMIT:
        raise InputError(
            f"tensor {matrix.name!r} is {matrix.rows}×{matrix.cols}; Agda checks up to "
            f"{_LIMIT}×{_LIMIT}: export it for Lean"
        )
    if certificate is not None and certificate.transpose and not certificate.T:
        raise InputError(f"tensor {matrix.name!r} is 0; leave the layer out")
    numerators = matrix.numerators.T if tensor.by_columns else matrix.numerators
    factor: list[list[int]] = []
    for row in () if certificate is None else certificate.L:
        last = max((i for i, entry in enumerate(row, start=1) if entry), default=0)
        factor.append(list(row[:last]))
    return [[int(entry) for entry in line] for line in numerators], factor
