"""Several inputs and their domain as Lean terms: balls, slices, and the exchange of inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.lean.declaration import Binder
from lipbridge.emit.lean.term import Term, app, bind, lean_term, typed
from lipbridge.layers import InputPart, size, tokens


@dataclass(frozen=True)
class Points:
    """The points between which a constant holds.

    Attributes:
        part: the input that varies, the others fixed; None where the constant holds everywhere.
        total: size of all inputs together.
        alone: whether it is the only input.
    """

    part: InputPart | None
    total: int = 0
    alone: bool = True

    @property
    def suffix(self) -> str:
        """What names of its constants end in."""
        return "" if self.part is None or self.alone else f"_{self.part.name}"

    @property
    def binders(self) -> tuple[Binder, ...]:
        """Binder of the point through which a slice goes."""
        return (Binder("z", lean_term("Vec R")),) if self.suffix else ()

    def of(self, proof: Term) -> Term:
        """A theorem about these points, applied to that point."""
        return app(proof, *(binder.names for binder in self.binders))

    @property
    def inside(self) -> Term:
        """Proof that its points lie in the domain."""
        return lean_term("fun _ h => h" if self.alone else "fun _ h => h.left")

    def set(self, domain: str) -> Term:
        """The set of its points, in a domain of that name."""
        if self.part is None or self.alone:
            return lean_term(domain)
        part = self.part
        return app("Slice", self.total, part.offset, size(part.shape), domain, "z")


EVERYWHERE = Points(None)
"""No restriction: the constants of most networks."""


@dataclass(frozen=True)
class Domain:
    """Where the inputs of a network lie.

    Attributes:
        name: Lean name of the set.
        parts: the inputs, in order.
    """

    name: str
    parts: Sequence[InputPart]

    @property
    def balls(self) -> tuple[InputPart, ...]:
        """The inputs with a largest length."""
        return tuple(part for part in self.parts if part.norm is not None)

    @property
    def definition(self) -> Term:
        """The set, as a Lean function of a point."""
        if not self.balls:
            return lean_term("fun _ => True")
        *others, text = [app(self.ball(part), "x") for part in self.balls]
        for ball in reversed(others):
            text = app("And", ball, text)
        return bind("fun x =>", text)

    @property
    def meaning(self) -> str:
        """The set in words."""
        return ", ".join(part.meaning for part in self.balls)

    def ball(self, part: InputPart) -> Term:
        """An input's ball: start, tokens, dimension and radius."""
        assert part.norm is not None, "only bounded inputs have a ball"
        block, width = tokens(part.shape)
        return app("InBall", part.offset, block, width, *part.norm.as_integer_ratio())

    def member(self, part: InputPart) -> str:
        """Projection of a membership proof to one input's ball."""
        index = self.balls.index(part)
        last = index == len(self.balls) - 1
        return ".right" * index + ("" if last else ".left")

    def exchanged(self, cut: int) -> Term:
        """Proof that exchanging all inputs before an entry keeps two points in the domain."""
        if not self.balls:
            # Nothing in the proof tells which set it is about, so its type does.
            return lean_term(f"fun x y (_ : {self.name} x) _ => True.intro")
        proofs = [
            app("InBall.splice_below", "Eq.refl true", f"hy{self.member(part)}")
            if part.stop <= cut
            else app("InBall.splice_from", "Eq.refl true", f"hx{self.member(part)}")
            for part in self.balls
        ]
        if len(proofs) > 1:
            return bind("fun x y hx hy =>", Term("tuple", parts=tuple(proofs)))
        # The domain is a ball by definition, which has to be said of the proof.
        ball = app(self.ball(self.balls[0]), app("splice", cut, "x", "y"))
        return bind("fun x y hx hy =>", typed(proofs[0], ball))
