from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from msgspec.structs import replace

from lipbridge.audit import audit_trace
from lipbridge.audit.certify.export import step_record
from lipbridge.certify.strict_json import record_to_json
from lipbridge.emit import recorded_project
from lipbridge.emit.step import record as step_record_module
from lipbridge.emit.step.record import StepRecord, StoredVectors
from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.language.place import Place
from tests.reference.synthetic_trace import synthetic_trace

RECORD = StepRecord(
    trace="t.safetensors",
    trace_sha256="",
    place=Place(3, head=0),
    blocks=(1, 4),
    scores=(24, -24),
    score_bits=2,
    constants=(),
    constant_bits=0,
    error=0,
    selected=(0,),
    delta=11,
    delta_bits=1,
    vectors=StoredVectors(bits=1, query=(12,), keys=((2,), (-2,))),
)
"""Query 6, keys 1 and -1: scores 6 and -6, ‖k_1 − k_4‖ = 2, radius 11/2 (below 6)."""
SINGLE = {"constants": (4, 4), "constant_bits": 2}
"""The constants 1 of the scores, where they are what is compared."""


@pytest.fixture(scope="module")
def trace(tmp_path_factory):
    path = tmp_path_factory.mktemp("step") / "t.safetensors"
    synthetic_trace(path, seed=5, layers=1, heads=2, steps=30, blocks=10, width=4, top_k=3)
    return path


def certified(trace, **options):
    for step in range(30):
        try:
            return step_record(trace, Place(step, head=0), **options)
        except NotProvedError:
            continue
    raise AssertionError("no step is certified")


def test_a_good_record_passes_and_the_radius_is_sharp():
    RECORD.replay()
    with pytest.raises(CertificateError, match="blocks 1 and 4 can change places"):
        replace(RECORD, delta=12).replay()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"scores": (28, -24)}, "score of block 1 is not"),
        ({"score_bits": 3}, "square of the keys' denominator"),
        ({"selected": (1,)}, "can change places"),
        ({"error": 1}, "square of the keys' denominator"),
    ],
)
def test_mutated_records_are_refused(change, reason):
    with pytest.raises(CertificateError, match=reason):
        replace(RECORD, **change).replay()


def test_constants_below_the_lengths_of_many_keys_are_refused(monkeypatch):
    monkeypatch.setattr(step_record_module, "_MOST_ENTRIES", 0)
    replace(RECORD, **SINGLE).replay()
    with pytest.raises(CertificateError, match="constant of block 4 is below"):
        replace(RECORD, **{**SINGLE, "constants": (4, 3)}).replay()


def test_recorded_scores_use_the_rule_with_four_errors():
    without = replace(RECORD, vectors=None, delta=10, **SINGLE)
    without.replay()
    # gap 48 − 4e over 4 must exceed 2·1·δ = 10: e = 1 leaves 11, e = 2 leaves 10.
    replace(without, error=1).replay()
    with pytest.raises(CertificateError, match="4e"):
        replace(without, error=2).replay()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"scores": [10**1000, -24]}, "step.json: a number beyond those that float64 has"),
        ({"delta": 10**1000}, "step.json: a number beyond those that float64 has"),
        ({"error": 10**1000}, "step.json: a number beyond those that float64 has"),
        ({"constants": [4, 10**1000]}, "step.json: a number beyond those that float64 has"),
        ({"vectors": {"bits": 1, "query": [10**1000], "keys": [[2], [-2]]}}, "beyond those"),
        ({"blocks": [1, 10**1000]}, r"Expected `int` <= 9007199254740991 - at `\$.blocks"),
        ({"place": {"step": 10**1000}}, r"Expected `int` <= 9007199254740991 - at `\$.place.step"),
    ],
)
def test_numbers_that_nobody_records_are_refused(change, reason):
    with pytest.raises(CertificateError, match=reason):
        StepRecord.read(json.dumps(json.loads(record_to_json(RECORD)) | change))


def test_json_round_trip_and_refusals():
    assert StepRecord.read(record_to_json(RECORD)) == RECORD
    good = json.loads(record_to_json(RECORD))
    for change in (
        {"delta": -1},
        {"scores": [1]},
        {"constants": [4, 4]},
        {"scores": [1, 2.5]},
        {"score_bits": True},
        {"constant_bits": 1 << 40},
        {"selected": [0, 0]},
        {"selected": [2]},
        {"version": 1},
        {"vectors": {"bits": 1, "query": [1, 2], "keys": [[1], [2]]}},
        {"vectors": []},
        {"extra": 1},
        {"trace": 7},
        {"trace_sha256": "-/ axiom a : False /-"},
        {"place": {"step": 3, "layer": "0", "sequence": 0, "head": 0}},
        {"place": 3},
    ):
        with pytest.raises(CertificateError):
            StepRecord.read(json.dumps(good | change))
    for text in ("[]", "{", "[" * 100_000):
        with pytest.raises(CertificateError):
            StepRecord.read(text)


def test_a_record_from_a_trace_has_exact_scores_and_a_radius_nothing_escapes(trace):
    record = certified(trace)
    vectors = record.vectors
    assert vectors is not None
    unit = Fraction(1, 1 << vectors.bits)
    query = [x * unit for x in vectors.query]
    keys = [[x * unit for x in key] for key in vectors.keys]
    delta = Fraction(record.delta, 1 << record.delta_bits)
    generator = random.Random(0)
    for _ in range(50):
        step = [Fraction(generator.gauss(0, 1)) for _ in query]
        # ‖step‖ ≤ Σ|step_i|, so this stays within the radius.
        length = sum(abs(x) for x in step)
        moved = [q + x * delta / length for q, x in zip(query, step, strict=True)]
        scores = [sum(q * k for q, k in zip(moved, key, strict=True)) for key in keys]
        best = sorted(range(len(keys)), key=lambda p: -scores[p])[: len(record.selected)]
        assert sorted(best) == list(record.selected)


def test_a_given_error_makes_it_a_theorem_about_computed_scores(trace):
    record = certified(trace, known=None)
    assert record.vectors is not None
    from lipbridge.audit import Constants
    from lipbridge.audit.certify.network import NetworkScores

    known = NetworkScores(Constants(uniform=3.0), None, 2.0**-12)
    given = certified(trace, known=known)
    assert given.vectors is None
    assert Fraction(given.error, 1 << given.score_bits) == Fraction(1, 1 << 12)
    names = [theorem.name for theorem in recorded_project(given).theorems]
    assert names == [
        "SelectionStep.selection_stable",
        "SelectionStep.computed_selection_stable",
    ]


def test_rendering_is_repeatable_and_holds_the_numbers(monkeypatch):
    project = recorded_project(RECORD)
    assert project.files == recorded_project(RECORD).files
    text = project.files["SelectionStep/Theorem.lean"]
    assert "Lock.mk (.cons 0 .nil) 11 2" in text
    (theorem,) = project.theorems
    assert "WithinRatio 1 (ofNat 11) (ofNat 2)" in theorem.statement
    assert "sorry" in recorded_project(RECORD, stubs=True).files["SelectionStep/Theorem.lean"]
    # Of many keys the lengths of the keys themselves are compared.
    monkeypatch.setattr(step_record_module, "_MOST_ENTRIES", 0)
    project = recorded_project(replace(RECORD, **SINGLE))
    data = project.files["SelectionStep/Data/Recorded.lean"]
    assert "⟨Int.ofNat 24, 4, .chosen⟩" in data
    assert "⟨Int.negSucc 23, 4, .rejected⟩" in data
    assert "Step.mk 1 4 4 11 2 0 0" in data
    (other,) = project.theorems
    assert theorem.summary == other.summary


def test_the_radius_is_that_of_the_audit_and_paths(trace):
    audited = audit_trace(trace).rows
    found = 0
    for step, head, radius in zip(audited["step"], audited["head"], audited["radius"], strict=True):
        try:
            record = step_record(trace, Place(int(step), head=int(head)))
        except NotProvedError:
            assert radius <= 0
            continue
        assert record.lock is not None
        # Both are by ‖k_i − k_j‖; the audit takes the rounding of the scores off.
        assert radius <= record.lock.radius <= 1.01 * radius
        found += 1
    assert found > 10


def test_long_lists_are_cut_in_pieces():
    count = 200
    record = replace(
        RECORD,
        vectors=None,
        blocks=tuple(range(count)),
        scores=(100, *([-100] * (count - 1))),
        constants=(4,) * count,
        constant_bits=2,
    )
    data = recorded_project(record).files["SelectionStep/Data/Recorded.lean"]
    assert data.count("def blocks") == 4
    assert data.index("def blocks3 ") < data.index("def blocks0 ")
    assert data.count("rejected⟩") == count - 1


def test_rows_blocks_and_premises_are_told():
    """Rows and blocks beside one another, and of premises where they come from."""
    record = replace(RECORD, forced=(0, 3))
    (theorem,) = recorded_project(record).theorems
    assert theorem.summary.endswith("than 1 (selected by position, and so always: 0, 3)")
    text = " ".join(recorded_project(record).files["SelectionStep/Theorem.lean"].split())
    assert "the rows 0, those of the blocks 1 of the trace" in text
    given = {"vectors": None, "constants": (4, 5), "constant_bits": 1, "constants_of": "given"}
    family = replace(record, **given, given=3, scores_of="trace")
    (theorem,) = recorded_project(family).theorems
    assert "the constant 1.5 that was given (not certified) and the recorded value" in (
        theorem.summary
    )
    spec = replace(family, given=None, constants_of="spec", scores_of="spec")
    (theorem,) = recorded_project(spec).theorems
    assert "recorded" not in theorem.summary
    assert "`lipbridge run SPEC --weights F --at POINT`" in theorem.summary
    # What is told to be given may not be more than what the theorem presupposes.
    for changed in ({"given": 5}, {"given": None}, {"forced": (1,)}):
        with pytest.raises(CertificateError, match="do not fit together"):
            StepRecord.read(record_to_json(replace(family, **changed)))


@pytest.mark.parametrize("vectors", [RECORD.vectors, None])
def test_file_names_cannot_leave_a_docstring(vectors):
    single = {} if vectors else SINGLE
    record = replace(RECORD, trace="x -/ axiom a : False /-.npz", vectors=vectors, **single)
    name = "Theorem" if vectors else "Data/Recorded"
    text = recorded_project(record).files[f"SelectionStep/{name}.lean"]
    assert r"x -\u{2f} axiom a \u{3a} False \u{2f}-.npz" in text
    assert text.count("-/") == text.count("/-")
