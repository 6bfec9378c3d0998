"""Lean modules that hold certificates of single scores and of differences of two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from lipbridge.emit.data.packed import packed_matrix
from lipbridge.emit.data.packing import PackedBounds, packed_bounds
from lipbridge.emit.data.sums import strip_values
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.render import render
from lipbridge.tighten.rows import RowBound, RowLayer, row_name
from lipbridge.tighten.segments.rescale import UNIT

# Numbers of one module: more rows go to the next.
_MODULE_BITS = 1_000_000


def row_modules(
    namespace: str,
    network: str,
    layer: RowLayer,
    bounds: Mapping[tuple[int, int], RowBound],
    *,
    hidden: str,
    last: str,
) -> dict[str, str]:
    """The modules of the certificates of rows, by name, in dependency order.

    For each row a module defines ``<name>_certificate`` and proves ``<name>_checked`` and
    ``<name>_check``; none needs its neighbours. ``<namespace>.Data.<network>_rows`` imports all.
    The sums of the hidden layer's matrix, which they need, are before them, in a module for each
    strip of columns where there are several.

    Args:
        namespace: namespace and module prefix of the export.
        network: the network's name.
        layer: the hidden layer and the scores' linear map.
        bounds: the rows by their places.
        hidden: Lean name of the hidden layer's matrix, by columns.
        last: Lean name of the scores' matrix.

    Source: Lean ``LipBridge.RowCertificate``.
    """
    matrix = packed_matrix(layer.hidden, transposed=True)
    packed = packed_bounds(matrix, [(bound, layer.row(p)) for p, bound in bounds.items()])
    sums, data = f"{network}_row_sums", f"{namespace}.Data"
    page = partial(render, namespace=namespace, hidden=hidden, packed=packed, nat=literal)
    imports = ["LipBridge.Layers.TighterKernelOnly", f"{data}.{hidden}"]
    sums_page = partial(page, "row_sums.lean.jinja", name=sums)
    modules = _sums(f"{data}.{sums}", sums_page, packed, imports)
    groups: list[list[tuple[object, ...]]] = [[]]
    room = _MODULE_BITS
    for (i, j), row in zip(bounds, packed.bounds, strict=True):
        bits = sum(part.bits for part in row.factor)
        if groups[-1] and bits > room:
            groups.append([])
            room = _MODULE_BITS
        room -= bits
        what, minus = f"score {i}", f"(fun _ => {last}.bias)"
        if i != j:
            what = f"the difference of the scores {i} and {j}"
            minus = f"(PackedMatrix.digitAt {last} {j})"
        groups[-1].append((row_name(network, (i, j)), what, (i, j), minus, row))
    last_module = f"{data}.{network}_rows"
    for index, rows in enumerate(groups):
        modules[f"{last_module}.Rows{index}"] = page(
            "row.lean.jinja",
            imports=[f"{data}.{sums}", f"{data}.{last}"],
            last=last,
            rows=rows,
            sums=sums,
            unit=UNIT,
        )
    every = (f"import {last_module}.Rows{index}\n" for index in range(len(groups)))
    return modules | {last_module: "".join(every)}


def _sums(
    module: str, page: Callable[..., str], packed: PackedBounds, imports: Sequence[str]
) -> dict[str, str]:
    """The sums of the hidden layer's matrix, and their checks."""
    strips = strip_values(packed, packed.sums, packed.size)
    if len(strips) == 1:
        return {module: page(imports=imports, strips=strips, joined=strips)}
    parts = {
        f"{module}.Strip{i}": page(imports=imports, strips=[strip], joined=[])
        for i, strip in enumerate(strips)
    }
    return parts | {module: page(imports=list(parts), strips=[], joined=strips)}
