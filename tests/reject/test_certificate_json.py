"""Hostile or damaged certificate files are refused with the place, quickly, and in one line."""

import json

import pytest

from lipbridge.certify import serialize
from lipbridge.certify.search import certify_matrix
from lipbridge.certify.serialize import (
    certificate_from_json,
    certificate_to_json,
    load_certificate,
)
from lipbridge.errors import CertificateError, InputError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w", [[1, 2], [3, 5]])
GOOD = json.loads(certificate_to_json(certify_matrix(MATRIX)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"extra": 1}, "unknown key 'extra'"),
        ({"format": "lipbridge.other"}, "format is 'lipbridge.other'"),
        ({"version": 2}, "version 2 is not 1"),
        ({"version": "1"}, "version is not an integer"),
        ({"version": True}, "version is not an integer"),
        ({"rows": 0}, "rows = 0 is not between"),
        ({"rows": -2}, "rows = -2 is not between"),
        ({"cols": 10**8}, "cols = 100000000 is not between"),
        ({"rows": 10**6, "cols": 10**6}, "order 1000000 is above"),
        ({"rows": None}, "rows is not an integer"),
        ({"rows": 3, "cols": 3}, r"L is not a list of min\(rows, cols\) = 3 rows"),
        ({"transpose": 1}, "transpose is neither"),
        ({"transpose": "false"}, "transpose is neither"),
        ({"tensor": 7}, "tensor is not a name"),
        ({"tensor": "x" * 2000}, "tensor is not a name"),
        ({"c": 1}, "c is not a string of digits"),
        ({"c": "0"}, "c = 0 is below 1"),
        ({"e": "-4"}, "e = -4 is below 1"),
        ({"T": "-1"}, "T = -1 is below 0"),
        ({"d": "-1"}, "d = -1 is below 0"),
        ({"epsilon": "-1"}, "epsilon = -1 is below 0"),
        ({"denominator": "0"}, "denominator = 0 is below 1"),
        ({"T": ""}, "T = '' is not an integer"),
        ({"T": "007"}, "T = '007' is not an integer in canonical"),
        ({"T": "+7"}, "not an integer in canonical"),
        ({"T": "-0"}, "not an integer in canonical"),
        ({"T": " 7"}, "not an integer in canonical"),
        ({"T": "7\n"}, "not an integer in canonical"),
        ({"T": "1_000"}, "not an integer in canonical"),
        ({"T": "1e6"}, "not an integer in canonical"),
        ({"T": "٣"}, "not an integer in canonical"),
        ({"T": "0x1f"}, "decimal up to 1024 bits"),
        ({"T": "9" * 309}, "decimal up to 1024 bits"),
        ({"T": "9" * 5000}, "not an integer in canonical"),
        ({"T": "0x" + "f" * 40000}, "T has 40002 digits, too many"),
        ({"L": "1 2"}, "L is not a list"),
        ({"L": [[1, 2], [3, 4]]}, r"L\[0\] is not a string of 2 integers"),
        ({"L": ["1 2", "3"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", "3 4 5"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", "3  4"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", " 4"]}, r"L\[1,0\] = '' is not an integer"),
        ({"L": ["1 2", "3 x"]}, r"L\[1,1\] = 'x' is not an integer"),
        ({"weights_sha256": "abc"}, "weights_sha256 is not a SHA-256"),
        ({"weights_sha256": "A" * 64}, "weights_sha256 is not a SHA-256"),
        ({"content_sha256": 5}, "content_sha256 is not a SHA-256"),
        ({"content_sha256": "0" * 64}, "content_sha256 is 000000000000…"),
    ],
)
def test_fields(change: dict, reason: str) -> None:
    with pytest.raises(CertificateError, match=reason) as caught:
        certificate_from_json(json.dumps({**GOOD, **change}), source="c.json")
    message = str(caught.value)
    assert message.startswith("c.json: ")
    assert "\n" not in message
    assert len(message) < 300


@pytest.mark.parametrize("key", list(GOOD))
def test_missing_keys(key: str) -> None:
    rest = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(CertificateError, match=f"key '{key}' is missing"):
        certificate_from_json(json.dumps(rest))


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("", InputError, r"<certificate>:1:1: not JSON"),
        ('{"version": 1,\n "rows" 2}', InputError, r":2:9: not JSON"),
        ("[" * 200_000, InputError, "nested too deeply|not JSON"),
        (b"\xff\xfe{}", InputError, "not UTF-8 at byte 0"),
        ("[]", CertificateError, "top level is not an object"),
        ("null", CertificateError, "top level is not an object"),
        ("{}", CertificateError, "key 'format' is missing"),
        ('{"version": 1, "version": 1}', CertificateError, "a key occurs twice"),
        ('{"version": 1.0}', CertificateError, "1.0 is not an integer"),
        ('{"version": NaN}', CertificateError, "NaN is not an integer"),
        ('{"version": ' + "9" * 100_000 + "}", CertificateError, "write integers of this size"),
    ],
)
def test_texts(text: str | bytes, error: type, reason: str) -> None:
    with pytest.raises(error, match=reason) as caught:
        certificate_from_json(text)
    assert "\n" not in str(caught.value)


def test_truncated_anywhere() -> None:
    text = json.dumps(GOOD)
    for end in range(0, len(text), 7):
        with pytest.raises((InputError, CertificateError)):
            certificate_from_json(text[:end])


def test_file_beyond_the_limit(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(serialize, "_MAX_FILE_BYTES", 100)
    path = tmp_path / "c.json"
    path.write_text(json.dumps(GOOD))
    with pytest.raises(InputError, match="larger than 100 bytes"):
        load_certificate(path)
