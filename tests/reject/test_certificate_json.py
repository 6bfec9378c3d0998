"""Hostile or damaged certificate files are refused with the place, quickly, and in one line."""

import json

import pytest

from lipbridge.certify import SpectralCertificate, read_json, record_to_json
from lipbridge.certify.search import certify_matrix
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w", [[1, 2], [3, 5]])
GOOD = json.loads(record_to_json(certify_matrix(MATRIX)))


def read(text: str | bytes) -> SpectralCertificate:
    return read_json(text, SpectralCertificate, "c.json", long=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"extra": 1}, "unknown field `extra`"),
        ({"rows": 0}, r"`int` >= 1 - at `\$.rows`"),
        ({"cols": 10**8}, r"`int` <= 1048576 - at `\$.cols`"),
        ({"rows": None}, r"Expected `int`, got `null` - at `\$.rows`"),
        ({"rows": True}, r"Expected `int`, got `bool` - at `\$.rows`"),
        ({"transpose": 1}, r"Expected `bool`, got `\w+` - at `\$.transpose`"),
        ({"transpose": "false"}, r"Expected `bool`, got `\w+` - at `\$.transpose`"),
        ({"tensor": "x" * 2000}, r"Expected `str`.* - at `\$.tensor`"),
        ({"tensor": 7}, r"Expected `str`.* - at `\$.tensor`"),
        ({"c": "1"}, r"Expected `int`, got `str` - at `\$.c`"),
        ({"T": 7.0}, r"7.0 is not an integer"),
        ({"T": 1e300}, r"1e\+300 is not an integer"),
        ({"L": "1 2"}, r"Expected `array`, got `str` - at `\$.L`"),
        ({"L": ["1 2", "3 4"]}, r"Expected `array`, got `str` - at `\$.L\[0\]`"),
        ({"L": [[1, 2], [3, None]]}, r"Expected `int`, got `null` - at `\$.L\[1\]\[1\]`"),
        ({"L": [[1, 2], [3, 0.5]]}, r"0.5 is not an integer"),
        ({"weights_sha256": "A" * 64}, r"matching regex .* - at `\$.weights_sha256`"),
        ({"weights_sha256": 5}, r"Expected `str`, got `int` - at `\$.weights_sha256`"),
    ],
)
def test_fields(change: dict, reason: str) -> None:
    with pytest.raises(CertificateError, match=reason) as caught:
        read(json.dumps({**GOOD, **change}))
    message = str(caught.value)
    assert message.startswith("c.json: ")
    assert "\n" not in message
    assert len(message) < 300


@pytest.mark.parametrize("key", list(GOOD))
def test_missing_keys(key: str) -> None:
    rest = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(CertificateError, match=f"missing required field `{key}`"):
        read(json.dumps(rest))


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("", CertificateError, r"c.json:1:1: not JSON"),
        ('{"version": 1,\n "rows" 2}', CertificateError, r":2:9: not JSON"),
        ("[" * 200_000, CertificateError, "nested too deeply|not JSON"),
        (b"\xff\xfe{}", CertificateError, "not UTF-8 at byte 0"),
        ("[]", CertificateError, "Expected `object`, got"),
        ("null", CertificateError, "Expected `object`, got"),
        ("{}", CertificateError, "missing required field `e`"),
        ('{"version": 1, "version": 1}', CertificateError, "the key 'version' occurs twice"),
        ('{"version": 1.0}', CertificateError, "1.0 is not an integer"),
        ('{"version": NaN}', CertificateError, "NaN is not an integer"),
        (
            '{"version": ' + "9" * 100_000 + "}",
            CertificateError,
            "integer of 100000 digits is too long",
        ),
        ('{"version": 0' + "9" * 5000 + "}", CertificateError, "not JSON"),
    ],
)
def test_texts(text: str | bytes, error: type, reason: str) -> None:
    with pytest.raises(error, match=reason) as caught:
        read(text)
    assert "\n" not in str(caught.value)


def test_truncated_anywhere() -> None:
    text = json.dumps(GOOD)
    for end in range(0, len(text), 7):
        with pytest.raises(CertificateError):
            read(text[:end])
