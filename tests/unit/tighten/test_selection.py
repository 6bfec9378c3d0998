"""Selections at points: the largest radius that constants certify, and what is refused."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction

import msgspec
import pytest

from lipbridge.certify import certified_square, certify_matrix
from lipbridge.errors import CertificateError, InputError, NotProvedError
from lipbridge.language import parse
from lipbridge.language.exact import branch_value, rational_rows
from lipbridge.language.network import Network
from lipbridge.language.stored import StoredVector, values_at
from lipbridge.tighten.search import certify_tightening
from lipbridge.tighten.selection import (
    Selections,
    certify_selections,
    difference_squares,
    refuse_selection,
    replay_selections,
)
from lipbridge.tighten.selection_at import DifferenceSquares
from lipbridge.tighten.tighten import layer_squares

LINEAR = (
    "network single input 2 w: linear 3 weight = [[3, 4], [0, 0], [-1, 1/3]] bias = [0, 1/2, 0]"
)
BLOCKS = "network grouped input 2 dot 4 keys = [[3, 4], [1, 0], [-1, 1/3], [2, 2]] block_max 2"
POINT = StoredVector((3, -1), 4)


def squares(network: Network) -> DifferenceSquares:
    tensors = network.written()
    certificates = {s: certify_matrix(tensors[s], slack=1e-9) for s in network.normed()}
    tightening = certify_tightening(network, tensors, certificates, selects=True)
    layers = layer_squares(network, certified_square(tensors, certificates))
    return difference_squares(network, tensors, layers, tightening)


def certified(text: str, point: StoredVector = POINT, top: int = 1) -> tuple[Network, Selections]:
    network = parse(text)
    found = certify_selections(network, network.written(), squares(network), [point], top)
    return network, found


def test_the_radius_of_a_linear_map_is_the_distance_to_a_tie() -> None:
    _, found = certified(LINEAR)
    # Scores 5/4, 1/2, -5/6: the first plane is 3x + 4y = 1/2, 3/20 away.
    (selection,) = found.points
    assert selection.selected == (0,)
    assert Fraction(15, 100) * (1 - Fraction(1, 10**9)) < selection.radius < Fraction(15, 100)
    assert selection.table


def test_the_radius_of_blocks_is_the_distance_to_a_tie() -> None:
    _, found = certified(BLOCKS, StoredVector((1, 0), 1))
    (selection,) = found.points
    # Keys (3, 4) and (2, 2) at (1, 0): the gap 1 closes at 1/√5.
    assert (selection.number, selection.selected, selection.best) == (1, (0,), (0,))
    assert 0 < Fraction(1, 5) - selection.radius**2 < Fraction(1, 10**9)


def test_nothing_within_the_radius_selects_otherwise() -> None:
    rng = random.Random(3)
    text = f"{LINEAR} relu linear 4 weight = [[1,2,0], [0,1,1], [5,0,-1], [1,1,1]]"
    network, found = certified(text, top=2)
    rows, (selection,) = rational_rows(network.written()), found.points
    for _ in range(300):
        step = [Fraction(rng.randint(-1000, 1000), 1000) for _ in range(2)]
        length = sum(v * v for v in step)
        # Shrunk into the ball: ‖step‖ ≤ length + 1.
        moved = tuple(
            x + selection.radius * v / (1 + length) for x, v in zip(POINT.vector, step, strict=True)
        )
        scores = branch_value(network.body, moved, rows)
        order = sorted(range(4), key=lambda i: -scores[i])
        assert tuple(sorted(order[:2])) == selection.selected


def test_what_is_recorded_replays_and_nothing_else() -> None:
    network, found = certified(LINEAR)
    known, (good,) = squares(network), found.points
    replay_selections(network, network.written(), known, found)
    for changed, reason in (
        (msgspec.structs.replace(good, selected=(1,)), r"selects \[0\], not \[1\]"),
        (msgspec.structs.replace(good, radius=good.radius * 2), "radius"),
        (msgspec.structs.replace(good, radius=Fraction(0)), "radius"),
        (msgspec.structs.replace(good, best=(1,)), "radius"),
        (msgspec.structs.replace(good, point=StoredVector((-3, 1), 4)), "selects"),
    ):
        with pytest.raises(CertificateError, match=reason):
            replay_selections(network, network.written(), known, Selections(1, (changed,)))
    without = DifferenceSquares(None, known.scores)
    with pytest.raises(CertificateError, match="no table"):
        replay_selections(network, network.written(), without, found)


TIES = "network ties input 2 linear 3 weight = [[1, 0], [1, 1], [0, 0]]"


def test_ties_certify_nothing() -> None:
    with pytest.raises(NotProvedError, match="scores 0 and 1 are equal"):
        certified(TIES, StoredVector((2, 0), 1))


def test_a_tied_point_does_not_keep_the_others_from_being_proved() -> None:
    network = parse(TIES)
    points = [StoredVector((2, 0), 1), StoredVector((2, 1), 1)]
    found = certify_selections(network, network.written(), squares(network), points, 1)
    (selection,) = found.points
    assert (selection.number, selection.selected) == (2, (1,))
    (note,) = found.notes
    assert note.startswith("point 1: scores 0 and 1 are equal")
    replay_selections(network, network.written(), squares(network), found)


def test_blocks_of_keys_have_the_radius_of_each_pair_of_keys() -> None:
    rng = random.Random(7)
    rows = [[rng.randint(-9, 9) for _ in range(3)] for _ in range(12)]
    text = f"""network turned input 2
    linear 3 weight = [[1, 2], [0, 1/2], [-1, 1]] gain gain = [1/4, 1, -2] offset = 1
    dot 12 keys = {rows} block_max 3"""
    network, known = parse(text), squares(parse(text))
    x = StoredVector((5, -3), 2)
    (selection,) = certify_selections(network, network.written(), known, [x], 2).points
    assert known.keys is not None
    scores = values_at(network, network.written(), x)[-2].value.vector
    rivals = [q for q in range(12) if q // 3 not in selection.selected]
    radii = [
        min((scores[p] - scores[q]) ** 2 / known.keys.pair(p, q) for q in rivals)
        for p in selection.best
    ]
    # The map is linear: δ² is the least squared distance to a tie with a best key.
    assert 0 < min(radii) - selection.radius**2 < Fraction(1, 10**9)
    for changed, reason in (
        (msgspec.structs.replace(selection, best=selection.best[::-1]), "radius"),
        (msgspec.structs.replace(selection, radius=selection.radius * 2), "radius"),
        (msgspec.structs.replace(selection, best=()), "radius"),
    ):
        with pytest.raises(CertificateError, match=reason):
            replay_selections(network, network.written(), known, Selections(2, (changed,)))


@pytest.mark.parametrize("keys", [-660, -300, 520, 1000])
@pytest.mark.parametrize("map_", [-500, 0, 520])
def test_the_radius_of_keys_does_not_depend_on_their_unit(keys: int, map_: int) -> None:
    k, w = (f"{2**e}" if e >= 0 else f"1/{2**-e}" for e in (keys, map_))
    text = (
        "network n input 1 linear 1 weight = [[{}]] dot 4 keys = [[{}], [{}], [0], [0]] block_max 2"
    )
    plain, scaled = (
        certified(text.format(*numbers), StoredVector((1,), 1), 1)[1].points[0]
        for numbers in (("1", "3", "1"), (w, f"{3 * Fraction(k)}", k))
    )
    assert (scaled.selected, scaled.best, scaled.radius) == (plain.selected, (0,), plain.radius)
    assert 0 < 1 - plain.radius < Fraction(1, 10**9)


def test_scores_beyond_float64_are_named() -> None:
    huge = "9" * 200
    text = f"network vast input 1 linear 1 weight = [[1/{huge}]] bias = [{huge}] "
    with pytest.raises(NotProvedError, match="beyond float64"):
        certified(f"{text} dot 2 keys = [[1], [2]] block_max 1", StoredVector((1,), 1))


@pytest.mark.parametrize(
    ("text", "top", "reason"),
    [
        (LINEAR, 3, "from 1 to 2"),
        (LINEAR, 0, "from 1 to 2"),
        ("network tiny input 2 softmax", 1, "softmax1"),
        ("network tiny norm maximum input 2 relu", 1, "has the norm maximum"),
        (
            "network tiny input q 2 norm <= 1 input k 2 x 2 norm <= 1 "
            "similarity { from q } { from k }",
            1,
            "several inputs",
        ),
    ],
)
def test_what_has_no_selection_is_refused(text: str, top: int, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        refuse_selection(parse(text), top)


def test_values_are_integers_over_tracked_denominators() -> None:
    text = (
        "network tiny input 2 x 2 linear 2 weight = [[1/3, 1], [0, 1/8]] bias = [1/5, 1] "
        "gain gain = [1/7, 2] offset = 1 residual { scale 1/3 } clamp low = -1/9 high = 20 "
        "concat { mean_pool } { max_pool leaky_relu 1/4 } hadamard"
    )
    network, x = parse(text), StoredVector((3, -7, 1, 2), 2)
    rows, value = rational_rows(network.written()), x.vector
    for at in values_at(network, network.written(), x):
        value = branch_value(dataclasses.replace(network.body, layers=(at.layer,)), value, rows)
        assert at.value.vector == value
        assert at.given.denominator % x.denominator == 0


def test_computed_scores_take_twice_their_error_off_the_gap() -> None:
    network = parse(LINEAR)
    known, tensors = squares(network), network.written()
    found = certify_selections(network, tensors, known, [POINT], 1, Fraction(1, 8))
    (selection,) = found.points
    # The gap 3/4 is 1/2 above twice the error, and changes by 5 a unit.
    assert selection.computed is not None
    assert Fraction(1, 10) * (1 - Fraction(1, 10**9)) < selection.computed < Fraction(1, 10)
    replay_selections(network, tensors, known, found)
    for changed in (selection.computed * 2, Fraction(0)):
        other = msgspec.structs.replace(selection, computed=changed)
        with pytest.raises(CertificateError, match="radius of computed scores"):
            replay_selections(network, tensors, known, dataclasses.replace(found, points=(other,)))
    with pytest.raises(NotProvedError, match="within twice the error"):
        certify_selections(network, tensors, known, [POINT], 1, Fraction(3, 8))


def test_a_gap_within_twice_the_error_keeps_what_holds_of_exact_scores() -> None:
    network = parse(LINEAR)
    known, tensors = squares(network), network.written()
    far = StoredVector(tuple(100 * entry for entry in POINT.entries), POINT.denominator)
    found = certify_selections(network, tensors, known, [POINT, far], 1, Fraction(3, 8))
    near, other = found.points
    assert near.computed is None
    assert near.radius == certify_selections(network, tensors, known, [POINT], 1).points[0].radius
    assert other.computed is not None
    (note,) = found.notes
    assert note.startswith("point 1: a gap at the boundary is within twice the error")
    replay_selections(network, tensors, known, found)
    unasked = dataclasses.replace(found, error=Fraction(0))
    with pytest.raises(CertificateError, match="radius of computed scores"):
        replay_selections(network, tensors, known, unasked)
