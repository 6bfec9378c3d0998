"""Templates of Lean and Agda modules: compiled when lipbridge is built, or from their text.

Compiling them takes longer than a check of an unchanged export. What was compiled stands beside a
list of what it was compiled from, and is used for exactly that text and that version of Jinja.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2

from lipbridge.data import data_folder

_INDEX = "index.json"
_SUFFIXES = (".lean.jinja", ".agda.jinja", ".txt.jinja", ".md.jinja", ".toml.jinja")


def environment(
    finalize: Callable[[object], object], *, sources: Path, compiled: Path
) -> jinja2.Environment:
    """The templates; an undefined name raises.

    Args:
        finalize: makes of a value what is printed.
        sources: the folder with their texts.
        compiled: the folder that :func:`compile_templates` filled, which may be absent.
    """
    # Lean source is no HTML; every value that reaches a template is a number or an Identifier.
    return jinja2.Environment(
        loader=_Loader(sources, compiled),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
        finalize=finalize,
    )


def compile_templates(compiled: Path, sources: Path | None = None) -> None:
    """Compile every template into Python modules in a new folder, and list what they are of.

    Args:
        compiled: the folder.
        sources: the templates, by default those of lipbridge.
    """
    found = environment(
        lambda value: value, sources=sources or data_folder("templates"), compiled=compiled
    )
    names = [name for name in found.list_templates() if name.endswith(_SUFFIXES)]
    found.compile_templates(compiled, zip=None, filter_func=names.__contains__, ignore_errors=False)
    assert found.loader is not None, "it has the one that it was made with"
    digests = {name: _digest(found.loader.get_source(found, name)[0]) for name in names}
    index = {"jinja2": jinja2.__version__, "templates": digests}
    (compiled / _INDEX).write_text(json.dumps(index, indent=1) + "\n", "utf-8")


class _Loader(jinja2.FileSystemLoader):
    """Takes the compiled template where it is one of the text that lies there now."""

    def __init__(self, sources: Path, compiled: Path) -> None:
        super().__init__(sources)
        index = compiled / _INDEX
        known: dict[str, Any] = json.loads(index.read_bytes()) if index.is_file() else {}
        self._digests: dict[str, str] = {}
        if known.get("jinja2") == jinja2.__version__:
            self._digests = known["templates"]
            self._modules = jinja2.ModuleLoader(compiled)

    def load(
        self, environment: jinja2.Environment, name: str, globals: Any = None
    ) -> jinja2.Template:
        if name in self._digests:
            text = self.get_source(environment, name)[0]
            if _digest(text) == self._digests[name]:
                return self._modules.load(environment, name, globals)
        return super().load(environment, name, globals)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
