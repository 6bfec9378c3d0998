"""Computing: weak head normal forms.

Four rules compute: functions applied to arguments (β), ``let`` (ζ), definitions unfolded (δ), and
recursors, projections and quotients applied to constructors (ι). Besides them stand numbers: a
literal is ``zero`` or the successor of another one, and an operation on two literals is computed at
once, provided that `arithmetic` has found the definition to mean just that.

A machine does it: the head of a term, and a stack of the arguments that it is applied to.

The cost of a check is governed by the tables here: a closed term is reduced once, however often it
occurs. Proofs by computation of this project rely on that, as they do in Lean's own kernel; a
machine that shares no results needs about fifty times as many operations on numbers.

Sources: M. Carneiro, "The Type Theory of Lean" (2019), sections 2.3-2.7; the Lean 4 reference,
"The Type System: Reduction", "Structure eta", "Natural numbers: Run-time representation"; Lean 4's
``whnf_core``, ``reduce_nat`` and ``unfold_definition`` (``src/kernel/type_checker.cpp``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.levels import Level
from lipbridge.recheck.rewriting import instantiate, spine_of, with_levels
from lipbridge.recheck.terms import RefusedError, Term, apps, const, nat, need, spine

TRUE, FALSE = const("Bool.true"), const("Bool.false")
NAT, ZERO_NUMBER, SUCC = const("Nat"), const("Nat.zero"), const("Nat.succ")

Operation = Callable[..., int | bool | None]
# How far to reduce: ``CORE`` unfolds definitions only to see what a projection projects from, or
# what a recursor takes apart; ``CHEAP`` does not for projections either; ``FULL`` unfolds them all.
CHEAP, CORE, FULL = range(3)
_REDUCES = (t.App, t.Const, t.Proj, t.Let)  # a tuple, for this test runs most often
# Beyond it, what is not computed at once is not computed by its definition either.
_SMALL = 1 << 16


class Reduction:
    """Computation in an environment; typing and conversion are the subclasses'.

    Attributes:
        env: the constants by name; None for what does not exist.
        computed: operations on literals that may be computed at once, by name: how many, which.
        unknown: operations whose meaning is not known, which are not done on large literals.
        operations: operations on literals done so far.
        at_other_levels: terms of declarations with their level parameters replaced.
    """

    def __init__(self, env: c.Constants) -> None:
        self.env = env
        self.computed: Mapping[str, tuple[int, Operation]] = {"Nat.succ": (1, (1).__add__)}
        self.unknown = frozenset[str]()
        self.operations = 0
        self.at_other_levels: dict[tuple[Term, tuple[Level, ...]], Term] = {}
        self.reset()

    def reset(self) -> None:
        """Forget what one declaration needed."""
        self._reduced: tuple[dict[Term, Term], ...] = {}, {}, {}

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

    # ---------------------------------------------------------------- the machine

    def whnf(self, term: Term, how: int = FULL) -> Term:
        """Weak head normal form, as far as ``how`` says."""
        if not isinstance(term, _REDUCES):
            return term
        found = self._reduced[how].get(term)
        if found is None:
            found = self._reduced[how][term] = self._run(term, how)
        return found

    def _run(self, term: Term, how: int) -> Term:
        stack: list[Term] = []  # the next argument comes last
        next_: Term | None = term
        while next_ is not None:
            term = next_
            while isinstance(term, t.App):
                stack.append(term.arg)
                term = term.fn
            if isinstance(term, t.Const):
                next_ = self._constant(term, stack, how)
            elif isinstance(term, t.Proj):
                next_ = self._project(term, how)
            elif isinstance(term, t.Let):
                next_ = instantiate(term.body, [term.value])
            elif isinstance(term, t.Lam) and stack:
                values, next_ = list[Term](), term
                while stack and isinstance(next_, t.Lam):
                    values.append(stack.pop())
                    next_ = next_.body
                next_, *args = spine_of(next_, values)
                stack += reversed(args)
            else:
                break
        stack.reverse()
        return apps(term, stack)

    def _constant(self, fn: t.Const, stack: list[Term], how: int) -> Term | None:
        """What a constant at the head becomes, and its arguments on the stack.

        Source: ``whnf_core`` and ``reduce_nat``, ``src/kernel/type_checker.cpp`` of Lean 4.
        """
        constant = self.env[fn.name]
        if isinstance(constant, c.Recursor):
            return self._recurse(constant, fn, stack)
        if isinstance(constant, c.Quotient):
            return self._lift(constant.role, stack)
        if how != FULL:
            return None
        # First, lest the arguments of an operation be substituted before they are computed.
        value = self._arithmetic(fn, stack)
        if value is not None:
            stack.clear()
            return value
        definition = self.definition(fn)
        return self.unfold(definition, fn, stack) if definition else None

    def _project(self, term: t.Proj, how: int) -> Term | None:
        fn, args = spine(self.whnf(term.subject, CHEAP if how == CHEAP else FULL))
        constant = self.constant(fn)
        if not isinstance(constant, c.Constructor) or constant.inductive != term.structure:
            return None
        place = constant.parameters + term.index
        return args[place] if place < len(args) else None

    def _recurse(self, recursor: c.Recursor, fn: t.Const, stack: list[Term]) -> Term | None:
        place = len(stack) - 1 - recursor.major
        if place < 0 or len(fn.levels) != len(recursor.universes):
            return None
        major = stack[place]
        if recursor.k:
            # A proof whose type is that of the only constructor is equal to it.
            type_, made = self.member(recursor.inductive, major)
            if made is not None and self.equal(type_, self.infer(made)):
                major = made
        major = self.whnf(major)
        need(not isinstance(major, t.Str), "a string is taken apart, which is not supported")
        if isinstance(major, t.Nat):
            major = t.app(SUCC, nat(major.value - 1)) if major.value else ZERO_NUMBER
        elif not isinstance(self.constant(t.head(major)), c.Constructor):
            major = self._expand(recursor.inductive, major)
        top, fields = spine(major)
        name = top.name if isinstance(top, t.Const) else ""
        rule = next((rule for rule in recursor.rules if rule.constructor == name), None)
        if rule is None or len(fields) < rule.fields:
            return None
        leading = stack[len(stack) - recursor.leading :]
        stack[place:] = [*reversed(fields[len(fields) - rule.fields :]), *leading]
        return self.at_levels(rule.value, recursor, fn.levels)

    def member(self, name: str, value: Term) -> tuple[Term, Term | None]:
        """A value's type; if it is the named one, its only constructor at the parameters."""
        type_ = self.whnf(self.infer(value))
        (top, args), made = spine(type_), self.structure(name, plain=False)
        if made is None or not isinstance(top, t.Const) or top.name != name:
            return type_, None
        return type_, apps(const(made.name, top.levels), args[: made.parameters])

    def structure(self, name: str, *, plain: bool = True) -> c.Constructor | None:
        """The constructor of an inductive type with one; if ``plain``, no index, no recursion."""
        found = self.env[name]
        if not isinstance(found, c.Inductive) or len(found.constructors) != 1:
            return None
        made = self.env[found.constructors[0]]
        fits = not (plain and (found.indices or found.recursive))
        return made if fits and isinstance(made, c.Constructor) else None

    def _expand(self, name: str, value: Term) -> Term:
        """A value of a structure as its constructor applied to its projections.

        Source: ``to_cnstr_when_structure``, ``src/kernel/inductive.h`` of Lean 4.
        """
        structure = self.structure(name)
        type_, made = self.member(name, value) if structure else (value, None)
        if structure is None or made is None or self.is_proposition(type_):
            return value
        return apps(made, (t.proj(name, i, value) for i in range(structure.fields)))

    def _lift(self, role: int, stack: list[Term]) -> Term | None:
        """``Quot.lift f _ (Quot.mk _ a)`` and ``Quot.ind f (Quot.mk _ a)`` are ``f a``.

        Source: ``quot_reduce_rec``, ``src/kernel/quot.h`` of Lean 4; Carneiro 2019, section 2.7.
        """
        place = len(stack) - {2: 6, 3: 5}.get(role, len(stack) + 1)
        if place < 0:
            return None
        top, made = spine(self.whnf(stack[place]))
        if not isinstance(top, t.Const) or top.name != "Quot.mk" or len(made) != 3:
            return None
        fn = stack[-4]
        stack[place:] = made[2:]
        return fn

    # ---------------------------------------------------------------- constants

    def constant(self, term: Term) -> c.Constant | None:
        """What a term names, if it is a constant that exists."""
        return self.env[term.name] if isinstance(term, t.Const) else None

    def at_levels(self, term: Term, owner: c.Constant, levels: tuple[Level, ...]) -> Term:
        """A term of a declaration with the declaration's level parameters replaced."""
        if not levels or not term.open:
            return term
        key = term, levels
        found = self.at_other_levels.get(key)
        if found is None:
            values = dict(zip(owner.universes, levels, strict=True))
            found = self.at_other_levels[key] = with_levels(term, values)
        return found

    def definition(self, fn: Term) -> c.Constant | None:
        """The definition that a term names, if it may be unfolded."""
        found = self.constant(fn)
        if found is None or found.body is None or isinstance(found, c.Opaque):
            return None
        fits = isinstance(fn, t.Const) and len(found.universes) == len(fn.levels)
        return found if fits else None

    def unfold(self, definition: c.Constant, fn: Term, args: list[Term]) -> Term:
        """The value of the definition that is applied to these arguments.

        Raises:
            RefusedError: it is an operation on a large literal, and its meaning is not known.
        """
        name = definition.name
        if name in self.unknown and any(isinstance(x, t.Nat) and x.value > _SMALL for x in args):
            raise RefusedError(f"{name} of a large number, and its meaning is not known here")
        assert definition.body is not None and isinstance(fn, t.Const)
        return self.at_levels(definition.body, definition, fn.levels)

    def arithmetic(self, term: Term) -> Term | None:
        """The result of an operation on literals."""
        top, args = spine(term)
        return self._arithmetic(top, args[::-1]) if isinstance(top, t.Const) else None

    def _arithmetic(self, fn: t.Const, stack: list[Term]) -> Term | None:
        count, operation = self.computed.get(fn.name, (-1, bool))
        if len(stack) != count or any(x.free for x in stack):
            return None
        values: list[int] = []
        for arg in reversed(stack):
            literal = self.whnf(arg)
            if not isinstance(literal, t.Nat) and literal is not ZERO_NUMBER:
                return None
            values.append(literal.value if isinstance(literal, t.Nat) else 0)
        result, self.operations = operation(*values), self.operations + 1
        if result is None:
            raise RefusedError(f"{fn.name} of numbers that are too large")
        if isinstance(result, bool):
            return TRUE if result else FALSE
        return nat(result)
