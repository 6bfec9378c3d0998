"""What a smaller Lipschitz constant buys: one indexer trained twice on real text, both audited.

    python examples/regularized_indexer.py [--out out/regularized] [--seed 0]

The text is the reference of the Python language that CPython ships (``pydoc_data``), cut into
blocks of words. A reader keeps a decaying mean of word vectors; the indexer, a small ReLU network,
scores the blocks by that state, and is trained to find the block that is being read although words
are missing. It is trained once as it is, and once with its LipSDP bound, from state to scores, in
the loss (``lipbridge.numeric.regularize``). Then both read the text from beginning to end, several
times with other words missing: every state is a query of a trace. Both traces are audited against
the network's own certified constants, and a picture shows the two side by side.
"""

from __future__ import annotations

import argparse
import math
import re
from pathlib import Path
from pydoc_data.topics import topics

import torch
from torch import Tensor, nn

import lipbridge
from lipbridge import pipeline
from lipbridge.audit import AuditSummary, TraceInfo
from lipbridge.audit.records import StreamKey
from lipbridge.audit.writing import TraceWriter
from lipbridge.numeric.regularize import chain_bound, hidden_scalings, linear_weights

WIDTH, HIDDEN, BLOCKS, WORDS = 32, 64, 16, 48
DECAY, MISSING, STEPS, WEIGHT, READINGS = 0.97, 0.3, 300, 0.02, 4
SEARCHED_EVERY = 50
NAMES = ("without", "with")


def text() -> list[str]:
    """The first words of the language reference."""
    whole = " ".join(topics[name] for name in ("assignment", "class", "function", "try"))
    return re.findall(r"[a-z]+", whole.lower())[: BLOCKS * WORDS]


def states(words: list[str], generator: torch.Generator) -> Tensor:
    """A decaying mean of word vectors after each word, some words missing, [words, WIDTH]."""
    vocabulary = sorted(set(words))
    fixed = torch.Generator().manual_seed(0)
    vectors = torch.randn(len(vocabulary), WIDTH, generator=fixed)
    place = {word: i for i, word in enumerate(vocabulary)}
    seen = torch.rand(len(words), 1, generator=generator) >= MISSING
    age = torch.arange(len(words))[:, None] - torch.arange(len(words))
    shares = torch.where(age >= 0, (1 - DECAY) * DECAY**age, 0.0)
    return shares @ (seen * vectors[[place[word] for word in words]])


def train(words: list[str], weight: float, seed: int) -> tuple[nn.Sequential, float]:
    """The indexer, and how often its best block is the one that is read."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, BLOCKS))
    matrices = linear_weights(model, "lipsdp")
    scalings: list[Tensor] = []
    generator = torch.Generator().manual_seed(seed + 1)
    label = torch.arange(len(words)) // WORDS
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(states(words, generator)), label)
        if weight:
            # Any scalings give a bound, so that they need not be the best ones at every step.
            if step % SEARCHED_EVERY == 0:
                scalings = hidden_scalings(matrices, "lipsdp")
            loss = loss + weight * chain_bound(matrices, "lipsdp", scalings)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        found = model(states(words, generator)).argmax(1)
    return model, float((found == label).double().mean())


def record(folder: Path, words: list[str], seed: int) -> None:
    """Readings of the text as a trace: a sequence each, whose queries are the reader's states."""
    generator = torch.Generator().manual_seed(seed + 2)
    writer = TraceWriter(folder, TraceInfo(top_k=2, source="reading pydoc_data.topics"))
    for reading in range(READINGS):
        queries = states(words, generator)[:, None, :]
        writer.append(StreamKey(0, reading), queries=queries)
    writer.close()


def described(accuracy: float, summary: AuditSummary) -> str:
    """The figures of one indexer in a line."""
    share = 0.0 if summary.share is None else summary.share
    return (
        f"accuracy {accuracy:.1%}, constant ≤ {summary.certified_constant:.4g}, certified locked "
        f"{share:.1%}, {summary.displaced} changes, bound {summary.best_bound or math.nan:.0f}, "
        f"pulse half width {half_width(summary):.3g}"
    )


def half_width(summary: AuditSummary) -> float:
    """The radius at which half of the queries are no longer certified."""
    pulse = summary.pulses[0]
    reached = (e for e, g in zip(pulse.epsilons, pulse.fractions, strict=True) if g >= 0.5)
    return next(reached, math.inf)


def draw(path: Path, found: dict[str, tuple[float, AuditSummary]]) -> None:
    """The two audits side by side."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 2.9), width_ratios=(3, 2))
    for name, colour in zip(NAMES, ("#b4552d", "#2d6fb4"), strict=True):
        accuracy, summary = found[name]
        pulse = summary.pulses[0]
        left.plot(
            pulse.epsilons,
            pulse.fractions,
            color=colour,
            label=f"{name}: Lip(I) ≤ {summary.certified_constant:.3g}, {accuracy:.0%} right",
        )
        values = [summary.share or 0.0, 1 - summary.displaced / max(1, summary.transitions)]
        places = [i + (-0.2 if name == NAMES[0] else 0.2) for i in range(2)]
        bars = right.bar(places, values, 0.38, color=colour)
        right.bar_label(bars, [f"{value:.1%}" for value in values], fontsize=8)
    left.set_xscale("log")
    left.set(xlabel="radius ε", ylabel="queries not certified", ylim=(0, 1.02))
    left.legend(title="regularizer", fontsize=7, loc="upper left")
    right.set_xticks([0, 1], ["certified locked", "kept their blocks"], fontsize=8)
    right.set(ylabel="steps", ylim=(0, 1.12))
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)


def main() -> int:
    """Train, record, audit, show."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("out/regularized"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    out: Path = options.out
    torch.set_num_threads(1)
    words = text()
    found: dict[str, tuple[float, AuditSummary]] = {}
    for name, weight in zip(NAMES, (0.0, WEIGHT), strict=True):
        model, accuracy = train(words, weight, options.seed)
        traced = lipbridge.from_torch(model, torch.zeros(WIDTH), name="indexer")
        spec, weights = traced.save(out / name / "indexer")
        record(out / name / "trace", words, options.seed)
        _, summary = pipeline.audit(
            out / name / "trace", spec=spec, weights=weights, html=out / name / "audit.html"
        )
        found[name] = accuracy, summary
        print(f"{name} regularizer: {described(accuracy, summary)}")
        print(f"page: {out / name / 'audit.html'}")
    draw(out / "regularized.png", found)
    print(f"picture: {out / 'regularized.png'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
