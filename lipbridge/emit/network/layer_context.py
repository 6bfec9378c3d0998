"""What templates see of layers: names, sizes, numbers and proofs, decided once, here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import measured_square
from lipbridge.emit.lean.printer import int_literal, nat_literal, nested_calls
from lipbridge.emit.network.inputs import EVERYWHERE, Along
from lipbridge.emit.network.parameters import Parameter, applied, premise_names
from lipbridge.emit.network.tensor_context import TensorContext, reciprocal
from lipbridge.layers import Layer, size, tokens

__all__ = ["BranchContext", "LayerContext"]


@dataclass(frozen=True)
class LayerContext:
    """One layer.

    Attributes:
        layer: the layer's facts.
        tensors: by role.
        branches: its branches.
        hypotheses: denominator → hypothesis that its reciprocal exists.
        parameters: the functions that the network takes as given.
        along: the points between which its constant holds, where it is local.
        reach: summands of a bound on the length of its values, where one is stated.
        whole: whether that bound is one of the whole value, a block's tokens stacked.
    """

    layer: Layer
    tensors: Mapping[str, TensorContext]
    branches: tuple[BranchContext, ...]
    hypotheses: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()
    along: Along = EVERYWHERE
    reach: tuple[Fraction, ...] | None = None
    whole: bool = True

    @property
    def name(self) -> str:
        """Lean name of the layer's function."""
        return self.layer.name

    @property
    def stem(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.along.suffix

    @property
    def local(self) -> bool:
        """Whether its constant holds between some points only."""
        return self.layer.local

    @property
    def on(self) -> str:
        """How the Lean rules for constants on a set are called: with ``On``."""
        return "On" if self.local else ""

    @property
    def moves(self) -> bool:
        """Whether the input that it reads, a ``from``, is the one that varies."""
        return self.along.part in (None, getattr(self.layer, "part", None))

    @property
    def function(self) -> str:
        """The layer's function."""
        return self.name + self.apply

    def call(self, branch: BranchContext) -> str:
        """The function of a branch."""
        if branch.written:
            return branch.written
        return f"({branch.name}{self.apply})" if self.apply else branch.name

    def proof_of(self, branch: BranchContext, statement: str) -> str:
        """Proof of a branch's constant between the points that this layer's is about.

        Args:
            branch: one of its branches.
            statement: ``sqLipschitz`` or ``lipschitz``.
        """
        proof = f"({branch.stem}_{statement}{self.apply}{self.premise_names}"
        if branch.local:
            return f"{proof}{branch.along.argument})"
        return f"({proof}).on _)" if self.local else f"{proof})"

    @property
    def reach_proof(self) -> str:
        """Proof that its values are bounded on the domain, as it is stated."""
        return f"({self.name}_boundedOn{self.apply}{self.premise_names})"

    @property
    def token_reach_proof(self) -> str:
        """Proof that each token of its values is bounded on the domain."""
        if not self.whole or self.output_block == 1:
            return self.reach_proof
        sizes = f"(b := {self.output_block}) (m := {self.width_out})"
        return f"(LipBridge.BoundedOn.tokens {sizes} {self.reach_proof})"

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

    def bounded_everywhere(self, branch: BranchContext) -> str:
        """Proof that a branch's values, each token of a block, are bounded on the domain."""
        return branch.layers[-1].token_reach_proof

    def bounded(self, branch: BranchContext) -> str:
        """Proof that a branch's values are bounded at the points that the constant is about."""
        return self.here(self.bounded_everywhere(branch))

    def here(self, proof: str) -> str:
        """A bound on the domain as one at the points that the constant is about."""
        return f"({proof}.mono {self.along.inside})"

    @property
    def kind(self) -> str:
        """Registered keyword, which is the template's name."""
        return self.layer.kind

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
        return tokens(self.layer.children()[-1].output)[0]

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

    @property
    def parameter(self) -> Parameter:
        """The function that this layer takes as given."""
        return next(p for p in self.parameters if p.given == self.layer.given)

    @property
    def apply(self) -> str:
        """How a function is applied to the reciprocals and the given functions."""
        return applied(self.hypotheses, self.parameters)

    @property
    def premise_names(self) -> str:
        """The hypotheses, as arguments."""
        return premise_names(self.hypotheses, self.parameters)

    @property
    def weight(self) -> TensorContext | None:
        """The tensor W of a layer ``x ↦ Wx + b``; None where W is not stored."""
        slot = self.layer.stored_matrix
        return None if slot is None else self.tensors[slot.role]

    def square(self, role: str) -> int:
        """Square of the size of a tensor that its slot asks for, of its stored integers."""
        slot = next(slot for slot in self.layer.slots() if slot.role == role)
        matrix = self.tensors[role].matrix
        return int(measured_square(slot, matrix) * matrix.denominator**2)

    def nonneg(self, denominator: int) -> str:
        """Proof that ``1/denominator`` is not negative."""
        return f"(LipBridge.reciprocal_nonneg {self.inverse(denominator)})"

    def inverse(self, denominator: int) -> str:
        """Proof that ``denominator · (1/denominator) = 1``."""
        if denominator == 1:
            return "LipBridge.ofNat_one_mul_one"
        return self.hypotheses[denominator]

    def reciprocal(self, denominator: int) -> str:
        """The ring element 1/denominator."""
        return reciprocal(denominator)

    def nat(self, value: int) -> str:
        """A natural number."""
        return nat_literal(value)

    def int(self, value: int) -> str:
        """An integer."""
        return int_literal(value)


@dataclass(frozen=True)
class BranchContext:
    """Layers in sequence under one name, with the constant N/D above the root of their square.

    Attributes:
        name: Lean name of their function.
        input: size of the input.
        output: size of the output.
        layers: the layers.
        constant: (N, D).
        along: the points between which the constant holds, where it is local.
        written: the function written out, in place of its name; empty for the name.
    """

    name: str
    input: int
    output: int
    layers: tuple[LayerContext, ...]
    constant: tuple[int, int]
    along: Along = EVERYWHERE
    written: str = ""

    @property
    def local(self) -> bool:
        """Whether the constant holds between some points only."""
        return any(layer.local for layer in self.layers)

    @property
    def on(self) -> str:
        """How the Lean statements about a set are called: with ``On``."""
        return "On" if self.local else ""

    @property
    def stem(self) -> str:
        """What the names of its constants begin with."""
        return self.name + self.along.suffix

    @property
    def moves(self) -> bool:
        """Whether it depends on the input that varies."""
        part = self.along.part
        return part is None or self.layers[0].layer.moves(lambda other: other == part)

    def before(self, index: int, apply: str) -> str:
        """The function of the layers before one of them."""
        text = "x"
        for layer in self.layers[:index]:
            text = f"{layer.name}{apply} ({text})" if text != "x" else f"{layer.name}{apply} x"
        return f"(fun x => {text})"

    def product(self, suffix: str) -> str:
        """Lean product of the layers' numbers, first layer first, as ``comp_ofNat`` makes it."""
        names = [f"{layer.stem}_{suffix}" for layer in self.layers]
        text = nested_calls("Nat.mul", names)
        return text.removeprefix("(").removesuffix(")") if len(names) > 1 else text
