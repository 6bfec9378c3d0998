"""What templates see: every name and number of a network as Lean source, decided once, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from lipbridge.certify import SpectralCertificate, sqrt_upper
from lipbridge.emit.inputs import EVERYWHERE, Along, Domain
from lipbridge.emit.printer import fraction_comment, int_literal, nat_literal
from lipbridge.emit.rules import rules
from lipbridge.errors import InputError
from lipbridge.layers import InputPart, Layer, TensorRef, TensorSlot, TensorSource, size, tokens
from lipbridge.spec.network import Network
from lipbridge.spec.tensor import ExactMatrix
from lipbridge.symbolic import BranchSquare, LayerSquare, network_squares

__all__ = ["BranchContext", "LayerContext", "NetworkContext", "TensorContext", "network_context"]


@dataclass(frozen=True)
class TensorContext:
    """A tensor as a data module holds it.

    Attributes:
        name: Lean name of the packed matrix, e.g. ``W_query``.
        source: where it comes from, for docstrings.
        matrix: the exact matrix.
        certificate: its spectral certificate, absent for biases.
    """

    name: str
    source: str
    matrix: ExactMatrix
    certificate: SpectralCertificate | None

    @property
    def denominator(self) -> str:
        """The common denominator, as Lean source."""
        return nat_literal(self.matrix.denominator)

    @property
    def reciprocal(self) -> str:
        """The ring element 1/denominator, as Lean source."""
        return reciprocal(self.matrix.denominator)

    @property
    def module(self) -> str:
        """Last component of its data module's name."""
        return self.name

    @property
    def scale(self) -> str:
        """Its scale, in words."""
        denominator = self.matrix.denominator
        if denominator == 1:
            return "integers"
        if denominator & (denominator - 1) == 0:
            return f"integers times 2^-{denominator.bit_length() - 1}"
        return f"integers over {denominator}"


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


def _apply(hypotheses: Mapping[int, str], parameters: Sequence[Parameter]) -> str:
    return (" r" if hypotheses else "") + "".join(f" {p.name}" for p in parameters)


def _premise_names(hypotheses: Mapping[int, str], parameters: Sequence[Parameter]) -> str:
    names = [*hypotheses.values(), *(parameter.premise for parameter in parameters)]
    return "".join(f" {name}" for name in names)


def reciprocal(denominator: int) -> str:
    """The ring element 1/denominator: ``one`` or ``(r d)``."""
    return "one" if denominator == 1 else f"(r {nat_literal(denominator)})"


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
        return _apply(self.hypotheses, self.parameters)

    @property
    def premise_names(self) -> str:
        """The hypotheses, as arguments."""
        return _premise_names(self.hypotheses, self.parameters)

    @property
    def gain_square(self) -> int:
        """Square of the gain's largest integer, the offset counted in."""
        gain = self.tensors["gain"].matrix
        offset = self.layer.slots()[0].largest
        assert offset is not None, "a gain's largest entry enters the constant"
        return int(gain.largest_square(offset) * gain.denominator**2)

    def vector_square(self, role: str) -> int:
        """Squared length of a vector's stored integers."""
        matrix = self.tensors[role].matrix
        return int(matrix.length_square * matrix.denominator**2)

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
        text = names[0]
        for name in names[1:]:
            text = f"(Nat.mul {text} {name})"
        return text.removeprefix("(").removesuffix(")") if len(names) > 1 else text


@dataclass(frozen=True)
class NetworkContext:
    """A network, ready to be rendered.

    Attributes:
        trees: the outermost sequence, named after the network: once, or once an input.
        square: the square of the constant in all inputs together.
        namespace: the Lean namespace, the network's name capitalized.
        tensors: every tensor once.
        hypotheses: denominator → name of the hypothesis that its reciprocal exists.
        parameters: the functions that it takes as given.
    """

    network: Network
    trees: tuple[BranchContext, ...]
    square: Fraction
    namespace: str
    tensors: tuple[TensorContext, ...]
    hypotheses: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()

    @property
    def body(self) -> BranchContext:
        """The outermost sequence, with its constant in the first of several inputs."""
        return self.trees[0]

    @property
    def joint(self) -> bool:
        """Whether it has a constant in several inputs together."""
        return len(self.trees) == len(self.network.parts) > 1

    @property
    def constant(self) -> tuple[int, int]:
        """(N, D) with N/D not below the constant in all inputs together."""
        if not self.joint:
            return self.body.constant
        root = root_up(self.square)
        return root.numerator, root.denominator

    @property
    def domain(self) -> Domain:
        """Where its inputs lie."""
        return Domain(f"{self.network.name}_domain", self.network.parts)

    @property
    def binders(self) -> str:
        """Binders of the reciprocals and the given functions, empty where none is needed."""
        given = "".join(f" ({p.name} : {p.type})" for p in self.parameters)
        return (" (r : Nat → R)" if self.hypotheses else "") + given

    @property
    def apply(self) -> str:
        """How a layer's function is applied to the reciprocals and the given functions."""
        return _apply(self.hypotheses, self.parameters)

    @property
    def premises(self) -> str:
        """Binders of the hypotheses: ``d · r d = 1``, and what the given functions must be."""
        inverses = [
            f" ({name} : Eq (mul (ofNat {nat_literal(d)}) (r {nat_literal(d)})) one)"
            for d, name in self.hypotheses.items()
        ]
        layers = [layer for branch in self.sequences() for layer in branch.layers]
        given = [
            f" ({layer.parameter.premise} : {rules()[layer.kind].premise(layer)})"
            for parameter in self.parameters
            for layer in layers
            if layer.name == parameter.layer
        ]
        return "".join(inverses + given)

    @property
    def premise_names(self) -> str:
        """The hypotheses, as arguments."""
        return _premise_names(self.hypotheses, self.parameters)

    @property
    def shares(self) -> bool:
        """Whether layers share a given function."""
        takers = [layer for layer in self.network.layers() if layer.parameter]
        return len(takers) > len(self.parameters)

    @property
    def exact(self) -> bool:
        """Whether every layer has rational values at rational points."""
        return all(layer.exact for layer in self.network.layers())

    @property
    def bound(self) -> str:
        """The certified constant, for docstrings."""
        return fraction_comment(Fraction(*self.constant))

    def sequences(self) -> Iterator[BranchContext]:
        """Every branch, inner ones before the layers that hold them, the body last."""
        yield from _sequences(self.body)

    def groups(self) -> Iterator[SequenceGroup]:
        """Every branch with its constants: one that holds everywhere, or one an input."""
        for views in zip(*map(_sequences, self.trees), strict=True):
            yield SequenceGroup(views if views[0].local else views[:1])


@dataclass(frozen=True)
class SequenceGroup:
    """Layers in sequence with their constants: one that holds everywhere, or one an input."""

    views: tuple[BranchContext, ...]

    def layers(self) -> Iterator[tuple[LayerContext, ...]]:
        """Every layer with its constants."""
        for views in zip(*(view.layers for view in self.views), strict=True):
            yield views if views[0].local else views[:1]


def _sequences(branch: BranchContext) -> Iterator[BranchContext]:
    for layer in branch.layers:
        for child in layer.branches:
            yield from _sequences(child)
    yield branch


def _hypothesis_names(network: Network) -> Iterator[str]:
    """h1, h2, …, less the names of the network and its layers: a head may well be called h1."""
    taken = {network.name, *(layer.name for layer in network.layers())}
    return (name for name in (f"h{i}" for i in count(1)) if name not in taken)


def network_context(
    network: Network,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
) -> NetworkContext:
    """Decide names, numbers and hypotheses of a network.

    Args:
        network: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
    """
    denominators = {tensors[slot.source].denominator for _, slot in network.slots()} | {
        d for layer in network.layers() for d in layer.denominators()
    }
    hypotheses = dict(zip(sorted(denominators - {1}), _hypothesis_names(network), strict=False))
    given: dict[tuple[object, ...], Parameter] = {}
    for layer in network.layers():
        if layer.parameter:
            parameter = Parameter(layer.name, layer.parameter_type, layer.given)
            given.setdefault(layer.given, parameter)
    parameters = tuple(given.values())
    shared = {
        source: TensorContext(name, _label(source), tensors[source], certificates.get(source))
        for source, name in network.tensor_names().items()
    }
    builder = _Builder(shared, hypotheses, parameters)

    def norm_square(slot: TensorSlot) -> Fraction:
        if slot.normed:
            return Fraction(*certificates[slot.source].squared_constant)
        if slot.largest is not None:
            return tensors[slot.source].largest_square(slot.largest)
        return tensors[slot.source].length_square

    squares = network_squares(network, norm_square, root_up)
    trees = tuple(
        builder.branch(network.name, size(network.input), size(network.output), square, along)
        for along, square in ((_along(network, part), square) for part, square in squares.items())
    )
    namespace = network.name[0].upper() + network.name[1:]
    context = NetworkContext(
        network,
        trees,
        sum((square.square for square in squares.values()), Fraction(0)),
        namespace,
        tuple(shared.values()),
        hypotheses,
        parameters,
    )
    _refuse_clashes(context)
    return context


def _along(network: Network, part: InputPart) -> Along:
    if not network.local:
        return EVERYWHERE
    return Along(part, network.parts[-1].stop, len(network.parts) == 1)


def root_up(square: Fraction) -> Fraction:
    """A fraction not below the square root, relative excess at most 5e-10."""
    return Fraction(*sqrt_upper(square.numerator, square.denominator))


class _Builder:
    def __init__(
        self,
        tensors: Mapping[TensorSource, TensorContext],
        hypotheses: Mapping[int, str],
        parameters: tuple[Parameter, ...],
    ) -> None:
        self._tensors = tensors
        self._hypotheses, self._parameters = hypotheses, parameters

    def branch(
        self, name: str, input: int, output: int, square: BranchSquare, along: Along
    ) -> BranchContext:
        layers = tuple(self.layer(entry, along) for entry in square.layers)
        constant = square.constant.numerator, square.constant.denominator
        local = any(layer.local for layer in layers)
        return BranchContext(name, input, output, layers, constant, along if local else EVERYWHERE)

    def layer(self, entry: LayerSquare, along: Along) -> LayerContext:
        layer = entry.layer
        children = zip(layer.children(), entry.branches, strict=True)
        branches = tuple(
            self.branch(
                f"{layer.name}_branch{i}", size(child.input), size(child.output), square, along
            )
            for i, (child, square) in enumerate(children, start=1)
        )
        contexts = {slot.role: self._tensors[slot.source] for slot in layer.slots()}
        return LayerContext(
            layer,
            contexts,
            branches,
            self._hypotheses,
            self._parameters,
            along if layer.local else EVERYWHERE,
            entry.reach,
            entry.whole,
        )


def _label(source: TensorSource) -> str:
    """A tensor's origin for a docstring; characters that could end a comment are replaced."""
    if not isinstance(source, TensorRef):
        return "the spec"
    return "".join(c if c.isalnum() or c in "._:[] " else "_" for c in str(source))


def _refuse_clashes(context: NetworkContext) -> None:
    """Refuse labels that meet a name which the generated modules define.

    Raises:
        InputError: naming the label to change.
    """
    generated: dict[str, str] = {}
    sequences = list(context.sequences())
    suffixes = {tree.along.suffix for tree in context.trees} | {""}
    for branch in sequences:
        for suffix in ("", "_general", "_domain", "_congr"):
            generated[branch.name + suffix] = branch.name
        for along in suffixes if branch.local else {""}:
            for suffix in ("_P", "_Q", "_N", "_D", "_sqLipschitz", "_lipschitz"):
                generated[branch.name + along + suffix] = branch.name
    for layer in (layer for branch in sequences for layer in branch.layers):
        given = ("_t", "_ht") if layer.layer.parameter else ()
        bounds = ("_A", "_B", "_boundedOn") if layer.reach is not None else ()
        alongs = suffixes if layer.local else {""}
        constants = [a + s for a in alongs for s in ("_P", "_Q", "_sqLipschitz")]
        for suffix in ("", "_congr", *constants, *bounds, *given):
            name = layer.name + suffix
            if generated.setdefault(name, layer.name) != layer.name:
                raise InputError(
                    f"layer {layer.name!r} clashes with a name made from {generated[name]!r}; "
                    "rename the layer"
                )
    for tensor in context.tensors:
        clash = next((name for name in generated if name.startswith(tensor.name)), None)
        if clash:
            raise InputError(
                f"layer {generated[clash]!r} clashes with the tensor {tensor.name!r}; "
                "rename the layer"
            )
