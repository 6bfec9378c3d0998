"""A kind of claim is two pieces: what it is, and what Lean is told; the rest goes over them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, ClassVar, Self

import msgspec
import pytest

from lipbridge import pipeline
from lipbridge.emit import read_export
from lipbridge.emit.lean.term import lean_term
from lipbridge.emit.network import claims as stated_claims
from lipbridge.emit.network.tighter.build import Builder, state
from lipbridge.emit.network.tighter.context import Stated
from lipbridge.emit.step.recorded import Recorded, recorded_kinds
from lipbridge.errors import CertificateError
from lipbridge.tighten import claims
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.search import Search
from tests.e2e.support import forge
from tests.small_library import small_library

SPEC = "network counted\ninput 2\nlinear 1 weight = [[1, 2]]\nlinear 1 weight = [[3]]\n"


class Layers(Claim, frozen=True):
    """The number of layers: the least that a kind can be."""

    count: Annotated[int, msgspec.Meta(ge=0)]
    key: ClassVar[str] = "layers"

    @classmethod
    def search(cls, search: Search) -> Self | None:
        found = search.network.name == "counted"
        return cls(len(search.network.body.layers)) if found else None

    def replay(self, facts: Facts) -> None:
        if self.count != len(facts.network.body.layers):
            raise CertificateError(f"{self.count} layers are claimed")


@state.register(Layers)
def state_layers(claim: Layers, build: Builder) -> Stated:
    """The theorem."""
    summary = f"{claim.count} layers"
    build.scope.theorem(
        f"{build.name}_layers",
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
    assert '"layers": {"count": 2}' in (export / "tighter/counted.json").read_text("utf-8")
    text = (export / "Counted/Tighter.lean").read_text("utf-8")
    assert "theorem counted_layers" in text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"count": 2', '"count": 3', "3 layers are claimed"),
        ('"count": 2', '"count": -1', "claims.layers: Expected `int` >= 0"),
        ('"count": 2', '"count": 2, "more": 1', "claims.layers: .* unknown field `more`"),
        ('"layers"', '"strata"', "known of a claim 'strata'"),
    ],
)
def test_a_changed_one_is_refused(export: Path, old: str, new: str, reason: str) -> None:
    name = "tighter/counted.json"
    forge(export, name, (export / name).read_text("utf-8").replace(old, new))
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
