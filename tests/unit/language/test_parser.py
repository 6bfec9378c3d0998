from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from lipbridge.errors import InputError, LipBridgeError, SpecError
from lipbridge.language import parse, read
from lipbridge.language.network import walk
from lipbridge.layers import InlineTensor, TensorRef
from lipbridge.layers.linear import Linear

ROOT = Path(__file__).resolve().parents[3]


def test_example_is_the_matrix_of_the_design() -> None:
    network = read(ROOT / "examples" / "matrix3x3.lip")
    mix = network.body.layers[0]
    assert isinstance(mix, Linear)
    assert isinstance(mix.weight, InlineTensor)
    assert mix.weight.rows == ((3, -1, 2), (-2, 7, 1), (5, -3, -1))
    assert (network.name, network.input, network.output) == ("matrix3x3", (3,), (3,))
    assert not network.needs_weights()


def test_tensor_names_and_slices() -> None:
    network = parse(
        'network head input 8 query: linear 4 weight = "a.b"[4:8] bias = "c"[4:8] '
        'relu score: dot 1 keys = "k"[5]'
    )
    query, _, score = network.body.layers
    assert isinstance(query, Linear)
    assert query.weight == TensorRef("a.b", (4, 8))
    assert query.bias == TensorRef("c", (4, 8))
    assert [slot.source for slot in score.slots()] == [TensorRef("k", (5, 6))]
    assert network.needs_weights()


def test_numbers_are_exact() -> None:
    network = parse("network n input 3 linear 1 weight = [[1/3, -0.1, 2.5e-3]]")
    (layer,) = network.body.layers
    source = layer.slots()[0].source
    assert isinstance(source, InlineTensor)
    assert source.rows == ((Fraction(1, 3), Fraction(-1, 10), Fraction(1, 400)),)


def test_labels_are_given_where_absent_and_never_clash() -> None:
    network = parse("network n input 2 relu relu2: scale 2 relu relu")
    assert [layer.name for layer in network.body.layers] == ["relu1", "relu2", "relu3", "relu4"]


def test_unnamed_layers_leave_names_that_are_given_further_down() -> None:
    network = parse("network n input 2 relu relu1: scale 2 residual { relu relu3 : scale 2 } relu")
    assert [layer.name for layer in walk(network.body)] == (
        ["relu2", "relu1", "residual1", "relu4", "relu3", "relu5"]
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("netwrk n input 3 relu", 1, 1, "did you mean 'network'"),
        ("network n\ninput 3\nrleu", 3, 1, "did you mean 'relu'"),
        ("network n input 3 linear 2 wieght = [[1,2,3],[1,2,3]]", 1, 28, "did you mean 'weight'"),
        ("network n input 3 linear 2 weight = [[1,2],[3,4]]", 1, 19, "2×2, but 2×3 is needed"),
        ("network n input 3 mean_pool", 1, 19, "input B x 3"),
        ("network n input 3 linear 3 weight=[[1,2,", 1, 41, "end of the file; expected a number"),
        ("network n input 3 relu < 2", 1, 24, "expected a layer or a value or an argument such as"),
        ("network n input 3 < 2", 1, 19, "expected 'x' or a layer"),
        ("network n input \uff13", 1, 17, "(U+FF13); expected a name or an integer"),
        ("network theorem input 3 relu", 1, 9, "reserved"),
        ("network n input 3", 1, 9, "no layers"),
        ("network n input 3 scale 1/0", 1, 25, "denominator 0"),
        ("network n input 3 scale -1e309", 1, 25, "beyond ±1.797e308"),
        ("network n input q 3 norm <= 1e400 scale 1", 1, 29, "beyond ±1.797e308"),
        ("network n input 3 leaky_relu 2", 1, 19, "must lie in [0, 1]"),
        ("network n input 3 relu { relu }", 1, 19, "takes no branches"),
        ("network n input 3 linear 2 weight=[[1,2,3],[1,2]]", 1, 37, "row 1 has 2 entries"),
        ("network n input 3 linear 2 weight=[[1,2,3],[1,2,3]] weight=[[1]]", 1, 53, "two values"),
        ("network n input 0 relu", 1, 17, "positive integer"),
        ("network n input 3 a: relu a: relu", 1, 27, "two layers are called 'a'"),
        ("network n input 3 n: relu", 1, 9, "the network's name"),
        ("network n input 3 linear 2", 1, 19, "linear lacks weight"),
        ("network n input 3 relu 5", 1, 24, "takes no value here"),
        ('network n input 3 dot 1 keys = "k"[4:4]', 1, 36, "empty or negative"),
        ("network n input 3 scale [[1]]", 1, 27, "must be an exact number"),
    ],
)
def test_errors_are_located(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse(text, "file.lip")
    error = caught.value
    assert words in str(error)
    assert (error.line, error.column) == (line, column)
    assert str(error).startswith(f"file.lip:{line}:{column}: ")
    shown = str(error).splitlines()
    if len(shown) == 3:
        assert shown[1][2:] == text.splitlines()[line - 1]
        assert shown[2].index("^") == column + 1


def test_names_of_unnamed_layers_leave_the_network_its_own() -> None:
    network = parse("network relu2 input 3 relu relu relu")
    assert [layer.name for layer in network.body.layers] == ["relu1", "relu3", "relu4"]


def test_unreadable_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the spec"):
        read(tmp_path / "absent.lip")
    (tmp_path / "binary.lip").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8 text"):
        read(tmp_path / "binary.lip")


@pytest.mark.parametrize(
    "text",
    [
        "network n input 3 scale " + "9" * 3000,
        "network n input 3 scale 1e9999999",
        "network n input 3 " + "relu { " * 200,
    ],
)
def test_hostile_sizes_are_refused(text: str) -> None:
    with pytest.raises(SpecError):
        parse(text)


@given(st.text(max_size=200))
def test_any_text_parses_or_gives_a_deliberate_error(text: str) -> None:
    try:
        parse(text)
    except LipBridgeError as error:
        assert error.exit_code == 2


@given(
    st.lists(
        st.sampled_from(
            ["relu", "scale 1/2", "x:", "linear", "2", "weight=[[1,2],[3,4]]", "{", "}"]
        ),
        max_size=8,
    )
)
def test_any_words_parse_or_give_a_deliberate_error(words: list[str]) -> None:
    try:
        parse("network n input 2 " + " ".join(words))
    except LipBridgeError as error:
        assert error.exit_code == 2
