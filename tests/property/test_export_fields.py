"""Every field of every data file of an export, changed: refused, though all digests are made anew.

Whatever the rest is not rendered from must be refused by the file's name; nothing may be there that
a check passes over.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from msgspec.structs import replace as replace_struct
from safetensors.numpy import save_file

from lipbridge import pipeline
from lipbridge.audit.certify.export import path_record
from lipbridge.certify.strict_json import record_to_json
from lipbridge.emit import (
    DsaRecord,
    ProjectedRecord,
    Provenance,
    StoredMatrix,
    read_export,
    recorded_project,
    theory_project,
    write_folder,
)
from lipbridge.errors import CertificateError, NotProvedError
from lipbridge.language.place import Place
from lipbridge.language.tensor import ExactMatrix
from lipbridge.tighten.keys import Keys, RecordedStep
from tests.e2e.support import record_text
from tests.small_library import small_library
from tests.unit.emit.step.test_path import trace
from tests.unit.emit.step.test_render import RECORD

SPEC = """network head
input 3
inner: linear 4 weight = "a" bias = "b"
relu
outer: linear 2 weight = [[1, 2, 0, -1], [3, 0, 1, 1]]
"""
BLOCK = """network block
input 3
sum {
  beside: linear 2 weight = "d"
} {
  inner: linear 4 weight = "a" bias = "b"
  gelu
  outer: linear 2 weight = "e"
}
"""
QUERY = """network query
input 3
inner: linear 2 weight = "c"
"""
MANIFEST = "lipbridge.json"
EXPORTS = {
    "network": (
        MANIFEST,
        "tensors/head/inner_weight.json",
        "tensors/head/outer_weight.json",
        "certificates/head/inner_weight.json",
        "certificates/head/outer_rescaled.json",
        "tighter/head.json",
        "selections/head.json",
    ),
    "block": (
        "tensors/block/outer_bordered.json",
        "certificates/block/outer_bordered.json",
        "tighter/block.json",
    ),
    "agda": (MANIFEST,),
    "keys": (MANIFEST, "tensors/layer1_keys.json", "selections/query.json"),
    "step": (MANIFEST, "step.json"),
    "dsa": (MANIFEST, "dsa.json"),
    "projected": (MANIFEST, "projected.json"),
    "path": (MANIFEST, "path.json"),
    "theory": (MANIFEST, "derivations.json"),
}
SHAPES = {"a": (4, 3), "b": 4, "c": (2, 3), "d": (2, 3), "e": (2, 4)}
KEYS = [[3, 1], [-2, 5], [4, -4], [0, 7], [-6, 1], [2, 2]]
Field = tuple[str | int, ...]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One export of every kind."""
    folder = tmp_path_factory.mktemp("fields")
    random = np.random.default_rng(3)
    weights = {name: random.standard_normal(shape) for name, shape in SHAPES.items()}
    save_file(weights, folder / "w.safetensors")
    (folder / "points.json").write_text("[[3, -5, 2]]")
    with small_library():
        job = pipeline.load(SPEC, folder / "w.safetensors")
        located = job.at(folder / "points.json", 1).within(0.001)
        pipeline.export_jobs([located], folder / "network")
        pipeline.export_jobs([job], folder / "agda", prover="agda")
        block = pipeline.load(BLOCK, folder / "w.safetensors")
        pipeline.export_jobs([block], folder / "block")
        write_folder(folder / "step", recorded_project(RECORD).files)
        keys = ExactMatrix("layer1_keys", np.array(KEYS, dtype=object), 2)
        query = pipeline.load(QUERY, folder / "w.safetensors").at(folder / "points.json", 1)
        recorded = replace(query, keys=Keys(keys, 2, RecordedStep(Place(9, 1), (0, 1, 3), (2,))))
        pipeline.export_jobs([recorded], folder / "keys")
        write_folder(folder / "dsa", recorded_project(dsa_step(), Provenance("w", "0" * 64)).files)
        write_folder(
            folder / "projected",
            recorded_project(indexer_step(ProjectedRecord, 2), Provenance("w")).files,
        )
        path = path_record(trace(folder), Place(head=0), 12)
        write_folder(folder / "path", recorded_project(path).files)
        write_folder(folder / "theory", theory_project(stubs=False).files)
        yield folder


Step = TypeVar("Step", DsaRecord, ProjectedRecord)


def small_matrices(seed: int) -> Callable[..., StoredMatrix]:
    """Makes stored matrices of small numbers, quarters of integers, one after another."""
    random = np.random.default_rng(seed)

    def stored(rows: int, cols: int, name: str = "") -> StoredMatrix:
        numbers = random.integers(-9, 10, (rows, cols))
        return StoredMatrix.of(ExactMatrix("", numbers.astype(object), 4), name)

    return stored


def indexer_step(kind: type[Step], seed: int) -> Step:
    """A step of two heads of two dimensions and four tokens, made of small numbers."""
    stored = small_matrices(seed)
    prefix = "model.layers.1.self_attn."
    up = f"{prefix}indexer.wq_b.weight"
    record = kind(
        place=Place(3, 1),
        down=stored(2, 3, f"{prefix}q_a_proj.weight"),
        gain=stored(1, 2, f"{prefix}q_a_layernorm.weight"),
        up=(stored(2, 2, up), stored(2, 2, up)),
        weights=stored(2, 3, f"{prefix}indexer.weights_proj.weight"),
        rotation=stored(2, 2),
        keys=stored(4, 2),
        hidden=stored(1, 3),
        selected=(0,),
    )
    return record.certified(record.scores.selected(2, "step"), "step")


def dsa_step() -> DsaRecord:
    found = indexer_step(DsaRecord, 1)
    assert found.rows and found.pairs, "every field has an entry"
    return found


def places(value: Any, place: Field = ()) -> Iterator[tuple[Field, Any]]:
    """Every field, the first entry of every list."""
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            if place != ("files",):
                yield from places(inner, (*place, key))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*place, 0))


def others(value: Any) -> list[Any]:
    """Other values of the same kind, and one of another kind."""
    match value:
        case bool():
            return [not value, int(value)]
        case int():
            return [value + 1, -value - 1, float(value), str(value), True]
        case str():
            return [f"{value}x", value[:-1] or "x", number(value), None]
        case list():
            return [[], value[1:], [*value, *value[-1:]], value[::-1], {}, None]
        case dict():
            rest = dict(list(value.items())[1:])
            return [rest, value | {"x": 0}, [], None]
        case _:
            return [0, "x", [], {}]


def number(text: str) -> str:
    """A text that is a number, raised by one; a digest of zeros for another."""
    if len(text) == 64:
        return "0" * 64
    try:
        raised = int(text, 0) + 1
    except ValueError:
        return ""
    return hex(raised) if "0x" in text else str(raised)


def put(value: Any, place: Field, new: Any) -> Any:
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = put(value[place[0]], place[1:], new)
    return copy


def written(name: str, old: Any, new: Any) -> str:
    """A file's text in the layout in which lipbridge writes it."""
    kind = name.split("/")[0]
    records = ("step.json", "path.json", "dsa.json", "projected.json")
    plain = ("tensors", "certificates", "tighter", "selections", *records)
    if kind in plain and isinstance(new, dict):
        if kind == "tensors" and isinstance(new.get("numerators"), list):
            rows = (json.dumps(row, separators=(",", ":")) for row in new["numerators"])
            text = record_text(new | {"numerators": 0})
            return text.replace(": 0\n}", ": [\n  " + ",\n  ".join(rows) + "\n ]\n}")
        return record_text(new)
    return json.dumps(new, indent=2, sort_keys=kind == MANIFEST, ensure_ascii=False) + "\n"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def refusal(folder: Path, change: str) -> str:
    """Why an export is refused after a change: one line of a moderate length."""
    with pytest.raises(NotProvedError) as refused:
        read_export(folder)
        pytest.fail(f"accepted: {change}")
    said = str(refused.value)
    assert said.isprintable() and ": " in said and len(said) < 600
    return said


def store(folder: Path, manifest: Any, name: str, text: str) -> None:
    """Write a file, and its digest into the manifest."""
    (folder / name).write_text(text, "utf-8")
    if name != MANIFEST:
        files = manifest["files"] | {name: sha256(text)}
        honest = written(MANIFEST, None, manifest | {"files": files})
        (folder / MANIFEST).write_text(honest, "utf-8")


@pytest.mark.parametrize(
    ("export", "name"), [(export, name) for export, names in EXPORTS.items() for name in names]
)
def test_no_field_may_be_changed(exports: Path, tmp_path: Path, export: str, name: str) -> None:
    folder = shutil.copytree(exports / export, tmp_path / "copy")
    original = (folder / name).read_text("utf-8")
    data, manifest = json.loads(original), json.loads((folder / MANIFEST).read_text("utf-8"))
    assert written(name, data, data) == original
    read_export(folder)
    tried = 0
    for place, value in places(data):
        for other in others(value):
            text = written(name, data, put(data, place, other))
            if text == original:
                continue
            store(folder, manifest, name, text)
            refusal(folder, f"{name}: {place}: {value!r} may be {other!r}")
            tried += 1
    assert tried > 20


@pytest.mark.parametrize(
    ("export", "name"),
    [
        ("network", "tensors/head/inner_bias.json"),
        ("network", "tensors/head/outer_weight.json"),
        ("keys", "tensors/layer1_keys.json"),
    ],
)
def test_a_changed_tensor_is_named_where_it_was_changed(
    exports: Path, tmp_path: Path, export: str, name: str
) -> None:
    folder = shutil.copytree(exports / export, tmp_path / "copy")
    data = json.loads((folder / name).read_text("utf-8"))
    data["numerators"][0][0] ^= 1
    (folder / name).write_text(written(name, data, data), "utf-8")
    assert re.match(
        name.replace("tensors", "(tensors|certificates|selections)"), refusal(folder, "")
    )


@pytest.mark.parametrize(
    ("name", "place", "new", "said"),
    [
        ("tensors/layer1_keys.json", ("name",), "others", "holds 'others', not layer1_keys"),
        ("selections/query.json", ("points", 0, "x"), 0, "contains unknown field `x`"),
        ("selections/query.json", ("points", 0, "point", "x"), 0, "contains unknown field `x`"),
    ],
)
def test_what_is_wrong_beside_a_network_is_named(
    exports: Path, tmp_path: Path, name: str, place: Field, new: Any, said: str
) -> None:
    folder = shutil.copytree(exports / "keys", tmp_path / "copy")
    data = json.loads((folder / name).read_text("utf-8"))
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = new
    store(folder, manifest, name, written(name, None, data))
    found = refusal(folder, name)
    assert found.startswith(f"{name}: ") and said in found


def test_certificates_of_rows_may_not_change_places(exports: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exports / "network", tmp_path / "copy")
    name, place = "tighter/head.json", ("claims", "scores", "certificates")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    data = json.loads((folder / name).read_text("utf-8"))
    rows = data["claims"]["scores"]["certificates"]
    for first, second in ((0, 1), (1, 2), (2, 0)):
        other = list(rows)
        other[first], other[second] = rows[second], rows[first]
        store(folder, manifest, name, written(name, data, put(data, place, other)))
        assert "certificate of 'head_" in refusal(folder, f"{first} and {second} change places")
    for other in (rows[:2], [*rows, rows[0]]):
        store(folder, manifest, name, written(name, data, put(data, place, other)))
        assert "rows that are not all of the scores" in refusal(folder, f"{len(other)} rows")
    store(folder, manifest, name, written(name, data, data))
    read_export(folder)


def test_no_number_of_tighter_theorems_may_be_changed(exports: Path, tmp_path: Path) -> None:
    for export, name in (("network", "Head/Tighter.lean"), ("block", "Block/Tighter.lean")):
        folder = shutil.copytree(exports / export, tmp_path / export)
        text = (folder / name).read_text("utf-8")
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        numbers = list(re.finditer(r"\b\d+\b", text))
        assert len(numbers) > 20
        for found in numbers[:: len(numbers) // 8]:
            doubled = str(2 * int(found.group()) + 1)
            store(folder, manifest, name, text[: found.start()] + doubled + text[found.end() :])
            assert name in refusal(folder, f"{name}: {found.group()} may be {doubled}")


MAXIMUM = """network top
norm maximum
input 2
linear 3 weight = [[1, 2], [3, 4], [0, 1]]
relu
linear 2 weight = [[1, 2, 0], [3, 0, 1]]
"""
TWO_INPUTS = """network two
input query 2 norm <= 3
input keys 2 x 2 norm <= 1
similarity { from query linear 2 weight = [[1, 2], [3, 4]] } { from keys }
"""


@pytest.mark.parametrize("spec", [MAXIMUM, TWO_INPUTS])
@pytest.mark.parametrize(
    "claim",
    [
        {"claims": {"scores": {"certificates": []}}},
        {"merged": True},
        {"claims": {"points": {"points": [[1, 2], [3, 5]]}}},
        {},
    ],
)
def test_networks_without_tighter_constants_claim_none(
    tmp_path: Path, spec: str, claim: dict[str, object]
) -> None:
    job = pipeline.load(spec)
    with small_library():
        pipeline.export_jobs([job], tmp_path / "out")
        manifest = json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8"))
        none = {"certificates": [], "claims": {}, "merged": False, "scalings": {}}
        file = none | {"weights": {}} | claim
        name = f"tighter/{job.network.name}.json"
        (tmp_path / "out/tighter").mkdir()
        store(tmp_path / "out", manifest, name, written(name, None, file))
        assert "no tighter constants are known" in refusal(tmp_path / "out", str(claim))


def test_no_word_of_a_spec_may_be_changed(exports: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exports / "network", tmp_path / "copy")
    name = "networks/head.lip"
    spec = (folder / name).read_text("utf-8")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    for found in re.finditer(r"\w+", spec):
        word = found.group()
        other = str(int(word) + 1) if word.isdigit() else f"x{word}"
        text = spec[: found.start()] + other + spec[found.end() :]
        store(folder, manifest, name, text)
        refusal(folder, text)


@pytest.mark.parametrize(
    ("export", "change", "said"),
    [
        ("network", {"networks": []}, "files lists Head, which no export with networks []"),
        ("network", {"networks": ["tail"]}, "networks names tail, but there is no networks/tail"),
        ("agda", {"prover": "lean"}, 'prover "lean" has'),
        ("network", {"mathlib": True}, "files does not list mathlib/"),
        ("network", {"stubs": True}, "export again, or restore stubs in lipbridge.json"),
        ("step", {"prover": "agda"}, 'prover is "agda", but an export of this data has "lean"'),
        ("step", {"weights_name": "w"}, 'weights_name is "w", but an export of this data has ""'),
        ("agda", {"stubs": True}, "stubs is true, but an export of this data has false"),
        ("agda", {"modules": ["Head"]}, 'modules is ["Head"], but an export of this data has'),
        ("path", {"networks": 3}, "at `$.networks`; restore it, or export again"),
    ],
)
def test_what_is_wrong_in_a_manifest_is_named(
    exports: Path, tmp_path: Path, export: str, change: dict[str, object], said: str
) -> None:
    folder = shutil.copytree(exports / export, tmp_path / "copy")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    store(folder, manifest, MANIFEST, written(MANIFEST, None, manifest | change))
    found = refusal(folder, str(change))
    assert said in found and "export again" in found and MANIFEST in found


@pytest.mark.parametrize("name", ["a\x1b[2J\n.safetensors", "\udc80" * 200, "ü\u202e" * 80])
def test_any_name_of_a_file_may_be_exported(exports: Path, tmp_path: Path, name: str) -> None:
    step = DsaRecord.read((exports / "dsa/dsa.json").read_bytes())
    write_folder(tmp_path / "out", recorded_project(step, Provenance(name)).files)
    (found,) = read_export(tmp_path / "out").project.networks
    assert found.root == "RecordedDsa"


def test_every_tensor_of_a_step_is_the_one_that_its_role_and_layer_name(exports: Path) -> None:
    """Two of one name, and one of another layer, would be compared with nothing."""
    record = DsaRecord.read((exports / "dsa/dsa.json").read_bytes())
    other = record.weights.name
    for changed in (
        {"down": replace_struct(record.down, name=other)},
        {"gain": replace_struct(record.gain, name="")},
        {"down": replace_struct(record.down, name=record.down.name.replace("s.1.", "s.0."))},
        {"place": replace_struct(record.place, layer=0)},
    ):
        text = record_to_json(replace_struct(record, **changed))
        with pytest.raises(CertificateError, match="names, positions or shapes"):
            DsaRecord.read(text)


@pytest.mark.parametrize("role", ["down", "gain", "up", "weights"])
def test_no_name_of_a_tensor_writes_lean(exports: Path, role: str) -> None:
    record = DsaRecord.read((exports / "dsa/dsa.json").read_bytes())
    stored, name = getattr(record, role), "a` -/\naxiom any : False -/ axiom any : False /-- "
    named = (
        tuple(replace_struct(head, name=name) for head in stored)
        if role == "up"
        else replace_struct(stored, name=name)
    )
    files = recorded_project(replace_struct(record, **{role: named})).files
    written = [
        text for path, text in files.items() if path.endswith(".lean") and "axiom any" in text
    ]
    assert written and not any("\naxiom any" in text or "/ axiom" in text for text in written)
