"""A recorded path as a theorem: exact, refused for the right reason, checked whole."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import torch
from hypothesis import given, settings, strategies as st

from lipbridge.audit.certify.export import path_record
from lipbridge.audit.trace.records import StreamKey, TraceInfo
from lipbridge.audit.trace.writing import save_trace
from lipbridge.certify.strict_json import record_to_json
from lipbridge.emit import read_export, recorded_project, write_folder
from lipbridge.emit.step.path import PathRecord
from lipbridge.errors import CertificateError, InputError, NotProvedError
from lipbridge.language.place import Place
from lipbridge.pipeline.lean import check_project
from tests.e2e.support import forge


def trace(folder: Path, seed: int = 0, steps: int = 12, **fields: torch.Tensor) -> Path:
    torch.manual_seed(seed)
    moves = torch.randn(steps + 1, 3) * (0.4 * 0.7 ** torch.arange(steps + 1))[:, None]
    held = {"queries": moves.cumsum(0)[:, None, :], "keys": torch.randn(5, 3), **fields}
    path = folder / f"trace{seed}.safetensors"
    save_trace(path, TraceInfo(top_k=2), {StreamKey(0, 0): held})
    return path


def selections(record: PathRecord) -> list[frozenset[int]]:
    """The best blocks at every query, by exact arithmetic."""
    found: list[frozenset[int]] = []
    for query in record.queries:
        scores = [sum(x * y for x, y in zip(query, key, strict=True)) for key in record.keys]
        order = sorted(range(len(scores)), key=lambda b: -scores[b])
        found.append(frozenset(order[: record.top_k]))
    return found


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1 << 16))
def test_brute_force_agrees(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """No certified step changes, and points drawn from the balls select the recorded blocks."""
    record = path_record(trace(tmp_path_factory.mktemp("t"), seed), Place(), 12)
    found = selections(record)
    generator = torch.Generator().manual_seed(seed)
    for t, lock in enumerate(record.locks):
        if lock is None:
            continue
        assert found[t] == found[t + 1] == frozenset(lock.selected)
        radius = lock.delta / 2**lock.delta_bits
        away = torch.randn(50, 3, generator=generator, dtype=torch.float64)
        query = torch.tensor(record.queries[t], dtype=torch.float64) / 2**record.bits
        points = query + 0.999 * radius * away / away.norm(dim=1, keepdim=True)
        keys = torch.tensor(record.keys, dtype=torch.float64)
        best = (points @ keys.T).topk(record.top_k).indices.sort().values
        assert (best == torch.tensor(sorted(lock.selected))).all()
    changes = sum(a != b for a, b in pairwise(found))
    assert changes <= len(record.locks) - record.certified
    # The rate: whatever contracts as the theorem asks is below κ^N ρ^b.
    rho, kappa = Fraction(1, 2), Fraction(2)
    e = Fraction(1)
    for t, lock in enumerate(record.locks):
        e *= rho if lock is not None or found[t] == found[t + 1] else kappa
    assert e <= kappa ** (len(record.locks) - record.certified) * rho**record.certified


def test_differences_certify_more_than_single_scores(tmp_path: Path) -> None:
    """What all keys have in common costs nothing."""
    keys = torch.randn(5, 3)
    near, far = (
        path_record(trace(tmp_path, 3, keys=keys + shift), Place(), 12) for shift in (0.0, 64.0)
    )
    assert near.certified == far.certified > 0
    with pytest.raises(InputError, match="2 of 2 blocks that compete are selected"):
        path_record(trace(tmp_path, 4, keys=keys[:2]), Place(), 3)


def test_a_record_is_read_back(tmp_path: Path) -> None:
    record = path_record(trace(tmp_path), Place(2), 9)
    assert PathRecord.read(record_to_json(record)) == record
    assert (record.place.step, len(record.locks)) == (2, 7)


def test_tampering_is_refused(tmp_path: Path) -> None:
    record = path_record(trace(tmp_path), Place(), 12)
    folder = tmp_path / "export"
    write_folder(folder, recorded_project(record).files)
    read_export(folder)
    at = next(t for t, lock in enumerate(record.locks) if lock is not None)
    lock = record.locks[at]
    assert lock is not None

    def refused(reason: str, **changed: object) -> None:
        fields = json.loads((folder / "path.json").read_text("utf-8")) | changed
        wrong = PathRecord.read(json.dumps(fields))
        with pytest.raises(CertificateError, match=reason):
            wrong.replay()

    locks = msgspec.to_builtins(record.locks)
    wide = {**locks[at], "delta": lock.delta * 99}
    refused("can change places", locks=[*locks[:at], wide, *locks[at + 1 :]])
    refused("outside its radius", locks=[*locks[:at], {**locks[at], "delta": 1}, *locks[at + 1 :]])
    refused("can change places", keys=[record.keys[0]] * len(record.keys))
    # Without its lock a step is free: a weaker statement, and other files than those beside it.
    text = (folder / "path.json").read_text("utf-8")
    freed = json.loads(text) | {"locks": [None, *locks[1:]]}
    forge(folder, "path.json", json.dumps(freed))
    with pytest.raises(CertificateError):
        read_export(folder)
    forge(folder, "path.json", text.replace('"step": 0', '"step": 1'))
    with pytest.raises(CertificateError):
        read_export(folder)
    for wrong in ({"locks": locks[1:]}, {"blocks": [0, 0, 1, 2, 3]}):
        with pytest.raises(CertificateError, match="do not fit together"):
            PathRecord.read(json.dumps(json.loads(text) | wrong))
    with pytest.raises(CertificateError, match="no step is certified, so it says nothing"):
        PathRecord.read(json.dumps(json.loads(text) | {"locks": [None] * len(locks)})).replay()


def test_what_cannot_be_a_path_is_refused(tmp_path: Path) -> None:
    whole = trace(tmp_path)
    with pytest.raises(InputError, match="from 4 to 4 has no step"):
        path_record(whole, Place(4), 4)
    with pytest.raises(InputError, match="step"):
        path_record(whole, Place(), 99)
    with pytest.raises(InputError, match="head 3; it has heads 0 to 0"):
        path_record(whole, Place(head=3), 4)
    mask = torch.ones(13, 5, dtype=torch.bool)
    mask[6:, 4] = False
    with pytest.raises(InputError, match="other blocks compete at step 6"):
        path_record(trace(tmp_path, 1, mask=mask), Place(), 12)
    parts = torch.tensor([0] * 6 + [1] * 7)
    with pytest.raises(InputError, match="another segment begins at step 6"):
        path_record(trace(tmp_path, 1, segments=parts), Place(), 12)
    slots = torch.tensor([[2]] * 6 + [[1]] * 7)
    with pytest.raises(InputError, match="another number of blocks is selected at step 6"):
        path_record(trace(tmp_path, 1, slots=slots), Place(), 12)
    with pytest.raises(InputError, match="0 of 0 blocks that compete are selected"):
        path_record(trace(tmp_path, 1, forced=torch.ones(5, dtype=torch.bool)), Place(), 12)
    other = torch.arange(5.0).expand(13, 1, 5)
    with pytest.raises(InputError, match="the recorded score of block 0 is 0, but query"):
        path_record(trace(tmp_path, 1, scores=other), Place(), 12)
    with pytest.raises(NotProvedError, match="no step from 0 to 3 is certified"):
        path_record(trace(tmp_path, 2, queries=torch.randn(4, 1, 3) * 99), Place(), 3)
    bare = tmp_path / "bare.safetensors"
    held = {"queries": torch.randn(3, 1, 2), "scores": torch.randn(3, 1, 4)}
    save_trace(bare, TraceInfo(top_k=1, lipschitz=1.0), {StreamKey(0, 0): held})
    with pytest.raises(InputError, match=r"has no keys.*record 'keys'"):
        path_record(bare, Place(), 2)


@pytest.mark.lean
def test_the_kernel_proves_it(tmp_path: Path) -> None:
    record = path_record(trace(tmp_path), Place(), 12)
    result = check_project(recorded_project(record))
    assert result.ok, result.failures
    assert [t.name for t in result.theorems] == [
        "RecordedPath.recorded_follows",
        "RecordedPath.path_rate",
    ]
    assert not any(t.axioms for t in result.theorems)
    # A radius that does not hold is refused by the kernel alone.
    at = next(t for t, lock in enumerate(record.locks) if lock is not None)
    wide = msgspec.structs.replace(record.locks[at], delta=record.locks[at].delta * 99)  # type: ignore[union-attr]
    wrong = msgspec.structs.replace(
        record, locks=(*record.locks[:at], wide, *record.locks[at + 1 :])
    )
    assert not check_project(recorded_project(wrong)).ok
