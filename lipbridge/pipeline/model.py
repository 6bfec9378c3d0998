"""Whether networks and records of an export are those of a model's indexer, written anew from it.

Equal tensors do not say which of them a network reads, in which rows, and what it does with them:
that follows from the tensors' names and the model's ``config.json``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lipbridge import emit, language
from lipbridge.errors import CertificateError, InputError, WeightsError
from lipbridge.language.checkpoint.files import Checkpoint
from lipbridge.language.network import walk
from lipbridge.language.place import ROTATION
from lipbridge.layers import TensorRef
from lipbridge.layers.rms_norm import RmsNorm
from lipbridge.numeric.presets.indexer import INDEXER_TENSOR
from lipbridge.numeric.presets.registry import PresetOptions, recognised
from lipbridge.numeric.weights.files import open_weights
from lipbridge.pipeline.dsa_layer import STEP_ROLES
from lipbridge.pipeline.msa_layer import Competition, competition, head_text
from lipbridge.pipeline.steps import open_layer, turns
from lipbridge.tighten.keys import RecordedStep

NO_CONFIG = (
    "; not compared, without config.json beside them: whether networks, heads, blocks and numbers "
    "selected are those of a model"
)
_LAYER = re.compile(r"layer(\d{1,5})")


def open_model(weights: Checkpoint | Path) -> Checkpoint | None:
    """A checkpoint with the ``config.json`` of its model, if there is one.

    Raises:
        WeightsError: a file that is damaged.
    """
    opened = open_weights(weights)
    if isinstance(opened, Checkpoint) and opened.config is not None:
        return opened
    return None


def of_indexer(part: emit.CertifiedNetwork) -> bool:
    """Whether a network reads a tensor that bears the name of an indexer's."""
    return any(INDEXER_TENSOR.fullmatch(ref.name) for ref in part.network.references())


def compare_network(part: emit.CertifiedNetwork, model: Checkpoint) -> str:
    """Hold a network of an indexer's tensors against the one that the model's preset writes.

    Args:
        part: the network.
        model: a checkpoint with its configuration.

    Returns:
        What is to be said of it; nothing where it is about no indexer.

    Raises:
        CertificateError: a recorded step's network, or one that bears the name of a layer's, that
            is another; or other blocks that compete at a step.
    """
    if part.keys is not None and part.keys.step is not None:
        return _compare_head(part, part.keys.step, part.keys.group, model)
    return _compare_layer(part, model)


def _compare_head(
    part: emit.CertifiedNetwork, step: RecordedStep, group: int, model: Checkpoint
) -> str:

    assert part.selections is not None
    layer, name = step.place.layer, part.network.name
    entry = open_layer(model, "msa", layer)[1]
    config = entry.config
    texts = {f"layer{layer}_head{n}": n for n in range(config.heads)}
    if name not in texts:
        raise CertificateError(
            f"networks/{name}.lip: is none of the {config.heads} heads of layer {layer} of "
            f"{model.path}"
        )
    _require_same(part, head_text(entry, texts[name]), f"head {texts[name]}", model)
    turn = part.tensors[TensorRef(ROTATION)]
    if not turns(turn.integers, turn.denominator, config):
        raise CertificateError(
            f"tensors/{name}: the recorded rotation is none of {config.rotary.dim} of "
            f"{config.head_dim} dimensions, as {model.path} says"
        )
    blocks, forced = step.blocks, step.forced
    ours = Competition(blocks, forced, part.selections.top)
    if group != config.block or ours != competition(len(blocks + forced) - 1, config):
        raise CertificateError(
            f"selections/{name}.json: at the last of {len(blocks + forced)} blocks, of "
            f"{config.block} tokens in {model.path}, others are active by position or selected"
        )
    return f"; network {name} is that of head {texts[name]} of layer {layer}"


def _compare_layer(part: emit.CertifiedNetwork, model: Checkpoint) -> str:
    """Of a whole layer, written with the lengths that the network itself has."""
    network = part.network
    if not of_indexer(part):
        return ""
    unknown = f"; not compared: whether network {network.name} is that of a layer's indexer"
    numbered = _LAYER.fullmatch(network.name)
    if numbered is None:
        return unknown
    try:
        preset = recognised(model)
    except WeightsError:
        return unknown
    layers = (layer for layer in walk(network.body) if isinstance(layer, RmsNorm))
    least = float(max((layer.at_least for layer in layers), default=0))
    norms = [float(part.norm) for part in network.inputs if part.norm is not None]
    given: dict[str, Any] = {
        "query_norm": least or None,
        "hidden_norm": max(norms, default=None),
        "latent_floor": least,
    }
    taken = {name: value for name, value in given.items() if name in preset.takes}
    try:
        (text,) = preset.specs(model, PresetOptions(layers=numbered[1], **taken)).values()
    except InputError as error:
        raise CertificateError(
            f"networks/{network.name}.lip: is no layer's indexer: {error}"
        ) from error
    _require_same(part, text, f"preset {preset.name}, layer {numbered[1]}", model)
    return f"; network {network.name} is that of layer {numbered[1]}, preset {preset.name}"


def _require_same(part: emit.CertifiedNetwork, text: str, what: str, model: Checkpoint) -> None:
    """Refuse a network that is not what a text says."""
    if language.parse(text, source="preset") != part.network:
        raise CertificateError(
            f"networks/{part.network.name}.lip: is not the network of {what} in {model.path}, "
            "written anew: other tensors or rows, another gain or offset, or other layers"
        )


def compare_record(record: emit.IndexerRecord, model: Checkpoint) -> str:
    """Hold a recorded step of DeepSeek's indexer against the model's configuration.

    Raises:
        CertificateError: other tensors, heads, dimensions, rotated ones, or another number of
            tokens is selected.
    """
    layer = record.place.layer
    entry = open_layer(model, "dsa", layer)[1]
    config = entry.config
    ours = {
        "tensors": [entry.tensors[role].name for role in STEP_ROLES if role in entry.tensors],
        "index_n_heads": config.heads,
        "index_head_dim": config.head_dim,
        "index_topk": config.top_k,
    }
    theirs = {
        "tensors": [m.name for m in (record.up[0], record.weights, record.down, record.gain)],
        "index_n_heads": len(record.up),
        "index_head_dim": len(record.up[0].rows),
        "index_topk": len(record.selected),
    }
    for what, found in theirs.items():
        if found != ours[what]:
            raise CertificateError(
                f"{record.file}: {what} {found}, but {ours[what]} of layer {layer} in {model.path}"
            )
    if "q_a_bias" in entry.tensors:
        raise CertificateError(f"{record.file}: leaves out attention_bias of {model.path}")
    if not turns(record.rotation.rows, 1 << record.rotation.bits, config):
        raise CertificateError(
            f"{record.file}: the recorded rotation is none of {config.rotary.dim} of "
            f"{config.head_dim} dimensions, as {model.path} says"
        )
    return f"; {record.file} is of the indexer of layer {layer}"
