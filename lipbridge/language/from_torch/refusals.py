"""Operations that are no layer, each with what to do instead."""

from __future__ import annotations

import torch
from torch import fx, nn
from torch.nn import functional

from lipbridge.language.from_torch.graph import located
from lipbridge.language.from_torch.operations import (
    DEPENDENT_PRODUCT,
    Converter,
    Rule,
    register_refusal,
)
from lipbridge.language.from_torch.statements import Statement

_JUMPS = "it jumps, so it has no constant; clamp, softshrink or tanh do not"
_GROWS = "its slope has no bound; softplus has one"
_ZERO = "its slope has no bound near 0; rms_norm and layer_norm divide by a root with eps"


def _refusing(name: str, reason: str) -> Rule:
    def refuse(_converter: Converter, node: fx.Node) -> list[Statement]:
        raise located(f"{name} is no layer: {reason}", node)

    return refuse


for _name, _reason, *_targets in (
    (
        "attention",
        "softmax(Q·Kᵀ)·V has no constant on the whole space (Kim, Papamakarios and Mnih, "
        '"The Lipschitz constant of self-attention", 2021); `similarity` and `scores` of a spec '
        "bound its scores where the inputs have a norm, and projections are layers by themselves",
        functional.scaled_dot_product_attention,
        nn.MultiheadAttention,
    ),
    (
        "embedding",
        "indices are no vectors; trace what comes after it, with rows of the table as example",
        functional.embedding,
        nn.Embedding,
        nn.EmbeddingBag,
    ),
    ("exp", _GROWS, torch.exp, "exp"),
    (
        "glu",
        DEPENDENT_PRODUCT,
        functional.glu,
        nn.GLU,
    ),
    ("hardshrink", _JUMPS, functional.hardshrink, nn.Hardshrink),
    ("log", _ZERO, torch.log, "log"),
    (
        "log_softmax",
        "its constant grows with the number of entries; softmax has the constant 1/2",
        functional.log_softmax,
        torch.log_softmax,
        nn.LogSoftmax,
    ),
    ("normalize", _ZERO, functional.normalize),
    ("pow", _GROWS, torch.pow, "pow", torch.square, "square"),
    ("round", _JUMPS, torch.round, "round", torch.floor, "floor", torch.ceil, "ceil"),
    ("sign", _JUMPS, torch.sign, "sign"),
    ("sqrt", _ZERO, torch.sqrt, "sqrt", torch.rsqrt, "rsqrt", torch.reciprocal, "reciprocal"),
    ("threshold", _JUMPS, functional.threshold, nn.Threshold),
):
    register_refusal(_name, _reason, _refusing(_name, _reason), *_targets)
