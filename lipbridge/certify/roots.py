"""Square roots of fractions, rounded up, in integers alone."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.layers.magnitude import ceil_root

# N ≥ 2^32 makes the rounding of N a relative loss below 2^-31 < 5e-10.
_NUMERATOR_BITS = 32


def sqrt_upper(
    p: int,
    q: int,
    *,
    numerator_bits: int = _NUMERATOR_BITS,
) -> tuple[int, int]:
    """Bound √(p/q) from above by N/D, D a power of two and N the least integer that will do.

    N²·q ≥ p·D² holds exactly, and (N/D)/√(p/q) − 1 < 2^(1 − numerator_bits), 5e-10 by default.
    Common factors of two are cancelled, so that √(9/4) is 3/2.

    Args:
        p: numerator, ≥ 0.
        q: denominator, > 0.
        numerator_bits: N is made to have about this many bits, before cancelling.

    Returns:
        (N, D); (0, 1) when p = 0.

    Raises:
        ValueError: p < 0 or q ≤ 0.

    Source: N = ⌈√(p·D²/q)⌉; the Lean condition is that of ``LipschitzOn.ofSq``.
    """
    if p < 0 or q <= 0:
        raise ValueError(f"√({p}/{q}) has no upper bound of this form")
    if p == 0:
        return 0, 1
    # p/q > 2^(bits p − bits q − 1), so this many bits in D give N ≥ 2^numerator_bits.
    bits = max(0, (2 * numerator_bits + q.bit_length() - p.bit_length() + 2) // 2)
    n = ceil_root(-((-p << 2 * bits) // q))
    common = min(bits, (n & -n).bit_length() - 1)
    return n >> common, 1 << (bits - common)


def root_up(square: Fraction) -> Fraction:
    """A fraction not below the square root, relative excess at most 5e-10."""
    return Fraction(*sqrt_upper(square.numerator, square.denominator))
