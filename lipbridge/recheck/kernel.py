"""Typing and definitional equality.

Typing is syntax-directed; each rule is one branch of ``_infer``. Two terms are definitionally equal
if they reduce to the same, up to: proofs of the same proposition, functions and their η-expansions,
values of structures and theirs, and values of structures without fields. Deciding it is a search
for a common reduct that unfolds the later definition first; what the search gives up on is refused,
so that its order decides time and never truth.

Sources: M. Carneiro, "The Type Theory of Lean" (2019), sections 2.2-2.6; the Lean 4 reference, "The
Type System"; on lazy unfolding, S. Ullrich, "An Extensible Theorem Proving Frontend" (2023),
section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.recheck.constants import (
    ABBREVIATION,
    OPAQUE,
    Constant,
    Constants,
    Constructor,
    Definition,
    Inductive,
    Opaque,
    Theorem,
)
from lipbridge.recheck.levels import (
    ONE,
    ZERO,
    Level,
    equal as equal_levels,
    imax,
    param,
    parameters,
    same_levels,
    succ,
)
from lipbridge.recheck.reduction import NAT, SUCC, TRUE, ZERO_LITERAL, ZERO_NUMBER, Reduction
from lipbridge.recheck.terms import (
    App,
    Binder,
    Const,
    Free,
    Lam,
    Let,
    Nat,
    Pi,
    Proj,
    RefusedError,
    Sort,
    Str,
    Term,
    app,
    apps,
    bind,
    bound,
    const,
    free,
    head,
    instantiate,
    lam,
    nat,
    pi,
    proj,
    show,
    sort,
    spine,
)

PROP = sort(ZERO)
STRING = const("String")
_NO_PROOFS = (Sort, Pi, Nat)


class Kernel(Reduction):
    """Checks declarations one by one in an environment that is known to be right."""

    def __init__(self, env: Constants) -> None:
        super().__init__(env)
        self._universes = frozenset[str]()
        self._numbers = False

    def reset(self) -> None:
        """Forget what one declaration needed."""
        super().reset()
        self._inferred: dict[Term, Term] = {}
        self._checked: dict[Term, Term] = {}
        self._equal: set[tuple[Term, Term]] = set()
        self._unequal: set[tuple[Term, Term]] = set()

    # ---------------------------------------------------------------- declarations

    def enter(self, constant: Constant) -> None:
        """Take a declaration's level parameters for the known ones.

        Raises:
            RefusedError: two have the same name.
        """
        self._universes = frozenset(constant.universes)
        if len(self._universes) != len(constant.universes):
            raise RefusedError("a level parameter is named twice")

    def check_type(self, constant: Constant) -> Level:
        """Check that a declaration's type is one; its level.

        Raises:
            RefusedError: it is not.
        """
        self.enter(constant)
        if constant.type.loose or constant.type.free:
            raise RefusedError("a variable is bound nowhere")
        return self.level_of(constant.type, check=True)

    def check(self, constant: Constant) -> None:
        """Check a definition, theorem, opaque definition or axiom.

        Raises:
            RefusedError: it is not well-typed.
        """
        level = self.check_type(constant)
        value = constant.value if isinstance(constant, Opaque) else constant.body
        if value is None:
            return
        assert isinstance(constant, Definition | Theorem | Opaque)
        if isinstance(constant, Theorem) and not equal_levels(level, ZERO):
            raise RefusedError("a theorem whose statement is no proposition")
        if value.loose or value.free:
            raise RefusedError("a variable is bound nowhere")
        found = self.infer(value, check=True)
        if not self.equal(found, constant.type):
            raise RefusedError(f"its value has type {show(found)}, not {show(constant.type)}")

    def require_equality(self) -> None:
        """Raise ``RefusedError`` unless ``Eq`` is equality."""
        equality, reflexive = self.lookup("Eq"), self.lookup("Eq.refl")
        shape = isinstance(equality, Inductive) and equality.constructors == ("Eq.refl",)
        u = param(equality.universes[0]) if equality.universes else ZERO
        t = free(0, sort(u))
        x = free(1, t)
        holds = bind(pi, [t, x], apps(const("Eq", (u,)), [t, x, x]))
        types = bind(pi, [t], pi(t, pi(t, PROP))), holds
        if not shape or (equality.type, reflexive.type) != types:
            raise RefusedError("Eq is not equality")

    def lookup(self, name: str) -> Constant:
        """The constant of that name.

        Raises:
            RefusedError: there is none that counts.
        """
        found = self.env[name]
        if found is None:
            raise RefusedError(f"there is no (safe) constant {name}")
        return found

    # ---------------------------------------------------------------- typing

    def infer(self, term: Term, *, check: bool = False) -> Term:
        """The type of a term.

        Args:
            term: without loose variables.
            check: whether to check all of it, or to rely on its being well-typed.

        Raises:
            RefusedError: it is not well-typed.
        """
        if isinstance(term, Free):
            return term.type
        found = self._checked.get(term)
        if found is None and not check:
            found = self._inferred.get(term)
        if found is None:
            found = self._infer(term, check)
            (self._checked if check else self._inferred)[term] = found
        return found

    def _infer(self, term: Term, check: bool) -> Term:
        if isinstance(term, App):
            return self._infer_app(term, check)
        if isinstance(term, Const):
            constant = self.lookup(term.name)
            if len(constant.universes) != len(term.levels):
                raise RefusedError(f"{term.name} at another number of levels")
            if check:
                self._check_levels(*term.levels)
            return self.at_levels(constant.type, constant, term.levels)
        if isinstance(term, Lam):
            variables, body = self._open(term, Lam, check)
            return bind(pi, variables, self.infer(body, check=check))
        if isinstance(term, Pi):
            variables, body = self._open(term, Pi, check)
            level = self.level_of(body, check=check)
            for variable in reversed(variables):
                level = _function_level(self.level_of(variable.type), level)
            return sort(level)
        if isinstance(term, Sort):
            if check:
                self._check_levels(term.level)
            return sort(succ(term.level))
        if isinstance(term, Nat):
            self._require_numbers()
            return NAT
        if isinstance(term, Str):
            self._require_strings()
            return STRING
        if isinstance(term, Let):
            if check:
                self.level_of(term.type, check=True)
                if not self.equal(self.infer(term.value, check=True), term.type):
                    raise RefusedError("a `let` whose value has another type")
            return self.infer(instantiate(term.body, [term.value]), check=check)
        if isinstance(term, Proj):
            return self._infer_proj(term, check)
        raise RefusedError("a variable is bound nowhere")

    def _open(self, term: Term, kind: type[Binder], check: bool) -> tuple[list[Free], Term]:
        """The variables of nested binders of one kind, and what they bind."""
        variables: list[Free] = []
        start = term.free
        while isinstance(term, kind):
            domain = instantiate(term.domain, variables)
            if check:
                self.level_of(domain, check=True)
            variables.append(free(start + len(variables), domain))
            term = term.body
        return variables, instantiate(term, variables)

    def _infer_app(self, term: App, check: bool) -> Term:
        fn, args = spine(term)
        type_, used = self.infer(fn, check=check), 0
        for i, arg in enumerate(args):
            if not isinstance(type_, Pi):
                type_ = self.function(instantiate(type_, args[used:i]))
                used = i
            if check:
                wanted = instantiate(type_.domain, args[used:i])
                found = self.infer(arg, check=True)
                if found is not wanted and not self.equal(found, wanted):
                    raise RefusedError(
                        f"argument {i + 1} of {show(fn)} has type {show(found)}, not {show(wanted)}"
                    )
            type_ = type_.body
        return instantiate(type_, args[used:])

    def _infer_proj(self, term: Proj, check: bool) -> Term:
        type_ = self.whnf(self.infer(term.subject, check=check))
        top, args = spine(type_)
        inductive = self.env[top.name] if isinstance(top, Const) else None
        if (
            not isinstance(top, Const)
            or not isinstance(inductive, Inductive)
            or top.name != term.structure
            or len(inductive.constructors) != 1
            or len(args) != inductive.parameters + inductive.indices
        ):
            raise RefusedError(f"a projection from what is no {term.structure}")
        constructor = self.lookup(inductive.constructors[0])
        field = self.at_levels(constructor.type, constructor, top.levels)
        for arg in args[: inductive.parameters]:
            field = instantiate(self.function(field).body, [arg])
        # A proposition's data must not come out of its proofs, which are all equal.
        proof = self.is_proposition(type_)
        for i in range(term.index):
            step = self.function(field)
            if proof and step.body.loose and not self.is_proposition(step.domain):
                raise RefusedError("a projection that depends on data inside a proof")
            field = instantiate(step.body, [proj(term.structure, i, term.subject)])
        found = self.function(field).domain
        if proof and not self.is_proposition(found):
            raise RefusedError("a projection of data out of a proof")
        return found

    def function(self, type_: Term) -> Pi:
        """The type as a function type.

        Raises:
            RefusedError: it is none.
        """
        found = type_ if isinstance(type_, Pi) else self.whnf(type_)
        if not isinstance(found, Pi):
            raise RefusedError(f"a function is expected, not a {show(type_)}")
        return found

    def level_of(self, type_: Term, *, check: bool = False) -> Level:
        """The level of the universe that a type lives in.

        Raises:
            RefusedError: it is no type.
        """
        found = self.infer(type_, check=check)
        if not isinstance(found, Sort):
            found = self.whnf(found)
            if not isinstance(found, Sort):
                raise RefusedError(f"a type is expected, not {show(type_)} : {show(found)}")
        return found.level

    def is_proposition(self, type_: Term) -> bool:
        """Whether a type is a proposition under every assignment of levels."""
        return equal_levels(self.level_of(type_), ZERO)

    def _check_levels(self, *levels: Level) -> None:
        unknown = parameters(level for level in levels if level.open) - self._universes
        if unknown:
            raise RefusedError(f"unknown level parameter {min(unknown)}")

    def _require_numbers(self) -> None:
        """Literals are short for ``succ (… zero)``: the type must be what that supposes."""
        if not self._numbers:
            numbers = self.lookup("Nat")
            stated = [self.lookup(f"Nat{name}").type for name in ("", ".zero", ".succ")]
            named = isinstance(numbers, Inductive) and numbers.constructors
            if named != ("Nat.zero", "Nat.succ") or stated != [sort(ONE), NAT, pi(NAT, NAT)]:
                raise RefusedError("Nat is not the type of natural numbers")
            self._numbers = True

    def _require_strings(self) -> None:
        """A string is a value of a type about which nothing is known, or nothing at all."""
        found = self.lookup("String")
        if not isinstance(found, Opaque) or found.type is not sort(ONE):
            raise RefusedError("strings are supported where String is opaque only")

    # ---------------------------------------------------------------- definitional equality

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two well-typed terms are definitionally equal."""
        quick = self._quick(left, right)
        if quick is not None:
            return quick
        key = left, right
        if key in self._equal:
            return True
        if self._compare(left, right):
            self._equal.add(key)
            self._equal.add((right, left))
            return True
        return False

    def _quick(self, left: Term, right: Term) -> bool | None:
        """What the outermost symbols decide."""
        if left is right:
            return True
        if isinstance(left, Lam):
            return self._equal_binders(left, right, Lam) if isinstance(right, Lam) else None
        if isinstance(left, Pi):
            return self._equal_binders(left, right, Pi) if isinstance(right, Pi) else None
        if isinstance(left, Sort):
            return equal_levels(left.level, right.level) if isinstance(right, Sort) else None
        if isinstance(left, Nat):
            return False if isinstance(right, Nat) else None
        return None

    def _equal_binders(self, left: Term, right: Term, kind: type[Binder]) -> bool:
        start = max(left.free, right.free)
        variables: list[Free] = []
        while isinstance(left, kind) and isinstance(right, kind):
            domain = instantiate(left.domain, variables)
            if left.domain is not right.domain and not self.equal(
                domain, instantiate(right.domain, variables)
            ):
                return False
            variables.append(free(start + len(variables), domain))
            left, right = left.body, right.body
        return self.equal(instantiate(left, variables), instantiate(right, variables))

    def _equal_all(self, left: Sequence[Term], right: Sequence[Term]) -> bool:
        if len(left) != len(right):
            return False
        # A loop, not `all(…)`: generators would nest on the C stack.
        for a, b in zip(left, right, strict=True):  # noqa: SIM110
            if not self.equal(a, b):
                return False
        return True

    def _compare(self, left: Term, right: Term) -> bool:
        # A check by computation: the value is what matters, not the way it is written.
        if right is TRUE and not left.free and self.whnf(left) is TRUE:
            return True
        if left is TRUE and not right.free and self.whnf(right) is TRUE:
            return True
        found = self._compare_reduced(self.core(left, cheap=True), self.core(right, cheap=True))
        if isinstance(found, bool):
            return found
        left, right = found
        if isinstance(left, Const) and isinstance(right, Const):
            if left.name == right.name and same_levels(left.levels, right.levels):
                return True
        elif isinstance(left, Proj) and isinstance(right, Proj):
            same = left.index == right.index and left.structure == right.structure
            if same and self.equal(left.subject, right.subject):
                return True
        full_left, full_right = self.core(left), self.core(right)
        if full_left is not left or full_right is not right:
            return self.equal(full_left, full_right)
        if isinstance(left, App) and isinstance(right, App):
            (fn, args), (other, others) = spine(left), spine(right)
            if len(args) == len(others) and self.equal(fn, other) and self._equal_all(args, others):
                return True
        return (
            self._eta(left, right)
            or self._eta(right, left)
            or self._eta_structure(left, right)
            or self._eta_structure(right, left)
            or self._no_fields(left, right)
        )

    def _compare_reduced(self, left: Term, right: Term) -> bool | tuple[Term, Term]:
        """Decide, or reduce until no definition is left to unfold."""
        quick = self._quick(left, right)
        if quick is None:
            quick = self._proofs(left, right)
        return self._unfold_lazily(left, right) if quick is None else quick

    def _proofs(self, left: Term, right: Term) -> bool | None:
        """Proofs of the same proposition are equal."""
        if isinstance(left, _NO_PROOFS):
            return None
        type_ = self.infer(left)
        return self.equal(type_, self.infer(right)) if self.is_proposition(type_) else None

    def _unfold_lazily(self, left: Term, right: Term) -> bool | tuple[Term, Term]:
        found = None
        while found is None and (found := self._numerals(left, right)) is None:
            one, other = self.unfoldable(left), self.unfoldable(right)
            if one is None and other is None:
                return left, right
            if one is not None and one is other and self._same_arguments(left, right, one):
                return True
            # Where one side only can be unfolded, a projection on the other may still compute.
            stuck = left if one is None else right
            moved = stuck
            if (one is None or other is None) and isinstance(head(stuck), Proj):
                moved = self.core(stuck)
            if moved is not stuck:
                left, right = (moved, right) if one is None else (left, moved)
            else:
                early, late = (x.hint if x else OPAQUE - 1 for x in (one, other))
                if one is not None and early >= late:
                    left = self.core(self.unfold(left, one), cheap=True)
                if other is not None and late >= early:
                    right = self.core(self.unfold(right, other), cheap=True)
            found = self._quick(left, right)
        return found

    def _same_arguments(self, left: Term, right: Term, definition: Constant) -> bool:
        """Whether the same definition is applied to equal arguments."""
        if not 0 <= definition.hint < ABBREVIATION or (left, right) in self._unequal:
            return False
        (fn, args), (other, others) = spine(left), spine(right)
        assert isinstance(fn, Const) and isinstance(other, Const)
        if args and same_levels(fn.levels, other.levels) and self._equal_all(args, others):
            return True
        self._unequal.add((left, right))
        return False

    def _numerals(self, left: Term, right: Term) -> bool | None:
        zeros = (ZERO_LITERAL, ZERO_NUMBER)
        if left in zeros and right in zeros:
            return True
        below, other_below = _predecessor(left), _predecessor(right)
        if below is not None and other_below is not None:
            return self.equal(below, other_below)
        if not left.free and not right.free:
            value = self.arithmetic(left)
            if value is not None:
                return self.equal(value, right)
            value = self.arithmetic(right)
            if value is not None:
                return self.equal(left, value)
        return None

    def _eta(self, fn: Term, other: Term) -> bool:
        """``λ x, g x`` and ``g``."""
        if not isinstance(fn, Lam) or isinstance(other, Lam):
            return False
        type_ = self.whnf(self.infer(other))
        return isinstance(type_, Pi) and self.equal(fn, lam(type_.domain, app(other, bound(0))))

    def _eta_structure(self, value: Term, made: Term) -> bool:
        """A value of a structure and the constructor applied to its projections."""
        top, args = spine(made)
        constructor = self.env[top.name] if isinstance(top, Const) else None
        if not isinstance(constructor, Constructor):
            return False
        start = constructor.parameters
        if len(args) != start + constructor.fields or self.structure(constructor.inductive) is None:
            return False
        if not self.equal(self.infer(value), self.infer(made)):
            return False
        fields = [proj(constructor.inductive, i, value) for i in range(constructor.fields)]
        return self._equal_all(fields, args[start:])

    def _no_fields(self, left: Term, right: Term) -> bool:
        """Two values of a structure without fields."""
        type_ = self.whnf(self.infer(left))
        top = head(type_)
        found = self.structure(top.name) if isinstance(top, Const) else None
        return found is not None and not found[1].fields and self.equal(type_, self.infer(right))


def _function_level(domain: Level, codomain: Level) -> Level:
    """``imax domain codomain``, shortened where it is the same under every assignment."""
    short = codomain is ZERO or domain in (ZERO, ONE, codomain)
    return codomain if short else imax(domain, codomain)


def _predecessor(term: Term) -> Term | None:
    if isinstance(term, Nat):
        return nat(term.value - 1) if term.value else None
    return term.arg if isinstance(term, App) and term.fn is SUCC else None
