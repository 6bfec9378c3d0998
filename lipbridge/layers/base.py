"""What every layer states about itself: arguments, shapes, constant, exact meaning, Lean rule.

A layer is a frozen record of facts, free of torch.  Constants are for the Euclidean norm, and
where a layer has a rule for it for the maximum norm; a block of ``b`` tokens of dimension ``d``
has shape ``(b, d)`` and is measured as the stacked vector of length ``b·d`` (token-major), as in
the Lean library.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, Self, dataclass_transform

from lipbridge.errors import ShapeError, UnboundedError
from lipbridge.layers.arguments import Argument, ArgumentValue, Sample, argument, arguments_of
from lipbridge.layers.magnitude import Bounds, K, Summands, Symbols
from lipbridge.layers.registry import register
from lipbridge.layers.tensors import (
    ExactRows,
    InputPart,
    Norm,
    Shape,
    Tensors,
    TensorSlot,
    Vector,
    Vectors,
    check_inline,
)


@dataclass(frozen=True)
class Branch:
    """Layers in sequence: the body of a network or of a branch."""

    input: Shape
    layers: tuple[Layer, ...]

    @property
    def output(self) -> Shape:
        """Shape after the last layer."""
        return self.layers[-1].output if self.layers else self.input

    def depends_on(self, varies: Callable[[InputPart], bool]) -> bool:
        """Whether it depends on an input that varies."""
        return not self.layers or self.layers[0].depends_on(varies)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(argument,))
@dataclass(frozen=True, kw_only=True)
class Layer(ABC):
    """One layer of an indexer, with its shapes resolved.

    A subclass is a frozen record; one with a ``kind`` is a layer of the spec language.  What its
    constant rests on is said in docs/theorems.md, §2, and proved by its ``lean_rule``.

    Class facts:
        kind: the keyword of the spec language.
        summary: one line for documentation and error messages.
        arguments: the spec arguments it takes, those of its fields that are an ``argument``.
        lipschitz: its constant, where that is one number for all its instances.
        template: whose template it has; its own where empty.
        lean_rule: the Lean theorem that proves its constant.
        sup_rule: the theorem of its constant in the maximum norm; empty where it has none.
        arity: the least and the greatest number of branches; None for any number.
        exact: whether rational inputs have rational values; if not, ``apply`` is right to float64
            precision only, and no values are stated in Lean.
        parameter: the Lean type of a function that the layer takes as given (a root, an
            activation), or empty; its template states in ``premise`` what that function must be.
        tight: whether no smaller constant holds, for the tensors' true norms.
        fixes_zero: whether it takes 0 to 0, so that it lengthens by no more than its constant.
        homogeneous: whether it takes each entry by itself, with f(c·a) = c·f(a) for c ≥ 0.
        bounded_branches: whether its constant asks how long its branches' values are.
        samples: small instances for tests.
    """

    kind: ClassVar[str]
    summary: ClassVar[str]
    arguments: ClassVar[tuple[Argument, ...]] = ()
    template: ClassVar[str] = ""
    lipschitz: ClassVar[Fraction | int]
    lean_rule: ClassVar[str]
    sup_rule: ClassVar[str] = ""
    arity: ClassVar[tuple[int, int | None]] = (0, 0)
    exact: ClassVar[bool] = True
    parameter: ClassVar[str] = ""
    tight: ClassVar[bool] = True
    fixes_zero: ClassVar[bool] = False
    homogeneous: ClassVar[bool] = False
    bounded_branches: ClassVar[bool] = False
    samples: ClassVar[tuple[Sample, ...]]

    name: str
    input: Shape
    output: Shape = field(init=False)
    branches: tuple[Branch, ...] = ()
    """Its branches, all of which read this layer's input."""

    def __init_subclass__(cls, kind: str = "") -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)
        cls.arguments = arguments_of(cls)
        if kind:
            derived = cls.constant is not Layer.constant or cls.matrix is not Layer.matrix
            register(kind, cls, *(() if derived else ("lipschitz",)))

    def __post_init__(self) -> None:
        self._require_branches()
        object.__setattr__(self, "output", self.shape())
        for slot in self.slots():
            check_inline(slot)

    @classmethod
    def build(
        cls,
        name: str,
        input: Shape,
        arguments: Mapping[str, ArgumentValue],
        branches: tuple[Branch, ...] = (),
    ) -> Self:
        """The layer for a given input shape, each argument in the field of its name.

        Raises:
            ShapeError: the arguments do not fit the input; the message names both.
        """
        values: dict[str, Any] = {
            taken.field: arguments[taken.name] for taken in cls.arguments if taken.name in arguments
        }
        return cls(name=name, input=input, branches=branches, **values)

    def _require_branches(self) -> None:
        (least, most), found = self.arity, len(self.branches)
        if found < least or (most is not None and found > most):
            wanted = least if most == least else f"at least {least}"
            raise ShapeError(f"{self.kind} takes {wanted} branches in braces, not {found}")
        if not all(branch.layers for branch in self.branches):
            raise ShapeError(f"{self.kind} has an empty branch; write `scale 1` for the identity")

    def shape(self) -> Shape:
        """Shape of its values: that of its input, unless a layer says otherwise.

        Raises:
            ShapeError: its input, arguments and branches do not fit; the message names them.
        """
        return self.input

    def constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        """Lipschitz constant (ℓ2 → ℓ2) from its tensors' norms and its branches' constants.

        That of a linear map is the norm of its matrix.

        Raises:
            UnboundedError: it asks how long the values of a branch are, and nothing bounds them.
        """
        return self._matrix_norm(symbols, Norm.EUCLIDEAN)

    def _matrix_norm(self, symbols: Symbols[K], norm: Norm) -> K:
        match self.matrix:
            case TensorSlot() as slot:
                return symbols.measure(slot.under(norm))
            case Fraction() as factor:
                return symbols.number("c", abs(factor))
            case _:
                return symbols.rational(self.lipschitz)

    def sup_constant(self, symbols: Symbols[K], branches: Bounds[K]) -> K:
        """Lipschitz constant (ℓ∞ → ℓ∞), that of the Euclidean norm where they agree.

        Raises:
            UnboundedError: it has no rule for that norm.
        """
        if not self.sup_rule:
            raise UnboundedError(
                f"layer {self.name} ({self.kind}) has no rule for the maximum norm; leave `norm "
                "maximum` out, or the layer"
            )
        if self.matrix is not None:
            return self._matrix_norm(symbols, Norm.MAXIMUM)
        return self.constant(symbols, branches)

    def constant_under(self, norm: Norm, symbols: Symbols[K], branches: Bounds[K]) -> K:
        """The constant for a norm."""
        of = self.constant if norm is Norm.EUCLIDEAN else self.sup_constant
        return of(symbols, branches)

    def rule_under(self, norm: Norm) -> str:
        """The Lean theorem that proves it."""
        return self.lean_rule if norm is Norm.EUCLIDEAN else self.sup_rule

    def output_norm(
        self, symbols: Symbols[K], before: K | None, branches: Bounds[K]
    ) -> Summands[K]:
        """Magnitudes whose sum bounds the length of its values, of each token for a block.

        ``before`` bounds that of its input; None, there and here, where nothing is known.
        """
        if before is None or not self.fixes_zero:
            return None
        return (self.constant(symbols, branches) * before,)

    def frobenius(self, before: bool) -> bool:
        """Whether the bound of its output norm is one of the Frobenius norm, of all tokens.

        ``before`` says the same of the bound on its input.
        """
        return len(self.output) == 1

    def depends_on(self, varies: Callable[[InputPart], bool]) -> bool:
        """Whether it depends on an input that varies."""
        return not self.restricted or any(branch.depends_on(varies) for branch in self.branches)

    @property
    def restricted(self) -> bool:
        """Whether it reads one of several inputs, or has a constant on the inputs' domain only."""
        return any(layer.restricted for branch in self.branches for layer in branch.layers)

    @abstractmethod
    def apply(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        """Its exact value at x, from the rows of its slots by role and its branches' values."""

    def apply_integers(self, x: Vector, tensors: Tensors, branches: Vectors = ()) -> Vector:
        """The value of the Lean function over ℤ with every reciprocal replaced by 1.

        A given root is 1 there, a rotation a quarter turn, an activation the identity. Layers with
        one of these, or that divide by one of their :meth:`denominators`, override this;
        ``tensors`` holds the integers of :meth:`integers`.
        """
        return self.apply(x, tensors, branches)

    def integers(self, role: str, rows: ExactRows, denominator: int) -> ExactRows:
        """What stands in the Lean function for a tensor over its denominator: what is stored."""
        return rows

    def slots(self) -> tuple[TensorSlot, ...]:
        """The tensors it needs: of a linear map, its matrix."""
        return (self.matrix,) if isinstance(self.matrix, TensorSlot) else ()

    @property
    def matrix(self) -> TensorSlot | Fraction | None:
        """W, where it is ``x ↦ Wx + b`` on each token; None where it is not.

        A slot whose spectral norm is measured holds W itself; one whose largest ``|entry + c|`` is,
        the diagonal of W less c; a number stands for that multiple of the identity. b is the slot
        ``bias``, where there is one.
        """
        return None

    @property
    def stored_matrix(self) -> TensorSlot | None:
        """The slot that holds W itself, where it is ``x ↦ Wx + b`` and there is one."""
        found = self.matrix
        return found if isinstance(found, TensorSlot) and found.certified else None

    @property
    def slopes(self) -> tuple[Fraction, Fraction] | None:
        """(α, β) where it takes each entry by itself, with slopes from α to β; else None."""
        return None

    @property
    def interval(self) -> tuple[int, int, int] | None:
        """(lo, hi, q), α = lo/q and β = hi/q, where it has slopes."""
        if self.slopes is None:
            return None
        q = math.lcm(*(slope.denominator for slope in self.slopes))
        return int(self.slopes[0] * q), int(self.slopes[1] * q), q

    @property
    def slope_bound(self) -> Fraction | None:
        """β, where it has slopes and never falls."""
        return self.slopes[1] if self.slopes is not None and self.slopes[0] >= 0 else None

    def denominators(self) -> tuple[int, ...]:
        """Integers d whose reciprocal 1/d the Lean function uses, besides those of its tensors."""
        return (self.matrix.denominator,) if isinstance(self.matrix, Fraction) else ()

    def over(self, d: int, stored: Mapping[str, int]) -> tuple[int, int]:
        """(e, D): it takes integers over e·d to integers over D; see ``Over`` in the Lean library.

        For exact layers. d is the denominator of its input, and of its branches' values where it
        has branches; ``stored`` are those of its tensors, by role.
        """
        if isinstance(self.matrix, TensorSlot):
            return 1, d * stored[self.matrix.role]
        return 1, d * math.prod(self.denominators())

    @property
    def given(self) -> tuple[object, ...]:
        """What determines the function that it takes as given: equal ones are one function."""
        return (self.name,)

    @property
    def parameter_type(self) -> str:
        """The Lean type of the function that it takes as given, for its input's shape; or empty."""
        return self.parameter
