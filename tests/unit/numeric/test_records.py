"""Labels and bounds as records."""

from __future__ import annotations

import json
import math

import pytest

from lipbridge.jsonable import jsonable
from lipbridge.numeric.records import Assurance, SpectralBound

BOUND = SpectralBound(
    1.0, 1.5, Assurance.RIGOROUS, "cholesky", 3, 2, "bfloat16", "cpu", 0.25, "w", ("a note",)
)


def test_labels_are_ordered() -> None:
    ranks = [label.rank for label in Assurance]
    assert ranks == sorted(ranks) == [0, 1, 2, 3]
    assert Assurance("kernel-checked") is Assurance.KERNEL_CHECKED


@pytest.mark.parametrize("upper", [1.5, math.inf, 5e-324])
def test_json_has_no_infinity_and_every_digit(upper: float) -> None:
    bound = SpectralBound(0.0, upper, Assurance.EXACT, "m", 1, 1, "float64", "cuda:0", 0.1)
    data = json.loads(json.dumps(jsonable(bound), allow_nan=False))
    assert data["upper"] == (upper if math.isfinite(upper) else None)
    assert (data["assurance"], data["notes"]) == ("exact", [])


def test_slack() -> None:
    assert BOUND.slack == 0.5
    zero = SpectralBound(0.0, 0.0, Assurance.RIGOROUS, "zero", 1, 1, "float32", "cpu", 0.0)
    assert zero.slack == 0.0
    unknown = SpectralBound(0.0, 1.0, Assurance.RIGOROUS, "m", 1, 1, "float32", "cpu", 0.0)
    assert unknown.slack == math.inf
