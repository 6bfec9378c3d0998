"""Templates as HTML: what a notebook shows, and what pages are made of."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lipbridge.data import data_folder


@cache
def html_environment() -> Environment:
    """The templates of pages, everything escaped."""
    return Environment(
        loader=FileSystemLoader(data_folder("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )


def report_macro(name: str, *arguments: object, **known: Any) -> str:
    """What a macro of the report's template makes, of its arguments and of what all macros know."""
    template = html_environment().get_template("report.html.jinja")
    return str(getattr(template.make_module(known), name)(*arguments)).strip()
