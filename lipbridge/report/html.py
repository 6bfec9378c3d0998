"""Templates as HTML: what a notebook shows, and what pages are made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from lipbridge.data import data_folder

if TYPE_CHECKING:
    from lipbridge.report.records import Report


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


def result_html(sentence: str, reports: Sequence[Report]) -> str:
    """A sentence and the tables of reports under it."""
    return f"<p>{escape(sentence)}</p>" + "".join(report_macro("bounds", r) for r in reports)
