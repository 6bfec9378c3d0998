from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import torch
from rich.console import Console

from lipbridge.audit import StreamKey, TraceInfo, audit_trace, save_trace, summarize
from lipbridge.audit.page.data import page_data
from lipbridge.audit.page.outputs import render_page
from lipbridge.audit.page.render import summary_table, write_plots
from lipbridge.audit.rates import EffectiveRate, Exchange, Exploration
from lipbridge.audit.summary import StateRadius
from lipbridge.decimals import decimal_down
from lipbridge.language.place import Place


def printed(summary, width=100, **options):
    console = Console(file=io.StringIO(), width=width)
    console.print(summary_table(summary, **options))
    return console.file.getvalue()


def test_the_table_has_the_figures(result):
    summary = summarize(result)
    text = printed(summary)
    share = decimal_down(Fraction(100 * summary.certified, summary.transitions), 4)
    assert f"{share}% ({summary.certified} of {summary.transitions}" in text
    assert "more" in printed(summary, limit=1)


def test_figures_are_rounded_to_the_side_that_they_claim(result):
    summary = summarize(result)
    summary = replace(
        summary,
        share=19_999 / 20_000,
        share_by_rule={"uniform": 0.99999},
        transitions=100_000,
        path_bound=1.00001,
        certified_constant=2.0000001,
        realized=2.9999999,
        rate=EffectiveRate(None, None, 0.5, 4.00001, 5.00001, 6.00001),
        exchange=Exchange(1, 0.100001, 0.200001, 7.00001),
        exploration=Exploration(1.0, (0.5, 2.0), 8.00001, 9.00001, None, 4),
        trajectories=tuple(replace(t, realized=3.99999) for t in summary.trajectories),
        states=(StateRadius(Place(0, 0, 7, None), 0.99999999, 0.5, ""),),
    )
    text = " ".join(printed(summary, width=300).split())
    for figure in (
        "99.99% (",
        "uniform 99.99%",
        "path bound 1.001",
        "certified ≤ 2.00001, largest seen ≥ 2.99999",
        "at most 6.001 with ρ = 4.001, κ = 5.001",
        "0.1001 a change in the mean, at most 0.2001, so the output moves by at most 7.001",
        "at most 8.001 by the certified locks, 9.001 by the lengths",
        "│ 3.999 │",
        "│ 0.999999 │ 2× │",
    ):
        assert figure in text


def test_a_constant_that_was_given_is_a_premise(tmp_path):
    """It is shown as it was given, and whatever rests on it says so."""
    generator = torch.Generator().manual_seed(0)
    queries, keys = (torch.randn(n, 4, generator=generator) for n in (12, 8))
    fields = {"queries": queries, "scores": queries @ keys.T}
    path = tmp_path / "t.safetensors"
    save_trace(path, TraceInfo(top_k=2), {StreamKey(0, 0): fields})
    result = audit_trace(path, lipschitz=19.7)
    text = " ".join(printed(summarize(result), width=300).split())
    assert "given 19.7, not certified, largest seen" in text
    assert "19.700" not in text
    premise = "if every score has the constant 19.7 that was given"
    assert text.count(premise) == 2
    assert f"rigorous {premise}: margins, radii, locks" in text
    page = render_page(result, summarize(result))
    assert f"rigorous {premise}" in page
    assert '"certified","sign"' not in page
    data = page_data(result, summarize(result))
    assert [(s["given"], s["constant"]) for s in data["streams"]] == [(19.7, None)]
    assert data["pulses"][0]["constant"] == 19.7
    # What a trace says of itself, besides its keys, is given as well.
    constants = torch.full((8,), 19.5)
    save_trace(path, TraceInfo(top_k=2), {StreamKey(0, 0): fields | {"constants": constants}})
    recorded = summarize(audit_trace(path))
    assert "that were given, the largest 19.5" in recorded.assurance
    assert recorded.certified_constant is None
    save_trace(path, TraceInfo(top_k=2), {StreamKey(0, 0): fields | {"keys": keys}})
    of_keys = summarize(audit_trace(path))
    assert of_keys.given_constant is None
    assert of_keys.assurance.startswith("rigorous: ")
    assert "certified ≤" in printed(of_keys, width=300)


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
