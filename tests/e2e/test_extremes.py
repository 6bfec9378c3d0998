"""Numbers beyond float64, networks beyond reason: a bound, or one line that says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.support import in_process, result_of

HUGE = "linear 2 weight=[[1e200,0],[0,1]]\n"


def written(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "n.lip"
    path.write_text(f"network n\n{body}")
    return path


def bounded(tmp_path: Path, body: str, *options: str) -> dict[str, object]:
    code, out, err = in_process("bound", written(tmp_path, body), "--json", *options)
    assert code == 0, err
    return result_of(out)["lipschitz"]


@pytest.mark.parametrize("assurance", ["estimate", "rigorous", "exact"])
def test_a_product_beyond_float64_has_a_bound(tmp_path: Path, assurance: str) -> None:
    found = bounded(tmp_path, f"input 2\n{HUGE}{HUGE}", "--assurance", assurance)
    assert found["upper"] is None
    assert found["upper_decimal"] in ("1.00000000E+400", "1.00000001E+400", "1.00000064E+400")
    text = in_process("bound", tmp_path / "n.lip", "--assurance", assurance)[1]
    assert "E+400" in text
    assert "inf" not in text


@pytest.mark.parametrize(
    ("body", "decimal"),
    [
        ("scale 1e200\n" * 30, "1.00000000E+6000"),
        ("scale 1e-300\n" * 3, "1.000000"),
        ("linear 2 weight=[[1.7e308,1.7e308],[1.7e308,1.7e308]]\n", "3.40000001E+308"),
        ("rms_norm gain=[1e300,1e300] eps=1e-300\n", "1.00000000E+450"),
        ("scale 0\n", "0"),
        (f"scale {'8' * 990}/{'7' * 990}\n", "1.14285715"),
    ],
)
def test_extreme_constants(tmp_path: Path, body: str, decimal: str) -> None:
    assert str(bounded(tmp_path, f"input 2\n{body}")["upper_decimal"]).startswith(decimal[:9])


def test_a_kernel_checked_bound_beyond_float64(tmp_path: Path) -> None:
    spec = written(tmp_path, f"input 2\n{HUGE}relu\n{HUGE}")
    code, out, err = in_process("run", spec, "--out", tmp_path / "out")
    assert code == 0, err
    assert "E+400·‖x − y‖" in out


def test_kernel_checked_below_float64(tmp_path: Path) -> None:
    """Powers of two beyond what the elaborator computes at once."""
    spec = written(tmp_path, "input 2\nlinear 2 weight=[[1e-160,2e-160],[3e-160,1e-160]]\n")
    code, out, err = in_process("run", spec, "--out", tmp_path / "out")
    assert code == 0, err
    assert "3.61803400E-160·‖x − y‖" in out


@pytest.mark.parametrize("body", ["input 1000000000\nrelu\n", "input 1000000 x 1000000\nrelu\n"])
def test_inputs_that_no_memory_holds(tmp_path: Path, body: str) -> None:
    found = bounded(tmp_path, body)
    assert (found["upper"], found["lower"]) == (1.0, 0.0)


def test_a_search_is_short_where_layers_are_many(tmp_path: Path) -> None:
    assert bounded(tmp_path, "input 2\n" + "relu\n" * 300)["upper"] == 1.0


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("input 2\nscale 1e-9999\n", "n.lip:3:7: a number below 4.94e-324"),
        ("input 2\nscale 1e-999999999999\n", "a number below 4.94e-324"),
        ("input 2\nscale 1e9999999999\n", "a number beyond ±1.797e308"),
        (f"input 2\nscale 1/{'7' * 1990}\n", "a number below 4.94e-324"),
        (f"input 2\nscale 1/{'7' * 2990}\n", "a number of more than 2000 digits"),
        ("input 2\n" + "relu\n" * 20_000, "more than 5000 layers"),
        ("input 2\nsum " + "{ relu }" * 20_000, "more than 5000 layers"),
        ("input 2\n" + "residual { " * 5000 + "relu" + " }" * 5000, "nested deeper than 50"),
        ("input 2\nrelu\u2028\x00", "unexpected"),
        ("input ٣\nrelu\n", "unexpected"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path: Path, body: str, message: str) -> None:
    code, out, err = in_process("derive", written(tmp_path, body))
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") <= 3, "the message, and the place with a caret"
    assert all(len(line) <= 120 for line in err.splitlines()[1:])


def test_many_branches(tmp_path: Path) -> None:
    body = "input 2\nsum " + "{ relu }" * 3000
    assert in_process("derive", written(tmp_path, body))[0] == 0


def test_a_bias_wider_than_the_elaborator_counts_is_proved(tmp_path: Path) -> None:
    """Its length is left to the kernel: the elaborator's recursion ends before 128 entries."""
    weight = str([[i % 3, i % 2] for i in range(130)]).replace(" ", "")
    bias = str([i % 5 - 2 for i in range(130)]).replace(" ", "")
    sides = (
        f"{{\nfrom {side}\nlinear 130 weight={weight} bias={bias}\n}}" for side in ("one", "two")
    )
    body = f"input one 2 norm <= 1\ninput two 2 norm <= 1\nsimilarity {' '.join(sides)}\n"
    code, out, err = in_process("run", written(tmp_path, body), "--out", tmp_path / "out")
    assert code == 0, out + err
