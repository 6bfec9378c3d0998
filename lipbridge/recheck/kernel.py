"""Definitional equality, and with it the whole kernel.

Two terms are definitionally equal if they reduce to the same, up to: proofs of the same
proposition, functions and their η-expansions, values of structures and theirs, and values of
structures without fields. Deciding it is a search for a common reduct that unfolds the later
definition first; what the search gives up on is refused, so that its order decides time and never
truth.

Sources: M. Carneiro, "The Type Theory of Lean" (2019), sections 2.3-2.6; the Lean 4 reference, "The
Type System"; on lazy unfolding, S. Ullrich, "An Extensible Theorem Proving Frontend" (2023),
section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.inference import Inference
from lipbridge.recheck.levels import ZERO, equal as equal_levels, param, same_levels
from lipbridge.recheck.reduction import CHEAP, CORE, SUCC, TRUE, ZERO_NUMBER
from lipbridge.recheck.rewriting import bind, instantiate
from lipbridge.recheck.terms import Free, Term, app, apps, const, free, need, pi, proj, sort, spine

PROP, _ZEROS = sort(ZERO), (t.nat(0), ZERO_NUMBER)
_NO_PROOFS, _BINDERS = (t.Sort, t.Pi, t.Nat), (t.Lam, t.Pi)


class Kernel(Inference):
    """Checks declarations one by one in an environment that is known to be right."""

    def reset(self) -> None:
        """Forget what one declaration needed."""
        super().reset()
        self._equal: set[tuple[Term, Term]] = set()
        self._unequal: set[tuple[Term, Term]] = set()

    def require_equality(self) -> None:
        """Raise ``RefusedError`` unless ``Eq`` is equality."""
        u = param((*self.lookup("Eq").universes, "")[0])
        a = free(0, sort(u))
        x = free(1, a)
        refl = bind(pi, [a, x], apps(const("Eq", (u,)), [a, x, x]))
        self.require_family("Eq", "equality", bind(pi, [a], pi(a, pi(a, PROP))), refl=refl)

    # ---------------------------------------------------------------- definitional equality

    def same(self, left: Term, right: Term) -> bool:
        """Whether two closed terms, which are checked first, are equal and have equal types."""
        types = self.infer(left, check=True), self.infer(right, check=True)
        return self.equal(*types) and self.equal(left, right)

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two well-typed terms are definitionally equal."""
        found = self._quick(left, right)
        if found is None:
            found = (left, right) in self._equal or self._compare(left, right)
            if found:
                self._equal.update(((left, right), (right, left)))
        return found

    def _quick(self, left: Term, right: Term) -> bool | None:
        """What the outermost symbols decide.

        Source: ``quick_is_def_eq``, ``src/kernel/type_checker.cpp`` of Lean 4.
        """
        if left is right:
            return True
        if type(left) is not type(right):
            return None
        if isinstance(left, _BINDERS):
            return self._equal_binders(left, right, type(left))
        if isinstance(left, t.Sort) and isinstance(right, t.Sort):
            return equal_levels(left.level, right.level)
        return False if isinstance(left, t.Nat) else None

    def _equal_binders(self, left: Term, right: Term, kind: type[t.Binder]) -> bool:
        variables, start = list[Free](), max(left.free, right.free)
        while isinstance(left, kind) and isinstance(right, kind):
            domain = instantiate(left.domain, variables)
            if not self.equal(domain, instantiate(right.domain, variables)):
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
        for one, other in ((left, right), (right, left)):
            if other is TRUE and not one.free and self.whnf(one) is TRUE:
                return True
        found = self._unfold_lazily(self.whnf(left, CHEAP), self.whnf(right, CHEAP))
        if isinstance(found, bool):
            return found
        left, right = found
        if isinstance(left, t.Const) and isinstance(right, t.Const):
            if left.name == right.name and same_levels(left.levels, right.levels):
                return True
        elif isinstance(left, t.Proj) and isinstance(right, t.Proj):
            same = left.index == right.index and left.structure == right.structure
            if same and self.equal(left.subject, right.subject):
                return True
        full_left, full_right = self.whnf(left, CORE), self.whnf(right, CORE)
        if full_left is not left or full_right is not right:
            return self.equal(full_left, full_right)
        if isinstance(left, t.App) and isinstance(right, t.App):
            (fn, args), (other, others) = spine(left), spine(right)
            if len(args) == len(others) and self.equal(fn, other) and self._equal_all(args, others):
                return True
        for one, other in ((left, right), (right, left)):
            if self._eta(one, other) or self._eta_structure(one, other):
                return True
        return self._no_fields(left, right)

    def _proofs(self, left: Term, right: Term) -> bool | None:
        """Proofs of the same proposition are equal.

        Source: ``is_def_eq_proof_irrel``, ``src/kernel/type_checker.cpp`` of Lean 4;
        Carneiro 2019, section 2.3.
        """
        if isinstance(left, _NO_PROOFS):
            return None
        type_ = self.infer(left)
        return self.equal(type_, self.infer(right)) if self.is_proposition(type_) else None

    def _unfold_lazily(self, left: Term, right: Term) -> bool | tuple[Term, Term]:
        """Decide, or reduce until no definition is left to unfold.

        Source: ``lazy_delta_reduction``, ``src/kernel/type_checker.cpp`` of Lean 4;
        Ullrich 2023, section 2.
        """
        found = self._quick(left, right)
        if found is None:
            found = self._proofs(left, right)
        while found is None and (found := self._numerals(left, right)) is None:
            one, other = self.definition(t.head(left)), self.definition(t.head(right))
            if one is None and other is None:
                return left, right
            if one is not None and one is other and self._same_arguments(left, right, one):
                return True
            # Where one side only can be unfolded, a projection on the other may still compute.
            stuck = left if one is None else right
            moved = stuck
            if (one is None or other is None) and isinstance(t.head(stuck), t.Proj):
                moved = self.whnf(stuck, CORE)
            if moved is not stuck:
                left, right = (moved, right) if one is None else (left, moved)
            else:
                early, late = (x.hint if x else c.OPAQUE - 1 for x in (one, other))
                if one is not None and early >= late:
                    left = self._unfolded(left, one)
                if other is not None and late >= early:
                    right = self._unfolded(right, other)
            found = self._quick(left, right)
        return found

    def _unfolded(self, term: Term, definition: c.Constant) -> Term:
        """The term with the definition at its head unfolded, and then reduced cheaply."""
        fn, args = spine(term)
        return self.whnf(apps(self.unfold(definition, fn, args), args), CHEAP)

    def _same_arguments(self, left: Term, right: Term, definition: c.Constant) -> bool:
        """Whether the same definition is applied to equal arguments.

        Source: ``lazy_delta_reduction_step``, ``src/kernel/type_checker.cpp`` of Lean 4.
        """
        if not 0 <= definition.hint < c.ABBREVIATION or (left, right) in self._unequal:
            return False
        (fn, args), (other, others) = spine(left), spine(right)
        assert isinstance(fn, t.Const) and isinstance(other, t.Const)
        if args and same_levels(fn.levels, other.levels) and self._equal_all(args, others):
            return True
        self._unequal.add((left, right))
        return False

    def _numerals(self, left: Term, right: Term) -> bool | None:
        if left in _ZEROS and right in _ZEROS:
            return True
        below, other_below = _predecessor(left), _predecessor(right)
        if below is not None and other_below is not None:
            return self.equal(below, other_below)
        if not left.free and not right.free:
            for one, other in ((left, right), (right, left)):
                value = self.arithmetic(one)
                if value is not None:
                    return self.equal(value, other)
        return None

    def _eta(self, fn: Term, other: Term) -> bool:
        """``λ x, g x`` and ``g``.

        Source: ``try_eta_expansion``, ``src/kernel/type_checker.cpp`` of Lean 4;
        Carneiro 2019, section 2.3.
        """
        if not isinstance(fn, t.Lam) or isinstance(other, t.Lam):
            return False
        type_ = self.whnf(self.infer(other))
        expanded = t.app(other, t.bound(0))
        return isinstance(type_, t.Pi) and self.equal(fn, t.lam(type_.domain, expanded))

    def _eta_structure(self, value: Term, made: Term) -> bool:
        """A value of a structure and the constructor applied to its projections.

        Source: ``try_eta_struct``, ``src/kernel/type_checker.cpp`` of Lean 4;
        the Lean 4 reference, "Structure eta".
        """
        top, args = spine(made)
        item = self.constant(top)
        if not isinstance(item, c.Constructor) or self.structure(item.inductive) is not item:
            return False
        given = args[item.parameters :]
        if len(given) != item.fields or not self.equal(self.infer(value), self.infer(made)):
            return False
        fields = [proj(item.inductive, i, value) for i in range(item.fields)]
        return self._equal_all(fields, given)

    def _no_fields(self, left: Term, right: Term) -> bool:
        """Two values of a structure without fields.

        Source: ``is_def_eq_unit_like``, ``src/kernel/type_checker.cpp`` of Lean 4.
        """
        type_ = self.whnf(self.infer(left))
        top = t.head(type_)
        structure = self.structure(top.name) if isinstance(top, t.Const) else None
        plain = structure is not None and not structure.fields
        return plain and self.equal(type_, self.infer(right))


def _predecessor(term: Term) -> Term | None:
    if isinstance(term, t.Nat):
        return t.nat(term.value - 1) if term.value else None
    return term.arg if isinstance(term, t.App) and term.fn is SUCC else None


def check_quotient(kernel: Kernel, item: c.Quotient) -> None:
    """Compare a constant of quotients with what it must be.

    Raises:
        RefusedError: it is something else.

    Source: Carneiro 2019, section 2.7; ``src/kernel/quot.cpp`` of Lean 4.
    """
    roles = ["Quot", "Quot.mk", "Quot.lift", "Quot.ind"]
    need(item.name in roles[item.role : item.role + 1], f"{item.name} is no constant of quotients")
    for name in roles[: min(item.role, 2)]:
        need(isinstance(kernel.env[name], c.Quotient), f"{name} is no constant of quotients")
    need(len(item.universes) == (2 if item.role == 2 else 1), "universes of the quotient")
    u, v = param(item.universes[0]), param(item.universes[-1])
    a = free(0, sort(u))
    r = free(1, pi(a, pi(a, PROP)))
    quotient = apps(const("Quot", (u,)), [a, r])
    b, motive = free(2, sort(v)), free(2, pi(quotient, PROP))
    f, value = free(3, pi(a, b)), free(3, a)
    x, y = free(4, a), free(5, a)
    same = apps(const("Eq", (v,)), [b, app(f, x), app(f, y)])
    respects = free(4, bind(pi, [x, y, free(6, apps(r, [x, y]))], same))
    made = app(motive, apps(const("Quot.mk", (u,)), [a, r, value]))
    holds, element = free(3, bind(pi, [value], made)), free(4, quotient)
    if item.role == 2:
        kernel.require_equality()
    expected = (
        bind(pi, [a, r], sort(u)),
        bind(pi, [a, r, free(2, a)], quotient),
        bind(pi, [a, r, b, f, respects, free(5, quotient)], b),
        bind(pi, [a, r, motive, holds, element], app(motive, element)),
    )
    need(item.type is expected[item.role], f"the type of {item.name}")
