"""Rendering: contexts → Lean source, and what the kernel is asked to have been proved of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lipbridge.emit.export.records import Theorem
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.points import AnyPoint, point_declarations
from lipbridge.emit.network.rules import environment


def render(template: str, **values: Any) -> str:
    """Render a template; an undefined name raises."""
    return environment().get_template(template).render(**values)


def render_module(
    namespace: str, imports: Sequence[str], about: str, scope: Scope, *, stubs: bool
) -> str:
    """A module of declarations.

    Args:
        namespace: that of what it declares.
        imports: the modules that it imports.
        about: its docstring.
        scope: what it declares.
        stubs: write ``sorry`` for every proof.
    """
    return render(
        "module.lean.jinja",
        imports=imports,
        about=about,
        namespace=namespace,
        variables=scope.header,
        declarations=scope.source(stubs=stubs),
    )


def render_network(context: NetworkContext, *, version: str, weights: str, stubs: bool) -> str:
    """The module with the network as a Lean function and its theorems.

    Args:
        context: names and numbers.
        version: lipbridge's version, for the header.
        weights: SHA-256 of the weights file, or empty.
        stubs: write ``sorry`` for every proof.
    """
    imports = ["LipBridge", *(f"{context.namespace}.Data.{t.name}" for t in context.tensors)]
    about = render(
        "network.txt.jinja",
        n=context,
        version=version,
        weights=weights,
        reciprocals="(r :" in context.scope.header,
    )
    return render_module(context.namespace, imports, about, context.scope, stubs=stubs)


def render_points(context: NetworkContext, points: Sequence[AnyPoint], *, stubs: bool) -> str:
    """The module with the network's values at integer points.

    Args:
        context: names and numbers.
        points: the points with their values.
        stubs: write ``sorry`` for every evaluation.
    """
    about = render("points.txt.jinja", n=context)
    scope = point_declarations(context, points)
    return render_module(
        context.namespace, [f"{context.namespace}.Network"], about, scope, stubs=stubs
    )


def claimed_theorems(
    context: NetworkContext, points: Sequence[AnyPoint] = ()
) -> tuple[Theorem, ...]:
    """What an export must prove, in which every definition of its own modules is unfolded.

    Layers are the library's functions of the data modules' entries, constants are literals. Names
    are relative to ``LipBridge`` and to the export's namespace.
    """
    scopes = context.scope, point_declarations(context, points)
    return tuple(theorem for scope in scopes for theorem in asked(context.namespace, scope))


def asked(namespace: str, scope: Scope) -> tuple[Theorem, ...]:
    """What the kernel is asked about a module."""
    return tuple(
        Theorem(f"{namespace}.{name}", statement, summary)
        for name, statement, summary in scope.statements()
    )
