"""Constants as a compiled module states them: their kinds, and what each claims of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lipbridge.recheck.terms import Term

# Unfolding hints: larger is unfolded first. They steer the search and decide nothing.
OPAQUE, ABBREVIATION = -1, 1 << 40


@dataclass(slots=True, eq=False)
class Constant:
    """What every constant has.

    Attributes:
        name: its name, written so that different names differ (see ``olean``).
        universes: names of its level parameters.
        type: its type.
        module: the module that declares it.
        body: its value; what it is unfolded to, unless it is opaque.
        hint: how early to unfold it.
    """

    name: str
    universes: tuple[str, ...]
    type: Term
    module: str
    body: Term | None = field(default=None, kw_only=True)
    hint: int = field(default=OPAQUE, kw_only=True)

    def terms(self) -> Iterator[Term]:
        """Every term in the declaration."""
        yield self.type
        if self.body is not None:
            yield self.body


class Axiom(Constant):
    """Assumed."""


class Definition(Constant):
    """A definition; ``body`` is its value."""


class Opaque(Constant):
    """A definition that is never unfolded."""


class Theorem(Constant):
    """A proof; ``body`` is its value."""


class Constants(dict[str, Constant | None]):
    """Constants by name; asking for an unknown one gives None."""

    reads = 0  # how many constants were read from files so far

    def __missing__(self, name: str) -> Constant | None:
        return None


@dataclass(slots=True, eq=False)
class Quotient(Constant):
    """One of the four constants of quotients; ``role`` counts type, ctor, lift, ind."""

    role: int


@dataclass(slots=True, eq=False)
class Member(Constant):
    """A member of an inductive family: type, constructor or recursor.

    Attributes:
        parameters: how many leading arguments are fixed for the family.
    """

    parameters: int


@dataclass(slots=True, eq=False)
class Inductive(Member):
    """An inductive type.

    Attributes:
        indices: arguments after the parameters.
        family: the types declared together.
        constructors: names, in order.
        nested: types that Lean added for nested occurrences.
        recursive: whether a constructor takes a value of the family.
        reflexive: whether one takes a function into it.
    """

    indices: int
    family: tuple[str, ...]
    constructors: tuple[str, ...]
    nested: int
    recursive: bool
    reflexive: bool


@dataclass(slots=True, eq=False)
class Constructor(Member):
    """A constructor.

    Attributes:
        inductive: the type it belongs to.
        index: its place among that type's constructors.
        fields: arguments after the parameters.
    """

    inductive: str
    index: int
    fields: int


class Rule(NamedTuple):
    """How a recursor computes on a constructor: the last ``fields`` arguments are passed on."""

    constructor: str
    fields: int
    value: Term


@dataclass(slots=True, eq=False)
class Recursor(Member):
    """A recursor.

    Attributes:
        inductive: the type of the value it takes apart, by its name.
        family: the types declared together.
        indices, motives, minors: how many arguments of each kind.
        rules: one a constructor of ``inductive``.
        k: whether it computes on any value whose type fits, as equality does.
        leading: arguments before the indices.
        major: place of the value that is taken apart.
    """

    inductive: str
    family: tuple[str, ...]
    indices: int
    motives: int
    minors: int
    rules: tuple[Rule, ...]
    k: bool
    leading: int = field(init=False)
    major: int = field(init=False)

    def __post_init__(self) -> None:
        self.leading = self.parameters + self.motives + self.minors
        self.major = self.leading + self.indices

    def terms(self) -> Iterator[Term]:
        """Its type and its rules."""
        yield self.type
        for rule in self.rules:
            yield rule.value
