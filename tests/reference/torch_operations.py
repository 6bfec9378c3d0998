"""A module for every torch operation that has a rule, and the page that lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from lipbridge.language.from_torch import from_torch
from lipbridge.language.from_torch.operations import refusals, spellings
from lipbridge.layers import Layer
from lipbridge.symbolic import derive

ROWS = torch.randn(3, 4, generator=torch.Generator().manual_seed(1))
VECTOR = ROWS[0].clone()
IMAGE = torch.randn(1, 2, 6, 6, generator=torch.Generator().manual_seed(2))
SEQUENCE = torch.randn(1, 2, 8, generator=torch.Generator().manual_seed(3))


class Does(nn.Module):
    """A function with a fixed matrix and vector at hand."""

    def __init__(self, function: Callable[[Any, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(4)
        self.function = function
        self.matrix = nn.Parameter(torch.randn(4, 4, generator=generator))
        self.vector = nn.Parameter(torch.randn(4, generator=generator))
        self.left = nn.Parameter(torch.randn(2, 3, generator=generator))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(self, x)


def _normed() -> nn.Module:
    module = nn.BatchNorm2d(2)
    assert module.running_mean is not None and module.running_var is not None
    with torch.no_grad():
        module.running_mean.copy_(torch.tensor([0.5, -1.0]))
        module.running_var.copy_(torch.tensor([0.25, 4.0]))
        module.weight.copy_(torch.tensor([1.5, -2.0]))
        module.bias.copy_(torch.tensor([0.1, 3.0]))
    return module


def _affine(module: Any) -> nn.Module:
    with torch.no_grad():
        module.weight.copy_(torch.tensor([1.0, -0.5, 0.25, 2.0]))
    return module


def examples() -> dict[str, tuple[nn.Module, torch.Tensor]]:
    """By the name of the rule: a module that uses it, and an input."""
    torch.manual_seed(0)
    vector: dict[str, nn.Module] = {
        "abs": Does(lambda _, x: x.abs()),
        "add": Does(lambda m, x: x + m.vector),
        "cat": Does(lambda _, x: torch.cat([x, 2 * x], -1)),
        "celu": nn.CELU(0.5),
        "chunk": Does(lambda _, x: x.chunk(2, -1)[1]),
        "clamp": Does(lambda _, x: x.clamp(max=0.5)),
        "clone": Does(lambda _, x: 2 * x.clone()),
        "contiguous": Does(lambda _, x: 2 * x.contiguous()),
        "cumsum": Does(lambda _, x: x.cumsum(-1)),
        "detach": Does(lambda _, x: 2 * x.detach()),
        "div": Does(lambda _, x: x / 3),
        "dropout": nn.Sequential(nn.Dropout(), nn.ReLU()),
        "einsum": Does(lambda m, x: torch.einsum("i,oi->o", x, m.matrix)),
        "elu": nn.ELU(),
        "erf": Does(lambda _, x: x.erf()),
        "flip": Does(lambda _, x: x.flip(-1)),
        "gelu": nn.GELU(),
        "gelu_tanh": nn.GELU("tanh"),
        "hardsigmoid": nn.Hardsigmoid(),
        "hardswish": nn.Hardswish(),
        "hardtanh": nn.Hardtanh(-1, 2),
        "identity": nn.Sequential(nn.Identity(), nn.ReLU()),
        "index_select": Does(lambda _, x: x.index_select(-1, torch.tensor([2, 0]))),
        "layer_norm": _affine(nn.LayerNorm(4)),
        "leaky_relu": nn.LeakyReLU(0.25),
        "linear": nn.Linear(4, 3),
        "log_sigmoid": nn.LogSigmoid(),
        "matmul": Does(lambda m, x: x @ m.matrix),
        "mish": nn.Mish(),
        "mul": Does(lambda m, x: m.vector * x),
        "narrow": Does(lambda _, x: x.narrow(-1, 1, 2)),
        "neg": Does(lambda _, x: -x),
        "pad": Does(lambda _, x: functional.pad(2 * x, (1, 2))),
        "prelu": nn.PReLU(),
        "relu": nn.ReLU(),
        "relu6": Does(lambda _, x: functional.relu6(x)),
        "rms_norm": _affine(nn.RMSNorm(4, eps=1e-3)),
        "roll": Does(lambda _, x: x.roll(1, -1)),
        "rrelu": nn.RReLU(),
        "selu": nn.SELU(),
        "sigmoid": nn.Sigmoid(),
        "silu": nn.SiLU(),
        "sin": Does(lambda _, x: x.sin()),
        "slices": Does(lambda _, x: x[..., 1:3]),
        "softmax": nn.Softmax(-1),
        "softplus": nn.Softplus(2.0),
        "softshrink": nn.Softshrink(),
        "softsign": nn.Softsign(),
        "split": Does(lambda _, x: x.split(2, -1)[0]),
        "sub": Does(lambda m, x: m.vector - x),
        "sum": Does(lambda _, x: x.sum(-1, keepdim=True)),
        "tanh": nn.Tanh(),
        "tanhshrink": nn.Tanhshrink(),
        "to": Does(lambda _, x: 2 * x.to(torch.float64)),
        "unflatten": nn.Unflatten(-1, (2, 2)),
    }
    tokens: dict[str, nn.Module] = {
        "amax": Does(lambda _, x: x.amax(-2)),
        "flatten": nn.Flatten(0),
        "mean": Does(lambda _, x: x.mean(-2)),
        "movedim": Does(lambda _, x: x.movedim(0, 1)),
        "permute": Does(lambda _, x: x.permute(1, 0)),
        "reshape": Does(lambda _, x: x.reshape(4, 3)),
        "select": Does(lambda _, x: x.select(0, 1)),
        "transpose": Does(lambda _, x: x.transpose(0, 1)),
    }
    image: dict[str, nn.Module] = {
        "adaptive_avg_pool2d": nn.AdaptiveAvgPool2d(2),
        "avg_pool2d": nn.AvgPool2d(3, 2),
        "batch_norm": _normed(),
        "conv2d": nn.Conv2d(2, 3, 3, stride=2, padding=1),
        "max_pool2d": nn.MaxPool2d(3, 2, padding=1),
        "pixel_shuffle": nn.Sequential(nn.Conv2d(2, 4, 1), nn.PixelShuffle(2)),
        "pixel_unshuffle": nn.Sequential(nn.AvgPool2d(1), nn.PixelUnshuffle(2)),
        "squeeze": nn.Sequential(nn.AdaptiveAvgPool2d(1), Does(lambda _, x: x.squeeze(-1))),
        "unsqueeze": nn.Sequential(
            nn.AvgPool2d(3), nn.Flatten(), Does(lambda _, x: x.unsqueeze(1))
        ),
        "zero_pad": nn.Sequential(nn.AvgPool2d(3), nn.ZeroPad2d(1)),
    }
    sequence: dict[str, nn.Module] = {
        "adaptive_avg_pool1d": nn.AdaptiveAvgPool1d(4),
        "avg_pool1d": nn.AvgPool1d(2),
        "conv1d": nn.Conv1d(2, 3, 3, padding="same", dilation=2),
        "max_pool1d": nn.MaxPool1d(2),
    }
    groups = torch.randn(2, 4, generator=torch.Generator().manual_seed(5))
    found = {"group_norm": (_affine(nn.GroupNorm(2, 4)), groups)}
    for modules, example in (
        (vector, VECTOR),
        (tokens, ROWS),
        (image, IMAGE),
        (sequence, SEQUENCE),
    ):
        found |= {name: (module.eval(), example) for name, module in modules.items()}
    return dict(sorted(found.items()))


def _called(target: object) -> str:
    if isinstance(target, str):
        return f".{target}()"
    module, name = getattr(target, "__module__", None) or "torch", getattr(target, "__name__", "")
    if isinstance(target, type):
        return f"nn.{name}"
    if module.startswith(("torch.nn", "torch._C._nn")):
        return f"functional.{name}"
    return f"operator.{name}" if module == "_operator" else f"torch.{name}"


def _proof(layer: Layer) -> str:
    rule = layer.lean_rule.removeprefix("LipBridge.")
    return f"`{rule}`, given function" if layer.parameter else f"`{rule}`"


def page() -> str:
    """``docs/operations.md``."""
    lines = [_HEAD]
    for name, (module, example) in examples().items():
        network = from_torch(module, example, name="head").network
        layers = list(network.layers())
        kinds = " → ".join(f"`{kind}`" for kind in dict.fromkeys(layer.kind for layer in layers))
        lean = "; ".join(dict.fromkeys(map(_proof, layers)))
        called = ", ".join(dict.fromkeys(f"`{_called(t)}`" for t in spellings()[name]))
        bound = derive(network).text.replace("**2", "²").replace("*", "·").replace("|", "∣")
        called = called or "`functional.gelu`"
        lines.append(f"| {name} | {called} | {kinds} | {bound} | {lean} |")
    lines += [_REFUSED]
    lines += [f"| {name} | {reason.replace('|', '∣')} |" for name, reason in refusals().items()]
    return "\n".join(lines) + "\n"


_HEAD = """# Torch operations

What `lipbridge.from_torch` takes, and so `bound`, `export` and `run` on a module: the operation,
the layers of a spec that it becomes, the bound of an example, and the Lean theorem behind it.
*Given function*: the theorem takes the function as given, with a premise that bounds its slope,
since an ordered ring has no exponentials. This page is written by the tests.

A value is a vector, a block of tokens, or a grid: channels with one or two sizes. A grid is the
vector of its entries, and a convolution on it the matrix of the stored kernel with its zeros, so
its norm is exact for that grid. `BatchNorm` in evaluation is folded into one number and one shift
a channel, in float32 at least, the number rounded away from 0.

Other tensors that the module computes from its own (a product of two parameters, a parametrization)
are taken as the module computes them, rounded; their names say so: `matmul as computed in float32`.

| operation | in torch | layers | bound of the example | Lean |
|---|---|---|---|---|"""

_REFUSED = """
Refused, each with what to do instead:

| operation | why, and the alternative |
|---|---|"""
