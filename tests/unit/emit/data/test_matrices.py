"""Data modules: their names, their order, and what Lean says about them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lipbridge.certify import SpectralCertificate, certify_matrix
from lipbridge.check.sources import Module, library_modules
from lipbridge.emit.data import matrices, tiles
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.language.tensor import ExactMatrix
from tests.lean import cached_builder


def random_matrix(rows: int, cols: int) -> ExactMatrix:
    values = np.random.default_rng(1).integers(-9, 10, (rows, cols))
    return ExactMatrix("random", values, 4)


def imports(text: str) -> list[str]:
    return re.findall(r"^import (\S+)", text, re.MULTILINE)


def build(modules: list[tuple[str, str]]) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Compile modules with the embedded compiler: name → (no error, messages)."""
    library = library_modules("LipBridge.Certificate.KernelOnly")
    own = {
        name: Module(
            name, name.replace(".", "/") + ".lean", text.encode(), ("Init", *imports(text))
        )
        for name, text in modules
    }
    with cached_builder() as builder:
        built = builder.build({**library, **own})
    return {name: (built[name].result.ok, built[name].result.messages) for name in own}


def of(
    matrix: ExactMatrix, certificate: SpectralCertificate | None = None, source: str = ""
) -> list[tuple[str, str]]:
    held = LeanMatrix("W", matrix, source=source, certificate=certificate)
    return list(matrix_modules("Toy", held).items())


def test_small_matrix_is_one_module():
    matrix = random_matrix(4, 3)
    modules = of(matrix, certify_matrix(matrix), source="layer.weight")
    assert [name for name, _ in modules] == ["Toy.Data.W"]
    text = modules[0][1]
    for piece in ("layer.weight, 4×3", "denominator 4", "theorem W_norm", "W_T : Nat", "W_C : Nat"):
        assert piece in text
    assert "sorry" not in text


def test_data_without_a_certificate():
    modules = of(random_matrix(1, 5))
    assert [name for name, _ in modules] == ["Toy.Data.W"]
    assert "theorem" not in modules[0][1]
    assert "transposed := false" in modules[0][1]


def test_large_matrix_is_spread(monkeypatch):
    """Modules come in dependency order; data modules and tiles do not need each other."""
    monkeypatch.setattr(tiles, "_SMALL_SECONDS", 0)
    matrix = random_matrix(220, 150)
    modules = of(matrix, certify_matrix(matrix))
    names = [name for name, _ in modules]
    assert names[-1] == "Toy.Data.W"
    assert sum("Tile" in name for name in names) >= 2
    assert sum("Data.W.Data" in name for name in names) >= 2
    for i, (_, text) in enumerate(modules):
        needed = [name for name in imports(text) if name.startswith("Toy.")]
        assert set(needed) <= set(names[:i])
    checks = [text for name, text in modules if ".Tile" in name]
    assert all(imports(text)[-1] == "Toy.Data.W.Matrix" for text in checks)


def test_same_input_same_bytes():
    matrix = random_matrix(9, 9)
    certificate = certify_matrix(matrix)
    assert of(matrix, certificate) == of(matrix, certificate)


@pytest.mark.lean
@pytest.mark.parametrize(("rows", "cols"), [(1, 1), (3, 3), (2, 9), (17, 9), (5, 1)])
def test_the_kernel_accepts(rows, cols):
    matrix = random_matrix(rows, cols)
    probe = "\n#print axioms Toy.W_norm\n"
    modules = of(matrix, certify_matrix(matrix))
    name, text = modules[-1]
    results = build([*modules[:-1], (name, text + probe)])
    assert all(ok and not messages for ok, messages in results.values()), results


@pytest.mark.lean
@pytest.mark.parametrize(("rows", "cols", "chunk"), [(20, 13, 8), (13, 20, 5), (40, 16, 1)])
def test_the_kernel_accepts_spread_modules(monkeypatch, rows, cols, chunk):
    monkeypatch.setattr(matrices, "_SMALL_BITS", 0)
    monkeypatch.setattr(tiles, "_SMALL_SECONDS", 0)
    monkeypatch.setattr(tiles, "_CHUNK", chunk)
    matrix = random_matrix(rows, cols)
    modules = of(matrix, certify_matrix(matrix))
    assert len(modules) > 3
    results = build(modules)
    assert all(ok and not messages for ok, messages in results.values()), results


@pytest.fixture
def long_modules(monkeypatch):
    monkeypatch.setattr(tiles, "_LONG", 2)
    monkeypatch.setattr(tiles, "_LONG_ENTRIES", 0)
    matrix = random_matrix(3, 50)
    return of(matrix, certify_matrix(matrix))


@pytest.mark.lean
def test_the_kernel_accepts_a_long_matrix(long_modules):
    assert [name for name, _ in long_modules] == [
        "Toy.Data.W.Part0",
        "Toy.Data.W.Part1",
        "Toy.Data.W",
    ]
    name, text = long_modules[-1]
    results = build([*long_modules[:-1], (name, text + "\n#print axioms Toy.W_norm\n")])
    assert all(ok and not messages for ok, messages in results.values()), results


@pytest.mark.lean
def test_the_kernel_adds_strips_of_a_long_matrix(long_modules, monkeypatch):
    monkeypatch.setattr(tiles, "_STRIP", 1)
    monkeypatch.setattr(tiles, "_CHUNK", 1)
    matrix = random_matrix(3, 50)
    modules = of(matrix, certify_matrix(matrix))
    assert [text for _, text in modules] != [text for _, text in long_modules]
    parts = [f"Toy.Data.W.Part{i}" for i in range(2)]
    strips = [[f"{part}.Columns{j}" for j in range(3)] for part in parts]
    names = [parts[0], *strips[0], parts[1], *strips[1], "Toy.Data.W"]
    assert [name for name, _ in modules] == names
    results = build(modules)
    assert all(ok and not messages for ok, messages in results.values()), results
    last, text = modules[-1]
    swapped = text.replace("part0_dots1", "part0_dots0")
    assert swapped != text
    results = build([*modules[:-1], (last, swapped)])
    assert [name for name, (ok, _) in results.items() if not ok] == [last]


@pytest.mark.lean
def test_the_kernel_accepts_a_wide_matrix_in_strips(monkeypatch):
    """The last chunk reaches past the last column, as does the last tile."""
    for name, value in {"_WIDE": 8, "_STRIP": 4, "_CHUNK": 2}.items():
        monkeypatch.setattr(tiles, name, value)
    matrix = random_matrix(13, 13)
    modules = of(matrix, certify_matrix(matrix))
    assert sum("Columns" in name for name, _ in modules) == 6
    results = build(modules)
    assert all(ok and not messages for ok, messages in results.values()), results


@pytest.mark.lean
@pytest.mark.parametrize("constant", ["part1_dots0", "part1_wide0", "part1"])
def test_the_kernel_refuses_wrong_sums(long_modules, constant):
    first, (name, text), last = long_modules
    changed = re.sub(
        rf"(def W_{constant} :[^0-9]*?(?:Rows.cut \d+ )?)(\(nat_lit )?(0x[0-9a-f]+|\b\d+\b)",
        lambda m: m[1] + (m[2] or "") + str(int(m[3], 0) ^ 1),
        text,
        count=1,
    )
    assert changed != text
    results = build([first, (name, changed), last])
    assert results[first[0]][0]
    assert not results[name][0]
    assert any("(kernel)" in message for message in results[name][1])


@pytest.mark.lean
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"W_T : Nat := (\d+)", lambda m: f"W_T : Nat := {int(m[1]) * 9 // 10}"),
        (r"W_C : Nat := (\d+)", lambda m: f"W_C : Nat := {int(m[1]) + 1}"),
        (r"error := (\d+)", lambda m: f"error := {int(m[1]) // 2}"),
        (r"width := (\d+)\n  top", lambda m: f"width := {int(m[1]) - 1}\n  top"),
        (r"top := (\d+)", lambda m: f"top := {int(m[1]) - 1}"),
        (r"chunk := (\d+)", lambda m: f"chunk := {int(m[1]) - 1}"),
        (r"Rows.one (\d+)", lambda m: f"Rows.one {int(m[1]) ^ 1}"),
    ],
)
def test_the_kernel_refuses(old, new):
    matrix = random_matrix(5, 3)
    ((name, text),) = of(matrix, certify_matrix(matrix))
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    ok, messages = build([(name, changed)])[name]
    assert not ok
    assert any("(kernel)" in message for message in messages)
