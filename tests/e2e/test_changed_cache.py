"""A compiled module that somebody changed in the cache is compiled anew, not believed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from lipbridge.cache import Cache
from tests.e2e.support import lipbridge, lipbridge_json

pytestmark = pytest.mark.lean


def flipped(olean: Path, _other: Path) -> None:
    data = bytearray(olean.read_bytes())
    data[len(data) // 2] ^= 1
    olean.write_bytes(data)


def shortened(olean: Path, _other: Path) -> None:
    olean.write_bytes(olean.read_bytes()[:100])


def exchanged(olean: Path, other: Path) -> None:
    olean.write_bytes(other.read_bytes())


def recorded_anew(olean: Path, other: Path) -> None:
    """Another module, with the record of a module that is that one."""
    exchanged(olean, other)
    (olean.parent / "record.json").write_bytes((other.parent / "record.json").read_bytes())


# The cache is the user's and outlives the tests: a name of its own tells this run's modules from
# those of runs with another library, which lie there under other keys.
NETWORK = f"tampered{secrets.token_hex(6)}"
MODULE = NETWORK.capitalize()


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changed")
    (folder / "n.lip").write_text(f"network {NETWORK} input 2 a: linear 2 weight=[[1, 2], [0, 5]]")
    run = lipbridge("run", folder / "n.lip", "--out", folder / "export", "--no-recheck")
    assert run.returncode == 0, run.stderr
    return folder / "export"


def cached(module: str) -> Path:
    (record,) = (
        path
        for path in Cache().folder.glob("*/*/record.json")
        if f'"module": "{module}"' in path.read_text("utf-8")
    )
    return record.with_name("module.olean")


@pytest.mark.parametrize("change", [flipped, shortened, exchanged, recorded_anew])
def test_a_changed_module_is_compiled_anew(
    export: Path, change: Callable[[Path, Path], None]
) -> None:
    olean, other = cached(f"{MODULE}.Network"), cached(f"{MODULE}.Data.a_weight")
    before, record = olean.read_bytes(), olean.with_name("record.json").read_bytes()
    change(olean, other)
    assert olean.read_bytes() != before
    found = lipbridge_json("check", export, "--no-recheck")
    assert found["ok"]
    assert f"{MODULE}.{NETWORK}_lipschitz" in {theorem["name"] for theorem in found["theorems"]}
    # What lies there now is what the compiler makes of the source, with its record.
    assert olean.read_bytes() == before
    assert json.loads(olean.with_name("record.json").read_bytes()) == json.loads(record)
