"""Slopes searched for: a lower bound of a Lipschitz constant, with the place that shows it.

Where a function f has a Jacobian J at x, ``‖J v‖ / ‖v‖`` is at most every Lipschitz constant of f
near x for that norm. Steep places are searched as pairs ``(x, x + v)``: random ones at several
distances; those along which the Jacobian stretches most at random points; and pairs a fixed
distance apart that climb by gradient ascent on point and direction. The steepest pairs are measured
by their Jacobian, not by the quotient ``‖f(x) − f(y)‖ / ‖x − y‖``: a difference of values has the
rounding of whatever large numbers cancel in it, such as those of a bias, and would exceed the
constant. All arithmetic is plain float64, so the figure is an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from lipbridge.numeric.optimizers import Adam
from lipbridge.numeric.records import Assurance

Function = Callable[[torch.Tensor], torch.Tensor]

# Distances of a pair relative to the radius: wide enough for 1e-12 accuracy, small enough to stay
# within one linear piece now and then.
DISTANCES = (1e-4, 1e-2, 1.0)
_CLOSEST = 1e-6
# Among denormals rounding is no longer relative.
_LEAST_RISE = 1e-280
POWER_STEPS = 12
_RATE = 0.05
# The steepest pairs, whose Jacobians are taken; what rounding alone may add to a product of them.
_MEASURED = 8
_ROUNDING = 2.0**-40


@dataclass(frozen=True, eq=False)
class Slope:
    """The steepest place found.

    Args:
        value: ``‖J (y − x)‖ / ‖y − x‖`` for the Jacobian J of f at x, float64 arithmetic.
        x, y: the pair.
        method: the search that found it.
        pairs: how many pairs were evaluated in all.
        assurance: always an estimate.
    """

    value: float
    x: torch.Tensor
    y: torch.Tensor
    method: str
    pairs: int
    assurance: Assurance = Assurance.ESTIMATE


def pair_slopes(
    function: Function, x: torch.Tensor, y: torch.Tensor, order: float = 2.0
) -> torch.Tensor:
    """Slopes of pairs, ``‖f(x_i) − f(y_i)‖ / ‖x_i − y_i‖``; 0 where the points (nearly) agree.

    Args:
        function: maps a batch (pairs, n) to (pairs, m) or (pairs,), row by row.
        x: first points, float64.
        y: second points.
        order: of the norm, 2 or infinity.

    Shape:
        x, y (pairs, n); returns (pairs,).
    """
    first, second = (function(points).reshape(x.shape[0], -1) for points in (x, y))
    rise = _lengths(first - second, order)
    run = _lengths(x - y, order)
    floor = _CLOSEST * torch.maximum(_lengths(x, order), _lengths(y, order)).clamp_min(1e-290)
    return torch.where(run >= floor, rise / torch.maximum(run, floor), 0.0)


def _lengths(vectors: torch.Tensor, order: float) -> torch.Tensor:
    # Scaled, since the squares of small entries would be denormal.
    largest = vectors.detach().abs().amax(1, keepdim=True)
    scale = torch.where(largest > 0, largest, 1.0)
    return torch.linalg.vector_norm(vectors / scale, ord=order, dim=1) * scale[:, 0]


def _best(function: Function, x: torch.Tensor, y: torch.Tensor, method: str, order: float) -> Slope:
    with torch.no_grad():
        steep = pair_slopes(function, x, y, order).nan_to_num(0.0, 0.0)
    top = steep.topk(min(_MEASURED, len(x))).indices
    first, second = x[top], y[top]
    run = second - first
    rise = _lengths(_Jacobian(function, first).push(run), order)
    slopes = rise / _lengths(run, order).clamp_min(1e-300) * (1 - _ROUNDING)
    slopes = torch.where((rise > _LEAST_RISE) & slopes.isfinite(), slopes, 0.0)
    best = int(slopes.argmax())
    pair = first[best].clone(), second[best].clone()
    return Slope(float(slopes[best]), *pair, method, x.shape[0])


class _Jacobian:
    """The Jacobians of a function at points, as linear maps."""

    def __init__(self, function: Function, x: torch.Tensor) -> None:
        with torch.enable_grad():
            self._point = x.detach().requires_grad_()
            self._value = function(self._point)
            # u ↦ Jᵀu is linear, so its own derivative along v is the forward product Jv.
            self._cotangent = torch.zeros_like(self._value, requires_grad=True)
            (self._pulled,) = torch.autograd.grad(
                self._value, self._point, self._cotangent, create_graph=True
            )

    def push(self, v: torch.Tensor) -> torch.Tensor:
        """``J v``, a row a point."""
        (image,) = torch.autograd.grad(self._pulled, self._cotangent, v, retain_graph=True)
        return image.reshape(len(v), -1)

    def pull(self, u: torch.Tensor) -> torch.Tensor:
        """``Jᵀ u``, a row a point."""
        u = u.reshape(self._value.shape)
        return torch.autograd.grad(self._value, self._point, u, retain_graph=True)[0]


def _merge(*found: Slope) -> Slope:
    best = max(found, key=lambda slope: slope.value)
    pairs = sum(slope.pairs for slope in found)
    return Slope(best.value, best.x, best.y, best.method, pairs)


def adversarial_slope(
    function: Function,
    dimension: int,
    *,
    radius: float | None = None,
    pairs: int = 1024,
    starts: int = 32,
    steps: int = 150,
    distances: Sequence[float] = DISTANCES,
    points: torch.Tensor | None = None,
    project: Function | None = None,
    mask: torch.Tensor | None = None,
    order: float = 2.0,
    seed: int = 0,
) -> Slope:
    """Largest slope found by random pairs, Jacobian directions and gradient ascent together.

    Args:
        function: maps a batch (pairs, n) to (pairs, m) or (pairs,), row by row; differentiable
            almost everywhere.
        dimension: n.
        radius: points are normal with ‖x‖ ≈ radius, the scale of distances and steps; None takes
            the mean norm of ``points``, or 1.
        pairs: random pairs a distance.
        starts: how many pairs climb at once, a distance; with none, only random pairs are tried.
        steps: of the ascent; with none, only random pairs and local directions are tried.
        distances: of the points of a pair, relative to the radius.
        points: (count, n) points to start from in place of random ones, such as real queries.
        project: maps points into the domain, where f is defined on one only.
        mask: (n,) with 1 in the entries in which the points of a pair may differ, else 0.
        order: of the norm, 2 or infinity.
        seed: another one starts elsewhere.
    """
    radius = _radius(radius, points)
    generator = torch.Generator().manual_seed(seed)
    found: list[Slope] = []
    for distance in distances:
        x = _starts(pairs, dimension, radius, points, generator)
        y = x + distance * radius * _directions(pairs, dimension, generator, mask)
        if project is not None:
            x, y = project(x), project(y)
        found.append(_best(function, x, y, "random pairs", order))
    generator = torch.Generator().manual_seed(seed + 1)
    for distance in distances if starts else ():
        x = _starts(starts, dimension, radius, points, generator)
        if project is not None:
            x = project(x)
        direction = _directions(starts, dimension, generator, mask)
        direction = _steepest(function, x, direction, mask, order)
        climber = _Climber(function, distance * radius, project, mask, order)
        found.append(climber.best(x, direction, "local direction"))
        if steps:
            found.append(climber.climb(x, direction, radius, steps))
    return _merge(*found)


@dataclass(frozen=True)
class _Climber:
    """Pairs ``(x, x + h·v/‖v‖)`` at a fixed distance h, so that the ascent cannot collapse them."""

    function: Function
    distance: float
    project: Function | None
    mask: torch.Tensor | None
    order: float

    def pair(self, x: torch.Tensor, v: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        v = _masked(v, self.mask)
        y = x + self.distance * v / _lengths(v, self.order)[:, None].clamp_min(1e-300)
        return (x, y) if self.project is None else (self.project(x), self.project(y))

    def best(self, x: torch.Tensor, v: torch.Tensor, method: str) -> Slope:
        return _best(self.function, *self.pair(x.detach(), v.detach()), method, self.order)

    def climb(self, x: torch.Tensor, v: torch.Tensor, radius: float, steps: int) -> Slope:
        x, v = x.clone().requires_grad_(), v.clone().requires_grad_()
        # The point moves on the scale of the radius, the unit direction on its own.
        optimizer = Adam([{"params": [x], "lr": _RATE * radius}, {"params": [v], "lr": _RATE}])
        best = self.best(x, v, "pair ascent")
        for step in range(steps):
            optimizer.zero_grad()
            slopes = pair_slopes(self.function, *self.pair(x, v), self.order)
            loss = -slopes.clamp_min(1e-300).log().sum()
            loss.backward()
            optimizer.step()
            if step % 10 == 9 or step == steps - 1:
                best = _merge(best, self.best(x, v, "pair ascent"))
        polished = _steepest(self.function, x.detach(), v.detach(), self.mask, self.order)
        return _merge(best, self.best(x, polished, "pair ascent"))


def _radius(radius: float | None, points: torch.Tensor | None) -> float:
    if radius is not None:
        return radius
    return 1.0 if points is None else float(points.norm(dim=1).mean()) or 1.0


def _starts(
    count: int,
    dimension: int,
    radius: float,
    points: torch.Tensor | None,
    generator: torch.Generator,
) -> torch.Tensor:
    if points is not None:
        chosen = torch.randint(points.shape[0], (count,), generator=generator)
        return points.to(torch.float64)[chosen.to(points.device)]
    normal = torch.randn(count, dimension, generator=generator, dtype=torch.float64)
    return normal * (radius / dimension**0.5)


def _masked(v: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    return v if mask is None else v * mask


def _directions(
    count: int, dimension: int, generator: torch.Generator, mask: torch.Tensor | None
) -> torch.Tensor:
    normal = torch.randn(count, dimension, generator=generator, dtype=torch.float64)
    normal = _masked(normal, mask)
    return normal / normal.norm(dim=1, keepdim=True)


def _steepest(
    function: Function,
    x: torch.Tensor,
    v: torch.Tensor,
    mask: torch.Tensor | None,
    order: float,
) -> torch.Tensor:
    """Directions in which the Jacobians at x stretch most, by power iteration.

    In the Euclidean norm on JᵀJ; in the maximum norm v ↦ sign(Jᵀe_i) for the largest entry i of Jv.
    """
    jacobian = _Jacobian(function, x)
    for _ in range(POWER_STEPS):
        image = jacobian.push(v)
        if math.isinf(order):
            top = image.abs().argmax(1, keepdim=True)
            image = torch.zeros_like(image).scatter_(1, top, 1.0)
        # To length 1, since a small slope squared is denormal.
        back = jacobian.pull(image / _lengths(image, order)[:, None].clamp_min(1e-300))
        back = _masked(back.sign() if math.isinf(order) else back, mask)
        length = back.norm(dim=1, keepdim=True)
        v = torch.where(length > 0, back / length.clamp_min(1e-300), v)
    return v.detach()
