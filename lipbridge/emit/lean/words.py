"""What words of the library mean, by its own docstrings, for modules whose statements use them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cache

from lipbridge.data import data_folder
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.term import WIDTH

# Where each is defined. What a theorem's docstring says in full, as a constant, is not among them.
_PLACES = {
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
}

_NAME = re.compile(r"(?<![\w.])(?:LipBridge\.)?(\w+)")
_DEFINITION = (
    r"/-- ((?:(?!-/).)*?) -/\n(?:noncomputable )?(?:def|structure) {}\b"
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
    """Names in what the module proves, and in what it defines for that to be about."""
    for found in scope.declarations:
        terms = [found.value] if "Prop" in found.type.names else []
        if found.summary:
            terms = [found.type, *(b.type for b in (*found.hypotheses, *found.binders))]
        for term in terms:
            yield from _NAME.findall(str(term))


@cache
def _explained(word: str) -> str:
    """A word with its explicit arguments, and its docstring."""
    text = (data_folder("lean") / f"LipBridge/{_PLACES[word]}.lean").read_text("utf-8")
    found = re.search(_DEFINITION.format(word), text, re.DOTALL)
    assert found is not None, f"{word} is not defined in {_PLACES[word]}"
    arguments = " ".join(re.findall(r"\(([^():]+) :", found[2]))
    line = f"- `{word} {arguments}`: {found[1]}"
    return textwrap.fill(" ".join(line.split()), WIDTH, subsequent_indent="  ")
