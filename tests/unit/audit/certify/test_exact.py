from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
import torch

from lipbridge.audit import Constants, StreamKey, TraceInfo, save_trace
from lipbridge.audit.certify.exact import step_competition
from lipbridge.audit.certify.export import step_record
from lipbridge.audit.certify.network import NetworkScores
from lipbridge.errors import CertificateError, InputError, NotProvedError
from lipbridge.language.place import Place


def test_exact_dot_products_of_recorded_numbers(trace, result):
    rows = result.rows.take((result.rows["layer"] == 1) & (result.rows["head"] == 1))
    for step in (0, 60, 119):
        data = step_competition(trace, Place(step, 1, head=1))
        assert data.exact_scores
        assert data.error == 0
        assert sorted(data.blocks[i] for i in data.selected) == sorted(
            rows["selected"][step].tolist()
        )
        # Without evaluation error the certified radius can only be larger.
        assert float(data.supremum) >= rows["radius_block"][step]


def test_recorded_scores_carry_their_error(trace, result):
    rows = result.rows.take((result.rows["layer"] == 0) & (result.rows["head"] == 0))
    data = step_competition(trace, Place(60), source="scores")
    assert not data.exact_scores
    assert data.error == Fraction(float(rows["error"][60]))
    assert float(data.supremum) == pytest.approx(rows["radius_block"][60], rel=1e-9)


def test_key_norms_are_rounded_up(trace):
    data = step_competition(trace, Place(3))
    from lipbridge.audit import TraceReader

    reader = TraceReader(trace)
    keys = reader.read(reader.plan(StreamKey(0, 0), 1 << 30)[0]).keys[0]
    for block, bound in zip(data.blocks, data.constants, strict=True):
        square = sum(Fraction(x) ** 2 for x in keys[block].tolist())
        assert square <= bound**2 <= square * (1 + Fraction(1, 2**58))


def test_a_tie_is_not_proved(tmp_path):
    held = {"queries": torch.zeros(1, 1, 2), "scores": torch.ones(1, 1, 4)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    with pytest.raises(NotProvedError, match="no radius is certified"):
        step_competition(tmp_path / "t.npz", Place(), lipschitz=1.0, error=0.0)


def test_nothing_to_lose_against_is_unbounded(tmp_path):
    held = {"queries": torch.zeros(1, 1, 2), "scores": torch.ones(1, 1, 2)}
    save_trace(tmp_path / "t.npz", TraceInfo(top_k=2), {StreamKey(0, 0): held})
    data = step_competition(tmp_path / "t.npz", Place(), lipschitz=1.0, error=0.0)
    assert data.supremum is None
    assert data.others == ()


def test_the_radius_of_a_record_is_just_below(trace):
    known = NetworkScores(Constants(), None, 1e-9)
    data = step_competition(trace, Place(60), error=1e-9, source="scores")
    found = step_record(trace, Place(60), known=known)
    delta = Fraction(found.delta, 2**found.delta_bits)
    assert data.supremum * (1 - Fraction(1, 2**51)) <= delta < data.supremum
    with pytest.raises(CertificateError, match="can change places"):
        msgspec.structs.replace(found, delta=found.delta + 2).replay()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step": 999}, "no step 999"),
        ({"step": 0, "layer": 9}, "no layer 9, sequence 0; layers there: 0"),
        ({"step": 0, "sequence": 9}, "no layer 0, sequence 9; sequences of that layer: 0"),
        ({"step": 0, "head": 5}, "heads 0 to 1"),
    ],
)
def test_places_that_are_not_there(trace, options, message):
    with pytest.raises(InputError, match=message):
        step_competition(trace, Place(**options))
