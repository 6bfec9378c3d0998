"""From a PyTorch module to a spec: ``from_torch(module, example)``."""

from lipbridge.language.from_torch import (
    entrywise as entrywise,
    refusals as refusals,
    rules as rules,
)
from lipbridge.language.from_torch.convert import (
    TracedNetwork as TracedNetwork,
    from_torch as from_torch,
)
