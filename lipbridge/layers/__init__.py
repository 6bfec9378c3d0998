"""The layers of an indexer: one file a layer, each a record of facts, free of torch.

Importing this package fills the registry.
"""

from lipbridge.layers import (
    abs as abs,
    concat as concat,
    dot as dot,
    gelu as gelu,
    layer_norm as layer_norm,
    leaky_relu as leaky_relu,
    linear as linear,
    max_pool as max_pool,
    mean_pool as mean_pool,
    relu as relu,
    residual as residual,
    rms_norm as rms_norm,
    scale as scale,
    sigmoid as sigmoid,
    silu as silu,
    sum as sum,
    tanh as tanh,
)
from lipbridge.layers.base import (
    Argument,
    ArgumentType,
    ArgumentValue,
    Branch,
    ExactRows,
    InlineTensor,
    Layer,
    Sample,
    Shape,
    Symbols,
    TensorRef,
    TensorSlot,
    TensorSource,
    Vector,
    size,
    tokens,
)
from lipbridge.layers.registry import kinds, layer_class, nearest, register

__all__ = [
    "Argument",
    "ArgumentType",
    "ArgumentValue",
    "Branch",
    "ExactRows",
    "InlineTensor",
    "Layer",
    "Sample",
    "Shape",
    "Symbols",
    "TensorRef",
    "TensorSlot",
    "TensorSource",
    "Vector",
    "kinds",
    "layer_class",
    "nearest",
    "register",
    "size",
    "tokens",
]
