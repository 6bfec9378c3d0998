"""Declarations of generated modules as values: names that only one thing has, statements, proofs.

A module declares section variables; as in Lean, a declaration takes those that it mentions. From
one value comes both the text of a module and the statement that the kernel is asked to have proved,
in which every definition of that module is unfolded.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lipbridge.emit.lean.term import WIDTH, Meaning, Term, app, lean_term
from lipbridge.errors import InputError

CHECKED = "Eq.refl true"
"""Proof that a Boolean term is true: the kernel computes it."""


@dataclass(frozen=True)
class Theorem:
    """What the kernel is asked to have been proved.

    Attributes:
        name: full Lean name.
        statement: its statement as Lean source, closed (universe level ``u`` free).
        summary: one line in ordinary words.
    """

    name: str
    statement: str
    summary: str


@dataclass(frozen=True)
class Binder:
    """A variable, or a hypothesis: names with their type."""

    names: str
    type: Term
    implicit: bool = False

    def __str__(self) -> str:
        """As it is declared."""
        text = f"{self.names} : {self.type}"
        return f"{{{text}}}" if self.implicit else f"({text})"

    def lines(self, indent: int) -> str:
        """As it is declared, in lines of at most 100 characters."""
        start = f"{'{' if self.implicit else '('}{self.names} : "
        inner = self.type.lines(indent, indent + len(start), 2)
        return f"{start}{inner}{'}' if self.implicit else ')'}"


def implicit(names: str, type: Term | str) -> Binder:
    """A variable that is found from the others."""
    return Binder(names, lean_term(type), implicit=True)


@dataclass(frozen=True)
class Declaration:
    """A definition or a theorem.

    Attributes:
        keyword: ``def``, ``noncomputable def`` or ``theorem``.
        name: its name in the module's namespace.
        doc: what it says, in one paragraph.
        type: its type; a theorem's statement.
        value: what it is; a theorem's proof.
        hypotheses: what a theorem assumes of the section variables.
        binders: what it takes besides.
        summary: a theorem in ordinary words, where the kernel is asked about it.
        variables: the section variables that it takes, in order.
    """

    keyword: str
    name: str
    doc: str
    type: Term
    value: Term
    hypotheses: tuple[Binder, ...] = ()
    binders: tuple[Binder, ...] = ()
    summary: str = ""
    variables: tuple[Binder, ...] = ()

    @property
    def is_theorem(self) -> bool:
        """Whether it is a theorem."""
        return self.keyword == "theorem"

    @property
    def header(self) -> tuple[Term, ...]:
        """Every term of its statement."""
        return (self.type, *(b.type for b in (*self.hypotheses, *self.binders)))

    @property
    def names(self) -> frozenset[str]:
        """Names by which it takes section variables, as Lean has it; not those in a proof."""
        terms = self.header if self.is_theorem else (*self.header, self.value)
        return frozenset[str]().union(*(term.names for term in terms))

    def source(self, *, stubs: bool = False) -> str:
        """Lean source, with stubs ``sorry`` in the place of a proof."""
        value = lean_term("sorry") if stubs and self.is_theorem else self.value
        head = f"{self.keyword} {self.name}"
        for binder in (*self.hypotheses, *self.binders):
            at = len(head) - head.rfind("\n") - 1
            fits = at + len(str(binder)) + 3 <= WIDTH
            head += f" {binder}" if fits else f"\n    {binder.lines(4)}"
        one = f"{head} : {self.type} := {value}"
        if not self.is_theorem and "\n" not in one and len(one) <= WIDTH:
            return f"{self._comment()}\n{one}\n"
        if self.is_theorem or len(f"{head} : {self.type} :=") > WIDTH:
            head += f" :\n    {self.type.lines(4, tail=3)} :="
        else:
            head += f" : {self.type} :="
        return f"{self._comment()}\n{head}\n  {value.lines(2)}\n"

    def _comment(self) -> str:
        # A line is never broken at a no-break space.
        lines = textwrap.fill(f"/-- {self.doc}\u00a0-/", WIDTH, break_on_hyphens=False)
        return lines.replace("\u00a0", " ")

    def statement(self, definitions: Mapping[str, Meaning]) -> str:
        """The statement by itself, with definitions unfolded."""
        about_rings = self.variables or "R" in self.names
        binders = ["{R : Type u} [OrderedRing R]"] if about_rings else []
        binders += [
            str(Binder(b.names, b.type.unfold(definitions), b.implicit))
            for b in (*self.variables, *self.hypotheses, *self.binders)
        ]
        statement = str(self.type.unfold(definitions))
        return f"∀ {' '.join(binders)}, {statement}" if binders else statement


def of_library(name: str, owner: str) -> str:
    """A name of the library, in full where those that its user's network declares begin alike."""
    return f"LipBridge.{name}" if name.startswith(f"{owner}_") else name


class Scope:
    """The declarations of a module, in order, and who owns which name of its namespace.

    A name, or what begins with a reserved one, that something else has is an `InputError`.

    Args:
        owner: of every name for which no other is said; empty for that of the parent.
        variables: explicit section variables, after the ring.
        hypotheses: what a theorem may assume of them; it takes those that its proof mentions.
        parent: the module before it in the same namespace.
    """

    def __init__(
        self,
        owner: str = "",
        variables: Sequence[Binder] = (),
        hypotheses: Sequence[Binder] = (),
        parent: Scope | None = None,
    ) -> None:
        self.owner, self.variables, self.hypotheses = owner, tuple(variables), tuple(hypotheses)
        self.declarations: list[Declaration] = []
        self._all: dict[str, Declaration] = {}
        self._owners: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        if parent is not None:
            self.owner = owner or parent.owner
            self.variables, self.hypotheses = parent.variables, parent.hypotheses
            self._all = dict(parent._all)
            self._owners, self._prefixes = dict(parent._owners), dict(parent._prefixes)

    def define(self, name: str, owner: str) -> None:
        """Enter a name."""
        reserved = (
            o for prefix, o in self._prefixes.items() if _begins(name, prefix) and o != owner
        )
        taken = self._owners.get(name) or next(reserved, None)
        if taken is not None:
            raise _clash(name, owner, taken)
        self._owners[name] = owner

    def reserve(self, prefix: str, owner: str) -> None:
        """Enter a name and all that begin with it and ``_``, for its owner to define."""
        taken = next((o for name, o in self._owners.items() if _begins(name, prefix)), None)
        if taken is not None:
            raise _clash(prefix, taken, owner)
        self._prefixes[prefix] = owner

    def definition(
        self,
        name: str,
        doc: str,
        type: Term | str,
        value: Term | str | int,
        *,
        owner: str = "",
    ) -> None:
        """Declare a definition; computable where it is made of numbers."""
        keyword = "def" if str(type) in ("Nat", "List Nat") else "noncomputable def"
        self._declare(Declaration(keyword, name, doc, lean_term(type), lean_term(value)), owner)

    def theorem(
        self,
        name: str,
        doc: str,
        statement: Term,
        proof: Term | str,
        binders: Sequence[Binder] = (),
        summary: str = "",
        *,
        owner: str = "",
    ) -> None:
        """Declare a theorem; it takes the hypotheses that its proof mentions, then the binders."""
        proof = lean_term(proof)
        used = {word.split(".")[0] for word in proof.names}
        taken = tuple(h for h in self.hypotheses if h.names in used)
        found = Declaration("theorem", name, doc, statement, proof, taken, tuple(binders), summary)
        self._declare(found, owner)

    def check(self, name: str, doc: str, term: Term) -> None:
        """Declare that a Boolean term is true, which the kernel computes."""
        self.theorem(name, doc, app("Eq", term, "true"), CHECKED)

    def numbers(
        self, prefix: str, values: Mapping[str, Term | int], doc: str, *, owner: str = ""
    ) -> list[Term]:
        """Declare natural numbers ``<prefix>_P``, ``<prefix>_Q``, … by their letters; the names.

        What all of them say speaks of them by the letters.
        """
        for end, value in values.items():
            self.definition(f"{prefix}_{end}", f"`{end}`: {doc}", "Nat", value, owner=owner)
        return [lean_term(f"{prefix}_{end}") for end in values]

    def _declare(self, found: Declaration, owner: str) -> None:
        self.define(found.name, owner or self.owner)
        names = found.names
        variables = tuple(v for v in self.variables if v.names in names)
        self._all[found.name] = found = replace(found, variables=variables)
        self.declarations.append(found)

    def __getitem__(self, name: str) -> Term:
        """A declared name, applied to the variables and hypotheses that it takes."""
        found = self._all[name]
        return app(name, *(b.names for b in (*found.variables, *found.hypotheses)))

    @property
    def meanings(self) -> dict[str, Meaning]:
        """What every definition stands for."""
        return {
            name: (tuple(v.names for v in found.variables), found.value)
            for name, found in self._all.items()
            if not found.is_theorem
        }

    @property
    def header(self) -> str:
        """The command that declares the section variables."""
        lines = ["variable {R : Type u} [OrderedRing R]"]
        for word in map(str, self.variables):
            if len(lines[-1]) + len(word) < WIDTH:
                lines[-1] += f" {word}"
            else:
                lines.append(f"  {word}")
        return "\n".join(lines)

    def source(self, *, stubs: bool) -> str:
        """Lean source of its declarations, with stubs ``sorry`` in the place of every proof."""
        return "\n".join(found.source(stubs=stubs) for found in self.declarations)

    def asked(self, namespace: str) -> tuple[Theorem, ...]:
        """What the kernel is asked about: every theorem with a summary.

        Definitions are unfolded, so that nothing in a module can change what is asked.
        """
        meanings = self.meanings
        return tuple(
            Theorem(f"{namespace}.{found.name}", found.statement(meanings), found.summary)
            for found in self.declarations
            if found.summary
        )


def _begins(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}_")


def _clash(name: str, owner: str, taken: str) -> InputError:
    if owner == taken:
        return InputError(f"two declarations would be called {name!r}; rename a layer")
    return InputError(f"layer {owner!r} clashes with a name made from {taken!r}; rename the layer")
