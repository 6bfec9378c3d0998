"""Tighter bounds for a report: searched anew, or those of an export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lipbridge.layers import NormKey, TensorRef, TensorSource
from lipbridge.pipeline.jobs import Job, Progress
from lipbridge.pipeline.norms import matrix_norms

if TYPE_CHECKING:
    from lipbridge.numeric.records import Assurance
    from lipbridge.report import NormBounds
    from lipbridge.report.records import Alternative
    from lipbridge.symbolic import SymbolicBound
    from lipbridge.tighten.tighten import Tightening

__all__ = ["exported_rescaling", "search_rescaling"]


def search_rescaling(
    job: Job,
    symbolic_bound: SymbolicBound,
    wanted: Assurance,
    norms: Mapping[NormKey, NormBounds],
    *,
    merge: bool,
    device: str,
    progress: Progress,
) -> Alternative | None:
    """Search scalings of hidden units, and bound the network with them.

    Args:
        job: the network with its tensors.
        symbolic_bound: its symbolic bound.
        wanted: how far the norms of the rescaled matrices are to be trusted.
        norms: bounds of the norms of the network's own tensors.
        merge: whether adjacent linear maps are one.
        device: where norms are computed.
        progress: called with a stage's name, what is done, and the total.

    Returns:
        The bound; None where no chain can be rescaled.
    """
    from lipbridge.certify import certified
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.tighter import rescaled_alternative
    from lipbridge.tighten.pieces import chains, cut
    from lipbridge.tighten.rescale import find_scalings
    from lipbridge.tighten.tighten import layer_squares, rescaled_chains

    pieces = cut(job.network.body, job.tensors, merge=merge)
    scalings: dict[str, tuple[int, ...]] = {}
    for start, stop in chains(pieces):
        progress("tighter bounds", start, len(pieces))
        found = find_scalings([piece.matrix for piece in pieces[start:stop:2]])
        if found is not None:
            names = [piece.name for piece in pieces[start + 1 : stop : 2]]
            scalings |= zip(names, found, strict=True)
    if not scalings:
        return None
    chained = rescaled_chains(pieces, scalings)
    inside = {i for start, (stop, _) in chained.items() for i in range(start, stop)}
    matrices = {m.name: m for _, chain in chained.values() for m in chain.matrices}
    matrices |= {
        piece.matrix.name: piece.matrix
        for index, piece in enumerate(pieces)
        if piece.merged and index not in inside
    }
    sources: dict[TensorSource, str] = {TensorRef(name): name for name in matrices}
    certificates = {
        source: certified(matrices[name])
        for source, name in sources.items()
        if wanted is Assurance.EXACT
    }
    fresh = matrix_norms(
        {source: matrices[name] for source, name in sources.items()},
        wanted,
        certificates,
        device,
        progress,
    )
    known = {sources[source]: bounds.upper_square for source, bounds in fresh.items()}
    squares = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)

    worth = [bounds.assurance for bounds in (*fresh.values(), *norms.values())]
    weakest = min(worth, key=lambda a: a.rank)
    return rescaled_alternative(
        pieces, chained, symbolic_bound.inputs[0].layers, squares, known, weakest
    )


def exported_rescaling(
    job: Job,
    symbolic_bound: SymbolicBound,
    norms: Mapping[NormKey, NormBounds],
    tightening: Tightening,
) -> Alternative | None:
    """The bound of an export's rescaled hidden units, from its certificates.

    Args:
        job: the network with its tensors.
        symbolic_bound: its symbolic bound.
        norms: bounds of the norms of the network's own tensors.
        tightening: the export's; it replays.
    """
    from lipbridge.numeric.records import Assurance
    from lipbridge.report.tighter import rescaled_alternative
    from lipbridge.tighten.tighten import layer_squares, network_pieces, rescaled_chains

    if not tightening.scalings:
        return None
    pieces = network_pieces(job.network, job.tensors, tightening)
    squares = layer_squares(job.network, lambda slot: norms[slot.key].upper_square)

    chained = rescaled_chains(pieces, tightening.scalings)
    layers = symbolic_bound.inputs[0].layers
    return rescaled_alternative(
        pieces, chained, layers, squares, tightening.squares, Assurance.EXACT
    )
