"""Layers in Lean: what is proved of each, alone and of its branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from lipbridge.emit.lean.declaration import CHECKED
from lipbridge.emit.lean.term import Term, app, bind, lean_term
from lipbridge.emit.network.layer_facts import LayerFacts
from lipbridge.emit.network.view import Link

if TYPE_CHECKING:
    from lipbridge.emit.network.context import BranchContext


@dataclass(frozen=True)
class LayerContext(LayerFacts):
    """One layer: its constant, its congruence, bounds on the length of its values."""

    # The constant and the congruence

    @property
    def square_terms(self) -> tuple[Term, Term]:
        """P and Q, written out: the square of its constant is P/Q."""
        return self.number("numerator"), self.number("denominator")

    @property
    def numbers(self) -> tuple[Term, Term]:
        """P and Q, by name where they have one: constants made from branches have."""
        return super().numbers if self.branches else self.square_terms

    @property
    def link(self) -> Link:
        """The layer with P, Q and its theorem."""
        return Link((self,), *self.numbers, self.known)

    @property
    def proof(self) -> Term:
        """Proof that the square of its constant is P/Q."""
        macros = self.notion.macros
        if not self.rule.has(f"{macros}token_proof"):
            return self.rule.term(f"{macros}proof", self)
        token = self.rule.term(f"{macros}token_proof", self)
        return app(self.notion.tokenwise, self.block, token) if self.tokenwise else token

    def congruence(self) -> Term:
        """Proof, from ``h``, that its value depends on its input's entries only."""
        if not self.rule.has("token_congruence"):
            return self.rule.term("congruence", self, "h")
        if not self.tokenwise:
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
        if not self.tokenwise:
            return self.rule.term("token_over", self, proof, denominator)
        each = self.rule.term("token_over", self, lean_term("k"), denominator)
        sizes = {"n": self.width, "m": self.width_out}
        token = self.rule.term("token", self)
        return app(
            "LipBridge.Over.tokenwise", self.block, bind("fun k =>", each), proof, **sizes, f=token
        )

    # Branches

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
                    names = (f"{self.name_prefix}_{letter}{count}" for letter in letters)
                    yield from zip(names, terms, strict=True)

    def _sums(self, letters: str) -> Iterator[tuple[int, tuple[Term, Term]]]:
        """The sums of the first fractions: their count, and the sum."""
        fractions = [
            tuple(f"{b.name_prefix}_{letter}" for letter in letters) for b in self.branches
        ]
        before: list[tuple[str, ...]] = []
        for count, fraction in enumerate(fractions, start=1):
            yield count, add_fractions((n, d) for n, d in (*before, fraction))
            before = [fraction]
            if count > 1:
                before = [tuple(f"{self.name_prefix}_{letter}{count}" for letter in letters)]

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

        The statement is ``sqLipschitz`` or ``lipschitz``.
        """
        proof = branch.points.of(self.scope[f"{branch.name_prefix}_{statement}"])
        if self.restricted and not branch.restricted:
            return app(Term("field", "on", (proof,)), "_")
        return proof

    # Lengths of values

    @property
    def output_norm_terms(self) -> tuple[Term, Term]:
        """A and B, written out: its values are at most A/B long."""
        if self.rule.has("output_norm_numerator"):
            return self.number("output_norm_numerator"), self.number("output_norm_denominator")
        assert self.output_norm is not None, "only bounded layers are asked"
        return add_fractions(summand.as_integer_ratio() for summand in self.output_norm)

    def output_norm_proof(self, prefix: Term, before: Term | str) -> Term:
        """Proof that its values are at most A/B long on the domain.

        Args:
            prefix: the layers before it.
            before: proof that their values are bounded.
        """
        longer = (
            self.output_norm is not None and len(self.output_norm) > 1 and self.rule.has("shifted")
        )
        macro = "shifted" if longer else "bounded"
        if self.rule.has(macro):
            return self.rule.term(macro, self, prefix, before and lean_term(before))
        functions = {"f": prefix, "g": self.function}
        end = (self.rule.term("gain", self), CHECKED, CHECKED)
        if self.block == 1:
            return app("LipBridge.BoundedOn.then", before, *end, **functions)
        if self.tokenwise:
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
        if not self.frobenius or self.output_block == 1:
            return self.bounded_whole
        sizes = {"b": self.output_block, "m": self.width_out}
        return app("LipBridge.BoundedOn.tokens", self.bounded_whole, **sizes)

    @property
    def output_norm_block(self) -> int:
        """Number of tokens that the bound on its values is about: 1 for the whole value."""
        return 1 if self.frobenius else self.output_block

    @property
    def output_norm_width(self) -> int:
        """Dimension of what the bound on its values is about."""
        return self.output if self.frobenius else self.width_out

    @property
    def follows_whole(self) -> bool:
        """Whether its bound on a whole block is made from one on the whole block before it."""
        return self.frobenius and self.block > 1 and self.output_block > 1

    def bounded(self, branch: BranchContext) -> Term:
        """Proof that a branch's values are bounded at the points that the constant is about."""
        return self.here(branch.layers[-1].bounded_tokens)

    def here(self, proof: Term | str) -> Term:
        """A bound on the domain as one at the points that the constant is about."""
        return app(Term("field", "mono", (lean_term(proof),)), self.points.inside)


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
