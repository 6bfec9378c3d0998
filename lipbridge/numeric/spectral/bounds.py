"""Rigorous bounds of the largest singular value: float64, CPU or CUDA, one matrix or many.

``σ_max(W)² = λ_max(VᵀV)·4^e`` where ``W = 2^e·V`` (``scaling``), V turned so that VᵀV is the
smaller Gram matrix. Steps: Gram product with its error bound (``gram``), an estimate that chooses a
shift (``estimate``), a factorization that proves it (``cholesky``), and the roots, in exact
rational arithmetic, rounded outward (``rounding``).
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from fractions import Fraction

import torch

from lipbridge.errors import WeightsError
from lipbridge.numeric.devices import DeviceChoice, choose_device, one_thread
from lipbridge.numeric.records import Assurance, SpectralBound
from lipbridge.numeric.rounding import (
    OMEGA,
    UNIT,
    float_down,
    float_up,
    gamma,
    root_down,
    root_up,
    sum_down,
    sum_up,
)
from lipbridge.numeric.spectral.cholesky import inverse_iterate, row_sum_bounds, shifted_bounds
from lipbridge.numeric.spectral.estimate import Estimate, estimate_top
from lipbridge.numeric.spectral.gram import Gram, gram
from lipbridge.numeric.spectral.staging import batches
from lipbridge.numeric.weights.exact import Values, as_tensor, require_dense
from lipbridge.numeric.weights.scaling import ScaledBatch, called, dtype_name, scale_batch

# Relative head room of the shift above the estimate, tried in turn after the estimated error.
_WIDENING = (1.0, 8.0, 64.0, 4096.0, 2.0**20)


def spectral_bound(
    tensor: Values, *, device: str | torch.device = "auto", name: str = ""
) -> SpectralBound:
    """Enclose ``σ_max`` of one matrix: ``lower ≤ ‖W‖₂ ≤ upper``, outward rounded.

    Args:
        tensor: bf16, f16, f32, f64, float8 or integer entries, taken as exact numbers.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:1``; without float64 there, the CPU is used.
        name: the tensor's name, for the record and for error messages.

    Shape:
        (rows, cols), both at least 1; a vector counts as one row.

    Returns:
        A bound labelled rigorous; relative slack about k·(k+M)·1e-16 or less, where
        k = min(rows, cols), M = max(rows, cols).

    Raises:
        WeightsError: not a matrix, empty, NaN or infinite entries, or an unusable type.
        InputError: an unknown device.

    Source: S. M. Rump, *Verification of positive definiteness*, BIT 46 (2006); see ``cholesky``.
    """
    matrix = as_tensor(tensor, name).detach()
    matrix = matrix[None, :] if matrix.ndim == 1 else matrix
    _check_shape(matrix, name)
    return _bounds(matrix[None], (name,), choose_device(device))[0]


def spectral_bounds(
    tensors: Sequence[torch.Tensor] | torch.Tensor,
    *,
    device: str | torch.device = "auto",
    names: Sequence[str] | None = None,
) -> list[SpectralBound]:
    """Enclose ``σ_max`` of many matrices; equal shapes and types share their launches.

    Args:
        tensors: matrices of any shapes, or one stacked tensor.
        device: as in ``spectral_bound``.
        names: one a matrix, for records and error messages.

    Shape:
        each (rows, cols), or stacked (batch, rows, cols).

    Returns:
        One bound a matrix, in the order given.

    Raises:
        WeightsError: as ``spectral_bound``; or as many names as matrices were not given.
    """
    labels = tuple(names) if names is not None else ("",) * len(tensors)
    if len(labels) != len(tensors):
        raise WeightsError(f"{len(tensors)} matrices and {len(labels)} names; give one name each")
    choice = choose_device(device)
    if isinstance(tensors, torch.Tensor):
        tensors = require_dense(tensors, "")
    else:
        tensors = [as_tensor(tensor, name) for tensor, name in zip(tensors, labels, strict=True)]
    groups: dict[tuple[torch.Size, torch.dtype, torch.device], list[int]] = {}
    for index, tensor in enumerate(tensors):
        _check_shape(tensor, labels[index])
        groups.setdefault((tensor.shape, tensor.dtype, tensor.device), []).append(index)
    found: dict[int, SpectralBound] = {}
    for members in groups.values():
        alike = tensors if len(members) == len(tensors) else [tensors[i] for i in members]
        for first, batch in batches(alike, choice.device):
            part = members[first : first + len(batch)]
            bounds = _bounds(batch, tuple(labels[i] for i in part), choice)
            found.update(zip(part, bounds, strict=True))
    return [found[index] for index in range(len(tensors))]


def _check_shape(tensor: torch.Tensor, name: str) -> None:
    if tensor.ndim != 2 or tensor.numel() == 0:
        raise WeightsError(
            f"{called(name)} has shape {tuple(tensor.shape)}; a spectral norm needs a matrix "
            "with at least one row and column"
        )


def _bounds(
    batch: torch.Tensor, names: tuple[str, ...], choice: DeviceChoice
) -> list[SpectralBound]:
    began = time.perf_counter()
    count, rows, cols = batch.shape
    # `cpu_blas` works with numpy's threads, and both would spin on one core.
    with one_thread(choice.device.type == "cpu" and count == 1):
        scaled = scale_batch(batch.to(choice.device), names)
        # A square matrix is turned too: products of rows are a little faster than of columns.
        values = scaled.values if rows > cols else scaled.values.mT
        enclosures = _enclose(values, scaled)
    seconds = (time.perf_counter() - began) / count
    return [
        SpectralBound(
            lower=lower,
            upper=upper,
            assurance=Assurance.RIGOROUS,
            method=method,
            rows=rows,
            cols=cols,
            dtype=dtype_name(batch.dtype),
            device=str(choice.device),
            seconds=seconds,
            name=name,
            notes=choice.notes,
        )
        for name, (lower, upper, method) in zip(names, enclosures, strict=True)
    ]


def _enclose(values: torch.Tensor, scaled: ScaledBatch) -> list[tuple[float, float, str]]:
    """Bounds of ‖W‖₂ = 2^e·‖V + Δ‖₂ for V of shape (batch, M, k), k ≤ M."""
    count, long, short = values.shape
    product = gram(values)
    squares, sums, methods = _prove(product, values, scaled.zero)
    lowers = _lower_bounds(sums.tolist(), long, short, product.traces)
    # ‖Δ‖₂ ≤ ‖Δ‖_F ≤ residual·√(M·k) ≤ residual·M.
    drift = scaled.residual * long
    results: list[tuple[float, float, str]] = []
    for index in range(count):
        if scaled.zero[index]:
            results.append((0.0, 0.0, "zero"))
            continue
        unit = Fraction(2) ** scaled.exponents[index]
        upper = float_up((root_up(squares[index]) + drift) * unit)
        lower = float_down(max(Fraction(0), lowers[index] - drift) * unit)
        results.append((lower, upper, methods[index]))
    return results


def _prove(
    product: Gram, values: torch.Tensor, zero: tuple[bool, ...]
) -> tuple[list[Fraction], torch.Tensor, list[str]]:
    """Proved upper bounds of λ_max, ``_image_sums`` of near eigenvectors, and the method's name."""
    count, long, short = values.shape
    # What rounding alone costs; an estimate much finer than that would be wasted.
    floor = 8 * (short + 8) * float(UNIT)
    tolerance = max(floor, min(4 * short * (short + long) * float(UNIT), 1e-7))
    estimates = estimate_top(product.matrices, tolerance)
    vectors = _first_vectors(product.matrices, estimates)
    # Asked for before the factorization, so that an accelerator goes straight on to it.
    sums = _image_sums(values, vectors)
    changed = False
    squares: list[Fraction | None] = [Fraction(0) if empty else None for empty in zero]
    methods = ["cholesky"] * count
    pending = [i for i in range(count) if not zero[i]]
    for widening in _WIDENING:
        if not pending:
            break
        part = product if len(pending) == count else _select(product, pending)
        shifts = [
            estimates[i].value * (1 + widening * (min(estimates[i].error, 1.0) + floor))
            for i in pending
        ]
        proved, factors = shifted_bounds(part, shifts)
        for place, index in enumerate(pending):
            squares[index] = proved[place]
            missing = estimates[index].vector is None and proved[place] is not None
            if missing and factors is not None:
                factor = factors[place : place + 1]
                vectors[index] = inverse_iterate(factor, vectors[index : index + 1])[0]
                changed = True
        pending = [i for i in pending if squares[i] is None]
    if pending:
        tops = row_sum_bounds(product)
        for i in pending:
            squares[i] = min(tops[i], product.traces[i])
            methods[i] = "row sums"
    if changed:
        sums = _image_sums(values, vectors)
    return [square for square in squares if square is not None], sums, methods


def _first_vectors(matrices: torch.Tensor, estimates: list[Estimate]) -> torch.Tensor:
    """The estimates' vectors; where there is none, a random one: it meets every eigenspace."""
    known = [e.vector for e in estimates if e.vector is not None]
    if len(known) == len(estimates):
        vectors = torch.stack(known)
        return vectors / vectors.norm(dim=1, keepdim=True).clamp_min(1e-300)
    generator = torch.Generator().manual_seed(0)
    start = torch.randn(matrices.shape[-1], dtype=torch.float64, generator=generator)
    start = start.to(matrices.device)
    vectors = torch.stack([start if e.vector is None else e.vector for e in estimates])
    return vectors / vectors.norm(dim=1, keepdim=True).clamp_min(1e-300)


def _select(product: Gram, members: list[int]) -> Gram:
    index = torch.tensor(members, device=product.matrices.device)
    return Gram(product.matrices[index], product.sums[index], product.long)


def _image_sums(values: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
    """Computed ``‖Vx‖²`` and ``‖x‖²``, shape (batch, 2)."""
    images = (values @ vectors[:, :, None])[:, :, 0]
    return torch.stack([(images * images).sum(1), (vectors * vectors).sum(1)], dim=1)


def _lower_bounds(
    sums: list[list[float]], long: int, short: int, traces: tuple[Fraction, ...]
) -> list[Fraction]:
    """Bound ``σ_max(V) ≥ ‖Vx‖/‖x‖`` from below, whatever x is, from ``_image_sums``.

    ``y = fl(Vx)`` is off by at most ``γ_k‖v_i‖‖x‖ + k·OMEGA`` in row i, hence
    ``‖Vx‖/‖x‖ ≥ ‖y‖/‖x‖ − γ_k‖V‖_F − M·k·OMEGA/‖x‖``; x has norm near 1.
    """
    bounds: list[Fraction] = []
    for (image, vector), trace in zip(sums, traces, strict=True):
        if not (math.isfinite(image) and 0.25 < vector < 4.0):  # no usable x was found
            bounds.append(Fraction(0))
            continue
        ratio = root_down(sum_down(image, long) / sum_up(vector, short))
        off = gamma(short) * root_up(trace) + 2 * long * short * OMEGA
        bounds.append(max(Fraction(0), ratio - off))
    return bounds
