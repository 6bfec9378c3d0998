"""Settings that every test shares."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.tiny import tiny_checkpoints as tiny_checkpoints, tiny_script as tiny_script

# Small matrices gain nothing from threads, and test processes side by side would fight over cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Machines differ in speed, and a test that sometimes fails says nothing: no deadlines, fixed seeds.
settings.register_profile("lipbridge", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("lipbridge")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: what is left at the end keeps every process busy."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-goldens",
        action="store_true",
        help="write the generated modules of tests/golden anew instead of comparing them",
    )
