"""Operations that are no layer, each with what to do instead."""

from __future__ import annotations

import operator

import torch
from torch import nn
from torch.nn import functional

from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT, refuse

_JUMPS = "it jumps, so it has no constant; clamp, softshrink or tanh do not"
_GROWS = "its slope has no bound; softplus has one"
_ZERO = "its slope has no bound near 0; rms_norm and layer_norm divide by a root with eps"

refuse(
    "attention",
    "softmax(Q·Kᵀ)·V has no constant on the whole space (Kim, Papamakarios and Mnih, "
    '"The Lipschitz constant of self-attention", 2021); `similarity` and `scores` of a spec '
    "bound its scores where the inputs have a norm, and projections are layers by themselves",
    functional.scaled_dot_product_attention,
    nn.MultiheadAttention,
)
refuse(
    "embedding",
    "indices are no vectors; trace what comes after it, with rows of the table as example",
    functional.embedding,
    nn.Embedding,
    nn.EmbeddingBag,
)
refuse("exp", _GROWS, torch.exp, "exp")
refuse("glu", DEPENDENT_PRODUCT, functional.glu, nn.GLU)
refuse("hardshrink", _JUMPS, functional.hardshrink, nn.Hardshrink)
refuse("log", _ZERO, torch.log, "log")
refuse(
    "log_softmax",
    "its constant grows with the number of entries; softmax has the constant 1/2",
    functional.log_softmax,
    torch.log_softmax,
    nn.LogSoftmax,
)
refuse("normalize", _ZERO, functional.normalize)
refuse(
    "pow",
    f"its slope has no bound; a square is x * x, {DEPENDENT_PRODUCT}; a norm that is written out "
    "is known as x * rsqrt((x * x).mean(-1, keepdim=True) + eps)",
    torch.pow,
    operator.pow,
    operator.ipow,
    "pow",
    torch.square,
    "square",
)
refuse("round", _JUMPS, torch.round, "round", torch.floor, "floor", torch.ceil, "ceil")
refuse("sign", _JUMPS, torch.sign, "sign")
refuse("sqrt", _ZERO, torch.sqrt, "sqrt", torch.rsqrt, "rsqrt", torch.reciprocal, "reciprocal")
refuse("threshold", _JUMPS, functional.threshold, nn.Threshold)
