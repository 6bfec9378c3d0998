"""The layers of an indexer: one file a layer, each a record of facts, free of torch.

Importing this package fills the registry.
"""

from lipbridge.layers import dot, leaky_relu, linear, max_pool, mean_pool, relu, scale
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
    "dot",
    "kinds",
    "layer_class",
    "leaky_relu",
    "linear",
    "max_pool",
    "mean_pool",
    "nearest",
    "register",
    "relu",
    "scale",
    "size",
    "tokens",
]
