"""What the modules of recorded steps are made of: checks of the kernel, lists, families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.data.packed import packed_matrix, product_base
from lipbridge.emit.lean.declaration import Scope
from lipbridge.emit.lean.render import STEPS, render_module
from lipbridge.emit.lean.term import Term, app, bind, lean_term, listed
from lipbridge.language.tensor import ExactMatrix


class StepModules:
    """The modules of a step as they are made, in dependency order.

    Args:
        root: namespace and module prefix.
        stubs: state the theorems with ``sorry``.
    """

    def __init__(self, root: str, *, stubs: bool) -> None:
        self.root, self.stubs = root, stubs
        self.made: dict[str, str] = {}
        self.scope = Scope(root)

    def module(self, name: str, imports: Sequence[str] | None, about: str) -> Scope:
        """A module with what was declared since the last one.

        Args:
            name: of the module, without the prefix.
            imports: modules likewise; without, all before.
            about: its docstring.
        """
        names = list(self.made) if imports is None else [f"{self.root}.{m}" for m in imports]
        found = self.scope
        self.made[f"{self.root}.{name}"] = render_module(
            self.root, [STEPS, *names], about, found, stubs=self.stubs
        )
        self.scope = Scope(parent=found)
        return found

    def checks(
        self, module: str, data: Sequence[str], about: str, checks: Iterable[tuple[str, str, Term]]
    ) -> None:
        """A module of checks.

        Args:
            module: its name.
            data: the matrices whose modules it needs beside the step's.
            about: what the checks are of.
            checks: name, what it says, what is true of each.
        """
        for check in checks:
            self.check(*check)
        self.module(module, ["Step", *(f"Data.{name}" for name in data)], f"# {about}\n")

    def hold(
        self,
        matrix: ExactMatrix,
        what: str,
        certificate: SpectralCertificate | None = None,
        *,
        transposed: bool = False,
    ) -> None:
        """The data modules of a matrix.

        Args:
            matrix: the matrix.
            what: what it is, for docstrings.
            certificate: its certificate, where its norm is needed.
            transposed: without one, whether it is kept by columns.
        """
        held = LeanMatrix(matrix.name, matrix, what, certificate, transposed)
        self.made |= matrix_modules(self.root, held)

    def check(self, name: str, doc: str, term: Term) -> None:
        """A theorem ``recorded_<name>``: the kernel finds a Boolean term true."""
        self.scope.check(f"recorded_{name}", doc, term)

    def family(self, name: str, matrices: Sequence[ExactMatrix], what: str) -> None:
        """Matrices by their number."""
        names = listed(m.name for m in matrices)
        value = bind("fun h =>", app("nth", matrices[0].name, names, "h"))
        self.scope.definition(name, f"{what}, by heads.", "Nat → PackedMatrix", value)


def for_each(proofs: Iterable[Term | str]) -> Term:
    """Proof of ``∀ h < n`` from one for each h."""
    found = lean_term("below_zero")
    for proof in proofs:
        found = app("below_succ", found, proof)
    return found


def base(a: ExactMatrix, b: ExactMatrix, m: ExactMatrix, *, columns: bool = False) -> int:
    """The bits in which it is checked that m is a times b.

    Args:
        a: the first matrix, stored by rows.
        b: the second; where it is stored by columns, its transpose.
        m: their product, stored by rows.
        columns: whether b is.
    """
    second = packed_matrix(b, transposed=columns)
    return product_base(packed_matrix(a), second, packed_matrix(m), a.cols)
