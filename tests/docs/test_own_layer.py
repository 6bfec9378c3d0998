"""The layer of ``docs/own_layer.md`` is one: the registry's tests name what it still lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import jinja2
import pytest

from lipbridge.check.sources import load_modules
from lipbridge.emit.lean.render import environment
from lipbridge.emit.network.rules import rule
from lipbridge.language import parse
from lipbridge.language.stored import StoredVector
from lipbridge.layers import layer_class, registry
from lipbridge.pipeline.jobs import load
from lipbridge.pipeline.lean import export_jobs
from lipbridge.symbolic import derive
from tests.docs.support import ROOT, blocks
from tests.layers.test_registry import lacks
from tests.lean import cached_builder, lean_files, main

PAGE = (ROOT / "docs" / "own_layer.md").read_text("utf-8")


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What the page says the layer is; the registry is as before afterwards."""
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))
    yield blocks(PAGE, "python")[0]
    rule.cache_clear()


def test_the_page_makes_a_layer(record: str) -> None:
    (line,) = blocks(PAGE, "py")
    source = (ROOT / "lipbridge/layers/activations.py").read_text("utf-8")
    assert line.strip().removeprefix("(").removesuffix(",)") in source
    known: dict[str, Any] = {"__name__": "own_layer"}
    exec(compile(record, "own_layer.md", "exec", dont_inherit=True), known)
    assert layer_class("double_relu") is known["DoubleRelu"]
    network = parse("network n input 2 linear 2 weight=[[1, 0], [0, 1]] double_relu")
    assert str(derive(network).expression) == "2*σ₁"
    layer = network.body.layers[1]
    assert layer.apply((Fraction(3), Fraction(-1)), {}) == (6, 0)
    assert lacks("double_relu") == [
        "templates/layers/double_relu.lean.jinja",
        "lean/LipBridge/Layers: theorem LipBridge.doubleRelu_sqLipschitz",
        "lipbridge/numeric/evaluate.py: DoubleRelu",
        "lipbridge/language/from_torch/rules.py: a rule for double_relu",
        "docs/language.md: a row for double_relu",
    ]


@pytest.mark.lean
def test_a_network_with_the_layer_is_proved(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theorem, template, *_ = blocks(PAGE, "text")
    exec(compile(record, "own_layer.md", "exec", dont_inherit=True), {"__name__": "own_layer"})
    found = environment()
    own = jinja2.DictLoader({"layers/double_relu.lean.jinja": template})
    assert found.loader is not None
    monkeypatch.setattr(found, "loader", jinja2.ChoiceLoader([own, found.loader]))
    (tmp_path / "n.lip").write_text(
        "network n input 2 w: linear 2 weight=[[3, -1], [1, 1/2]] twice: double_relu"
    )
    # At a point too, so that every macro of the page is used.
    job = dataclasses.replace(load(tmp_path / "n.lip"), points=(StoredVector((3, -1), 4),), top=1)
    export_jobs([job], tmp_path / "export")
    files = {
        path.relative_to(tmp_path / "export").as_posix(): path.read_text("utf-8")
        for path in (tmp_path / "export").rglob("*.lean")
    }
    # The exported library, with the page's file in the place that the page gives it.
    files["LipBridge/Layers/DoubleRelu.lean"] = theorem
    parts = files["LipBridge/Networks.lean"]
    files["LipBridge/Networks.lean"] = f"import LipBridge.Layers.DoubleRelu\n{parts}"
    with cached_builder() as builder:
        built = builder.build(load_modules(files, ["N"]))
    failures = [item.result.failure for item in built.values() if not item.result.ok]
    assert failures == [], "\n".join(failures)
    assert "Lip(twice) ≤ √(P/Q) ≤ 2, " in files["N/Network.lean"]
    assert "LipBridge.Over.relu" in files["N/Selection.lean"]


@pytest.mark.lean
def test_a_single_file_is_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    name, files = "LipBridge/Layers/DoubleRelu.lean", lean_files()
    theorem = blocks(PAGE, "text")[0]
    assert main([f"lean/{name}"], {**files, name: theorem}) == 0
    assert capsys.readouterr().out == "LipBridge.Layers.DoubleRelu: compiled\n"
    assert main([f"lean/{name}"], {**files, name: theorem.replace("ofNat 4", "ofNat 3")}) == 1
    assert f"{name}:23:3: error: " in capsys.readouterr().out
