"""The registry of rules: what each torch operation becomes, and which are refused.

A rule is registered under every spelling of its operation: function, method, and the forward of a
module. It takes the :class:`Call`, and the operation's arguments by their names in torch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from torch import fx

from lipbridge.language.from_torch.call import Call, Join
from lipbridge.language.from_torch.graph import Graph
from lipbridge.language.from_torch.statements import Statement

Rule = Callable[..., list[Statement] | Join]
RuleT = TypeVar("RuleT", bound=Rule)
_RULES: dict[object, Rule] = {}
_REFUSALS: dict[str, str] = {}
_NAMES: dict[str, list[object]] = {}
"""What each operation is called in torch: functions, methods by name, classes of modules."""
DEPENDENT_PRODUCT = (
    "a product of two values that depend on the input has a constant only where both are bounded, "
    "as where the input is; a spec can say so: `input x 64 norm <= r`, then `product` of two "
    "branches, each `from x` (a gated MLP of a checkpoint: docs/language.md)"
)
"""Why such a product is refused, and how it is written."""


class UnknownOperationError(Exception):
    """An operation that no rule knows; the message is its name."""


def supported() -> str:
    """The names of the torch operations that have a layer."""
    return ", ".join(spellings())


def spellings() -> dict[str, tuple[object, ...]]:
    """The operations that have a rule, and what each is called in torch."""
    return {n: tuple(found) for n, found in sorted(_NAMES.items()) if n not in _REFUSALS}


def refusals() -> dict[str, str]:
    """The operations that are refused by name, and what to do instead."""
    return dict(sorted(_REFUSALS.items()))


def rule(name: str, *targets: object) -> Callable[[RuleT], RuleT]:
    """File a rule under every spelling of an operation: functions, methods, classes of modules."""

    def decorate(converts: RuleT) -> RuleT:
        _NAMES.setdefault(name, []).extend(targets)
        for target in targets:
            # Submodules are told apart by what they compute: subclasses may share a forward.
            key = target.forward if isinstance(target, type) else target  # pyright: ignore
            # torch has the same function under several names.
            assert _RULES.get(key) in (None, converts), f"two rules for {target}"
            _RULES[key] = converts
        return converts

    return decorate


def refuse(name: str, reason: str, *targets: object) -> None:
    """File a rule that refuses, with the reason."""

    @rule(name, *targets)
    def _(call: Call) -> list[Statement]:
        raise call.refused(f"{name} is no layer: {reason}")

    _REFUSALS[name] = reason


def convert(graph: Graph, node: fx.Node) -> list[Statement] | Join:
    """The layers that compute a node from its operand, or from those that it joins.

    Raises:
        UnknownOperationError: no rule knows the operation.
        SpecError: it is used in a way that no layer has; located at the module's line.
    """
    call = Call(graph, node)
    pattern = graph.norms.get(node)
    if pattern is not None:
        if len(call.after) > 2:
            raise call.refused("a norm over one axis of a grid is no layer; flatten it first")
        kind = "layer_norm" if pattern.centred else "rms_norm"
        eps = call.number(pattern.eps, "eps", added=True)
        return call.norm(kind, eps, None, None, role=f"{node.name}.gain")
    converts = _RULES.get(call.target)
    if converts is None:
        raise UnknownOperationError(call.name)
    made = call.bound(converts)
    if isinstance(made, Join):
        return made
    if not isinstance(call.value, tuple | list):
        graph.axes(node)
    if len(graph.inputs(node)) != 1:
        raise call.several()
    return made
