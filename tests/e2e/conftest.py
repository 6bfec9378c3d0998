"""Whole commands, whose search for steep slopes is short: the search has tests of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lipbridge.numeric.slopes import search_budget


@pytest.fixture(scope="package", autouse=True)
def short_search() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_budget, "_THOROUGH", search_budget.SearchBudget(256, 8, 10))
        yield
