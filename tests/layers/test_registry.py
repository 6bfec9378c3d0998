"""Facts that every registered layer must have, and names of whatever is missing."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest

from lipbridge.emit.network.rules import rule, template_kinds
from lipbridge.errors import UnboundedError
from lipbridge.language import Identifier, Network, parse
from lipbridge.language.exact import layer_value
from lipbridge.language.from_torch.operations import supported
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import (
    Branch,
    InlineTensor,
    InputPart,
    LargestEntry,
    Layer,
    Norm,
    Sample,
    TensorSlot,
    TensorSource,
    kinds,
    layer_class,
    registry,
    size,
)
from lipbridge.symbolic import derive

ROOT = Path(__file__).resolve().parents[2]
LEAN = ROOT / "lean/LipBridge"
SAMPLES = [(kind, sample) for kind in kinds() for sample in layer_class(kind).samples]


def build(kind: str, sample: Sample) -> Layer:
    inputs = "".join(map(declared, sample.inputs or (InputPart("", 0, sample.input),)))
    branches = tuple(
        parse(f"network sample {inputs} {body}").body if body else Branch(sample.input, ())
        for body in sample.branches
    )
    return layer_class(kind).build("layer", sample.input, sample.arguments, branches)


def declared(part: InputPart) -> str:
    norm = "" if part.norm is None else f" norm <= {part.norm}"
    return f" input {part.name} {' x '.join(map(str, part.shape))}{norm}"


def network(layer: Layer, sample: Sample, norm: Norm = Norm.EUCLIDEAN) -> Network:
    return Network(Identifier("sample"), Branch(layer.input, (layer,)), sample.inputs, norm)


def point(rng: random.Random, layer: Layer, sample: Sample) -> tuple[Fraction, ...]:
    """A random point, within the balls of the inputs where there are such."""
    x = [Fraction(rng.randint(-20, 20), 4) for _ in range(size(layer.input))]
    for part in sample.inputs:
        width = part.shape[-1]
        for start in range(part.offset, part.stop, width):
            token = x[start : start + width]
            shrink = sum(v * v for v in token) or Fraction(1)
            if part.norm is not None and shrink > part.norm**2:
                x[start : start + width] = [v * part.norm / (shrink + 1) for v in token]
    return tuple(x)


def rows(source: TensorSource) -> tuple[tuple[Fraction, ...], ...]:
    assert isinstance(source, InlineTensor)
    return source.rows


def apply(layer: Layer, x: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    whole = Network(Identifier("sample"), Branch(layer.input, (layer,)))
    return layer_value(layer, x, {slot.source: rows(slot.source) for _, slot in whole.slots()})


# Layers without an operation of their own in torch, or written in a spec only.
NOT_IN_TORCH = {
    "block_max",
    "concat",
    "dot",
    "from",
    "gain",
    "hadamard",
    "max_pool",
    "mean_pool",
    "product",
}
NOT_IN_TORCH |= {"residual", "rotary", "scale", "scores", "similarity", "split", "sum"}


def lacks(kind: str) -> list[str]:
    """What a layer lacks, each with the file where it belongs."""
    layer, missing = layer_class(kind), []
    written = layer.template or kind
    template = f"templates/layers/{written}.lean.jinja"
    if written not in template_kinds():
        missing.append(template)
    else:
        found = rule(written)
        wanted = [("value", "token"), ("meaning",), ("proof", "token_proof")]
        wanted += [("congruence", "token_congruence")]
        wanted += [("premise",)] if layer.parameter else []
        bounds = layer.fixes_zero or layer.output_norm is not Layer.output_norm
        wanted += [("bounded", "gain")] if bounds else []
        missing += [
            f"{template}: macro {' or '.join(names)}"
            for names in wanted
            if not any(map(found.has, names))
        ]
    rules = {build(kind, sample).rule_under(Norm.EUCLIDEAN) for sample in layer.samples}
    for lean_rule in sorted({layer.lean_rule, *rules}):
        name = lean_rule.removeprefix("LipBridge.")
        theorem = re.compile(rf"^theorem {name}\b", re.MULTILINE)
        if not any(theorem.search(p.read_text("utf-8")) for p in LEAN.rglob("Layers/*.lean")):
            missing.append(f"lean/LipBridge/Layers: theorem {lean_rule}")
    if layer.sup_rule:
        proofs = ("sup_proof", "sup_token_proof")
        if written in template_kinds() and not any(map(rule(written).has, proofs)):
            missing.append(f"{template}: macro {' or '.join(proofs)}")
        name = layer.sup_rule.removeprefix("LipBridge.")
        theorem = re.compile(rf"^theorem {name}\b", re.MULTILINE)
        if not any(theorem.search(p.read_text("utf-8")) for p in LEAN.rglob("Layers/*.lean")):
            missing.append(f"lean/LipBridge/Layers: theorem {layer.sup_rule}")
    if not layer.samples:
        missing.append(f"lipbridge/layers: a sample of {kind}")
    for sample in layer.samples:
        if not evaluated(kind, sample):
            missing.append(f"lipbridge/numeric/evaluate.py: {layer.__name__}")
            break
    if kind not in NOT_IN_TORCH and kind not in supported().split(", "):
        missing.append(f"lipbridge/language/from_torch/rules.py: a rule for {kind}")
    if f"| `{kind}` |" not in (ROOT / "docs/language.md").read_text("utf-8"):
        missing.append(f"docs/language.md: a row for {kind}")
    return missing


def evaluated(kind: str, sample: Sample) -> bool:
    from lipbridge.numeric.evaluate import forward

    whole = network(build(kind, sample), sample)
    tensors = {
        slot.source: ExactMatrix.from_fractions(slot.role, rows(slot.source))
        for _, slot in whole.slots()
    }
    try:
        forward(whole, tensors)
    except AssertionError as error:
        assert "no torch function" in str(error)
        return False
    return True


@pytest.mark.parametrize("kind", kinds())
def test_every_layer_is_complete(kind: str) -> None:
    missing = lacks(kind)
    if missing:
        pytest.fail("\n  ".join((f"{kind} lacks", *missing)), pytrace=False)


def test_every_template_is_that_of_a_layer() -> None:
    assert set(template_kinds()) <= {layer_class(kind).template or kind for kind in kinds()}


def test_whatever_a_new_layer_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))

    class Unfinished(Layer, kind="unfinished"):
        summary, samples = "x ↦ x", (Sample((2,)),)
        lean_rule, parameter = "LipBridge.unfinished_sqLipschitz", "Vec R → R"

        def constant(self, symbols, branches):  # type: ignore[no-untyped-def]
            raise NotImplementedError

        def apply(self, x, tensors, branches=()):  # type: ignore[no-untyped-def]
            return x

    assert lacks("unfinished") == [
        "templates/layers/unfinished.lean.jinja",
        "lean/LipBridge/Layers: theorem LipBridge.unfinished_sqLipschitz",
        "lipbridge/numeric/evaluate.py: Unfinished",
        "lipbridge/language/from_torch/rules.py: a rule for unfinished",
        "docs/language.md: a row for unfinished",
    ]
    with pytest.raises(pytest.fail.Exception) as failed:
        test_every_layer_is_complete("unfinished")
    assert str(failed.value).split("\n  ") == ["unfinished lacks", *lacks("unfinished")]


def test_duplicate_registration_raises() -> None:
    with pytest.raises(ValueError, match="registered twice"):

        class Again(layer_class("relu"), kind="relu"):  # type: ignore[misc]
            pass


def test_missing_fact_raises() -> None:
    with pytest.raises(ValueError, match="lacks lean_rule, samples, lipschitz"):

        class Bare(Layer, kind="bare"):  # type: ignore[misc]
            summary = "x ↦ x"


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_shapes_are_what_apply_gives(kind: str, sample: Sample) -> None:
    layer = build(kind, sample)
    x = tuple(Fraction(i % 3 - 1) for i in range(size(layer.input)))
    assert len(apply(layer, x)) == size(layer.output)


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_matrix_and_homogeneity_are_those_of_the_values(kind: str, sample: Sample) -> None:
    layer = build(kind, sample)
    rng = random.Random(1)
    x = tuple(Fraction(rng.randint(-9, 9), 4) for _ in range(size(layer.input)))
    zero = (Fraction(0),) * len(x)
    if layer.homogeneous:
        scales = [Fraction(rng.randint(0, 5)) for _ in x]
        scaled = tuple(c * v for c, v in zip(scales, x, strict=True))
        assert apply(layer, scaled) == tuple(
            c * v for c, v in zip(scales, apply(layer, x), strict=True)
        )
    found = layer.matrix
    if found is None:
        return
    moved = tuple(a - b for a, b in zip(apply(layer, x), apply(layer, zero), strict=True))
    if isinstance(found, Fraction):
        assert moved == tuple(found * v for v in x)
    elif isinstance(found.measure, LargestEntry):
        entries = [g + found.measure.offset for g in rows(found.source)[0]]
        assert moved == tuple(g * v for g, v in zip(entries * len(x), x, strict=False))
    else:
        assert layer.stored_matrix == found
        width = found.shape[1]
        pieces = [x[i : i + width] for i in range(0, len(x), width)]
        assert moved == tuple(
            sum((w * v for w, v in zip(row, piece, strict=True)), Fraction(0))
            for piece in pieces
            for row in rows(found.source)
        )


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_constant_is_never_exceeded(kind: str, sample: Sample) -> None:
    """Random exact pairs: ‖f x − f y‖² ≤ K²·‖x − y‖², K² bounded through the Frobenius norm."""
    layer = build(kind, sample)

    def norm_square(slot: TensorSlot) -> Fraction:
        entries = [v for row in rows(slot.source) for v in row]
        if isinstance(slot.measure, LargestEntry):
            return max((v + slot.measure.offset) ** 2 for v in entries)
        return sum((v * v for v in entries), Fraction(0))

    from lipbridge.certify import root_up
    from lipbridge.symbolic import network_squares

    found = network_squares(network(layer, sample), norm_square, root_up)
    square = sum((part.square for part in found.values()), Fraction(0))
    assert set(found) == set(network(layer, sample).parts)
    for part in found.values():
        (entry,) = part.layers
        assert entry.square == part.square
    rng = random.Random(0)
    for _ in range(50):
        x, y = point(rng, layer, sample), point(rng, layer, sample)
        # The domain is convex, so points between two of its points belong to it.
        near = Fraction(rng.randint(1, 8), 8)
        y = tuple(a + near * (b - a) for a, b in zip(x, y, strict=True))
        difference = sum(
            (a - b) ** 2 for a, b in zip(apply(layer, x), apply(layer, y), strict=True)
        )
        rounding = 0 if layer.exact else Fraction(1, 10**9)
        moved = sum((a - b) ** 2 for a, b in zip(x, y, strict=True))
        assert difference <= square * moved * (1 + rounding) + rounding**2


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_constant_in_the_maximum_norm(kind: str, sample: Sample) -> None:
    """Random exact pairs never exceed it, a matrix reaches it; no rule is refused by name."""
    from lipbridge.certify import certified_square, root_up
    from lipbridge.symbolic import network_squares

    layer = build(kind, sample)
    whole = network(layer, sample, Norm.MAXIMUM)
    tensors = {
        slot.source: ExactMatrix.from_fractions(slot.role, rows(slot.source))
        for _, slot in whole.slots()
    }

    def constant() -> Fraction:
        (found,) = network_squares(whole, certified_square(tensors, {}), root_up).values()
        return found.constant

    if not all(inner.sup_rule for inner in whole.layers()):
        with pytest.raises(UnboundedError, match=r"layer \w+ \(\w+\) has no rule for the maximum"):
            constant()
        return
    largest, rng = constant(), random.Random(0)
    for _ in range(50):
        x, y = point(rng, layer, sample), point(rng, layer, sample)
        moved = max(abs(a - b) for a, b in zip(x, y, strict=True))
        rise = max(abs(a - b) for a, b in zip(apply(layer, x), apply(layer, y), strict=True))
        assert rise <= largest * moved * (1 if layer.exact else 1 + Fraction(1, 10**9))
    if layer.stored_matrix is not None:
        width = layer.stored_matrix.shape[1]
        zero = apply(layer, (Fraction(0),) * size(layer.input))
        signs = [
            tuple(Fraction(1 if w >= 0 else -1) for w in row) * (size(layer.input) // width)
            for row in rows(layer.stored_matrix.source)
        ]
        reached = [
            max(abs(a - b) for a, b in zip(apply(layer, x), zero, strict=True)) for x in signs
        ]
        assert max(reached) == largest


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_torch_agrees_with_exact_values(kind: str, sample: Sample) -> None:
    import torch

    from lipbridge.numeric.evaluate import forward

    if not evaluated(kind, sample):
        pytest.skip("among what the layer lacks")
    layer = build(kind, sample)
    whole = network(layer, sample)
    tensors = {
        slot.source: ExactMatrix.from_fractions(slot.role, rows(slot.source))
        for _, slot in whole.slots()
    }
    run = forward(whole, tensors)
    rng = random.Random(1)
    for _ in range(5):
        x = tuple(Fraction(rng.randint(-20, 20), 4) for _ in range(size(layer.input)))
        exact = [float(v) for v in apply(layer, x)]
        got = run(torch.tensor([[float(v) for v in x]], dtype=torch.float64))[0]
        tolerance = 1e-14 if layer.exact else 1e-13
        assert got.tolist() == pytest.approx(exact, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize(("kind", "sample"), SAMPLES)
def test_symbolic_constant_names_only_known_symbols(kind: str, sample: Sample) -> None:
    layer = build(kind, sample)
    bound = derive(network(layer, sample))
    known = {norm.symbol for norm in bound.norms} | set(bound.numbers)
    assert bound.expression.free_symbols <= known
    assert bound.inputs[0].layers[0].lean_rule == layer.rule_under(Norm.EUCLIDEAN)
