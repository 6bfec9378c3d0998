"""Exit codes, one-line errors and JSON of the command line."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.support import ROOT, in_process, lipbridge, lipbridge_json, result_of

EXAMPLE = ROOT / "examples" / "matrix3x3.lip"


def refused(*arguments: str | Path, code: int = 2, input: str | None = None) -> str:
    done = lipbridge(*arguments, input=input)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_help_names_every_command() -> None:
    text = lipbridge("--help").stdout
    for command in ("derive", "bound", "export", "check", "compare", "run", "doctor", "theory"):
        assert command in text


def test_quiet_stands_before_or_after_the_command() -> None:
    bound = ("bound", EXAMPLE, "--assurance", "exact")
    assert in_process(*bound)[2] != ""
    assert in_process("-q", *bound)[2] == in_process(*bound, "--quiet")[2] == ""


def test_a_spec_from_standard_input() -> None:
    text = EXAMPLE.read_text("utf-8")
    done = lipbridge("derive", "-", "--json", input=text)
    assert result_of(done.stdout)["expression"] == "σ₁"
    assert "<spec>:2:1" in refused("bound", "-", input="network n input 3\nrleu")


def test_derive() -> None:
    result = lipbridge_json("derive", EXAMPLE)
    assert result["expression"] == "σ₁"
    assert result["symbols"] == {"σ₁": "spectral norm of mix.weight (3×3)"}
    assert "\\sigma" in lipbridge("derive", EXAMPLE, "--latex").stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("derive SPEC --latex --uniform", "leave --latex or --uniform out"),
        ("bound --preset msa --checkpoint m --assurance exact", "leave --assurance out"),
        ("check out --merge a.json --recheck", "--merge takes what the parts have found"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(arguments: str, reason: str) -> None:
    given = [EXAMPLE if word == "SPEC" else word for word in arguments.split()]
    done = lipbridge(*given)
    assert (done.returncode, reason in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("assurance", ["estimate", "rigorous", "exact"])
def test_bound(assurance: str) -> None:
    result = lipbridge_json("bound", EXAMPLE, "--assurance", assurance)
    assert set(result) >= {"network", "assurance", "layers", "lipschitz"}
    assert result["assurance"] == assurance
    assert {"name", "kind", "lower", "upper"} <= set(result["layers"][0])
    assert {"symbolic", "lower", "upper"} <= set(result["lipschitz"])
    sigma = 9.101114157453516
    if assurance == "estimate":
        assert result["lipschitz"]["upper"] == pytest.approx(sigma, rel=1e-6)
    else:
        assert sigma <= result["lipschitz"]["upper"] <= sigma * (1 + 1e-6)


def test_bad_input_is_one_clear_error(tmp_path: Path) -> None:
    assert "cannot read the spec" in refused("derive", tmp_path / "absent.lip")
    spec = tmp_path / "bad.lip"
    spec.write_text("network n\ninput 3\nrleu\n")
    assert "bad.lip:3:1" in refused("derive", spec)
    assert "did you mean 'relu'" in refused("bound", spec)
    needs = tmp_path / "needs.lip"
    needs.write_text('network n input 3 linear 2 weight="layer.weight"')
    assert "--weights" in refused("bound", needs)
    np.savez(tmp_path / "w.npz", **{"layer.wieght": np.ones((2, 3))})
    assert "layer.wieght" in refused("bound", needs, "--weights", tmp_path / "w.npz")
    np.savez(tmp_path / "nan.npz", **{"layer.weight": np.array([[1.0, np.nan, 2], [1, 2, 3]])})
    assert "layer.weight" in refused("bound", needs, "--weights", tmp_path / "nan.npz")
    np.savez(tmp_path / "shape.npz", **{"layer.weight": np.ones((2, 4))})
    assert "2×4" in refused("bound", needs, "--weights", tmp_path / "shape.npz")


def test_folders_that_are_no_exports_are_refused(tmp_path: Path) -> None:
    assert "is no export" in refused("check", tmp_path)
    (tmp_path / "mine.txt").write_text("x")
    assert "not empty" in refused("export", EXAMPLE, "--out", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_matrix_beyond_the_kernel_is_never_silent(tmp_path: Path) -> None:
    spec = tmp_path / "large.lip"
    spec.write_text('network large input 2000 linear 2000 weight="w"')
    np.savez(tmp_path / "w.npz", w=np.eye(2000, dtype=np.float32))
    text = refused("export", spec, "--weights", tmp_path / "w.npz", "--out", tmp_path / "out")
    assert "2000×2000" in text
    assert "--assurance exact" in text
    assert not (tmp_path / "out").exists()


def test_usage_errors() -> None:
    done = lipbridge("bound", EXAMPLE, "--assurance", "sure")
    assert done.returncode == 2
    assert "sure" in done.stderr


def test_debug_shows_a_traceback_before_the_same_line_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare(*arguments: str | Path, code: int) -> None:
        known = refused(*arguments, code=code)
        debugged = lipbridge(*arguments, "--debug")
        assert debugged.returncode == code
        assert debugged.stderr.startswith("Traceback (most recent call last):\n")
        assert debugged.stderr.splitlines()[-1] == known.splitlines()[-1]

    compare("derive", tmp_path / "absent.lip", code=2)
    (tmp_path / "lipbridge.json").write_text("{}")
    compare("check", tmp_path, code=1)
    monkeypatch.setattr("lipbridge.pipeline.derive_spec", lambda _: 1 // 0)
    compare("derive", EXAMPLE, code=70)


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        ("check n --timeout", "--timeout"),
        ("run - --out n --timeout", "--timeout"),
        ("run - --out n --error", "--error"),
        ("bound --preset dsa --checkpoint n --hidden-norm", "--hidden-norm"),
        ("bound --preset msa --checkpoint n --query-norm", "--query-norm"),
        ("bound --preset dsa --checkpoint n --latent-floor", "--latent-floor"),
        (f"audit {EXAMPLE} --lipschitz", "--lipschitz"),
        (f"audit {EXAMPLE} --error", "--error"),
        (f"step {EXAMPLE} 0 --out n --error", "--error"),
    ],
)
@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_every_number_is_finite(arguments: str, option: str, value: str) -> None:
    said = refused(*arguments.split(), value)
    low = option == "--timeout" and value == "-inf"
    assert option in said
    assert low or said.strip() == f"error: {option} {value}: give a finite number"


def test_a_time_beyond_what_a_process_waits() -> None:
    assert "give seconds, at most 1e+06" in refused("check", "n", "--timeout", "1e7")


@pytest.mark.parametrize(
    "command",
    [f"bound {EXAMPLE}", f"audit {EXAMPLE}", "clip --checkpoint n --to 1 --out m"],
)
@pytest.mark.parametrize("device", ["meta", "nonsense", "cuda:99"])
def test_a_device_that_cannot_be_used(command: str, device: str) -> None:
    assert "device" in refused(*command.split(), "--device", device)


def test_a_checker_that_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert lipbridge("export", EXAMPLE, "--out", folder).returncode == 0
    import shutil

    if shutil.which("lean"):
        pytest.skip("a Lean is installed here")
    said = refused("check", folder, "--checker", "lake", code=3)
    assert "no `lean` of an official toolchain" in said and "elan toolchain install" in said


def test_doctor() -> None:
    findings = lipbridge_json("doctor")
    assert any(finding["checker"] and finding["ok"] for finding in findings)


def test_bounds_tighter_than_the_product(tmp_path: Path) -> None:
    """Two maps of norm 1 whose product is 0, and two scores."""
    spec = tmp_path / "merge.lip"
    spec.write_text(
        "network n input 2 linear 2 weight=[[1, 0], [0, 1/2]] dot 2 keys=[[0, 1], [0, -1]]"
    )
    result = lipbridge_json("bound", spec, "--assurance", "exact")
    product, merged = result["alternatives"]
    assert product["upper"] == result["lipschitz"]["upper"]
    assert product["upper"] == pytest.approx(2**0.5, rel=1e-5)
    assert merged["upper"] == pytest.approx(0.5**0.5, rel=1e-5)
    assert merged["assurance"] == "exact"
    assert result["best"] == "merged"
    assert result["scores"]["uppers"] == pytest.approx([0.5, 0.5])
    assert result["scores"]["pair"] == pytest.approx(1.0)
    text = lipbridge("bound", spec).stdout
    assert "best certified: the bound to quote" in text
    assert re.search(r"product bound: .*, as in the table", text)
    assert "single scores" in text
