"""Several inputs and their domain as Lean source: balls, slices, and the exchange of inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lipbridge.emit.lean.printer import nat_literal
from lipbridge.layers import InputPart, size, tokens

__all__ = ["EVERYWHERE", "Along", "Domain"]


@dataclass(frozen=True)
class Along:
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
    def binder(self) -> str:
        """Binder of the point through which a slice goes."""
        return "" if self.part is None or self.alone else " (z : Vec R)"

    @property
    def argument(self) -> str:
        """That point as an argument."""
        return self.binder and " z"

    @property
    def inside(self) -> str:
        """Proof that its points lie in the domain."""
        return "(fun _ h => h)" if self.alone else "(fun _ h => h.left)"

    def points(self, domain: str) -> str:
        """The set of its points, as Lean source.

        Args:
            domain: the domain's name, or its definition.
        """
        if self.part is None or self.alone:
            return domain
        part = self.part
        return f"(Slice {self.total} {part.offset} {size(part.shape)} {domain} z)"


EVERYWHERE = Along(None)
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
    def definition(self) -> str:
        """The set, as a Lean function of a point."""
        balls = [f"InBall {self.ball(part)} x" for part in self.balls]
        if not balls:
            return "(fun _ => True)"
        text = balls[-1]
        for ball in reversed(balls[:-1]):
            text = f"And ({ball}) ({text})"
        return f"(fun x => {text})"

    @property
    def meaning(self) -> str:
        """The set in words."""
        return ", ".join(part.meaning for part in self.balls)

    def ball(self, part: InputPart) -> str:
        """Start, tokens, dimension and radius of an input's ball, as arguments."""
        assert part.norm is not None, "only bounded inputs have a ball"
        block, width = tokens(part.shape)
        radius = part.norm.numerator, part.norm.denominator
        return " ".join(map(nat_literal, (part.offset, block, width, *radius)))

    def member(self, part: InputPart) -> str:
        """Projection of a membership proof to one input's ball."""
        index = self.balls.index(part)
        last = index == len(self.balls) - 1
        return ".right" * index + ("" if last else ".left")

    def exchanged(self, cut: int) -> str:
        """Proof that exchanging all inputs before an entry keeps two points in the domain."""
        if not self.balls:
            # Nothing in the proof tells which set it is about, so its type does.
            return f"(fun x y (_ : {self.name} x) _ => True.intro)"
        proofs = [
            f"(InBall.splice_below (Eq.refl true) hy{self.member(part)})"
            if part.stop <= cut
            else f"(InBall.splice_from (Eq.refl true) hx{self.member(part)})"
            for part in self.balls
        ]
        body = f"⟨{', '.join(proofs)}⟩"
        if len(proofs) == 1:
            # The domain is a ball by definition, which has to be said before the proof is read.
            body = f"show InBall {self.ball(self.balls[0])} (splice {cut} x y) from {proofs[0]}"
        return f"(fun x y hx hy => {body})"
