from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from lipbridge.audit import summarize
from lipbridge.audit.page.data import page_data
from lipbridge.audit.page.outputs import embed_json, render_page, write_outputs
from lipbridge.audit.rates import EffectiveRate, Exchange, Exploration
from lipbridge.audit.rows import Rows
from lipbridge.decimals import decimal_down
from lipbridge.errors import ExportError, InputError

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \u2028"


def test_data_never_leaves_its_element():
    text = embed_json({"a": HOSTILE, "b": [1.5, None]})
    assert "<" not in text
    assert text.isascii()
    assert json.loads(text) == {"a": HOSTILE, "b": [1.5, None]}
    with pytest.raises(ValueError, match="JSON"):
        embed_json(float("nan"))


def test_a_hostile_name_is_escaped(result):
    named = replace(result, path=HOSTILE)
    page = render_page(named, summarize(named), title=HOSTILE)
    assert "<img src=x" not in page
    assert page.count("</script>") == 2


def test_the_page_is_self_contained(result):
    page = render_page(result, summarize(result))
    assert not re.search(r"""(src|href)\s*=\s*["'](?!#)""", page)
    assert "@import" not in page
    assert not re.search(r"url\(", page)
    links = set(re.findall(r"https?://[^\"' )]+", page))
    assert links == {"http://www.w3.org/2000/svg"}  # a namespace, never fetched
    assert "default-src 'none'" in page
    assert 'name="viewport"' in page


def test_thinning_keeps_the_worst(result):
    data = page_data(result, summarize(result))
    rows = result.rows
    streams = data["streams"]
    assert [(s["layer"], s["head"]) for s in streams] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for stream in streams:
        part = rows.take((rows["layer"] == stream["layer"]) & (rows["head"] == stream["head"]))
        least = min(m for m in stream["bins"]["margin"] if m is not None)
        assert least == float(decimal_down(part["margin"].min(), 5))
        assert sum(stream["bins"]["changes"]) == stream["changes"] == part["changed"].sum()
        assert sum(stream["bins"]["loose"]) == stream["transitions"] - stream["certified"]
        ratios = [w["ratio"] for w in stream["worst"] if w["ratio"] is not None]
        assert ratios == sorted(ratios, reverse=True)
    assert data["edges"][-1] == 120


def test_figures_are_rounded_to_the_side_that_they_claim(result):
    columns = {name: column.copy() for name, column in result.rows.columns.items()}
    columns["margin"][:] = columns["radius"][:] = np.float64(1.99999)
    columns["lipschitz"][:], columns["error"][:] = 1.00001, 0.0
    columns["movement"][np.isfinite(columns["movement"])] = 1.00001
    columns["radius_uniform"][:] = 1.99999
    summary = summarize(result)
    summary = replace(
        summary,
        rate=EffectiveRate(0.5, 0.5, 0.123456, 0.5, 0.5, 0.123451),
        exchange=Exchange(1, 0.123451, 0.223451, 0.323451),
        exploration=Exploration(1.23456, (0.5, 2.0), 2.00001, 3.0, None, 4),
        pulses=tuple(replace(pulse, constant=1.00001) for pulse in summary.pulses),
        trajectories=tuple(replace(t, realized=1.99999) for t in summary.trajectories),
    )
    data = page_data(replace(result, rows=Rows(columns)), summary)
    stream = data["streams"][0]
    assert {m for m in stream["bins"]["margin"] if m is not None} == {1.9999}
    assert {n for n in stream["bins"]["needed"] if n is not None} == {2.0001}
    assert {(moved, radius) for _, moved, radius, _ in stream["points"]} == {(1.0001, 1.9999)}
    worst = {(w["margin"], w["radius"], w["movement"], w["ratio"]) for w in stream["worst"]}
    assert worst == {(1.9999, 1.9999, 1.0001, 0.50001)}
    assert (stream["constant"], stream["realized"]) == (1.0001, 1.9999)
    assert [(p["name"], p["constant"]) for p in data["pulses"]] == [
        ("certified", 1.0001),
        ("measured", 1.0),
        ("quarter", 1.0001),
    ]
    assert data["rate"] == {"measured": 0.12346, "bound": 0.12346}
    assert data["exchange"] == {"mean": 0.12346, "largest": 0.22346, "jump": 0.32346}
    assert data["expected"] == {"changes": 1.2346, "interval": [0.5, 2.0], "uncertified": 2.0001}
    for shown, exact in zip(data["epsilons"], summary.pulses[0].epsilons, strict=True):
        assert shown <= exact


def test_contradictions_are_shown(trace):
    from lipbridge.audit import audit_trace

    shrunk = audit_trace(trace, lipschitz=0.05, on_contradiction="record")
    page = render_page(shrunk, summarize(shrunk))
    assert 'id="contradictions"' in page
    assert "the trace or the constant is wrong" in page


def test_nothing_to_show(result):
    with pytest.raises(InputError, match="no rows"):
        render_page(replace(result, rows=Rows({})), summarize(result))


def test_an_unwritable_place(result, tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        write_outputs(result, summarize(result), html=tmp_path / "no" / "page.html")
