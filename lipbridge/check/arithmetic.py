"""Trying the kernel's arithmetic: proofs here multiply very large numbers, which GMP does."""

from __future__ import annotations

import random

import flint

from lipbridge.emit.lean.literals import literal

__all__ = ["arithmetic_lines"]

# Sizes at which GMP changes its algorithm lie below; larger literals cost a second of parsing.
_LARGEST_BITS = 1 << 20


def arithmetic_lines(bits: int) -> list[str]:
    """Lean theorems about a product, a quotient and a remainder of random numbers.

    Args:
        bits: size of the factors; also tried are the square root of it and 64 bits.

    Returns:
        Lines of a module that imports the core alone; the results are python-flint's.
    """
    chance = random.SystemRandom()
    lines: list[str] = []
    largest = min(max(bits, 64), _LARGEST_BITS)
    for index, size in enumerate(dict.fromkeys((64, 8 * int(largest**0.5), largest))):
        x, y = (flint.fmpz(chance.getrandbits(n) | 1 << (n - 1)) for n in (size, size // 2 + 1))
        r = flint.fmpz(chance.randrange(int(y)))
        z = x * y
        name = f"lipbridge_arithmetic_{index}"
        lines += [
            f"def {name}_{letter} : Nat := {literal(int(value))}"
            for letter, value in (("x", x), ("y", y), ("z", z), ("r", r))
        ]
        sum_ = f"(Nat.add {name}_z {name}_r)"
        lines += [
            f"theorem {name}_{word} : Eq (Nat.beq ({left}) {name}_{right}) true := Eq.refl true"
            for word, left, right in (
                ("mul", f"Nat.mul {name}_x {name}_y", "z"),
                ("div", f"Nat.div {sum_} {name}_y", "x"),
                ("mod", f"Nat.mod {sum_} {name}_y", "r"),
            )
        ]
    return lines
