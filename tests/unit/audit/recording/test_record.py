"""Recording, with two small modules that make the same calls as the indexers they are named for."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from lipbridge.audit import StreamKey, TraceInfo, TraceReader, audit_trace
from lipbridge.audit.recording.indexer_calls import deepseek_queries, recognize
from lipbridge.audit.recording.record import Recorder
from lipbridge.errors import TraceError


class MiniMaxM3VLIndexer(nn.Module):
    """Block maxima of dot products, local block lifted to +inf, keys cached."""

    def __init__(self, layer_idx):
        super().__init__()
        self.layer_idx, self.head_dim, self.block_size, self.topk_blocks = layer_idx, 8, 4, 3
        self.project = nn.Linear(6, 2 * 8 + 8, bias=False)
        self.cache = None

    def forward(self, x):
        batch, steps, _ = x.shape
        queries, keys = self.project(x).split([16, 8], dim=-1)
        queries = queries.view(batch, steps, 2, 8).transpose(1, 2)
        keys = keys[:, None]
        self.cache = keys = keys if self.cache is None else torch.cat([self.cache, keys], 2)
        length = keys.shape[2]
        scores = torch.matmul(queries.float(), keys.float().transpose(-1, -2))
        at = torch.arange(length - steps, length)
        scores = scores.masked_fill(torch.arange(length) > at[:, None], -torch.inf)
        scores = nn.functional.pad(scores, (0, -length % 4), value=-torch.inf)
        blocks = scores.unflatten(-1, (-1, 4)).amax(-1)
        blocks.scatter_(-1, (at // 4)[None, None, :, None].expand(batch, 2, -1, 1), torch.inf)
        return blocks.topk(min(3, blocks.shape[-1]), dim=-1).indices


class DeepseekV32Indexer(nn.Module):
    """Weighted sums of ReLU of dot products."""

    def __init__(self, layer_idx):
        super().__init__()
        self.layer_idx, self.head_dim, self.n_heads, self.index_topk = layer_idx, 5, 3, 4
        self.softmax_scale = 0.5
        self.project = nn.Linear(6, 3 * 5 + 3 + 5, bias=False)

    def forward(self, x):
        batch, steps, _ = x.shape
        queries, weights, keys = self.project(x).split([15, 3, 5], dim=-1)
        queries = queries.view(batch, steps, 3, 5)
        scores = torch.matmul(queries, keys.transpose(-1, -2)[:, None]) * self.softmax_scale
        total = torch.matmul(weights[:, :, None], scores.relu()).squeeze(-2)
        mask = torch.full((steps, steps), torch.finfo(torch.float32).min).triu(1)
        return (total + mask).topk(min(4, steps), dim=-1).indices


class Model(nn.Module):
    def __init__(self, kind):
        super().__init__()
        torch.manual_seed(0)
        self.layers = nn.ModuleList([kind(i) for i in range(2)])

    def forward(self, x):
        return [layer(x) for layer in self.layers]


def hidden(steps, batch=2):
    return torch.randn(batch, steps, 6, generator=torch.Generator().manual_seed(1)).cumsum(1) / 5


def test_minimax_selections_are_those_of_the_module(tmp_path):
    model, x = Model(MiniMaxM3VLIndexer), hidden(40)
    with torch.no_grad(), Recorder(model, tmp_path / "t", device_bytes=4000, max_bytes=9000):
        calls = [model(x[:, :25])] + [model(x[:, t : t + 1]) for t in range(25, 40)]
    assert len(list((tmp_path / "t").iterdir())) > 1
    result = audit_trace(tmp_path / "t")
    assert not result.contradictions
    assert len(result.rows) == 2 * 2 * 2 * 40
    assert result.info.top_k == 3
    for layer in range(2):
        outputs = torch.cat([c[layer] for c in calls if c[layer].shape[-1] == 3], dim=2)
        part = result.rows.take((result.rows["layer"] == layer) & (result.rows["sequence"] == 1))
        part = part.take(part["head"] == 1)
        for step in range(12, 40):  # from here on there are three blocks to choose
            chosen = {b for b in part["selected"][step].tolist() if b >= 0}
            assert chosen | {step // 4} == set(outputs[1, 1, step].tolist())


def test_deepseek_scores_are_a_function_of_the_recorded_query(tmp_path):
    model, x = Model(DeepseekV32Indexer), hidden(20)
    with torch.no_grad(), Recorder(model, tmp_path / "t"):
        model(x)
    reader = TraceReader(tmp_path / "t")
    chunk = reader.read(reader.plan(StreamKey(1, 0), 1 << 30)[0])
    _, _, keys = model.layers[1].project(x[0]).split([15, 3, 5], dim=-1)
    products = (chunk.queries[:, 0].view(20, 2, 3, 5) @ keys.T).relu().sum(2)
    mine = (products[:, 0] - products[:, 1]).masked_fill(
        chunk.scores[:, 0] == -torch.inf, -torch.inf
    )
    torch.testing.assert_close(mine, chunk.scores[:, 0])
    norms = torch.linalg.vector_norm(keys.double(), dim=-1)
    torch.testing.assert_close(chunk.constants.flatten(), norms * 6**0.5)
    assert not audit_trace(tmp_path / "t").contradictions


def test_keys_of_a_long_prompt_count_by_their_norms(tmp_path, monkeypatch):
    x = hidden(40)
    for name, many in (("few", 1 << 20), ("many", 8)):
        monkeypatch.setattr("lipbridge.audit.recording.batching._MANY_KEYS", many)
        model = Model(MiniMaxM3VLIndexer)
        with torch.no_grad(), Recorder(model, tmp_path / name):
            for part in (x[:, :25], x[:, 25:28], x[:, 28:]):
                model(part)
    traces = [
        TraceReader(tmp_path / name).read(TraceReader(tmp_path / name).plan(key, 1 << 30)[0])
        for key in (StreamKey(0, 1), StreamKey(1, 0))
        for name in ("few", "many")
    ]
    for few, many in (traces[:2], traces[2:]):
        torch.testing.assert_close(few.constants, many.constants, rtol=1e-14, atol=0)
        assert torch.equal(few.scores, many.scores)


def test_a_new_text_is_a_new_segment(tmp_path):
    model, x = Model(MiniMaxM3VLIndexer), hidden(12)
    with torch.no_grad(), Recorder(model, tmp_path / "t"):
        for _ in range(2):
            for layer in model.layers:
                layer.cache = None
            model(x)
    rows = audit_trace(tmp_path / "t").rows
    assert sorted(set(rows["segment"].tolist())) == [0, 1]
    assert len({t.segment for t in rows.trajectories()}) == 2


def test_the_last_queries_of_a_prompt_are_enough(tmp_path):
    model = Model(MiniMaxM3VLIndexer)
    with torch.no_grad(), Recorder(model, tmp_path / "t", last=5):
        model(hidden(30))
    assert len(audit_trace(tmp_path / "t").rows) == 2 * 2 * 2 * 5


def test_outputs_are_untouched_and_hooks_are_gone(tmp_path):
    x = hidden(16)
    with torch.no_grad():
        plain = Model(MiniMaxM3VLIndexer)(x)
        model = Model(MiniMaxM3VLIndexer)
        with Recorder(model, tmp_path / "t"):
            seen = model(x)
    assert all(torch.equal(a, b) for a, b in zip(plain, seen, strict=True))
    assert not any(m._forward_hooks or "forward" in vars(m) for m in model.modules())


def test_an_error_inside_the_module_passes_through(tmp_path):
    model = Model(MiniMaxM3VLIndexer)
    with torch.no_grad(), Recorder(model, tmp_path / "t"):
        with pytest.raises(RuntimeError):
            model(torch.zeros(1, 3, 7))
        model(hidden(8))
    assert len(audit_trace(tmp_path / "t").rows) == 2 * 2 * 2 * 8


def test_an_interrupt_leaves_torch_as_it_was(tmp_path):
    before = torch.matmul, torch.Tensor.topk

    class Interrupted(MiniMaxM3VLIndexer):
        def forward(self, x):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Recorder(Interrupted(0), tmp_path / "t") as recorder:
        recorder._model(hidden(3))
    assert (torch.matmul, torch.Tensor.topk) == before


def minimax_indexer():
    """The indexer of transformers, and what it is given beside 24 hidden states."""
    minimax = pytest.importorskip("transformers.models.minimax_m3_vl.modeling_minimax_m3_vl")
    config = SimpleNamespace(
        index_head_dim=8, index_n_heads=2, index_block_size=4, index_topk_blocks=3,
        index_local_blocks=1, hidden_size=6, rms_norm_eps=1e-6,
    )  # fmt: skip
    angle = torch.zeros(2, 24, 8)
    given = (angle.cos(), angle.sin()), None, torch.arange(24)[None].expand(2, -1)
    return minimax.MiniMaxM3VLIndexer(config, 0), given


@pytest.fixture
def live_bytes():
    """Counts the bytes of all tensors made since, each storage once."""
    kinds = torch.Tensor, nn.Parameter
    pytest.importorskip("transformers.models.minimax_m3_vl.modeling_minimax_m3_vl")

    def count():
        storages = (t.untyped_storage() for t in gc.get_objects() if type(t) in kinds)
        return sum({s.data_ptr(): s.nbytes() for s in storages}.values())

    gc.freeze()  # What is frozen is not among the objects, and there is much of it.
    yield count
    gc.unfreeze()


@pytest.mark.parametrize("states", [False, True])
def test_memory_does_not_grow_with_the_steps_that_are_recorded(tmp_path, live_bytes, states):
    module, given = minimax_indexer()

    def most(calls, **limits):
        """The most bytes held after a call."""
        folder, found = tmp_path / f"t{calls}{len(limits)}", 0
        with torch.no_grad(), Recorder(module, folder, states=states, **limits):
            for _ in range(calls):
                module(hidden(24), *given)
                found = max(found, live_bytes())
        return found

    limits = {"device_bytes": 30_000, "max_bytes": 20_000}
    few, many = most(20, **limits), most(80, **limits)
    assert many <= 1.1 * few < 150_000
    # Without limits everything is held.
    assert most(80) > 2 * many


def test_any_module_through_extract(tmp_path):
    keys = torch.randn(10, 3, generator=torch.Generator().manual_seed(2))
    model = nn.Sequential(nn.Linear(6, 3, bias=False))

    def extract(_module, _inputs, output):
        return {"queries": output[0], "scores": output[0] @ keys.T, "keys": keys}

    with (
        torch.no_grad(),
        Recorder(model, tmp_path / "t", info=TraceInfo(top_k=2), extract={"0": extract}),
    ):
        model(hidden(9, batch=1))
    assert len(audit_trace(tmp_path / "t").rows) == 9


def test_rows_that_a_function_returns_are_steps(tmp_path):
    """Those of a batch too; segments keep its texts apart."""
    model = nn.Sequential(nn.Linear(6, 3))

    def extract(_module, _inputs, output):
        return {"queries": output, "keys": torch.eye(4, 3), "segments": torch.arange(len(output))}

    with (
        torch.no_grad(),
        Recorder(model, tmp_path / "t", info=TraceInfo(top_k=2), extract={"0": extract}),
    ):
        for _ in range(3):
            model(torch.randn(2, 6))
    rows = audit_trace(tmp_path / "t").rows
    assert rows["step"].tolist() == [0, 1, 2, 3, 4, 5]
    assert set(rows["sequence"].tolist()) == {0}
    assert not rows.linked.any()


def test_what_cannot_be_recorded_is_named(tmp_path):
    with pytest.raises(TraceError, match="no known indexer"):
        Recorder(nn.Linear(2, 2), tmp_path / "t")
    with pytest.raises(TraceError, match="no submodule 'x'"):
        Recorder(nn.Linear(2, 2), tmp_path / "t", extract={"x": lambda *_: {}})
    with pytest.raises(TraceError, match="give 'info'"):
        Recorder(nn.Linear(2, 2), tmp_path / "t", extract={"": lambda *_: {}})
    silent = type("MiniMaxM3VLIndexer", (MiniMaxM3VLIndexer,), {"forward": lambda _self, x: x})
    model = Model(silent)
    with pytest.raises(TraceError, match="run it uncompiled"), Recorder(model, tmp_path / "t"):
        model(hidden(4))


def test_subclasses_are_recognized():
    child = type("Child", (MiniMaxM3VLIndexer,), {})
    assert recognize(child(0)) is not None
    assert recognize(nn.Linear(1, 1)) is None


def test_effective_queries_keep_the_sign_apart():
    queries, weights = torch.tensor([[[1.0, 2.0], [3.0, 4.0]]]), torch.tensor([[2.0, -1.0]])
    assert deepseek_queries(queries, weights).tolist() == [[2.0, 4.0, 0.0, 0.0, 0.0, 0.0, 3.0, 4.0]]


def test_with_the_real_modules(tmp_path):
    module, given = minimax_indexer()
    with torch.no_grad(), Recorder(module, tmp_path / "t"):
        blocks = module(hidden(24), *given)
    rows = audit_trace(tmp_path / "t").rows
    part = rows.take((rows["sequence"] == 0) & (rows["head"] == 1))
    for step, chosen in enumerate(part["selected"].tolist()):
        want = set(blocks[0, 1, step].tolist()) - {-1}
        assert {b for b in chosen if b >= 0} | {step // 4} == want
