"""What the emit stage makes: the files of a Lake project and the theorems it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LeanProject", "NetworkProject", "Theorem"]


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
class NetworkProject:
    """What an export says of one network.

    Attributes:
        network: the network's name.
        root: its namespace, and the module that imports all of its modules.
        modules: its generated modules, in dependency order.
        theorems: what they prove, the main theorem last.
    """

    network: str
    root: str
    modules: tuple[str, ...]
    theorems: tuple[Theorem, ...]

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "network": self.network,
            "root": self.root,
            "modules": list(self.modules),
            "theorems": [
                {"name": t.name, "statement": t.statement, "summary": t.summary}
                for t in self.theorems
            ],
        }


@dataclass(frozen=True)
class LeanProject:
    """A self-contained Lake project.

    Attributes:
        networks: one entry a network; none for the theory alone.
        files: relative path → text, the copy of the library included.
        stubs: whether proofs are ``sorry``.
    """

    networks: tuple[NetworkProject, ...]
    files: Mapping[str, str]
    stubs: bool

    @property
    def theorems(self) -> tuple[Theorem, ...]:
        """All theorems, network by network."""
        return tuple(theorem for network in self.networks for theorem in network.theorems)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description, file contents left out."""
        return {
            "networks": [network.to_json() for network in self.networks],
            "files": sorted(self.files),
            "stubs": self.stubs,
        }
