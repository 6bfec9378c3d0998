"""Activations in torch: the function of each keyword, and the names that it goes by."""

from __future__ import annotations

import operator
from functools import partial

import torch
from torch import nn
from torch.nn import functional

from lipbridge.language.from_torch.statements import Function

ACTIVATIONS: dict[str, tuple[Function, tuple[object, ...]]] = {
    "abs": (torch.abs, (operator.abs,)),
    "elu": (functional.elu, ()),
    "erf": (torch.erf, ()),
    "gelu": (functional.gelu, ()),
    "gelu_tanh": (partial(functional.gelu, approximate="tanh"), ()),
    "hardswish": (functional.hardswish, (nn.Hardswish,)),
    "log_sigmoid": (functional.logsigmoid, (nn.LogSigmoid,)),
    "mish": (functional.mish, (nn.Mish,)),
    "relu": (torch.relu, (nn.ReLU, functional.relu)),
    "selu": (functional.selu, (nn.SELU, torch.selu)),
    "sigmoid": (torch.sigmoid, (nn.Sigmoid, functional.sigmoid)),
    "silu": (functional.silu, (nn.SiLU,)),
    "sin": (torch.sin, ()),
    "softplus": (functional.softplus, ()),
    "softsign": (functional.softsign, (nn.Softsign,)),
    "tanh": (torch.tanh, (nn.Tanh, functional.tanh)),
    "tanhshrink": (functional.tanhshrink, (nn.Tanhshrink,)),
}
"""By keyword: the function on tensors, and its other spellings without parameters of their own."""

KINKS = {"abs": (0.0,), "hardswish": (-3.0, 3.0), "relu": (0.0,), "selu": (0.0,)}
"""Where those have kinks that have any."""
