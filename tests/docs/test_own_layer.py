"""The layer of ``docs/own_layer.md`` is one: the registry's tests name what it still lacks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from lipbridge.language import parse
from lipbridge.layers import layer_class, registry
from lipbridge.symbolic import derive
from tests.docs.support import ROOT, blocks
from tests.layers.test_registry import lacks

PAGE = (ROOT / "docs" / "own_layer.md").read_text("utf-8")


def test_the_page_makes_a_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))
    line, record = blocks(PAGE, "py", "python")
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
