from __future__ import annotations

import random
from fractions import Fraction

import pytest
import torch

from lipbridge.errors import InputError
from lipbridge.language import Identifier, Network, parse
from lipbridge.layers import Branch, Layer, kinds
from lipbridge.layers.registry import layer_class
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.forward_error import forward_error
from lipbridge.numeric.tensors import network_tensors

EVERY_KIND = """\
network every
input 2 x 3
linear 4 weight=[[1/3,2,-7],[0.1,1e9,3],[1,1,1],[-5,1/7,2]] bias=[1/3,1e-9,5,-2]
leaky_relu 1/3
gain gain=[1/3,-1e3,1e-7,2]
mean_pool
scale 1/7
gain gain=[-0.9999999999999999999,1/3,5e4,-7] offset=1
residual {
  linear 4 weight=[[1,2,3,4],[1/9,0,0,1],[1,0,1e5,0],[0,1,0,1]]
}
sum {
  relu
} {
  scale -2
}
concat {
  dot 1 keys=[[1/3,1e3,2,1]]
} {
  dot 2 keys=[[1,1,1,1],[1e-7,-1,1,1/3]]
}
linear 4 weight=[[1/3,1,0],[0,1/7,1],[1,0,-3],[2,1,1]]
hadamard
block_max 2
clamp low=-1000000/7 high=1000000/3
"""


def exact(network, tensors, x):
    """The network in exact fractions."""

    def branch(body, value):
        for layer in body.layers:
            value = step(layer, value)
        return value

    def step(layer: Layer, value):
        rows = {
            slot.role: tuple(
                tuple(Fraction(n, tensors[slot.source].denominator) for n in row)
                for row in tensors[slot.source].integers
            )
            for slot in layer.slots()
        }
        return layer.apply(value, rows, [branch(child, value) for child in layer.branches])

    return branch(network.body, x)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_the_computed_value_stays_within_the_bound(size):
    network = parse(EVERY_KIND)
    tensors = network_tensors(network, None)
    run = forward(network, tensors)
    bound = forward_error(network, tensors, size)
    generator = random.Random(int(size))
    worst = Fraction(0)
    for _ in range(40):
        x = [generator.uniform(-size, size) for _ in range(6)]
        computed = run(torch.tensor([x], dtype=torch.float64))[0].tolist()
        true = exact(network, tensors, tuple(map(Fraction, x)))
        worst = max(worst, *(abs(Fraction(c) - t) for c, t in zip(computed, true, strict=True)))
    assert 0 < worst <= bound


def test_exact_layers_have_no_error():
    network = parse("network n\ninput 2 x 2\nrelu\nmax_pool\n")
    assert forward_error(network, {}, 5.0) == 0.0


def test_every_layer_kind_has_a_bound_or_asks_for_one():
    asked = set()
    for kind in kinds():
        for sample in layer_class(kind).samples:
            branches = tuple(Branch(sample.input, ()) for _ in sample.branches)
            if branches:
                continue
            layer = layer_class(kind).build("one", sample.input, sample.arguments, ())
            network = Network(Identifier("net"), Branch(sample.input, (layer,)))
            try:
                bound = forward_error(network, network_tensors(network, None), 1.0)
            except InputError:
                asked.add(kind)
            else:
                assert 0 <= bound < 1e-9
    assert {"tanh", "rms_norm"} <= asked
    assert not asked & {"linear", "dot", "relu", "abs", "leaky_relu", "mean_pool", "scale"}
    assert not asked & {"block_max", "clamp", "hadamard", "gain"}
