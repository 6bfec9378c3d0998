"""The layers of an indexer: one file a layer, each a record of facts, free of torch.

Importing this package fills the registry.
"""

from importlib import import_module
from pkgutil import iter_modules

from lipbridge.layers.arguments import (
    Argument as Argument,
    ArgumentType as ArgumentType,
    ArgumentValue as ArgumentValue,
    Sample as Sample,
)
from lipbridge.layers.base import Branch as Branch, Layer as Layer
from lipbridge.layers.magnitude import BranchBound as BranchBound, Symbols as Symbols
from lipbridge.layers.registry import (
    kinds as kinds,
    layer_class as layer_class,
    nearest as nearest,
)
from lipbridge.layers.tensors import (
    ExactRows as ExactRows,
    InlineTensor as InlineTensor,
    InputPart as InputPart,
    LargestEntry as LargestEntry,
    Length as Length,
    Measure as Measure,
    Norm as Norm,
    NormKey as NormKey,
    RowSum as RowSum,
    Shape as Shape,
    SpectralNorm as SpectralNorm,
    TensorRef as TensorRef,
    TensorSlot as TensorSlot,
    TensorSource as TensorSource,
    Vector as Vector,
    size as size,
    tokens as tokens,
)

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
