"""Where weights and points of an export come from: one by one, against those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lipbridge import emit
from lipbridge.cache import file_sha256
from lipbridge.errors import CertificateError, InputError
from lipbridge.language.layer_range import listed
from lipbridge.language.place import ROTATION
from lipbridge.layers import TensorRef, TensorSource
from lipbridge.pipeline.jobs import shard_sha256

if TYPE_CHECKING:
    from lipbridge.language import Network
    from lipbridge.language.checkpoint.files import Checkpoint
    from lipbridge.language.tensor import ExactMatrix
    from lipbridge.numeric.weights.exact import Values

_NOT_COMPARED = "of a trace, and not compared with it: "
_OF_A_TRACE = "rotation, keys, hidden state, and which layer, sequence and step they are of"


def weights_origin(project: emit.LeanProject, weights: Path | None = None) -> str:
    """Compare the tensors of a project with those of a weights file, one by one.

    Args:
        project: the project.
        weights: a weights file or checkpoint.

    Returns:
        What is known of where the weights come from.

    Raises:
        InputError: the project names no tensor of a file.
        WeightsError: the file has no such tensor.
        CertificateError: a tensor of the file has other entries, or the file holds a network that
            is another.
    """
    parts = [claim.part for claim in project.claims]
    traced = [_traced(part) for part in parts]
    references = {
        source
        for part, ours in zip(parts, traced, strict=True)
        for source in part.tensors
        if isinstance(source, TensorRef) and source not in ours
    }
    records = [network.record for network in project.networks if network.record is not None]
    of_records = {name for record in records for name in record.tensors()}
    named = [*sorted(map(str, references)), *sorted(of_records)]
    recorded = project.provenance
    if not named:
        if weights is not None:
            raise InputError(f"this export names no tensor of a file; leave {weights} out")
        if parts:
            return "the weights stand in the spec"
        return f"none; {_NOT_COMPARED}the recorded numbers" if records else "none"
    if weights is None:
        return (
            "where the weights come from was not checked: the export says "
            f"{recorded.said or 'nothing'}, tensors "
            f"{', '.join(named)}; give --weights FILE or --checkpoint DIR"
        )
    from lipbridge.language.checkpoint.files import Checkpoint
    from lipbridge.language.from_torch.models import MODEL_SUFFIXES, read_model
    from lipbridge.numeric.tensors import network_tensors
    from lipbridge.numeric.weights.files import open_weights
    from lipbridge.pipeline.model import (
        NO_CONFIG,
        compare_network,
        compare_record,
        of_indexer,
        open_model,
    )

    whole = read_model(weights) if weights.suffix in MODEL_SUFFIXES else None
    opened = open_weights(weights) if whole is None else whole.tensors
    model = None if isinstance(opened, Mapping) else open_model(opened)
    beside = NO_CONFIG * (model is None and (bool(records) or any(map(of_indexer, parts))))
    for record in records:
        _compare_recorded(record, opened, weights)
    if model is not None:
        of_model = (compare_record(r, model) for r in records if isinstance(r, emit.IndexerRecord))
        beside = "".join([*(compare_network(part, model) for part in parts), *of_model])
    for part, ours in zip(parts, traced, strict=True):
        for source, matrix in network_tensors(part.network, opened, ours).items():
            if part.tensors[source] != matrix:
                raise CertificateError(
                    f"networks/{part.network.name}.lip: the stored tensor {str(source)!a} is not "
                    f"the one of {weights}"
                )
    if whole is not None:
        beside = "".join(_compare_whole(part, whole.network, weights) for part in parts)
    found = file_sha256(weights) if weights.is_file() else ""
    digest = f" (SHA-256 {found})" if found else ""
    if recorded.sha256 and isinstance(opened, Checkpoint) and not found:
        found = shard_sha256(opened, {ref.name for ref in references} | of_records)
    if recorded.sha256 not in ("", found):
        raise CertificateError(
            f"lipbridge.json: weights_sha256 is {recorded.sha256[:16]}…, which is not the digest "
            f"of {weights}, or of the file in it, though the tensors are the same"
        )
    steps = any(part.step is not None for part in parts) or bool(records)
    beside += f"; {_NOT_COMPARED}{_OF_A_TRACE}" * steps
    return f"the stored tensors are those of {weights}{digest}: {', '.join(named)}{beside}"


def points_origin(project: emit.LeanProject, points: Path | None = None) -> str:
    """Compare the points of a project with those of a file, one by one, exactly.

    Args:
        project: the project.
        points: a file of points, as a run takes them.

    Returns:
        What is known of where the points come from; empty where selections are at no points.

    Raises:
        InputError: the project is about no points of a file, or the file holds none.
        CertificateError: a point of the file has other entries, or is not there.
    """
    parts = [claim.part for claim in project.claims]
    found = [(p.network, p.selections) for p in parts if p.selections is not None and not p.keys]
    if not found:
        if points is not None:
            raise InputError(f"this export is about no points of a file; leave {points} out")
        return ""
    if points is None:
        return "where the points come from was not checked; give --at FILE"
    from lipbridge.numeric.slopes.points import read_points

    beside = ""
    for network, selections in found:
        ours = {at.number: at.point.vector for at in selections.points}
        theirs = dict(enumerate((at.vector for at in read_points(points, network)), start=1))
        for number, point in ours.items():
            if theirs.get(number) != point:
                what = "is not the one" if number in theirs else f"is none of the {len(theirs)}"
                raise CertificateError(
                    f"selections/{network.name}.json: the stored point {number} {what} of {points}"
                )
        if without := theirs.keys() - ours.keys():
            beside += f"; nothing is proved of {network.name} at {listed('point', without)}"
    return f"the stored points are those of {points} (SHA-256 {file_sha256(points)}){beside}"


def _compare_whole(part: emit.CertifiedNetwork, whole: Network, weights: Path) -> str:
    """Hold a network against the one that a model file holds, whatever that is called."""
    name = part.network.name
    if part.network != replace(whole, name=name):
        raise CertificateError(f"networks/{name}.lip: is not the network of {weights}")
    return f"; network {name} is that of the file"


def _traced(part: emit.CertifiedNetwork) -> dict[TensorSource, ExactMatrix]:
    """What a network has from a trace: the rotation in front of the keys, where they are recorded.

    Raises:
        CertificateError: a tensor of a checkpoint is not one of the layer that was recorded.
    """
    if part.step is None:
        return {}
    turn = TensorRef(ROTATION)
    slots = [(str(layer.name), slot.source) for layer, slot in part.network.slots()]
    used = [layer for layer, source in slots[1:] if source == turn]
    place = part.step.place
    for source in part.tensors:
        if isinstance(source, TensorRef) and source != turn and not place.holds(source.name):
            raise CertificateError(
                f"networks/{part.network.name}.lip: the tensor {str(source)!a} is none of "
                f"layer {place.layer}, which was recorded"
            )
    return {turn: part.tensors[turn]} if used == ["turn"] and slots[0][1] != turn else {}


def _compare_recorded(
    record: emit.Recorded, opened: Checkpoint | Path | Mapping[str, Values], weights: Path
) -> None:
    from lipbridge.numeric.tensors import read_tensor
    from lipbridge.numeric.weights.exact import exact_matrix

    for name, ours in record.tensors().items():
        found = exact_matrix(read_tensor(opened, name), name)
        if emit.StoredMatrix.of(found, name) != ours:
            raise CertificateError(
                f"{record.file}: the stored tensor {name!a} is not the one of {weights}"
            )
