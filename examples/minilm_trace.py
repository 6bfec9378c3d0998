"""A query trace of all-MiniLM-L6-v2 reading a text: recorded, audited, and one step proved.

    pip install "lipbridge[demo]" transformers
    python examples/minilm_trace.py [--out out/trace]

The text is cut into blocks; each head of each layer keeps, for every block, the mean of its keys
(MoBA's block key). Then the model reads the text token by token, and after each token the head's
query of the first position ([CLS]) is recorded: a query that moves as more is read, and settles.
Scores are ⟨q, mean key⟩, so their constants are the lengths of the block keys. The audit says which
steps certainly keep their selection, counts what did change, and writes a page; then one step is
exported as a theorem and checked by the Lean kernel. The first layer's query of [CLS] depends on
nothing that was read, so layers 1 to 5 are audited. Beside the query stands the attention mass
that it gives each block of the whole text, and the diameter of the values: how far a change moves
the output.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import torch
from minilm_heads import TEXT, model_folder
from rich.console import Console

from lipbridge import pipeline
from lipbridge.audit import AuditResult, TraceInfo
from lipbridge.audit.page.render import summary_table
from lipbridge.audit.recording.record import Recorder
from lipbridge.errors import LipBridgeError
from lipbridge.language.place import Place

HEADS, SIZE, LAYERS, BLOCK, FIRST = 12, 32, 6, 16, 8


def load_model() -> tuple[Any, torch.Tensor]:
    """The model and the tokens of the text, from the installed package alone."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = model_folder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from transformers import AutoModel, AutoTokenizer
            from transformers.utils import logging
        except ImportError:
            raise SystemExit("transformers is missing: pip install transformers") from None
        logging.disable_progress_bar()
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    return model, tokenizer(" ".join(TEXT.split()), return_tensors="pt")["input_ids"]


def keys_and_values(model: Any, tokens: torch.Tensor) -> tuple[list[torch.Tensor], ...]:
    """Keys and values of every head, one tensor (heads, tokens, size) a layer, in float64."""
    keys: list[torch.Tensor] = []
    values: list[torch.Tensor] = []
    handles: list[Any] = []
    for layer in model.encoder.layer:
        for part, into in (("key", keys), ("value", values)):
            module = getattr(layer.attention.self, part)
            # Bound now: the loop's variable would be the last one when the hook runs.
            handles.append(module.register_forward_hook(partial(_keep, into)))
    with torch.no_grad():
        model(input_ids=tokens)
    for handle in handles:
        handle.remove()
    return keys, values


def _keep(into: list[torch.Tensor], _module: Any, _inputs: Any, output: torch.Tensor) -> None:
    into.append(output[0].double().unflatten(1, (HEADS, SIZE)).transpose(0, 1))


def block_means(keys: torch.Tensor) -> torch.Tensor:
    """Mean key of every block, (heads, blocks, size), in float32."""
    return torch.stack([block.mean(1) for block in keys.split(BLOCK, 1)], 1).float()


def block_mass(queries: torch.Tensor, keys: torch.Tensor) -> torch.Tensor:
    """Attention mass of every block under queries (steps, heads, size), up to a factor."""
    logits = torch.einsum("thn,hsn->ths", queries.double(), keys) / SIZE**0.5
    mass = (logits - logits.amax(-1, keepdim=True)).exp()
    return torch.stack([block.sum(-1) for block in mass.split(BLOCK, -1)], -1)


def record(folder: Path) -> int:
    """Record the trace; returns the number of tokens."""
    model, tokens = load_model()
    keys, values = keys_and_values(model, tokens)
    means = [block_means(layer) for layer in keys]
    # Upwards by more than what float64 rounds off.
    diameter = max(float(torch.cdist(layer, layer).max()) for layer in values) * (1 + 1e-6)

    def extract(layer: int) -> Any:
        def fields(_module: Any, _inputs: Any, output: torch.Tensor) -> dict[str, torch.Tensor]:
            queries = output[0, :1].unflatten(1, (HEADS, SIZE))
            mass = block_mass(queries, keys[layer])
            return {"queries": queries, "keys": means[layer], "mass": mass}

        return fields

    names = {f"encoder.layer.{i}.attention.self.query": extract(i) for i in range(LAYERS)}
    source = "all-MiniLM-L6-v2, [CLS] while reading"
    info = TraceInfo(top_k=4, block_size=BLOCK, diameter=diameter, source=source)
    with Recorder(model, folder, info=info, extract=names), torch.no_grad():
        for length in range(FIRST, tokens.shape[1] + 1):
            model(input_ids=tokens[:, :length])
    return tokens.shape[1]


def widest_step(result: AuditResult) -> dict[str, Any]:
    """The row with the largest certified radius of the uniform or per-block rule."""
    rows = result.rows
    return rows.record(int(rows["radius_block"].argmax()))


def main() -> int:
    """Record, audit, export and check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("out/trace"))
    out: Path = parser.parse_args().out
    try:
        tokens = record(out / "trace")
        print(f"{tokens} tokens in blocks of {BLOCK}; trace in {out / 'trace'}")
        result, summary = pipeline.audit(
            out / "trace", layers="1-5", html=out / "audit.html", plots=out / "plots"
        )
        Console().print(summary_table(summary, limit=6))
        row = widest_step(result)
        place = Place(**{name: int(row[name]) for name in ("step", "layer", "head")})
        proved = pipeline.prove_step(out / "trace", place, out / "step")
    except LipBridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(f"page: {out / 'audit.html'}; theorem: {out / 'step'}")
    print(proved.sentence)
    return 1 if summary.contradictions or not proved.check.ok else 0


if __name__ == "__main__":
    raise SystemExit(main())
