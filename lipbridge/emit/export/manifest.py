"""``lipbridge.json``: what an export says of itself, and the digests of all its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from lipbridge import __version__
from lipbridge.certify import read_json
from lipbridge.errors import CertificateError, InputError
from lipbridge.language import Identifier

MANIFEST_NAME = "lipbridge.json"
_VERSION = 3
_Path = Annotated[str, msgspec.Meta(max_length=4096, pattern=r"^[A-Za-z0-9_./-]+$")]
_Name = Annotated[str, msgspec.Meta(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The manifest.

    Attributes:
        version: of this format.
        lipbridge: version of the program that exported.
        networks: the networks' names, none for the theory or a step.
        weights_name: file name of the weights, or empty.
        weights_sha256: SHA-256 of the weights file, or empty.
        stubs: whether proofs are ``sorry``, for somebody to fill in.
        mathlib: whether there is a folder with the theorems in Mathlib's words.
        prover: for which prover it is.
        modules: the generated modules, in dependency order.
        files: relative path → SHA-256 of every file of the export but this one.
    """

    version: int = _VERSION
    lipbridge: str = __version__
    networks: tuple[str, ...] = ()
    weights_name: _Name = ""
    weights_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    stubs: bool = False
    mathlib: bool = False
    prover: Literal["lean", "agda"] = "lean"
    modules: tuple[str, ...]
    files: Mapping[_Path, str]

    def to_text(self) -> str:
        """JSON with sorted keys."""
        fields = msgspec.to_builtins(self)
        return json.dumps(fields, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @property
    def options(self) -> str:
        """The fields that say what kind of export it is, for messages."""
        shown = {name: getattr(self, name) for name in ("networks", "stubs", "mathlib", "prover")}
        return ", ".join(f"{name} {_short(value)}" for name, value in shown.items())

    def refuse_other(self, anew: Manifest) -> None:
        """Refuse this manifest unless it says what the one says that is written anew.

        Raises:
            CertificateError: naming the first field that differs.
        """
        for name in self.__struct_fields__:
            found, wanted = getattr(self, name), getattr(anew, name)
            if found != wanted:
                raise CertificateError(
                    f"{MANIFEST_NAME}: {name} is {_short(found)}, but an export of this "
                    f"data has {_short(wanted)}; restore it, or export again"
                )


class _Header(msgspec.Struct):
    """What a manifest of any version has."""

    version: int
    lipbridge: str


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _short(value: object) -> str:
    shown = json.dumps(value)
    return shown if len(shown) <= 80 else f"{shown[:80]}…"


def read_manifest(text: bytes) -> Manifest:
    """Read the manifest of an export.

    Raises:
        CertificateError: it is not of this format, or of another version of lipbridge; or a
            network's name is no identifier.
    """
    header = read_json(text, _Header, MANIFEST_NAME)
    if (header.lipbridge, header.version) != (__version__, _VERSION):
        raise CertificateError(
            f"{MANIFEST_NAME}: written by lipbridge {header.lipbridge[:40]!r} in format "
            f"{header.version}; this is lipbridge {__version__}, which reads format {_VERSION}: "
            "check it with that version, or export again"
        )
    try:
        manifest = read_json(text, Manifest, MANIFEST_NAME)
    except CertificateError as error:
        raise CertificateError(f"{error}; restore it, or export again") from None
    for name in manifest.networks:
        try:
            Identifier(name)
        except InputError as error:
            raise CertificateError(f"{MANIFEST_NAME}: {error}") from None
    return manifest
