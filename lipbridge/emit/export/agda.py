"""Every file of an export for Agda."""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.data import data_folder
from lipbridge.emit.export.assemble import with_manifest
from lipbridge.emit.export.project import network_records
from lipbridge.emit.export.records import (
    CertifiedNetwork,
    LeanProject,
    NetworkClaim,
    NetworkProject,
    Provenance,
    provenance_of,
)
from lipbridge.emit.lean.render import render
from lipbridge.emit.network.agda import agda_module
from lipbridge.emit.network.build import network_context
from lipbridge.errors import InputError


def agda_project(
    parts: Sequence[CertifiedNetwork], provenance: Provenance | None = None
) -> LeanProject:
    """Render every file of an export for Agda: the theory, a module a network, the data.

    Args:
        parts: the networks; their names differ.
        provenance: where the weights come from.

    Raises:
        InputError: a layer has no rule for Agda, or two networks have the same name.
    """
    provenance = provenance_of(parts, provenance)
    theory = data_folder("templates") / "agda"
    files = {
        path.relative_to(theory).as_posix(): path.read_text("utf-8")
        for path in sorted(theory.glob("LipBridge/*.agda"))
    }
    networks: list[NetworkProject] = []
    for part in parts:
        if part.selections is not None:
            raise InputError("selections at points have no rule for Agda; export them for Lean")
        claim = NetworkClaim(part, network_context(part.network, part.tensors, part.certificates))
        context, name = claim.context, part.network.name
        module = context.namespace
        path = f"{module}.agda"
        if path in files:
            raise InputError(f"two networks are called {name!r}; rename one")
        files[path], theorem = agda_module(context, provenance.sha256)
        files |= network_records(claim)
        networks.append(NetworkProject(name, module, (module,), (theorem,), claim))
    files["README.md"] = render("agda/readme.md.jinja", networks=networks, weights=provenance)
    modules = ("LipBridge.Stability", *(network.root for network in networks))
    return with_manifest(
        LeanProject(tuple(networks), files, False, modules, provenance, prover="agda")
    )
