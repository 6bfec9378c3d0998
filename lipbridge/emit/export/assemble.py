"""Where an export's files come together: library, modules, records, lakefile, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lipbridge.data import bridge_files, library_files
from lipbridge.emit.export.manifest import MANIFEST_NAME, Manifest, digest
from lipbridge.emit.export.records import MATHLIB_NOTE, LeanProject, NetworkClaim
from lipbridge.emit.lean.render import render
from lipbridge.errors import InputError


def documents(project: LeanProject, package: str) -> dict[str, str]:
    """The files about all networks together, beside the manifest.

    Args:
        project: what is stated.
        package: name of the Lake package.
    """
    roots = list(dict.fromkeys(name.split(".")[0] for name in project.modules))
    mathlib = project.mathlib and MATHLIB_NOTE
    readme = render("export_readme.md.jinja", p=project, mathlib=mathlib)
    lakefile = render("lakefile.toml.jinja", package=package, roots=roots)
    return {"lakefile.toml": lakefile, "README.md": readme}


def assemble(project: LeanProject, package: str) -> LeanProject:
    """Every file of an export.

    Args:
        project: its modules, and the records that they are rendered from.
        package: name of the Lake package.
    """
    files = {**library_files(), **project.files}
    if project.mathlib:
        mathlib = _mathlib_files(project.claims, package)
        files |= {f"mathlib/{path}": text for path, text in mathlib.items()}
    return with_manifest(replace(project, files={**files, **documents(project, package)}))


def _mathlib_files(claims: Iterable[NetworkClaim], package: str) -> dict[str, str]:
    """A package of its own, which asks for Mathlib: the bridge, a lakefile, a module a network.

    Args:
        claims: what the export states.
        package: name of the export's Lake package.

    Raises:
        InputError: a network's name hides one that the modules need.
    """
    from lipbridge.emit.network.real import real_module, real_module_name

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


def manifest_of(
    project: LeanProject, networks: Iterable[str], files: Mapping[str, str]
) -> Manifest:
    """What an export says of itself.

    Args:
        project: the export.
        networks: names of its networks, none of the theory or a step.
        files: path → SHA-256 of its files.
    """
    return Manifest(
        networks=tuple(map(str, networks)),
        weights_name=project.provenance.name,
        weights_sha256=project.provenance.sha256,
        stubs=project.stubs,
        mathlib=project.mathlib,
        prover=project.prover,
        modules=project.modules,
        files=files,
    )


def with_manifest(project: LeanProject) -> LeanProject:
    """The project with a manifest among its files."""
    files = {name: digest(text.encode("utf-8")) for name, text in project.files.items()}
    networks = [claim.part.network.name for claim in project.claims]
    manifest = manifest_of(project, networks, files).to_text()
    return replace(project, files={**project.files, MANIFEST_NAME: manifest})
