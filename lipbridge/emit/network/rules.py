"""The layer rules: every template of a layer, as a module of macros."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2

from lipbridge.data import data_folder

__all__ = ["environment", "rules", "template_kinds"]


@cache
def environment() -> jinja2.Environment:
    """The templates; an undefined name raises."""
    # Lean source is no HTML; every value that reaches a template is a number or an Identifier.
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_folder("templates")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )


def template_kinds() -> tuple[str, ...]:
    """The layer kinds that have a template."""
    names = environment().list_templates(filter_func=lambda name: name.startswith("layers/"))
    return tuple(name.removeprefix("layers/").removesuffix(".lean.jinja") for name in names)


class _Rules(dict[str, Any]):
    """Macros by kind; a template is compiled when a network first has a layer of its kind."""

    def __missing__(self, kind: str) -> Any:
        """Compile the template of a kind."""
        self[kind] = environment().get_template(f"layers/{kind}.lean.jinja").module
        return self[kind]


@cache
def rules() -> Mapping[str, Any]:
    """The macros of every layer's template, by kind."""
    return _Rules()
