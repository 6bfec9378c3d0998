"""Pieces of a body, what is worth a theorem, and tightenings that do not hold."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from msgspec import structs

from lipbridge.certify import certified_square, certify_matrix
from lipbridge.errors import CertificateError
from lipbridge.language import Network, parse
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.pipeline.jobs import load
from lipbridge.tighten.claim import Facts
from lipbridge.tighten.claims.gained import (
    GainedBound,
    GainedProjections,
    find_gained,
    gained_branches,
    replay_gained,
)
from lipbridge.tighten.claims.scores import Scores
from lipbridge.tighten.plan import make_plan
from lipbridge.tighten.search import certify_tightening
from lipbridge.tighten.segments.pieces import chains, cut
from lipbridge.tighten.tables import score_tables
from lipbridge.tighten.tighten import (
    Tightening,
    layer_squares,
    replay_tightening,
)

SPEC = """
network n
input 3
a: linear 4 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1], [1, 1, 20]] bias = [1, 2, 3, 4]
b: linear 3 weight = [[1/2, -1, 2, 0], [0, 7, 1, 1], [5, -3, -1/4, 3]]
relu
c: linear 3 weight = [[3, -1, 2], [-2, 7, 1], [5, -3, -1]]
d: dot 2 keys = [[1, 2, 3], [0, 1, -1/3]]
"""


def job(text: str) -> tuple[Network, dict[TensorSource, ExactMatrix], dict[TensorSource, object]]:
    network = parse(text)
    tensors = {
        slot.source: ExactMatrix.from_fractions(f"{layer.name}.{slot.role}", slot.source.rows)
        for layer, slot in network.slots()
    }
    certificates = {source: certify_matrix(tensors[source]) for source in network.normed()}
    return network, tensors, certificates


def test_pieces_and_chains() -> None:
    network, tensors, _ = job(SPEC)
    pieces = cut(network.body, tensors, merge=True)
    assert [piece.name for piece in pieces] == ["b", "relu1", "d"]
    assert [piece.merged for piece in pieces] == [True, False, True]
    assert chains(pieces) == ((0, 3),)
    apart = cut(network.body, tensors, merge=False)
    assert [piece.name for piece in apart] == ["a", "b", "relu1", "c", "d"]
    assert chains(apart) == ((1, 4),)
    product = pieces[0].matrix
    a, b = (t.numerators.astype(object) for t in list(tensors.values())[0:3:2])
    assert (product.numerators.astype(object) == b.dot(a)).all()
    assert product.denominator == 4


def test_every_way_gains_and_replays() -> None:
    network, tensors, certificates = job(SPEC)
    found = certify_tightening(network, tensors, certificates)
    assert found.merged
    assert found.get(Scores) is not None
    assert set(found.scalings) == {"relu1"}
    assert set(found.weights) == {"relu1"}
    made = {"b_merged", "d_merged", "b_rescaled", "d_rescaled", "d_weighted"}
    assert set(found.certificates) == made
    replay_tightening(network, tensors, certificates, found)


@pytest.mark.parametrize(
    "text",
    [
        "network n input 2 linear 2 weight=[[1, 2], [3, 4]]",
        "network n input 2 linear 2 weight=[[1, 2], [3, 4]] relu",
        "network n input 2 linear 1 weight=[[1, 2]] relu",
        "network n input 2 linear 2 weight=[[1, 0], [0, 1]] relu linear 1 weight=[[1, 1]]",
    ],
)
def test_nothing_to_gain(text: str) -> None:
    found = certify_tightening(*job(text))
    assert not changed(found, claims={}).proves and found.claims.keys() <= {"points"}
    assert not found.notes


def test_a_block_of_tokens_is_left_alone() -> None:
    text = (
        "network n input 2 x 2 linear 2 weight=[[1, 2], [3, 4]] linear 1 weight=[[2, 1]] max_pool"
    )
    assert not certify_tightening(*job(text)).proves


def test_what_the_kernel_would_take_too_long_for_is_noted() -> None:
    rng = np.random.default_rng(0)
    rows = [[Fraction(int(n)) for n in row] for row in rng.integers(-9, 9, (400, 2))]
    text = ", ".join("[" + ", ".join(map(str, row)) + "]" for row in rows)
    found = certify_tightening(*job(f"network n input 2 relu linear 400 weight=[{text}]"))
    assert found.get(Scores) is None
    assert any("single scores" in note for note in found.notes)


def changed(found: Tightening, **changes: object) -> Tightening:
    return dataclasses.replace(found, **changes)  # type: ignore[arg-type]


def test_what_does_not_hold_is_refused() -> None:
    network, tensors, certificates = job(SPEC)
    found = certify_tightening(network, tensors, certificates)
    known = dict(found.certificates)

    def refused(bad: Tightening) -> str:
        with pytest.raises(CertificateError) as error:
            replay_tightening(network, tensors, certificates, bad)
        return str(error.value)

    other = (1, *found.scalings["relu1"][1:])
    assert "weights_sha256" in refused(changed(found, scalings={"relu1": other}))
    assert "no chain" in refused(changed(found, scalings={"relu9": other}))
    assert "units are needed" in refused(changed(found, scalings={"relu1": (1,)}))
    assert "unknown certificates" in refused(changed(found, merged=False, scalings={}))
    assert "missing" in refused(changed(found, certificates={}))
    lower = structs.replace(known["b_merged"], T=known["b_merged"].T // 2)
    assert "b_merged" in refused(changed(found, certificates=known | {"b_merged": lower}))


def test_weights_that_do_not_fit_are_refused() -> None:
    network, tensors, certificates = job(SPEC)
    found = certify_tightening(network, tensors, certificates)
    weights = found.weights["relu1"]

    def refused(name: str, **changes: object) -> str:
        other = {name: structs.replace(weights, **changes)}  # type: ignore[arg-type]
        with pytest.raises(CertificateError) as error:
            replay_tightening(network, tensors, certificates, changed(found, weights=other))
        return str(error.value)

    (units,), (first, second) = weights.units, weights.factors
    assert "weights_sha256" in refused("relu1", units=((1, *units[1:]),))
    assert "weights_sha256" in refused("relu1", factors=(first + 1, second))
    assert "no divisor" in refused("relu1", units=((19, *units[1:]),))
    assert "units are needed" in refused("relu1", units=(units[1:],))
    assert "units are needed" in refused("relu1", units=(units, units))
    assert "at least 1" in refused("relu1", factors=(first, 0))
    assert "one factor for each map" in refused("relu1", factors=(first,))
    assert "no chain" in refused("relu9")


def test_squares_of_layers() -> None:
    network, tensors, certificates = job(SPEC)
    squares = layer_squares(network, certified_square(tensors, certificates))
    assert squares["relu1"] == 1
    w = next(iter(tensors.values()))
    sigma = np.linalg.norm(w.numerators.astype(float), 2)
    assert math.sqrt(squares["a"]) == pytest.approx(sigma, rel=1e-5)


def test_tables_of_scores_are_least_and_never_below() -> None:
    matrix = ExactMatrix.from_fractions("m", [[3, 4], [Fraction(1, 2), 0], [0, 0]])
    before = Fraction(2, 9)
    tables = score_tables("n", matrix, before)
    d = tables.denominator
    for i, row in enumerate(matrix.integers):
        square = Fraction(sum(x * x for x in row), matrix.denominator**2) * before
        n = int(tables.scores.numerators[0, i])
        assert Fraction(n, d) ** 2 >= square
        assert n == 0 or Fraction(n - 1, d) ** 2 < square
        for j, other in enumerate(matrix.integers):
            gap = sum((x - y) ** 2 for x, y in zip(row, other, strict=True))
            square = Fraction(gap, matrix.denominator**2) * before
            n = int(tables.pairs.numerators[i, j])
            assert Fraction(n, d) ** 2 >= square
            assert n == 0 or Fraction(n - 1, d) ** 2 < square
    assert int(tables.pairs.numerators.max()).bit_length() > 38


def test_a_gain_after_a_linear_map_is_merged_with_it() -> None:
    text = """
network tiny
input 2
a: linear 2 weight = [[1, 2], [3, -1]]
g: gain gain = [1/2, -2] offset = 1
b: dot 1 keys = [[1, 4]]
"""
    network, tensors, _ = job(text)
    (piece,) = cut(network.body, tensors, merge=True)
    # (1, 4) diag(3/2, -1) [[1, 2], [3, -1]], over 2.
    assert [piece.matrix.entry(0, j) for j in range(2)] == [Fraction(-21, 2), 7]
    assert len(cut(network.body, tensors, merge=False)) == 3


def test_a_gain_that_follows_no_linear_map_stays() -> None:
    network, tensors, _ = job("network tiny input 2 gain gain = [1, 2] linear 1 weight = [[1, 1]]")
    assert len(cut(network.body, tensors, merge=True)) == 2


@pytest.mark.parametrize(
    ("constant", "said"), [("σ₁ + 1", "(σ₁ + 1)"), ("sqrt(σ₁ + 1)", "sqrt(σ₁ + 1)"), ("1", "")]
)
def test_a_sum_is_a_factor_in_parentheses(constant: str, said: str) -> None:
    job = load("network block\ninput 2\nresidual { linear 2 weight=[[1, 0], [2, 1]] relu }")
    segment = make_plan(cut(job.network.body, job.tensors, merge=False))[0]
    assert segment.symbol({"residual1": constant}, iter(())) == said


PRODUCT = """
network n
input query 4
input keys 4 x 2
s: similarity {
  from query
  a: linear 2 weight = [[3, 1, 2, 0], [1, 3, 0, 1/2]]
  g: gain gain = [1, 5]
} {
  from keys
  rms_norm gain = [1, 1] eps = 1
}
"""


def test_a_gain_in_a_branch_is_bounded_with_the_projection_before_it() -> None:
    network, tensors, certificates = job(PRODUCT)
    found = certify_tightening(network, tensors, certificates)
    branches = gained_branches(Facts(network, tensors, certificates, ()))
    claim = found.get(GainedProjections)
    assert claim is not None and set(claim.bounds) == {"s"}
    branch, bound = branches["s"], claim.bounds["s"]
    assert branch.part.name == "query"
    gained = np.array([[3, 1, 2, 0], [5, 15, 0, 2.5]])
    root, square = branch.constants(bound)
    assert float(root) == pytest.approx(np.linalg.norm(gained, 2), rel=2e-6)
    assert root**2 >= branch.map.square(bound) > Fraction(np.linalg.norm(gained, 2) ** 2)
    assert float(branch.before.constant) == pytest.approx(5 * np.linalg.norm(gained.T / [1, 5], 2))
    assert square < branch.product.square
    replay_tightening(network, tensors, certificates, found)


@pytest.mark.parametrize("gains", ["[1, 1000]", "[0, 2]", "[1/1024, 0]", "[-3, 3]"])
def test_any_gain_has_a_bound_just_above_the_norm(gains: str) -> None:
    network, tensors, certificates = job(PRODUCT.replace("[1, 5]", gains))
    branches = gained_branches(Facts(network, tensors, certificates, ()))
    branch = branches["s"]
    bound = find_gained(branch.map, certificates[branch.map.source])
    assert bound is not None
    weights = np.array(branch.map.gains) / branch.map.denominator
    norm = np.linalg.norm(weights[:, None] * np.array([[3, 1, 2, 0], [1, 3, 0, 0.5]]), 2)
    assert norm**2 <= branch.map.square(bound) * Fraction(1 + 1e-12)
    assert float(branch.map.square(bound)) == pytest.approx(norm**2, rel=0.1)
    replay_gained(branch, bound)


def test_merged_maps_that_are_not_there_are_refused() -> None:
    network, tensors, certificates = job("network n input 2 linear 1 weight = [[1, 2]] relu")
    claimed = Tightening(merged=True, scalings={}, certificates={})
    with pytest.raises(CertificateError, match="merged: no linear maps stand beside each other"):
        replay_tightening(network, tensors, certificates, claimed)


def test_gained_projections_that_are_not_proved_are_refused() -> None:
    network, tensors, certificates = job(PRODUCT)
    found = certify_tightening(network, tensors, certificates)
    claim = found.get(GainedProjections)
    assert claim is not None
    bound = claim.bounds["s"]

    def replay(name: str, other: GainedBound) -> None:
        bad = changed(found, claims={"gained": GainedProjections({name: other})})
        replay_tightening(network, tensors, certificates, bad)

    with pytest.raises(CertificateError, match="'t' has no gained projection"):
        replay("t", bound)
    for wrong in (
        structs.replace(bound, bound=bound.bound // 2),
        structs.replace(bound, scale=2 * bound.scale),
        structs.replace(bound, cap=bound.cap // 8),
        structs.replace(bound, cap=2 * bound.cap),
        structs.replace(bound, scale=0),
    ):
        with pytest.raises(CertificateError, match="s_gained"):
            replay("s", wrong)
