"""Whether a theorem states the claim that it is asked for."""

from __future__ import annotations

import pytest

from lipbridge.recheck.constants import Definition, Theorem
from lipbridge.recheck.driver import says
from lipbridge.recheck.kernel import Kernel
from lipbridge.recheck.levels import ONE, ZERO, Level, param
from lipbridge.recheck.terms import const
from tests.unit.recheck.declare import PROP, TRUE_PROP

U, V = param("u"), param("v")


@pytest.mark.parametrize(
    ("universes", "levels", "states"),
    [
        (("u", "v"), (U, V), True),
        (("v", "u"), (U, V), True),
        (("u",), (U, U), False),
        (("u",), (U, ZERO), False),
        ((), (ZERO, ONE), False),
    ],
)
def test_a_claim_is_stated_in_all_its_universes(
    kernel: Kernel, universes: tuple[str, ...], levels: tuple[Level, ...], states: bool
) -> None:
    claim = Definition("claim", ("u", "v"), PROP, "Test", body=TRUE_PROP)
    proof = const("True.intro")
    theorem = Theorem("test", universes, const("claim", levels), "Test", body=proof)
    assert says(kernel, theorem, claim) is states
