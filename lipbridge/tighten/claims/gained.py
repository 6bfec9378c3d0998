"""Gains behind projections in products of branches: what an export keeps of their certificates.

Source: `lipbridge.tighten.gained`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

import msgspec

from lipbridge.certify import read_json
from lipbridge.certify.digits import encode_integer
from lipbridge.certify.serialize import PsdFile
from lipbridge.certify.strict_json import record_to_json
from lipbridge.tighten.claim import Claim, Facts
from lipbridge.tighten.gained import (
    GainedBound,
    find_gained,
    gained_branches,
    gained_name,
    replay_gained,
)

if TYPE_CHECKING:
    from lipbridge.tighten.search import Search


class _File(PsdFile, frozen=True, forbid_unknown_fields=True):
    """The keys of a file."""

    scale: str
    bound: str
    cap: str
    format: Literal["lipbridge.gained-certificate"] = "lipbridge.gained-certificate"
    version: Literal[1] = 1


@dataclass(frozen=True)
class GainedProjections(Claim):
    """Certificates of gained projections in products of branches, by the products' names."""

    bounds: Mapping[str, GainedBound]
    key: ClassVar[str] = "gained"
    layout: ClassVar[Any] = Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")], ...],
        msgspec.Meta(min_length=1),
    ]
    local: ClassVar[bool] = True

    @classmethod
    def search(cls, search: Search) -> Self | None:
        kept: dict[str, GainedBound] = {}
        certificates = search.certificates
        for name, branch in gained_branches(search.facts).items():
            found = find_gained(branch.map, certificates[branch.map.source])
            if found is None or not search.better(
                branch.constants(found)[0], branch.before.constant
            ):
                continue
            replay_gained(branch, found)
            kept[name] = found
        return cls(kept) if kept else None

    def replay(self, facts: Facts) -> None:
        branches = gained_branches(facts)
        for name, bound in self.bounds.items():
            if name not in branches:
                raise ValueError(f"{name!a} has no gained projection")
            replay_gained(branches[name], bound)

    def entry(self) -> Any:
        return sorted(map(str, self.bounds))

    def files(self, network: str) -> dict[str, str]:
        return {gained_name(name): _to_json(bound) for name, bound in self.bounds.items()}

    @classmethod
    def read(cls, network: str, entry: Any, file: Callable[[str], tuple[bytes, str]]) -> Self:
        return cls({name: _from_json(*file(gained_name(name))) for name in entry})


def _to_json(bound: GainedBound) -> str:
    scale, most, cap = map(encode_integer, (bound.scale, bound.bound, bound.cap))
    return record_to_json(_File(*PsdFile.spell(bound.witness), scale, most, cap))


def _from_json(text: bytes, source: str) -> GainedBound:
    file = read_json(text, _File, source)
    scale, bound, cap = (file.integer(key, source) for key in ("scale", "bound", "cap"))
    return GainedBound(scale, bound, cap, file.witness(len(file.L), source))
