"""The theorem about one recorded step: no query within δ of it selects other blocks.

With keys the theorem is about their inner products and assumes nothing: the kernel computes that
the recorded scores are ⟨q, k_b⟩ and that no recorded constant is below ‖k_b‖. Without keys the
scores and constants are hypotheses: the theorem holds of every family of functions that has the
recorded values at q (within the evaluation error) and the recorded Lipschitz constants.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lipbridge import __version__
from lipbridge.decimals import decimal_down, decimal_given
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.lean.declaration import Scope, implicit
from lipbridge.emit.lean.printer import int_literal, nat_literal
from lipbridge.emit.lean.ratios import is_reciprocal, within_ratio
from lipbridge.emit.lean.render import render, render_module
from lipbridge.emit.lean.term import Term, app, arrow, bind, lean_term, listed
from lipbridge.emit.step.path import Lock, PathRecord
from lipbridge.emit.step.record import StepRecord
from lipbridge.emit.step.recorded import Recorded, recorded_modules

ROOT = StepRecord.root
# A term nested much deeper is too deep for the parser.
_PIECE = 64
# Blocks that a sentence names.
_NAMED = 16
_FAMILY = (("n", "Nat"), ("A", "Vec R → Prop"), ("s", "Nat → Vec R → R"))


@recorded_modules.register
def _(record: StepRecord, *, stubs: bool) -> tuple[dict[str, str], Scope]:
    scope = _scope(record)
    modules: dict[str, str] = {}
    if record.lock is None:
        modules = recorded_data(record, _data(record), "Selection.StepKeys")
    modules |= stored_modules(record)
    imports = list(modules) + ([] if record.lock is None else ["LipBridge.Trajectory.Recorded"])
    about = render("step.txt.jinja", s=record, trace=plain(record.trace), version=__version__)
    modules[f"{ROOT}.Theorem"] = render_module(ROOT, imports, about, scope, stubs=stubs)
    return modules, scope


def recorded_data(record: StepRecord | PathRecord, scope: Scope, library: str) -> dict[str, str]:
    """The module of the definition ``recorded``, with what the trace says of it.

    Args:
        record: the step or path.
        scope: what is defined.
        library: the module of the library that it needs.
    """
    about = render("recorded.txt.jinja", r=record, trace=plain(record.trace), version=__version__)
    text = render_module(record.root, [f"LipBridge.{library}"], about, scope, stubs=False)
    return {f"{record.root}.Data.Recorded": text}


def declare_list(scope: Scope, prefix: str, kind: str, about: str, items: Sequence[Term]) -> None:
    """A list in pieces of bounded length, the first of them ``<prefix>0``."""
    rest = lean_term(".nil")
    for first in reversed(range(0, len(items), _PIECE)):
        name = f"{prefix}{first // _PIECE}"
        value = listed(items[first : first + _PIECE], rest)
        scope.definition(name, f"{about}, from number {first} on.", kind, value)
        rest = lean_term(name)


def _data(record: StepRecord) -> Scope:
    """The definition of the step: its blocks, then what is said of all."""
    scope, chosen = Scope(ROOT), set(record.selected)
    blocks = [
        Term("tuple", parts=(lean_term(int_literal(score)), lean_term(constant), lean_term(role)))
        for p, (score, constant) in enumerate(zip(record.scores, record.constants, strict=True))
        for role in (".chosen" if p in chosen else ".rejected",)
    ]
    about = "Score, constant and role of the blocks"
    declare_list(scope, "blocks", "List StepBlock", about, blocks)
    bound = decimal_down(Fraction(record.delta, 1 << record.delta_bits))
    bits = record.score_bits, record.constant_bits, record.delta_bits
    scale, den, radius_den = (nat_literal(1 << b) for b in bits)
    error = nat_literal(record.error)
    scope.definition(
        "recorded",
        "The step, its fields `k scale den radiusNum radiusDen error errorNext threshold blocks`: "
        f"selected are the blocks {_chosen(record)}; scores are integers over `scale`, constants "
        f"over `den`, the radius is `radiusNum / radiusDen`, at least {bound}.",
        "Step",
        app(
            "Step.mk",
            *(len(record.selected), scale, den, nat_literal(record.delta), radius_den),
            *(error, error, int_literal(record.threshold()), "blocks0"),
        ),
    )
    return scope


def stored_modules(record: Recorded) -> dict[str, str]:
    """The modules of what a record stores, a packed matrix a name."""
    modules: dict[str, str] = {}
    for matrix in record.matrices():
        held = LeanMatrix(matrix.name, matrix, f"{matrix.name} of {record.where}")
        modules |= matrix_modules(record.root, held)
    return modules


def _chosen(record: StepRecord) -> str:
    return ", ".join(str(record.blocks[p]) for p in record.selected) or "(none)"


def _few(record: StepRecord) -> str:
    """The selected blocks in a sentence; all of many are in the docstring."""
    if len(record.selected) <= _NAMED:
        return _chosen(record)
    named = ", ".join(str(record.blocks[p]) for p in record.selected[:_NAMED])
    return f"the {len(record.selected)} that begin with {named}"


def _premises(record: StepRecord) -> str:
    """What a theorem about given scores presupposes, and where that comes from."""
    constant = {
        "keys": "the length of its key for a constant",
        "trace": "its recorded constant (not certified)",
        "spec": "the constant computed from the spec's network",
    }.get(record.constants_of)
    if record.given is not None:
        value = decimal_given(record.given / (1 << record.constant_bits))
        constant = f"the constant {value} that was given (not certified)"
    value = {
        "keys": "the value computed of the recorded query and key",
        "trace": "the recorded value",
        "spec": "the value that the spec's network computed",
    }[record.scores_of]
    within = ", within the error," if record.error else ""
    said = f"if every score has {constant} and{within} {value}"
    if "spec" in (record.constants_of, record.scores_of):
        said += "; of the weights themselves `lipbridge run SPEC --weights F --at POINT` proves it"
    return said


def _scope(record: StepRecord) -> Scope:
    """What the module of theorems declares."""
    scope, stored, lock = Scope(ROOT), record.vectors, record.lock
    bound = decimal_down(Fraction(record.delta, 1 << record.delta_bits))
    summary = f"{record.place}: no query within {bound} selects other blocks than {_few(record)}"
    doc = f"{record.place}: no query within {bound} selects other blocks: wherever `‖q' - q‖ ≤ δ`, "
    doc = f"{doc[0].upper()}{doc[1:]}the {'scores' if stored is None else 'rows'} "
    doc += f"{', '.join(map(str, record.selected))}, those of the blocks {_chosen(record)} of the "
    doc += f"trace, are the only top-{len(record.selected)} set."
    if record.forced:
        always = f"selected by position, and so always: {', '.join(map(str, record.forced))}"
        summary += f" ({always})"
        doc += f" They compete without the blocks that are {always}."
    top, chosen = f"UniqueTopK recorded.size {len(record.selected)}", lean_term("recorded.chosen")
    if lock is None:
        for name, about in (
            ("check", "The selected scores lie above the others, and stay there."),
            ("unforced", "Every block of the list competes."),
        ):
            scope.check(f"recorded_{name}", about, lean_term(f"recorded.{name}"))
    if stored is None:
        _of_family(scope, record, top, doc, summary)
        return scope
    width, denominator = len(stored.query), lean_term(1 << stored.bits)
    if lock is None:
        about = "The scores are those of the keys, and no constant is below a key's length."
        keys = f"recorded.keysCheck {width} {denominator.argument} keys query 0"
        scope.check("recorded_keys", about, lean_term(keys))
        proof = "Step.keys_stable_unforced recorded_check recorded_unforced"
        proof += " (Step.agree_of_check recorded_keys)"
    else:
        count, parts = len(record.blocks), lock_parts(lock)
        top, chosen = f"UniqueTopK {count} {len(record.selected)}", app("oneOf", parts[0])
        rows = [app(f"{name}.hasRows", width) for name in ("keys", "query")]
        scope.check("recorded_rows", "Keys and query are stored by rows.", app("and", *rows))
        about = "Every gap of two scores stays open, by the length of the difference of the keys."
        sizes = count, len(record.selected), denominator
        stays = app("Lock.staysCheck", *sizes, "keys", "query", "0", app("Lock.mk", *parts))
        scope.check("recorded_stays", about, stays)
        proof = "Lock.stable (bool_and recorded_rows).left (bool_and recorded_rows).right"
        proof += " recorded_stays"
    radius = record.delta, 1 << record.delta_bits
    near = within_ratio(width, radius, "storedVec (query.entry 0) r", "q'")
    score = bind("fun i =>", app("dot", str(width), "q'", "storedVec (keys.entry i) r"))
    scope.theorem(
        "selection_stable",
        doc,
        arrow(is_reciprocal(denominator, "r"), near, app(top, score, chosen)),
        f"fun hr hq => {proof} hr hq",
        (implicit("r", "R"), implicit("q'", "Vec R")),
        summary,
    )
    return scope


def _of_family(scope: Scope, record: StepRecord, top: str, doc: str, summary: str) -> None:
    """The theorems about any scores with the recorded values and constants."""
    given = _premises(record)
    summary = f"{summary}, {given}"
    binders = [*(implicit(name, kind) for name, kind in _FAMILY), implicit("q q'", "Vec R")]
    near = within_ratio("n", (record.delta, 1 << record.delta_bits), "q", "q'")
    premises = "recorded.Fits n A s q", "A q'", near
    scope.theorem(
        "selection_stable",
        f"{doc} That is so {given}. `Fits` says it: nothing here follows from weights or keys.",
        arrow(*premises, app(top, "fun i => s i q'", "recorded.chosen")),
        "fun hs hA hq => Step.stable_unforced recorded_check recorded_unforced hs hA hq",
        binders,
        summary,
    )
    if record.error:
        scope.theorem(
            "computed_selection_stable",
            "The same for scores `t` that were computed at `q'`, each within the recorded error of "
            "the exact one.",
            arrow(*premises, "recorded.ComputedAt s q' t", app(top, "t", "recorded.chosen")),
            "fun hs hA hq ht => "
            "Step.computed_stable_unforced recorded_check recorded_unforced hs hA hq ht",
            [*binders, implicit("t", "Nat → R")],
            "the same of scores computed there, each within the error of the exact one",
        )


def lock_parts(lock: Lock) -> tuple[Term, Term, Term]:
    """The fields of a lock as terms: positions, a and b."""
    return listed(lock.selected), lean_term(lock.delta), lean_term(1 << lock.delta_bits)


def plain(text: str) -> str:
    """A file name for a docstring: names that differ differ there, and none ends a comment."""
    return "".join(c if c.isalnum() or c in "._- " else f"\\u{{{ord(c):x}}}" for c in text)
