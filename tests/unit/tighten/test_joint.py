"""How steep a weighted sum of ReLUs is in a ball: sound, tight, exact for one head."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from lipbridge.certify import replay
from lipbridge.errors import CertificateError
from lipbridge.tighten.joint import JointBound, JointWeights, find_joint


def integers(generator: np.random.Generator, heads: int, bits: int, n: int = 4) -> Any:
    drawn = generator.standard_normal((heads, n)) * generator.uniform(0.1, 3, (heads, 1))
    return np.array([[int(entry * 2**20) << bits for entry in row] for row in drawn], dtype=object)


def scores(weights: Any, products: Any, x: np.ndarray) -> np.ndarray:
    w, j = (np.array(m.tolist(), dtype=np.float64) for m in (weights, products))
    return (np.maximum(x @ j.T, 0) * (x @ w.T)).sum(-1)


def steepest(weights: Any, products: Any, generator: np.random.Generator) -> float:
    """The largest slope between pairs in the unit ball that points climb to."""
    w, j = (np.array(m.tolist(), dtype=np.float64) for m in (weights, products))
    best = 0.0
    for start in generator.standard_normal((8, w.shape[1])):
        x = start
        for _ in range(15):
            x = x / np.linalg.norm(x)
            on = (j @ x > 0)[:, None]
            form = w.T @ (j * on) + (j * on).T @ w
            slope = form @ x / max(np.linalg.norm(form @ x), 1e-300)
            # Inwards, or else what is left of the step in the ball may be nothing but rounding.
            y = x - 1e-4 * slope * (1 if slope @ x > 0 else -1)
            y *= min(1, 1 / np.linalg.norm(y))
            apart = float(np.linalg.norm(x - y))
            if apart > 1e-5:
                moved = scores(weights, products, x) - scores(weights, products, y)
                best = max(best, abs(float(moved)) / apart)
            x = form @ (form @ x)
            if not np.linalg.norm(x):
                break
    return best


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(1, 4), st.integers(0, 90))
def test_no_slope_is_above_the_constant(seed: int, heads: int, bits: int) -> None:
    generator = np.random.default_rng(seed)
    weights, products = integers(generator, heads, 0), integers(generator, heads, bits)
    bound = JointBound.find("v", weights, products)
    matrix = bound.weights.matrix("v", weights, products)
    replay(matrix, bound.certificate(matrix))
    constant = float(bound.constant(Fraction(1)))
    found = steepest(weights, products, generator)
    assert found <= constant * (1 + 1e-6)
    # Nor is it above the product of norms, but for rounding.
    norms = (np.linalg.norm(np.array(m.tolist(), dtype=float), 2) for m in (weights, products))
    assert constant <= 2 * np.prod(list(norms)) * (1 + 1e-3)


def test_one_head_has_its_best_constant() -> None:
    # w·a + ‖w‖·‖a‖ at most, here 1·12·0 + 5·13.
    weights = np.array([[3, 4, 0, 0]], dtype=object)
    products = np.array([[0, 0, 5 << 70, 12 << 70]], dtype=object)
    found = JointBound.find("v", weights, products).constant(Fraction(2))
    assert (
        Fraction(2 * 5 * 13 << 70) <= found <= Fraction(2 * 5 * 13 << 70) * Fraction(10001, 10000)
    )


def test_heads_that_count_for_nothing_have_weights_all_the_same() -> None:
    weights = np.array([[1, 2], [0, 0], [5, 0]], dtype=object)
    products = np.array([[0, 0], [3, 1], [0, 7]], dtype=object)
    chosen = find_joint(weights, products)
    assert min(*chosen.alpha, *chosen.beta) >= 1
    assert all(a * b >= chosen.gamma for a, b in zip(chosen.alpha, chosen.beta, strict=True))
    assert JointBound.find("v", weights, products).constant(Fraction(1)) >= 35
    nothing = np.zeros((2, 3), dtype=object)
    assert JointBound.find("v", nothing, nothing).constant(Fraction(1)) == 0


@pytest.mark.parametrize("change", [{"T": 1}, {"d": 0, "epsilon": 1}, {"c": 3}, {"L": ()}])
def test_another_certificate_is_refused(change: dict[str, Any]) -> None:
    weights, products = np.array([[3, 1], [0, 2]], object), np.array([[1, 1], [-2, 5]], object)
    bound = JointBound.find("v", weights, products)
    matrix = bound.weights.matrix("v", weights, products)
    with pytest.raises(CertificateError, match="certificate of 'v'"):
        replay(matrix, replace(bound, **change).certificate(matrix))
    other = JointWeights((1, 2), (2, 1), 0).matrix("v", weights, products)
    with pytest.raises(CertificateError):
        replay(other, replace(bound, T=bound.T // 2).certificate(other))
