"""What words of the library mean, by its own docstrings, for modules whose statements use them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cache

from lipbridge.data import data_folder
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import WIDTH

# Where each is defined.
_PLACES = {
    "Lipschitz": "Lipschitz/Basic",
    "LipschitzOn": "Lipschitz/Basic",
    "SqLipschitz": "Lipschitz/Basic",
    "SqLipschitzOn": "Lipschitz/Basic",
    "SupLipschitz": "Lipschitz/Sup",
    "Reciprocals": "Algebra/Numerals",
    "ofNat": "Algebra/OrderedRing",
    "BoundedOn": "Inputs/Bounded",
    "InBall": "Inputs/Bounded",
    "Slice": "Inputs/Slice",
    "RmsFactor": "Layers/RmsNorm",
    "RmsFactorAtLeast": "Layers/RmsNorm",
    "Probability": "Layers/Softmax",
    "SlopeWithin": "Layers/Slope",
    "SlopeBetween": "Layers/Slope",
    "SlopeBound": "Layers/Activation",
    "WithinRatio": "Selection/Ratio",
    "WithinError": "Selection/Point",
    "storedVec": "Layers/StoredKeys",
    "blockMax": "Layers/BlockMax",
    "dotKeys": "Layers/Dot",
    "dsaScores": "Selection/Dsa",
    "UniqueTopK": "Selection/TopK",
    "oneOf": "Selection/Point",
    "marked": "Selection/ProjectedCheck",
    "Steep": "Layers/Steep",
    "Over": "Evaluate/Stored",
    "Agree": "Vector/Vec",
    "ofPacked": "Evaluate/Branch",
}

_NAME = re.compile(r"(?<![\w.])(?:LipBridge\.)?(\w+)")
_DEFINITION = (
    r"/-- ((?:(?!-/).)*?) -/\n(?:noncomputable )?(?:def|abbrev|structure) {}\b"
    r"((?:\s+(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\{{[^{{}}]*\}}))*)"
)


def with_words(about: str, scope: Scope) -> str:
    """A module's docstring, and after it a line for each word that its statements use.

    Args:
        about: the docstring.
        scope: what the module declares.
    """
    used = set(_used(scope))
    found = [_explained(word) for word in _PLACES if word in used]
    return "\n".join([about.rstrip(), "", "Words of the library:", *found] if found else [about])


def _used(scope: Scope) -> Iterator[str]:
    """Names in statements, and in the sets and vectors that are defined for them."""
    for found in scope.declarations:
        tells = "Prop" in found.type.names or str(found.type) == "Vec Int"
        told = [found.value] if tells else []
        for term in found.header if found.is_theorem else told:
            yield from _NAME.findall(str(term))


@cache
def _explained(word: str) -> str:
    """A word with its explicit arguments, and the first sentence of its docstring."""
    text = (data_folder("lean") / f"LipBridge/{_PLACES[word]}.lean").read_text("utf-8")
    found = re.search(_DEFINITION.format(word), text, re.DOTALL)
    assert found is not None, f"{word} is not defined in {_PLACES[word]}"
    arguments = " ".join(re.findall(r"\(([^():]+) :", found[2]))
    told = re.split(r"(?<=\.)\s", found[1])[0]
    line = " ".join(f"- `{word} {arguments}`: {told}".split())
    # No line is broken in a formula.
    line = re.sub(r"`[^`]*`", lambda formula: formula[0].replace(" ", "\u00a0"), line)
    return textwrap.fill(line, WIDTH, subsequent_indent="  ").replace("\u00a0", " ")
