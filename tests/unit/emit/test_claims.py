"""A kind of claim is two pieces: what it is, and what Lean is told; the rest goes over them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any, ClassVar, Self

import msgspec
import pytest

from lipbridge import pipeline
from lipbridge.emit import read_export
from lipbridge.emit.lean.term import lean_term
from lipbridge.emit.network import claims as stated_claims
from lipbridge.emit.network.tighter.build import Builder
from lipbridge.emit.network.tighter.stated import Stated, states
from lipbridge.emit.step.recorded import Recorded, recorded_kinds
from lipbridge.errors import CertificateError
from lipbridge.tighten import claims
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.search import Search
from tests.small_library import small_library

SPEC = "network counted\ninput 2\nlinear 1 weight = [[1, 2]]\nlinear 1 weight = [[3]]\n"


@dataclass(frozen=True)
class Layers(Claim):
    """The number of layers, with a file of its own: the least that a kind can be."""

    count: int
    key: ClassVar[str] = "layers"
    layout: ClassVar[Any] = Annotated[int, msgspec.Meta(ge=0)]

    @classmethod
    def search(cls, search: Search) -> Self | None:
        found = search.network.name == "counted"
        return cls(len(search.network.body.layers)) if found else None

    def replay(self, facts: Facts) -> None:
        if self.count != len(facts.network.body.layers):
            raise CertificateError(f"{self.count} layers are claimed")

    def entry(self) -> Any:
        return self.count

    def files(self, network: str) -> dict[str, str]:
        return {f"{network}_layers": json.dumps(self.count)}

    @classmethod
    def read(cls, network: str, entry: Any, file: Callable[[str], tuple[bytes, str]]) -> Self:
        text, source = file(f"{network}_layers")
        if json.loads(text) != entry:
            raise CertificateError(f"{source}: another number than the claim's")
        return cls(entry)


@states(Layers)
def state_layers(build: Builder, claim: Layers) -> Stated:
    """The theorem."""
    summary = f"{claim.count} layers"
    build.scope.theorem(
        f"{build.name}_layers",
        build.name,
        f"It has {summary}.",
        lean_term("True"),
        "True.intro",
        summary=summary,
    )
    return Stated()


@pytest.fixture
def export(tmp_path: Path) -> Iterator[Path]:
    claim_kinds.cache_clear()
    with small_library():
        pipeline.export_jobs([pipeline.load(SPEC)], tmp_path / "out")
        yield tmp_path / "out"
    claim_kinds.cache_clear()


def test_a_new_kind_is_exported_and_read_back(export: Path) -> None:
    (network,) = read_export(export).project.networks
    assert "2 layers" in [theorem.summary for theorem in network.theorems]
    assert (export / "certificates/counted/counted_layers.json").read_text() == "2"
    text = (export / "Counted/Tighter.lean").read_text("utf-8")
    assert "theorem counted_layers" in text


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("tighter/counted.json", '"layers": 2', '"layers": 3', "another number than the claim's"),
        (
            "tighter/counted.json",
            '"layers": 2',
            '"layers": -1',
            "claims.layers: Expected `int` >= 0",
        ),
        ("tighter/counted.json", '"layers": 2', '"strata": 2', "known of a claim 'strata'"),
        ("certificates/counted/counted_layers.json", "2", "3", "another number"),
    ],
)
def test_a_changed_one_is_refused(export: Path, name: str, old: str, new: str, reason: str) -> None:
    path = export / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CertificateError, match=reason):
        read_export(export)


def test_every_kind_is_a_file_of_each_stage() -> None:
    names = {module.name for module in iter_modules(claims.__path__)}
    assert names == {module.name for module in iter_modules(stated_claims.__path__)}
    kinds = [kind for kind in claim_kinds().values() if kind is not Layers]
    assert {kind.__module__.rsplit(".", 1)[1] for kind in kinds} == names


def test_every_record_has_a_file_and_a_namespace_of_its_own() -> None:
    kinds = recorded_kinds()
    assert len({kind.file for kind in kinds}) == len({kind.root for kind in kinds}) == len(kinds)
    assert {kind.file for kind in kinds} >= {"step.json", "path.json", "dsa.json"}
    assert all(kind.replay is not Recorded.replay for kind in kinds)
