"""The page of a run in a real headless browser: phone and desktop, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib.image
import pytest

from tests.e2e.support import ROOT, in_process
from tests.e2e.test_audit_page import BROWSER, browse

EXAMPLE = ROOT / "examples" / "query_keys.lip"
WIDTH = """<script>addEventListener("load", () => {
  const root = document.documentElement, out = document.createElement("output");
  out.textContent = `width ${root.clientWidth} over ${root.scrollWidth - root.clientWidth}`;
  (parent === window ? document : parent.document).body.appendChild(out);
});</script>"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    code, _, err = in_process("bound", EXAMPLE, "--html", folder / "page.html", "-q")
    assert code == 0, err
    page = (folder / "page.html").read_text("utf-8")
    driven = page.replace("</body>", WIDTH + "</body>").replace(
        "default-src 'none'", "default-src 'none'; script-src 'unsafe-inline'"
    )
    (folder / "driven.html").write_text(driven, "utf-8")
    (folder / "phone.html").write_text(
        '<!doctype html><body style="margin:0">'
        '<iframe src="driven.html" style="width:390px;height:3600px;border:0"></iframe>'
    )
    return folder


def test_it_loads_nothing_and_says_what_the_bound_is_worth(pages: Path) -> None:
    page = (pages / "page.html").read_text("utf-8")
    assert not re.search(r"<script|https?://|@import|url\(", page)
    assert "rigorous" in page and "‖query_keys(x) − query_keys(y)‖ ≤ 40.86" in page
    assert page.count('class="box"') == 6, "every layer is drawn"
    assert "No theorem was checked" in page


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("page", "width"), [("driven.html", 1280), ("phone.html", 390)])
def test_it_never_scrolls_sideways(pages: Path, page: str, width: int) -> None:
    found = browse(pages, page, "--window-size=1280,1800", "--dump-dom")
    seen = re.search(r"width (\d+) over (-?\d+)", found)
    assert seen is not None and int(seen[1]) == width and int(seen[2]) <= 0


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("dark", [False, True])
def test_both_themes_are_painted(pages: Path, dark: bool) -> None:
    shot = pages / f"{dark}.png"
    scheme = f"--blink-settings=preferredColorScheme={int(not dark)}"
    browse(pages, "page.html", scheme, "--window-size=1280,1400", f"--screenshot={shot}")
    image = matplotlib.image.imread(shot)[..., :3]
    assert (image[5, 5].mean() < 0.3) == dark
    colours = (image[::7, ::7].reshape(-1, 3) * 255).astype(int).tolist()
    assert len({tuple(pixel) for pixel in colours}) > 20
