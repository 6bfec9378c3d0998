"""What a smaller Lipschitz constant buys: one indexer trained twice on real text, both audited.

    python examples/regularized_indexer.py [--out out/regularized] [--seed 0]

The text is the reference of the Python language that CPython ships (``pydoc_data``), cut into
blocks of words. A reader keeps a decaying mean of word vectors; the indexer, a small ReLU network,
scores the blocks by that state, and is trained to find the block that is being read although words
are missing. It is trained once as it is, and once with its LipSDP bound, from state to scores, in
the loss (``lipbridge.numeric.regularize``). Then both read the text from beginning to end, several
times with other words missing, and settle: the reader stops at a block, whose mean it goes on to
see. Every state is a query of a trace. Both traces are audited against the network's own certified
constants, and a picture shows the two side by side.
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
from lipbridge.audit.trace.records import StreamKey
from lipbridge.audit.trace.writing import TraceWriter
from lipbridge.numeric.regularize import chain_bound, hidden_scalings, linear_weights

WIDTH, HIDDEN, BLOCKS, WORDS = 32, 64, 16, 48
DECAY, MISSING, STEPS, WEIGHT, READINGS = 0.99, 0.3, 400, 0.02, 4
SETTLING, SEARCHED_EVERY = 700, 50
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
    """Readings of the text, and as many settlings, as a trace: a sequence each."""
    generator = torch.Generator().manual_seed(seed + 2)
    writer = TraceWriter(folder, TraceInfo(top_k=2, source="reading pydoc_data.topics"))
    for reading in range(READINGS):
        queries = states(words, generator)
        writer.append(StreamKey(0, reading), queries=queries[:, None, :])
        # From the end of the text back to a block in its middle.
        ends = queries[-1], queries[(reading + 1) * len(words) // (READINGS + 1)]
        faded = DECAY ** torch.arange(SETTLING)[:, None]
        path = ends[1] + faded * (ends[0] - ends[1])
        writer.append(StreamKey(0, READINGS + reading), queries=path[:, None, :])
    writer.close()


def described(accuracy: float, summary: AuditSummary) -> str:
    """The figures of one indexer in a line."""
    transient, lock = settled(summary)
    return (
        f"accuracy {accuracy:.1%}, constant ≤ {summary.certified_constant:.4g}, certified locked "
        f"{summary.share or 0.0:.1%}, {summary.displaced} changes, half of the queries certified up"
        f" to {half_width(summary):.3g}; settling: last change at {transient:.0f}, certainly none "
        f"from {lock:.0f}"
    )


def settled(summary: AuditSummary) -> tuple[float, float]:
    """Mean of the last changes and of the lock-in bounds, while settling."""
    paths = [path for path in summary.trajectories if path.sequence >= READINGS]
    locks = [math.inf if path.lock.step is None else path.lock.step for path in paths]
    return sum(path.transient for path in paths) / len(paths), sum(locks) / len(paths)


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

    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 2.9), width_ratios=(4, 2, 3))
    for name, colour in zip(NAMES, ("#b4552d", "#2d6fb4"), strict=True):
        accuracy, summary = found[name]
        pulse = summary.pulses[0]
        left.plot(
            pulse.epsilons,
            pulse.fractions,
            color=colour,
            label=f"{name}: Lip(I) ≤ {summary.certified_constant:.3g}, {accuracy:.0%} right",
        )
        shift = -0.2 if name == NAMES[0] else 0.2
        bars = middle.bar([shift], [summary.share or 0.0], 0.38, color=colour)
        middle.bar_label(bars, [f"{summary.share or 0.0:.1%}"], fontsize=8)
        values = settled(summary)
        bars = right.bar([shift, 1 + shift], values, 0.38, color=colour)
        right.bar_label(bars, [f"{value:.0f}" for value in values], fontsize=8)
    pulses = [summary.pulses[0] for _, summary in found.values()]
    shown = [
        epsilon
        for pulse in pulses
        for epsilon, share in zip(pulse.epsilons, pulse.fractions, strict=True)
        if 0.002 < share < 1
    ]
    left.set_xscale("log")
    left.set_xlim(min(shown), 2 * max(shown))
    left.set(xlabel="radius ε", ylabel="queries not certified", ylim=(0, 1.02))
    left.legend(title="regularizer", fontsize=7, loc="upper left")
    middle.set_xticks([0], ["certified locked"], fontsize=8)
    middle.set(ylabel="steps", ylim=(0, 1))
    right.set_xticks([0, 1], ["last change", "certainly none from"], fontsize=8)
    right.set(ylabel="steps of settling")
    for axes in (left, middle, right):
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
