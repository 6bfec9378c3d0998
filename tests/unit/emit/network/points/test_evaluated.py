"""Values at points of equal tokens are those of the whole network, and the kernel computes them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lipbridge.certify import certify_matrix
from lipbridge.emit import CertifiedNetwork, LeanProject, lean_project
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.network.build import network_context
from lipbridge.emit.network.points import evaluated
from lipbridge.emit.network.points.evaluated import repeated_points
from lipbridge.emit.network.points.integer_values import IntegerValues
from lipbridge.language import parse
from lipbridge.language.exact import integer_tensors, integer_values
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import InlineTensor
from lipbridge.pipeline.lean import check_project

HEADS = """network {name}
input state 5 norm <= 2
input context 3 x 4 norm <= 2
concat {{
  first: similarity {{
    from state linear 4 weight=[[1,2,0,-1,1],[0,1/2,3,1,0],[2,0,-1,1,1],[1,1,1,1,-3]]
    rms_norm gain=[1,1/2,-1,2] eps=1/10 offset=1 rotary 2
  }} {{
    from context gain gain=[1,3,-2,1/4] rms_norm gain=[1,1/2,-1,2] eps=1/10 offset=1 rotary 1 skip=1
  }}
}} {{
  second: similarity {{
    from state linear 4 weight=[[1,2,0,-1,1],[0,1/2,3,1,0],[2,0,-1,1,1],[1,1,1,1,-3]] gelu
  }} {{ from context layer_norm gain=[1,2,1,1] eps=1 rotary 2 apart=1 }}
}}
"""
CHAIN = """network {name}
input 6
linear 4 weight=[[1,2,0,-1,1,2],[0,1/2,3,1,0,1],[2,0,-1,1,1,0],[1,1,1,1,-3,1]]
relu
linear 2 weight=[[1,2,0,-1],[0,1/2,3,1]] bias=[1,-2/3]
"""


def part(text: str) -> CertifiedNetwork:
    network = parse(text)
    tensors, certificates = {}, {}
    for layer, slot in network.slots():
        assert isinstance(slot.source, InlineTensor)
        label = f"{layer.name}.{slot.role}"
        tensors[slot.source] = ExactMatrix.from_fractions(label, slot.source.rows)
        if slot.certified:
            certificates[slot.source] = certify_matrix(tensors[slot.source], slack=1e-9)
    return CertifiedNetwork(network, text, tensors, certificates)


@pytest.mark.parametrize("name", ["a", "b", "c", "d"])
@pytest.mark.parametrize("text", [HEADS, CHAIN])
def test_the_value_is_that_of_the_whole_point(text: str, name: str) -> None:
    made = part(text.format(name=name))
    context = network_context(made.network, made.tensors, made.certificates)
    (point,) = repeated_points(context)
    whole: tuple[Fraction, ...] = ()
    for token in point.parts:
        whole += token.entries * token.count
    stored = integer_tensors(list(made.network.layers()), made.tensors)
    expected = integer_values(made.network.body, whole, stored)[-1]
    values = IntegerValues(context, Scope(parent=context.scope), point)
    assert any(expected)
    assert values.declare() == expected


def large(monkeypatch: pytest.MonkeyPatch, text: str) -> LeanProject:
    """An export of a network as if it were too large to be evaluated entry by entry."""
    for limit in ("_CHEAP", "_BUDGET"):
        monkeypatch.setattr(evaluated, limit, 0)
    return lean_project([part(text.format(name="large"))])


@pytest.mark.lean
@pytest.mark.parametrize("text", [HEADS, CHAIN])
def test_the_kernel_computes_it(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    made = large(monkeypatch, text)
    result = check_project(made)
    assert result.ok, result.failures
    assert "Large.large_point1" in [theorem.name for theorem in result.theorems]


@pytest.mark.lean
def test_another_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = large(monkeypatch, CHAIN)
    path = "Large/Points.lean"
    before, found, after = made.files[path].rpartition("ofPacked ")
    width, bias, number, rest = after.split(maxsplit=3)
    wrong = f"{before}{found}{width} {bias} {int(number, 0) ^ 1}\n\n{rest}"
    result = check_project(replace(made, files={**made.files, path: wrong}))
    assert not result.ok
    assert any("Points" in failure for failure in result.failures)


def test_what_is_too_large_or_has_no_rule_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluated, "_DENSE", 5)
    pooled = "network {name}\ninput 2 x 3\nmean_pool\n"
    ones = f"[{','.join(['1'] * 200)}]"
    centred = f"network {{name}}\ninput 200\nlayer_norm gain={ones} eps=1\n"
    for text in (CHAIN, pooled, centred):
        made = part(text.format(name="other"))
        assert not repeated_points(network_context(made.network, made.tensors, made.certificates))
