"""What one machine has checked of an export: authenticated, and joined with other parts."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from lipbridge import __version__
from lipbridge.cache import Cache
from lipbridge.certify import read_json
from lipbridge.check.records import CheckResult, TheoremResult
from lipbridge.errors import CertificateError
from lipbridge.files import write_text


class PartTheorem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theorem that was proved, with its axioms."""

    name: str
    statement: str
    axioms: tuple[str, ...]
    summary: str


class PartNetwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One network that was checked.

    Attributes:
        network: its name.
        root: its namespace.
        modules: its modules, in dependency order.
        theorems: what was proved of it.
    """

    network: str
    root: str
    modules: tuple[str, ...]
    theorems: tuple[PartTheorem, ...]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Networks of an export that were checked together, all proved.

    Attributes:
        format: of this file.
        lipbridge: version of the program that checked.
        manifest: SHA-256 of the export's manifest.
        networks: what was checked.
        files: path → SHA-256 of the files that were rendered anew and compared.
        where: the machine, and when.
        checker: which Lean checked.
        lean: its version.
        identified: how the program was identified.
        weights: what is known of where the weights come from.
        code: made of all the rest with the user's key.
    """

    format: Literal["lipbridge.part"] = "lipbridge.part"
    lipbridge: str = __version__
    manifest: str
    networks: tuple[PartNetwork, ...]
    files: Mapping[str, str]
    where: str
    checker: str
    lean: str
    identified: str
    weights: str
    code: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]*$")] = ""


def _code(part: Part) -> str:
    return Cache().code(msgspec.to_builtins(msgspec.structs.replace(part, code="")))


def write_part(part: Part, path: Path) -> None:
    """Write a part with its code; the file appears whole or not at all.

    Raises:
        ExportError: the key cannot be used, or the file cannot be written.
    """
    sealed = msgspec.structs.replace(part, code=_code(part))
    write_text(path, json.dumps(msgspec.to_builtins(sealed), indent=1) + "\n")


def read_parts(paths: Sequence[Path]) -> list[Part]:
    """Read parts that this user's key has made.

    Raises:
        CertificateError: no part, one by another version, or by another key; or two that differ on
            a network.
    """
    parts: list[Part] = []
    known: dict[str, Path] = {}
    for path in paths:
        part = read_json(path.read_bytes(), Part, str(path))
        if part.lipbridge != __version__:
            raise CertificateError(f"{path}: written by lipbridge {part.lipbridge[:40]!r}")
        if not hmac.compare_digest(part.code, _code(part)):
            raise CertificateError(
                f"{path}: not made with this user's key; copy the file `key` of the cache to every "
                "machine that checks, and check this part again"
            )
        if part.manifest != (first := parts[0] if parts else part).manifest:
            raise CertificateError(f"{path}: of another export than {paths[0]}")
        if (part.checker, part.lean) != (first.checker, first.lean):
            raise CertificateError(f"{path}: checked by another Lean than {paths[0]}")
        for network in part.networks:
            if network.network in known:
                raise CertificateError(
                    f"{path}: {network.network} is in {known[network.network]} too; leave one out"
                )
            known[network.network] = path
        parts.append(part)
    return parts


def join_results(parts: Sequence[Part]) -> CheckResult:
    """The verdict of all parts together."""
    return CheckResult(
        checker=parts[0].checker,
        lean=parts[0].lean,
        identified="; ".join(dict.fromkeys(part.identified for part in parts)),
        ok=True,
        modules=(),
        theorems=tuple(
            TheoremResult(theorem.name, theorem.statement, theorem.axioms)
            for part in parts
            for network in part.networks
            for theorem in network.theorems
        ),
        sorries=0,
        failures=(),
    )
