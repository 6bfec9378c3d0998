"""Templates, and what they may call; a module of declarations as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from lipbridge import templates
from lipbridge.data import data_folder
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.printer import int_literal, nat_literal, ratio_comment
from lipbridge.emit.lean.ratios import inverse, reciprocal
from lipbridge.emit.lean.term import Term, app, fold, lean_term
from lipbridge.emit.lean.words import with_words

if TYPE_CHECKING:
    import jinja2

NETWORKS, TIGHTER, SELECTIONS, STEPS = (
    f"LipBridge.{part}" for part in ("Networks", "Tighter", "Selections", "Steps")
)
"""The parts of the library, each with those before it: what modules of ours import of it."""


@cache
def environment() -> jinja2.Environment:
    """The templates, with what they may call."""
    found = templates.environment(
        _printed, sources=data_folder("templates"), compiled=data_folder("compiled_templates")
    )
    helpers: dict[str, Any] = {"app": app, "fold": fold, "term": lean_term}
    helpers |= {"inverse": inverse, "reciprocal": reciprocal}
    helpers |= {"int": int_literal, "nat": nat_literal, "ratio": ratio_comment}
    found.globals.update(helpers)
    return found


def _printed(value: object) -> object:
    """A term as an argument; everything else as it is."""
    return value.argument if isinstance(value, Term) else value


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
        about: its docstring; the words of the library that its statements use come after it.
        scope: what it declares.
        stubs: write ``sorry`` for every proof.
    """
    return render(
        "module.lean.jinja",
        imports=imports,
        about=with_words(about, scope),
        namespace=namespace,
        variables=scope.header,
        declarations=scope.source(stubs=stubs),
    )
