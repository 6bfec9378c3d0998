"""The network as a torch function in float64: what slopes are measured on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

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
    shared = _Shared(tensors, device)
    body = _branch(network.body, shared)

    def run(x: torch.Tensor) -> torch.Tensor:
        try:
            return body(x)
        finally:
            shared.forget()

    return run


class _Shared:
    """Steps of all branches; what several do to the same tensor is done once, as for keys of heads.

    Args:
        tensors: the matrix of every tensor source.
        device: where the weights live.
    """

    def __init__(self, tensors: Tensors, device: str) -> None:
        self.tensors, self.device = tensors, device
        self._steps: dict[tuple[object, ...], _Step] = {}

    def step(self, layer: Layer) -> Forward:
        """The layer's function, that of any layer which differs in its name alone."""
        if layer.branches:
            return _nested(layer, self)
        fields = (getattr(layer, f.name) for f in dataclasses.fields(layer) if f.name != "name")
        key = (type(layer), *fields)
        if key in self._steps:
            self._steps[key].several = True
        else:
            self._steps[key] = _Step(_layer(layer, self.tensors, self.device))
        return self._steps[key]

    def forget(self) -> None:
        """Values are kept during a call alone."""
        for step in self._steps.values():
            step.known.clear()


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


def _branch(branch: Branch, shared: _Shared) -> Forward:
    steps = [shared.step(layer) for layer in branch.layers]

    def run(x: torch.Tensor) -> torch.Tensor:
        for step in steps:
            x = step(x)
        return x

    return run


def _matrix(source: TensorSource, tensors: Tensors, device: str) -> torch.Tensor:
    return torch.from_numpy(tensors[source].floats).to(device)


def _blocks(layer: Layer, x: torch.Tensor) -> torch.Tensor:
    return x.reshape(x.shape[0], *tokens(layer.input))


def _linear(layer: Linear, tensors: Tensors, device: str) -> Forward:
    weight = _matrix(layer.weight, tensors, device)
    bias = None if layer.bias is None else _matrix(layer.bias, tensors, device)[0]

    def run(x: torch.Tensor) -> torch.Tensor:
        return functional.linear(_blocks(layer, x), weight, bias).flatten(1)

    return run


def _normalized(x: torch.Tensor, eps: float, least: float = 0.0) -> torch.Tensor:
    """Vectors along the last axis over their root mean squares, those of a least mean square."""
    return x / (x.square().mean(-1, keepdim=True).clamp(min=least) + eps).sqrt()


def _hadamard(x: torch.Tensor) -> torch.Tensor:
    if x.shape[1] == 1:
        return x
    first, second = x.chunk(2, 1)
    return torch.cat([_hadamard(first + second), _hadamard(first - second)], 1)


def _rms_norm(layer: RmsNorm, tensors: Tensors, device: str) -> Forward:
    gain = _matrix(layer.gain, tensors, device)[0] + float(layer.offset)
    eps, least = float(layer.eps), float(layer.at_least**2 / layer.input[-1])
    return lambda x: (gain * _normalized(_blocks(layer, x), eps, least)).flatten(1)


def _layer_norm(
    layer: LayerNorm | GroupNorm, tensors: Tensors, device: str, groups: int = 1
) -> Forward:
    gain = _matrix(layer.gain, tensors, device)[0]
    bias = 0.0 if layer.bias is None else _matrix(layer.bias, tensors, device)[0]
    eps = float(layer.eps)

    def run(x: torch.Tensor) -> torch.Tensor:
        each = _blocks(layer, x).unflatten(-1, (groups, -1))
        normed = _normalized(each - each.mean(-1, keepdim=True), eps).flatten(-2)
        return (gain * normed + bias).flatten(1)

    return run


def _rotary(layer: Rotary, device: str) -> Forward:
    """Rotations, one row of angles a token."""
    rows = [layer.angles(token) for token in range(tokens(layer.input)[0])]
    angles = torch.tensor(rows, dtype=torch.float64, device=device)
    c, s = angles.cos(), angles.sin()
    one = torch.tensor(layer.first_of_pairs, device=device)
    two = one + layer.distance

    def run(x: torch.Tensor) -> torch.Tensor:
        x = _blocks(layer, x)
        first, second = x[..., one], x[..., two]
        turned = x.clone()
        turned[..., one], turned[..., two] = c * first - s * second, s * first + c * second
        return turned.flatten(1)

    return run


def _similarity(query: Forward, keys: Forward) -> Forward:
    def run(x: torch.Tensor) -> torch.Tensor:
        q = query(x)
        k = keys(x).reshape(x.shape[0], -1, q.shape[1])
        return torch.einsum("nd,ntd->nt", q, k).amax(1, keepdim=True)

    return run


def _scores(queries: Forward, key: Forward) -> Forward:
    def run(x: torch.Tensor) -> torch.Tensor:
        k = key(x)
        q = queries(x).reshape(x.shape[0], -1, k.shape[1])
        return torch.einsum("ntd,nd->nt", q, k)

    return run


def _layer(layer: Layer, tensors: Tensors, device: str) -> Forward:
    match layer:
        case Linear():
            return _linear(layer, tensors, device)
        case Dot():
            keys = _matrix(layer.keys, tensors, device)
            return lambda x: x @ keys.T
        case Smooth() | Relu() | Abs():
            return ACTIVATIONS[layer.kind][0]
        case RmsNorm():
            return _rms_norm(layer, tensors, device)
        case LayerNorm():
            return _layer_norm(layer, tensors, device)
        case GroupNorm():
            return _layer_norm(layer, tensors, device, layer.groups)
        case Gain():
            gain = _matrix(layer.gain, tensors, device)[0] + float(layer.offset)
            return lambda x: (gain * _blocks(layer, x)).flatten(1)
        case LeakyRelu():
            slope = float(layer.slope)
            return lambda x: torch.maximum(x, slope * x)
        case MeanPool():
            return lambda x: _blocks(layer, x).mean(1)
        case MaxPool():
            return lambda x: _blocks(layer, x).amax(1)
        case BlockMax():
            return lambda x: x.reshape(x.shape[0], -1, layer.group).amax(2)
        case Clamp():
            low, high = float(layer.low), float(layer.high)
            return lambda x: x.clamp(low, high)
        case Hadamard():
            return _hadamard
        case Rotary():
            return _rotary(layer, device)
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


def _nested(layer: Layer, shared: _Shared) -> Forward:
    match layer:
        case Sum():
            runs = [_branch(branch, shared) for branch in layer.branches]
            return lambda x: torch.stack([run(x) for run in runs]).sum(0)
        case Residual():
            inner = _branch(layer.branches[0], shared)
            return lambda x: x + inner(x)
        case Concat():
            heads = [_branch(branch, shared) for branch in layer.branches]
            return lambda x: torch.cat([head(x) for head in heads], 1)
        case Similarity():
            return _similarity(*(_branch(branch, shared) for branch in layer.branches))
        case EntryProduct():
            one, two = (_branch(branch, shared) for branch in layer.branches)
            return lambda x: one(x) * two(x)
        case Scores():
            return _scores(*(_branch(branch, shared) for branch in layer.branches))
        case _:
            raise AssertionError(f"no torch function for layer kind {layer.kind!r}")
