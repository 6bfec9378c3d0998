"""Certificates survive a file, and integers are exact whatever their size."""

import json
from fractions import Fraction

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from lipbridge.certify import SpectralCertificate, read_json, record_to_json
from lipbridge.certify.replay import replay as replay_certificate
from lipbridge.certify.search import certify_matrix
from lipbridge.errors import CertificateError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w — «é»", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
GOOD = certify_matrix(MATRIX)


def read(text: str | bytes) -> SpectralCertificate:
    return read_json(text, SpectralCertificate, "c.json", long=True)


def test_round_trip() -> None:
    text = record_to_json(GOOD)
    loaded = read(text)
    assert loaded == GOOD
    replay_certificate(MATRIX, loaded)
    assert record_to_json(loaded) == text


@pytest.mark.parametrize("bits", [62, 63, 64, 1024, 14_280, 14_290, 20_000, 33_000])
def test_long_integers(bits: int) -> None:
    record = replace(GOOD, T=(1 << bits) - 1, L=((-(1 << bits), 0, 1),) * 3)
    text = record_to_json(record)
    assert text.count("\n") == 2 + len(record.__struct_fields__)
    assert read(text) == record


def test_huge_weights_round_trip() -> None:
    values = np.array([[1e300, 1e-300], [-1e-300, 1.0]])
    matrix = ExactMatrix.from_floats("w", values)
    certificate = certify_matrix(matrix)
    again = read(record_to_json(certificate))
    assert again == certificate
    replay_certificate(matrix, again)


def test_key_order_and_white_space_do_not_matter() -> None:
    data = json.loads(record_to_json(GOOD))
    shuffled = json.dumps(dict(reversed(data.items())), indent=3)
    assert read(shuffled.encode()) == GOOD


def test_no_claim_is_checked_on_loading() -> None:
    absurd = replace(GOOD, c=-1, e=0, d=-5, L=((7,),), rows=2)
    assert read(record_to_json(absurd)) == absurd


class Fractions(msgspec.Struct, frozen=True):
    some: tuple[Fraction, ...]


def test_fractions_are_their_two_integers() -> None:
    record = Fractions((Fraction(5, 16), Fraction(-3), Fraction(0)))
    text = record_to_json(record)
    assert json.loads(text) == {"some": [[5, 16], [-3, 1], [0, 1]]}
    assert read_json(text, Fractions, "f.json") == record


@pytest.mark.parametrize("bad", ["[1, 0]", "[1, -2]", "[1]", "[1, 2, 3]", '"1/2"', "1", "null"])
def test_what_is_no_fraction_is_refused(bad: str) -> None:
    with pytest.raises(CertificateError, match=r"f\.json: no fraction: .* - at `\$\.some"):
        read_json(f'{{"some": [{bad}]}}', Fractions, "f.json")


def test_long_integers_are_read_where_a_record_has_them() -> None:
    text = record_to_json(replace(GOOD, T=1 << 20_000))
    with pytest.raises(CertificateError, match=r"^c\.json: an integer of 6021 digits is too long$"):
        read_json(text, SpectralCertificate, "c.json")
