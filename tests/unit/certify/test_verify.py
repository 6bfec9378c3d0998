"""An edited file is refused for what the edit breaks, and refused also if it breaks nothing."""

import json

import pytest

from lipbridge.certify.search import certify_matrix
from lipbridge.certify.serialize import dump_certificate
from lipbridge.certify.verify import verify_file
from lipbridge.errors import CertificateError, InputError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
GOOD = certify_matrix(MATRIX)


@pytest.fixture
def path(tmp_path):
    dump_certificate(GOOD, tmp_path / "c.json")
    return tmp_path / "c.json"


def edit(path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_accepts(path) -> None:
    assert verify_file(path, MATRIX) == GOOD


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rows": 4}, "number of rows is 4"),
        ({"cols": 4}, "number of columns is 4"),
        ({"denominator": "2"}, "denominator is 2"),
        ({"transpose": True}, "transpose is True"),
        ({"tensor": "x"}, "tensor name is 'x'"),
        ({"weights_sha256": "1" * 64}, "weights_sha256 is '111"),
        ({"c": str(GOOD.c + 1)}, "c = .* is not a power of two"),
        ({"e": str(GOOD.e + 2)}, "e = .* is not a power of two"),
        ({"d": str(GOOD.d + 1)}, r"E\[(\d),\1\] = -.* exceeds epsilon"),
        ({"epsilon": str(GOOD.epsilon + 1)}, "d = .* is below k·epsilon"),
        ({"T": str(GOOD.T - 1)}, r"E\[(\d),\1\] = -.* exceeds epsilon"),
        ({"T": str(GOOD.T + 1)}, "content_sha256 is .* a field was changed"),
        ({"content_sha256": "0" * 64}, "content_sha256 is 000"),
    ],
)
def test_edits(path, changes: dict, reason: str) -> None:
    edit(path, **changes)
    with pytest.raises(CertificateError, match=reason):
        verify_file(path, MATRIX)


def test_every_last_digit_of_the_factor(path) -> None:
    rows = [" ".join(map(str, row)) for row in GOOD.L]
    for i, row in enumerate(rows):
        entries = row.split(" ")
        for j, entry in enumerate(entries):
            other = entry[:-1] + ("2" if entry[-1] == "1" else "1")
            line = " ".join([*entries[:j], other, *entries[j + 1 :]])
            edit(path, L=[*rows[:i], line, *rows[i + 1 :]])
            with pytest.raises(CertificateError, match=r"exceeds epsilon|content_sha256"):
                verify_file(path, MATRIX)


def test_absent_file(tmp_path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        verify_file(tmp_path / "c.json", MATRIX)
