"""Layers and branches in Lean: names, sizes, numbers and proofs, decided once, here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import measured_square
from lipbridge.emit.lean.declaration import Binder, Scope
from lipbridge.emit.lean.term import Term, app, bind, fold, lean_term
from lipbridge.emit.network.inputs import EVERYWHERE, Points
from lipbridge.emit.network.notion import Notion, notion
from lipbridge.emit.network.rules import Rule, rule
from lipbridge.emit.network.tensor_context import TensorContext, reciprocal
from lipbridge.layers import Layer, Norm, size, tokens

CHECKED = "Eq.refl true"


@dataclass(frozen=True)
class Parameter:
    """A function that a network takes as given: a root, an activation.

    Attributes:
        layer: the first layer that needs it.
        type: its Lean type.
        given: what determines it; layers whose ``given`` is equal share it.
    """

    layer: str
    type: str
    given: tuple[object, ...]

    @property
    def name(self) -> str:
        """Its Lean name."""
        return f"{self.layer}_t"

    @property
    def premise(self) -> str:
        """Lean name of the hypothesis about it."""
        return f"{self.layer}_ht"

    @property
    def binder(self) -> Binder:
        """Its declaration as a variable."""
        return Binder(self.name, lean_term(self.type))


@dataclass(frozen=True)
class LayerContext:
    """One layer.

    Attributes:
        layer: the layer's facts.
        tensors: by role.
        branches: its branches.
        scope: what the network's module declares.
        parameters: the functions that the network takes as given.
        constant_square: a bound on the square of its constant.
        points: those between which its constant holds, where it is local.
        reach: summands of a bound on the length of its values, where one is stated.
        whole: whether that bound is one of the whole value, a block's tokens stacked.
        norm: for which its constant is.
        tag: what the names of its constants end in besides, where it has better ones.
    """

    layer: Layer
    tensors: Mapping[str, TensorContext]
    branches: tuple[BranchContext, ...]
    scope: Scope
    parameters: tuple[Parameter, ...]
    constant_square: Fraction
    points: Points = EVERYWHERE
    reach: tuple[Fraction, ...] | None = None
    whole: bool = True
    norm: Norm = Norm.EUCLIDEAN
    tag: str = ""

    @property
    def notion(self) -> Notion:
        """How its constant is stated."""
        return notion(self.norm)

    @property
    def name(self) -> str:
        """Lean name of the layer's function."""
        return self.layer.name

    @property
    def stem(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.points.suffix + self.tag

    @property
    def kind(self) -> str:
        """Registered keyword, which is the template's name."""
        return self.layer.kind

    @property
    def local(self) -> bool:
        """Whether its constant holds between some points only."""
        return self.layer.local

    @property
    def moves(self) -> bool:
        """Whether the input that it reads, a ``from``, is the one that varies."""
        return self.points.part in (None, getattr(self.layer, "part", None))

    # Sizes

    @property
    def input(self) -> int:
        """Size of the input vector."""
        return size(self.layer.input)

    @property
    def output(self) -> int:
        """Size of the output vector."""
        return size(self.layer.output)

    @property
    def tokens(self) -> int:
        """Number of tokens of the last branch's values; 1 for a plain vector."""
        return tokens(self.layer.branches[-1].output)[0]

    @property
    def output_block(self) -> int:
        """Number of tokens of the output; 1 for a plain vector."""
        return tokens(self.layer.output)[0]

    @property
    def block(self) -> int:
        """Number of tokens of the input; 1 for a plain vector."""
        return tokens(self.layer.input)[0]

    @property
    def width(self) -> int:
        """Dimension of an input token."""
        return tokens(self.layer.input)[1]

    @property
    def width_out(self) -> int:
        """Dimension of an output token."""
        return tokens(self.layer.output)[1]

    # Numbers

    @property
    def parameter(self) -> Parameter:
        """The function that this layer takes as given."""
        return next(p for p in self.parameters if p.given == self.layer.given)

    @property
    def weight(self) -> TensorContext | None:
        """The tensor W of a layer ``x ↦ Wx + b``; None where W is not stored."""
        slot = self.layer.stored_matrix
        return None if slot is None else self.tensors[slot.role]

    def square(self, role: str) -> int:
        """Square of the size of a tensor that its slot asks for, of its stored integers."""
        slot = next(slot for slot in self.layer.slots() if slot.role == role).under(self.norm)
        matrix = self.tensors[role].matrix
        return int(measured_square(slot, matrix) * matrix.denominator**2)

    def extent(self, role: str) -> int:
        """That size itself, where it is no root."""
        return math.isqrt(self.square(role))

    def reciprocal(self, denominator: int) -> Term:
        """The ring element 1/denominator."""
        return reciprocal(denominator)

    def inverse(self, denominator: int) -> Term:
        """Proof that ``denominator · (1/denominator) = 1``."""
        if denominator == 1:
            return lean_term("LipBridge.ofNat_one_mul_one")
        return app("hr", denominator, CHECKED)

    def nonneg(self, denominator: int) -> Term:
        """Proof that ``1/denominator`` is not negative."""
        return app("LipBridge.reciprocal_nonneg", self.inverse(denominator))

    # The rule: function, constant, congruence

    @property
    def rule(self) -> Rule:
        """What its template says."""
        return rule(self.layer.template or self.kind)

    @property
    def meaning(self) -> str:
        """Its function in words."""
        each = f", on each of {self.block} tokens" if self._tokenwise else ""
        return self.rule.text("meaning", self) + each

    @property
    def _tokenwise(self) -> bool:
        return self.block > 1 and self.rule.has("token")

    @property
    def value(self) -> Term:
        """Its function, written out."""
        if not self.rule.has("token"):
            return self.rule.term("value", self)
        token = self.rule.term("token", self)
        if not self._tokenwise:
            return token
        return app("LipBridge.tokenwise", self.block, self.width, self.width_out, token)

    @property
    def function(self) -> Term:
        """Its function, by name."""
        return self.scope[self.name]

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q, written out: the square of its constant is P/Q."""
        return self._number("numerator"), self._number("denominator")

    def _number(self, macro: str) -> Term:
        macro = self.notion.macros + macro
        return self.rule.term(macro, self) if self.rule.has(macro) else lean_term("1")

    @property
    def above(self) -> Term:
        """P, by name where it has one: constants made from branches have."""
        return lean_term(f"{self.stem}_P") if self.branches else self.square_terms[0]

    @property
    def below(self) -> Term:
        """Q, by name where it has one."""
        return lean_term(f"{self.stem}_Q") if self.branches else self.square_terms[1]

    @property
    def proof(self) -> Term:
        """Proof that the square of its constant is P/Q."""
        macros = self.notion.macros
        if not self.rule.has(f"{macros}token_proof"):
            return self.rule.term(f"{macros}proof", self)
        token = self.rule.term(f"{macros}token_proof", self)
        return app(self.notion.tokenwise, self.block, token) if self._tokenwise else token

    def congruence(self) -> Term:
        """Proof, from ``h``, that its value depends on its input's entries only."""
        if not self.rule.has("token_congruence"):
            return self.rule.term("congruence", self, "h")
        if not self._tokenwise:
            return self.rule.term("token_congruence", self, "h")
        token = self.rule.term("token", self)
        each = bind("fun k =>", self.rule.term("token_congruence", self, "k"))
        sizes = {"n": self.width, "m": self.width_out}
        return app("LipBridge.tokenwise_congr", self.block, each, "h", **sizes, f=token)

    def over(self, proof: Term, denominator: int, values: Sequence[Term]) -> Term:
        """Proof that its value at integers over a denominator is integers over another.

        Args:
            proof: that its input is, over the denominator that it needs.
            denominator: that of its value.
            values: the same of its branches' values.
        """
        if not self.rule.has("token_over"):
            return self.rule.term("over", self, proof, denominator, values)
        if not self._tokenwise:
            return self.rule.term("token_over", self, proof, denominator)
        each = self.rule.term("token_over", self, lean_term("k"), denominator)
        sizes = {"n": self.width, "m": self.width_out}
        token = self.rule.term("token", self)
        return app(
            "LipBridge.Over.tokenwise", self.block, bind("fun k =>", each), proof, **sizes, f=token
        )

    # Branches

    def call(self, branch: BranchContext) -> Term:
        """The function of a branch."""
        return branch.function

    def calls(self, x: str) -> list[Term]:
        """The branches' values at a point."""
        return [app(branch.function, x) for branch in self.branches]

    def proofs(self, statement: str) -> list[Term]:
        """Proofs of the branches' constants; see :meth:`proof_of`."""
        return [self.proof_of(branch, statement) for branch in self.branches]

    def congruences(self, proof: str) -> list[Term]:
        """Proofs that the branches' values depend on their input's entries only."""
        return [congruence(branch, proof) for branch in self.branches]

    @property
    def largest(self) -> Fraction:
        """The greatest of the branches' constants."""
        return max(branch.constant for branch in self.branches)

    def enlarged(self) -> list[Term]:
        """Proofs that the branches have the greatest of their constants."""
        n, d = self.largest.as_integer_ratio()
        return [
            app(Term("field", "weaken_ofNat", (proof,)), CHECKED, CHECKED, **{"N'": n, "D'": d})
            for proof in self.proofs("lipschitz")
        ]

    def added(self, letters: str) -> tuple[Term, Term]:
        """The sum of the branches' fractions, such as ``_N / _D``, all but the last by one name."""
        *_, last = self._sums(letters)
        return last[1]

    def partial_sums(self) -> Iterator[tuple[str, Term]]:
        """Names of the sums that :meth:`added` names, each with its value; none for two branches.

        Written out, the denominators would stand in the text once for every branch.
        """
        macro = f"{self.notion.macros}added"
        if self.rule.has(macro):
            letters = self.rule.text(macro)
            for count, terms in list(self._sums(letters))[:-1]:
                if count > 1:
                    names = (f"{self.stem}_{letter}{count}" for letter in letters)
                    yield from zip(names, terms, strict=True)

    def _sums(self, letters: str) -> Iterator[tuple[int, tuple[Term, Term]]]:
        """The sums of the first fractions: their count, and the sum."""
        fractions = [tuple(f"{b.stem}_{letter}" for letter in letters) for b in self.branches]
        before: list[tuple[str, ...]] = []
        for count, fraction in enumerate(fractions, start=1):
            yield count, add_fractions((n, d) for n, d in (*before, fraction))
            before = [fraction]
            if count > 1:
                before = [tuple(f"{self.stem}_{letter}{count}" for letter in letters)]

    @property
    def added_lengths(self) -> tuple[Term, Term]:
        """The sum of the bounds A/B of the branches' values."""
        names = [branch.layers[-1].name for branch in self.branches]
        return add_fractions((f"{name}_A", f"{name}_B") for name in names)

    @property
    def lengths(self) -> list[Term]:
        """Proofs that the branches' values, each token of a block, are bounded on the domain."""
        return [branch.layers[-1].bounded_tokens for branch in self.branches]

    def proof_of(self, branch: BranchContext, statement: str) -> Term:
        """Proof of a branch's constant between the points that this layer's is about.

        Args:
            branch: one of its branches.
            statement: ``sqLipschitz`` or ``lipschitz``.
        """
        proof = branch.points.of(self.scope[f"{branch.stem}_{statement}"])
        if self.local and not branch.local:
            return app(Term("field", "on", (proof,)), "_")
        return proof

    # Lengths of values

    @property
    def reach_terms(self) -> tuple[Term, Term]:
        """A and B, written out: its values are at most A/B long."""
        if self.rule.has("reach_numerator"):
            return self._number("reach_numerator"), self._number("reach_denominator")
        assert self.reach is not None, "only bounded layers are asked"
        return add_fractions(summand.as_integer_ratio() for summand in self.reach)

    def reach_proof(self, prefix: Term, before: Term | str) -> Term:
        """Proof that its values are at most A/B long on the domain.

        Args:
            prefix: the layers before it.
            before: proof that their values are bounded.
        """
        longer = self.reach is not None and len(self.reach) > 1 and self.rule.has("shifted")
        macro = "shifted" if longer else "bounded"
        if self.rule.has(macro):
            return self.rule.term(macro, self, prefix, before and lean_term(before))
        functions = {"f": prefix, "g": self.function}
        end = (self.rule.term("gain", self), CHECKED, CHECKED)
        if self.block == 1:
            return app("LipBridge.BoundedOn.then", before, *end, **functions)
        if self._tokenwise:
            return app("LipBridge.BoundedOn.tokenwise", before, *end, f=prefix)
        pointwise = "fun _ _ _ _ _ => rfl"
        return app(
            "LipBridge.BoundedOn.through", before, pointwise, *end, **functions, h=self.value
        )

    @property
    def bounded_whole(self) -> Term:
        """Proof that its values are bounded on the domain, as it is stated."""
        return self.scope[f"{self.name}_boundedOn"]

    @property
    def bounded_tokens(self) -> Term:
        """Proof that each token of its values is bounded on the domain."""
        if not self.whole or self.output_block == 1:
            return self.bounded_whole
        sizes = {"b": self.output_block, "m": self.width_out}
        return app("LipBridge.BoundedOn.tokens", self.bounded_whole, **sizes)

    @property
    def reach_block(self) -> int:
        """Number of tokens that the bound on its values is about: 1 for the whole value."""
        return 1 if self.whole else self.output_block

    @property
    def reach_width(self) -> int:
        """Dimension of what the bound on its values is about."""
        return self.output if self.whole else self.width_out

    @property
    def follows_whole(self) -> bool:
        """Whether its bound on a whole block is made from one on the whole block before it."""
        return self.whole and self.block > 1 and self.output_block > 1

    def bounded(self, branch: BranchContext) -> Term:
        """Proof that a branch's values are bounded at the points that the constant is about."""
        return self.here(branch.layers[-1].bounded_tokens)

    def here(self, proof: Term | str) -> Term:
        """A bound on the domain as one at the points that the constant is about."""
        return app(Term("field", "mono", (lean_term(proof),)), self.points.inside)


@dataclass(frozen=True)
class BranchContext:
    """Layers in sequence under one name, with the constant N/D above the root of their square.

    Attributes:
        name: Lean name of their function.
        input: size of the input.
        output: size of the output.
        layers: the layers.
        constant: N/D.
        scope: what the network's module declares.
        points: those between which the constant holds, where it is local.
        norm: for which the constant is.
        tag: what the names of its constants end in besides, where it has better ones.
    """

    name: str
    input: int
    output: int
    layers: tuple[LayerContext, ...]
    constant: Fraction
    scope: Scope
    points: Points = EVERYWHERE
    norm: Norm = Norm.EUCLIDEAN
    tag: str = ""

    @property
    def notion(self) -> Notion:
        """How the constant is stated."""
        return notion(self.norm)

    @property
    def local(self) -> bool:
        """Whether the constant holds between some points only."""
        return any(layer.local for layer in self.layers)

    @property
    def stem(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.points.suffix + self.tag

    @property
    def moves(self) -> bool:
        """Whether it depends on the input that varies."""
        part = self.points.part
        return part is None or self.layers[0].layer.moves(lambda other: other == part)

    @property
    def function(self) -> Term:
        """Its function, by name."""
        return self.scope[self.name]

    @property
    def above(self) -> Term:
        """P, by name."""
        return lean_term(f"{self.stem}_P")

    @property
    def below(self) -> Term:
        """Q, by name."""
        return lean_term(f"{self.stem}_Q")

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q: the products of the layers' numbers, first layer first."""
        return (
            fold("Nat.mul", (layer.above for layer in self.layers)),
            fold("Nat.mul", (layer.below for layer in self.layers)),
        )

    @property
    def proof(self) -> Term:
        """The layers' theorems composed."""
        first, *others = self.layers
        proof = first.points.of(self.scope[f"{first.stem}_{self.notion.suffix}"])
        for stop, layer in enumerate(others, start=1):
            found = self.scope[f"{layer.stem}_{self.notion.suffix}"]
            functions = sequence(self.layers[:stop]), layer.function
            proof = self.notion.compose(proof, found, *functions)
        return proof


def congruence(view: LayerContext | BranchContext, proof: Term | str) -> Term:
    """The theorem that a function depends on its input's entries only, applied to a proof.

    Given functions are replaced in it, so that it takes the reciprocals alone.
    """
    reciprocals = (part for part in view.function.parts[1:] if str(part) == "r")
    return app(f"{view.name}_congr", *reciprocals, proof)


def add_fractions(fractions: Iterable[tuple[str | int, str | int]]) -> tuple[Term, Term]:
    """Numerator and denominator of a sum, as ``a/b + c/d = (a d + c b)/(b d)`` makes them."""
    (n, d), *others = [(lean_term(n), lean_term(d)) for n, d in fractions]
    for more, under in others:
        n = app("Nat.add", app("Nat.mul", n, under), app("Nat.mul", more, d))
        d = app("Nat.mul", d, under)
    return n, d


def sequence(layers: Sequence[LayerContext]) -> Term:
    """The layers' composition as a Lean function."""
    if len(layers) == 1:
        return layers[0].function
    value = lean_term("x")
    for layer in layers:
        value = app(layer.function, value)
    return bind("fun x =>", value)


def inside(layers: Iterable[LayerContext]) -> Iterator[LayerContext]:
    """Layers, and those of their branches."""
    for layer in layers:
        yield layer
        for branch in layer.branches:
            yield from inside(branch.layers)
