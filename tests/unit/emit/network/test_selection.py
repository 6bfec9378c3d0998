"""The module of selections: which constant its theorems rest on."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction

from lipbridge.certify import certified_square, certify_matrix
from lipbridge.emit import CertifiedNetwork, lean_project
from lipbridge.language import parse
from lipbridge.language.stored import StoredVector
from lipbridge.tighten.selection import certify_selections, difference_squares
from lipbridge.tighten.tighten import Tightening, layer_squares, network_plans
from tests.small_library import small_library

SPEC = (
    "network two input 2 first: linear 2 weight = [[3, -1], [0, 2]] relu "
    "second: linear 2 weight = [[1, 4], [-2, 1]]"
)


def test_a_selection_rests_on_the_least_constant() -> None:
    """A scaling that makes the bound worse is honest, and the product is what the radius is of."""
    network = parse(SPEC)
    tensors = network.written()
    certificates = {s: certify_matrix(tensors[s], slack=1e-9) for s in network.normed()}
    layers = layer_squares(network, certified_square(tensors, certificates))
    product = math.prod(layers.values(), start=Fraction(1))
    known: set[str] = set()
    for scaling in ((1, 61_261_200), (7800, 7854)):
        bare = Tightening(False, {"relu1": scaling}, {})
        matrices = [
            m for s in network_plans(network, tensors, bare)[1]["rescaled"] for m in s.matrices
        ]
        tightening = replace(
            bare, certificates={m.name: certify_matrix(m, slack=1e-9) for m in matrices}
        )
        squares = difference_squares(network, tensors, layers, tightening)
        name = "two_rescaled" if squares.scores < product else "two"
        selections = certify_selections(network, tensors, squares, [StoredVector((3, -5), 1)], 1)
        part = CertifiedNetwork(network, SPEC, tensors, certificates, tightening, selections)
        with small_library():
            text = lean_project([part]).files["Two/Selection.lean"]
        assert re.search(rf"selection_scores\s+\(?{name}_sqLipschitz\b", text)
        known.add(name)
    assert len(known) == 2
