"""Certificates survive a file, and a file is replaced whole or not at all."""

import dataclasses
import json

import numpy as np
import pytest

from lipbridge.certify.records import SpectralCertificate
from lipbridge.certify.replay import replay
from lipbridge.certify.search import certify_matrix
from lipbridge.certify.serialize import (
    certificate_from_json,
    certificate_to_json,
)
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w — «é»", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
GOOD = certify_matrix(MATRIX)


def test_round_trip() -> None:
    text = certificate_to_json(GOOD)
    loaded = certificate_from_json(text)
    assert loaded == GOOD
    replay(MATRIX, loaded)
    assert certificate_to_json(loaded) == text


@pytest.mark.parametrize("bits", [1023, 1024, 1025, 20000])
def test_long_integers_turn_hexadecimal(bits: int) -> None:
    record = dataclasses.replace(GOOD, T=(1 << bits) - 1, L=((-(1 << bits), 0, 1),) * 3)
    text = certificate_to_json(record)
    assert ("0x" in text) == (bits >= 1024)
    assert certificate_from_json(text) == record


def test_huge_weights_round_trip() -> None:
    values = np.array([[1e300, 1e-300], [-1e-300, 1.0]])
    matrix = ExactMatrix.from_floats("w", values)
    certificate = certify_matrix(matrix)
    again = certificate_from_json(certificate_to_json(certificate))
    assert again == certificate
    replay(matrix, again)


def test_key_order_and_white_space_do_not_matter() -> None:
    data = json.loads(certificate_to_json(GOOD))
    shuffled = json.dumps(dict(reversed(data.items())), indent=3)
    assert certificate_from_json(shuffled.encode()) == GOOD


@pytest.mark.parametrize(
    "key", ["c", "e", "T", "d", "epsilon", "denominator", "weights_sha256", "tensor"]
)
def test_the_digest_catches_an_edited_field(key: str) -> None:
    data = json.loads(certificate_to_json(GOOD))
    text = data[key]
    data[key] = text[:-1] + ("2" if text[-1] == "1" else "1")
    with pytest.raises(CertificateError, match=r"content_sha256 is .* changed after"):
        certificate_from_json(json.dumps(data))


def test_the_digest_catches_every_digit_of_the_factor() -> None:
    data = json.loads(certificate_to_json(GOOD))
    for i, row in enumerate(data["L"]):
        for position, digit in enumerate(row):
            if not digit.isdigit():
                continue
            new = "2" if digit == "1" else "1"
            edited = [*data["L"]]
            edited[i] = row[:position] + new + row[position + 1 :]
            with pytest.raises(CertificateError, match=r"content_sha256|canonical"):
                certificate_from_json(json.dumps({**data, "L": edited}))


def test_no_claim_is_checked_on_loading() -> None:
    absurd = SpectralCertificate(1, "w", 1, 1, False, 1, 1, 0, 0, 0, ((7,),), "0" * 64)
    assert certificate_from_json(certificate_to_json(absurd)) == absurd
