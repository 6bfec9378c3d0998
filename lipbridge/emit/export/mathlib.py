"""The folder ``mathlib/`` of an export: a package of its own, which asks for Mathlib."""

from __future__ import annotations

from collections.abc import Iterable

from lipbridge.data import bridge_files
from lipbridge.emit.export.records import MATHLIB_NOTE, NetworkClaim
from lipbridge.emit.lean.render import render
from lipbridge.emit.network.real import real_module, real_module_name
from lipbridge.errors import InputError


def mathlib_files(claims: Iterable[NetworkClaim], package: str) -> dict[str, str]:
    """The bridge, a lakefile, and one module a network: path below the folder → text.

    Args:
        claims: what the export states.
        package: name of the export's Lake package.

    Raises:
        InputError: a network's name hides one that the modules need.
    """
    files = dict(bridge_files())
    modules: list[str] = []
    for claim in claims:
        name = real_module_name(claim.context.namespace)
        if f"{name}.lean" in files or any(other.context.namespace == name for other in claims):
            raise InputError(f"two modules would be called {name!r}; rename a network")
        tighter = None if claim.tighter is None else claim.tighter.scope
        files[f"{name}.lean"] = real_module(claim.context, tighter, MATHLIB_NOTE)
        modules.append(name)
    files["lakefile.toml"] = render("mathlib/lakefile.toml.jinja", package=package, modules=modules)
    return files
