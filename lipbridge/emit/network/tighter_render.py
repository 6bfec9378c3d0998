"""The module of tighter constants: its text, data modules, and what it must prove."""

from __future__ import annotations

from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.export.records import Theorem
from lipbridge.emit.network.render import asked, render, render_module
from lipbridge.emit.network.tighter import TighterContext


def tighter_data(tighter: TighterContext) -> dict[str, str]:
    """The data modules of the matrices that were made from the network's, by name."""
    modules: dict[str, str] = {}
    for matrix in tighter.matrices:
        modules |= matrix_modules(
            tighter.network.namespace,
            matrix.name,
            matrix.matrix,
            matrix.certificate,
            source=matrix.source,
            transposed=matrix.transposed,
        )
    for stated in tighter.stated:
        modules |= stated.modules
    return modules


def tighter_module(tighter: TighterContext, *, stubs: bool) -> str:
    """The module of the theorems.

    Args:
        tighter: names and terms.
        stubs: write ``sorry`` for every proof.
    """
    context = tighter.network
    about = render("tighter.txt.jinja", n=context)
    data = [f"{context.namespace}.Data.{matrix.name}" for matrix in tighter.matrices]
    data += [name for stated in tighter.stated for name in stated.imports]
    imports = [f"{context.namespace}.Network", *data]
    return render_module(context.namespace, imports, about, tighter.scope, stubs=stubs)


def tighter_theorems(tighter: TighterContext) -> tuple[Theorem, ...]:
    """What the module must prove, every definition of the network module unfolded.

    The tables of scores are named: their data modules are compared byte for byte.
    """
    return asked(tighter.network.namespace, tighter.scope)
