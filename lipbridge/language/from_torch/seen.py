"""What tracing does not see: hooks, compiled code, tensors without values. Refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import fx, nn
from torch.nn.utils import parametrize, prune
from torch.nn.utils.spectral_norm import SpectralNorm
from torch.nn.utils.weight_norm import WeightNorm

from lipbridge.errors import InputError, SpecError

_EXPORTED = (
    "is a program of torch.export, which hides its operations; give the module it is made of"
)

# Hooks that compute a parameter from other parameters, whatever the input is.
_PARAMETER_HOOKS = (SpectralNorm, WeightNorm, prune.BasePruningMethod)


def refuse_unseen(module: object, example: object) -> None:
    """Refuse what a traced graph would not show.

    Raises:
        InputError: the module or the example is of another kind, or holds no numbers.
        SpecError: compiled code, hooks, or parameters that change from call to call.
    """
    if isinstance(module, torch.export.ExportedProgram):
        raise InputError(f"<module>: {_EXPORTED}")
    if not isinstance(module, nn.Module):
        raise InputError(f"a torch.nn.Module was expected, not {type(module).__name__}")
    if not isinstance(example, torch.Tensor):
        raise InputError(f"the example must be a tensor, not {type(example).__name__}")
    for name, tensor in (*_tensors(module), ("the example", example)):
        reason = _valueless(tensor)
        if reason:
            raise InputError(f"<module>: {name} {reason}")
    for name, inner in module.named_modules():
        reason = _unseen(inner)
        if reason:
            where = f"submodule {name!r}" if name else "the module"
            raise SpecError(f"{where} {reason}", source="<module>")
    if not example.is_floating_point():
        raise InputError(
            f"<module>: the example holds {example.dtype}; give real numbers, such as the rows of "
            "an embedding in place of its indices"
        )


def _tensors(module: nn.Module) -> Iterator[tuple[str, torch.Tensor]]:
    yield from ((f"parameter {name!r}", tensor) for name, tensor in module.named_parameters())
    yield from ((f"buffer {name!r}", tensor) for name, tensor in module.named_buffers())


def _valueless(tensor: torch.Tensor) -> str:
    if nn.parameter.is_lazy(tensor):
        return "is not initialised; call the module once on an example"
    if tensor.device.type == "meta":
        return (
            "is on the device 'meta', which holds no values; load the weights first, as "
            "load_state_dict(…, assign=True) does"
        )
    if tensor.layout is not torch.strided:
        return f"is stored as {tensor.layout}; call .to_dense() first"
    return ""


def _unseen(module: nn.Module) -> str:
    kind = type(module)
    compiled: Any = getattr(module, "_compiled_call_impl", None)
    if hasattr(module, "_orig_mod") or compiled is not None:
        return "is compiled, which hides its operations; give the module that was compiled"
    if isinstance(module, torch.jit.ScriptModule):
        return "is a TorchScript module, which hides its operations; give the Python module"
    graph: object = getattr(module, "graph", None)
    if isinstance(graph, fx.Graph) and any(
        isinstance(node.target, torch._ops.OpOverload)  # pyright: ignore[reportPrivateUsage]
        for node in graph.nodes
    ):
        return _EXPORTED
    before: dict[int, object] = vars(module)["_forward_pre_hooks"]
    after: dict[int, object] = vars(module)["_forward_hooks"]
    for hook in (*before.values(), *after.values()):
        if not isinstance(hook, _PARAMETER_HOOKS):
            name = getattr(hook, "__qualname__", type(hook).__name__)
            return f"has a forward hook ({name}), which may change its values; remove it"
    if module.training and (before or parametrize.is_parametrized(module)):
        return "computes a parameter anew at every call in training mode; call module.eval() first"
    if "forward" in vars(module):
        return f"has a forward of its own, set on the instance, besides that of {kind.__name__}"
    return ""
