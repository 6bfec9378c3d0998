"""Computing: weak head normal forms.

Four rules compute: functions applied to arguments (β), ``let`` (ζ), definitions unfolded (δ), and
recursors, projections and quotients applied to constructors (ι). Besides them stand numbers: a
literal is ``zero`` or the successor of another one, and an operation on two literals is computed at
once, provided that `arithmetic` has found the definition to mean just that.

The cost of a check is governed by the tables here: a closed term is reduced once, however often it
occurs. Proofs by computation of this project rely on that, as they do in Lean's own kernel; a
machine that shares no results needs about fifty times as many operations on numbers.

Sources: M. Carneiro, "The Type Theory of Lean" (2019), sections 2.3-2.7; the Lean 4 reference,
"The Type System: Reduction", "Structure eta", "Natural numbers: Run-time representation".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lipbridge.recheck.constants import (
    Constant,
    Constants,
    Constructor,
    Inductive,
    Quotient,
    Recursor,
)
from lipbridge.recheck.levels import Level
from lipbridge.recheck.terms import (
    App,
    Const,
    Lam,
    Let,
    Nat,
    Proj,
    RefusedError,
    Str,
    Term,
    app,
    apps,
    const,
    head,
    instantiate,
    nat,
    proj,
    spine,
    with_levels,
)

TRUE, FALSE = const("Bool.true"), const("Bool.false")
NAT, ZERO_NUMBER, SUCC = const("Nat"), const("Nat.zero"), const("Nat.succ")
ZERO_LITERAL = nat(0)

Operation = Callable[..., int | bool | None]
# Tuples, for they are made once; these are the tests that run most often.
_COMPUTES = (App, Proj, Let)
_UNFOLDS = (App, Const, Proj, Let)
# Beyond it, what is not computed at once is not computed by its definition either.
_SMALL = 1 << 16


class Reduction:
    """Computation in an environment; typing and conversion are the subclass's.

    Attributes:
        env: the constants by name; None for what does not exist.
        unary, binary: operations on literals that may be computed at once, by name.
        unknown: operations whose meaning is not known, which are not done on large literals.
        operations: operations on literals done so far.
    """

    def __init__(self, env: Constants) -> None:
        self.env = env
        self.unary: Mapping[str, Operation] = {"Nat.succ": (1).__add__}
        self.binary: Mapping[str, Operation] = {}
        self.unknown = frozenset[str]()
        self.operations = 0
        self.reset()

    def reset(self) -> None:
        """Forget what one declaration needed."""
        self._whnf: dict[Term, Term] = {}
        self._core: dict[Term, Term] = {}
        self._at_levels: dict[tuple[Term, tuple[Level, ...]], Term] = {}

    # What reduction asks of typing.

    def infer(self, term: Term) -> Term:
        """The type of a term known to be well-typed."""
        raise NotImplementedError

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two terms are definitionally equal."""
        raise NotImplementedError

    def is_proposition(self, type_: Term) -> bool:
        """Whether a type is a proposition."""
        raise NotImplementedError

    # ---------------------------------------------------------------- without unfolding

    def core(self, term: Term, *, cheap: bool = False) -> Term:
        """Weak head normal form without unfolding definitions.

        Args:
            term: what to reduce.
            cheap: do not unfold definitions to see what a projection projects from either.
        """
        if not isinstance(term, _COMPUTES):
            return term
        found = self._core.get(term)
        if found is not None:
            return found
        start, next_ = term, term
        while next_ is not None:
            term, next_ = next_, None
            if isinstance(term, App):
                next_ = self._core_app(term, cheap)
            elif isinstance(term, Proj):
                next_ = self._project(term, cheap)
            elif isinstance(term, Let):
                next_ = instantiate(term.body, [term.value])
        if not cheap:
            self._core[start] = term
        return term

    def _core_app(self, term: App, cheap: bool) -> Term | None:
        fn, args = spine(term)
        top = self.core(fn, cheap=cheap) if isinstance(fn, _COMPUTES) else fn
        if isinstance(top, Lam):
            return self._beta(top, args)
        constant, found = self.env[top.name] if isinstance(top, Const) else None, None
        if isinstance(constant, Recursor) and isinstance(top, Const):
            found = self._recurse(constant, top, args)
        elif isinstance(constant, Quotient):
            found = self._lift(constant, args)
        return apps(top, args) if found is None and top is not fn else found

    def _beta(self, fn: Term, args: list[Term]) -> Term:
        used = 0
        while used < len(args) and isinstance(fn, Lam):
            fn = fn.body
            used += 1
        return apps(instantiate(fn, args[:used]), args[used:])

    def _project(self, term: Proj, cheap: bool) -> Term | None:
        subject = self.core(term.subject, cheap=True) if cheap else self.whnf(term.subject)
        fn, args = spine(subject)
        constant = self.env[fn.name] if isinstance(fn, Const) else None
        if not isinstance(constant, Constructor) or constant.inductive != term.structure:
            return None
        place = constant.parameters + term.index
        return args[place] if place < len(args) else None

    def _recurse(self, recursor: Recursor, fn: Const, args: list[Term]) -> Term | None:
        if len(args) <= recursor.major or len(fn.levels) != len(recursor.universes):
            return None
        major = args[recursor.major]
        if recursor.k:
            major = self._only_constructor(recursor, major) or major
        major = self.whnf(major)
        if isinstance(major, Nat):
            major = app(SUCC, nat(major.value - 1)) if major.value else ZERO_NUMBER
        elif isinstance(major, Str):
            raise RefusedError("a string is taken apart, which is not supported")
        top, fields = spine(major)
        if not isinstance(top, Const) or not isinstance(self.env[top.name], Constructor):
            top, fields = spine(self._expand(recursor, major) or major)
        name = top.name if isinstance(top, Const) else ""
        rule = next((rule for rule in recursor.rules if rule.constructor == name), None)
        if rule is None or len(fields) < rule.fields:
            return None
        value = self.at_levels(rule.value, recursor, fn.levels)
        passed = [*args[: recursor.leading], *fields[len(fields) - rule.fields :]]
        return self._beta(value, passed + args[recursor.major + 1 :])

    def _member(self, recursor: Recursor, value: Term) -> tuple[Term, Term] | None:
        """A value's type, if it is the recursor's, and its constructor at the parameters."""
        type_ = self.whnf(self.infer(value))
        top, args = spine(type_)
        inductive = self.env[recursor.inductive]
        if not isinstance(top, Const) or top.name != recursor.inductive:
            return None
        if not isinstance(inductive, Inductive) or len(inductive.constructors) != 1:
            return None
        made = apps(const(inductive.constructors[0], top.levels), args[: inductive.parameters])
        return type_, made

    def _only_constructor(self, recursor: Recursor, major: Term) -> Term | None:
        """The constructor that a proof must equal, if its type is the proof's."""
        found = self._member(recursor, major)
        return found[1] if found and self.equal(found[0], self.infer(found[1])) else None

    def structure(self, name: str) -> tuple[Inductive, Constructor] | None:
        """An inductive type with one constructor, no index and no recursion."""
        found = self.env[name]
        if not isinstance(found, Inductive) or len(found.constructors) != 1:
            return None
        constructor = self.env[found.constructors[0]]
        if found.indices or found.recursive or not isinstance(constructor, Constructor):
            return None
        return found, constructor

    def _expand(self, recursor: Recursor, major: Term) -> Term | None:
        """A value of a structure as its constructor applied to its projections."""
        found, structure = self._member(recursor, major), self.structure(recursor.inductive)
        if found is None or structure is None or self.is_proposition(found[0]):
            return None
        count = structure[1].fields
        return apps(found[1], (proj(recursor.inductive, i, major) for i in range(count)))

    def _lift(self, quotient: Quotient, args: list[Term]) -> Term | None:
        """``Quot.lift`` and ``Quot.ind`` of ``Quot.mk``."""
        if quotient.name not in ("Quot.lift", "Quot.ind"):
            return None
        place = 5 if quotient.name == "Quot.lift" else 4
        if len(args) <= place:
            return None
        top, made = spine(self.whnf(args[place]))
        if not isinstance(top, Const) or top.name != "Quot.mk" or len(made) != 3:
            return None
        return apps(app(args[3], made[2]), args[place + 1 :])

    # ---------------------------------------------------------------- unfolding

    def at_levels(self, term: Term, owner: Constant, levels: tuple[Level, ...]) -> Term:
        """A term of a declaration with the declaration's level parameters replaced."""
        if not levels or not term.open:
            return term
        key = term, levels
        found = self._at_levels.get(key)
        if found is None:
            values = dict(zip(owner.universes, levels, strict=True))
            found = self._at_levels[key] = with_levels(term, values)
        return found

    def unfoldable(self, term: Term) -> Constant | None:
        """The definition at the head of a term, if it can be unfolded."""
        top = head(term)
        found = self.env[top.name] if isinstance(top, Const) else None
        if found is None or found.body is None or not isinstance(top, Const):
            return None
        return found if len(found.universes) == len(top.levels) else None

    def unfold(self, term: Term, definition: Constant) -> Term:
        """The term with the definition at its head replaced by its value.

        Raises:
            RefusedError: it is an operation on a large literal, and its meaning is not known.
        """
        fn, args = spine(term)
        assert isinstance(fn, Const) and definition.body is not None
        if fn.name in self.unknown and any(isinstance(x, Nat) and x.value > _SMALL for x in args):
            raise RefusedError(f"{fn.name} of a large number, and its meaning is not known here")
        return self._beta(self.at_levels(definition.body, definition, fn.levels), args)

    def _literal(self, term: Term) -> int | None:
        """The number that a term computes to, if it is a literal."""
        if not isinstance(term, Nat):
            term = self.whnf(term)
        if isinstance(term, Nat):
            return term.value
        return 0 if term is ZERO_NUMBER else None

    def arithmetic(self, term: Term) -> Term | None:
        """The result of an operation on literals."""
        if term.free or not isinstance(term, App):
            return None
        args, top, table = [term.arg], term.fn, self.unary
        if isinstance(top, App):
            args, top, table = [top.arg, term.arg], top.fn, self.binary
        operation = table.get(top.name) if isinstance(top, Const) else None
        if operation is None:
            return None
        values: list[int] = []
        for arg in args:
            if (value := self._literal(arg)) is None:
                return None
            values.append(value)
        result = operation(*values)
        if result is None:
            return None
        self.operations += 1
        if isinstance(result, bool):
            return TRUE if result else FALSE
        return nat(result)

    def whnf(self, term: Term) -> Term:
        """Weak head normal form."""
        if not isinstance(term, _UNFOLDS):
            return term
        found = self._whnf.get(term)
        if found is not None:
            return found
        start = term
        # First, lest the arguments of an operation be substituted before they are computed.
        while (found := self.arithmetic(term)) is None:
            reduced = self.core(term)
            definition = self.unfoldable(reduced) if reduced is term else None
            if reduced is term and definition is None:
                found = term
                break
            term = self.unfold(term, definition) if definition else reduced
        self._whnf[start] = found
        return found
