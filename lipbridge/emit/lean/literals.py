"""Large natural numbers as Lean source that parses and elaborates fast.

The compiler takes about as long for a digit in literals of 480 to 1920 hexadecimal digits, more in
longer ones; a fixed time for each literal, and to join two as long as for 500 digits (measured).
"""

from __future__ import annotations

from collections.abc import Sequence

_PIECE_BITS = 3840
_SHORT_ROW_BITS = 320
# Longer literals are raw: the compiler prints a numeral in decimal to look for its type's instance.
_NUMERAL_BITS = 640
# Rows in a leaf of a tree.
LEAF = 8
# The largest exponent that the elaborator computes; it would take a larger one apart step by step.
_EXPONENT = 256


def power(exponent: int) -> str:
    """2 to an exponent, out of powers that the elaborator computes."""
    if exponent <= _EXPONENT:
        return f"(Nat.pow 2 {exponent})"
    times, rest = divmod(exponent, _EXPONENT)
    whole = f"(Nat.pow (Nat.pow 2 {_EXPONENT}) {times})"
    return f"(Nat.mul {whole} (Nat.pow 2 {rest}))" if rest else whole


def literal(value: int) -> str:
    """A natural number: decimal if short, hexadecimal if long, cut in pieces if very long."""
    if value.bit_length() <= 64:
        return str(value)
    if value & (value - 1) == 0:
        return power(value.bit_length() - 1)
    if value.bit_length() <= _NUMERAL_BITS:
        return hex(value)
    if value.bit_length() <= 2 * _PIECE_BITS:
        return f"(nat_lit {hex(value)})"
    pieces = -(-value.bit_length() // _PIECE_BITS)
    low = _PIECE_BITS * (pieces // 2)
    rest = literal(value & ((1 << low) - 1))
    return f"(Nat.add {rest} (Nat.shiftLeft {literal(value >> low)} (nat_lit {low})))"


def row_terms(numbers: Sequence[int], row_bits: int) -> list[str]:
    """Leaves of a ``Rows`` tree: eight rows each, then one by one.

    Short rows share a literal: ``Rows.cut s x`` cuts x into eight rows of s bits.
    """
    terms: list[str] = []
    full = len(numbers) // LEAF * LEAF
    for start in range(0, full, LEAF):
        rows = numbers[start : start + LEAF]
        if row_bits <= _SHORT_ROW_BITS:
            joined = sum(row << row_bits * i for i, row in enumerate(rows))
            terms.append(f"(Rows.cut {row_bits} {literal(joined)})")
        else:
            terms.append("(Rows.eight\n  " + "\n  ".join(map(long_literal, rows)) + ")")
    terms += [f"(Rows.one {long_literal(row)})" for row in numbers[full:]]
    return terms


def long_literal(value: int) -> str:
    """Its pieces, four by four, are the arguments of one function, which elaborates fast."""
    bits = _PIECE_BITS
    if value.bit_length() <= 2 * bits:
        return literal(value)
    while value.bit_length() > 4 * bits:
        bits *= 4
    quarters = [long_literal(value >> bits * i & ((1 << bits) - 1)) for i in range(4)]
    return f"(pieces (nat_lit {bits}) {' '.join(quarters)})"


def rows_term(leaves: Sequence[str]) -> str:
    """The balanced tree over the leaves."""
    return nested("Rows.node", leaves)


def shape_term(size: int) -> str:
    """The ``Shape`` of ``size`` digits: leaves of eight, then of one, balanced."""
    leaves = ["Shape.eight"] * (size // LEAF) + ["Shape.one"] * (size % LEAF)
    return nested("Shape.node", leaves)


def nested(node: str, leaves: Sequence[str]) -> str:
    """A balanced tree of applications of ``node``."""
    if len(leaves) == 1:
        return leaves[0]
    half = (len(leaves) + 1) // 2
    return f"({node} {nested(node, leaves[:half])}\n {nested(node, leaves[half:])})"
