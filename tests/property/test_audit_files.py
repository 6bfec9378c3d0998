"""Audits of traces of several files against brute force in exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace, summarize
from lipbridge.audit.rows import Rows
from lipbridge.errors import TraceError

DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
# Of entries, by how they are drawn: ties, common sizes, float16 that underflows, long ranges.
DRAWN = {
    "eighths": lambda random: random.randint(-12, 12) / 8,
    "normal": lambda random: random.gauss(0, 1),
    "tiny": lambda random: random.gauss(0, 3e-4),
    "mixed": lambda random: random.gauss(0, 1) * 10 ** random.uniform(-8, 2),
}

Vector = tuple[Fraction, ...]


class Row(NamedTuple):
    """One head at one step: the query, the keys of its file, and what competes."""

    query: Vector
    keys: list[Vector]
    competes: list[int]
    slots: int
    segment: int

    def gap(self, i: int, j: int) -> Fraction:
        return sum(
            (q * (a - b) for q, a, b in zip(self.query, self.keys[i], self.keys[j], strict=True)),
            Fraction(0),
        )

    def apart(self, i: int, j: int) -> Fraction:
        return square(self.keys[i], self.keys[j])


def square(a: Vector, b: Vector) -> Fraction:
    return sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), Fraction(0))


def exact(row: Tensor) -> Vector:
    return tuple(map(Fraction, row.double().tolist()))


def recorded(random: Random) -> tuple[TraceInfo, list[dict[str, Tensor]]]:
    """Files of a stream; keys and numbers of blocks change where another begins."""
    draw = DRAWN[random.choice(list(DRAWN))]
    width, heads, blocks = random.randint(1, 3), random.randint(1, 2), random.randint(2, 5)

    def drawn(*shape: int) -> Tensor:
        flat = [draw(random) for _ in range(math.prod(shape))]
        return torch.tensor(flat, dtype=torch.float64).reshape(shape)

    info = TraceInfo(top_k=random.randint(1, 3))
    scored, masked, slotted = (random.random() < 0.4 for _ in range(3))
    stored, stride = random.choice(DTYPES), random.choice((1e-4, 0.05, 1.0))
    keys, query, files = drawn(heads, blocks, width), drawn(1, heads, width), []
    for segment in [random.randint(0, 2) for _ in range(random.randint(2, 5))]:
        if random.random() < 0.5:
            keys = torch.cat([keys, drawn(heads, random.randint(0, 2), width)], dim=1)
        elif random.random() < 0.5:
            keys = drawn(heads, random.randint(2, 5), width)
        steps = random.choice((0, 1, 1, 3))
        moved = torch.cumsum(stride * drawn(steps, heads, width), 0)
        held = {
            "queries": (query + moved).to(random.choice(DTYPES)),
            "keys": keys.to(random.choice(DTYPES)),
            "segments": torch.full((steps,), segment),
        }
        keys, query = held["keys"].double(), torch.cat([query, query + moved])[-1:]
        shape = steps, heads, keys.shape[1]
        if scored:
            sums = torch.float64 if stored == torch.float64 else torch.float32
            pair = held["queries"].to(sums), held["keys"].to(sums)
            held["scores"] = torch.einsum("thn,hbn->thb", *pair).to(stored)
        if masked:
            held["mask"] = torch.tensor([random.random() < 0.8 for _ in range(math.prod(shape))])
            held["mask"] = held["mask"].reshape(shape)
        if slotted:
            slots = [random.randint(0, info.top_k) for _ in range(steps * heads)]
            held["slots"] = torch.tensor(slots, dtype=torch.int64).reshape(steps, heads)
        files.append(held)
    return info, files


def rows_of(info: TraceInfo, files: list[dict[str, Tensor]], head: int) -> list[Row]:
    found: list[Row] = []
    for held in files:
        keys = [exact(key) for key in held["keys"][head]]
        for step, query in enumerate(held["queries"]):
            mask = held["mask"][step, head].tolist() if "mask" in held else [True] * len(keys)
            slots = int(held["slots"][step, head]) if "slots" in held else info.top_k
            competes = [block for block, open_ in enumerate(mask) if open_]
            segment = int(held["segments"][step])
            found.append(Row(exact(query[head]), keys, competes, slots, segment))
    return found


def require_true(rows: Rows, truth: list[Row]) -> None:
    """Every figure of a head's rows is on its side of the truth."""
    chosen = [{block for block in row if block >= 0} for row in rows["selected"].tolist()]
    for step, (row, inside) in enumerate(zip(truth, chosen, strict=True)):
        assert len(inside) == min(row.slots, len(row.competes))
        pairs = [(i, j) for i in inside for j in row.competes if j not in inside]
        for name in ("radius_uniform", "radius_block", "radius_pairwise", "radius"):
            radius = float(rows[name][step])
            if not pairs:
                assert radius == math.inf
            elif radius:
                far = Fraction(radius) ** 2
                assert all(row.gap(i, j) > 0 for i, j in pairs)
                assert all(row.gap(i, j) ** 2 > far * row.apart(i, j) for i, j in pairs)
        moved = float(rows["movement"][step])
        follows = truth[step + 1] if step + 1 < len(truth) else None
        if follows is None or follows.segment != row.segment:
            assert math.isnan(moved)
            assert not (rows["locked"][step] or rows["changed"][step])
            continue
        assert Fraction(moved) ** 2 >= square(row.query, follows.query)
        assert rows["locked"][step] == (moved <= rows["radius"][step] > 0)
        left, entered = inside - chosen[step + 1], chosen[step + 1] - inside
        displaced = bool(left & {*follows.competes}) and bool(entered & {*row.competes})
        assert rows["changed"][step] == bool(left or entered)
        assert rows["displaced"][step] == displaced
        assert not (displaced and rows["locked"][step])


@pytest.mark.parametrize("start", range(0, 90, 30))
def test_traces_of_several_files(tmp_path: Path, start: int) -> None:
    audited = 0
    for seed in range(start, start + 30):
        random = Random(seed)
        info, files = recorded(random)
        path = tmp_path / str(seed)
        path.mkdir()
        for number, held in enumerate(files):
            save_trace(path / f"chunk-{number:06d}.safetensors", info, {StreamKey(0, 0): held})
        try:
            result = audit_trace(path, chunk_bytes=random.choice((1, 300, 1 << 28)))
        except TraceError as refused:
            assert "differ between files" in str(refused) or "has no step" in str(refused)
            continue
        audited += 1
        for head in range(files[0]["queries"].shape[1]):
            rows = result.rows.take(result.rows["head"] == head)
            require_true(rows, rows_of(info, files, head))
        found = summarize(result)
        assert found.contradictions == ()
        assert found.realized is not None
        assert found.realized <= found.certified_constant
        assert found.certified + found.trivial + found.uncertified == found.transitions
        for path_found in found.trajectories:
            assert path_found.displaced <= min(path_found.best_bound, path_found.uncertified)
            assert path_found.steps == path_found.transitions + 1
    assert audited >= 10
