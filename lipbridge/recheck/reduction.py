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

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.levels import Level
from lipbridge.recheck.rewriting import instantiate, with_levels
from lipbridge.recheck.terms import RefusedError, Term, app, apps, const, nat, spine

TRUE, FALSE = const("Bool.true"), const("Bool.false")
NAT, ZERO_NUMBER, SUCC = const("Nat"), const("Nat.zero"), const("Nat.succ")
ZERO_LITERAL = nat(0)

Operation = Callable[..., int | bool | None]
# Tuples, for they are made once; these are the tests that run most often.
_COMPUTES = (t.App, t.Proj, t.Let)
_UNFOLDS = (t.App, t.Const, t.Proj, t.Let)
# Beyond it, what is not computed at once is not computed by its definition either.
_SMALL = 1 << 16


class Reduction:
    """Computation in an environment; typing and conversion are the subclasses'.

    Attributes:
        env: the constants by name; None for what does not exist.
        unary, binary: operations on literals that may be computed at once, by name.
        unknown: operations whose meaning is not known, which are not done on large literals.
        operations: operations on literals done so far.
    """

    def __init__(self, env: c.Constants) -> None:
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
            if isinstance(term, t.App):
                next_ = self._core_app(term, cheap)
            elif isinstance(term, t.Proj):
                next_ = self._project(term, cheap)
            elif isinstance(term, t.Let):
                next_ = instantiate(term.body, [term.value])
        if not cheap:
            self._core[start] = term
        return term

    def constant(self, term: Term) -> c.Constant | None:
        """What a term names, if it is a constant that exists."""
        return self.env[term.name] if isinstance(term, t.Const) else None

    def _core_app(self, term: Term, cheap: bool) -> Term | None:
        fn, args = spine(term)
        top = self.core(fn, cheap=cheap) if isinstance(fn, _COMPUTES) else fn
        if isinstance(top, t.Lam):
            return self._beta(top, args)
        found = None
        if isinstance(top, t.Const):
            constant = self.env[top.name]
            if isinstance(constant, c.Recursor):
                found = self._recurse(constant, top, args)
            elif isinstance(constant, c.Quotient):
                found = self._lift(constant.role, args)
        return apps(top, args) if found is None and top is not fn else found

    def _beta(self, fn: Term, args: list[Term]) -> Term:
        used = 0
        while used < len(args) and isinstance(fn, t.Lam):
            fn = fn.body
            used += 1
        return apps(instantiate(fn, args[:used]), args[used:])

    def _project(self, term: t.Proj, cheap: bool) -> Term | None:
        subject = self.core(term.subject, cheap=True) if cheap else self.whnf(term.subject)
        fn, args = spine(subject)
        constant = self.constant(fn)
        if not isinstance(constant, c.Constructor) or constant.inductive != term.structure:
            return None
        place = constant.parameters + term.index
        return args[place] if place < len(args) else None

    def _recurse(self, recursor: c.Recursor, fn: t.Const, args: list[Term]) -> Term | None:
        if len(args) <= recursor.major or len(fn.levels) != len(recursor.universes):
            return None
        major = args[recursor.major]
        if recursor.k:
            # A proof whose type is that of the only constructor is equal to it.
            type_, made = self.member(recursor.inductive, major)
            if made is not None and self.equal(type_, self.infer(made)):
                major = made
        major = self.whnf(major)
        if isinstance(major, t.Nat):
            major = app(SUCC, nat(major.value - 1)) if major.value else ZERO_NUMBER
        elif isinstance(major, t.Str):
            raise RefusedError("a string is taken apart, which is not supported")
        top, fields = spine(major)
        if not isinstance(self.constant(top), c.Constructor):
            top, fields = spine(self._expand(recursor.inductive, major))
        name = top.name if isinstance(top, t.Const) else ""
        rule = next((rule for rule in recursor.rules if rule.constructor == name), None)
        if rule is None or len(fields) < rule.fields:
            return None
        value = self.at_levels(rule.value, recursor, fn.levels)
        passed = [*args[: recursor.leading], *fields[len(fields) - rule.fields :]]
        return self._beta(value, passed + args[recursor.major + 1 :])

    def member(self, name: str, value: Term) -> tuple[Term, Term | None]:
        """A value's type; if it is the named one, its only constructor at the parameters."""
        type_ = self.whnf(self.infer(value))
        top, args = spine(type_)
        inductive = self.env[name]
        if not isinstance(top, t.Const) or top.name != name:
            return type_, None
        if not isinstance(inductive, c.Inductive) or len(inductive.constructors) != 1:
            return type_, None
        made = const(inductive.constructors[0], top.levels)
        return type_, apps(made, args[: inductive.parameters])

    def structure(self, name: str) -> c.Constructor | None:
        """The constructor of an inductive type with one, no index and no recursion."""
        found = self.env[name]
        if not isinstance(found, c.Inductive) or len(found.constructors) != 1:
            return None
        made = self.env[found.constructors[0]]
        plain = not (found.indices or found.recursive)
        return made if plain and isinstance(made, c.Constructor) else None

    def _expand(self, name: str, value: Term) -> Term:
        """A value of a structure as its constructor applied to its projections."""
        structure = self.structure(name)
        type_, made = self.member(name, value) if structure else (value, None)
        if structure is None or made is None or self.is_proposition(type_):
            return value
        return apps(made, (t.proj(name, i, value) for i in range(structure.fields)))

    def _lift(self, role: int, args: list[Term]) -> Term | None:
        """``Quot.lift`` and ``Quot.ind`` of ``Quot.mk``."""
        place = {2: 5, 3: 4}.get(role, len(args))
        if len(args) <= place:
            return None
        top, made = spine(self.whnf(args[place]))
        if not isinstance(top, t.Const) or top.name != "Quot.mk" or len(made) != 3:
            return None
        return apps(app(args[3], made[2]), args[place + 1 :])

    # ---------------------------------------------------------------- unfolding

    def at_levels(self, term: Term, owner: c.Constant, levels: tuple[Level, ...]) -> Term:
        """A term of a declaration with the declaration's level parameters replaced."""
        if not levels or not term.open:
            return term
        key = term, levels
        found = self._at_levels.get(key)
        if found is None:
            values = dict(zip(owner.universes, levels, strict=True))
            found = self._at_levels[key] = with_levels(term, values)
        return found

    def unfoldable(self, term: Term) -> c.Constant | None:
        """The definition at the head of a term, if it can be unfolded."""
        top = t.head(term)
        found = self.env[top.name] if isinstance(top, t.Const) else None
        if found is None or found.body is None or not isinstance(top, t.Const):
            return None
        return found if len(found.universes) == len(top.levels) else None

    def unfold(self, term: Term, definition: c.Constant) -> Term:
        """The term with the definition at its head replaced by its value.

        Raises:
            RefusedError: it is an operation on a large literal, and its meaning is not known.
        """
        fn, args = spine(term)
        assert isinstance(fn, t.Const) and definition.body is not None
        if fn.name in self.unknown and any(isinstance(x, t.Nat) and x.value > _SMALL for x in args):
            raise RefusedError(f"{fn.name} of a large number, and its meaning is not known here")
        return self._beta(self.at_levels(definition.body, definition, fn.levels), args)

    def arithmetic(self, term: Term) -> Term | None:
        """The result of an operation on literals."""
        if term.free or not isinstance(term, t.App):
            return None
        args, top, table = [term.arg], term.fn, self.unary
        if isinstance(top, t.App):
            args, top, table = [top.arg, term.arg], top.fn, self.binary
        operation = table.get(top.name) if isinstance(top, t.Const) else None
        if operation is None:
            return None
        values: list[int] = []
        for arg in args:
            literal = arg if isinstance(arg, t.Nat) else self.whnf(arg)
            if literal is ZERO_NUMBER:
                literal = ZERO_LITERAL
            if not isinstance(literal, t.Nat):
                return None
            values.append(literal.value)
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
