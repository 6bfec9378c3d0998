"""Square roots of fractions, rounded up, in integers alone."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.magnitude import ceil_root

# N ≥ 2^32 makes the rounding of N a relative loss below 2^-31 < 5e-10.
_NUMERATOR_BITS = 32


def root_up(square: Fraction) -> Fraction:
    """Bound √(p/q) from above by N/D, D a power of two and N the least integer that will do.

    N²·q ≥ p·D² holds exactly, and (N/D)/√(p/q) − 1 < 5e-10; √(9/4) is 3/2.

    Args:
        square: p/q ≥ 0.

    Source: N = ⌈√(p·D²/q)⌉; the Lean condition is that of ``LipschitzOn.ofSq``.
    """
    p, q = square.as_integer_ratio()
    # p/q > 2^(bits p − bits q − 1), so this many bits in D give N ≥ 2^32.
    bits = max(0, (2 * _NUMERATOR_BITS + q.bit_length() - p.bit_length() + 2) // 2)
    return Fraction(ceil_root(square * 4**bits), 1 << bits)
