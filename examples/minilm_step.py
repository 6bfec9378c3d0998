"""A step of all-MiniLM-L6-v2 on a real text, proved in the hidden state.

    pip install "lipbridge[demo]" transformers
    python examples/minilm_step.py [--layer 3] [--head 5] [--top 3] [--out out/step]

The model reads a text. The keys of one head are cached as it computes them, in blocks of 16 tokens;
the score of a block for the hidden state x of the first position ([CLS]) is the largest ⟨W x + b,
k_s⟩ over its keys. The theorem is about the stored weights and the cached keys: no hidden state
within δ of the recorded one selects other blocks.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import torch
from minilm_trace import BLOCK, SIZE, load_model

from lipbridge import pipeline
from lipbridge.errors import LipBridgeError
from lipbridge.language.stored import StoredVector
from lipbridge.numeric.weights.exact import exact_matrix
from lipbridge.report.text import show_run

SPEC = """# Head {head} of layer {layer} of all-MiniLM-L6-v2 over {blocks} blocks of cached keys.
network minilm_step
input 384
query: linear {size} weight = "weight" bias = "bias"
keys: dot {count} keys = "keys"
block_max {block}
"""


def step(layer: int, head: int, top: int) -> pipeline.Job:
    """The head as a network over the cached keys, at the hidden state of [CLS]."""
    model, tokens = load_model()
    attention = model.encoder.layer[layer].attention.self
    seen: dict[str, torch.Tensor] = {}
    handles = [
        attention.query.register_forward_hook(
            lambda _module, inputs, _output: seen.update(hidden=inputs[0][0, 0])
        ),
        attention.key.register_forward_hook(
            lambda _module, _inputs, output: seen.update(keys=output[0])
        ),
    ]
    with torch.no_grad():
        model(input_ids=tokens)
    for handle in handles:
        handle.remove()
    rows = slice(head * SIZE, (head + 1) * SIZE)
    count = seen["keys"].shape[0] // BLOCK * BLOCK
    tensors = {
        "weight": attention.query.weight.detach()[rows],
        "bias": attention.query.bias.detach()[rows],
        "keys": seen["keys"][:count, rows],
    }
    text = SPEC.format(
        layer=layer, head=head, size=SIZE, count=count, blocks=count // BLOCK, block=BLOCK
    )
    hidden = exact_matrix(seen["hidden"][None], "hidden state")
    point = StoredVector(tuple(map(int, hidden.integers[0])), hidden.denominator)
    return replace(pipeline.load(text, tensors), points=(point,), top=top)


def main() -> int:
    """Read, certify, export and check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--layer", type=int, default=3)
    parser.add_argument("--head", type=int, default=5)
    parser.add_argument("--top", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("out/step"))
    asked = parser.parse_args()
    try:
        result = pipeline.run_jobs(lambda: [step(asked.layer, asked.head, asked.top)], asked.out)
    except LipBridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    show_run(result)
    return 0 if result.check.ok else 1


if __name__ == "__main__":
    sys.exit(main())
