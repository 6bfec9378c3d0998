"""Generated modules, byte for byte; and the same modules compiled.

A case is an export without the library: spec, tensors and certificates are the input, the Lean
modules what must come out. ``pytest tests/golden --regenerate-goldens`` writes the modules anew.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from lipbridge.certify import (
    SpectralCertificate,
    certified_square,
    certify_matrix,
    read_json,
    record_to_json,
)
from lipbridge.check.sources import load_modules
from lipbridge.emit import CertifiedNetwork, LeanProject, lean_project, theory_project
from lipbridge.emit.data.tensors import tensor_from_json, tensor_to_json
from lipbridge.emit.export.selection_record import selections_from_json, selections_to_json
from lipbridge.emit.export.tighter_record import tightening_from_json, tightening_to_json
from lipbridge.language import parse
from lipbridge.language.tensor import ExactMatrix
from lipbridge.pipeline.lean import check_project
from lipbridge.tighten.search import certify_tightening
from lipbridge.tighten.selection import certify_selections, difference_squares
from lipbridge.tighten.tighten import layer_squares

HERE = Path(__file__).resolve().parent
CASES = sorted(path.parent.name for path in HERE.glob("*/network.lip"))


def project(case: str, regenerate: bool) -> LeanProject:
    folder = HERE / case
    text = (folder / "network.lip").read_text("utf-8")
    network = parse(text)
    tensors, certificates = {}, {}
    names = network.tensor_names()
    for layer, slot in network.slots():
        name = names[slot.source]
        tensor, certificate = (
            folder / f"tensors/{name}.json",
            folder / f"certificates/{name}.json",
        )
        if regenerate:
            tensor.parent.mkdir(exist_ok=True)
            certificate.parent.mkdir(exist_ok=True)
            label = f"{layer.name}.{slot.role}"
            matrix = ExactMatrix.from_fractions(label, slot.source.rows)  # type: ignore[union-attr]
            tensor.write_text(tensor_to_json(matrix), "utf-8")
            if slot.certified:
                certificate.write_text(record_to_json(certify_matrix(matrix, slack=1e-9)), "utf-8")
        tensors[slot.source] = tensor_from_json(tensor.read_text("utf-8"), str(tensor))
        if slot.certified:
            found = read_json(certificate.read_bytes(), SpectralCertificate, str(certificate))
            certificates[slot.source] = found
    # A case with this file has tighter theorems, too.
    record, tightening = folder / "tighter.json", None
    if record.exists():
        if regenerate:
            selects = (folder / "selection.json").exists()
            found = certify_tightening(network, tensors, certificates, selects=selects)
            record.write_text(tightening_to_json(found), "utf-8")
            for name, certificate in found.certificates.items():
                path = folder / f"certificates/{name}.json"
                path.write_text(record_to_json(certificate), "utf-8")

        def read(name: str) -> SpectralCertificate:
            path = folder / f"certificates/{name}.json"
            return read_json(path.read_bytes(), SpectralCertificate, str(path))

        tightening = tightening_from_json(record.read_bytes(), str(record), read)
    # A case with this file has selections at points, too.
    record, selections = folder / "selection.json", None
    if record.exists():
        known: dict[str, ExactMatrix] = {}
        written = record.read_text("utf-8")
        selections = selections_from_json(written, str(record), network, known.__getitem__)
        if regenerate:
            layers = layer_squares(network, certified_square(tensors, certificates))
            squares = difference_squares(network, tensors, layers, tightening)
            points = [found.point for found in selections.points]
            selections = certify_selections(
                network, tensors, squares, points, selections.top, selections.error
            )
            record.write_text(selections_to_json(selections), "utf-8")
    part = CertifiedNetwork(network, text, tensors, certificates, tightening, selections)
    return lean_project([part])


def generated(made: LeanProject) -> dict[str, str]:
    (network,) = made.networks
    return {
        path: text
        for path, text in made.files.items()
        if path.startswith(f"{network.root}/") or path in (f"{network.root}.lean", "lakefile.toml")
    }


@pytest.mark.parametrize("case", CASES)
def test_modules_are_the_golden_ones(case: str, request: pytest.FixtureRequest) -> None:
    regenerate = bool(request.config.getoption("--regenerate-goldens"))
    made = generated(project(case, regenerate))
    folder = HERE / case / "expected"
    if regenerate:
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    golden = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert set(golden) == set(made)
    for path, text in made.items():
        assert text == golden[path], f"{case}/expected/{path} differs"


@pytest.mark.parametrize(
    ("case", "selects", "tightens"),
    [("matrix3x3", False, False), ("falling", False, True), ("selection", True, True)],
)
def test_an_export_compiles_the_part_of_the_library_that_it_needs(
    case: str, selects: bool, tightens: bool
) -> None:
    made = project(case, regenerate=False)
    needed = load_modules(made.files, (*made.library, *made.modules))
    assert ("LipBridge.Selection.Point" in needed) == selects
    assert ("LipBridge.Layers.SlopeRow" in needed) == tightens
    assert not [name for name in needed if name.startswith("LipBridge.Trajectory")]
    assert "LipBridge.Layers.Linear" in needed


def test_the_theory_alone_is_all_of_the_library() -> None:
    assert theory_project(stubs=False).library == ("LipBridge",)


@pytest.mark.lean
def test_a_statement_sees_no_more_of_the_library_than_is_imported() -> None:
    """A claim that speaks of another part cannot be stated, so that its theorem is refused."""
    made = project("matrix3x3", regenerate=False)
    (network,) = made.networks
    theorem = dataclasses.replace(network.theorems[-1], statement="LipBridge.TopK 0 0 _ _")
    changed = dataclasses.replace(network, theorems=(theorem,))
    result = check_project(dataclasses.replace(made, networks=(changed,)))
    assert "Unknown identifier `LipBridge.TopK`" in result.failures[0]


@pytest.mark.lean
@pytest.mark.parametrize("case", CASES)
def test_golden_modules_are_proved(case: str) -> None:
    made = project(case, regenerate=False)
    result = check_project(made)
    assert result.ok, result.failures
    assert [theorem.name for theorem in result.theorems] == [t.name for t in made.theorems]
    assert all(not theorem.axioms for theorem in result.theorems)


@pytest.mark.lean
@pytest.mark.parametrize("name", ["b_composed", "d_composed"])
def test_a_changed_product_in_a_bordered_matrix_is_refused(name: str) -> None:
    """The matrix and its certificate stay; the product that its rows are compared with does not."""
    made = project("falling", regenerate=False)
    path = f"Falling/Data/{name}.lean"
    before, number, after = made.files[path].rpartition("0x")
    changed = before + number + ("2" if after[0] == "1" else "1") + after[1:]
    result = check_project(dataclasses.replace(made, files={**made.files, path: changed}))
    assert not result.ok
    assert any("Falling/Tighter.lean" in failure for failure in result.failures)
