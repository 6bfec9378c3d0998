"""LipSDP of a hidden layer beside a linear map: never below a slope, exact, near the optimum."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from lipbridge.certify import certified
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InlineTensor, Layer, layer_class
from lipbridge.numeric.lipsdp.bordered import (
    MAX_ORDER,
    LinearParts,
    bordered_square,
    bordered_weights,
)
from lipbridge.pipeline.jobs import load
from lipbridge.tighten.search import certify_tightening
from lipbridge.tighten.segments.border_search import find_border
from lipbridge.tighten.segments.bordered import (
    BorderedMaps,
    HiddenBlock,
    border,
    hidden_block,
)
from lipbridge.tighten.segments.pieces import Piece, cut, product
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.stack import HiddenWeights
from lipbridge.tighten.tighten import network_plans, replay_tightening

KINDS = ("relu", "leaky_relu", "abs", "gelu", "silu", "mish", "hardswish", "sin", "tanh")


def random_block(kind: str, sizes: tuple[int, int, int], beside: str, seed: int) -> HiddenBlock:
    n, k, m = sizes
    rng = np.random.default_rng(seed)

    def piece(name: str, rows: int, cols: int) -> Piece:
        floats = rng.standard_normal((rows, cols)).astype(np.float32)
        return Piece((linear_layer(name, cols, rows),), (ExactMatrix.from_floats(name, floats),))

    cls = layer_class(kind)
    activation = Piece((cls.build("act", (k,), cls.samples[0].arguments, ()),), ())
    return HiddenBlock(
        piece("u", k, n),
        activation,
        piece("v", m, k),
        beside=piece("a", m, n) if beside == "linear" else None,
    )


def linear_layer(name: str, cols: int, rows: int) -> Layer:
    weight = InlineTensor(tuple((Fraction(0),) * cols for _ in range(rows)))
    arguments = {"dimension": rows, "weight": weight}
    return layer_class("linear").build(name, (cols,), arguments, ())


def floats(matrix: ExactMatrix) -> np.ndarray[Any, Any]:
    return matrix.numerators.astype(float) / matrix.denominator


def linear_parts(block: HiddenBlock) -> tuple[np.ndarray[Any, Any], ...]:
    u, v = floats(block.inner.matrix), floats(block.outer.matrix)
    return u, v, block.added().astype(float) / block.beside_denominator


def bound(maps: BorderedMaps) -> float:
    return math.sqrt(maps.square(Fraction(*certified(maps.matrix).squared_constant)))


def steepest(block: HiddenBlock, seed: int, count: int = 60) -> float:
    """The largest ``‖A + V diag(s) U‖`` for slopes at the ends of the interval."""
    u, v, a = linear_parts(block)
    lo, hi, q = block.slopes
    rng = np.random.default_rng(seed)
    ends = rng.choice([lo / q, hi / q], size=(count, len(u)))
    return max(float(np.linalg.norm(a + (v * s) @ u, 2)) for s in ends)


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    sizes=st.tuples(*(st.integers(1, 6),) * 3),
    beside=st.sampled_from(["identity", "linear"]),
    seed=st.integers(0, 10**6),
)
def test_no_slope_is_above_the_bound(
    kind: str, sizes: tuple[int, int, int], beside: str, seed: int
) -> None:
    if beside == "identity":
        sizes = (sizes[0], sizes[1], sizes[0])
    block = random_block(kind, sizes, beside, seed)
    weights = find_border(block)
    assert weights is not None
    found = bound(border(block, weights))
    assert found >= steepest(block, seed) * (1 - 1e-12)
    u, v, a = linear_parts(block)
    sigma = [float(np.linalg.norm(x, 2)) for x in (u, v, a)]
    lo, hi, q = block.slopes
    assert found <= 1.002 * (max(hi, -lo) / q * sigma[0] * sigma[1] + sigma[2])


@pytest.mark.parametrize("sizes", [(4, 3, 2), (2, 3, 4), (3, 5, 3)])
@pytest.mark.parametrize("beside", ["identity", "linear"])
def test_the_matrix_is_exact(sizes: tuple[int, int, int], beside: str) -> None:
    if beside == "identity":
        sizes = (sizes[0], sizes[1], sizes[0])
    block = random_block("gelu", sizes, beside, 3)
    maps = border(block, HiddenWeights(((1, 2, 3, 4, 5)[: sizes[1]],), (7, 11, 13)))
    k = sizes[1]
    b = np.array(maps.matrix.integers, dtype=object)
    assert b.shape[0] >= b.shape[1]
    b = b if maps.odd_rows else b.T
    u, v = (x.matrix.numerators.astype(object) for x in (block.inner, block.outer))
    ones, c, kappas = (np.array(scale, dtype=object) for scale in maps.scales)
    assert (ones == 1).all() and len(set(kappas)) == 1
    assert (b[:k, :k] == 0).all()
    assert (b[:k, k:] == c[:, None] * u).all()
    assert (b[k:, :k] * c == kappas[:, None] * v).all()
    x, y = maps.corner
    joined = product("vu", block.outer.matrix, block.inner.matrix).numerators.astype(object)
    assert (b[k:, k:] == x * joined + y * block.added()).all()
    assert (x, y) == (
        13 * 100 * block.beside_denominator,
        13 * 2 * 100 * block.denominator // block.beside_denominator // 200,
    )


def test_one_unit_is_exact() -> None:
    """One hidden unit: the greater norm of A + hi·vu and A + lo·vu."""
    block = random_block("abs", (1, 1, 1), "identity", 5)
    weights = find_border(block)
    assert weights is not None
    assert bound(border(block, weights)) == pytest.approx(steepest(block, 0), rel=1e-3)


def test_a_norm_above_the_weights_is_refused() -> None:
    block = random_block("gelu", (3, 4, 2), "linear", 0)
    weights = find_border(block)
    assert weights is not None
    up, down, factor = weights.factors
    loose = border(block, HiddenWeights(weights.units, (up, down // 2, factor)))
    norm = Fraction(*certified(loose.matrix).squared_constant)
    assert not loose.fits(norm)
    with pytest.raises(ValueError, match="too large for its weights"):
        loose.square(norm)


@pytest.mark.parametrize(
    ("units", "factors"),
    [((1, 1), (1, 1, 1)), ((1, 1, 19), (1, 1, 1)), ((1, 1, 1), (1, 1)), ((1, 1, 1), (1, 0, 1))],
)
def test_weights_that_do_not_fit_are_refused(
    units: tuple[int, ...], factors: tuple[int, ...]
) -> None:
    assert UNIT % 19
    block = random_block("gelu", (2, 3, 2), "linear", 0)
    with pytest.raises(ValueError, match="bordered matrix"):
        border(block, HiddenWeights((units,), factors))


SPEC = """network n
input 2
residual {
  a: linear 3 weight = [[1, 2], [-1, 1], [2, -1]]
  gelu
  b: linear 2 weight = [[1, -1, 1], [1, 1, 0]]
}
sum {
  c: linear 2 weight = [[1, 1], [-1, 1/2]]
} {
  linear 2 weight = [[2, 1], [-1, 2]]
  relu
  d: linear 2 weight = [[1, 1], [-1, 1/2]]
}
"""


def test_blocks_of_a_body() -> None:
    job = load(SPEC)
    pieces = cut(job.network.body, job.tensors, merge=False)
    first, second = map(hidden_block, pieces)
    assert first is not None and first.beside is None
    assert second is not None and second.first
    assert second.beside is not None and second.beside.name == "c"
    tanh_only = load("network n\ninput 2\nresidual { tanh }\n")
    assert hidden_block(cut(tanh_only.network.body, tanh_only.tensors, merge=False)[0]) is None


def test_a_tampered_record_is_refused() -> None:
    job = load(SPEC)
    certificates = {
        slot.source: certified(job.tensors[slot.source])
        for _, slot in job.network.slots()
        if slot.certified
    }
    found = certify_tightening(job.network, job.tensors, certificates)
    assert {name: w.bordered for name, w in found.weights.items()} == {
        "gelu1": True,
        "relu1": True,
    }
    replay_tightening(job.network, job.tensors, certificates, found)
    # κ halved, and the certificate of the matrix that this makes: valid, but of no use.
    weights = found.weights["relu1"]
    up, down, factor = weights.factors
    changed = {
        **found.weights,
        "relu1": HiddenWeights(weights.units, (up, down // 2, factor)),
    }
    loose = dataclasses.replace(found, weights=changed)
    _, plans = network_plans(job.network, job.tensors, loose)
    matrices = {m.name: m for segment in plans["lipsdp"] for m in segment.matrices}
    loose = dataclasses.replace(
        loose, certificates={name: certified(matrix) for name, matrix in matrices.items()}
    )
    with pytest.raises(CertificateError, match="too large for its weights"):
        replay_tightening(job.network, job.tensors, certificates, loose)
    # Other weights with the old certificate.
    other = dataclasses.replace(loose, certificates=found.certificates)
    with pytest.raises(CertificateError):
        replay_tightening(job.network, job.tensors, certificates, other)
    strange = dataclasses.replace(found, weights={"gelu9": found.weights["gelu1"]})
    with pytest.raises(CertificateError, match="gelu9"):
        replay_tightening(job.network, job.tensors, certificates, strange)


def test_the_search_declines_what_it_cannot_do() -> None:
    wide, one = np.ones((1, MAX_ORDER + 1)), np.ones((1, 1))
    assert bordered_weights(LinearParts(one, wide.T, wide)) is None
    assert bordered_weights(LinearParts(one, 0 * one, one)) is None
    assert bordered_weights(LinearParts(np.inf * one, one, one)) is None
    assert bordered_weights(LinearParts(one, one, one, np.inf * one)) is None
    # D at most VᵀV: nothing is bounded.
    assert bordered_square(LinearParts(one, one, one), np.ones(1)) == math.inf


@pytest.mark.parametrize("inner", [1e160, 1e308, math.inf])
def test_numbers_beyond_float64_have_no_square(inner: float) -> None:
    parts = LinearParts(np.ones((1, 2)), np.full((2, 2), inner), np.full((1, 2), 1e-3))
    assert bordered_square(parts, np.ones(2)) == math.inf
