"""What is stored beside a tensor, by its name, and says something about its values.

What stands beside a weight under its own name (``….weight_…``), or is called a scale, a zero point
or the like, does. Source: as in ``quantization``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

ALIASES = {"weight_packed": "weight", "weight_blocks": "weight", "qweight": "weight"}
"""Names under which a checkpoint may hold ``weight``."""

# Scales by what is appended to the tensor's name, or to its module's.
OWN_SCALES = ("_scale_inv", "_scale")
MODULE_SCALES = ("scale", "qscale_weight", "SCB")
# What else may only say something about a tensor.
_FURTHER = ("_scale_2", "_global_scale", "_zero_point", "_g_idx", "_shape", "_format", "_scales")
_MODULE_FURTHER = ("pre_quant_scale", "qzeros", "scales", "g_idx", "absmax")
# What a module's other tensors are called if they say how its weight is to be read. Beside codes
# that is any scale; a weight that holds its values may have a `scale` of another meaning.
_BESIDE_CODES = re.compile(r"scale|zeros|zero_point|quant|absmax|g_idx|SCB")
_BESIDE_VALUES = re.compile(r"scales$|qscale_w|zeros|zero_point|quant|absmax|g_idx|SCB")
_ACTIVATIONS = re.compile(r"_?(input|output|activation|act|prob|[qkv])_\w+|_?qscale_act")


def is_companion(name: str, names: Mapping[str, object]) -> bool:
    """Whether a tensor only says how another one is scaled."""
    for suffix in (*OWN_SCALES, *_FURTHER):
        if name.endswith(suffix) and _present(name.removesuffix(suffix), names):
            return True
    module, _, last = name.rpartition(".")
    known = (*MODULE_SCALES, *_MODULE_FURTHER)
    return last in known and _present(f"{module}.weight" if module else "weight", names)


def _present(name: str, names: Mapping[str, object]) -> bool:
    return name in names or any(
        name == "weight" or name.endswith("." + plain)
        for packed, plain in ALIASES.items()
        if name.removesuffix(plain) + packed in names
    )


def stated_beside(name: str, names: Sequence[str], *, codes: bool) -> dict[str, str]:
    """What is stored beside a tensor and says something about its values.

    Args:
        name: the tensor's.
        names: of all tensors, sorted.
        codes: whether the tensor holds codes, and not its values.

    Returns:
        Names by what follows the tensor's own (``_scale``) or its module's (``SCB``).
    """
    module, last = name[: name.rfind(".") + 1], name[name.rfind(".") + 1 :]
    found: dict[str, str] = {}
    for other in _starting(name, names):
        tail = other[len(name) :]
        own = tail[:1] in ("_", ".") and (last == "weight" or _BESIDE_CODES.search(tail))
        if own and not _ACTIVATIONS.fullmatch(tail):
            found[tail] = other
    if last != "weight":
        return found
    pattern = _BESIDE_CODES if codes else _BESIDE_VALUES
    for other in _starting(module, names):
        tail = other[len(module) :]
        if "." in tail or tail.startswith(last) or _ACTIVATIONS.fullmatch(tail):
            continue
        if pattern.search(tail):
            found[tail] = other
    return found


def _starting(prefix: str, names: Sequence[str]) -> Iterator[str]:
    for at in range(bisect_left(names, prefix), len(names)):
        if not names[at].startswith(prefix):
            return
        yield names[at]
