import pytest

from lipbridge.errors import InputError
from lipbridge.language.layer_range import parse_layers


def test_reads_numbers_and_ranges():
    assert parse_layers("3,5, 7-9", range(20)) == (3, 5, 7, 8, 9)
    assert parse_layers("3-59", range(3, 60)) == tuple(range(3, 60))
    assert parse_layers("9,3-4,3", range(20)) == (3, 4, 9)


def test_a_range_keeps_only_layers_that_exist():
    assert parse_layers("0-4", {3, 4, 5}) == (3, 4)


@pytest.mark.parametrize("text", ["", "a", "3-", "-3", "3--5", "3;4", "1e3", "123456", "3,,4"])
def test_rejects_another_syntax(text):
    with pytest.raises(InputError, match="neither a number nor a range"):
        parse_layers(text, range(200000))


def test_names_what_is_available():
    with pytest.raises(InputError, match=r"no indexer in 1; there is one in 3-5,9"):
        parse_layers("1", [3, 4, 5, 9])
    with pytest.raises(InputError, match="range 9-3 is empty"):
        parse_layers("9-3", range(10))
