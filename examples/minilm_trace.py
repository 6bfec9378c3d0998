"""A query trace of all-MiniLM-L6-v2 reading a text: recorded, audited, and one step proved.

    pip install "lipbridge[demo]" transformers
    python examples/minilm_trace.py [--out out/trace]

The text is cut into blocks; each head of each layer keeps, for every block, the mean of its keys
(MoBA's block key). Then the model reads the text token by token, and after each token the head's
query of the first position ([CLS]) is recorded: a query that moves as more is read, and settles.
Scores are ⟨q, mean key⟩, so their constants are the lengths of the block keys. The audit says which
steps certainly keep their selection, counts what did change, and writes a page; then one step is
exported as a theorem and checked by the Lean kernel. The first layer's query of [CLS] depends on
nothing that was read, so layers 1 to 5 are audited.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import torch
from minilm_heads import TEXT, model_folder
from rich.console import Console

from lipbridge import pipeline
from lipbridge.audit import AuditResult, TraceInfo
from lipbridge.audit.record import Recorder
from lipbridge.audit.render import summary_table
from lipbridge.errors import LipBridgeError

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


def block_keys(model: Any, tokens: torch.Tensor) -> list[torch.Tensor]:
    """Mean key of every block and head, one tensor (heads, blocks, size) a layer, in float32."""
    found: list[torch.Tensor] = []
    handles = [
        layer.attention.self.key.register_forward_hook(
            lambda _module, _inputs, output: found.append(output[0].double())
        )
        for layer in model.encoder.layer
    ]
    with torch.no_grad():
        model(input_ids=tokens)
    for handle in handles:
        handle.remove()
    blocks = (keys.split(BLOCK) for keys in found)
    means = (torch.stack([block.mean(0) for block in layer]) for layer in blocks)
    return [m.unflatten(1, (HEADS, SIZE)).transpose(0, 1).float() for m in means]


def record(folder: Path) -> int:
    """Record the trace; returns the number of tokens."""
    model, tokens = load_model()
    keys = block_keys(model, tokens)

    def extract(layer: int) -> Any:
        def fields(_module: Any, _inputs: Any, output: torch.Tensor) -> dict[str, torch.Tensor]:
            return {"queries": output[0, :1].unflatten(1, (HEADS, SIZE)), "keys": keys[layer]}

        return fields

    names = {f"encoder.layer.{i}.attention.self.query": extract(i) for i in range(LAYERS)}
    info = TraceInfo(top_k=4, block_size=BLOCK, source="all-MiniLM-L6-v2, [CLS] while reading")
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
        place = {name: int(row[name]) for name in ("layer", "head")}
        step = int(row["step"])
        project = pipeline.export_step(out / "trace", step, out / "step", **place)
        check = pipeline.check_export(out / "step").result
    except LipBridgeError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(f"page: {out / 'audit.html'}; theorem: {out / 'step'}")
    print("kernel-checked: " if check.ok else "NOT PROVED: ", project.theorems[0].summary, sep="")
    return 1 if summary.contradictions or not check.ok else 0


if __name__ == "__main__":
    raise SystemExit(main())
