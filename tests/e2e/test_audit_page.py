"""The audit page in a real headless browser: drawn, filtered, driven by keys, phone and desktop."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import matplotlib.image
import pytest

from lipbridge.audit import audit_trace, summarize
from lipbridge.audit.page.outputs import render_page
from tests.reference.synthetic_trace import synthetic_trace

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
]

# What a reader does, and what the page then says; written where --dump-dom can see it.
SCRIPT = """
<script>
addEventListener("load", () => {
  const root = document.documentElement, seen = {};
  const key = (id, name) => document.getElementById(id).dispatchEvent(
    new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const read = (id) => document.getElementById(id + "-read").textContent;
  seen.overflow = root.scrollWidth - root.clientWidth;
  seen.width = root.clientWidth;
  for (const id of ["margin", "radius", "pulse"]) {
    key(id, "Home"); seen[id] = read(id);
    key(id, "End"); seen[id + "End"] = read(id);
  }
  key("margin", "ArrowLeft"); seen.marginBack = read("margin");
  seen.focusable = ["margin", "radius", "pulse"].every(
    (id) => document.getElementById(id).tabIndex === 0);
  seen.marks = document.querySelectorAll("#radius svg circle, #radius svg path").length;
  seen.all = document.querySelectorAll("#worst tbody tr").length;
  const layer = document.getElementById("layer");
  layer.value = "1"; layer.dispatchEvent(new Event("change"));
  const rows = [...document.querySelectorAll("#worst tbody tr")];
  seen.layers = [...new Set(rows.map((r) => r.cells[1].textContent))];
  seen.scope = document.getElementById("scope").textContent;
  const before = getComputedStyle(document.body).backgroundColor;
  document.getElementById("theme").click();
  seen.themes = before !== getComputedStyle(document.body).backgroundColor;
  const out = document.createElement("output");
  out.id = "seen"; out.textContent = JSON.stringify(seen);
  (window.parent === window ? document : parent.document).body.appendChild(out);
});
</script>
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    synthetic_trace(folder / "t.safetensors", layers=2, heads=2, steps=90, blocks=24, top_k=4)
    result = audit_trace(folder / "t.safetensors")
    page = render_page(result, summarize(result), title="</script><b>hostile & title")
    (folder / "page.html").write_text(page)
    (folder / "driven.html").write_text(page.replace("</body>", SCRIPT + "</body>"))
    (folder / "phone.html").write_text(
        '<!doctype html><body style="margin:0">'
        '<iframe src="driven.html" style="width:390px;height:3600px;border:0"></iframe>'
    )
    return folder


def browse(folder, page, *flags):
    assert BROWSER is not None
    command = [
        BROWSER,
        *FLAGS,
        "--allow-file-access-from-files",
        f"--user-data-dir={folder}/profile",
        *flags,
    ]
    done = subprocess.run(
        [*command, f"file://{folder}/{page}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def seen(dom):
    match = re.search(r'<output id="seen">(.*?)</output>', dom, re.DOTALL)
    assert match is not None, "the page's script did not finish"
    return json.loads(html.unescape(match[1]))


@pytest.mark.parametrize(("page", "width"), [("driven.html", 1280), ("phone.html", 390)])
def test_the_page_works_by_keyboard_and_filter(pages, page, width):
    found = seen(browse(pages, page, "--window-size=1280,1800", "--dump-dom"))
    assert found["width"] == width
    assert found["overflow"] <= 0, "the page scrolls sideways"
    assert found["focusable"]
    assert found["margin"].startswith("step 0: smallest margin")
    assert found["marginEnd"].startswith("step 89:")
    assert found["marginBack"].startswith("step 88:")
    assert "moved" in found["radius"]
    assert "moved" in found["radiusEnd"]
    assert found["pulse"].startswith("ε = ")
    assert "certified 100.0 %" in found["pulseEnd"]
    assert found["marks"] > 50
    assert found["all"] == 20
    assert found["layers"] == ["1"]
    assert found["scope"] == "2 heads of 4"
    assert found["themes"]


def test_a_link_can_choose_the_filter(pages):
    dom = browse(pages, "page.html#layer=1&head=0", "--dump-dom")
    assert 'data-ready="yes"' in dom
    assert "1 head of 4" in dom
    assert "<b>hostile" not in dom


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_both_themes_are_painted(pages, theme, dark):
    shot = pages / f"{theme}.png"
    browse(pages, f"page.html#theme={theme}", "--window-size=1280,1400", f"--screenshot={shot}")
    image = matplotlib.image.imread(shot)[..., :3]
    assert image.shape[:2] == (1400, 1280)
    assert (image[5, 5].mean() < 0.3) == dark
    # Charts, text and axes: a blank page has a handful of colours.
    assert len({tuple(p) for p in (image[::7, ::7].reshape(-1, 3) * 255).astype(int).tolist()}) > 30
