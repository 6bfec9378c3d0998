"""What the emit stage takes and makes: certified networks, a Lake project and its theorems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.commands import imports
from lipbridge.emit.lean.declaration import Theorem
from lipbridge.errors import InputError, printable
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource

MATHLIB_NOTE = "checked against recorded signatures of Mathlib, not against Mathlib"
"""What is known of every module in Mathlib's words until somebody builds it."""

if TYPE_CHECKING:
    from lipbridge.emit.network.context import NetworkContext
    from lipbridge.emit.network.module import NetworkModule
    from lipbridge.emit.network.selection import SelectionContext
    from lipbridge.emit.network.tighter.context import TighterContext
    from lipbridge.emit.step.recorded import Recorded
    from lipbridge.tighten.keys import Keys, RecordedStep
    from lipbridge.tighten.selection import Selections
    from lipbridge.tighten.tighten import Tightening


@dataclass(frozen=True)
class Provenance:
    """The weights that an export says it is about.

    Attributes:
        name: file name, or empty; escaped where it holds what does not print.
        sha256: SHA-256 of the file, or empty.
    """

    name: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", printable(self.name)[:255])

    @property
    def said(self) -> str:
        """What the export says, for a reader; empty if nothing."""
        if not (self.name or self.sha256):
            return ""
        return f"{self.name!a}, SHA-256 {self.sha256 or 'not recorded'}"


@dataclass(frozen=True)
class CertifiedNetwork:
    """A network with all that its theorem needs.

    Attributes:
        network: the network.
        text: its spec.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the bound needs.
        tightening: what tighter theorems need besides, where there are some.
        selections: what is claimed of its selections at points.
    """

    network: Network
    text: str
    tensors: Mapping[TensorSource, ExactMatrix]
    certificates: Mapping[TensorSource, SpectralCertificate]
    tightening: Tightening | None = None
    selections: Selections | None = None

    @property
    def keys(self) -> Keys | None:
        """The keys that its selections are by, where the network itself makes none."""
        return None if self.selections is None else self.selections.keys

    @property
    def step(self) -> RecordedStep | None:
        """The step of a trace that these were recorded at."""
        return None if self.keys is None else self.keys.step


def module_path(name: str) -> str:
    """Where a project keeps a module."""
    return f"{name.replace('.', '/')}.lean"


def refuse_one_name(networks: Iterable[Network]) -> None:
    """Refuse networks that would have the same namespace.

    Raises:
        InputError: naming one of two.
    """
    roots: set[str] = set()
    for network in networks:
        if network.name.capitalized in roots:
            raise InputError(f"two networks are called {network.name!r}; rename one")
        roots.add(network.name.capitalized)


def provenance_of(parts: Sequence[CertifiedNetwork], given: Provenance | None) -> Provenance:
    """What an export says of its weights: nothing where no network names a tensor of a file."""
    named = any(part.network.needs_weights() for part in parts)
    return given if given is not None and named else Provenance()


@dataclass(frozen=True)
class NetworkClaim:
    """What is stated of one network, with the numbers.

    Attributes:
        part: the network with its certificates.
        context: its names and constants.
        own: its module, and that of its values at integer points.
        tighter: what is stated besides the bound, where there is something.
        selection: what is stated of its selections at points.
    """

    part: CertifiedNetwork
    context: NetworkContext
    own: tuple[NetworkModule, ...] = ()
    tighter: TighterContext | None = None
    selection: SelectionContext | None = None

    @property
    def modules(self) -> tuple[NetworkModule, ...]:
        """Its modules of theorems, in dependency order."""
        more = (self.tighter, self.selection)
        return (*self.own, *(module for module in more if module is not None))


@dataclass(frozen=True)
class NetworkProject:
    """What an export says of one network.

    Attributes:
        network: the network's name.
        root: its namespace, and the module that imports all of its modules.
        modules: its generated modules, in dependency order.
        theorems: what they prove, the main theorem last.
        claim: the numbers behind the theorems of a network.
        record: those of an export about no network.
    """

    network: str
    root: str
    modules: tuple[str, ...]
    theorems: tuple[Theorem, ...]
    claim: NetworkClaim | None = field(default=None, repr=False)
    record: Recorded | None = field(default=None, repr=False)

    @property
    def stored(self) -> dict[str, ExactMatrix]:
        """The integers that it stores, by the full Lean name of the matrix that holds them."""
        if self.record is not None:
            return {f"{self.root}.{matrix.name}": matrix for matrix in self.record.matrices()}
        if self.claim is None:
            return {}
        found = {
            f"{self.root}.{tensor.name}": tensor.matrix for tensor in self.claim.context.tensors
        }
        if self.claim.selection is not None and (keys := self.claim.part.keys) is not None:
            from lipbridge.emit.network.keys import KEYS, keys_namespace

            found[f"{keys_namespace(keys.matrix.name)}.{KEYS}"] = keys.matrix
        return found

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description."""
        return {
            "network": self.network,
            "root": self.root,
            "modules": list(self.modules),
            "theorems": [
                {"name": t.name, "statement": t.statement, "summary": t.summary}
                for t in self.theorems
            ],
        }


@dataclass(frozen=True)
class LeanProject:
    """A self-contained Lake project.

    Attributes:
        networks: one entry a network; none for the theory alone.
        files: relative path → text, the copy of the library included.
        stubs: whether proofs are ``sorry``.
        modules: the generated modules, in dependency order.
        provenance: the weights it says it is about.
        mathlib: whether a folder states the theorems in Mathlib's words.
        prover: for which prover it is; for Agda ``modules`` are Agda's.
    """

    networks: tuple[NetworkProject, ...]
    files: Mapping[str, str] = field(repr=False)
    stubs: bool
    modules: tuple[str, ...]
    provenance: Provenance = Provenance()
    mathlib: bool = False
    prover: Literal["lean", "agda"] = "lean"

    @property
    def claims(self) -> tuple[NetworkClaim, ...]:
        """What is stated of its networks, where it was rendered from them."""
        return tuple(n.claim for n in self.networks if n.claim is not None)

    @property
    def open_paths(self) -> list[str]:
        """The files in which somebody else may write the proofs of stubs."""
        modules = self.modules if self.stubs else ()
        return [module_path(name) for name in modules if ".Data." not in name]

    @property
    def theorems(self) -> tuple[Theorem, ...]:
        """All theorems, network by network."""
        return tuple(theorem for network in self.networks for theorem in network.theorems)

    @property
    def library(self) -> tuple[str, ...]:
        """The modules of the library that its modules import; all of it for the theory alone."""
        if not self.networks:
            return ("LipBridge",)
        texts = (self.files[f"{name.replace('.', '/')}.lean"] for name in self.modules)
        found = {name for text in texts for name in imports(text)}
        return tuple(sorted(name for name in found if name.startswith("LipBridge.")))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said besides, one line each."""
        parts = [claim.part for claim in self.claims]
        found = [part.selections.notes for part in parts if part.selections is not None]
        refused = tuple(note for notes in found for note in notes)
        bodies = [part.network for part in parts if part.network.altered]
        refused += tuple(f"the theorems are about {n.name} {n.altered}" for n in bodies)
        if not self.mathlib:
            return refused
        about = f"mathlib/: {MATHLIB_NOTE}; lipbridge check compares its files and compiles none"
        return (*refused, about)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready description, file contents left out."""
        return {
            "networks": [network.to_json() for network in self.networks],
            "files": sorted(self.files),
            "stubs": self.stubs,
            "notes": list(self.notes),
        }
