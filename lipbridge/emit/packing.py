"""Packing matrices and certificates into the few large numbers that the Lean kernel checks.

Entry p of a row is digit p in base 2^width of one natural number, plus a bias: the layout of
``LipBridge.PackedMatrix`` and ``LipBridge.SpectralCertificate``, whose checker works on whole rows
at once. Nothing here is trusted: the kernel computes from the printed numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.literals import literal, row_terms, rows_term, shape_term
from lipbridge.emit.printer import nat_literal
from lipbridge.errors import ExportError
from lipbridge.spec.tensor import ExactMatrix

__all__ = [
    "PackedCertificate",
    "PackedMatrix",
    "PackedRows",
    "matrix_modules",
    "packed_certificate",
    "packed_matrix",
]

_LEAF = 8

# Kernel memory for one theorem: every intermediate number stays cached until it is checked.
_TILE_BYTES = 700_000_000
# Below this many products, and this much source, one module holds everything.
_SMALL_PRODUCTS = 40_000
_SMALL_BITS = 600_000
# Source of one data module: about two seconds of parsing.
_MODULE_BITS = 6_000_000


@dataclass(frozen=True)
class PackedRows:
    """Rows of integers, one natural number each: entry = digit − bias.

    Attributes:
        size: digits of a row.
        width: bits of a digit.
        bias: what is taken off a digit, 2^(width−1).
        numbers: Σ_p (entry_p + bias)·2^(width·p), row by row.
    """

    size: int
    width: int
    bias: int
    numbers: tuple[int, ...]

    def entry(self, row: int, place: int) -> int:
        """Entry ``place`` of a row, read back as the kernel reads it."""
        return (self.numbers[row] >> self.width * place) % (1 << self.width) - self.bias


@dataclass(frozen=True)
class PackedMatrix:
    """An integer matrix as ``LipBridge.PackedMatrix`` holds it.

    Attributes:
        rows: rows of the matrix.
        cols: columns of the matrix.
        transposed: whether ``data`` holds its columns.
        data: the packed rows, or columns.
    """

    rows: int
    cols: int
    transposed: bool
    data: PackedRows

    def entry(self, row: int, col: int) -> int:
        """Entry W_ij of the integer matrix. Source: Lean ``PackedMatrix.entry``."""
        return self.data.entry(col, row) if self.transposed else self.data.entry(row, col)


@dataclass(frozen=True)
class PackedCertificate:
    """A certificate as ``LipBridge.SpectralCertificate`` holds it.

    Attributes:
        scale: C = c², the weight of the matrix.
        bound: T; C·‖Wx‖² ≤ T·‖x‖².
        slack: d.
        error: ε.
        base: bits of a digit of a packed Gram row.
        weight: e², the weight of the factor L.
        factor: the packed rows of L, in groups: rows that vanish from some place on are shorter.
        tiles: ranges [start, stop) of Gram rows, one theorem each.
    """

    scale: int
    bound: int
    slack: int
    error: int
    base: int
    weight: int
    factor: tuple[PackedRows, ...]
    tiles: tuple[tuple[int, int], ...]


def pack_rows(rows: Sequence[Sequence[int]]) -> PackedRows:
    """Pack rows of equal length with the least width that holds every entry."""
    width = 1 + max(
        (max(row, default=0).bit_length() for row in rows),
        default=0,
    )
    lowest = min((min(row, default=0) for row in rows), default=0)
    width = max(width, 1 + (-lowest - 1).bit_length() if lowest < 0 else 1)
    bias = 1 << (width - 1)
    numbers = tuple(_join([entry + bias for entry in row], width) for row in rows)
    return PackedRows(len(rows[0]) if rows else 0, width, bias, numbers)


def _join(digits: Iterable[int], width: int) -> int:
    """Σ_p digit_p·2^(width·p), by halves."""
    level = list(digits)
    while len(level) > 1:
        if len(level) % 2:
            level.append(0)
        level = [low | high << width for low, high in zip(level[::2], level[1::2], strict=True)]
        width *= 2
    return level[0] if level else 0


def packed_matrix(matrix: ExactMatrix, *, transposed: bool = False) -> PackedMatrix:
    """Pack the numerators of a matrix, row by row or column by column.

    Args:
        matrix: the exact matrix.
        transposed: pack its columns.
    """
    source = matrix.transpose() if transposed else matrix
    return PackedMatrix(matrix.rows, matrix.cols, transposed, pack_rows(source.integers()))


def packed_certificate(certificate: SpectralCertificate, matrix: PackedMatrix) -> PackedCertificate:
    """Pack a certificate for a packed matrix, with the least base in which no digit overflows.

    Args:
        certificate: a certificate that replays.
        matrix: the matrix, packed by columns exactly if the certificate is for Wᵀ.

    Raises:
        ExportError: the two do not belong together.

    Source: Lean ``widthCheck``.
    """
    shape = (certificate.rows, certificate.cols, certificate.transpose)
    if shape != (matrix.rows, matrix.cols, matrix.transposed):
        raise ExportError(
            f"tensor {certificate.tensor!r}: the certificate is for a matrix of another shape; "
            "certify again"
        )
    ends = _tile_ends(matrix.data, len(certificate.L))
    factor = tuple(_groups(certificate.L, ends))
    scale, weight = certificate.c**2, certificate.e**2
    stacks = ((scale, matrix.data), *((weight, rows) for rows in factor))
    plus = sum(s * len(r.numbers) * (4**r.width + r.bias**2) for s, r in stacks)
    minus = sum(s * r.bias * 2 * len(r.numbers) << r.width for s, r in stacks)
    largest = max(
        plus + 2 * certificate.epsilon,
        certificate.T - certificate.d + minus + certificate.epsilon,
        *(len(r.numbers) << r.width for _, r in stacks),
    )
    return PackedCertificate(
        scale=scale,
        bound=certificate.T,
        slack=certificate.d,
        error=certificate.epsilon,
        base=largest.bit_length(),
        weight=weight,
        factor=factor,
        tiles=tuple(pairwise((0, *ends))),
    )


def _tile_ends(data: PackedRows, factor_rows: int) -> list[int]:
    """Where the ranges of Gram rows end that get one theorem each, bounded in kernel memory."""
    size = data.size
    products = size * (len(data.numbers) + factor_rows)
    # A digit of a packed Gram row has a little more than two digits of the matrix.
    row_bytes = size * (2 * data.width + 24) // 8
    wanted = 2 * products * row_bytes // _TILE_BYTES + 1
    if products > _SMALL_PRODUCTS:
        wanted = max(2, wanted)
    count = min(wanted, -(-size // _LEAF))
    # Early tiles have fewer columns, so they may have more rows.
    cuts = {min(size, -(-round(size * (i / count) ** 0.75) // _LEAF) * _LEAF) for i in range(count)}
    return sorted((cuts | {size}) - {0})


def _groups(rows: Sequence[Sequence[int]], ends: Sequence[int]) -> Iterable[PackedRows]:
    """Group rows by the first end at or past their last entry that is not 0."""
    groups: dict[int, list[Sequence[int]]] = {}
    for row in rows:
        last = max((i + 1 for i, entry in enumerate(row) if entry), default=0)
        end = next(end for end in ends if end >= last)
        groups.setdefault(end, []).append(row[:end])
    for end in sorted(groups):
        yield pack_rows(groups[end])


def matrix_modules(
    namespace: str,
    name: str,
    matrix: ExactMatrix,
    certificate: SpectralCertificate | None = None,
    *,
    stubs: bool = False,
    source: str = "",
) -> list[tuple[str, str]]:
    """Lean modules that hold a matrix and prove the bound of its certificate.

    The last module is ``<namespace>.Data.<name>``. It defines, in ``namespace``, ``<name> :
    PackedMatrix`` (so ``<name>.entry i j`` is an entry) and, with a certificate, ``<name>_T``,
    ``<name>_C``, ``<name>_certificate`` and the theorem ``<name>_norm : NormBound rows cols
    <name>.entry <name>_T <name>_C``. Large matrices are spread over several modules, none of
    which needs its neighbours, so that a build can run them side by side.

    Args:
        namespace: namespace and module prefix of the export.
        name: Lean identifier of the matrix.
        matrix: the exact matrix; its numerators are packed.
        certificate: its certificate; without one there is data only.
        stubs: write ``sorry`` for every proof.
        source: where the matrix comes from, for docstrings.

    Returns:
        (module name, source) in dependency order.

    Raises:
        ExportError: the certificate is for another matrix.
    """
    from lipbridge.emit.render import render

    packed = packed_matrix(matrix, transposed=certificate is not None and certificate.transpose)
    witness = None if certificate is None else packed_certificate(certificate, packed)
    module = f"{namespace}.Data.{name}"
    what = f"{source or matrix.name}, {matrix.rows}×{matrix.cols}"
    parts = [(f"{name}_rows", f"rows of `{name}`", packed.data)]
    if witness is not None:
        parts += [
            (f"{name}_factor{i}_rows", f"rows of the factor of `{name}`, part {i}", rows)
            for i, rows in enumerate(witness.factor)
        ]
    ranges = () if witness is None else witness.tiles
    small = len(ranges) <= 1 and sum(_bits(rows) for _, _, rows in parts) <= _SMALL_BITS

    modules: list[tuple[str, str]] = []
    data: list[dict[str, str]] = []
    joined: list[dict[str, str]] = []
    for constant, meaning, rows in parts:
        pieces = [rows] if small else _pieces(rows)
        names = [constant] if len(pieces) == 1 else [f"{constant}_{i}" for i in range(len(pieces))]
        for piece_name, piece in zip(names, pieces, strict=True):
            block = {
                "name": piece_name,
                "meaning": meaning,
                "term": rows_term(row_terms(piece.numbers, piece.size * piece.width)),
            }
            if small:
                data.append(block)
                continue
            piece_module = f"{module}.{_camel(piece_name.removeprefix(name))}"
            modules.append(
                (
                    piece_module,
                    render("matrix_rows.lean.jinja", namespace=namespace, what=what, block=block),
                )
            )
        if len(pieces) > 1:
            joined.append({"name": constant, "meaning": meaning, "term": _tree(names)})

    definitions = {
        "namespace": namespace,
        "what": what,
        "name": name,
        "matrix": packed,
        "denominator": nat_literal(matrix.denominator),
        "certificate": witness,
        "data": data,
        "joined": joined,
        "nat": literal,
        "tiles": [
            {
                "name": f"{name}_tile{i}",
                "start": start,
                "count": stop - start,
                "shape": shape_term(stop),
            }
            for i, (start, stop) in enumerate(ranges)
        ],
        "stubs": stubs,
    }
    row_modules = [m for m, _ in modules]
    if small:
        return [(module, render("matrix.lean.jinja", imports=(), stage="all", **definitions))]
    head = f"{module}.Matrix"
    modules.append(
        (head, render("matrix.lean.jinja", imports=row_modules, stage="head", **definitions))
    )
    tile_modules: list[str] = []
    for i in range(len(ranges)):
        tile_modules.append(f"{module}.Tile{i}")
        modules.append(
            (
                tile_modules[-1],
                render(
                    "matrix.lean.jinja", imports=[head], stage="tile", tile_index=i, **definitions
                ),
            )
        )
    modules.append(
        (
            module,
            render(
                "matrix.lean.jinja",
                imports=tile_modules or [head],
                stage="bound",
                **definitions,
            ),
        )
    )
    return modules


def _bits(rows: PackedRows) -> int:
    return len(rows.numbers) * rows.size * rows.width


def _pieces(rows: PackedRows) -> list[PackedRows]:
    """Cut rows into modules of bounded source; at least two where parsing takes a while."""
    count = -(-_bits(rows) // _MODULE_BITS)
    if _bits(rows) > _SMALL_BITS:
        count = max(2, count)
    count = min(max(count, 1), len(rows.numbers))
    total = len(rows.numbers)
    # Multiples of eight keep the leaves of the tree full.
    ends = sorted({min(total, -(-total * i // count // 8) * 8) for i in range(count)} | {total})
    return [
        PackedRows(rows.size, rows.width, rows.bias, rows.numbers[start:stop])
        for start, stop in pairwise(ends)
    ]


def _tree(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    half = (len(names) + 1) // 2
    return f"(Rows.node {_tree(names[:half])} {_tree(names[half:])})"


def _camel(text: str) -> str:
    return "".join(part.capitalize() for part in text.split("_"))
