"""What templates see: every name and number of a network as Lean source, decided once, here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lipbridge.certify import SpectralCertificate, sqrt_upper
from lipbridge.emit.printer import fraction_comment, int_literal, nat_literal
from lipbridge.emit.rules import rules
from lipbridge.errors import InputError
from lipbridge.layers import Layer, TensorRef, TensorSlot, TensorSource, size, tokens
from lipbridge.spec.network import Network
from lipbridge.spec.tensor import ExactMatrix
from lipbridge.symbolic import BranchSquare, LayerSquare, branch_square

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
        layer: the layer that needs it.
        type: its Lean type.
    """

    layer: str
    type: str

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
    """

    layer: Layer
    tensors: Mapping[str, TensorContext]
    branches: tuple[BranchContext, ...]
    hypotheses: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()

    @property
    def name(self) -> str:
        """Lean name of the layer's function."""
        return self.layer.name

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
        return Parameter(self.layer.name, self.layer.parameter_type)

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
    """Layers in sequence under one name, with the constant N/D above the root of their square."""

    name: str
    input: int
    output: int
    layers: tuple[LayerContext, ...]
    constant: tuple[int, int]

    def product(self, suffix: str) -> str:
        """Lean product of the layers' numbers, first layer first, as ``comp_ofNat`` makes it."""
        names = [f"{layer.name}_{suffix}" for layer in self.layers]
        text = names[0]
        for name in names[1:]:
            text = f"(Nat.mul {text} {name})"
        return text.removeprefix("(").removesuffix(")") if len(names) > 1 else text


@dataclass(frozen=True)
class NetworkContext:
    """A network, ready to be rendered.

    Attributes:
        body: the outermost sequence, named after the network.
        namespace: the Lean namespace, the network's name capitalized.
        tensors: every tensor once.
        hypotheses: denominator → name of the hypothesis that its reciprocal exists.
        parameters: the functions that it takes as given.
    """

    network: Network
    body: BranchContext
    namespace: str
    tensors: tuple[TensorContext, ...]
    hypotheses: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()

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
    def exact(self) -> bool:
        """Whether every layer has rational values at rational points."""
        return all(layer.exact for layer in self.network.layers())

    @property
    def bound(self) -> str:
        """The certified constant, for docstrings."""
        return fraction_comment(Fraction(*self.body.constant))

    def sequences(self) -> Iterator[BranchContext]:
        """Every branch, inner ones before the layers that hold them, the body last."""
        yield from _sequences(self.body)


def _sequences(branch: BranchContext) -> Iterator[BranchContext]:
    for layer in branch.layers:
        for child in layer.branches:
            yield from _sequences(child)
    yield branch


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
    hypotheses = {d: f"h{i}" for i, d in enumerate(sorted(denominators - {1}), start=1)}
    parameters = tuple(
        Parameter(layer.name, layer.parameter_type) for layer in network.layers() if layer.parameter
    )
    builder = _Builder(tensors, certificates, hypotheses, parameters)

    def norm_square(slot: TensorSlot) -> Fraction:
        if slot.largest is not None:
            return tensors[slot.source].largest_square(slot.largest)
        return Fraction(*certificates[slot.source].squared_constant)

    squares = branch_square(network.body, norm_square, root_up)
    body = builder.branch(network.name, size(network.input), size(network.output), squares)
    namespace = network.name[0].upper() + network.name[1:]
    context = NetworkContext(
        network, body, namespace, tuple(builder.tensors), hypotheses, parameters
    )
    _refuse_clashes(context)
    return context


def root_up(square: Fraction) -> Fraction:
    """A fraction not below the square root, relative excess at most 5e-10."""
    return Fraction(*sqrt_upper(square.numerator, square.denominator))


class _Builder:
    def __init__(
        self,
        tensors: Mapping[TensorSource, ExactMatrix],
        certificates: Mapping[TensorSource, SpectralCertificate],
        hypotheses: Mapping[int, str],
        parameters: tuple[Parameter, ...],
    ) -> None:
        self._matrices, self._certificates = tensors, certificates
        self._hypotheses, self._parameters = hypotheses, parameters
        self.tensors: list[TensorContext] = []

    def branch(self, name: str, input: int, output: int, square: BranchSquare) -> BranchContext:
        layers = tuple(self.layer(entry) for entry in square.layers)
        constant = square.constant.numerator, square.constant.denominator
        return BranchContext(name, input, output, layers, constant)

    def layer(self, entry: LayerSquare) -> LayerContext:
        layer = entry.layer
        children = zip(layer.children(), entry.branches, strict=True)
        branches = tuple(
            self.branch(f"{layer.name}_branch{i}", size(child.input), size(child.output), square)
            for i, (child, square) in enumerate(children, start=1)
        )
        contexts: dict[str, TensorContext] = {}
        for slot in layer.slots():
            contexts[slot.role] = TensorContext(
                f"{layer.name}_{slot.role}",
                _label(slot.source),
                self._matrices[slot.source],
                self._certificates[slot.source] if slot.normed else None,
            )
        self.tensors.extend(contexts.values())
        return LayerContext(layer, contexts, branches, self._hypotheses, self._parameters)


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
    for branch in sequences:
        for suffix in ("", "_P", "_Q", "_N", "_D", "_general", "_sqLipschitz", "_lipschitz"):
            generated[branch.name + suffix] = branch.name
    for layer in (layer for branch in sequences for layer in branch.layers):
        given = ("_t", "_ht") if layer.layer.parameter else ()
        for suffix in ("", "_P", "_Q", "_sqLipschitz", *given):
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
