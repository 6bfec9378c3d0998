"""``docs/operations.md`` lists every torch operation that has a rule, as it is."""

from __future__ import annotations

import pytest

from tests.docs.support import ROOT
from tests.reference.torch_operations import page

PAGE = ROOT / "docs" / "operations.md"


def test_the_page_is_current(request: pytest.FixtureRequest) -> None:
    text = page()
    if request.config.getoption("--regenerate-goldens"):
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text, "run: pytest tests/docs --regenerate-goldens"
    accepted = text.split("Refused")[0]
    assert sum(line.startswith("| ") for line in accepted.splitlines()) >= 46
