"""The layer rules: what a layer's template says of it in Lean, as terms.

A template is a module of macros that print Lean terms; terms that they insert are put in
parentheses where needed. Macros of a layer ``l``:

- ``value``: its function; or ``token``: the function of each token of a block,
- ``meaning``: the function in words,
- ``numerator``, ``denominator``: P and Q, the square of its constant being P/Q; 1 where absent,
- ``added``: the letters of the branches' fractions that P and Q add up, ``PQ`` or ``ND``,
- ``proof``: that they are; or ``token_proof``: the same of ``token``,
- ``premise``: what the function that it takes as given must be, where it takes one; ``fixed``:
  that it is 0 at 0, where bounds on lengths need that,
- ``real``, ``real_proof``: where the real numbers have that function, what it is there and why;
  ``real_given``: the type of what it is made of, under the same name, where that is not fixed,
- ``unit``, ``between``: the function of one entry, and why its slopes lie in the layer's
  ``interval``, where it has one; ``slopes``: why they lie between 0 and its ``slope_bound``,
- ``congruence(l, h)``: its value depends on its input's entries only, for exact layers,
- ``over(l, h, d, values)``, or ``token_over``: its value at integers over a denominator, from ``h``
  that says it of its input, is integers over ``d``; ``values`` say it of its branches,
- where its class bounds the length of its values, by A/B: ``gain``, that it lengthens a token by no
  more than its constant; or ``bounded(l, f, before)``, that its values after ``f`` are so long on
  the domain, ``before`` saying it of ``f``; ``shifted``, the same where a bias adds to them;
  ``output_norm_numerator``, ``output_norm_denominator`` where A and B are made of its branches'
  numbers.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from lipbridge.emit.lean.render import environment
from lipbridge.emit.lean.term import Term, lean_term


def template_kinds(folder: str = "layers/") -> tuple[str, ...]:
    """The layer kinds that have a template in a folder."""
    names = environment().list_templates(filter_func=lambda name: name.startswith(folder))
    return tuple(name.removeprefix(folder).partition(".")[0] for name in names)


class Rule:
    """The macros of the template of a layer's kind."""

    def __init__(self, kind: str) -> None:
        self._macros: Any = environment().get_template(f"layers/{kind}.lean.jinja").module

    def has(self, macro: str) -> bool:
        """Whether the template says this."""
        return hasattr(self._macros, macro)

    def text(self, macro: str, *arguments: Any) -> str:
        """What a macro prints."""
        return str(getattr(self._macros, macro)(*arguments)).strip()

    def term(self, macro: str, *arguments: Any) -> Term:
        """The term that a macro prints."""
        return lean_term(self.text(macro, *arguments))


@cache
def rule(kind: str) -> Rule:
    """The rule of a layer by its keyword, read when a network first has such a layer."""
    return Rule(kind)
