from __future__ import annotations

import pytest

from lipbridge.errors import InputError
from lipbridge.language import Identifier


@pytest.mark.parametrize("word", ["head", "W1", "a_b", "x9_"])
def test_plain_words_are_identifiers(word: str) -> None:
    assert Identifier(word) == word
    assert isinstance(Identifier(word), str)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "1a",
        "a b",
        "a.b",
        "a'",
        "é",
        "a\n",
        "a" * 65,
        "theorem",
        "sorry",
        "-/",
        "_a",
        "one",
        "add",
    ],
)
def test_anything_else_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="name"):
        Identifier(word)


@pytest.mark.parametrize("word", ["x", "theorem", "query"])
def test_suffixes_may_be_reserved_words(word: str) -> None:
    assert Identifier.suffix(word) == word


@pytest.mark.parametrize("word", ["", "1a", "a b", "-/", "_a", "a" * 65])
def test_suffixes_have_the_same_characters(word: str) -> None:
    with pytest.raises(InputError, match="cannot be a name"):
        Identifier.suffix(word)
