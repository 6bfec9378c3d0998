"""Hostile or damaged certificate files are refused with the place, quickly, and in one line."""

import json

import pytest

from lipbridge.certify.search import certify_matrix
from lipbridge.certify.serialize import certificate_from_json, certificate_to_json
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w", [[1, 2], [3, 5]])
GOOD = json.loads(certificate_to_json(certify_matrix(MATRIX)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"extra": 1}, "unknown field `extra`"),
        ({"format": "lipbridge.other"}, r"Invalid enum value 'lipbridge.other' - at `\$.format`"),
        ({"version": 2}, "version 2 is not 1"),
        ({"version": "1"}, r"Expected `int`, got `(str|bool)` - at `\$.version`"),
        ({"version": True}, r"Expected `int`, got `(str|bool)` - at `\$.version`"),
        ({"rows": 0}, r"`int` >= 1 - at `\$.rows`"),
        ({"rows": -2}, r"`int` >= 1 - at `\$.rows`"),
        ({"cols": 10**8}, r"`int` <= 1048576 - at `\$.cols`"),
        ({"rows": 10**6, "cols": 10**6}, "order 1000000 is above"),
        ({"rows": None}, r"Expected `int`, got `null` - at `\$.rows`"),
        ({"rows": 3, "cols": 3}, r"L is not a list of 3 rows"),
        ({"transpose": 1}, r"Expected `bool`, got `\w+` - at `\$.transpose`"),
        ({"transpose": "false"}, r"Expected `bool`, got `\w+` - at `\$.transpose`"),
        ({"tensor": 7}, r"Expected `str`.* - at `\$.tensor`"),
        ({"tensor": "x" * 2000}, r"Expected `str`.* - at `\$.tensor`"),
        ({"c": 1}, r"Expected `str`, got `int` - at `\$.c`"),
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
        ({"L": "1 2"}, r"Expected `array`, got `str` - at `\$.L`"),
        ({"L": [[1, 2], [3, 4]]}, r"Expected `str`, got `array` - at `\$.L\[0\]`"),
        ({"L": ["1 2", "3"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", "3 4 5"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", "3  4"]}, r"L\[1\] is not a string of 2 integers"),
        ({"L": ["1 2", " 4"]}, r"L\[1,0\] = '' is not an integer"),
        ({"L": ["1 2", "3 x"]}, r"L\[1,1\] = 'x' is not an integer"),
        ({"weights_sha256": "abc"}, r"matching regex .* - at `\$.weights_sha256`"),
        ({"weights_sha256": "A" * 64}, r"matching regex .* - at `\$.weights_sha256`"),
        ({"content_sha256": 5}, r"Expected `str`, got `int` - at `\$.content_sha256`"),
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
    with pytest.raises(CertificateError, match=f"missing required field `{key}`"):
        certificate_from_json(json.dumps(rest))


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("", CertificateError, r"<certificate>:1:1: not JSON"),
        ('{"version": 1,\n "rows" 2}', CertificateError, r":2:9: not JSON"),
        ("[" * 200_000, CertificateError, "nested too deeply|not JSON"),
        (b"\xff\xfe{}", CertificateError, "not UTF-8 at byte 0"),
        ("[]", CertificateError, "Expected `object`, got"),
        ("null", CertificateError, "Expected `object`, got"),
        ("{}", CertificateError, "missing required field `format`"),
        ('{"version": 1, "version": 1}', CertificateError, "the key 'version' occurs twice"),
        ('{"version": 1.0}', CertificateError, "1.0 is not an integer"),
        ('{"version": NaN}', CertificateError, "NaN is not an integer"),
        ('{"version": ' + "9" * 100_000 + "}", CertificateError, "thousands of digits"),
    ],
)
def test_texts(text: str | bytes, error: type, reason: str) -> None:
    with pytest.raises(error, match=reason) as caught:
        certificate_from_json(text)
    assert "\n" not in str(caught.value)


def test_truncated_anywhere() -> None:
    text = json.dumps(GOOD)
    for end in range(0, len(text), 7):
        with pytest.raises(CertificateError):
            certificate_from_json(text[:end])
