"""What the emit stage makes: the files of a Lake project and the theorems it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LeanProject", "Theorem"]


@dataclass(frozen=True)
class Theorem:
    """A theorem of the export.

    Attributes:
        name: full Lean name.
        statement: its statement as Lean source, closed (universe level ``u`` free).
        summary: one line in ordinary words.
    """

    name: str
    statement: str
    summary: str


@dataclass(frozen=True)
class LeanProject:
    """A self-contained Lake project.

    Attributes:
        network: the network's name.
        root: the module that imports all generated ones.
        modules: the generated modules, in dependency order.
        files: relative path → text, the copy of the library included.
        theorems: what it proves, the main theorem last.
        stubs: whether proofs are ``sorry``.
    """

    network: str
    root: str
    modules: tuple[str, ...]
    files: Mapping[str, str]
    theorems: tuple[Theorem, ...]
    stubs: bool

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description, file contents left out."""
        return {
            "network": self.network,
            "root": self.root,
            "modules": list(self.modules),
            "files": sorted(self.files),
            "theorems": [
                {"name": t.name, "statement": t.statement, "summary": t.summary}
                for t in self.theorems
            ],
            "stubs": self.stubs,
        }
