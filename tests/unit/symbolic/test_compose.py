from __future__ import annotations

from fractions import Fraction

import sympy

from lipbridge.language import parse
from lipbridge.symbolic import branch_square, derive

MLP = (
    'network mlp input 4 linear 4 weight="a" relu linear 4 weight="b" relu '
    'linear 4 weight="c" relu {last}'
)


def test_three_layers_and_a_projection_give_sigma_cubed() -> None:
    bound = derive(parse(MLP.format(last='dot 1 keys="k"')))
    sigma = sympy.Symbol("σ", nonnegative=True)
    assert bound.uniform(sigma, projection=True) == sigma**3
    assert bound.uniform(sigma, projection=False) == sigma**4


def test_symbols_and_their_meanings() -> None:
    bound = derive(
        parse('network n input 16 x 8 linear 4 weight="w" mean_pool scale 3/2 s: dot 1 keys="k"')
    )
    assert bound.text == "σ₁*‖k‖*c/sqrt(b)"
    meanings = bound.to_json()["symbols"]
    assert meanings == {
        "σ₁": "spectral norm of linear1.weight (4×8)",
        "‖k‖": "Euclidean norm of s.keys (1×4)",
        "b": "16",
        "c": "3/2",
    }
    assert "\\sqrt{b}" in bound.latex


def test_one_tensor_used_twice_is_one_symbol() -> None:
    bound = derive(parse('network n input 4 linear 4 weight="w" relu linear 4 weight="w"'))
    (norm,) = bound.norms
    assert bound.expression == norm.symbol**2


def test_values_and_squares_agree() -> None:
    network = parse(
        'network n input 4 x 8 linear 3 weight="w" mean_pool leaky_relu 1/10 scale -5/2'
    )
    bound = derive(network)
    (norm,) = bound.norms
    known = {s: sympy.Rational(v.numerator, v.denominator) for s, v in bound.numbers.items()}
    value = bound.expression.subs({norm.symbol: sympy.sqrt(7), **known})
    square = branch_square(network.body, lambda _: Fraction(7), lambda x: x).square
    assert sympy.simplify(value**2 - sympy.Rational(square.numerator, square.denominator)) == 0
    assert square == Fraction(7, 4) * Fraction(25, 4)


def test_huge_norms_take_no_root() -> None:
    """A 4000-bit square must not be factored."""
    network = parse('network n input 2 linear 2 weight="w" linear 2 weight="v"')
    big = Fraction(3**2500 + 2, 5**1000)
    square = branch_square(network.body, lambda _: big, lambda x: x).square
    assert square == big * big
