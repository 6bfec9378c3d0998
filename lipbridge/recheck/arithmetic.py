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
from collections.abc import Callable
from itertools import chain

from lipbridge.recheck import constants as c, terms as t
from lipbridge.recheck.environment import Environment
from lipbridge.recheck.equations import VARIABLES, Equations, equations, require, written
from lipbridge.recheck.kernel import PROP, Kernel
from lipbridge.recheck.reduction import FALSE, NAT, TRUE
from lipbridge.recheck.rewriting import bind
from lipbridge.recheck.terms import const, need, pi

# The two facts about division.
DIVISION, REMAINDER = "Nat.div_add_mod", "Nat.mod_lt"
_LARGEST = 1 << 30  # bits of a power: 128 MiB

_BINARY: dict[str, Callable[[int, int], int | bool | None]] = {
    "Nat.add": lambda a, b: a + b,
    "Nat.sub": lambda a, b: a - b if a > b else 0,
    "Nat.mul": lambda a, b: a * b,
    # By a power of two, as mostly, in linear time: 0 is none, but a % 0 = a = a & -1.
    "Nat.div": lambda a, b: a // b if b & (b - 1) else a >> b.bit_length() - 1 if b else 0,
    "Nat.mod": lambda a, b: a % b if b & (b - 1) else a & (b - 1),
    "Nat.gcd": math.gcd,
    "Nat.land": lambda a, b: a & b,
    "Nat.lor": lambda a, b: a | b,
    "Nat.xor": lambda a, b: a ^ b,
    "Nat.shiftRight": lambda a, b: a >> b if b < a.bit_length() else 0,
    "Nat.beq": lambda a, b: a == b,
    "Nat.ble": lambda a, b: a <= b,
    "Nat.pow": lambda a, b: a**b if a < 2 or b * a.bit_length() <= _LARGEST else None,
    "Nat.shiftLeft": lambda a, b: a << b if b <= _LARGEST else None,
}
_UNARY: dict[str, Callable[[int], int]] = {
    "Nat.succ": lambda a: a + 1,
    "Nat.log2": lambda a: a.bit_length() - 1 if a else 0,
}
_COMPUTED = {x: (n, f) for n, table in ((1, _UNARY), (2, _BINARY)) for x, f in table.items()}
# Not computed before they are asked for: the last two may be large where nobody needs them.
_LATE = {"Nat.beq", "Nat.ble", "Nat.pow", "Nat.shiftLeft"}

# Two numbers combined bit by bit, from the lowest: while both have bits left, then the rest. A
# combination of two bits means V0, V1, V2, V3 at 00, 01, 10 and 11.
_BITWISE = """
    if true x y = x; if false x y = y;
    BIT false false = V0; BIT false true = V1; BIT true false = V2; BIT true true = V3;
    OP x y = rec2 (λn,m if (BIT false true) m 0)
      (λk,last2,n,m if (beq n 0) (if (BIT false true) m 0) (if (beq m 0) (if (BIT true false) n 0)
        (if (BIT (beq (mod n 2) 1) (beq (mod m 2) 1)) (succ (add HALF HALF)) (add HALF HALF))))
      x x y"""


def _bitwise(name: str, bit: str, values: str) -> Equations:
    words = {f"V{i}": FALSE if value == "0" else TRUE for i, value in enumerate(values)}
    words |= {"OP": written(name), "BIT": written(bit)}
    return equations(_BITWISE, **words, HALF=written("last2 (div n 2) (div m 2)"))


# For each operation what it is reduced to, earned before it, and what must hold by definition.
_LAWS = {
    "pred": "pred 0 = 0; pred (succ x) = x",
    "add": "add x 0 = x; add x (succ y) = succ (add x y)",
    "sub pred": "sub x 0 = x; sub x (succ y) = pred (sub x y)",
    "mul add": "mul x 0 = 0; mul x (succ y) = add (mul x y) x",
    "pow mul": "pow x 0 = 1; pow x (succ y) = mul (pow x y) x",
    "beq": """beq 0 0 = true; beq 0 (succ y) = false; beq (succ x) 0 = false;
        beq (succ x) (succ y) = beq x y""",
    "ble": "ble 0 y = true; ble (succ x) 0 = false; ble (succ x) (succ y) = ble x y",
    "shiftLeft mul": "shiftLeft x 0 = x; shiftLeft x (succ y) = shiftLeft (mul 2 x) y",
    "div add mul": "div x 0 = 0",
    "mod div": "",
    "shiftRight div": "shiftRight x 0 = x; shiftRight x (succ y) = div (shiftRight x y) 2",
    "gcd mod beq": """gcd x y = rec2 (λn,m m)
        (λk,last2,n,m case (last2 (mod m n) n) m (beq n 0)) x x y""",
    "log2 div ble": """log2 x = rec1 (λn 0)
        (λk,last1,n case 0 (succ (last1 (div n 2))) (ble 2 n)) x x""",
}
_EQUATIONS = {
    **{law.split()[0]: (law.split()[1:], equations(text)) for law, text in _LAWS.items()},
    "land": (["mod", "beq"], _bitwise("land", "Bool.and", "0001")),
    "lor": (["mod", "beq"], _bitwise("lor", "Bool.or", "0111")),
    "xor": (["mod", "beq"], _bitwise("xor", "λp,q cond Bool p (Bool.not q) q", "0110")),
}

# The constants that decide what is earned: where they are declared, the answer is the same.
_PAIRS = (pair for _, pairs in _EQUATIONS.values() for pair in pairs)
RELEVANT = (DIVISION, REMAINDER, "Eq", "Nat.le", *sorted(t.constants(chain(*_PAIRS))))


def earned(env: Environment) -> tuple[str, ...]:
    """The operations whose meaning is known in an environment.

    Raises:
        RefusedError: one is there and means something else.
    """
    kernel = Kernel(env)
    accelerate(kernel, ())  # nor is anything computed that another environment has earned
    found: list[str] = []
    for short, (needs, pairs) in _EQUATIONS.items():
        name = f"Nat.{short}"
        known = all(env[x] is not None for x in (name, *t.constants(chain(*pairs))))
        ready = known and {f"Nat.{x}" for x in needs} <= {*found}
        if not ready or (name == "Nat.div" and not _division(kernel, env)):
            continue
        require(kernel, pairs, f"{name} does not satisfy its recursion equations")
        found.append(name)
    return tuple(found)


def _division(kernel: Kernel, env: Environment) -> bool:
    """Whether the environment proves what determines quotient and remainder."""
    if env[DIVISION] is None or env[REMAINDER] is None:
        return False
    x, y = VARIABLES["x"], VARIABLES["y"]
    refl = bind(pi, [x], written("le x x"))
    step = bind(pi, [x, y], pi(written("le x y"), written("le x (succ y)")))
    order = pi(NAT, pi(NAT, PROP))
    kernel.require_family("Nat.le", "the order of natural numbers", order, refl=refl, step=step)
    kernel.require_equality()
    whole = written("same (add (mul y (div x y)) (mod x y)) x")
    smaller = pi(written("le 1 y"), written("le (succ (mod x y)) y"))
    for name, claim in ((DIVISION, whole), (REMAINDER, smaller)):
        theorem, statement = env[name], bind(pi, [x, y], claim)
        same = isinstance(theorem, c.Theorem) and kernel.same(theorem.type, statement)
        need(same, f"{name} does not say what determines division")
        need(not env.axioms(name), f"{name} rests on axioms")
    return True


def accelerate(kernel: Kernel, names: tuple[str, ...]) -> None:
    """Let a kernel compute these operations, and no others, on literals at once."""
    known = {"Nat.succ", *names}
    kernel.computed = {name: how for name, how in _COMPUTED.items() if name in known}
    kernel.unknown = frozenset(_BINARY) - known
    for name in _BINARY.keys() - _LATE:
        const(name).folds = _BINARY[name] if name in known else None
