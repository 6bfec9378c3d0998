from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from lipbridge.audit import summarize
from lipbridge.audit.page.data import page_data
from lipbridge.audit.page.outputs import embed_json, render_page, write_outputs
from lipbridge.audit.rows import Rows
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
        assert least == float(f"{part['margin'].min():.5g}")
        assert sum(stream["bins"]["changes"]) == stream["changes"] == part["changed"].sum()
        assert sum(stream["bins"]["loose"]) == stream["transitions"] - stream["certified"]
        ratios = [w["ratio"] for w in stream["worst"] if w["ratio"] is not None]
        assert ratios == sorted(ratios, reverse=True)
    assert data["edges"][-1] == 120


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
