"""lipbridge's indexers against the modules of the ``transformers`` package, from a saved folder.

Those modules compute in float32 by explicit casts, which would hide differences below 1e-7. The
casts are widened to float64 here, so that the formulas themselves are compared.
"""

import json
import warnings
from fractions import Fraction
from types import ModuleType

import pytest
import torch

from lipbridge.language import parse
from lipbridge.language.checkpoint.files import open_checkpoint
from lipbridge.numeric.evaluate import forward
from lipbridge.numeric.presets.registry import find_indexers, find_preset
from lipbridge.numeric.tensors import network_tensors
from tests.reference import indexers

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    transformers = pytest.importorskip(
        "transformers", minversion="5.23", reason="the package transformers ≥ 5.23 is not installed"
    )
    try:
        from transformers.models.axk2 import modeling_axk2 as axk2_module
        from transformers.models.deepseek_v32 import modeling_deepseek_v32 as dsa_module
        from transformers.models.glm_moe_dsa import modeling_glm_moe_dsa as glm_module
        from transformers.models.hy_v4 import modeling_hy_v4 as hy_module
        from transformers.models.minimax_m3_vl import modeling_minimax_m3_vl as msa_module
    except ImportError:
        pytest.skip("transformers without these models", allow_module_level=True)

TOLERANCE = {"rtol": 1e-12, "atol": 1e-12}
BATCH, TOKENS = 2, 27


class _WideTorch(ModuleType):
    """The torch module, with float64 under the name float32."""

    float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


@pytest.fixture
def wide(monkeypatch):
    """Replaces casts to float32 in the modules under test by casts to float64."""
    monkeypatch.setattr(torch.Tensor, "float", torch.Tensor.double)
    for module in (dsa_module, glm_module, hy_module, axk2_module):
        monkeypatch.setattr(module, "torch", _WideTorch("torch"))


@pytest.fixture
def competition(monkeypatch):
    """Records what is ranked: the scores that the module hands to ``topk``."""
    seen = []
    original = torch.Tensor.topk

    def topk(self, *args, **kwargs):
        seen.append(self.clone())
        return original(self, *args, **kwargs)

    monkeypatch.setattr(torch.Tensor, "topk", topk)
    return seen


def _randomize(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            scale = 0.3 if "norm" in name else 0.5
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * scale)
    return model


def _save(model, folder, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save_pretrained(folder, **options)


def _hidden(size, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(BATCH, TOKENS, size, generator=generator, dtype=torch.float64)


MSA_OPTIONS = {
    "vocab_size": 32,
    "hidden_size": 24,
    "intermediate_size": 8,
    "dense_intermediate_size": 8,
    "shared_intermediate_size": 8,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "num_local_experts": 2,
    "num_experts_per_tok": 1,
    "index_n_heads": 2,
    "index_head_dim": 12,
    "index_block_size": 4,
    "index_topk_blocks": 3,
    "rotary_dim": 8,
    "max_position_embeddings": 64,
    "layer_types": ["full_attention", "minimax_m3_sparse", "minimax_m3_sparse"],
    "rope_parameters": {
        "rope_type": "default",
        "rope_theta": 1e4,
        "partial_rotary_factor": 0.5,
    },
    "bos_token_id": 0,
    "eos_token_id": 1,
}


def _msa_text_model(local):
    config = transformers.MiniMaxM3VLTextConfig(**MSA_OPTIONS, index_local_blocks=local)
    return _randomize(msa_module.MiniMaxM3VLTextModel(config), seed=local)


@pytest.mark.parametrize("local", [0, 1, 2])
def test_msa(tmp_path, wide, competition, local):
    model = _msa_text_model(local)
    _save(model, tmp_path)
    model.double()
    index = find_indexers(open_checkpoint(tmp_path))
    assert index.preset == "msa"
    assert [layer.layer for layer in index.layers] == [1, 2]
    config = index.config
    hidden = _hidden(config.hidden, seed=7)
    positions = torch.arange(TOKENS)
    for layer in index.layers:
        competition.clear()
        with torch.no_grad():
            cos_sin = model.rotary_emb(hidden, positions.expand(BATCH, -1))
            module = model.layers[layer.layer].self_attn.indexer
            theirs = module(hidden, cos_sin, None, positions.expand(BATCH, -1))
        weights = indexers.load_msa(layer)
        for sample in range(BATCH):
            queries = indexers.msa_queries(hidden[sample], positions, weights, config)
            keys = indexers.msa_keys(hidden[sample], positions, weights, config)
            scores = indexers.msa_block_scores(queries, keys, positions, config)
            # They overwrite the forced blocks' scores by +∞ before ranking.
            ranked = competition[0][sample]
            free = ranked != torch.inf
            torch.testing.assert_close(scores[free], ranked[free], **TOLERANCE)
            ours = indexers.msa_select(scores, positions, config)
            assert torch.equal(ours.sort(-1).values, theirs[sample].sort(-1).values)


def test_msa_decoding_one_token_uses_the_same_context(tmp_path, wide):
    model = _msa_text_model(1)
    _save(model, tmp_path)
    index = find_indexers(open_checkpoint(tmp_path), layers="2")
    weights, config = indexers.load_msa(index.layers[0]), index.config
    hidden, positions = _hidden(config.hidden, seed=3)[0], torch.arange(TOKENS)
    keys = indexers.msa_keys(hidden, positions, weights, config)
    whole = indexers.msa_queries(hidden, positions, weights, config)
    last = indexers.msa_queries(hidden[-1:], positions[-1:], weights, config)
    torch.testing.assert_close(last[:, 0], whole[:, -1], **TOLERANCE)
    scores = indexers.msa_block_scores(last, keys, positions[-1:], config)
    everything = indexers.msa_block_scores(whole, keys, positions, config)
    torch.testing.assert_close(scores[:, 0], everything[:, -1], **TOLERANCE)


def test_msa_inside_a_sharded_multimodal_checkpoint(tmp_path):
    text = transformers.MiniMaxM3VLTextConfig(**MSA_OPTIONS)
    vision = {
        "hidden_size": 8,
        "intermediate_size": 8,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 28,
    }
    config = transformers.MiniMaxM3VLConfig(
        text_config=text.to_dict(), vision_config=vision, projector_hidden_size=8
    )
    model = _randomize(msa_module.MiniMaxM3SparseForConditionalGeneration(config), seed=1)
    _save(model, tmp_path, max_shard_size="20KB")
    assert (tmp_path / "model.safetensors.index.json").is_file()
    index = find_indexers(open_checkpoint(tmp_path))
    assert [layer.layer for layer in index.layers] == [1, 2]
    assert (
        index.layers[0].tensors["q_proj"].name
        == "language_model.model.layers.1.self_attn.index_q_proj.weight"
    )
    module = model.model.language_model.layers[1].self_attn.indexer
    weights = indexers.load_msa(index.layers[0])
    assert torch.equal(weights.q_proj, module.q_proj.weight.double())
    assert torch.equal(weights.k_norm, module.k_norm.weight.double())


KIN = {
    "dsa": (transformers.DeepseekV32Config, dsa_module.DeepseekV32ForCausalLM),
    "glm_moe_dsa": (transformers.GlmMoeDsaConfig, glm_module.GlmMoeDsaForCausalLM),
    "hy_v4": (transformers.HYV4Config, hy_module.HYV4ForCausalLM),
    "axk2": (transformers.AXK2Config, axk2_module.AXK2ForCausalLM),
}


def _dsa_model(rope, attention_bias=False, kind="dsa"):
    options = {
        "vocab_size": 32,
        "hidden_size": 24,
        "intermediate_size": 8,
        "moe_intermediate_size": 8,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "n_routed_experts": 2,
        "kv_lora_rank": 8,
        "q_lora_rank": 10,
        "qk_rope_head_dim": 8,
        "v_head_dim": 8,
        "qk_nope_head_dim": 8,
        "n_group": 1,
        "topk_group": 1,
        "num_experts_per_tok": 1,
        "index_topk": 6,
        "index_head_dim": 12,
        "index_n_heads": 5,
        "attention_bias": attention_bias,
        "max_position_embeddings": 640,
        "rope_parameters": rope,
        "pad_token_id": 0,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "mlp_layer_types": ["dense", "dense"],
    }
    if kind in ("glm_moe_dsa", "hy_v4"):
        # An ε that no code has, so that a preset which reads another one is found out.
        options |= {"indexer_types": ["full", "full"], "rms_norm_eps": 0.25}
    config, model = KIN[kind]
    return _randomize(model(config(**options)), seed=5)


PLAIN = {"rope_type": "default", "rope_theta": 1e4}
YARN = {
    "rope_type": "yarn",
    "rope_theta": 1e4,
    "factor": 40.0,
    "mscale": 1.0,
    "mscale_all_dim": 1.0,
    "beta_fast": 32.0,
    "beta_slow": 1.0,
    "original_max_position_embeddings": 16,
}


STRETCHED = {**YARN, "mscale_all_dim": 0.5}
CASES = [("dsa", rope, bias) for rope in (PLAIN, YARN, STRETCHED) for bias in (False, True)]
CASES += [("glm_moe_dsa", PLAIN, False), ("glm_moe_dsa", YARN, True), ("hy_v4", PLAIN, False)]
CASES += [("hy_v4", YARN, True), ("axk2", PLAIN, False), ("axk2", YARN, True)]


@pytest.mark.parametrize(("kind", "rope", "bias"), CASES)
def test_dsa_and_its_kin(tmp_path, wide, competition, kind, rope, bias):
    model = _dsa_model(rope, attention_bias=bias, kind=kind)
    _save(model, tmp_path, max_shard_size="10KB")
    model.double()
    index = find_indexers(open_checkpoint(tmp_path))
    assert index.preset == kind
    assert [layer.layer for layer in index.layers] == [0, 1]
    config = index.config
    hidden, positions = _hidden(config.hidden, seed=11), torch.arange(TOKENS)
    causal = torch.ones(TOKENS, TOKENS, dtype=torch.bool).tril()
    for layer in index.layers:
        competition.clear()
        with torch.no_grad():
            attention = model.model.layers[layer.layer].self_attn
            cos_sin = model.model.rotary_emb(hidden, positions.expand(BATCH, -1))
            latent = attention.q_a_layernorm(attention.q_a_proj(hidden))
            theirs = attention.indexer(
                hidden, latent, cos_sin, causal.expand(BATCH, -1, -1), positions
            )
        weights = indexers.load_dsa(layer)
        for sample in range(BATCH):
            x = hidden[sample]
            ours_latent = indexers.dsa_latent(x, weights, config)
            torch.testing.assert_close(ours_latent, latent[sample], **TOLERANCE)
            queries = indexers.dsa_queries(ours_latent, positions, weights, config)
            head_weights = indexers.dsa_head_weights(x, weights, config)
            keys = indexers.dsa_keys(x, positions, weights, config)
            scores = indexers.dsa_scores(queries, head_weights, keys, positions)
            torch.testing.assert_close(scores, competition[0][sample], **TOLERANCE)
            ours = indexers.dsa_select(scores, config)
            # Where the past is shorter than top_k they return masked tokens, we return −1.
            masked = theirs[sample] > positions[:, None]
            theirs_past = theirs[sample].long().masked_fill(masked, -1)
            decided = ~_tied(scores, config.top_k)
            assert decided.float().mean() > 0.9
            ours, theirs_past = ours[decided], theirs_past[decided]
            assert torch.equal(ours.sort(-1).values, theirs_past.sort(-1).values)
        if config.rotary.amplitude == 1:
            _network_agrees(tmp_path, index, layer, hidden[0], competition[0][0])


def _network_agrees(folder, index, layer, hidden, scores):
    """The network that an export is about gives the module's score of token 3 for query 20."""
    preset = find_preset(index.preset)
    specs = preset.networks(index, Fraction(10), query_position=20, key_position=3)
    network = parse(specs[f"layer{layer.layer}"])
    run = forward(network, network_tensors(network, folder))
    found = run(torch.cat([hidden[20], hidden[3]])[None])[0, 0]
    torch.testing.assert_close(found, scores[20, 3], rtol=1e-11, atol=1e-12)


def test_shared_layers_have_no_indexer_of_their_own(tmp_path):
    model = _dsa_model(PLAIN, kind="glm_moe_dsa")
    _save(model, tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    config["indexer_types"] = ["full", "shared"]
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert [layer.layer for layer in find_indexers(open_checkpoint(tmp_path)).layers] == [0]


def _tied(scores, k):
    """Rows where places k and k + 1 have equal scores: ReLU makes exact zeros, and ties."""
    ranked = scores.sort(-1, descending=True).values
    return (ranked[:, k - 1] == ranked[:, k]) & ranked[:, k].isfinite()


def test_yarn_amplitude_is_part_of_the_constant(tmp_path):
    _save(_dsa_model({**YARN, "mscale_all_dim": 0.5}), tmp_path)
    rotary = find_indexers(open_checkpoint(tmp_path)).config.rotary
    assert rotary.amplitude > 1
    assert rotary.lipschitz == rotary.amplitude
    _save(_dsa_model(YARN), tmp_path)
    assert find_indexers(open_checkpoint(tmp_path)).config.rotary.lipschitz == 1
