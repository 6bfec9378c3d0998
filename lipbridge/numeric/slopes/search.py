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
    """The steepest place found; an estimate.

    Args:
        value: ``‖J (y − x)‖ / ‖y − x‖`` for the Jacobian J of f at x, float64 arithmetic.
        x, y: the pair.
    """

    value: float
    x: torch.Tensor
    y: torch.Tensor


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
    """
    if radius is None:
        radius = 1.0 if points is None else float(points.norm(dim=1).mean()) or 1.0
    search = _Search(function, dimension, radius, points, project, mask, order)
    found: list[Slope] = []
    for distance in distances:
        x = search.points(pairs)
        y = x + distance * radius * search.directions(pairs)
        found.append(search.steepest_pair(search.inside(x), search.inside(y)))
    search.generator.manual_seed(1)
    for distance in distances if starts else ():
        x, v = search.inside(search.points(starts)), search.directions(starts)
        found += search.climb(x, search.stretched(x, v), distance * radius, steps)
    return max(found, key=lambda slope: slope.value)


class _Search:
    """Slopes of a function in one norm, on one domain; see :func:`adversarial_slope`."""

    def __init__(
        self,
        function: Function,
        dimension: int,
        radius: float,
        points: torch.Tensor | None,
        project: Function | None,
        mask: torch.Tensor | None,
        order: float,
    ) -> None:
        self.function, self.dimension, self.radius, self.order = function, dimension, radius, order
        self.given, self.project, self.mask = points, project, mask
        self.generator = torch.Generator().manual_seed(0)

    def normal(self, count: int) -> torch.Tensor:
        return torch.randn(count, self.dimension, generator=self.generator, dtype=torch.float64)

    def points(self, count: int) -> torch.Tensor:
        """Where pairs start, before they are put inside."""
        if self.given is None:
            return self.normal(count) * (self.radius / self.dimension**0.5)
        chosen = torch.randint(len(self.given), (count,), generator=self.generator)
        return self.given.to(torch.float64)[chosen.to(self.given.device)]

    def directions(self, count: int) -> torch.Tensor:
        """Random ones of length 1."""
        ways = self.masked(self.normal(count))
        return ways / ways.norm(dim=1, keepdim=True)

    def inside(self, x: torch.Tensor) -> torch.Tensor:
        return x if self.project is None else self.project(x)

    def masked(self, v: torch.Tensor) -> torch.Tensor:
        return v if self.mask is None else v * self.mask

    def steepest_pair(self, x: torch.Tensor, y: torch.Tensor) -> Slope:
        """The steepest of some pairs, by their Jacobians."""
        with torch.no_grad():
            steep = pair_slopes(self.function, x, y, self.order).nan_to_num(0.0, 0.0)
        top = steep.topk(min(_MEASURED, len(x))).indices
        first, second = x[top], y[top]
        run = second - first
        rise = _lengths(_Jacobian(self.function, first).push(run), self.order)
        slopes = rise / _lengths(run, self.order).clamp_min(1e-300) * (1 - _ROUNDING)
        slopes = torch.where((rise > _LEAST_RISE) & slopes.isfinite(), slopes, 0.0)
        best = int(slopes.argmax())
        return Slope(float(slopes[best]), first[best].clone(), second[best].clone())

    def stretched(self, x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        """Directions in which the Jacobians at x stretch most, by power iteration.

        In the Euclidean norm on JᵀJ; in the maximum norm v ↦ sign(Jᵀe_i) for the largest entry i
        of Jv.
        """
        jacobian = _Jacobian(self.function, x)
        for _ in range(POWER_STEPS):
            image = jacobian.push(v)
            if math.isinf(self.order):
                top = image.abs().argmax(1, keepdim=True)
                image = torch.zeros_like(image).scatter_(1, top, 1.0)
            # To length 1, since a small slope squared is denormal.
            back = jacobian.pull(image / _lengths(image, self.order)[:, None].clamp_min(1e-300))
            back = self.masked(back.sign() if math.isinf(self.order) else back)
            length = back.norm(dim=1, keepdim=True)
            v = torch.where(length > 0, back / length.clamp_min(1e-300), v)
        return v.detach()

    def climb(self, x: torch.Tensor, v: torch.Tensor, distance: float, steps: int) -> list[Slope]:
        """Steep pairs at a fixed distance, so that the ascent cannot collapse them."""

        def pair() -> tuple[torch.Tensor, torch.Tensor]:
            way = self.masked(v)
            y = x + distance * way / _lengths(way, self.order)[:, None].clamp_min(1e-300)
            return self.inside(x), self.inside(y)

        def best() -> Slope:
            return self.steepest_pair(*(point.detach() for point in pair()))

        found = [best()]
        if not steps:
            return found
        x, v = x.clone().requires_grad_(), v.clone().requires_grad_()
        # The point moves on the scale of the radius, the unit direction on its own.
        rates = {"params": [x], "lr": _RATE * self.radius}, {"params": [v], "lr": _RATE}
        optimizer = Adam(list(rates))
        for step in range(steps):
            optimizer.zero_grad()
            slopes = pair_slopes(self.function, *pair(), self.order)
            (-slopes.clamp_min(1e-300).log().sum()).backward()
            optimizer.step()
            if step % 10 == 9 or step == steps - 1:
                found.append(best())
        x = x.detach()
        v = self.stretched(x, v.detach())
        return [*found, best()]
