"""The network as a torch function in float64: what slopes are measured on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from fractions import Fraction

import torch
from torch.nn import functional

from lipbridge.language.from_torch.activations import ACTIVATIONS
from lipbridge.language.network import Network
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import Branch, Layer, TensorSource, tokens
from lipbridge.layers.abs import Abs
from lipbridge.layers.activations import Smooth
from lipbridge.layers.block_max import BlockMax
from lipbridge.layers.clamp import Clamp
from lipbridge.layers.concat import Concat
from lipbridge.layers.dot import Dot
from lipbridge.layers.entry_product import EntryProduct
from lipbridge.layers.flatten import Flatten
from lipbridge.layers.gain import Gain
from lipbridge.layers.group_norm import GroupNorm
from lipbridge.layers.hadamard import Hadamard
from lipbridge.layers.layer_norm import LayerNorm
from lipbridge.layers.leaky_relu import LeakyRelu
from lipbridge.layers.linear import Linear
from lipbridge.layers.max_pool import MaxPool
from lipbridge.layers.mean_pool import MeanPool
from lipbridge.layers.relu import Relu
from lipbridge.layers.residual import Residual
from lipbridge.layers.rms_norm import RmsNorm
from lipbridge.layers.rotary import Rotary
from lipbridge.layers.scale import Scale
from lipbridge.layers.scores import Scores
from lipbridge.layers.similarity import Similarity
from lipbridge.layers.softmax import Softmax
from lipbridge.layers.source import From
from lipbridge.layers.split import Split
from lipbridge.layers.sum import Sum

Forward = Callable[[torch.Tensor], torch.Tensor]
Tensors = Mapping[TensorSource, ExactMatrix]


def forward(network: Network, tensors: Tensors, device: str = "cpu") -> Forward:
    """The network as a function on batches.

    Args:
        network: the network.
        tensors: the matrix of every tensor source.
        device: where the weights live.

    Shape:
        input (batch, size of the network's input), float64; a block is flattened token-major.
        Output likewise.

    Returns:
        A differentiable function; its rounding error is that of float64, so slopes measured on it
        are estimates.
    """
    steps = _Steps(tensors, device)
    body = steps.branch(network.body)

    def run(x: torch.Tensor) -> torch.Tensor:
        try:
            return body(x)
        finally:
            steps.forget()

    return run


class _Steps:
    """Functions of layers; what several do to the same tensor is done once, as for keys of heads.

    Args:
        tensors: the matrix of every tensor source.
        device: where the weights live.
    """

    def __init__(self, tensors: Tensors, device: str) -> None:
        self.tensors, self.device = tensors, device
        self._known: dict[tuple[object, ...], _Step] = {}

    def branch(self, branch: Branch) -> Forward:
        steps = [self.step(layer) for layer in branch.layers]

        def run(x: torch.Tensor) -> torch.Tensor:
            for step in steps:
                x = step(x)
            return x

        return run

    def step(self, layer: Layer) -> Forward:
        """The layer's function, that of any layer which differs in its name alone."""
        if layer.branches:
            return _joined(layer, [self.branch(branch) for branch in layer.branches])
        fields = (getattr(layer, f.name) for f in dataclasses.fields(layer) if f.name != "name")
        key = (type(layer), *fields)
        if key in self._known:
            self._known[key].several = True
        else:
            self._known[key] = _Step(_layer(layer, self))
        return self._known[key]

    def forget(self) -> None:
        """Values are kept during a call alone."""
        for step in self._known.values():
            step.known.clear()

    def matrix(self, source: TensorSource) -> torch.Tensor:
        return torch.from_numpy(self.tensors[source].floats).to(self.device)

    def vector(self, source: TensorSource, offset: Fraction = Fraction(0)) -> torch.Tensor:
        """A vector, plus a number in every entry."""
        return self.matrix(source)[0] + float(offset)


class _Step:
    """A function that knows what it has computed, if it stands in several places."""

    def __init__(self, run: Forward) -> None:
        self._run, self.several = run, False
        self.known: list[tuple[torch.Tensor, torch.Tensor]] = []

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        for given, value in self.known:
            if given is x:
                return value
        value = self._run(x)
        if self.several:
            self.known.append((x, value))
        return value


def _normalized(x: torch.Tensor, eps: float, least: float = 0.0) -> torch.Tensor:
    """Vectors along the last axis over their root mean squares, those of a least mean square."""
    return x / (x.square().mean(-1, keepdim=True).clamp(min=least) + eps).sqrt()


def _hadamard(x: torch.Tensor) -> torch.Tensor:
    if x.shape[1] == 1:
        return x
    first, second = x.chunk(2, 1)
    return torch.cat([_hadamard(first + second), _hadamard(first - second)], 1)


def _grouped_norm(layer: LayerNorm | GroupNorm, groups: int, steps: _Steps) -> Forward:
    gain, eps = steps.vector(layer.gain), float(layer.eps)
    bias = 0.0 if layer.bias is None else steps.vector(layer.bias)

    def run(x: torch.Tensor) -> torch.Tensor:
        each = x.unflatten(-1, (groups, -1))
        return gain * _normalized(each - each.mean(-1, keepdim=True), eps).flatten(-2) + bias

    return run


def _rotary(layer: Rotary, device: str) -> Forward:
    """Rotations, one row of angles a token."""
    rows = [layer.angles(token) for token in range(tokens(layer.input)[0])]
    angles = torch.tensor(rows, dtype=torch.float64, device=device)
    c, s = angles.cos(), angles.sin()
    one = torch.tensor(layer.first_of_pairs, device=device)
    two = one + layer.distance

    def run(x: torch.Tensor) -> torch.Tensor:
        first, second = x[..., one], x[..., two]
        turned = x.clone()
        turned[..., one], turned[..., two] = c * first - s * second, s * first + c * second
        return turned

    return run


def _layer(layer: Layer, steps: _Steps) -> Forward:
    of_tokens = _of_tokens(layer, steps)
    if of_tokens is not None:
        shape = tokens(layer.input)
        return lambda x: of_tokens(x.reshape(len(x), *shape)).flatten(1)
    match layer:
        case Dot():
            keys = steps.matrix(layer.keys)
            return lambda x: x @ keys.T
        case Smooth() | Relu() | Abs():
            return ACTIVATIONS[layer.kind][0]
        case LeakyRelu():
            slope = float(layer.slope)
            return lambda x: torch.maximum(x, slope * x)
        case BlockMax():
            return lambda x: x.reshape(x.shape[0], -1, layer.group).amax(2)
        case Clamp():
            low, high = float(layer.low), float(layer.high)
            return lambda x: x.clamp(low, high)
        case Hadamard():
            return _hadamard
        case Softmax():
            return lambda x: torch.softmax(x, 1)
        case Scale():
            factor = float(layer.factor)
            return lambda x: factor * x
        case Split() | Flatten():
            return lambda x: x
        case From():
            return lambda x: x[:, layer.part.offset : layer.part.stop]
        case _:
            raise AssertionError(f"no torch function for layer kind {layer.kind!r}")


def _of_tokens(layer: Layer, steps: _Steps) -> Forward | None:
    """The function of a layer that takes (batch, tokens, entries); None for others."""
    match layer:
        case Linear():
            weight = steps.matrix(layer.weight)
            bias = None if layer.bias is None else steps.vector(layer.bias)
            return lambda x: functional.linear(x, weight, bias)
        case RmsNorm():
            gain = steps.vector(layer.gain, layer.offset)
            eps, least = float(layer.eps), float(layer.at_least**2 / layer.input[-1])
            return lambda x: gain * _normalized(x, eps, least)
        case LayerNorm():
            return _grouped_norm(layer, 1, steps)
        case GroupNorm():
            return _grouped_norm(layer, layer.groups, steps)
        case Gain():
            gain = steps.vector(layer.gain, layer.offset)
            return lambda x: gain * x
        case MeanPool():
            return lambda x: x.mean(1)
        case MaxPool():
            return lambda x: x.amax(1)
        case Rotary():
            return _rotary(layer, steps.device)
        case _:
            return None


def _joined(layer: Layer, runs: list[Forward]) -> Forward:
    """The function of a layer, from those of its branches."""
    first, last = runs[0], runs[-1]
    match layer:
        case Sum():
            return lambda x: torch.stack([run(x) for run in runs]).sum(0)
        case Residual():
            return lambda x: x + first(x)
        case Concat():
            return lambda x: torch.cat([run(x) for run in runs], 1)
        case EntryProduct():
            return lambda x: first(x) * last(x)
        case Similarity():
            return lambda x: _products(first(x), last(x)).amax(1, keepdim=True)
        case Scores():
            return lambda x: _products(last(x), first(x))
        case _:
            raise AssertionError(f"no torch function for layer kind {layer.kind!r}")


def _products(one: torch.Tensor, several: torch.Tensor) -> torch.Tensor:
    """Inner products of a vector with each of several, which lie one after another."""
    each = several.reshape(len(one), -1, one.shape[1])
    return torch.einsum("nd,ntd->nt", one, each)
