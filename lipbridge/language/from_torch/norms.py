"""Norms written out in a module's code: ``x · rsqrt(mean(x²) + ε)`` and its other spellings.

RMSNorm divides x by √(mean(x²) + ε), LayerNorm what is left of x after its mean is taken off. Casts
between types of numbers are looked through: they are the identity in exact arithmetic.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx

CASTS = frozenset(("to", "float", "double", "half", "bfloat16", "type_as", "contiguous"))
"""Methods that change the type of numbers alone."""

# What nodes compute, under every name that torch has for it.
PRODUCTS = (operator.mul, operator.imul, torch.mul, "mul")
QUOTIENTS = (operator.truediv, operator.itruediv, torch.div, "div")
_POWERS = (operator.pow, torch.pow, "pow")
_SQUARES = (torch.square, "square")
MEANS = (torch.mean, "mean")
_VARIANCES = (torch.var, "var")
SUMS = (operator.add, operator.iadd, torch.add, "add", "add_")
DIFFERENCES = (operator.sub, operator.isub, torch.sub, "sub")
_RECIPROCAL_ROOTS = (torch.rsqrt, "rsqrt")
_ROOTS = (torch.sqrt, "sqrt")


@dataclass(frozen=True)
class NormPattern:
    """A norm over the last axis.

    Args:
        source: what is normed.
        eps: ε, a number or a node that holds one.
        centred: whether its mean is taken off first.
    """

    source: fx.Node
    eps: object
    centred: bool


def norm_pattern(node: fx.Node) -> NormPattern | None:
    """The norm that ends in this product or quotient, if one does."""
    if len(node.args) != 2 or node.kwargs:
        return None
    one, other = node.args
    pairs = [(one, other), (other, one)] if node.target in PRODUCTS else []
    pairs += [(one, other)] if node.target in QUOTIENTS else []
    for value, factor in pairs:
        root = _plain(factor)
        roots = _ROOTS if node.target in QUOTIENTS else _RECIPROCAL_ROOTS
        half = 0.5 if node.target in QUOTIENTS else -0.5
        under = _argument(root, roots)
        if under is None and _is(root, _POWERS) and root.args[1:] == (half,):
            under = root.args[0]
        found = None if under is None else _of_sum(_plain(value), _plain(under))
        if found is not None:
            return found
    return None


def _of_sum(value: Any, under: Any) -> NormPattern | None:
    """The norm whose numerator is ``value``, and ``mean + ε`` under whose root ``under`` is."""
    if not isinstance(value, fx.Node) or not _is(under, SUMS) or under.kwargs:
        return None
    for mean, eps in (under.args, under.args[::-1]):
        if _is(_plain(eps), MEANS + _VARIANCES):
            continue
        centre = _centred(value)
        squared = _along_last(_plain(mean), MEANS)
        if squared is not None and _is_square(_plain(squared), value):
            source = value if centre is None else centre
            return NormPattern(source, eps, centre is not None)
        varied = _along_last(_plain(mean), _VARIANCES)
        if varied is not None and centre is not None and _same(varied, centre):
            return NormPattern(centre, eps, True)
    return None


def _centred(value: fx.Node) -> fx.Node | None:
    """x, where the value is ``x − mean(x)``."""
    if not _is(value, DIFFERENCES) or len(value.args) != 2 or value.kwargs:
        return None
    x, mean = value.args
    averaged = _along_last(_plain(mean), MEANS)
    return _plain(x) if averaged is not None and _same(averaged, x) else None


def _is_square(node: Any, value: fx.Node) -> bool:
    if _is(node, _POWERS):
        return node.args[1:] == (2,) and _same(node.args[0], value)
    if _is(node, PRODUCTS):
        return len(node.args) == 2 and all(_same(arg, value) for arg in node.args)
    return _is(node, _SQUARES) and _same(node.args[0], value)


def _along_last(node: Any, targets: tuple[object, ...]) -> Any:
    """What is averaged over the last axis, which stays; a variance without Bessel's correction."""
    if not _is(node, targets) or not node.args:
        return None
    names = ["dim", "keepdim"] if targets is MEANS else ["dim", "unbiased", "keepdim"]
    given = dict(zip(names, node.args[1:], strict=False)) | node.kwargs
    plain = given.pop("keepdim", False) is True and given.pop("dim", None) in (-1, (-1,), [-1])
    if targets is _VARIANCES:
        plain &= (given.pop("unbiased", None) is False) or (given.pop("correction", None) == 0)
    return node.args[0] if plain and not given else None


def _argument(node: Any, targets: tuple[object, ...]) -> Any:
    return node.args[0] if _is(node, targets) and len(node.args) == 1 else None


def _is(node: Any, targets: tuple[object, ...]) -> bool:
    return isinstance(node, fx.Node) and node.target in targets


def _plain(node: Any) -> Any:
    """A node behind its casts."""
    while isinstance(node, fx.Node) and node.op == "call_method" and node.target in CASTS:
        node = node.args[0]
    return node


def _same(one: Any, other: Any) -> bool:
    """Whether two nodes compute the same, written twice perhaps."""
    one, other = _plain(one), _plain(other)
    if one is other or not (isinstance(one, fx.Node) and isinstance(other, fx.Node)):
        return bool(one is other or (not isinstance(one, fx.Node) and one == other))
    if one.op != other.op or one.target != other.target or one.op in ("placeholder", "call_module"):
        return False
    if len(one.args) != len(other.args) or one.kwargs != other.kwargs:
        return False
    return all(_same(a, b) for a, b in zip(one.args, other.args, strict=True))
