"""What an export states of constants: in the words of a run, without a search of slopes."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import msgspec
import numpy as np
import pytest

from lipbridge import pipeline
from lipbridge.check import CheckResult
from lipbridge.numeric.records import Assurance
from lipbridge.pipeline.main import reports_of
from lipbridge.pipeline.sentences import proved_sentence
from lipbridge.report import Slopes

OK = CheckResult("embedded", "", "", True, (), (), 0, ())
SLOPE = re.compile(
    r" \(((the )?steepest( slope found is)? [^()]*, an estimate|no slope was found)\)"
)
PRODUCT = "s: similarity {\nfrom q\n} {\nfrom k\n}\n"
KINDS = {
    "linear maps": "input 2\nlinear 2 weight=[[1, 2], [0, 1]]\nrelu\nlinear 1 weight=[[1, 1]]\n",
    "silu": "input 2\nlinear 2 weight=[[1, 2], [0, 1]]\nsilu\nlinear 1 weight=[[1, 3]]\n",
    "gelu of a block": "input 3 x 2\nlinear 2 weight=[[1, 2], [0, 1]]\ngelu\n",
    "a norm": "input 2\nrms_norm gain=[1, 2] eps=1e-6 at_least=1/2\nlinear 1 weight=[[1, 3]]\n",
    "the maximum norm": "norm maximum\ninput 2\nlinear 1 weight=[[1, 3]]\n",
    "one ball": f"input q 2\ninput k 2 norm <= 3\n{PRODUCT}",
    "two balls": f"input q 2 norm <= 1\ninput k 4 x 2 norm <= 3\n{PRODUCT}",
    "a residual": "input 2\nresidual {\nlinear 2 weight=[[1, 2], [0, 1]]\n}\nrelu\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_check_says_what_a_run_says_but_for_slopes(kind: str, tmp_path: Path) -> None:
    project = pipeline.export(f"network n\n{KINDS[kind]}", None, tmp_path / "out")
    slopes = [Slopes(2**-9, dict.fromkeys(("", "q", "k"), 2**-9))]
    whole = proved_sentence(project, OK, reports_of(project, Assurance.KERNEL_CHECKED, slopes))
    said = proved_sentence(project, OK)
    assert said == SLOPE.sub("", whole)
    assert re.search(r"(≤|at most) \d", said)
    assert "estimate" not in said and "slope" not in said


def test_selections_are_said_with_their_radii_and_those_of_computed_scores(tmp_path: Path) -> None:
    text = "network n\ninput 2\nlinear 3 weight=[[1, 0], [0, 1], [0, 0]]\n"
    points = np.array([[3.0, 1.0], [4.0, 0.0], [0.5, 8.0]])
    project = pipeline.export(text, None, tmp_path / "out", at=points, top=1, error=0.3)
    assert project.networks[0].claim is not None
    found = project.networks[0].claim.part.selections
    assert found is not None and found.error == Fraction(3, 10)
    said = proved_sentence(project, OK)
    assert (
        "Proved too: at each of 3 points the one selected of the 3 scores of n stays the same for "
        "every x within the point's radius: the least is 1.41421 (point 1), the largest "
        "5.30330 (point 3)"
    ) in said
    assert "Selected: 0 at point 1; 0 at point 2; 1 at point 3." in said
    assert said.endswith(
        "Of scores computed within 0.3 of the exact ones the same holds for every x within the "
        "point's radius: the least is 0.989949 (point 1), the largest 4.87903 (point 3)."
    )
    part = project.networks[0].claim.part
    first, _, last = found.points
    fewer = replace(found, points=(first, msgspec.structs.replace(last, computed=None)))
    claim = replace(project.networks[0].claim, part=replace(part, selections=fewer))
    changed = replace(project, networks=(replace(project.networks[0], claim=claim),))
    said = proved_sentence(changed, OK)
    assert "at each of the points 1, 3 the one selected" in said
    assert "the same holds for every x within 0.989949 of point 1; nothing is proved" in said
    assert said.endswith("nothing is proved of them at point 3.")
