r"""Activation patterns under which the product of the maps is large; untrusted.

Where every unit is on or off around a point, the slope of ``x ↦ V relu(U x + b)`` is
``‖V diag(s) U‖``, s the pattern, and that of a deeper chain is a longer product. Gradients do not
lead from one pattern to another; turning single units on and off does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from lipbridge.numeric.devices import one_thread
from lipbridge.numeric.optimizers import Adam

FloatArray = npt.NDArray[np.float64]

_RESTARTS = 4
_ROUNDS = 100
_SAMPLES = 512
# Units times squared outputs of one pass over all units.
_MAX_FLIPS = 1 << 22
# Multiplications for the steps of a chain; how far past a unit's boundary they go, how many units
# are tried, and how far points move for all units together, in parts of their length.
_WORK = 1.2e10
_PAST = (1e-3, 0.3)
_TRIED = 16
_LENGTHS = 10.0 ** np.linspace(-5, 0.5, 24)
_CLIMBS = 8
# Points that climb together in the smooth chain, and steps of theirs.
_ASCENTS, _SMOOTH = 48, 150


def steep_pattern(u: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """Find a pattern and a point at which it occurs, where any occurs: rows of U independent.

    Args:
        u: U, shape (k, n).
        v: V, shape (m, k).

    Returns:
        The pattern s, 0 or 1 in each of k units, and a direction x in which ``(U x)_i`` has its
        sign, far from 0 in every unit; None where rows are dependent.
    """
    if len(u) > u.shape[1]:
        return None
    inverse = np.linalg.pinv(u)
    if not np.allclose(u @ inverse, np.eye(len(u)), atol=1e-6):
        return None
    pattern = _climb(u @ u.T, v, np.random.default_rng(0))
    return pattern, inverse @ (2 * pattern - 1)


def _square(gram: FloatArray, scaled: FloatArray) -> float:
    """``‖V diag(s) U‖²``, from ``U Uᵀ`` and ``V diag(s)``."""
    return float(np.linalg.eigvalsh(scaled @ gram @ scaled.T)[-1])


def _climb(gram: FloatArray, v: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The best pattern found by letting all units follow their gain, then one by one."""
    best, found = -1.0, np.ones(len(gram))
    for restart in range(_RESTARTS):
        s = np.ones(len(gram)) if restart == 0 else (rng.random(len(gram)) < 0.7).astype(float)
        value = _square(gram, v * s)
        for _ in range(_ROUNDS):
            scaled = v * s
            left = np.linalg.eigh(scaled @ gram @ scaled.T)[1][:, -1]
            moved = ((v.T @ left) * (gram @ (scaled.T @ left)) > 0).astype(float)
            after = _square(gram, v * moved)
            if after <= value:
                break
            s, value = moved, after
        if len(gram) * len(v) ** 2 <= _MAX_FLIPS:
            s, value = _flips(gram, v, s, value, rng)
        if value > best:
            best, found = value, s
    return found


def _flips(
    gram: FloatArray, v: FloatArray, s: FloatArray, value: float, rng: np.random.Generator
) -> tuple[FloatArray, float]:
    """Turn single units on or off while that helps."""
    s = s.copy()
    scaled = v * s
    square = scaled @ gram @ scaled.T
    improved = True
    while improved:
        improved = False
        for i in rng.permutation(len(s)):
            change = v[:, i] * (1 - 2 * s[i])
            side = np.outer(scaled @ gram[:, i], change)
            moved = square + side + side.T + gram[i, i] * np.outer(change, change)
            after = float(np.linalg.eigvalsh(moved)[-1])
            if after > value * (1 + 1e-9):
                s[i], value, square, improved = 1 - s[i], after, moved, True
                scaled = v * s
    return s, value


def steep_step(
    weights: Sequence[FloatArray],
    biases: Sequence[FloatArray],
    leaks: Sequence[float],
) -> tuple[FloatArray, FloatArray] | None:
    """Find a point and a step along which a chain of linear maps and activations is steep.

    The slope at a point changes with each unit that turns, by a product of what is before it and
    what is after it. The nearest points at which one of the most promising units turns are tried,
    and points into the direction that turns all of them; the steepest of these is the next.

    Args:
        weights: the maps, first to last, shape (k_l, k_(l-1)).
        biases: of all maps but the last.
        leaks: the slope below 0 of each activation, which has 1 above.

    Returns:
        A point and a step that turns no unit; None where none is found or the search is too long.
    """
    chain = _Chain(weights, biases, leaks)
    trials = len(_PAST) * _TRIED + 3 * len(_LENGTHS)
    rounds = int(_WORK / (chain.work * trials * _CLIMBS))
    if rounds < 1:
        return None
    rng = np.random.default_rng(0)
    first = weights[0]
    size = (np.abs(biases[0]).max() + 1e-3) / max(1e-300, float(np.abs(first).max()))
    points = rng.standard_normal((min(_SAMPLES, trials * rounds), first.shape[1]))
    points *= size * 10.0 ** rng.uniform(-2, 3, (len(points), 1))
    values = chain.slopes(points)
    kept = np.argsort(values)[-_ASCENTS:]
    points = np.concatenate([points[kept], chain.ascend(points[kept])])
    values = chain.slopes(points)
    found = [
        chain.climb(points[i], float(values[i]), min(rounds, 4 * _ROUNDS))
        for i in np.argsort(values)[-_CLIMBS:]
    ]
    _, x = max(found, key=lambda pair: pair[0])
    return chain.step(x)


class _Chain:
    def __init__(
        self, weights: Sequence[FloatArray], biases: Sequence[FloatArray], leaks: Sequence[float]
    ) -> None:
        self.weights, self.biases, self.leaks = weights, biases, leaks
        # A product is as wide as its narrower end.
        self.work = sum(w.size for w in weights) * min(len(weights[-1]), weights[0].shape[1])

    def sums(self, points: FloatArray) -> list[FloatArray]:
        """What every unit adds up, a layer an array, shape (points, k_l)."""
        found: list[FloatArray] = []
        x = points
        for w, b, leak in zip(self.weights, self.biases, self.leaks, strict=False):
            found.append(x @ w.T + b)
            x = np.where(found[-1] > 0, found[-1], leak * found[-1])
        return found

    def gates(self, sums: Sequence[FloatArray]) -> list[FloatArray]:
        """The slopes of the units."""
        return [np.where(z > 0, 1.0, a) for z, a in zip(sums, self.leaks, strict=True)]

    def slopes(self, points: FloatArray) -> FloatArray:
        """The slope at every point."""
        wide = self.weights[-1].shape[0] > self.weights[0].shape[1]
        gates = self.gates(self.sums(points))
        if wide:
            product = np.broadcast_to(self.weights[0], (len(points), *self.weights[0].shape))
            for w, gate in zip(self.weights[1:], gates, strict=True):
                product = w @ (gate[:, :, None] * product)
            square = product.transpose(0, 2, 1) @ product
        else:
            product = np.broadcast_to(self.weights[-1], (len(points), *self.weights[-1].shape))
            for w, gate in zip(self.weights[-2::-1], gates[::-1], strict=True):
                product = (product * gate[:, None, :]) @ w
            square = product @ product.transpose(0, 2, 1)
        return np.sqrt(np.maximum(np.linalg.eigvalsh(square)[:, -1], 0))

    def ascend(self, points: FloatArray) -> FloatArray:
        """Points climb by gradients, each unit's turn a sigmoid that grows steeper on the way."""
        size = torch.linalg.vector_norm(torch.tensor(points), dim=1, keepdim=True)
        at = (torch.tensor(points) / size).requires_grad_()
        maps = [torch.tensor(w) for w in self.weights]
        biases = [torch.tensor(b) for b in self.biases]
        optimizer = Adam([at], lr=0.05)
        with one_thread(True):
            for step in range(_SMOOTH):
                x, gates = at * size, list[torch.Tensor]()
                for w, b, leak in zip(maps, biases, self.leaks, strict=False):
                    z = x @ w.T + b
                    width = z.detach().std(dim=1, keepdim=True, correction=0) + 1e-300
                    on = torch.sigmoid((2 + 20 * step / _SMOOTH) * z / width)
                    gates.append(leak + (1 - leak) * on)
                    x = torch.where(z > 0, z, leak * z)
                product = maps[-1].expand(len(points), -1, -1)
                for w, gate in zip(maps[-2::-1], gates[::-1], strict=True):
                    product = (product * gate[:, None, :]) @ w
                optimizer.zero_grad()
                wide = product.shape[1] > product.shape[2]
                square = product.mT @ product if wide else product @ product.mT
                (-torch.linalg.eigvalsh(square)[:, -1].clamp_min(1e-300).log().sum()).backward()
                optimizer.step()
        return (at * size).detach().numpy()

    def gradients(self, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """What all units add up at a point, its gradients, and the Jacobian there."""
        sums = self.sums(x[None])
        rows: list[FloatArray] = []
        product = self.weights[0]
        for w, gate in zip(self.weights[1:], self.gates(sums), strict=True):
            rows.append(product)
            product = w @ (gate[0][:, None] * product)
        return np.concatenate([z[0] for z in sums]), np.concatenate(rows), product

    def gains(
        self, x: FloatArray, sums: FloatArray, rows: FloatArray, jacobian: FloatArray
    ) -> FloatArray:
        """How much the slope changes with each unit that turns, at first order."""
        left, _, right = np.linalg.svd(jacobian, full_matrices=False)
        after: list[FloatArray] = []
        product = left[:, 0]
        gates = [gate[0] for gate in self.gates(self.sums(x[None]))]
        for w, gate in zip(self.weights[:0:-1], gates[::-1], strict=True):
            product = product @ w
            after.append(product)
            product = product * gate
        leaks = np.repeat(self.leaks, [len(b) for b in self.biases])
        turned = np.where(sums > 0, leaks - 1, 1 - leaks)
        return turned * np.concatenate(after[::-1]) * (rows @ right[0])

    def climb(self, x: FloatArray, value: float, rounds: int) -> tuple[float, FloatArray]:
        """Turn units while that helps."""
        for _ in range(rounds):
            sums, rows, jacobian = self.gradients(x)
            squares = (rows**2).sum(axis=1)
            gains = np.where(squares > 0, self.gains(x, sums, rows, jacobian), 0)
            tried = np.argsort(gains)[-_TRIED:]
            tried = tried[gains[tried] > 0]
            if not len(tried):
                break
            nearest = -(sums[tried] / squares[tried])[:, None] * rows[tried]
            wanted = gains > 0
            pull = -np.sign(sums[wanted]) * gains[wanted] / np.sqrt(squares[wanted])
            size = np.linalg.norm(x)
            together = pull @ rows[wanted]
            together *= size / max(1e-300, float(np.linalg.norm(together)))
            steepest = size * np.linalg.svd(jacobian, full_matrices=False)[2][0]
            moved = [x + (1 + past) * nearest for past in _PAST]
            moved += [x + _LENGTHS[:, None] * way for way in (together, steepest, -steepest)]
            moved = np.concatenate(moved)
            values = self.slopes(moved)
            best = int(np.argmax(values))
            if not values[best] > value * (1 + 1e-9):
                break
            x, value = moved[best], float(values[best])
        return value, x

    def step(self, x: FloatArray) -> tuple[FloatArray, FloatArray] | None:
        """The steepest direction at a point, as far as no unit turns."""
        sums, gradients, jacobian = self.gradients(x)
        if not np.isfinite(jacobian).all() or not jacobian.any():
            return None
        direction = np.linalg.svd(jacobian, full_matrices=False)[2][0]
        along = gradients @ direction
        with np.errstate(divide="ignore", invalid="ignore"):
            turns = np.where(along != 0, -sums / along, np.inf)
        cap = float(np.linalg.norm(x)) + 1
        ahead = min(cap, float(np.min(turns[turns > 0], initial=np.inf)))
        behind = min(cap, float(np.min(-turns[turns < 0], initial=np.inf)))
        length = ahead if ahead >= behind else -behind
        return x, 0.9 * length * direction
