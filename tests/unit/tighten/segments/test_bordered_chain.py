"""LipSDP of chains with slopes in intervals: never below a slope, exact, near the optimum."""

from __future__ import annotations

import dataclasses
import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from lipbridge.certify import certified
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import layer_class
from lipbridge.pipeline.jobs import load
from lipbridge.tighten.plan import borderable, make_plan, plan_symbol
from lipbridge.tighten.search import certify_tightening
from lipbridge.tighten.segments.border_search import find_chain
from lipbridge.tighten.segments.bordered_chain import (
    ChainMaps,
    HiddenChain,
    border_chain,
    hidden_chain,
)
from lipbridge.tighten.segments.pieces import Piece, cut
from lipbridge.tighten.segments.rescale import UNIT
from lipbridge.tighten.segments.segment import Bordered
from lipbridge.tighten.segments.stack import HiddenWeights, find_weights, stack
from lipbridge.tighten.tighten import network_plans, replay_tightening
from tests.unit.tighten.segments.test_bordered import KINDS, linear_layer


def random_chain(kinds: list[str], sizes: list[int], seed: int) -> HiddenChain:
    rng, pieces = np.random.default_rng(seed), list[Piece]()
    for index, (cols, rows) in enumerate(itertools.pairwise(sizes)):
        floats = rng.standard_normal((rows, cols)).astype(np.float32)
        layer = linear_layer(f"w{index}", cols, rows)
        pieces.append(Piece((layer,), (ExactMatrix.from_floats(layer.name, floats),)))
        if index < len(kinds):
            cls = layer_class(kinds[index])
            act = cls.build(f"act{index}", (rows,), cls.samples[0].arguments, ())
            pieces.append(Piece((act,), ()))
    chain = hidden_chain(pieces)
    assert chain is not None
    return chain


def bound(maps: ChainMaps) -> float:
    return math.sqrt(maps.square(Fraction(*certified(maps.matrix).squared_constant)))


def steepest(chain: HiddenChain, seed: int, count: int = 60) -> float:
    """The largest norm of the chain with each slope at an end of its interval."""
    rng, best = np.random.default_rng(seed), 0.0
    first, *rest = (matrix.floats for matrix in chain.matrices)
    for _ in range(count):
        jacobian = first
        for w, (lo, hi, q) in zip(rest, chain.slopes, strict=True):
            jacobian = (w * rng.choice([lo / q, hi / q], size=w.shape[1])) @ jacobian
        best = max(best, float(np.linalg.norm(jacobian, 2)))
    return best


@settings(max_examples=25, deadline=None)
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
    sizes=st.lists(st.integers(1, 5), min_size=5, max_size=5),
    seed=st.integers(0, 10**6),
)
def test_no_slope_is_above_the_bound(kinds: list[str], sizes: list[int], seed: int) -> None:
    chain = random_chain(kinds, sizes[: len(kinds) + 2], seed)
    weights = find_chain(chain)
    assert weights is not None
    found = bound(border_chain(chain, weights))
    assert found >= steepest(chain, seed) * (1 - 1e-12)
    norms = [float(np.linalg.norm(matrix.floats, 2)) for matrix in chain.matrices]
    most = [max(hi, -lo) / q for lo, hi, q in chain.slopes]
    assert found <= 1.02 * math.prod(norms) * math.prod(most)


@pytest.mark.parametrize("sizes", [(4, 3, 2, 2), (2, 3, 2, 4)])
@pytest.mark.parametrize("kinds", [("gelu", "silu"), ("sin", "gelu")])
def test_the_matrix_is_exact(kinds: tuple[str, str], sizes: tuple[int, ...]) -> None:
    chain = random_chain(list(kinds), list(sizes), 3)
    units = ((1, 2, 3), (4, 5))
    maps = border_chain(chain, HiddenWeights(units, (7, 11, 13, 17, 19, 23)))
    b = np.array(maps.matrix.integers, dtype=object)
    assert b.shape[0] >= b.shape[1]
    b = b if maps.odd_rows else b.T
    w1, w2, w3 = (matrix.numerators.astype(object) for matrix in chain.matrices)
    n, (e1, e2) = sizes[0], (np.array(e, dtype=object) for e in units)
    first = 13 * w2 @ w1 if kinds[0] == "gelu" else 0 * w2 @ w1
    second = np.hstack([first, 11 * w2 * (UNIT // e1)])
    third = np.hstack([23 * w3 @ second, 19 * w3 * (UNIT // e2)])
    assert (b[:3, :n] == 7 * e1[:, None] * w1).all() and (b[:3, n:] == 0).all()
    assert (b[3:5, : n + 3] == 17 * e2[:, None] * second).all() and (b[3:5, n + 3 :] == 0).all()
    assert (b[5:] == third).all()
    # What the kernel checks: a layer's own block, and what lies before it.
    rows = [0, 3, 5, 5 + sizes[3]]
    for index, w in enumerate((w2, w3)):
        wide, low, high = n + rows[index], rows[index + 1], rows[index + 2]
        own = b[low:high, wide : wide + w.shape[1]]
        before, after = (np.array(s, dtype=object) for s in maps.scales[index + 1 : index + 3])
        assert (own * before == after[:, None] * w).all()
        joined = np.array(maps.joined[index].integers, dtype=object)
        joined = joined if maps.odd_rows else joined.T
        assert (joined == own @ b[rows[index] : low, :wide]).all()
        a, e = maps.steps[index].fill
        assert (e * b[low:high, :wide] == a * joined).all()
        step, (lo, hi, _) = maps.steps[index], chain.slopes[index]
        assert a * step.known * step.row == e * step.rest * (lo + hi)
    assert set(maps.scales[-1]) == {maps.scales[-1][0]} and set(maps.scales[0]) == {1}


@pytest.mark.parametrize("sizes", [(5, 7, 3), (4, 6, 5, 3), (3, 5, 4, 5, 4)])
def test_rising_chains_have_the_optimum_of_the_stack(sizes: tuple[int, ...]) -> None:
    """For slopes in [0, 1] both are LipSDP-Neuron."""
    chain = random_chain(["relu"] * (len(sizes) - 2), list(sizes), 1)
    weights, other = find_chain(chain), find_weights(chain.matrices)
    assert weights is not None and other is not None
    stacked = stack(chain.matrices, other, "b")
    norm = Fraction(*certified(stacked.matrix).squared_constant)
    square = stacked.square(norm, [Fraction(1)] * (len(sizes) - 2))
    # The stack's search is of first order, and may stop before its optimum.
    assert 0.97 <= bound(border_chain(chain, weights)) / math.sqrt(square) <= 1.001


def test_the_whole_is_better_than_its_parts() -> None:
    chain = random_chain(["gelu", "gelu"], [6, 8, 6, 4], 2)
    weights = find_chain(chain)
    first = hidden_chain(chain.pieces[:3])
    assert weights is not None and first is not None
    alone = find_chain(first)
    assert alone is not None
    last = float(np.linalg.norm(chain.matrices[-1].floats, 2))
    cut_bound = bound(border_chain(first, alone)) * 1.13 * last
    assert steepest(chain, 0) <= bound(border_chain(chain, weights)) < 0.9 * cut_bound


@pytest.mark.parametrize("place", [2, 5])
def test_a_norm_above_the_weights_is_refused(place: int) -> None:
    chain = random_chain(["gelu", "sin"], [3, 4, 3, 2], 0)
    weights = find_chain(chain)
    assert weights is not None
    factors = list(weights.factors)
    factors[place] *= 2
    loose = border_chain(chain, HiddenWeights(weights.units, tuple(factors)))
    norm = Fraction(*certified(loose.matrix).squared_constant)
    assert not loose.fits(norm)
    with pytest.raises(ValueError, match="too large for its weights"):
        loose.square(norm)


@pytest.mark.parametrize(
    ("units", "factors"),
    [
        (((1, 1), (1, 1)), (1,) * 6),
        (((1, 1, 19), (1, 1)), (1,) * 6),
        (((1, 1, 1),), (1,) * 3),
        (((1, 1, 1), (1, 1)), (1, 1, 1, 1, 0, 1)),
    ],
)
def test_weights_that_do_not_fit_are_refused(
    units: tuple[tuple[int, ...], ...], factors: tuple[int, ...]
) -> None:
    chain = random_chain(["gelu", "gelu"], [2, 3, 2, 2], 0)
    with pytest.raises(ValueError, match="bordered chain"):
        border_chain(chain, HiddenWeights(units, factors))


SPEC = """network n
input 2
a: linear 3 weight = [[1, 2], [-1, 1], [2, -1]]
relu
b: linear 2 weight = [[1, -1, 1], [1, 1, 0]]
gelu
c: linear 3 weight = [[1, 2], [-1, 1], [2, -1]]
silu
d: linear 2 weight = [[1, -1, 1], [1, 1, 0]]
"""


def test_chains_of_a_body() -> None:
    job = load(SPEC)
    pieces = cut(job.network.body, job.tensors, merge=False)
    assert borderable(pieces) == ((0, 7),)
    # Rising slopes alone are stacked, absolute values alone are scaled.
    for kind in ("relu", "abs"):
        text = SPEC.replace("gelu", kind).replace("silu", kind).replace("relu", kind)
        other = load(text)
        assert borderable(cut(other.network.body, other.tensors, merge=False)) == ()
    assert hidden_chain(pieces[:2]) is None and hidden_chain(pieces[1:4]) is None


def test_a_tampered_record_is_refused() -> None:
    job = load(SPEC)
    certificates = {
        slot.source: certified(job.tensors[slot.source])
        for _, slot in job.network.slots()
        if slot.certified
    }
    found = certify_tightening(job.network, job.tensors, certificates)
    (name, weights), *others = found.weights.items()
    assert (name, weights.bordered, others) == ("relu1", True, [])
    replay_tightening(job.network, job.tensors, certificates, found)
    _, plans = network_plans(job.network, job.tensors, found)
    (segment,) = plans["lipsdp"]
    assert isinstance(segment, Bordered)
    words = plan_symbol(plans["lipsdp"], {})
    assert words.startswith("σ([[D₁·a, 0, 0, 0], [1/2·D₂·b·a, r₁·D₂·b·D₁⁻¹, 0, 0], ")
    assert words.endswith("1/4·r₁·d·c·b·D₁⁻¹, 1/2·r₂·d·c·D₂⁻¹, r₃·d·D₃⁻¹]])")
    assert make_plan(segment.pieces, None, found.weights) == plans["lipsdp"]
    # A factor doubled, and the certificate of the matrix that this makes: valid, but of no use.
    factors = (*weights.factors[:5], 2 * weights.factors[5], *weights.factors[6:])
    changed = {name: HiddenWeights(weights.units, factors)}
    loose = dataclasses.replace(found, weights=changed)
    _, plans = network_plans(job.network, job.tensors, loose)
    matrices: dict[str, Any] = {m.name: m for s in plans["lipsdp"] for m in s.matrices}
    kept = {key: found.certificates[key] for key in found.certificates.keys() - matrices.keys()}
    loose = dataclasses.replace(
        loose, certificates={**kept, **{key: certified(m) for key, m in matrices.items()}}
    )
    with pytest.raises(CertificateError, match="too large for its weights"):
        replay_tightening(job.network, job.tensors, certificates, loose)
    # Other weights with the old certificate.
    with pytest.raises(CertificateError):
        replay_tightening(
            job.network, job.tensors, certificates, dataclasses.replace(found, weights=changed)
        )
    # As many layers as the chain does not have.
    longer = HiddenWeights((*weights.units, (1, 1)), (*weights.factors, 1, 1, 1))
    with pytest.raises(CertificateError, match="three factors"):
        replay_tightening(
            job.network,
            job.tensors,
            certificates,
            dataclasses.replace(found, weights={name: longer}),
        )
