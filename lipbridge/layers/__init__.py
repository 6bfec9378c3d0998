"""The layers of an indexer: one file a layer, each a record of facts, free of torch.

Importing this package fills the registry.
"""

from importlib import import_module
from pkgutil import iter_modules

from lipbridge.layers.base import Argument, ArgumentType, ArgumentValue, Branch, Layer, Sample
from lipbridge.layers.magnitude import BranchBound, Symbols
from lipbridge.layers.registry import kinds, layer_class, nearest, register
from lipbridge.layers.tensors import (
    ExactRows,
    InlineTensor,
    InputPart,
    LargestEntry,
    Length,
    Measure,
    Norm,
    NormKey,
    RowSum,
    Shape,
    SpectralNorm,
    TensorRef,
    TensorSlot,
    TensorSource,
    Vector,
    size,
    tokens,
)

__all__ = [
    "Argument",
    "ArgumentType",
    "ArgumentValue",
    "Branch",
    "BranchBound",
    "ExactRows",
    "InlineTensor",
    "InputPart",
    "LargestEntry",
    "Layer",
    "Length",
    "Measure",
    "Norm",
    "NormKey",
    "RowSum",
    "Sample",
    "Shape",
    "SpectralNorm",
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

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
