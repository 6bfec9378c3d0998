"""The layers of an indexer: one file a layer, each a record of facts, free of torch.

Importing this package fills the registry.
"""

from lipbridge.layers import (
    concat as concat,
)
from lipbridge.layers import (
    dot as dot,
)
from lipbridge.layers import (
    leaky_relu as leaky_relu,
)
from lipbridge.layers import (
    linear as linear,
)
from lipbridge.layers import (
    max_pool as max_pool,
)
from lipbridge.layers import (
    mean_pool as mean_pool,
)
from lipbridge.layers import (
    relu as relu,
)
from lipbridge.layers import (
    residual as residual,
)
from lipbridge.layers import (
    scale as scale,
)
from lipbridge.layers import (
    sum as sum,
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
