"""A module of theorems about a network: its own, and any kind of them beside it."""

from __future__ import annotations

from dataclasses import dataclass

from lipbridge import __version__
from lipbridge.emit.lean.declaration import Scope, Theorem
from lipbridge.emit.lean.render import NETWORKS, render, render_module
from lipbridge.emit.network.context import NetworkContext


@dataclass(frozen=True)
class NetworkModule:
    """A module, ready to be rendered.

    Attributes:
        network: the network's context.
        scope: what the module declares.
        title: the last part of its name.
        imports: the modules that it imports.
        about: its docstring.
    """

    network: NetworkContext
    scope: Scope
    title: str
    imports: tuple[str, ...]
    about: str

    @property
    def module(self) -> str:
        """Name of the module."""
        return f"{self.network.namespace}.{self.title}"

    def data(self) -> dict[str, str]:
        """The data modules that it needs besides, by name, in dependency order."""
        return {}

    def source(self, *, stubs: bool) -> str:
        """Its text, with stubs ``sorry`` for every proof."""
        namespace = self.network.namespace
        return render_module(namespace, self.imports, self.about, self.scope, stubs=stubs)

    def theorems(self) -> tuple[Theorem, ...]:
        """What it must prove, every definition of a module unfolded; data modules are named."""
        return self.scope.asked(self.network.namespace)


def own_module(context: NetworkContext, weights: str) -> NetworkModule:
    """The network as a Lean function, with its theorems; from weights with a SHA-256, or none."""
    about = render(
        "network.txt.jinja",
        n=context,
        version=__version__,
        weights=weights,
        reciprocals="(r :" in context.scope.header,
    )
    data = (f"{context.namespace}.Data.{tensor.name}" for tensor in context.tensors)
    return NetworkModule(context, context.scope, "Network", (NETWORKS, *data), about)
