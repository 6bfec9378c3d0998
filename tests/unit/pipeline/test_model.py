"""A layer's network is the one that the preset writes, or no layer's."""

from __future__ import annotations

from pathlib import Path

import pytest

from lipbridge.emit.export.records import CertifiedNetwork
from lipbridge.errors import CertificateError
from lipbridge.language import parse
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.presets.registry import PresetOptions, find_preset
from lipbridge.pipeline.model import compare_network

DSA = PresetOptions(layers="0", hidden_norm=2.1, latent_floor=0.1)
MSA = PresetOptions(layers="3", query_norm=0.3)


@pytest.mark.parametrize(
    ("folder", "options", "changes"),
    [
        (
            "msa",
            MSA,
            (
                (" offset=1", ""),
                ("q_norm", "k_norm"),
                ("[0:16]", "[16:32]"),
                ("eps=1e-06", "eps=1e-05"),
                ("at_least=0.3", "at_least=0.4"),
                ("position=8", "position=7"),
                ("base=5000000.0", "base=10000.0"),
                ("network layer3", "network layer4"),
                ("network layer3", "network layer9"),
            ),
        ),
        (
            "dsa",
            DSA,
            (
                ("scale 1/8", "scale 1/4"),
                ("position=1", "position=2"),
                ("eps=1/1000000 at", "eps=1/100000 at"),
                (" norm <= 21/10", ""),
            ),
        ),
    ],
)
def test_a_whole_layer(
    tiny_checkpoints: Path,
    folder: str,
    options: PresetOptions,
    changes: tuple[tuple[str, str], ...],
) -> None:
    model = open_checkpoint(tiny_checkpoints / folder)
    (text,) = find_preset(folder).specs(model, options).values()

    def said(written: str) -> str:
        return compare_network(CertifiedNetwork(parse(written), written, {}, {}), model)

    name = f"layer{options.layers}"
    assert said(text) == f"; network {name} is that of layer {options.layers}, preset {folder}"
    # Words of people are not compared.
    assert said(f"# of nobody\n{text}") == said(text)
    for old, new in changes:
        assert old in text
        with pytest.raises(CertificateError, match=r"\.lip: is "):
            said(text.replace(old, new, 1))
    own = said(text.replace(f"network {name}", "network own"))
    assert own == "; not compared: whether network own is that of a layer's indexer"
