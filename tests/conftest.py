"""Settings that every test shares."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Machines differ in speed, and a test that sometimes fails says nothing: no deadlines, fixed seeds.
settings.register_profile("lipbridge", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("lipbridge")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-goldens",
        action="store_true",
        help="write the generated modules of tests/golden anew instead of comparing them",
    )
