"""Bounds of σ_max against exact integer arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from lipbridge.errors import WeightsError
from lipbridge.numeric.records import Assurance
from lipbridge.numeric.spectral.bounds import spectral_bound, spectral_bounds

from .exactly import is_lower, is_upper
from .matrices import DTYPES, cases, nearly_tied, normal, orthogonal, scaled_cases

ALL = dict(scaled_cases())


@pytest.mark.parametrize("name", ALL)
def test_encloses_the_truth(name: str) -> None:
    matrix = ALL[name]
    bound = spectral_bound(matrix, device="cpu")
    assert is_upper(matrix, bound.upper), bound
    assert is_lower(matrix, bound.lower), bound
    assert bound.assurance is Assurance.RIGOROUS
    # Near the bottom of float64 the spacing of the numbers themselves is the slack.
    spacing = math.ulp(bound.upper) / max(bound.upper, 5e-324) if bound.upper < 1e300 else 0.0
    if math.isfinite(bound.upper):
        assert bound.slack <= 1e-11 + 4 * spacing, bound


def test_exact_decision_sees_a_bound_that_is_too_small() -> None:
    matrix = torch.tensor([[3.0, 4.0]])
    assert is_upper(matrix, 5.0)
    assert is_lower(matrix, 5.0)
    assert not is_upper(matrix, math.nextafter(5.0, 0.0))
    assert not is_lower(matrix, math.nextafter(5.0, 6.0))


def test_known_values() -> None:
    matrix = torch.tensor([[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
    bound = spectral_bound(matrix)
    assert bound.lower <= 9.101114157450572 <= bound.upper
    assert bound.slack < 1e-13
    assert spectral_bound(torch.tensor([[1e-5]], dtype=torch.float64)).upper >= 1e-5


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (1, 1), (300, 1), (250, 260)])
def test_zero_is_exactly_zero(shape: tuple[int, int]) -> None:
    bound = spectral_bound(torch.zeros(shape, dtype=torch.bfloat16))
    assert (bound.lower, bound.upper, bound.method) == (0.0, 0.0, "zero")


def test_negative_zero_is_zero() -> None:
    assert spectral_bound(torch.full((2, 2), -0.0)).upper == 0.0


def test_smallest_denormal() -> None:
    least = math.ulp(0.0)
    bound = spectral_bound(torch.tensor([[least]], dtype=torch.float64))
    assert bound.lower <= least <= bound.upper <= 2 * least


def test_beyond_the_range_the_upper_bound_is_infinite() -> None:
    matrix = torch.full((2, 2), 1.5e308, dtype=torch.float64)
    bound = spectral_bound(matrix)
    assert bound.upper == math.inf
    assert is_lower(matrix, bound.lower)
    assert bound.lower > 1.79e308


def test_with_denormals_flushed_by_the_processor() -> None:
    matrices = [matrix for name, matrix in ALL.items() if "1e-3" in name or "1e-4" in name]
    assert len(matrices) > 10
    if not torch.set_flush_denormal(True):
        pytest.skip("this processor cannot flush denormals")
    try:
        bounds = spectral_bounds(matrices, device="cpu")
        half = torch.tensor([[6e-8, 1.0]], dtype=torch.float16)
        bounds.append(spectral_bound(half))
    finally:
        torch.set_flush_denormal(False)
    for matrix, bound in zip([*matrices, half], bounds, strict=True):
        assert is_upper(matrix, bound.upper), bound
        assert is_lower(matrix, bound.lower), bound


@pytest.mark.parametrize("size", [200, 257, 390])
@pytest.mark.parametrize("kind", ["normal", "tied", "orthogonal", "rank one", "identity"])
def test_blocked_path_agrees_with_lapack(size: int, kind: str) -> None:
    matrix = {
        "normal": lambda: normal(size + 30, size, 1),
        "tied": lambda: nearly_tied(size, 2, 1e-14),
        "orthogonal": lambda: orthogonal(size, 3),
        "rank one": lambda: normal(size, 1, 4) @ normal(1, size, 5),
        "identity": lambda: torch.eye(size, dtype=torch.float64),
    }[kind]()
    bound = spectral_bound(matrix.T if size == 257 else matrix, device="cpu")
    truth = torch.linalg.svdvals(matrix)[0].item()
    assert bound.method == "cholesky"
    assert truth * (1 - 1e-12) <= bound.upper <= truth * (1 + 1e-9)
    assert truth * (1 - 1e-9) <= bound.lower <= truth * (1 + 1e-12)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("small", ["normal 5x12", "graded 12x5", "cancelling 5x12", "tied 1e-12"])
def test_blocked_path_encloses_norms_that_are_known_exactly(small: str, dtype: torch.dtype) -> None:
    """A Hadamard matrix H of order 64 has HᵀH = 64·I, so that ‖H ⊗ W‖ = 8·‖W‖."""
    matrix = dict(cases())[small].to(dtype)
    hadamard = torch.ones(1, 1, dtype=dtype)
    for _ in range(6):
        hadamard = hadamard.kron(torch.tensor([[1.0, 1], [1, -1]], dtype=dtype))
    bound = spectral_bound(hadamard.kron(matrix), device="cpu")
    assert is_upper(matrix, bound.upper / 8)
    assert is_lower(matrix, bound.lower / 8)
    assert bound.slack <= 1e-9


def test_start_vector_orthogonal_to_the_top_one() -> None:
    """The first estimate misses the top value by far; the factorization must notice."""
    size = 240
    start = torch.from_numpy(np.random.default_rng(0).standard_normal(size))
    unit = start / start.norm()
    other = torch.zeros(size, dtype=torch.float64)
    other[0], other[1] = unit[1], -unit[0]
    other /= other.norm()
    matrix = 0.5 * torch.eye(size, dtype=torch.float64) + 2.0 * torch.outer(other, other)
    bound = spectral_bound(matrix, device="cpu")
    assert bound.lower <= 2.5 <= bound.upper


def test_the_heaviest_column_may_lie_outside_the_top_block() -> None:
    top, heavy = 3.0 * torch.ones(2, 2), torch.diag(torch.tensor([5.0]))
    bound = spectral_bound(torch.block_diag(heavy, top).double(), device="cpu")
    assert bound.lower <= 6.0 <= bound.upper
    assert bound.slack < 1e-13


def test_batches_give_the_same_enclosures_in_order() -> None:
    matrices = [matrix for _, matrix in cases()] + [normal(250, 220, 9)]
    together = spectral_bounds(matrices, names=[f"w{i}" for i in range(len(matrices))])
    for index, (matrix, bound) in enumerate(zip(matrices, together, strict=True)):
        alone = spectral_bound(matrix)
        assert (bound.rows, bound.cols, bound.name) == (*matrix.shape, f"w{index}")
        assert bound.lower <= alone.upper
        assert alone.lower <= bound.upper
        assert bound.slack < 1e-9


def test_stacked_batch_of_very_different_scales() -> None:
    scales = [1e-300, 1e-30, 1.0, 0.0, 1e30, 1e300]
    stacked = torch.stack([normal(5, 3, 7) * scale for scale in scales])
    for matrix, bound in zip(stacked, spectral_bounds(stacked), strict=True):
        assert is_upper(matrix, bound.upper)
        assert is_lower(matrix, bound.lower)
        assert bound.slack < 1e-12


def test_all_eight_bit_floats_and_integers() -> None:
    patterns = torch.arange(256, dtype=torch.uint8)
    for dtype in (torch.float8_e4m3fn, torch.float8_e5m2):
        values = patterns.view(dtype)
        finite = values[torch.isfinite(values.float())][:240].reshape(15, 16)
        bound = spectral_bound(finite)
        assert is_upper(finite.double(), bound.upper)
        assert is_lower(finite.double(), bound.lower)
        assert bound.dtype == str(dtype).removeprefix("torch.")
    assert spectral_bound(torch.tensor([[3, 4]], dtype=torch.int64)).upper >= 5.0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_not_finite(bad: float, dtype: torch.dtype) -> None:
    matrix = torch.ones(3, 4, dtype=dtype)
    matrix[2, 1] = bad
    with pytest.raises(WeightsError, match=r"'blk\.weight': entry \[2, 1\] is .*(nan|inf)"):
        spectral_bound(matrix, name="blk.weight")


@pytest.mark.parametrize("shape", [(), (0, 3), (3, 0), (2, 2, 2)])
def test_bad_shapes(shape: tuple[int, ...]) -> None:
    with pytest.raises(WeightsError, match="'w' has shape"):
        spectral_bound(torch.zeros(shape), name="w")


def test_unusable_types() -> None:
    with pytest.raises(WeightsError, match="complex64"):
        spectral_bound(torch.zeros(2, 2, dtype=torch.complex64))
    with pytest.raises(WeightsError, match="int64"):
        spectral_bound(torch.tensor([[2**60 + 1]]))


def test_names_must_match() -> None:
    with pytest.raises(WeightsError, match="2 matrices and 1 names"):
        spectral_bounds(torch.zeros(2, 2, 2), names=["a"])


def test_a_vector_is_one_row() -> None:
    bound = spectral_bound(torch.tensor([3.0, 4.0]))
    assert (bound.rows, bound.cols) == (1, 2)
    assert bound.lower <= 5.0 <= bound.upper


def test_gradients_are_not_tracked() -> None:
    layer = torch.nn.Linear(4, 3)
    assert spectral_bound(layer.weight).upper > 0.0


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_cuda_encloses_the_truth() -> None:
    for matrix, bound in zip(ALL.values(), spectral_bounds(list(ALL.values())), strict=True):
        assert bound.device.startswith("cuda")
        assert is_upper(matrix, bound.upper)
        assert is_lower(matrix, bound.lower)


class _Named(torch.Tensor):
    """A subclass that computes as its base does."""


class _Elsewhere(torch.Tensor):
    """A subclass that computes in its own way."""

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):  # pyright: ignore
        return func(*args, **(kwargs or {}))


_UINT4: torch.dtype = vars(torch)["uint4"]  # torch's stubs have none
_DENSE = torch.tensor([[3.0, 4.0], [0.0, 0.0]])


@pytest.mark.parametrize(
    ("tensor", "words"),
    [
        (_DENSE.to_sparse(), r"stored as torch\.sparse_coo, torch\.float32; save it as a dense"),
        (_DENSE.to_sparse().to(torch.float16), r"stored as torch\.sparse_coo, torch\.float16"),
        (_DENSE.to("meta"), "as meta, without values"),
        (torch.ops.aten.quantize_per_tensor(_DENSE, 0.5, 0, torch.qint8), r"quantised \(torch\.qi"),
        (torch.nn.LazyLinear(2).weight, "not initialised"),
        (_DENSE.as_subclass(_Elsewhere), "_Elsewhere, whose numbers are not what it stores"),
        (
            torch.zeros(2, 2, dtype=_UINT4),
            "holds uint4, which torch stores and cannot read",
        ),
        (_DENSE.to(torch.complex64), "holds complex64 entries"),
    ],
)
def test_tensors_that_are_not_dense_are_refused_in_one_line(
    tensor: torch.Tensor, words: str
) -> None:
    with pytest.raises(WeightsError, match=f"the tensor .*{words}"):
        spectral_bound(tensor)
    with pytest.raises(WeightsError, match=f"tensor 'b' .*{words}"):
        spectral_bounds([_DENSE, tensor], names=("a", "b"))


@pytest.mark.parametrize(
    "tensor",
    [
        _DENSE.clone().requires_grad_(),
        torch.nn.Parameter(_DENSE),
        _DENSE.as_subclass(_Named),
        _DENSE.mT,
        _DENSE.to(torch.float8_e4m3fn),
        _DENSE[:1].expand(2, 2)[:1],
        torch.conj(torch.complex(_DENSE, -_DENSE)).imag,
        _DENSE.numpy().astype(">f4"),
    ],
)
def test_tensors_of_another_kind_with_the_same_numbers_have_the_same_bound(
    tensor: torch.Tensor,
) -> None:
    bound = spectral_bound(tensor, device="cpu")
    assert bound.lower <= 5 <= bound.upper <= 5 * (1 + 1e-12)
