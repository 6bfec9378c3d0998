"""An export over ℚ: its hypotheses are met there, and the kernel evaluates the network."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from lipbridge.check.modules import Builder, Built
from lipbridge.check.sources import load_modules
from lipbridge.pipeline import export
from tests.lean import cached_builder

pytestmark = pytest.mark.lean

WEIGHT = [["3/8", "-1", "1/2"], ["1/4", "5/2", "-3"]]
BIAS = ["1/3", "-1"]
SPEC = f"""network small
input 2 x 3
mean_pool
lift: linear 2 weight = {WEIGHT} bias = {BIAS}
relu
scale -2/7
""".replace("'", "")
POINT = [[1, 2, 3], [4, -5, 1]]


def values() -> list[Fraction]:
    """The network at the point, by hand."""
    mean = [Fraction(a + b, 2) for a, b in zip(*POINT, strict=True)]
    lifted = [
        sum((Fraction(w) * x for w, x in zip(row, mean, strict=True)), Fraction(b))
        for row, b in zip(WEIGHT, BIAS, strict=True)
    ]
    return [Fraction(-2, 7) * max(x, Fraction(0)) for x in lifted]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Builder, dict[str, Built]]]:
    project = export(SPEC, None, tmp_path_factory.mktemp("rationals") / "small")
    with cached_builder() as builder:
        yield builder, builder.build(load_modules(project.files, ("LipBridge", "Small")))


def integer(n: int) -> str:
    return f"(Int.ofNat {n})" if n >= 0 else f"(Int.neg (Int.ofNat {-n}))"


def source(expected: list[Fraction]) -> str:
    point = ".nil"
    for entry in reversed([entry for token in POINT for entry in token]):
        point = f"(.cons {integer(entry)} {point})"
    lines = [
        "open LipBridge",
        "theorem over_rationals : Lipschitz 6 2 (ofNat Small.small_N) (ofNat Small.small_D)",
        "    (Small.small inverse) :=",
        "  Small.small_lipschitz inverse (Reciprocals.rational _ (Eq.refl true))",
    ]
    for place, value in enumerate(expected):
        lines += [
            f"theorem value{place} : Eq (Small.small inverse (fun i => ofInt (ofList {point} i))",
            f"    {place}) (ratio {integer(value.numerator)} {value.denominator - 1}) :=",
            "  eq_of_hasValue (Eq.refl true)",
        ]
    return "\n".join([*lines, "#print axioms over_rationals", "#print axioms value0"]) + "\n"


def test_the_theorem_holds_and_the_network_has_its_values(
    built: tuple[Builder, dict[str, Built]],
) -> None:
    builder, modules = built
    expected = values()
    assert expected[0] != 0
    answer = builder.elaborate(source(expected), ["LipBridge", "Small"], modules)
    assert answer.result.ok, answer.result.messages
    assert [m.text.count("does not depend on any axioms") for m in answer.messages] == [1, 1]


def test_another_value_is_refused(built: tuple[Builder, dict[str, Built]]) -> None:
    builder, modules = built
    expected = values()
    wrong = [expected[0] + Fraction(1, 10**6), *expected[1:]]
    refused = builder.elaborate(source(wrong), ["LipBridge", "Small"], modules)
    assert not refused.result.ok
    assert any("(kernel) application type mismatch" in m for m in refused.result.messages)
