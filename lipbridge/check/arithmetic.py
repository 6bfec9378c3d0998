"""Trying the kernel's arithmetic: proofs here multiply very large numbers, which GMP does."""

from __future__ import annotations

import random

import flint

from lipbridge.emit.lean.literals import literal

# Sizes at which GMP changes its algorithm lie below; larger numbers cost time in every check.
_LARGEST_BITS = 1 << 20
# Powers take a few characters where literals take their size; Lean's elaborator refuses above 256.
_EXPONENT = 128
_MODULUS_BITS = 256


def arithmetic_lines(bits: int) -> list[str]:
    """Lean theorems about a product, a quotient and a remainder of powers of random numbers.

    Results are compared modulo a random number of 256 bits, shorter ones so completely.

    Args:
        bits: size of the factors; also tried are the square root of it and 64 bits.

    Returns:
        Lines of a module that imports the core alone; the results are python-flint's.
    """
    chance = random.SystemRandom()
    lines: list[str] = []
    largest = min(max(bits, 64), _LARGEST_BITS)
    for index, size in enumerate(dict.fromkeys((64, 8 * int(largest**0.5), largest))):
        name = f"lipbridge_arithmetic_{index}"
        exponent = max(1, min(_EXPONENT, size // 128))
        n = size // exponent
        bases = [chance.getrandbits(k) | 1 << (k - 1) for k in (n, n // 2 + 1)]
        # The remainder, so smaller than what is divided by.
        bases.append(chance.randrange(bases[1]))
        lines += [
            f"def {name}_{letter} : Nat := Nat.pow {literal(base)} {exponent}"
            for letter, base in zip("xyr", bases, strict=True)
        ]
        lines += [
            f"def {name}_z : Nat := Nat.mul {name}_x {name}_y",
            f"def {name}_s : Nat := Nat.add {name}_z {name}_r",
        ]
        x, y, r = (flint.fmpz(base) ** exponent for base in bases)
        modulus = chance.getrandbits(_MODULUS_BITS) | 1 << (_MODULUS_BITS - 1)
        lines += [
            f"theorem {name}_{word} : Eq (Nat.beq (Nat.mod ({term}) {literal(modulus)}) "
            f"{literal(int(value) % modulus)}) true := Eq.refl true"
            for word, term, value in (
                ("mul", f"{name}_z", x * y),
                ("div", f"Nat.div {name}_s {name}_y", x),
                ("mod", f"Nat.mod {name}_s {name}_y", r),
            )
        ]
    return lines
