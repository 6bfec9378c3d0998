"""The theory alone, without weights: the Lean library and the symbolic derivations."""

from __future__ import annotations

import json

from lipbridge import __version__
from lipbridge.data import library_files
from lipbridge.emit.export.manifest import MANIFEST_NAME, MANIFEST_VERSION, Manifest, digest
from lipbridge.emit.export.records import LeanProject
from lipbridge.emit.export.stubs import stub_theorems
from lipbridge.emit.network.render import render

__all__ = ["theory_project"]


def theory_project(*, stubs: bool) -> LeanProject:
    """The library as a Lake project, with the derivations beside it.

    Args:
        stubs: replace every proof of the library with ``sorry``.

    Returns:
        A project without a network; its theorems are those of the library.
    """
    from lipbridge.symbolic import derivations

    files = dict(library_files())
    stubbed = 0
    if stubs:
        for path, text in files.items():
            if path.startswith("LipBridge/"):
                files[path], count = stub_theorems(text)
                stubbed += count
    files["lakefile.toml"] = render("lakefile.toml.jinja", package="theory", roots=())
    table = [derivation.to_json() for derivation in derivations()]
    files["derivations.json"] = json.dumps(table, indent=2, ensure_ascii=False) + "\n"
    files["derivations.md"] = render("derivations.md.jinja", derivations=table, stubs=stubbed)
    manifest = Manifest(
        version=MANIFEST_VERSION,
        lipbridge=__version__,
        networks=(),
        weights_name="",
        weights_sha256="",
        stubs=stubs,
        modules=("LipBridge",),
        files={name: digest(text.encode("utf-8")) for name, text in files.items()},
    )
    files[MANIFEST_NAME] = manifest.to_text()
    return LeanProject((), files, stubs)
