"""Lean modules that hold packed matrices and prove the bounds of their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from lipbridge.emit.data.lean_matrix import LeanMatrix
from lipbridge.emit.data.packed import PackedRows
from lipbridge.emit.data.packing import PackedNorm, packed_certificate
from lipbridge.emit.data.sums import strip_values
from lipbridge.emit.lean.literals import literal, nested, rows_term
from lipbridge.emit.lean.printer import nat_literal
from lipbridge.emit.lean.render import render

# With one tile and no more source than this, one module holds everything.
_SMALL_BITS = 600_000
# Source of one data module: about two seconds of parsing.
_MODULE_BITS = 6_000_000


def matrix_modules(namespace: str, held: LeanMatrix) -> dict[str, str]:
    """Lean modules that hold a matrix and prove the bound of its certificate, in dependency order.

    The last module is ``<namespace>.Data.<name>``. It defines, in ``namespace``, ``<name> :
    PackedMatrix`` (so ``<name>.entry i j`` is an entry) and, with a certificate, ``<name>_T``,
    ``<name>_C``, ``<name>_certificate`` and the theorem ``<name>_norm : NormBound rows cols
    <name>.entry <name>_T <name>_C``. Large matrices are spread over several modules, none of
    which needs its neighbours, so that a build can run them side by side.

    Args:
        namespace: namespace and module prefix of the export.
        held: the matrix.

    Raises:
        ExportError: the certificate is for another matrix.
    """
    name, matrix, packed = held.name, held.matrix, held.packed
    witness = (
        None
        if held.certificate is None
        else packed_certificate(held.certificate, packed, gained=held.gained)
    )
    module = f"{namespace}.Data.{name}"
    parts = [(f"{name}_rows", f"rows of `{name}`", packed.data)]
    if witness is not None:
        parts += [
            (f"{name}_factor{i}_rows", f"rows of the factor of `{name}`, part {i}", rows)
            for i, rows in enumerate(witness.factor)
        ]
    ranges = () if witness is None else witness.tiles
    bits = sum(rows.bits for _, _, rows in parts)
    small = len(ranges) <= 1 and bits <= _SMALL_BITS
    # Both cores should have data to parse.
    capacity = bits if small else min(_MODULE_BITS, bits * 5 // 8)
    long = witness is not None and bool(witness.parts)
    blocks, joined = _blocks(parts[1:] if long else parts, capacity)
    values: dict[str, object] = {
        "namespace": namespace,
        "what": f"{held.source or matrix.name}, {matrix.rows}×{matrix.cols}",
        "name": name,
        "matrix": packed,
        "denominator": nat_literal(matrix.denominator),
        "certificate": witness,
        "data": blocks if small else [],
        "joined": joined,
        "nat": literal,
        "tiles": ranges,
    }

    def page(stage: str, imports: Sequence[str], tile: int = 0) -> str:
        return render("matrix.lean.jinja", stage=stage, imports=imports, tile_index=tile, **values)

    if witness is not None and long:
        return _long_modules(module, name, witness, values, blocks)
    if small:
        return {module: page("all", ())}
    data = [
        (f"{module}.Data{i}", render("matrix_rows.lean.jinja", **values, blocks=group))
        for i, group in enumerate(_bins(blocks, capacity))
    ]
    head = (f"{module}.Matrix", page("head", [name for name, _ in data]))
    checks = [(f"{module}.Tile{i}", page("tile", [head[0]], i)) for i in range(len(ranges))]
    bound = (module, page("bound", [name for name, _ in checks] or [head[0]]))
    return dict([*data, head, *checks, bound])


def _long_modules(
    module: str,
    name: str,
    witness: PackedNorm,
    values: dict[str, object],
    blocks: Sequence[_Block],
) -> dict[str, str]:
    """Each part of a long matrix with its sums and their check; then all the rest."""
    modules: dict[str, str] = {}
    strips: list[dict[str, Any]] = []
    for i, part in enumerate(witness.parts):
        above = f"{module}.Part{i}"
        strips = strip_values(witness, part.columns, part.rows.size)
        # A strip a module, where there are several: none needs its neighbours.
        whole = strips if len(strips) == 1 else []
        page = partial(render, "matrix_part.lean.jinja", **values, index=i, rows=part.rows.tree)
        modules[above] = page(stage="rows", strips=whole)
        if not whole:
            for strip in strips:
                name_of = f"{above}.Columns{strip['index']}"
                modules[name_of] = page(stage="columns", above=above, strips=[strip])
    names = [f"{name}_part{i}" for i in range(len(witness.parts))]
    joined = _Block(f"{name}_rows", f"rows of `{name}`", rows_term(names), 0)
    sums = [
        {
            **strip,
            "dots": nested(
                "Nat.add", [f"(Rows.get {p}_dots{j} (Nat.sub c {strip['chunk']}))" for p in names]
            ),
            "wide": nested("Nat.add", [f"{part}_wide{j}" for part in names]),
            "proof": nested("Columns.node", [f"(Columns.check {part}_sums{j})" for part in names]),
        }
        for j, strip in enumerate(strips)
    ]
    last = render(
        "matrix.lean.jinja",
        **{**values, "data": [*blocks, joined]},
        stage="all",
        imports=list(modules),
        sums=sums,
    )
    return modules | {module: last}


@dataclass(frozen=True)
class _Block:
    """A constant that holds rows.

    Attributes:
        name: its Lean name.
        meaning: what the rows are.
        term: the Lean term.
        bits: length of the numbers.
    """

    name: str
    meaning: str
    term: str
    bits: int


def _blocks(
    parts: Sequence[tuple[str, str, PackedRows]], capacity: int
) -> tuple[list[_Block], list[_Block]]:
    """Constants for the rows of each part, cut to the capacity, and those that join the pieces."""
    blocks: list[_Block] = []
    joined: list[_Block] = []
    for constant, meaning, rows in parts:
        pieces = rows.pieces(-(-rows.bits // capacity))
        names = [constant] if len(pieces) == 1 else [f"{constant}_{i}" for i in range(len(pieces))]
        blocks += [
            _Block(piece_name, meaning, piece.tree, piece.bits)
            for piece_name, piece in zip(names, pieces, strict=True)
        ]
        if len(pieces) > 1:
            joined.append(_Block(constant, meaning, rows_term(names), 0))
    return blocks, joined


def _bins(blocks: Sequence[_Block], capacity: int) -> list[list[_Block]]:
    """Group blocks, in order, up to the capacity."""
    bins: list[list[_Block]] = []
    room = 0
    for block in blocks:
        if block.bits > room:
            bins.append([])
            room = capacity
        bins[-1].append(block)
        room -= block.bits
    return bins
