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
    dump_certificate,
    load_certificate,
    parse_certificate,
)
from lipbridge.errors import CertificateError, InputError
from lipbridge.language.tensor import ExactMatrix

MATRIX = ExactMatrix.from_fractions("w — «é»", [[3, -1, 2], [-2, 7, 1], [5, -3, -1]])
GOOD = certify_matrix(MATRIX)


def test_round_trip(tmp_path) -> None:
    path = tmp_path / "c.json"
    dump_certificate(GOOD, path)
    loaded = load_certificate(path)
    assert loaded == GOOD
    replay(MATRIX, loaded)
    assert certificate_to_json(loaded) == path.read_text(encoding="ascii")
    assert list(tmp_path.iterdir()) == [path]


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


def test_an_unsealed_read_is_for_the_replay_to_judge() -> None:
    data = json.loads(certificate_to_json(GOOD))
    data["T"] = str(GOOD.T + 1)
    certificate, complaint = parse_certificate(json.dumps(data), source="c.json")
    assert certificate.T == GOOD.T + 1
    assert complaint.startswith("c.json: content_sha256")


def test_unwritable_and_unreadable(tmp_path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        dump_certificate(GOOD, tmp_path / "absent" / "c.json")
    with pytest.raises(InputError, match="cannot read"):
        load_certificate(tmp_path / "absent.json")
    with pytest.raises(InputError, match="cannot read"):
        load_certificate(tmp_path)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    path = tmp_path / "c.json"
    dump_certificate(GOOD, path)
    before = path.read_bytes()

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(InputError, match="No space left"):
        dump_certificate(dataclasses.replace(GOOD, T=1), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_no_claim_is_checked_on_loading() -> None:
    absurd = SpectralCertificate(1, "w", 1, 1, False, 1, 1, 0, 0, 0, ((7,),), "0" * 64)
    assert certificate_from_json(certificate_to_json(absurd)) == absurd
