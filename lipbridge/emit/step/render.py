"""The theorem about one recorded step: no query within δ of it selects other blocks.

With keys the theorem is about their inner products and assumes nothing: the kernel computes that
the recorded scores are ⟨q, k_b⟩ and that no recorded constant is below ‖k_b‖. Without keys the
scores and constants are hypotheses: the theorem holds of every family of functions that has the
recorded values at q (within the evaluation error) and the recorded Lipschitz constants.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from lipbridge import __version__
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.export.assemble import assemble
from lipbridge.emit.export.records import LeanProject, NetworkProject, Theorem
from lipbridge.emit.lean.printer import decimal_down, int_literal, nat_literal
from lipbridge.emit.network.render import render
from lipbridge.emit.step.record import STEP_PATH, StepRecord, StoredVectors, step_to_json
from lipbridge.language.tensor import ExactMatrix

__all__ = ["ROOT", "step_project"]

ROOT = "SelectionStep"
# A term nested much deeper is too deep for the parser.
_PIECE = 64


def step_project(record: StepRecord, *, stubs: bool = False) -> LeanProject:
    """Render every file of a step's export.

    Args:
        record: the step.
        stubs: state the theorem with ``sorry``.

    Returns:
        A project with one entry in place of a network; the same record gives the same bytes.
    """
    modules = _modules(record, stubs)
    part = NetworkProject(f"step {record.step}", ROOT, tuple(modules), _theorems(record))
    return assemble(
        [part],
        modules,
        {STEP_PATH: step_to_json(record)},
        package="step",
        stubs=stubs,
        open_modules=[name for name in modules if ".Data." not in name] if stubs else (),
    )


def _modules(record: StepRecord, stubs: bool) -> dict[str, str]:
    """Generated modules by name, in dependency order."""
    vectors = record.vectors
    values = {
        "s": record,
        "pieces": _pieces(record),
        "scale": nat_literal(1 << record.score_bits),
        "den": nat_literal(1 << record.constant_bits),
        "radius": nat_literal(record.delta),
        "radius_den": nat_literal(1 << record.delta_bits),
        "error": nat_literal(record.error),
        "threshold": int_literal(record.threshold()),
        "trace": _plain(record.trace),
        "chosen": ", ".join(str(record.blocks[p]) for p in record.selected),
        "delta": decimal_down(Fraction(record.delta, 1 << record.delta_bits)),
        "version": __version__,
        "root": ROOT,
        "den_keys": nat_literal(1 << (vectors.bits if vectors else 0)),
        "stubs": stubs,
        "theorems": _theorems(record),
    }
    modules = {f"{ROOT}.Data.Recorded": render("step_data.lean.jinja", **values)}
    if vectors is not None:
        for name, rows in (("query", (vectors.query,)), ("keys", vectors.keys)):
            numerators = np.array([list(row) for row in rows], dtype=object)
            width = len(vectors.query)
            matrix = ExactMatrix(name, len(rows), width, numerators, 1 << vectors.bits)
            source = f"{name} of step {record.step}"
            modules.update(matrix_modules(ROOT, name, matrix, source=source))
    modules[f"{ROOT}.Theorem"] = render("step.lean.jinja", **values)
    modules[ROOT] = f"import {ROOT}.Theorem\n"
    return modules


def _pieces(record: StepRecord) -> list[list[tuple[str, str, str]]]:
    """(score, constant, role) of the blocks as Lean source, in lists of bounded length."""
    chosen = set(record.selected)
    blocks = [
        (int_literal(score), nat_literal(constant), "chosen" if p in chosen else "rejected")
        for p, (score, constant) in enumerate(zip(record.scores, record.constants, strict=True))
    ]
    return [blocks[start : start + _PIECE] for start in range(0, len(blocks), _PIECE)]


def _theorems(record: StepRecord) -> tuple[Theorem, ...]:
    """What the export must prove, written from the record and not from the exported modules."""
    radius = f"(ofNat {nat_literal(record.delta)}) (ofNat {nat_literal(1 << record.delta_bits)})"
    top = f"UniqueTopK recorded.size {len(record.selected)}"
    known = f"step {record.step}, layer {record.layer}, head {record.head}"
    bound = decimal_down(Fraction(record.delta, 1 << record.delta_bits))
    summary = f"{known}: no query within {bound} selects other blocks"
    if record.vectors is not None:
        return (_of_vectors(record.vectors, radius, top, summary),)
    forall = (
        "∀ {R : Type u} [OrderedRing R] {n : Nat} {A : Vec R → Prop} {s : Nat → Vec R → R}"
        " {q q' : Vec R}"
    )
    premises = f"recorded.Fits n A s q → A q' → WithinRatio n {radius} q q' → "
    exact = Theorem(
        f"{ROOT}.selection_stable",
        f"{forall}, {premises}{top} (fun i => s i q') recorded.chosen",
        summary,
    )
    computed = Theorem(
        f"{ROOT}.computed_selection_stable",
        f"{forall} {{t : Nat → R}}, {premises}recorded.ComputedAt s q' t → {top} t recorded.chosen",
        f"{summary}, by computed scores either",
    )
    return (exact, computed) if record.error else (exact,)


def _of_vectors(vectors: StoredVectors, radius: str, top: str, summary: str) -> Theorem:
    width = len(vectors.query)
    return Theorem(
        f"{ROOT}.selection_stable",
        f"∀ {{R : Type u}} [OrderedRing R] {{r : R}} {{q' : Vec R}}, "
        f"Eq (mul (ofNat {nat_literal(1 << vectors.bits)}) r) one → "
        f"WithinRatio {width} {radius} (storedVec (query.entry 0) r) q' → "
        f"{top} (fun i => dot {width} q' (storedVec (keys.entry i) r)) recorded.chosen",
        summary,
    )


def _plain(text: str) -> str:
    """A file name for a docstring; characters that could end a comment are replaced."""
    return "".join(c if c.isalnum() or c in "._ " else "_" for c in text)
