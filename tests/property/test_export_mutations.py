"""Every kind of file of an export, changed in every way: refused, by name, before Lean runs.

No test here starts Lean: an export is read, rendered anew and compared.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lipbridge.certify import certify_matrix
from lipbridge.cli import main
from lipbridge.emit import CertifiedNetwork, lean_project, read_export, write_folder
from lipbridge.errors import LipBridgeError, NotProvedError
from lipbridge.language import parse
from tests.e2e.support import edit, forge
from tests.small_library import small_library

SPEC = """network tiny
input 2
first: linear 2 weight = [[3, -1], [0, 2]] bias = [1, -1]
relu
second: linear 2 weight = [[1, 4], [-2, 1]]
"""
# One file of every kind.
KINDS = {
    "manifest": "lipbridge.json",
    "spec": "networks/tiny.lip",
    "tensor": "tensors/tiny/first_weight.json",
    "bias": "tensors/tiny/first_bias.json",
    "certificate": "certificates/tiny/first_weight.json",
    "data": "Tiny/Data/first_weight.lean",
    "network": "Tiny/Network.lean",
    "points": "Tiny/Points.lean",
    "root": "Tiny.lean",
    "library": "LipBridge/Layers/Relu.lean",
    "library root": "LipBridge.lean",
    "core": "core/Init.lean",
    "toolchain": "lean-toolchain",
    "lakefile": "lakefile.toml",
    "readme": "README.md",
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    network = parse(SPEC)
    tensors = network.written()
    certificates = {s: certify_matrix(tensors[s], slack=1e-9) for s in network.normed()}
    folder = tmp_path_factory.mktemp("mutations") / "export"
    with small_library():
        project = lean_project([CertifiedNetwork(network, SPEC, tensors, certificates)])
        write_folder(folder, project.files)
        yield folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "copy")


def refusal(folder: Path) -> str:
    """Why an export is refused: one line."""
    with pytest.raises(NotProvedError) as caught:
        read_export(folder)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1
    return str(caught.value)


def relist(folder: Path, old: bytes, new: bytes) -> None:
    """Have the manifest list a file by the digest of other bytes."""
    digests = (hashlib.sha256(data).hexdigest() for data in (old, new))
    edit(folder, "lipbridge.json", *digests)


def delete(path: Path, chance: random.Random) -> None:
    path.unlink()


def change(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    path.write_bytes(data)


def cut(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def insert(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    at = chance.randrange(len(data) + 1)
    path.write_bytes(data[:at] + chance.choice([b" ", b"\n", b"0", b"-- x\n"]) + data[at:])


def append(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + b"\n/- def tiny_N : Nat := 1 -/\n")


def repeat(path: Path, chance: random.Random) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    index = chance.randrange(len(lines))
    path.write_bytes(b"".join([*lines[:index], lines[index] or b"\n", *lines[index:]]))


def empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def link(path: Path, chance: random.Random) -> None:
    target = path.with_name("elsewhere")
    path.rename(target)
    path.symlink_to(target)


def outward_link(path: Path, chance: random.Random) -> None:
    target = path.parents[len(path.parts) - 2] / "dev/null"
    path.unlink()
    path.symlink_to(target)


def fifo(path: Path, chance: random.Random) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


def neighbour(path: Path, chance: random.Random) -> None:
    shutil.copy(path, path.with_name(f"copy_{path.name}"))


MUTATIONS = [
    delete, change, cut, insert, append, repeat, empty, link, outward_link, fifo, folder, neighbour,
]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_refused(copy: Path, kind: str, mutation) -> None:
    path = copy / KINDS[kind]
    before = path.read_bytes()
    chance = random.Random(f"{kind} {mutation.__name__}")
    for _ in range(3 if mutation in (change, cut, insert, repeat) else 1):
        mutation(path, chance)
        if path.is_file() and path.read_bytes() == before and mutation in (change, cut, repeat):
            continue
        said = refusal(copy)
        assert path.name.split(".")[0] in said, said
        if path.is_file() and not path.is_symlink():
            if "/tiny/" in KINDS[kind] and path.read_bytes() != before:
                relist(copy, before, path.read_bytes())
                assert "lists by its SHA-256" not in refusal(copy)
                relist(copy, path.read_bytes(), before)
            path.write_bytes(before)


def test_an_honest_export_and_its_copy_pass(original: Path, copy: Path, tmp_path: Path) -> None:
    (copy / ".lake/build").mkdir(parents=True)
    (copy / ".lake/build/anything").write_bytes(b"\x00")
    (copy / "lake-manifest.json").write_text("{")
    for folder in (original, copy):
        export = read_export(folder)
        assert [network.network for network in export.project.networks] == ["tiny"]
        assert export.filled == {}


def test_a_link_to_an_export_is_followed_but_none_inside(original: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(original)
    assert read_export(tmp_path / "link").project.networks


@pytest.mark.parametrize("name", ["Extra.lean", "lakefile.lean", "Tiny/Extra.lean", "notes", "a/b"])
def test_a_file_that_lipbridge_does_not_write(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("axiom extra {a : Prop} : a\n")
    assert refusal(copy).startswith(name.split("/")[0])


@pytest.mark.parametrize("name", ["new\nline", "ünï", "a b", "x" * 250])
def test_odd_names(copy: Path, name: str) -> None:
    (copy / name).write_text("")
    assert "no name of a file" in refusal(copy) or "does not write" in refusal(copy)


def test_deep_folders(copy: Path) -> None:
    (copy / "/".join("d" * 40)).mkdir(parents=True)
    refusal(copy)


def test_a_device_is_never_opened(copy: Path) -> None:
    path = copy / "networks/tiny.lip"
    path.unlink()
    path.symlink_to("/dev/zero")
    assert refusal(copy) == "'networks/tiny.lip': a link, which no export holds; export again"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("lipbridge.json", '"networks": [', '"networks": [], "networks": [', "occurs twice"),
        ("lipbridge.json", '"stubs": false', '"stubs": 0', r"Expected `bool`, got `int`"),
        ("lipbridge.json", '"version": 3', '"version": 3.0', "3.0 is not an integer"),
        ("lipbridge.json", '"lipbridge": "', '"lipbridge": "9', "written by lipbridge '9"),
        ("lipbridge.json", '"weights_name": ""', '"weights_name": "a\\nb"', "weights_name"),
        ("lipbridge.json", '"tiny"', '"../tiny"', "cannot be a name"),
        (
            "networks/tiny.lip",
            "[3, -1]",
            "[3, -2]",
            r"tensors/tiny/first_weight\.json: not the num",
        ),
        ("networks/tiny.lip", "network tiny", "network other", "holds the network"),
        ("networks/tiny.lip", "input 2", "input 3", r"^networks/tiny\.lip"),
        ("networks/tiny.lip", "relu", "abs", r"Tiny/Network\.lean|Tiny/Points\.lean"),
        ("tensors/tiny/first_weight.json", "[3,-1]", "[3.0,-1]", "3.0 is not an integer"),
        ("tensors/tiny/first_weight.json", "[3,-1]", '["3",-1]', "Expected `int`, got `str`"),
        ("tensors/tiny/first_weight.json", '"rows": 2', '"rows": true', "Expected `int`"),
        ("tensors/tiny/first_weight.json", '"0x1"', '"0x2"', "not the numbers"),
        ("tensors/tiny/first_weight.json", '"0x1"', '"0x01"', "regex"),
        ("certificates/tiny/first_weight.json", '"c": ', '"c": 1', "is not a power of two"),
        ("certificates/tiny/first_weight.json", '"rows": 2', '"rows": 1e3', "not an integer"),
    ],
)
def test_data_that_is_no_longer_true(copy: Path, path: str, old: str, new: str, said: str) -> None:
    text = (copy / path).read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    if path == "lipbridge.json":
        (copy / path).write_text(changed, "utf-8")
    else:
        forge(copy, path, changed)
    with pytest.raises(NotProvedError, match=said):
        read_export(copy)


def test_nested_arrays_and_large_files(copy: Path) -> None:
    path = copy / "tensors/tiny/first_weight.json"
    forge(copy, "tensors/tiny/first_weight.json", "[" * 200_000)
    assert "nested too deeply" in refusal(copy) or "not JSON" in refusal(copy)
    with path.open("wb") as file:
        file.truncate(1 << 34)
    assert "larger than 512 MiB" in refusal(copy)


def test_what_is_no_export_at_all(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(LipBridgeError) as caught:
            read_export(path)
        assert caught.value.exit_code == 2
    (tmp_path / "file").write_text("x")
    assert "lipbridge.json: missing" in refusal(tmp_path)


def test_the_command_ends_with_one_line_and_status_1(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / "Extra.lean").write_text("")
    monkeypatch.setattr("sys.argv", ["lipbridge", "check", str(copy)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == (
        "error: Extra.lean: a file that lipbridge does not write for this export; remove it"
    )


# ------------------------------------------- what was once tried to deceive the reader


def edited(path: Path, edit) -> None:
    path.write_text(edit(path.read_text("utf-8")), "utf-8")


def test_the_proof_turned_to_other_weights(copy: Path) -> None:
    other = "noncomputable def first_weight.entry : Nat → Nat → Int := other.entry\n"
    edited(
        copy / "Tiny/Network.lean",
        lambda t: t.replace("open LipBridge\n", f"open LipBridge\n{other}"),
    )
    assert refusal(copy).startswith("Tiny/Network.lean:")


@pytest.mark.parametrize("delete_data", [False, True])
@pytest.mark.parametrize("networks", ['"networks": []', '"networks": ["tiny"], "networks": []'])
def test_a_manifest_that_asks_nothing(copy: Path, networks: str, delete_data: bool) -> None:
    old = '"networks": [\n    "tiny"\n  ]'
    edited(copy / "lipbridge.json", lambda t: t.replace(old, networks))
    if delete_data:
        for name in ("networks", "tensors", "certificates"):
            shutil.rmtree(copy / name)
    said = refusal(copy)
    if "], " in networks:
        assert "occurs twice" in said
    elif delete_data:
        assert said.startswith("certificates/tiny/first_weight.json: missing, though")
    else:
        assert said.startswith("lipbridge.json: files lists Tiny, which no export with networks []")


def test_a_change_that_changes_nothing_else_is_laid_to_its_file(copy: Path) -> None:
    edited(copy / "networks/tiny.lip", lambda t: f"{t}# a remark\n")
    assert refusal(copy) == (
        "networks/tiny.lip: not the file that lipbridge.json lists by its SHA-256; export again"
    )


def test_weights_of_the_spec_that_are_not_the_stored_ones(copy: Path) -> None:
    text = (copy / "networks/tiny.lip").read_text("utf-8")
    forge(copy, "networks/tiny.lip", text.replace("[3, -1]", "[3000000, -1]"))
    assert refusal(copy).startswith(
        "tensors/tiny/first_weight.json: not the numbers that networks/"
    )


def test_another_certificate_of_other_weights(copy: Path) -> None:
    """Spec, tensor and certificate agree; all that was rendered from them does not."""
    text = (copy / "networks/tiny.lip").read_text("utf-8").replace("[3, -1]", "[30, -1]")
    network = parse(text)
    tensors = network.written()
    parts = {s: certify_matrix(tensors[s], slack=1e-9) for s in network.normed()}
    made = lean_project([CertifiedNetwork(network, text, tensors, parts)]).files
    for path in ("networks/tiny.lip", "tensors/tiny/first_weight.json",
                 "certificates/tiny/first_weight.json"):  # fmt: skip
        (copy / path).write_text(made[path], "utf-8")
    assert "networks/tiny.lip: not the file" in refusal(copy)
    (copy / "lipbridge.json").write_text(made["lipbridge.json"], "utf-8")
    assert "Tiny/Data/first_weight.lean" in refusal(copy)


def test_constants_in_a_comment(copy: Path) -> None:
    with (copy / "Tiny/Network.lean").open("a") as file:
        file.write("\n/-\ndef tiny_N : Nat := 9\ndef tiny_D : Nat := 10000\n-/\n")
    assert refusal(copy).startswith("Tiny/Network.lean:")


def test_theorems_that_would_keep_the_compiler_busy(copy: Path) -> None:
    bomb = "theorem bomb : Eq (Nat.beq (Nat.mod (Nat.pow 1000003 16000000) 1000003) 1) false := rfl"
    with (copy / "Tiny/Network.lean").open("a") as file:
        file.write(f"set_option exponentiation.threshold 17000000\n{bomb}\n")
    assert refusal(copy).startswith("Tiny/Network.lean:")


def test_a_docstring_about_other_weights(copy: Path) -> None:
    edited(copy / "Tiny/Network.lean", lambda t: t.replace("Exported by", "GPT-9. Exported by"))
    assert refusal(copy).startswith("Tiny/Network.lean:")
