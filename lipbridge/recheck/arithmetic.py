"""Operations on natural numbers that may be computed on literals at once, because they were earned.

Lean's kernel computes fourteen operations by name, whatever their definitions say. Here an
operation is computed only in an environment whose definition is known to mean it. What is checked
below, without computing any of them, together with induction on the literals outside the system,
gives that meaning:

- ``pred add sub mul pow beq ble shiftLeft shiftRight``: the recursion equations hold by definition,
  for variables.
- ``gcd log2 land lor xor``: the definition is a recursion over an explicit bound, restated here,
  which starts at an argument that every step makes smaller; so the bound is never reached early.
- ``div mod``: two theorems, without axioms, determine them: ``k * (m / k) + m % k = m``, and
  ``m % k < k`` where ``0 < k``; besides, ``m / 0 = 0`` by definition.

What is proved or holds by definition is true in the model; so the added rules are true in it.

Source: the Lean 4 reference, "Natural Numbers", on what the kernel computes; the argument from
the model in M. Carneiro, "The Type Theory of Lean" (2019), chapter 5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import cast

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.levels import ONE
from lipbridge.recheck.reduction import FALSE, NAT, TRUE
from lipbridge.recheck.rewriting import bind
from lipbridge.recheck.terms import RefusedError, Term, app, apps, const, free, lam, nat, pi

# The two facts about division.
DIVISION, REMAINDER = "Nat.div_add_mod", "Nat.mod_lt"
_LARGEST_EXPONENT = 1 << 24

_BINARY: dict[str, Callable[[int, int], int | bool | None]] = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: a - b if a > b else 0,
    "Nat.mul": lambda a, b: a * b,
    "Nat.div": lambda a, b: a // b if b else 0,
    "Nat.mod": lambda a, b: a % b if b else a,
    "Nat.gcd": math.gcd,
    "Nat.land": lambda a, b: a & b,
    "Nat.lor": lambda a, b: a | b,
    "Nat.xor": lambda a, b: a ^ b,
    "Nat.shiftRight": lambda a, b: a >> b if b < a.bit_length() else 0,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
    "Nat.pow": lambda a, b: a**b if b <= _LARGEST_EXPONENT else None,
    "Nat.shiftLeft": lambda a, b: a << b if b <= _LARGEST_EXPONENT else None,
}
_UNARY: dict[str, Callable[[int], int]] = {
    "Nat.succ": lambda a: a + 1,
    "Nat.log2": lambda a: a.bit_length() - 1 if a else 0,
}
# Not computed before they are asked for: the last two may be large where nobody needs them.
_LATE = {"Nat.beq", "Nat.ble", "Nat.pow", "Nat.shiftLeft"}

_BOOL = const("Bool")
_FUNCTIONS = pi(NAT, NAT), pi(NAT, pi(NAT, NAT))
_VARIABLES = {
    **{name: free(number, NAT) for number, name in enumerate(("x", "y", "k"))},
    **{name: free(3, type_) for name, type_ in zip(("last1", "last2"), _FUNCTIONS, strict=True)},
    **{name: free(number, NAT) for number, name in enumerate(("n", "m"), 4)},
    **{name: free(number, _BOOL) for number, name in enumerate(("p", "q"), 6)},
}
_WORDS: dict[str, Term] = {
    **_VARIABLES,
    **{"true": TRUE, "false": FALSE, "Bool": _BOOL, "cond": const("cond", (ONE,))},
    "if": app(const("cond", (ONE,)), NAT),  # value, then, else
    "case": app(const("Bool.rec", (ONE,)), lam(_BOOL, NAT)),  # if false, if true, value
    "rec1": app(const("Nat.rec", (ONE,)), lam(NAT, _FUNCTIONS[0])),  # at 0, after `last1`, value
    "rec2": app(const("Nat.rec", (ONE,)), lam(NAT, _FUNCTIONS[1])),
}


def _term(text: str) -> Term:
    """The term that a text writes: ``f a b``, ``λn,m body``, numbers, words, names, operations."""
    tokens = re.findall(r"[()]|[^()\s]+", text)

    def read() -> Term:
        items: list[Term] = []
        while tokens and (token := tokens.pop(0)) != ")":
            if token.startswith("λ"):
                return bind(lam, [_VARIABLES[name] for name in token[1:].split(",")], read())
            if token.startswith("("):
                items.append(read())
            else:
                known = nat(int(token)) if token.isdigit() else _WORDS.get(token)
                items.append(known or const(token if "." in token else f"Nat.{token}"))
        return apps(items[0], items[1:])

    return read()


def _equations(text: str) -> list[tuple[Term, Term]]:
    sides = (equation.split("=") for equation in text.split(";") if equation.strip())
    return [(_term(left), _term(right)) for left, right in sides]


_WORDS["bool_xor"] = _term("λp,q cond Bool p (Bool.not q) q")
# A combination of two bits means this, at 00, 01, 10 and 11.
_BITS = """
    if true x y = x; if false x y = y;
    BIT false false = V0; BIT false true = V1; BIT true false = V2; BIT true true = V3; """
# Combine two numbers bit by bit, from the lowest: while both have bits left, then the rest.
_BITWISE = """
    OP x y = rec2 (λn,m if (BIT false true) m 0)
      (λk,last2,n,m if (beq n 0) (if (BIT false true) m 0) (if (beq m 0) (if (BIT true false) n 0)
        (if (BIT (beq (mod n 2) 1) (beq (mod m 2) 1)) (succ (add HALF HALF)) (add HALF HALF))))
      x x y"""


def _bitwise(operation: str, bit: str, values: str) -> list[tuple[Term, Term]]:
    words = {"HALF": "(last2 (div n 2) (div m 2))", "OP": operation, "BIT": bit}
    words |= {f"V{i}": "true" if value == "1" else "false" for i, value in enumerate(values)}
    return _equations(re.sub("[A-Z]+[0-3]?", lambda word: words[word[0]], _BITS + _BITWISE))


# For each operation what it is reduced to, earned before it, and what must hold by definition.
_LAWS = """
pred:            pred 0 = 0; pred (succ x) = x
add:             add x 0 = x; add x (succ y) = succ (add x y)
sub pred:        sub x 0 = x; sub x (succ y) = pred (sub x y)
mul add:         mul x 0 = 0; mul x (succ y) = add (mul x y) x
pow mul:         pow x 0 = 1; pow x (succ y) = mul (pow x y) x
beq:             beq 0 0 = true; beq 0 (succ y) = false; beq (succ x) 0 = false;
                 beq (succ x) (succ y) = beq x y
ble:             ble 0 y = true; ble (succ x) 0 = false; ble (succ x) (succ y) = ble x y
shiftLeft mul:   shiftLeft x 0 = x; shiftLeft x (succ y) = shiftLeft (mul 2 x) y
div add mul:     div x 0 = 0
mod div:
shiftRight div:  shiftRight x 0 = x; shiftRight x (succ y) = div (shiftRight x y) 2
gcd mod beq:     gcd x y = rec2 (λn,m m)
                   (λk,last2,n,m case (last2 (mod m n) n) m (beq n 0)) x x y
log2 div ble:    log2 x = rec1 (λn 0)
                   (λk,last1,n case 0 (succ (last1 (div n 2))) (ble 2 n)) x x
"""
_EQUATIONS = {
    operation: (needs, _equations(text))
    for law in re.findall(r"^(\w.*?):(.*?)(?=^\w|\Z)", _LAWS, re.MULTILINE | re.DOTALL)
    for (operation, *needs), text in [(law[0].split(), law[1])]
} | {
    operation: (["mod", "beq"], _bitwise(operation, bit, values))
    for operation, bit, values in (
        ("land", "Bool.and", "0001"),
        ("lor", "Bool.or", "0111"),
        ("xor", "bool_xor", "0110"),
    )
}

# The constants that decide what is earned: where they are declared, the answer is the same.
RELEVANT = tuple(
    sorted(
        {DIVISION, REMAINDER, "Eq", "Nat.le"}
        | t.constants(x for _, pairs in _EQUATIONS.values() for pair in pairs for x in pair)
    )
)


def earned(env: Environment) -> tuple[str, ...]:
    """The operations whose meaning is known in an environment.

    Raises:
        RefusedError: one is there and means something else.
    """
    kernel = Kernel(env)
    accelerate(kernel, ())  # nor is anything computed that another environment has earned
    found: list[str] = []
    for short, (needs, pairs) in _EQUATIONS.items():
        operation = env[name := f"Nat.{short}"]
        known = all(env[x] is not None for x in t.constants(y for pair in pairs for y in pair))
        if operation is None or not known or not {f"Nat.{x}" for x in needs} <= {*found}:
            continue
        if name == "Nat.div" and not _division(kernel, env):
            continue
        type_ = _BOOL if name in ("Nat.beq", "Nat.ble") else NAT
        for _ in range(1 if name in ("Nat.pred", "Nat.log2") else 2):
            type_ = pi(NAT, type_)
        if operation.type is not type_ or operation.universes:
            raise RefusedError(f"{name} has another type than the kernel supposes")
        for left, right in pairs:
            types = kernel.infer(left, check=True), kernel.infer(right, check=True)
            if not kernel.equal(*types) or not kernel.equal(left, right):
                raise RefusedError(f"{name} does not satisfy its recursion equations")
        kernel.reset()
        found.append(name)
    return tuple(found)


def _division(kernel: Kernel, env: Environment) -> bool:
    """Whether the environment proves what determines quotient and remainder."""
    x, y = _VARIABLES["x"], _VARIABLES["y"]
    equality = apps(const("Eq", (ONE,)), [NAT, _term("add (mul y (div x y)) (mod x y)"), x])
    positive, below = free(2, _term("le 1 y")), free(2, _term("le x y"))
    smaller = _term("le (succ (mod x y)) y")
    claims = bind(pi, [x, y], equality), bind(pi, [x, y, positive], smaller)
    for name, statement in zip((DIVISION, REMAINDER), claims, strict=True):
        theorem = env[name]
        if theorem is None:
            return False
        refl, step = bind(pi, [x], _term("le x x")), bind(pi, [x, y, below], _term("le x (succ y)"))
        order = pi(NAT, pi(NAT, PROP))
        kernel.require_family("Nat.le", "the order of natural numbers", order, refl=refl, step=step)
        kernel.require_equality()
        kernel.infer(statement, check=True)
        if not isinstance(theorem, c.Theorem) or not kernel.equal(theorem.type, statement):
            raise RefusedError(f"{name} does not say what determines division")
        if env.axioms(name):
            raise RefusedError(f"{name} rests on axioms")
    return True


def accelerate(kernel: Kernel, names: tuple[str, ...]) -> None:
    """Let a kernel compute these operations, and no others, on literals at once."""
    kernel.binary = {name: _BINARY[name] for name in names if name in _BINARY}
    kernel.unary = {name: _UNARY[name] for name in ("Nat.succ", *names) if name in _UNARY}
    kernel.unknown = frozenset(_BINARY) - {*names}
    for name in _BINARY.keys() - _LATE:
        const(name).folds = (
            cast(Callable[[int, int], int], _BINARY[name]) if name in names else None
        )
