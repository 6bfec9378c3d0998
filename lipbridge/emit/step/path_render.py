"""The theorem about a recorded path: its rate, and that of every path within its radii."""

from __future__ import annotations

from lipbridge.certify import root_up
from lipbridge.decimals import decimal_up
from lipbridge.emit.lean.declaration import Binder, Scope, implicit
from lipbridge.emit.lean.ratios import is_reciprocal
from lipbridge.emit.lean.render import render, render_module
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term
from lipbridge.emit.step.path import Lock, PathRecord
from lipbridge.emit.step.recorded import recorded_modules
from lipbridge.emit.step.render import declare_list, lock_parts, recorded_data, stored_modules

_ROOT = PathRecord.root


@recorded_modules.register
def _(record: PathRecord, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    scope = _scope(record)
    data = Scope(_ROOT)
    declare_list(
        data,
        "links",
        "List Link",
        "The steps: the selected positions and the radius `num / den` of each",
        list(map(_link, record.locks)),
    )
    data.definition("recorded", "The recorded path, a link a step.", "List Link", "links0")
    modules = recorded_data(record, data, "Trajectory.Recorded")
    modules |= stored_modules(record)
    about = render("path.txt.jinja", p=record)
    name = f"{_ROOT}.Theorem"
    modules[name] = render_module(_ROOT, list(modules), about, scope, stubs=stubs)
    return modules, scope


def _link(lock: Lock | None) -> Term:
    """A link as a term."""
    if lock is None:
        return lean_term(".free")
    return app(".locked", Term("tuple", parts=lock_parts(lock)))


def _scope(record: PathRecord) -> Scope:
    """What the module of theorems declares."""
    steps, kept = len(record.locks), record.certified
    free = steps - kept
    count, width, denominator = len(record.blocks), len(record.queries[0]), 1 << record.bits
    scope = Scope(_ROOT)
    sizes = app("linksCheck", count, record.top_k, width, denominator, "keys", "query", "recorded")
    about = "Every radius holds, and the next query lies within it."
    scope.check("recorded_links", about, app(sizes, 0))
    numbers = {"freeSteps recorded": free, "others (freeSteps recorded)": kept}
    counts = [
        app("Nat.beq", app("count", steps, which), number) for which, number in numbers.items()
    ]
    about = f"Of {free} steps nothing is certified, {kept} keep their selection."
    scope.check("recorded_counts", about, app("and", *counts))
    reciprocal = is_reciprocal(denominator, "r")
    ring = implicit("r", "R")
    path = bind("fun t =>", "storedVec (query.entry t) r")
    scope.theorem(
        "recorded_follows",
        "The recorded path stays within its own radii.",
        arrow(reciprocal, app("Follows", width, "query", "r", "recorded", path, steps)),
        bind("fun hr =>", app("LipBridge.recorded_follows", "recorded_links", "hr", steps)),
        (ring,),
        f"{record.where}: the recorded path stays within its own radii",
    )
    _rate(scope, record, reciprocal, ring)
    return scope


def _rate(scope: Scope, record: PathRecord, reciprocal: Term, ring: Binder) -> None:
    steps, kept = len(record.locks), record.certified
    free, count, width = steps - kept, len(record.blocks), len(record.queries[0])
    locked, any_step = (decimal_up(root_up(square)) for square in record.worst_ratios())
    summary = (
        f"{record.where}: on every path within the radii at most {free} of {steps} steps change the"
        f" selection, and the rate is κ^{free}·ρ^{kept}, ρ that of steps that keep it, κ of others"
    )
    doc = (
        f"{summary[0].upper()}{summary[1:]}. Here ρ and κ are any numbers that meet the premises."
        f" Measured on the recorded steps, which is no part of the theorem: a movement is at most"
        f" {locked} times the one before it at certified steps, {any_step} times at any step."
    )
    same = app("SameOn", count, "(S t)", "(S (Nat.succ t))")
    before = app("Nat.lt", "t", steps)

    def shrinks(factor: str) -> Term:
        return app("le", "(e (Nat.succ t))", app("mul", factor, "(e t)"))

    selected = app("KeysSelect", count, record.top_k, width, "keys", "r", "(p t)", "(S t)")
    factor = app("mul", app("rpow", "κ", free), app("rpow", "ρ", kept))
    statement = arrow(
        reciprocal,
        app("Follows", width, "query", "r", "recorded", "p", steps),
        bind("∀ t,", arrow(app("Nat.le", "t", steps), selected)),
        "le zero ρ",
        "le zero κ",
        bind("∀ t,", arrow(before, same, shrinks("ρ"))),
        bind("∀ t,", arrow(before, shrinks("κ"))),
        app(
            "And",
            app("Nat.le", app("transitions", count, "S", steps), free),
            app("le", app("e", steps), app("mul", factor, "(e 0)")),
        ),
    )
    scope.theorem(
        "path_rate",
        doc,
        statement,
        "fun hr near hS hρ hκ locked jump => "
        "recorded_rate recorded_links recorded_counts hr near hS hρ hκ locked jump",
        (
            ring,
            implicit("p", "Nat → Vec R"),
            implicit("S", "Nat → BlockSet"),
            implicit("e", "Nat → R"),
            implicit("ρ κ", "R"),
        ),
        summary,
    )
