import math

import pytest
import torch
from torch import nn
from torch.nn import functional

from lipbridge.errors import InputError, SpecError
from lipbridge.language import parse
from lipbridge.language.from_torch import from_torch
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.tensors import network_tensors
from lipbridge.numeric.weights import load_tensor

torch.manual_seed(0)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 4, bias=False))
        self.out = nn.Linear(4, 2)

    def forward(self, x):
        h = x + self.inner(x)
        return self.out(torch.relu(h))


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleList([nn.Linear(4, 3) for _ in range(3)])

    def forward(self, x):
        x = functional.leaky_relu(x, 0.25)
        return torch.cat([head(x).relu() for head in self.heads], dim=-1)


class Nested(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 4)
        self.shift = nn.Parameter(torch.randn(4))

    def forward(self, x):
        a = self.a(x)
        b = torch.relu(self.b(a))
        return self.c(a + b - x) / 2 + self.shift + 1.5


class Products(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(4, 5))
        self.v = nn.Parameter(torch.randn(3, 5))
        self.b = nn.Parameter(torch.randn(3))

    def forward(self, x):
        h = functional.linear(x @ self.w, self.v, self.b)
        return -torch.cat((h[..., 1:], 2 * h), -1)


class Split(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Linear(4, 6)

    def forward(self, x):
        first, second, third = self.w(x).chunk(3, dim=-1)
        return torch.cat([third, first.relu() + second], -1)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.key, self.out = nn.Linear(4, 3), nn.Linear(3, 2)

    def forward(self, x):
        k = torch.relu(self.key(x))
        return self.out(k.mean(dim=-2) + k.amax(-2))


class Gains(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.tensor([0.5, -2.0, 3.0, 0.0]))
        self.factor = nn.Parameter(torch.tensor(1.5))

    def forward(self, x):
        return self.factor * torch.relu(x * (1 + self.gain)) * self.gain


class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.key, self.rms, self.layer = nn.Linear(4, 3), nn.RMSNorm(3, eps=1e-2), nn.LayerNorm(3)
        self.gain = nn.Parameter(torch.tensor([0.5, -2.0, 3.0]))

    def forward(self, x):
        return self.layer(self.rms(self.key(x)) * self.gain).mean(-2)


CASES = {
    "sequential": (
        nn.Sequential(
            nn.Linear(4, 5),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(5, 3),
            nn.LeakyReLU(0.5),
            nn.Identity(),
        ),
        (4,),
    ),
    "nested_sequential": (nn.Sequential(nn.Sequential(nn.Linear(4, 4)), nn.ReLU()), (4,)),
    "residual": (Residual(), (4,)),
    "heads": (Heads(), (4,)),
    "nested": (Nested(), (4,)),
    "products": (Products(), (4,)),
    "split": (Split(), (4,)),
    "block": (Block(), (5, 4)),
    "gains": (Gains(), (4,)),
    "gains_of_tokens": (Gains(), (3, 4)),
    "tokens": (Tokens(), (5, 4)),
    "norms": (
        nn.Sequential(
            nn.LayerNorm(4),
            nn.Linear(4, 3),
            nn.RMSNorm(3, eps=1e-3),
            nn.GELU(),
            nn.SiLU(),
            nn.LayerNorm(3, elementwise_affine=False),
            nn.Tanh(),
            nn.RMSNorm(3),
            nn.Sigmoid(),
        ),
        (4,),
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("batched", [False, True])
def test_the_network_computes_what_the_module_does(case, batched, tmp_path):
    module, shape = CASES[case]
    module = module.double().eval()
    example = torch.randn(*((2,) if batched else ()), *shape, dtype=torch.float64)
    traced = from_torch(module, example, name="probe", batched=batched)
    assert traced.network.name == "probe"
    assert traced.network.input == shape
    spec, weights = traced.save(tmp_path)
    assert parse(spec.read_text()) == traced.network
    run = forward(traced.network, network_tensors(traced.network, weights))
    x = torch.randn(7, *shape, dtype=torch.float64)
    expected = torch.stack([module(row) for row in x]).flatten(1).detach()
    torch.testing.assert_close(run(x.flatten(1)), expected, rtol=1e-9, atol=1e-9)


def test_text_and_names():
    traced = from_torch(Residual().eval(), torch.randn(4))
    assert traced.text == (
        "network head\n"
        "input 4\n"
        "residual {\n"
        '  inner_0: linear 6 weight="inner.0.weight" bias="inner.0.bias"\n'
        "  relu\n"
        '  inner_2: linear 4 weight="inner.2.weight"\n'
        "}\n"
        "relu\n"
        'out: linear 2 weight="out.weight" bias="out.bias"\n'
    )
    assert set(traced.tensors) == {
        "inner.0.weight",
        "inner.0.bias",
        "inner.2.weight",
        "out.weight",
        "out.bias",
    }


def test_a_fixed_vector_is_a_gain():
    text = from_torch(Gains().eval(), torch.randn(4)).text
    assert text.splitlines()[2:] == [
        'gain gain="add"',
        "relu",
        'gain gain="factor.gain"',
        'gain gain="gain"',
    ]


def test_a_constant_must_be_the_same_for_all_tokens():
    with pytest.raises(SpecError, match="differs from token to token"):
        wider = Wider()
        wider.g = nn.Parameter(torch.arange(12.0).reshape(3, 4))
        from_torch(wider, torch.randn(3, 4))


def test_a_module_used_twice_is_written_twice():
    shared = nn.Linear(4, 4)
    traced = from_torch(nn.Sequential(shared, nn.ReLU(), shared), torch.randn(4))
    assert traced.text.count('weight="0.weight"') == 2
    assert len(traced.tensors) == 2


def test_tied_tensors_are_saved(tmp_path):
    one, two = nn.Linear(4, 4, bias=False), nn.Linear(4, 4, bias=False)
    two.weight = one.weight
    traced = from_torch(nn.Sequential(one, two), torch.randn(4))
    _, weights = traced.save(tmp_path)
    assert torch.equal(load_tensor(weights, "0.weight"), one.weight.detach())


def test_axes_of_the_example():
    linear = nn.Linear(4, 2)
    assert from_torch(linear_module(linear), torch.randn(4)).network.input == (4,)
    assert from_torch(linear_module(linear), torch.randn(1, 4)).network.input == (4,)
    assert from_torch(linear_module(linear), torch.randn(3, 4)).network.input == (3, 4)
    assert from_torch(linear_module(linear), torch.randn(2, 3, 4)).network.input == (3, 4)
    assert from_torch(linear_module(linear), torch.randn(3, 4), batched=True).network.input == (4,)


def linear_module(linear):
    return nn.Sequential(linear, nn.ReLU())


class Cosine(nn.Module):
    def forward(self, x):
        return torch.cos(x)  # the marked line


class Square(nn.Module):
    def forward(self, x):
        return x @ x


class Hadamard(nn.Module):
    def forward(self, x):
        return x * x


class Wider(nn.Module):
    def __init__(self):
        super().__init__()
        self.g = nn.Parameter(torch.ones(3, 4))

    def forward(self, x):
        return torch.relu(x) * self.g


class Branching(nn.Module):
    def forward(self, x):
        return x if x.sum() > 0 else -x


class InPlace(nn.Module):
    def forward(self, x):
        h = 2 * x
        return torch.nn.functional.relu(h, inplace=True) + h


class Two(nn.Module):
    def forward(self, x, y):
        return x + y


class Pair(nn.Module):
    def forward(self, x):
        return x, x


class Constant(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Parameter(torch.ones(4))

    def forward(self, x):
        return self.c + 1


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (Cosine(), r"test_from_torch\.py:\d+:1: the operation cos has no layer"),
        (Square(), "product of two values that depend on the input"),
        (Hadamard(), r"only x \* g with a fixed vector g"),
        (Wider(), "changes the shape of its operand"),
        (Branching(), "cannot be traced"),
        (InPlace(), "give different values"),
        (Two(), r"one input, but it has 2 \(x, y\)"),
        (Pair(), "must return one tensor"),
        (Constant(), "does not depend on its input"),
        (nn.Sequential(nn.Identity()), "is the identity"),
        (nn.Sequential(nn.Linear(5, 4)), "fails on the example"),
        (nn.Sequential(nn.LeakyReLU(2.0)), "slopes from 0 to 1"),
        (nn.Sequential(nn.Softplus()), "submodule '0': the operation Softplus has no layer"),
        (nn.Sequential(nn.GELU("tanh")), "only the exact GELU"),
        (nn.Sequential(nn.Unflatten(0, (2, 2)), nn.LayerNorm((2, 2))), "a norm over"),
        (nn.Sequential(nn.Dropout()).train(), r"call module\.eval\(\)"),
    ],
)
def test_names_what_is_unsupported(module, message):
    with pytest.raises(SpecError, match=message):
        from_torch(module, torch.randn(4))


def test_the_source_line_is_shown():
    with pytest.raises(SpecError) as caught:
        from_torch(Cosine(), torch.randn(4))
    assert "return torch.cos(x)  # the marked line" in str(caught.value)
    assert caught.value.line > 0


def test_the_name_must_be_an_identifier():
    with pytest.raises(InputError, match="cannot be a name"):
        from_torch(nn.Sequential(nn.ReLU()), torch.randn(4), name="2x")


def test_layers_of_low_precision_are_kept_exactly():
    module = linear_module(nn.Linear(4, 2)).to(torch.bfloat16).eval()
    traced = from_torch(module, torch.randn(4, dtype=torch.bfloat16))
    assert all(tensor.dtype == torch.bfloat16 for tensor in traced.tensors.values())
    assert math.isclose(
        float(traced.tensors["0.weight"].norm()), float(module[0].weight.detach().norm())
    )
