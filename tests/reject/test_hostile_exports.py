"""Hostile exports through the command line: one line that names the file, exit code 1.

No test here starts Lean.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lipbridge.emit import read_export
from lipbridge.errors import NotProvedError
from lipbridge.progress import heard_by
from tests.e2e.support import edit, in_process
from tests.property.test_export_mutations import original as original

TENSOR = "tensors/tiny/first_weight.json"
CERTIFICATE = "certificates/tiny/first_weight.json"
SPEC = "networks/tiny.lip"
MANIFEST = "lipbridge.json"


@pytest.fixture
def export(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "export")


def refused(folder: Path, *command: str) -> str:
    """What a command says of an export that it refuses."""
    code, out, err = in_process("--quiet", *(command or ("check",)), folder)
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    return line.removeprefix("error: ")


def swap(folder: Path, one: str, other: str) -> None:
    texts = [(folder / name).read_bytes() for name in (one, other)]
    for name, text in zip((other, one), texts, strict=True):
        (folder / name).write_bytes(text)


def put(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes())) and None


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder, name, old, new)


def linked_parent(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).rename(folder.parent / name)
        (folder / name).symlink_to(folder.parent / name)

    return change


def added(name: str, text: str = "") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    return change


def layers_swapped(folder: Path) -> None:
    lines = (folder / SPEC).read_text().splitlines(keepends=True)
    lines[2], lines[4] = lines[4], lines[2]
    (folder / SPEC).write_text("".join(lines))


def enlist(folder: Path, names: Iterable[str]) -> None:
    """Have the manifest list files as they are now."""
    manifest = json.loads((folder / MANIFEST).read_text())
    for name in names:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    lines = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(lines + "\n")


def listed(name: str, text: str) -> Callable[[Path], None]:
    """A file more, which the manifest lists."""

    def change(folder: Path) -> None:
        added(name, text)(folder)
        enlist(folder, [name])

    return change


NOTHING = {
    "merged": False, "scalings": {}, "weights": {}, "claims": {}, "certificates": [],
}  # fmt: skip
CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "tensors of two layers swapped": (
        lambda folder: swap(folder, TENSOR, "tensors/tiny/second_weight.json"), TENSOR,
    ),
    "certificates of two layers swapped": (
        lambda folder: swap(folder, CERTIFICATE, "certificates/tiny/second_weight.json"),
        CERTIFICATE,
    ),
    "layers in another order": (layers_swapped, ""),
    "a manifest without networks": (
        replace(MANIFEST, '"networks": [\n    "tiny"\n  ]', '"networks": []'), MANIFEST,
    ),
    "a network twice": (replace(MANIFEST, '"tiny"', '"tiny", "tiny"'), MANIFEST),
    "a network elsewhere": (replace(MANIFEST, '"tiny"', '"../tiny"'), MANIFEST),
    "a path that climbs": (
        replace(MANIFEST, '"files": {', '"files": {"../../etc/passwd": "0",'), "../../etc/passwd",
    ),
    "stubs admitted": (replace(MANIFEST, '"stubs": false', '"stubs": true'), "README.md"),
    "a control character": (
        replace(MANIFEST, '"weights_name": ""', '"weights_name": "a\\u001b[2J"'), MANIFEST,
    ),
    "weights that no network names": (
        replace(MANIFEST, '"weights_name": ""', '"weights_name": "model.safetensors"'), MANIFEST,
    ),
    "blanks before the manifest": (put(MANIFEST, lambda data: b" \n" + data), MANIFEST),
    "a step beside the network": (listed("step.json", "{}"), "lipbridge.json: files lists"),
    "a tightening that proves nothing": (
        listed("tighter/tiny.json", json.dumps(NOTHING)),
        "lipbridge.json: files lists",
    ),
    "a note that nobody can check": (
        listed("tighter/tiny.json", json.dumps(NOTHING | {"notes": ["σ ≤ 1 is proved"]})),
        "tighter/tiny.json",
    ),
    "weights of a chain without hidden layers": (
        listed(
            "tighter/tiny.json",
            json.dumps(NOTHING | {"weights": {"relu1": {"units": [], "factors": [3]}}}),
        ),
        "tighter/tiny.json: Expected `array` of length >= 1 - at `$.weights[...].units`",
    ),
    "a compiled interface": (listed("Tiny/Network.olean", ""), "lipbridge.json: files lists"),
    "a byte order mark": (put(MANIFEST, lambda data: b"\xef\xbb\xbf" + data), MANIFEST),
    "UTF-16": (put(MANIFEST, lambda data: data.decode().encode("utf-16")), MANIFEST),
    "data after the end": (put(TENSOR, lambda data: data + b"{}"), TENSOR),
    "NUL after the end": (put(CERTIFICATE, lambda data: data + b"\0"), CERTIFICATE),
    "a float for an integer": (replace(TENSOR, "[3,-1]", "[3.0,-1]"), TENSOR),
    "an exponent": (replace(TENSOR, "[3,-1]", "[3e0,-1]"), TENSOR),
    "minus zero": (replace(TENSOR, "[0,2]", "[-0,2]"), TENSOR),
    "NaN": (replace(TENSOR, "[3,-1]", "[NaN,-1]"), TENSOR),
    "infinity": (replace(TENSOR, "[3,-1]", "[Infinity,-1]"), TENSOR),
    "true for one": (replace(TENSOR, "[3,-1]", "[true,-1]"), TENSOR),
    "a huge integer": (replace(TENSOR, "[3,-1]", f"[{'9' * 5000},-1]"), TENSOR),
    "a key twice": (replace(TENSOR, "{", '{"rows": 2,'), TENSOR),
    "an escaped key twice": (replace(TENSOR, "{", '{"\\u0072ows": 2,'), TENSOR),
    "an unknown key": (replace(TENSOR, "{", '{"comment": "",'), TENSOR),
    "a list for an object": (put(TENSOR, lambda data: b"[" + data + b"]"), TENSOR),
    "bytes that are no text": (put(TENSOR, lambda data: data.replace(b"rows", b"ro\xffs")), TENSOR),
    "a lone surrogate": (replace(TENSOR, "{", '{"\\ud800": 1,'), TENSOR),
    "carriage returns": (put(SPEC, lambda data: data.replace(b"\n", b"\r\n")), SPEC),
    "a spec with a mark": (put(SPEC, lambda data: b"\xef\xbb\xbf" + data), SPEC),
    "a linked folder of data": (linked_parent("networks"), "'networks': a link"),
    "a linked folder of sources": (linked_parent("Tiny"), "'Tiny': a link"),
    "names in another case": (added("LIPBRIDGE.JSON", "{}"), "LIPBRIDGE.JSON"),
    "a folder in another case": (added("tiny/Network.lean"), "tiny"),
    "a look-alike": (added("Tiny/N\u0435twork.lean"), "Tiny/N"),
    "a lakefile that runs": (added("lakefile.lean", "#eval 1"), "lakefile.lean"),
    "a hidden file": (added(".envrc", "rm -rf ~"), ".envrc"),
    "a build folder elsewhere": (added("Tiny/.lake/x"), "Tiny/.lake"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_by_name(export: Path, original: Path, name: str) -> None:
    change, where = CASES[name]
    change(export)
    said = refused(export)
    paths = [path.relative_to(original).as_posix() for path in original.glob("*s/tiny/*.json")]
    changed = [p for p in paths if (export / p).read_bytes() != (original / p).read_bytes()]
    if changed:  # the digest comes first, but what follows is refused without it, too
        assert "not the file that lipbridge.json lists" in said, said
        enlist(export, changed)
        said = refused(export)
        assert "lists by its SHA-256" not in said
    assert where in said.split(": ")[0] or said.startswith(where), said
    assert said.isprintable()


@pytest.mark.parametrize("name", ["a float for an integer", "a manifest without networks"])
def test_compare_refuses_as_check_does(export: Path, name: str) -> None:
    CASES[name][0](export)
    assert refused(export, "compare") == refused(export)


def test_hard_links_are_files(export: Path, original: Path) -> None:
    (export / SPEC).unlink()
    os.link(original / SPEC, export / SPEC)
    assert read_export(export).project.networks


def test_what_was_read_is_what_is_rendered(export: Path) -> None:
    """Somebody who changes the folder meanwhile changes nothing: a file is read once."""
    honest = read_export(export).project.files

    def change(*_: object) -> None:
        for path in (SPEC, TENSOR, CERTIFICATE):
            (export / path).write_text("changed")

    with heard_by(change):
        assert read_export(export).project.files == honest
    with pytest.raises(NotProvedError):
        read_export(export)


def test_a_file_that_is_changed_before_it_is_compared_is_refused(export: Path) -> None:
    def change(*_: object) -> None:
        (export / "Tiny/Network.lean").write_text("changed")

    with heard_by(change), pytest.raises(NotProvedError, match=r"Tiny/Network\.lean:1: not what"):
        read_export(export)
