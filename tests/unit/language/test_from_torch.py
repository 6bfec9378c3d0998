import math
import operator
from fractions import Fraction

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations, prune, spectral_norm

from lipbridge.errors import InputError, SpecError
from lipbridge.language import parse
from lipbridge.language.from_torch import from_torch
from lipbridge.language.from_torch.compare import compare_values
from lipbridge.language.from_torch.statements import Statement, scale
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.tensors import network_tensors
from lipbridge.numeric.weights.files import load_tensor

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
        'gain gain="add as computed in float32"',
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


class Squared(nn.Module):
    def forward(self, x):
        return x**2


class SeveralOperands(nn.Module):
    def forward(self, x):
        return functional.conv1d(x[None], torch.ones(4, 1, 1), x)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (Cosine(), r"test_from_torch\.py:\d+:1: the operation cos has no layer"),
        (Square(), "product of two values that depend on the input"),
        (Hadamard(), r"`input x 64 norm <= r`, then `product` of two"),
        (Wider(), "changes the shape of its operand"),
        (Branching(), "cannot be traced"),
        (InPlace(), r":\d+:1: changes in place the value 'mul', which is read later"),
        (Two(), r"one input, but it has 2 \(x, y\)"),
        (Pair(), "must return one tensor"),
        (Constant(), "does not depend on its input"),
        (nn.Sequential(nn.Identity()), "is the identity"),
        (nn.Sequential(nn.Linear(5, 4)), "fails on the example"),
        (nn.Sequential(nn.LeakyReLU(2.0)), "slopes from 0 to 1"),
        (nn.Sequential(nn.Hardshrink()), "submodule '0': hardshrink is no layer: it jumps"),
        (nn.Sequential(nn.Softmin(-1)), "submodule '0': the operation Softmin has no layer"),
        (nn.Sequential(nn.ELU(2.0)), "celu takes any alpha"),
        (nn.Sequential(nn.Dropout()).train(), r"call module\.eval\(\)"),
        (Squared(), r"a square is x \* x, a product of two values"),
        (SeveralOperands(), r"conv1d of several values that depend on the input"),
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


TOKENS = torch.randn(3, 8)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        (nn.GroupNorm(2, 8, eps=0.5), 'group_norm 2 gain="weight" eps=1/2 bias="bias"'),
        (nn.GroupNorm(4, 8, 0.5, affine=False), 'group_norm 4 gain="weight" eps=1/2'),
        (nn.GroupNorm(8, 8, 0.5), 'group_norm 8 gain="weight" eps=1/2 bias="bias"'),
    ],
)
def test_group_norm_of_tokens(module, line):
    # What two dimensions are taken for is said.
    said = "# the input a block of 3 tokens of 8 numbers\n"
    assert text_of(module, TOKENS) == f"{said}network head\ninput 3 x 8\n{line}\n"


def test_group_norm_of_a_batch_of_vectors():
    module = nn.Sequential(nn.Linear(4, 8, bias=False), nn.GroupNorm(2, 8, eps=0.5))
    text = text_of(module, torch.randn(5, 4), batched=True)
    assert text.splitlines()[-1].endswith('group_norm 2 gain="1.weight" eps=1/2 bias="1.bias"')


def test_group_norm_over_tokens_is_refused():
    module = nn.GroupNorm(3, 3)
    with pytest.raises(SpecError, match="channels on axis 1"):
        text_of(module, torch.randn(2, 3, 8), batched=True)


def text_of(module, example=None, **options):
    example = torch.randn(8) if example is None else example
    return from_torch(module.eval(), example, **options).text


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function
        self.w, self.b = nn.Parameter(torch.rand(8)), nn.Parameter(torch.rand(8))

    def forward(self, x):
        return self.function(self, x)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        (nn.RMSNorm(8, eps=0.5), 'rms_norm gain="weight" eps=1/2'),
        (nn.LayerNorm(8, eps=0.5), 'layer_norm gain="weight" eps=1/2 bias="bias"'),
        (nn.LayerNorm(8, 0.5, elementwise_affine=False), 'layer_norm gain="weight" eps=1/2'),
        (
            Function(lambda m, x: functional.layer_norm(x, (8,), m.w, m.b, 0.5)),
            'layer_norm gain="w" eps=1/2 bias="b"',
        ),
        (
            Function(lambda m, x: functional.layer_norm(x, (8,), weight=m.w, eps=0.25)),
            'layer_norm gain="w" eps=1/4',
        ),
        (Function(lambda m, x: functional.rms_norm(x, [8], m.w, 2.0)), 'rms_norm gain="w" eps=2'),
        (nn.Softmax(-1), "softmax"),
        (nn.Softmax(0), "softmax"),
        (Function(lambda _, x: x.softmax(dim=-1)), "softmax"),
        (nn.Hardtanh(), "clamp low=-1 high=1"),
        (nn.Hardtanh(-0.5, 2.0), "clamp low=-1/2 high=2"),
        (nn.ReLU6(), "clamp low=0 high=6"),
        (Function(lambda _, x: x.clamp(-1, max=2)), "clamp low=-1 high=2"),
        (Function(lambda _, x: functional.relu6(x)), "clamp low=0 high=6"),
        (Function(lambda m, x: functional.linear(input=x, weight=m.w[None])), None),
        (Function(lambda _, x: x.float().to(x.dtype).contiguous().relu()), "relu"),
        (Function(lambda _, x: x.flatten().reshape(8).abs()), "abs"),
        (Function(lambda _, x: x * x.shape[0] / x.size(-1) ** 2), None),
    ],
)
def test_operations(module, line):
    text = text_of(module)
    if line is not None:
        assert text.splitlines()[2:] == [line]


@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 3)])
@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda _, x: x.softmax(-1), "softmax is known over the entries of a vector"),
        (lambda _, x: torch.cat([x, 2 * x], -1), "blocks of tokens cannot be concatenated"),
        (lambda _, x: torch.cat([x, 2 * x], -2), "only concatenation along the last axis"),
    ],
)
def test_a_grid_is_no_vector(function, message, shape):
    with pytest.raises(SpecError, match=message):
        from_torch(Function(function), torch.zeros(shape))


class WrittenOut(nn.Module):
    def __init__(self, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.rand(8)), eps

    def forward(self, x):
        kind = x.dtype
        x = x.to(torch.float32)
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)
        return self.weight * x.to(kind)


def test_an_rms_norm_that_is_written_out():
    lines = text_of(WrittenOut(0.5)).splitlines()[2:]
    assert lines == ['rms_norm gain="mul.gain" eps=1/2', 'gain gain="weight"']
    with pytest.raises(SpecError, match="pow is no layer"):
        text_of(Function(lambda _, x: x * torch.rsqrt(x.pow(4).mean(-1, keepdim=True) + 1)))


def test_norms_of_hugging_face():
    llama = pytest.importorskip("transformers.models.llama.modeling_llama")
    assert 'rms_norm gain="mul.gain" eps=1/2\n' in text_of(llama.LlamaRMSNorm(8, eps=0.5))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_numbers_are_those_of_the_arithmetic(dtype):
    """Torch multiplies by a float32 unless the values are float64."""
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    tenth = Fraction(float(torch.tensor(0.1, dtype=wide)))
    example = torch.ones(8, dtype=dtype)
    assert f"scale {tenth}\n" in text_of(Function(lambda _, x: x * 0.1).to(dtype), example)
    assert f"scale {1 / tenth}\n" in text_of(Function(lambda _, x: x / 0.1).to(dtype), example)
    assert f"leaky_relu {tenth}\n" in text_of(nn.LeakyReLU(0.1), example)
    assert f"eps={tenth} " in text_of(nn.LayerNorm(8, eps=0.1, dtype=dtype), example)
    eps = Fraction(torch.finfo(wide).eps)
    assert f"eps={eps}\n" in text_of(nn.RMSNorm(8, dtype=dtype), example)
    x = torch.linspace(1, 100, 999, dtype=dtype)
    assert torch.equal(x * 0.1, (x.to(wide) * torch.tensor(0.1, dtype=wide)).to(dtype))


def hooked(register):
    module = nn.Sequential(nn.Linear(8, 4), nn.ReLU())
    register(module)
    return module


def nan_spectral_norm():
    module = nn.Linear(8, 4)
    nn.init.zeros_(module.weight)
    return spectral_norm(module)


def own_forward():
    module = nn.Linear(8, 4)
    module.forward = lambda x: 3 * functional.linear(x, module.weight)
    return module


def overflowing():
    module = nn.Linear(8, 4).half()
    nn.init.constant_(module.weight, 60000.0)
    return module


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (Function(lambda _, x: x / 0.0), "a division by 0"),
        (Function(lambda _, x: x * float("inf")), "a factor must be a finite number, not inf"),
        (Function(lambda _, x: x * torch.tensor(math.nan)), "entries that are NaN or infinite"),
        (Function(lambda _, x: x * 1e39), "a factor must be a finite number"),
        (
            hooked(lambda m: m[0].register_forward_hook(lambda a, b, out: 3 * out)),
            r"submodule '0' has a forward hook \(.*<lambda>\)",
        ),
        (
            hooked(lambda m: m.register_forward_pre_hook(lambda a, x: (2 * x[0],))),
            "the module has a forward hook",
        ),
        (own_forward(), "forward of its own, set on the instance"),
        (
            nn.Sequential(torch.compile(nn.Linear(8, 8), backend="eager")),
            "submodule '0' is compiled",
        ),
        (hooked(lambda m: m[0].compile(backend="eager")), "submodule '0' is compiled"),
        (nn.LazyLinear(4), "parameter 'weight' is not initialised"),
        (nn.Linear(8, 8, device="meta"), "parameter 'weight' is on the device 'meta'"),
        (nn.Softmin(-1), "softmin has no layer"),
        (Function(lambda _, x: x / x), "a quotient of two values"),
        (Function(lambda _, x: 1 / x), "no constant near x = 0"),
        (Function(lambda _, x: torch.relu(x) * x.tanh()), "a product of two values"),
        (Function(lambda _, x: torch.add(x, x.relu(), alpha=2)), "keyword arguments"),
        (Function(lambda _, x: x * x.sum().item()), "cannot be traced"),
        (Function(lambda _, x: 1e-6 * torch.relu_(2 * x) + 1e-9 * torch.rand(8)), None),
    ],
)
def test_what_tracing_would_not_see_is_refused(module, message):
    with pytest.raises(InputError, match=message):
        text_of(module)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_torchscript_and_a_norm_of_zeros():
    with pytest.raises(InputError, match="TorchScript"):
        text_of(torch.jit.trace(nn.Linear(8, 8), torch.ones(8)))
    with pytest.raises(InputError, match="gives NaN or infinity on the example"):
        text_of(nan_spectral_norm())


def test_half_precision_that_overflows():
    with pytest.raises(SpecError, match="gives NaN or infinity"):
        text_of(overflowing(), torch.full((8,), 5.0, dtype=torch.float16))


def test_small_values_are_compared_too():
    """A tolerance beside 1 would let any function of small values pass."""

    halves = nn.Linear(4, 4, bias=False).requires_grad_(False)
    halves.weight.copy_(torch.eye(4) * 5e-7)
    with pytest.raises(SpecError, match="give different values"):
        compare_values(halves, torch.ones(4), tuple(scale(Fraction(1, 1_000_000))))


def test_large_values_are_compared_too():
    """A kink far out: ReLU of x + 50, taken for the sum alone, shows where x is below -50."""

    def kinked(x):
        return torch.relu(x + 2e5)

    with pytest.raises(SpecError, match="a random input of size 1e\\+06"):
        compare_values(Does(kinked), torch.ones(4), (Statement("", lambda x: x + 2e5),))
    # So far out a sine is what rounding makes of it.
    compare_values(Does(torch.sin), torch.ones(4), (Statement("", lambda x: torch.sin(x * 3 / 3)),))


def test_what_is_added_to_all_values_hides_no_difference():
    with pytest.raises(SpecError, match="give different values"):
        compare_values(
            Does(lambda x: 2 * x + 1e8),
            torch.zeros(4),
            (Statement("", lambda x: 2.001 * x + 1e8),),
        )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_rounding_is_no_difference_in_exact_arithmetic(dtype):
    text_of(Does(lambda x: (x + 1e6) - 1e6), torch.zeros(4, dtype=dtype))
    tiny = nn.Linear(4, 4, bias=False, dtype=dtype)
    nn.init.constant_(tiny.weight, 3 * torch.finfo(dtype).tiny * torch.finfo(dtype).eps)
    text_of(tiny, torch.zeros(4, dtype=dtype))


@pytest.mark.parametrize("module", [nn.Softplus(2.0, 30.0), nn.CELU(0.5)])
def test_layers_may_overflow_far_out_where_the_module_does_not(module):
    text_of(module, torch.zeros(4, dtype=torch.float16))


def test_values_beyond_float64_are_not_compared_exactly():
    steep = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False), nn.Tanh())
    for layer in steep[:2]:
        nn.init.eye_(layer.weight)
        layer.weight.data = 1e200 * layer.weight.data.double()
    steep.to(torch.float64)
    text_of(steep, torch.zeros(2, dtype=torch.float64))
    text_of(nn.Sequential(nn.Linear(2, 2), nn.Tanh()).half(), torch.zeros(2).half())


def test_both_sides_of_a_kink_are_compared():
    """Random inputs of the sizes that are tried anyway are all beyond it."""
    sides = (-1e-5, 1e-5)
    clamp = Statement("clamp low=-1/100000 high=1/100000", lambda x: x.clamp(*sides), kinks=sides)
    with pytest.raises(SpecError, match="beside a kink of clamp"):
        compare_values(Does(lambda x: 1e-5 * x.sign()), torch.ones(4), (clamp,))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("bounds", [{"min": -3}, {"max": 1000}, {"min": -1e-3, "max": 300}])
def test_rounding_alone_is_no_difference(bounds, dtype):
    """``max(x, c)`` is written ``relu(x − c) + c``, which rounds a small x to a multiple of ε·c."""
    example = torch.ones(4, dtype=dtype)
    text_of(Does(lambda x: x.clamp(**bounds)), example)
    text_of(nn.Sequential(nn.Linear(4, 4), Does(lambda x: x.clamp(**bounds))).to(dtype), example)


class Does(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function
        self.held = nn.Parameter(torch.ones(4))
        self.steep = nn.LeakyReLU(5.0, inplace=True)

    def forward(self, x):
        return self.function(x)


def written(write):
    def apply(x):
        y = x + 500.0
        write(y)
        return y * 1

    return Does(apply)


def held_in_place():
    module = Does(lambda x: x)
    module.function = lambda x: x * module.held.mul_(2.0)
    return module


def deeper():
    module = Does(lambda x: x)

    def apply(x):
        y = x + 500.0
        module.steep(y)
        return y * 1

    module.function = apply
    return module


@pytest.mark.parametrize(
    "module",
    [
        written(lambda y: functional.leaky_relu_(y, 10.0)),
        written(lambda y: functional.threshold_(y, 0.0, -1e6)),
        written(lambda y: y.view(-1).clamp_(-5e3, 50.0)),
        written(lambda y: y[:2].mul_(3.0)),
        written(lambda y: y.data.mul_(3.0)),
        written(lambda y: y.chunk(2)[1].zero_()),
        written(lambda y: torch.abs(y, out=y)),
        written(lambda y: torch._foreach_mul_([y], 3.0)),
        written(lambda y: operator.imul(y.detach(), 3.0)),
        written(lambda y: operator.iadd(y, y)),
        written(lambda y: operator.itruediv(y.real, 3.0)),
        deeper(),
        held_in_place(),
    ],
)
def test_what_is_changed_in_place_and_read_later_is_refused(module):
    with pytest.raises(SpecError, match="changes in place the value") as refused:
        from_torch(module, torch.ones(4))
    assert "While executing" not in str(refused.value)


@pytest.mark.parametrize(
    "write", [lambda y: y.numpy().sort(), lambda y: setattr(y, "data", functional.relu(y))]
)
def test_memory_that_a_graph_does_not_show_is_refused(write):
    with pytest.raises(SpecError, match=r"a ndarray may share|sets the attribute 'data'"):
        from_torch(written(write), torch.ones(4))


def test_in_place_is_exact_where_only_its_result_is_read():
    def residual(x):
        y = functional.relu(x + 1.0, inplace=True)
        z = y * 2.0
        z += y
        return functional.relu(z, inplace=True)

    kinds = [layer.kind for layer in from_torch(Does(residual), torch.ones(4)).network.layers()]
    assert kinds.count("relu") == 2
    assert "relu" in text_of(nn.Sequential(nn.Linear(8, 4), nn.ReLU(inplace=True)))


def test_the_module_must_not_change_itself():
    module = Does(lambda x: x)
    module.register_buffer("count", torch.zeros(4))

    def counts(x):
        module.count.add_(1.0)
        return x * 2

    module.function = counts
    with pytest.raises(SpecError, match="its own parameters or buffers in place"):
        from_torch(module, torch.ones(4))


@pytest.mark.parametrize(
    "mix", [lambda x: x.flip(0), lambda x: x.roll(1, 0), lambda x: x.cumsum(0)]
)
def test_along_a_batch_of_one_nothing_moves(mix):
    """Evaluated on all coordinate vectors as one batch, the matrix would be another one."""
    size = 150  # more entries than are evaluated in exact arithmetic

    one_sample_alone = Does(lambda x: mix(x * 2).view(1, size))
    traced = from_torch(one_sample_alone, torch.ones(1, size))
    (matrix,) = traced.tensors.values()
    assert torch.equal(matrix, torch.eye(size))


@pytest.mark.parametrize("samples", [1, 3])
@pytest.mark.parametrize(
    "mix",
    [
        lambda x: x.flip(0),
        lambda x: x.roll(1, 0),
        lambda x: x.cumsum(0),
        lambda x: x.mean(0, keepdim=True),
        lambda x: x.sum(0, keepdim=True),
        lambda x: x + 1e-9 * x.mean(0, keepdim=True),
    ],
)
def test_what_mixes_a_batch_is_refused_whatever_its_length(mix, samples):
    with pytest.raises(SpecError, match=r"mixes what is in a batch|different shapes"):
        from_torch(Does(lambda x: mix(x * 2)), torch.ones(samples, 4), batched=True)


def test_a_batch_that_is_read_as_one_sample_mixes_nothing():
    with pytest.raises(SpecError, match="or on how many they are"):
        from_torch(Does(lambda x: x * x.shape[0] * 2), torch.ones(1, 4))
    module = Does(lambda x: x.relu().view(1, -1))
    assert "relu" in text_of(module, torch.ones(1, 4))
    assert "relu" in text_of(Does(lambda x: x.flip(0).relu()), torch.ones(1, 4), batched=False)


def test_a_mean_of_many_terms_in_low_precision_divides_by_their_number():
    pool = nn.AvgPool1d(259)
    traced = from_torch(pool, torch.ones(1, 1, 259, dtype=torch.bfloat16))
    assert "scale 1/259" in traced.text


@pytest.mark.parametrize("threshold", [5.0, 19.9, float("nan")])
def test_softplus_that_jumps_is_refused(threshold):
    with pytest.raises(SpecError, match="threshold"):
        text_of(nn.Softplus(1.0, threshold))
    assert "softplus" in text_of(nn.Softplus(1.0, 30.0))


@pytest.mark.parametrize(
    "wrap",
    [
        spectral_norm,
        parametrizations.spectral_norm,
        parametrizations.orthogonal,
        lambda m: prune.l1_unstructured(m, "weight", 0.5),
    ],
)
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_computed_parameters_are_seen(wrap):
    module = wrap(nn.Linear(8, 4))
    traced = from_torch(module.eval(), torch.randn(8))
    (weight,) = (t for t in traced.tensors.values() if t.ndim == 2)
    torch.testing.assert_close(weight, module.weight.detach())
    with pytest.raises(SpecError, match=r"call module\.eval\(\) first"):
        from_torch(module.train(), torch.randn(8))


def test_inputs_of_other_kinds():
    with pytest.raises(InputError, match=r"a torch\.nn\.Module was expected, not str"):
        from_torch("model", torch.randn(8))
    with pytest.raises(InputError, match="must be a tensor, not list"):
        from_torch(nn.ReLU(), [1.0])
    with pytest.raises(InputError, match=r"holds torch\.int64; give real numbers"):
        from_torch(nn.ReLU(), torch.arange(8))
    with pytest.raises(InputError, match=r"the example is stored as torch\.sparse_coo"):
        from_torch(nn.ReLU(), torch.eye(8).to_sparse())
    with pytest.raises(InputError, match="the example is on the device 'meta'"):
        from_torch(nn.ReLU(), torch.ones(8, device="meta"))


def test_all_unsupported_operations_at_once_the_first_cause_first():
    volume = nn.Sequential(nn.Conv3d(1, 4, 3), nn.ReLU(), nn.MaxPool3d(2))
    with pytest.raises(SpecError) as caught:
        text_of(volume, torch.randn(1, 1, 8, 8, 8))
    said = str(caught.value)
    assert said.startswith(
        "<module>: submodule '0': the operation Conv3d has no layer; "
        "nor have: MaxPool3d (submodule '2'); known: abs, adaptive_avg_pool1d, "
    )
    known = said.split("known: ")[1].split(", ")
    assert {"conv3d", "max_pool3d"}.isdisjoint(known)
    assert {"softmax", "clamp", "linear", "layer_norm", "slices"} <= set(known)
    with pytest.raises(SpecError, match=r"slopes from 0 to 1 are known; besides, .*Softmin"):
        text_of(nn.Sequential(nn.LeakyReLU(2.0), nn.Softmin(-1)))


def test_nothing_deeper_than_a_spec_can_be():
    module = nn.ReLU()
    for _ in range(60):
        inner = module
        module = Function(lambda m, x: x + m.inner(x))
        module.inner = inner
    with pytest.raises(SpecError, match="nested deeper than 50"):
        text_of(module)


@pytest.mark.parametrize(
    "change", [lambda x: operator.imul(x, 2), lambda x: functional.relu(x, inplace=True) - 1]
)
def test_a_module_that_changes_its_input_is_read_and_the_callers_example_kept(change):
    example = torch.ones(4)
    found = from_torch(Does(change), example)
    assert torch.equal(example, torch.ones(4))
    assert found.text == from_torch(Does(lambda x: change(x.clone())), example).text


def test_batch_norm_has_two_orders_of_arguments():
    mean, var, gain, shift = torch.tensor([[5.0, 6.0], [7.0, 8.0], [2.0, 3.0], [-1.0, 4.0]])

    def plain(x):
        return functional.batch_norm(x, mean, var, gain, shift, False, 0.1, 0.5)

    def positional(x):
        return torch.batch_norm(x, gain, shift, mean, var, False, 0.1, 0.5, False)

    def named(x):
        return torch.batch_norm(
            x, weight=gain, bias=shift, running_mean=mean, running_var=var, training=False,
            momentum=0.1, eps=0.5, cudnn_enabled=False,
        )  # fmt: skip

    example = torch.ones(1, 2)
    first, *others = (from_torch(Does(f), example) for f in (plain, positional, named))
    for other in others:
        assert other.text == first.text
        for name, tensor in first.tensors.items():
            assert torch.equal(other.tensors[name], tensor)
    with pytest.raises(SpecError, match="training mode"):
        from_torch(
            Does(lambda x: torch.batch_norm(x, gain, shift, mean, var, True, 0.0, 1.0, False)),
            example,
        )

    with pytest.raises(SpecError, match="running_var must be a fixed tensor"):
        from_torch(Does(lambda x: functional.batch_norm(x, mean, x[0].abs())), torch.ones(2, 2))


@pytest.mark.parametrize(
    "pool",
    [functional.max_pool2d, functional.avg_pool2d, functional.adaptive_avg_pool2d],
)
def test_a_pool_of_other_axes_is_refused(pool):
    with pytest.raises(SpecError, match="channels with 2 sizes were expected"):
        from_torch(Does(lambda x: pool(x, 2)), torch.ones(1, 4, 4), batched=True)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda m, x: x @ m.keys.T, "keys"),
        (lambda m, x: x @ m.buffer.T, "buffer"),
        (lambda m, x: torch.matmul(x, m.keys.t().to(x.dtype)), "keys"),
        (lambda m, x: x @ m.buffer.transpose(0, 1), "buffer"),
        (lambda m, x: functional.linear(x, m.keys.T.mT), "keys"),
        (lambda m, x: m.buffer @ x, "buffer"),
        (lambda m, x: m.keys.detach() @ x, "keys"),
        (lambda m, x: m.inner(x) @ m.inner.weight.T, "inner.weight"),
        (lambda m, x: x @ m.wide, "wide.T"),
        (lambda m, x: functional.linear(x, m.wide.T), "wide.T"),
        (lambda m, x: x @ getattr(m, 'a"b').T, "a_b"),
    ],
)
def test_a_transposed_tensor_keeps_its_name(function, name):
    module = Function(function)
    module.keys, module.inner = nn.Parameter(torch.randn(5, 8)), nn.Linear(8, 8)
    module.register_buffer("buffer", torch.randn(5, 8))
    module.register_buffer("wide", torch.randn(8, 5))
    module.register_buffer('a"b', torch.randn(5, 8))
    traced = from_torch(module, torch.randn(8))
    assert f'weight="{name}"\n' in traced.text
    held = module.state_dict()
    stored = held.get(name.removesuffix(".T"), held['a"b'])
    assert torch.equal(traced.tensors[name], stored.T if name.endswith(".T") else stored)
    if '"' not in name and name != "a_b":
        tensors = network_tensors(traced.network, held)
        assert tensors == network_tensors(traced.network, traced.tensors)


@pytest.mark.parametrize("equation", ["i,ij,jk->k", "i,ij->i", "i,jk->i"])
def test_an_einsum_that_rounds_entries_of_fixed_tensors_is_refused(equation):
    """Taken for its rounded matrix, [1, ε/4, ε/4, ε/4] added up would have the bound 1."""
    row = torch.tensor([1.0, 2.0**-25, 2.0**-25, 2.0**-25])
    fixed = [row.repeat(4, 1)] * (equation.count(","))
    with pytest.raises(SpecError, match="adds up entries of fixed tensors, which is rounded"):
        from_torch(Does(lambda x: torch.einsum(equation, x, *fixed)), torch.ones(4))
    kept = from_torch(Does(lambda x: torch.einsum("i,ij->j", x, fixed[0])), torch.ones(4))
    (matrix,) = kept.tensors.values()
    assert torch.equal(matrix, fixed[0].T)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32])
def test_one_number_that_is_a_tensor_keeps_its_value(dtype):
    third = torch.tensor(1 / 3)
    traced = from_torch(Does(lambda x: x * third), torch.ones(4, dtype=dtype))
    (gain,) = traced.tensors.values()
    assert torch.equal(gain, third.expand(4))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_a_division_by_one_number_that_is_a_tensor_is_exact(dtype, shape):
    divisor = torch.full(shape, 0.3, dtype=torch.float64 if dtype == torch.float64 else None)
    divisor = divisor.to(dtype) if shape else divisor
    example = torch.ones(2, 4, dtype=dtype)
    traced = from_torch(Does(lambda x: x / divisor), example)
    assert f"scale {1 / Fraction(divisor.item())}\n" in traced.text
    assert not traced.tensors


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_reciprocals_of_a_fixed_vector_are_rounded_away_from_zero(dtype):
    divisors = torch.linspace(0.3, 7.1, 64, dtype=dtype)
    divisors[::3] *= -1
    traced = from_torch(Does(lambda x: x / divisors), torch.ones(64, dtype=dtype))
    (gain,) = traced.tensors.values()
    wide = torch.promote_types(dtype, torch.float32)
    assert gain.dtype == wide
    for found, v in zip(gain.tolist(), divisors.tolist(), strict=True):
        product = Fraction(found) * Fraction(v)
        assert 1 <= product <= 1 + 2 * Fraction(torch.finfo(wide).eps)
    powers = torch.tensor([0.5, -4.0, 1.0])
    (gain,) = from_torch(Does(lambda x: x / powers), torch.ones(3)).tensors.values()
    assert gain.tolist() == [2.0, -0.25, 1.0]


@pytest.mark.parametrize("bad", [0.0, 1e-45])
def test_a_division_by_a_vector_with_an_entry_that_is_no_divisor(bad):
    divisors = torch.tensor([1.0, bad])
    with pytest.raises(SpecError, match="division by 0, or by a number whose reciprocal"):
        from_torch(Does(lambda x: x / divisors), torch.ones(2))
    for one in (torch.tensor(0.0), torch.zeros(1)):
        with pytest.raises(SpecError, match="a division by 0"):
            from_torch(Does(lambda x, one=one: x / one), torch.ones(2))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32, torch.float64])
def test_the_scales_of_batch_norm_are_rounded_away_from_zero(dtype):
    module = nn.BatchNorm1d(64, dtype=dtype).eval()
    generator = torch.Generator().manual_seed(5)
    for tensor in (module.weight.data, module.running_var):
        tensor.copy_(torch.rand(64, generator=generator) * 3 + 0.1)
    module.weight.data[::2] *= -1
    module.weight.data[0] = 0
    traced = from_torch(module, torch.zeros(1, 64, dtype=dtype))
    scales = traced.tensors["0.matrix"].diag().double()
    eps = torch.finfo(torch.promote_types(dtype, torch.float32)).eps
    gains = module.weight.detach()
    for found, g, v in zip(scales, gains, module.running_var, strict=True):
        exact = Fraction(float(g)) ** 2, Fraction(float(v)) + Fraction(module.eps)
        square = Fraction(float(found)) ** 2 * exact[1]
        assert exact[0] <= square <= exact[0] * Fraction(1 + 4 * eps)


def test_values_are_of_the_type_that_the_module_gives_them():
    class Mixed(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Sequential(nn.Linear(8, 8), nn.LayerNorm(8), nn.BatchNorm1d(8))

        def forward(self, x):
            return x + self.inner(x.float()).to(x.dtype)

    text = text_of(Mixed(), torch.zeros(1, 8, dtype=torch.float64))
    assert [line.split()[0] for line in text.splitlines()[2:]] == [
        "residual", "inner_0:", "inner_1:", "inner_2:", "}",
    ]  # fmt: skip


def test_a_bound_that_is_a_tensor_is_one_line():
    with pytest.raises(SpecError) as refused:
        text_of(Function(lambda m, x: torch.clamp(x, m.w, m.b)))
    assert "must be a finite number, not a Tensor" in refused.value.message


@pytest.mark.parametrize(
    "layer", [nn.Linear(4, 4), nn.ReLU(), nn.LayerNorm(4), nn.Sequential(nn.Linear(4, 2))]
)
@pytest.mark.filterwarnings("ignore")
def test_programs_of_torch_export_are_refused(layer):
    example = torch.zeros(4)
    program = torch.export.export(layer, (example,))
    for given in (program, program.module(), program.graph_module, torch.export.unflatten(program)):
        with pytest.raises(InputError, match=r"is a program of torch\.export, .*; give the module"):
            from_torch(given, example)
