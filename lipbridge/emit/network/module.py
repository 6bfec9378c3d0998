"""A module of theorems about a network: its own, and any kind of them beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from lipbridge import __version__
from lipbridge.emit.lean.declaration import Scope, Theorem
from lipbridge.emit.lean.render import NETWORKS, render, render_module
from lipbridge.emit.network.context import NetworkContext


@dataclass(frozen=True)
class NetworkModule(ABC):
    """A module, ready to be rendered.

    Attributes:
        network: the network's context.
        scope: what the module declares.
    """

    network: NetworkContext
    scope: Scope
    title: ClassVar[str]
    """The last part of the module's name."""

    @property
    def module(self) -> str:
        """Name of the module."""
        return f"{self.network.namespace}.{self.title}"

    @property
    @abstractmethod
    def imports(self) -> Sequence[str]:
        """The modules that it imports."""

    @property
    @abstractmethod
    def about(self) -> str:
        """Its docstring."""

    def data(self) -> dict[str, str]:
        """The data modules that it needs besides, by name, in dependency order."""
        return {}

    def source(self, *, stubs: bool) -> str:
        """Its text.

        Args:
            stubs: write ``sorry`` for every proof.
        """
        namespace = self.network.namespace
        return render_module(namespace, self.imports, self.about, self.scope, stubs=stubs)

    def theorems(self) -> tuple[Theorem, ...]:
        """What it must prove, every definition of a module unfolded; data modules are named."""
        return self.scope.asked(self.network.namespace)


@dataclass(frozen=True)
class OwnModule(NetworkModule):
    """The network as a Lean function, with its theorems.

    Attributes:
        weights: SHA-256 of the weights file, or empty.
    """

    weights: str
    title: ClassVar[str] = "Network"

    @property
    def imports(self) -> Sequence[str]:
        namespace = self.network.namespace
        return [NETWORKS, *(f"{namespace}.Data.{t.name}" for t in self.network.tensors)]

    @property
    def about(self) -> str:
        return render(
            "network.txt.jinja",
            n=self.network,
            version=__version__,
            weights=self.weights,
            reciprocals="(r :" in self.scope.header,
        )
