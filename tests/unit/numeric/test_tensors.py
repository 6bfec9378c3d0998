"""What is said of tensors that are no matrices."""

import pytest
import torch

from lipbridge.errors import WeightsError
from lipbridge.language import parse
from lipbridge.numeric.tensors import network_tensors

KEYS = torch.ones(2, 3, 4)


def test_the_matrices_of_a_grid_are_to_be_stored_by_themselves() -> None:
    network = parse('network n input 4 linear 3 weight="scorer.keys"')
    said = (
        r"needs a matrix of shape \(3, 4\); store each of its matrices, such as scorer\.keys\[0\],"
    )
    with pytest.raises(WeightsError, match=said):
        network_tensors(network, {"scorer.keys": KEYS})
    (found,) = network_tensors(network, {"scorer.keys": KEYS[0]}).values()
    assert (found.rows, found.cols) == (3, 4)


def test_a_number_is_to_be_stored_as_a_matrix() -> None:
    network = parse('network n input 1 linear 1 weight="w"')
    with pytest.raises(WeightsError, match=r"matrix of shape \(1, 1\); store it with that shape"):
        network_tensors(network, {"w": torch.tensor(2.0)})
