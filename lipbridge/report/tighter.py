"""Tighter bounds in a report: rescaled hidden units, and what an export's Lean source states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from lipbridge.certify import root_up
from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.network.tighter import TighterContext
from lipbridge.errors import NotProvedError
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.rounding import float_up
from lipbridge.report.readback import Constants
from lipbridge.report.records import Alternative, Scores
from lipbridge.symbolic import LayerConstant
from lipbridge.tighten.pieces import Piece
from lipbridge.tighten.rescale import RescaledChain
from lipbridge.tighten.tighten import chain_square, piece_square

__all__ = ["Proved", "read_proved", "rescaled_alternative"]

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MEANING = "D₁, D₂, …: positive diagonal matrices that scale hidden units and change no value"


@dataclass(frozen=True)
class Proved:
    """What the module of tighter constants of an export states.

    Attributes:
        constants: ``merged`` or ``rescaled`` → N/D, read from the Lean source.
        scores: the constants of single scores and pairs, where it has them.
        assurance: what they are worth.
    """

    constants: Mapping[str, Fraction]
    scores: Scores | None
    assurance: Assurance


def read_proved(
    tighter: TighterContext, constants: Constants, folder: Path, assurance: Assurance
) -> Proved:
    """Read the constants of tighter theorems back out of the Lean source.

    Args:
        tighter: made anew from the export's certificates.
        constants: the natural-number definitions of the export's modules.
        folder: the export.
        assurance: what its theorems are worth.

    Raises:
        NotProvedError: a constant is not what the certificates give.
    """
    found: dict[str, Fraction] = {}
    for bound in tighter.bounds:
        n, d, p, q = (constants.value(f"{bound.name}_{letter}") for letter in "NDPQ")
        if Fraction(p, q) != bound.square:
            raise NotProvedError(
                f"the Lean source states the squared constant {p}/{q} for {bound.name}, "
                f"but {bound.square} follows from the certificates"
            )
        if p * d * d > n * n * q:
            raise NotProvedError(f"{bound.name}: {n}/{d} is below the root of {p}/{q}")
        found[bound.way] = Fraction(n, d)
    return Proved(found, _scores(tighter, constants, folder, assurance), assurance)


def _scores(
    tighter: TighterContext, constants: Constants, folder: Path, assurance: Assurance
) -> Scores | None:
    if tighter.scores is None:
        return None
    tables = tighter.scores.tables
    for table in (tables.scores, tables.pairs):
        context = tighter.network
        source = next(m.source for m in tighter.matrices if m.name == table.name)
        for module, text in matrix_modules(context.namespace, table.name, table, source=source):
            path = folder / (module.replace(".", "/") + ".lean")
            if path.read_text("utf-8") != text:
                raise NotProvedError(f"{path} does not hold the constants that were derived")
    d = constants.value(f"{tighter.network.body.name}_scores_D")
    uppers = tuple(float_up(Fraction(n, d)) for n in tables.scores.integers()[0])
    pair = max(n for row in tables.pairs.integers() for n in row)
    return Scores(uppers, float_up(Fraction(pair, d)), assurance)


def rescaled_alternative(
    pieces: Sequence[Piece],
    chains: Mapping[int, tuple[int, RescaledChain]],
    constants: Sequence[LayerConstant],
    layers: Mapping[str, Fraction],
    matrices: Mapping[str, Fraction],
    assurance: Assurance,
) -> Alternative:
    """The bound of a network whose chains are rescaled.

    Args:
        pieces: the body, cut.
        chains: start → (stop, rescaled chain).
        constants: symbolic constants of the body's layers.
        layers: squared constants of the body's layers, by name.
        matrices: squared norms of the merged and the rescaled matrices, by name.
        assurance: what they are worth.
    """
    known = {constant.name: constant for constant in constants}
    total, words, index, letter = Fraction(1), list[str](), 0, 0
    while index < len(pieces):
        piece = pieces[index]
        if index in chains:
            stop, chain = chains[index]
            total *= chain_square(chain, matrices)
            maps = [p for p in pieces[index:stop] if p.affine]
            words += _factors(maps, letter)
            letter += len(maps) - 1
            index = stop
            continue
        total *= piece_square(piece, layers, matrices)
        expression = known[piece.name].expression
        if piece.affine:
            words.append(f"σ({_matrix(piece)})")
        elif expression != 1:
            words.append(str(expression))
        index += 1
    constant = root_up(total)
    exact = constant if assurance.rank >= Assurance.EXACT.rank else None
    text = "*".join(words)
    return Alternative("rescaled", text, _MEANING, float_up(constant), exact, assurance)


def _factors(maps: Sequence[Piece], letter: int) -> list[str]:
    """``σ(D₁·a)``, ``σ(D₂·b·D₁⁻¹)``, …, ``σ(c·D₂⁻¹)``."""
    last = len(maps) - 1
    words: list[str] = []
    for index, piece in enumerate(maps):
        left = f"{_diagonal(letter + index + 1)}·" if index < last else ""
        right = f"·{_diagonal(letter + index)}⁻¹" if index else ""
        words.append(f"σ({left}{_matrix(piece)}{right})")
    return words


def _diagonal(index: int) -> str:
    return "D" + str(index).translate(_SUBSCRIPTS)


def _matrix(piece: Piece) -> str:
    return "·".join(layer.name for layer in reversed(piece.layers))
