from __future__ import annotations

import io

import torch
from rich.console import Console

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace, summarize
from lipbridge.audit.page.data import page_data
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


def test_no_lock_in_without_its_premise(tmp_path):
    info, key = TraceInfo(top_k=1, lipschitz=1.0), StreamKey(0, 0)
    queries = torch.tensor([[0.0], [0.5], [0.75], [0.875]])
    scores = torch.tensor([[5.0, 0.0, -torch.inf], *[[5.0, 0.0, 9.0]] * 3])
    save_trace(tmp_path / "t.safetensors", info, {key: {"queries": queries, "scores": scores}})
    summary = summarize(audit_trace(tmp_path / "t.safetensors"))
    assert (summary.lock_step, summary.lock_premise) == (None, False)
    assert "lock-in bound: none (premise does not hold)" in printed(summary)
    (stream,) = page_data(audit_trace(tmp_path / "t.safetensors"), summary)["streams"]
    assert (stream["lock"], stream["premise"]) == (None, False)
