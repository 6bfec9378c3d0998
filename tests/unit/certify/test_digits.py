"""Every integer has one spelling, and only that one is read."""

import pytest
from hypothesis import given, strategies as st

from lipbridge.certify.digits import decode_integer, encode_integer
from lipbridge.errors import CertificateError

integers = st.one_of(
    st.integers(), st.integers(-(1 << 1026), 1 << 1026), st.integers(-(1 << 9000), 1 << 9000)
)


@given(integers)
def test_round_trip(n: int) -> None:
    text = encode_integer(n)
    assert decode_integer(text, "n", "file") == n
    assert text.lstrip("-").startswith("0x") == (n.bit_length() > 1024)


@pytest.mark.parametrize("text", ["", "-", "00", "-0", "0x1", "1.0", "1 ", "0X1F", "0x", 7, None])
def test_other_spellings(text: object) -> None:
    with pytest.raises(CertificateError, match=r"^file: n "):
        decode_integer(text, "n", "file")


def test_least() -> None:
    assert decode_integer("3", "n", "file", least=3) == 3
    with pytest.raises(CertificateError, match="n = 2 is below 3"):
        decode_integer("2", "n", "file", least=3)
