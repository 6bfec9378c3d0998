"""Reports as people meet them: in a prompt, in a notebook, as a pandas table, as a picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pandas
import pytest
import torch

import lipbridge
from lipbridge.numeric.clip import ClipRow
from lipbridge.numeric.clip_files import ClipReport
from lipbridge.numeric.records import Assurance, SpectralBound
from lipbridge.report import Report, plot_reports
from lipbridge.report.clip import show_clip
from lipbridge.report.terminal import say
from lipbridge.report.text import show_bounds


@pytest.fixture(scope="module")
def report() -> Report:
    torch.manual_seed(0)
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    return lipbridge.bound(module, torch.zeros(3))


def test_it_prints_as_one_sentence_with_its_label(report: Report) -> None:
    assert report.best is not None
    said = repr(report)
    assert said.startswith("<‖head(x) − head(y)‖ ≤ ") and "\n" not in said
    assert f"{report.best.decimal}·‖x − y‖ for all x and y (rigorous;" in said


def test_a_sentence_says_in_which_inputs_and_norms_it_holds(tmp_path: Path) -> None:
    product = "s: similarity {\nfrom q\n} {\nfrom k\nlinear 2 weight=[[1, 0], [0, 2]]\n}\n"
    spec = "network duo\ninput q 2{}\ninput k 2 norm <= 3\n"
    # Any change of k changes values of any length: no constant holds for all x and y.
    said = lipbridge.bound(spec.format("") + product, html=tmp_path / "page.html").sentence
    assert "duo in q: upper bound" in (tmp_path / "page.html").read_text("utf-8")
    assert said.startswith("the constant of duo where ‖k‖ ≤ 3 is at most 6")
    assert " in q alone (steepest " in said and "for all x and y" not in said
    whole = lipbridge.bound(spec.format(" norm <= 1") + product).sentence
    assert "for all x and y where both satisfy ‖q‖ ≤ 1" in whole
    largest = lipbridge.bound("network m\nnorm maximum\ninput 2\nlinear 1 weight=[[1, 2]]\n")
    assert "‖m(x) − m(y)‖∞ ≤ 3·‖x − y‖∞ for all x and y (exact; " in largest.sentence


def test_every_lower_bound_has_its_label(capsys: pytest.CaptureFixture[str]) -> None:
    spec = "network n\ninput 2\nw: linear 2 weight=[[1, 2], [3, 4]]\nsigmoid\nrelu\n"
    found = lipbridge.bound(spec)
    labels = [row.lower_assurance for row in (*found.rows, found.total)]
    assert labels == [Assurance.RIGOROUS, Assurance.EXACT, Assurance.EXACT, Assurance.ESTIMATE]
    estimated = lipbridge.bound(spec, assurance="estimate").rows[0]
    assert estimated.lower_assurance is Assurance.ESTIMATE
    # Of the network the label is that of the source: a slope found, or two exact points.
    steep = lipbridge.bound(spec.replace("sigmoid\n", "")).total
    assert steep.lower_assurance is not None
    assert steep.source.split(";")[0].endswith(f"({steep.lower_assurance.value})")
    assert steep.to_json()["lower_assurance"] == steep.lower_assurance.value
    show_bounds(found)
    text = " ".join(capsys.readouterr().out.split())
    assert "│ lower ┃ lower is ┃ upper ┃".replace("│", "┃") in text


def test_an_input_that_is_a_block_of_tokens_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = lipbridge.bound("network n\ninput 2 x 3\nlinear 1 weight=[[1, 2, 2]]\n")
    said = "the input a block of 2 tokens of 3 numbers"
    assert f"‖x − y‖ for all x and y, {said} (" in found.sentence
    show_bounds(found)
    assert f"network n, {said}" in " ".join(capsys.readouterr().out.split())
    assert f"network n, {said}</caption>" in found._repr_html_()


def test_figures_are_rounded_to_the_side_that_they_claim(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = Fraction(100000000049, 10**11)
    seen = replace(report.total, lower=0.99999999999, lower_assurance=Assurance.ESTIMATE)
    total = replace(seen, constant=exact)
    edge = replace(report, total=total, alternatives=(), below=None)
    assert (total.lower_decimal, total.decimal) == ("0.999999999", "1.00000001")
    show_bounds(edge)
    text = capsys.readouterr().out
    assert "│ 0.999999999 │ estimate │ 1.00000001 │ 1.00000001 │" in " ".join(text.split())
    assert "the steepest slope found is 0.999999999, an estimate" in edge.sentence
    assert "<td>0.999999999</td><td>estimate</td><td>1.00000001</td>" in edge._repr_html_()


def test_a_clipping_shows_bounds_rounded_up(capsys: pytest.CaptureFixture[str]) -> None:
    bound = SpectralBound(1.0, 1.0000000001, Assurance.RIGOROUS, "", 4, 6, "float32", "cpu", 0.0)
    row = ClipRow("w", replace(bound, upper=2.0000000001), bound)
    show_clip(ClipReport("a", "b", Fraction(2), "clip", (row,)))
    assert "│ 2.00000001 │ 1.00000001 │" in " ".join(capsys.readouterr().out.split())


def test_a_notebook_shows_its_tables(report: Report) -> None:
    page = report._repr_html_()
    assert page.count("<table>") == 3
    for row in (*report.rows, report.total):
        assert f"<td>{row.name}</td>" in page
        assert f"<td>{row.decimal}</td>" in page
    assert page.count('class="total"') == 2, "the network's own line and the best bound"


def test_every_score_and_difference_is_shown(report: Report) -> None:
    scores = report.scores
    assert scores is not None and scores.headings == ("score", "alone", "less 0")
    (first, alone, blank), (second, other, gap) = scores.table
    assert (first, second, blank) == ("0", "1", "")
    for shown, exact in ((alone, scores.uppers[0]), (other, scores.uppers[1]), (gap, scores.pair)):
        assert exact <= Fraction(shown) <= exact * Fraction(100001, 100000)
        assert f"<td>{shown}</td>" in report._repr_html_()
    assert scores.pairs == ((), (scores.pair,))
    assert scores.to_json()["pairs_decimal"][1] == [scores.to_json()["pair_decimal"]]


def test_a_pandas_table_has_a_row_a_layer(report: Report) -> None:
    frame = report.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["name"]) == ["linear1", "relu1", "linear2", "head"]
    assert frame["upper"].iloc[-1] == report.total.upper
    assert set(frame["assurance"]) <= {"rigorous", "exact"}


def test_the_plot_shows_the_best_bound(report: Report, tmp_path: Path) -> None:
    assert report.best is not None and report.best.constant < report.total.constant
    plot_reports([report], tmp_path / "bounds.svg")
    drawn = (tmp_path / "bounds.svg").read_text("utf-8")
    assert f"<!-- {report.best.name} {report.best.decimal} -->" in drawn


def test_help_shows_signatures() -> None:
    import pydoc

    text = pydoc.plain(pydoc.render_doc(lipbridge))
    for name in ("bound(spec", "run(spec", "from_torch(module", "spectral_bound("):
        assert f"\n    {name}" in text


def test_a_name_out_of_a_file_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    say("tensor x\x1b[2J\x1b[1;1H\u202eproved\x9b2J")
    assert capsys.readouterr().out == "tensor x\\x1b[2J\\x1b[1;1H\\u202eproved\\x9b2J\n"
