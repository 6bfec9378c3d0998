"""Typing: syntax-directed, each rule is one branch of ``_infer``.

Sources: M. Carneiro, "The Type Theory of Lean" (2019), section 2.2; on projections and their limits
in propositions, the Lean 4 reference, "The Type System: Structures" and "Propositions"; the
functions ``infer_*`` of ``src/kernel/type_checker.cpp`` of Lean 4.
"""

from __future__ import annotations

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.levels import ONE, ZERO, Level, equal as equal_levels, imax, succ
from lipbridge.recheck.reduction import NAT, Reduction
from lipbridge.recheck.rewriting import bind, instantiate
from lipbridge.recheck.terms import Free, RefusedError, Term, need, pi, show, sort

_UNBOUND = "a variable is bound nowhere"


class Inference(Reduction):
    """Types of terms, in an environment that is known to be right."""

    _universes = frozenset[str]()

    def reset(self) -> None:
        """Forget what one declaration needed."""
        super().reset()
        self._inferred: dict[Term, Term] = {}
        self._checked: dict[Term, Term] = {}

    # ---------------------------------------------------------------- declarations

    def enter(self, constant: c.Constant) -> None:
        """Take a declaration's level parameters for the known ones.

        Raises:
            RefusedError: two have the same name, or a variable is bound nowhere.
        """
        self._universes = frozenset(constant.universes)
        need(len(self._universes) == len(constant.universes), "a level parameter is named twice")
        need(not any(term.loose or term.free for term in constant.terms()), _UNBOUND)

    def check_type(self, constant: c.Constant) -> Level:
        """Check that a declaration's type is one; its level.

        Raises:
            RefusedError: it is not.
        """
        self.enter(constant)
        return self.level_of(constant.type, check=True)

    def check(self, constant: c.Constant) -> None:
        """Check a definition, theorem, opaque definition or axiom.

        Raises:
            RefusedError: it is not well-typed.
        """
        level = self.check_type(constant)
        proves = not isinstance(constant, c.Theorem) or equal_levels(level, ZERO)
        need(proves, "a theorem whose statement is no proposition")
        if constant.body is not None:
            found = self.infer(constant.body, check=True)
            if not self.equal(found, constant.type):
                raise RefusedError(f"its value has type {show(found)}, not {show(constant.type)}")

    def lookup(self, name: str) -> c.Constant:
        """The constant of that name.

        Raises:
            RefusedError: there is none that counts.
        """
        found = self.env[name]
        if found is None:
            raise RefusedError(f"there is no (safe) constant {name}")
        return found

    def require_family(self, name: str, what: str, type_: Term, **constructors: Term) -> None:
        """Raise ``RefusedError`` unless an inductive type is, word for word, the expected one."""
        family, names = self.lookup(name), tuple(f"{name}.{short}" for short in constructors)
        types = [family.type, *(self.lookup(constructor).type for constructor in names)]
        same = isinstance(family, c.Inductive) and family.constructors == names
        need(same and types == [type_, *constructors.values()], f"{name} is not {what}")

    # ---------------------------------------------------------------- terms

    def infer(self, term: Term, *, check: bool = False) -> Term:
        """The type of a term.

        Args:
            term: without loose variables.
            check: whether to check all of it, or to rely on its being well-typed.

        Raises:
            RefusedError: it is not well-typed.
        """
        if isinstance(term, t.Free):
            return term.type
        found = self._checked.get(term)
        if found is None and not check:
            found = self._inferred.get(term)
        if found is None:
            found = self._infer(term, check)
            (self._checked if check else self._inferred)[term] = found
        return found

    def _infer(self, term: Term, check: bool) -> Term:
        if isinstance(term, t.App):
            return self._infer_app(term, check)
        if isinstance(term, t.Const):
            constant = self.lookup(term.name)
            fits = len(constant.universes) == len(term.levels)
            need(fits, f"{term.name} at another number of levels")
            if check and term.open:
                self._check_levels(*term.levels)
            return self.at_levels(constant.type, constant, term.levels)
        if isinstance(term, t.Lam):
            variables, body = self._open(term, t.Lam, check)
            return bind(pi, variables, self.infer(body, check=check))
        if isinstance(term, t.Pi):
            variables, body = self._open(term, t.Pi, check)
            level = self.level_of(body, check=check)
            for variable in reversed(variables):
                level = _function_level(self.level_of(variable.type), level)
            return sort(level)
        if isinstance(term, t.Sort):
            if check:
                self._check_levels(term.level)
            return sort(succ(term.level))
        if isinstance(term, t.Nat):
            types = {"zero": NAT, "succ": pi(NAT, NAT)}  # a literal is short for `succ (… zero)`
            self.require_family("Nat", "the type of natural numbers", sort(ONE), **types)
            return NAT
        if isinstance(term, t.Str):
            # A string is a value of a type about which nothing is known, or nothing at all.
            found = self.lookup("String")
            hidden = isinstance(found, c.Opaque) and found.type is sort(ONE)
            need(hidden, "strings are supported where String is opaque only")
            return t.const("String")
        if isinstance(term, t.Let):
            if check:
                self.level_of(term.type, check=True)
                fits = self.equal(self.infer(term.value, check=True), term.type)
                need(fits, "a `let` whose value has another type")
            return self.infer(instantiate(term.body, [term.value]), check=check)
        if isinstance(term, t.Proj):
            return self._infer_proj(term, check)
        raise RefusedError(_UNBOUND)

    def _open(self, term: Term, kind: type[t.Binder], check: bool) -> tuple[list[Free], Term]:
        """The variables of nested binders of one kind, and what they bind."""
        variables, start = list[Free](), term.free
        while isinstance(term, kind):
            domain = instantiate(term.domain, variables)
            if check:
                self.level_of(domain, check=True)
            variables.append(t.free(start + len(variables), domain))
            term = term.body
        return variables, instantiate(term, variables)

    def _infer_app(self, term: Term, check: bool) -> Term:
        fn, args = t.spine(term)
        type_, used = self.infer(fn, check=check), 0
        for i, arg in enumerate(args):
            if not isinstance(type_, t.Pi):
                type_ = self.function(instantiate(type_, args[used:i]))
                used = i
            if check:
                wanted = type_.domain
                wanted = instantiate(wanted, args[used:i]) if wanted.loose else wanted
                found = self.infer(arg, check=True)
                if found is not wanted and not self.equal(found, wanted):
                    raise RefusedError(
                        f"argument {i + 1} of {show(fn)} has type {show(found)}, not {show(wanted)}"
                    )
            type_ = type_.body
        return instantiate(type_, args[used:])

    def _infer_proj(self, term: t.Proj, check: bool) -> Term:
        self.infer(term.subject, check=check)
        type_, made = self.member(term.structure, term.subject)
        if made is None:
            raise RefusedError(f"a projection from what is no {term.structure}")
        field = self.infer(made)
        # A proposition's data must not come out of its proofs, which are all equal.
        proof = self.is_proposition(type_)
        for i in range(term.index):
            step = self.function(field)
            fits = not (proof and step.body.loose) or self.is_proposition(step.domain)
            need(fits, "a projection that depends on data inside a proof")
            field = instantiate(step.body, [t.proj(term.structure, i, term.subject)])
        found = self.function(field).domain
        need(not proof or self.is_proposition(found), "a projection of data out of a proof")
        return found

    def function(self, type_: Term) -> t.Pi:
        """The type as a function type.

        Raises:
            RefusedError: it is none.
        """
        found = self.whnf(type_)
        if not isinstance(found, t.Pi):
            raise RefusedError(f"a function is expected, not a {show(type_)}")
        return found

    def level_of(self, type_: Term, *, check: bool = False) -> Level:
        """The level of the universe that a type lives in.

        Raises:
            RefusedError: it is no type.
        """
        found = self.whnf(self.infer(type_, check=check))
        if not isinstance(found, t.Sort):
            raise RefusedError(f"a type is expected, not {show(type_)} : {show(found)}")
        return found.level

    def is_proposition(self, type_: Term) -> bool:
        """Whether a type is a proposition under every assignment of levels."""
        return equal_levels(self.level_of(type_), ZERO)

    def _check_levels(self, *levels: Level) -> None:
        unknown = frozenset[str]().union(*(x.parameters for x in levels)) - self._universes
        need(not unknown, f"unknown level parameter {min(unknown, default='')}")


def _function_level(domain: Level, codomain: Level) -> Level:
    """``imax domain codomain``, shortened where it is the same under every assignment."""
    short = codomain is ZERO or domain in (ZERO, ONE, codomain)
    return codomain if short else imax(domain, codomain)
