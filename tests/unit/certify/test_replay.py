"""The replay accepts what is proved and rejects everything else for the right reason."""

import flint
import pytest
from msgspec.structs import replace

from lipbridge.certify.integers import gram, identity, tall
from lipbridge.certify.records import NormBound, PsdCertificate
from lipbridge.certify.replay import replay, replay_psd
from lipbridge.certify.search import certify_matrix
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
GOOD = certify_matrix(MATRIX)


def changed_entry(i: int, j: int, by: int) -> tuple[tuple[int, ...], ...]:
    rows = [list(row) for row in GOOD.L]
    rows[i][j] += by
    return tuple(tuple(row) for row in rows)


def test_accepts_what_the_search_finds() -> None:
    assert replay(MATRIX, GOOD) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tensor": "v"}, "tensor name is 'v'"),
        ({"rows": 4}, "number of rows is 4"),
        ({"cols": 2}, "number of columns is 2"),
        ({"denominator": 2}, "denominator is 2"),
        ({"weights_sha256": "0" * 64}, "weights_sha256 is '0000"),
        ({"transpose": True}, "transpose is True"),
        ({"transpose": 0}, "transpose is 0"),
        ({"c": 0}, "c = 0 is not a power of two"),
        ({"c": -GOOD.c}, "c = -.* is not a power of two"),
        ({"c": 3}, "c = 3 is not a power of two"),
        ({"c": 2 * GOOD.c}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"c": GOOD.c // 2}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"e": 0}, "e = 0 is not a power of two"),
        ({"e": 2 * GOOD.e}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"T": GOOD.T - 1}, r"E\[(\d),\1\] = -.* exceeds epsilon"),
        ({"T": GOOD.T - GOOD.d}, r"E\[0,0\] = -.* exceeds epsilon"),
        ({"T": GOOD.T + GOOD.d}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"T": 0}, r"E\[0,0\] = -.* exceeds epsilon"),
        ({"d": GOOD.d - 1}, r"d = \d+ is below k·epsilon = 3·\d+"),
        ({"d": GOOD.d + 1}, r"E\[(\d),\1\] = -.* exceeds epsilon"),
        ({"d": -1}, "d = -1 is below"),
        ({"epsilon": GOOD.epsilon + 1}, "d = .* is below k·epsilon"),
        ({"epsilon": GOOD.epsilon - 1}, r"E\[\d,\d\] = .* exceeds epsilon"),
        ({"epsilon": -1}, "epsilon = -1 is negative"),
        ({"version": 3}, "version is 3, but the matrix calls for 2"),
        ({"L": GOOD.L[:2]}, "L has 2 rows, not k = 3"),
        ({"L": (*GOOD.L, (0, 0, 0))}, "L has 4 rows"),
        ({"L": ((1, 2), *GOOD.L[1:])}, r"L\[0\] has 2 entries, not k = 3"),
        ({"L": changed_entry(2, 2, 1)}, r"E\[\d,2\] = .* exceeds epsilon"),
        ({"L": changed_entry(1, 0, 10)}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"L": changed_entry(0, 0, -100_000)}, r"E\[0,0\] = .* exceeds epsilon"),
        ({"L": ((0, 0, 0),) * 3}, "exceeds epsilon"),
    ],
)
def test_rejects_for_the_right_reason(change: dict, reason: str) -> None:
    with pytest.raises(CertificateError, match=reason) as caught:
        replay(MATRIX, replace(GOOD, **change))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("certificate of ")


def test_one_weight_changed() -> None:
    other = ExactMatrix.from_fractions("w", [[3, -1, 2], [-2, 7, 1], [5, -3, -2]])
    with pytest.raises(CertificateError, match="weights_sha256"):
        replay(other, GOOD)
    # Even with the digest put right.
    forged = replace(GOOD, weights_sha256=other.sha256)
    with pytest.raises(CertificateError, match=r"E\[0,2\]"):
        replay(other, forged)


def test_digest_given_by_the_caller() -> None:
    certificate = certify_matrix(MATRIX, weights_sha256="a" * 64)
    replay(MATRIX, certificate, weights_sha256="a" * 64)
    with pytest.raises(CertificateError, match="weights_sha256"):
        replay(MATRIX, certificate)


def test_valid_weaker_claims_are_accepted_as_what_they_are() -> None:
    # T may rise while the largest E_ii still fits: a true, weaker statement with the same L.
    remainder = (
        identity(3, GOOD.T - GOOD.d)
        - gram(tall(MATRIX)) * GOOD.c**2
        - gram(flint.fmpz_mat([list(row) for row in GOOD.L])) * GOOD.e**2
    )
    room = GOOD.epsilon - max(int(remainder[i, i]) for i in range(3))
    replay(MATRIX, replace(GOOD, T=GOOD.T + room))
    with pytest.raises(CertificateError, match="exceeds"):
        replay(MATRIX, replace(GOOD, T=GOOD.T + room + 1))


def test_another_factor_may_witness_the_same_claim() -> None:
    # The first pivot is small, so that its last digits do not matter to E.
    replay(MATRIX, replace(GOOD, L=changed_entry(0, 0, -10)))


def test_a_false_bound_has_no_witness() -> None:
    # σ² of the example lies between 82 and 83; no L saves a T of 82.
    for factor in (GOOD.L, ((0, 0, 0),) * 3):
        false = replace(GOOD, T=82 * GOOD.c**2, L=factor)
        with pytest.raises(CertificateError):
            replay(MATRIX, false)


def test_semidefinite_part_alone() -> None:
    f = flint.fmpz_mat([[2, 1], [-1, 2]])
    replay_psd(f, PsdCertificate(e=1, d=2, epsilon=1, L=((0, 0), (0, 0))))
    with pytest.raises(CertificateError, match="positive semidefiniteness: d = 1"):
        replay_psd(f, PsdCertificate(e=1, d=1, epsilon=1, L=((0, 0), (0, 0))))
    with pytest.raises(CertificateError, match="e = 0 is not positive"):
        replay_psd(f, PsdCertificate(e=0, d=2, epsilon=1, L=((0, 0), (0, 0))))
    with pytest.raises(CertificateError, match="2×1, not square"):
        replay_psd(flint.fmpz_mat(2, 1), PsdCertificate(e=1, d=0, epsilon=0, L=()))


def test_zero_matrix_has_constant_zero() -> None:
    zero = ExactMatrix.from_fractions("z", [[0, 0], [0, 0]])
    certificate = certify_matrix(zero)
    replay(zero, certificate)
    assert certificate.squared_constant[0] == 0
    with pytest.raises(CertificateError, match=r"E\[0,0\] = -1"):
        replay(zero, replace(certificate, d=1))


def test_the_multiple_of_the_identity_is_not_above_the_bound() -> None:
    """The kernel subtracts natural numbers, and asks for it."""
    zero = ExactMatrix.from_fractions("z", [[0, 0], [0, 0]])
    found = replace(certify_matrix(zero), d=2, epsilon=1, L=((0, 0), (0, 0)))
    replay(zero, replace(found, T=2))
    with pytest.raises(CertificateError, match="d = 2 exceeds T = 1"):
        replay(zero, replace(found, T=1))


def test_long_integers_are_abbreviated() -> None:
    big = replace(GOOD, T=-(1 << 5000))
    with pytest.raises(CertificateError, match=r"E\[0,0\] = -\[5001 bits: 0x8") as caught:
        replay(MATRIX, big)
    assert len(str(caught.value)) < 300


def test_record_built_by_hand() -> None:
    # F = 5·I − VᵀV = I for V = 2·I: d = 1, E = 0, nothing for L to do.
    twice = ExactMatrix.from_fractions("t", [[2, 0], [0, 2]])
    zeros = ((0, 0), (0, 0))
    record = NormBound(1, 1, 0, zeros, c=1, T=5).certificate(twice)
    replay(twice, record)
