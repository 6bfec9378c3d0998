from __future__ import annotations

import re
from pathlib import Path

import pytest

import lipbridge.language
from lipbridge.errors import InputError
from lipbridge.language import Identifier, parse

LISTS = Path(lipbridge.language.__file__).with_name("reserved.txt").read_text("utf-8")
WORDS, ROOTS, PACKAGES, OWN = (
    re.sub(r"^#.*", "", part, flags=re.MULTILINE).split() for part in LISTS.split("\n\n")[1:]
)


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


@pytest.mark.parametrize(
    ("words", "some", "least"),
    [
        (WORDS, "theorem matches exists generalizing bif show_term nat_lit", 190),
        (ROOTS, "Eq Option Stream Int32 Dyadic", 110),
        (PACKAGES, "Init Std Lean Lake Main Mathlib", 6),
        (OWN, "LipBridge r Lipschitz", 20),
    ],
    ids=["words", "roots", "packages", "own"],
)
def test_every_reserved_name_is_refused(words: list[str], some: str, least: int) -> None:
    assert set(some.split()) <= set(words)
    assert len(words) >= least
    for word in words:
        with pytest.raises(InputError, match="reserved in Lean or by lipbridge"):
            Identifier(word)
        with pytest.raises(InputError, match="reserved in Lean or by lipbridge"):
            parse(f"network {word}\ninput 2\nrelu\n")
        with pytest.raises(InputError, match="reserved in Lean or by lipbridge"):
            parse(f"network fine\ninput 2\n{word}: relu\n")


@pytest.mark.parametrize(
    "word",
    ["init", "main", "std", "lean", "mathlib", "eq", "option", "data", "con", "NUL", "aux", "lpt9"],
)
def test_a_network_may_not_be_called_like_a_module_of_lean(word: str) -> None:
    assert Identifier(word) == word
    with pytest.raises(InputError, match=f"modules called '{word[0].upper()}{word[1:]}'"):
        Identifier.network(word)
    with pytest.raises(InputError, match="<spec>:1:9"):
        parse(f"network {word}\ninput 2\nrelu\n")
    assert parse(f"network fine\ninput 2\n{word}: relu\n").body.layers[0].name == word


def test_a_network_has_its_namespace() -> None:
    assert Identifier.network("head").capitalized == "Head"


@pytest.mark.parametrize("word", ["x", "theorem", "query"])
def test_suffixes_may_be_reserved_words(word: str) -> None:
    assert Identifier.suffix(word) == word


@pytest.mark.parametrize("word", ["", "1a", "a b", "-/", "_a", "a" * 65])
def test_suffixes_have_the_same_characters(word: str) -> None:
    with pytest.raises(InputError, match="cannot be a name"):
        Identifier.suffix(word)
