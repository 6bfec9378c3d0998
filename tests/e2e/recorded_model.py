"""A tiny model of transformers with random weights, saved, and recorded while it runs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import torch

from lipbridge.audit.recording.record import Recorder


def record_model(
    folder: Path, make: Callable[[], torch.nn.Module], prompt: int, tokens: int
) -> Path:
    """Write ``checkpoint`` and ``trace``: two sequences, a prompt, then single tokens with a cache.

    Args:
        folder: where; returned.
        make: makes the model, with a vocabulary of 32.
        prompt: tokens of the prompt.
        tokens: tokens in all.
    """
    generator = torch.Generator().manual_seed(5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = make()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.4)
        model.save_pretrained(folder / "checkpoint")
        ids = torch.randint(0, 32, (2, tokens), generator=generator)
        with torch.no_grad(), Recorder(model, folder / "trace", states=True):
            done = model(input_ids=ids[:, :prompt], use_cache=True)
            for t in range(prompt, tokens):
                past = done.past_key_values
                done = model(input_ids=ids[:, t : t + 1], past_key_values=past, use_cache=True)
    return folder
