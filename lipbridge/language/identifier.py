"""Names that may reach Lean: validated once, here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from lipbridge.errors import InputError

_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_LISTS = Path(__file__).with_name("reserved.txt").read_text("utf-8")
_REFUSED = frozenset(re.sub(r"(?m)^#.*", "", _LISTS).split())
# No file may bear such a name on Windows, in whatever case, and Lake refuses it everywhere.
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|(com|lpt)[0-9])")


class Identifier(str):
    """A word that is safe as a Lean identifier: letters, digits, ``_``; not in ``reserved.txt``.

    Raises:
        InputError: the word is not such an identifier; the message says what is allowed.
    """

    __slots__ = ()

    def __new__(cls, word: str) -> Self:
        name = cls.suffix(word)
        if name in _REFUSED:
            raise InputError(f"{word!r} is reserved in Lean or by lipbridge; choose another name")
        return name

    @classmethod
    def network(cls, word: str) -> Self:
        """The name of a network, whose modules and namespace bear it with a capital letter.

        Raises:
            InputError: it is no identifier, or Lean or Lake keep the capitalized name.
        """
        name = cls(word)
        if name.capitalized in _REFUSED or _DEVICE.fullmatch(name):
            raise InputError(
                f"a network {word!r} would have modules called {name.capitalized!r}, which is "
                "reserved in Lean, by lipbridge or as a file name; choose another name"
            )
        return name

    @property
    def capitalized(self) -> str:
        """The name with a capital letter: a network's namespace."""
        return self[0].upper() + self[1:]

    @classmethod
    def suffix(cls, word: str) -> Self:
        """A word that only ends longer names in Lean, and may be a keyword or a variable.

        Raises:
            InputError: other characters, or too many.
        """
        if not _PATTERN.fullmatch(word):
            raise InputError(
                f"{word[:80]!r} cannot be a name: use letters, digits and _, starting with a "
                "letter, at most 64 characters"
            )
        return super().__new__(cls, word)
