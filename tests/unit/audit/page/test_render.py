from __future__ import annotations

import io

from rich.console import Console

from lipbridge.audit import audit_trace, summarize
from lipbridge.audit.page.render import summary_table, write_plots


def printed(summary, **options):
    console = Console(file=io.StringIO(), width=100)
    console.print(summary_table(summary, **options))
    return console.file.getvalue()


def test_the_table_has_the_figures(result):
    summary = summarize(result)
    text = printed(summary)
    assert f"{summary.share:.2%}" in text
    assert f"{summary.certified} of {summary.transitions}" in text
    assert "more" in printed(summary, limit=1)


def test_markup_in_a_name_is_text(trace):
    found = audit_trace(trace, lipschitz=0.05, on_contradiction="record")
    assert "contradiction: layer" in printed(summarize(found))


def test_plots_are_png(result, tmp_path):
    paths = write_plots(tmp_path / "plots", result, summarize(result))
    assert [p.name for p in paths] == ["margin.png", "radius.png", "pulse.png"]
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in paths)
