"""Where an export's files come together: library, modules, records, lakefile, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lipbridge.data import library_files
from lipbridge.emit.export.manifest import MANIFEST_NAME, Manifest, digest
from lipbridge.emit.export.records import MATHLIB_NOTE, LeanProject, NetworkProject, Provenance
from lipbridge.emit.lean.render import render


def module_path(name: str) -> str:
    """Where a project keeps a module."""
    return f"{name.replace('.', '/')}.lean"


def documents(
    networks: Sequence[NetworkProject],
    modules: Iterable[str],
    package: str,
    *,
    stubs: bool = False,
    opened: Sequence[str] = (),
    mathlib: bool = False,
    provenance: Provenance | None = None,
) -> dict[str, str]:
    """The files about all networks together, beside the manifest.

    Args:
        networks: what is stated.
        modules: names of the generated modules.
        package: name of the Lake package.
        stubs: whether proofs are ``sorry``.
        opened: paths of the files in which somebody else may write them.
        mathlib: whether there is a folder with the theorems in Mathlib's words.
        provenance: the weights that they are about.
    """
    roots = list(dict.fromkeys(name.split(".")[0] for name in modules))
    readme = render(
        "export_readme.md.jinja",
        networks=networks,
        stubs=stubs,
        opened=opened,
        mathlib=mathlib and MATHLIB_NOTE,
        weights=provenance or Provenance(),
    )
    lakefile = render("lakefile.toml.jinja", package=package, roots=roots)
    return {"lakefile.toml": lakefile, "README.md": readme}


def assemble(
    networks: Sequence[NetworkProject],
    modules: Mapping[str, str],
    records: Mapping[str, str],
    *,
    package: str,
    provenance: Provenance | None = None,
    stubs: bool = False,
    open_modules: Iterable[str] = (),
    mathlib: bool = False,
) -> LeanProject:
    """Every file of an export.

    Args:
        networks: what is stated.
        modules: the generated modules by name, in dependency order.
        records: path → text of what the modules are rendered from, and of documents.
        package: name of the Lake package.
        provenance: the weights that it is about.
        stubs: whether proofs are ``sorry``.
        open_modules: those in which somebody else may write the proofs of stubs.
        mathlib: whether there is a folder with the theorems in Mathlib's words.
    """
    provenance = provenance or Provenance()
    files = dict(library_files())
    files |= {module_path(name): text for name, text in modules.items()} | dict(records)
    if mathlib:
        from lipbridge.emit.export.mathlib import mathlib_files

        claims = [n.claim for n in networks if n.claim is not None]
        files |= {f"mathlib/{path}": text for path, text in mathlib_files(claims, package).items()}
    opened = [module_path(name) for name in open_modules]
    files |= documents(
        networks,
        modules,
        package,
        stubs=stubs,
        opened=opened,
        mathlib=mathlib,
        provenance=provenance,
    )
    return with_manifest(
        LeanProject(
            tuple(networks),
            files,
            stubs,
            tuple(modules),
            frozenset(opened),
            provenance,
            mathlib,
        )
    )


def with_manifest(project: LeanProject) -> LeanProject:
    """The project with a manifest among its files."""
    manifest = Manifest(
        networks=tuple(str(n.network) for n in project.networks if n.claim is not None),
        weights_name=project.provenance.name,
        weights_sha256=project.provenance.sha256,
        stubs=project.stubs,
        mathlib=project.mathlib,
        prover=project.prover,
        modules=project.modules,
        files={name: digest(text.encode("utf-8")) for name, text in project.files.items()},
    )
    return replace(project, files={**project.files, MANIFEST_NAME: manifest.to_text()})
