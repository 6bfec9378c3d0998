import pytest

from lipbridge.errors import WeightsError
from lipbridge.language.indexer_config import read_dsa_config, read_msa_config

FLAT = {
    "hidden_size": 6144,
    "head_dim": 128,
    "index_n_heads": 4,
    "index_head_dim": 128,
    "index_block_size": 128,
    "index_topk_blocks": 16,
    "index_local_blocks": 1,
    "rms_norm_eps": 1e-6,
    "rope_parameters": {"rope_theta": 5e6, "rope_type": "default", "partial_rotary_factor": 0.5},
}
LEGACY = {
    "text_config": {
        "hidden_size": 6144,
        "head_dim": 128,
        "rope_theta": 5000000,
        "partial_rotary_factor": 0.5,
        "sparse_attention_config": {
            "sparse_num_index_heads": 4,
            "sparse_index_dim": 128,
            "sparse_block_size": 128,
            "sparse_topk_blocks": 16,
            "sparse_local_block": 1,
        },
    }
}
DSA = {
    "hidden_size": 7168,
    "q_lora_rank": 1536,
    "qk_rope_head_dim": 64,
    "index_n_heads": 64,
    "index_head_dim": 128,
    "index_topk": 2048,
    "rope_theta": 10000,
    "max_position_embeddings": 163840,
    "rope_scaling": {
        "type": "yarn",
        "factor": 40,
        "mscale": 1.0,
        "mscale_all_dim": 1.0,
        "beta_fast": 32,
        "beta_slow": 1,
        "original_max_position_embeddings": 4096,
    },
}


def test_flat_and_nested_minimax_agree():
    config = read_msa_config(FLAT, "m3")
    assert config == read_msa_config(LEGACY, "m3")
    assert (config.heads, config.block, config.top_k, config.local) == (4, 128, 16, 1)
    assert (config.rotary.dim, config.rotary.theta) == (64, 5e6)


def test_deepseek():
    config = read_dsa_config(DSA, "v32")
    assert (config.latent, config.heads, config.top_k) == (1536, 64, 2048)
    assert (config.rotary.kind, config.rotary.dim, config.rotary.factor) == ("yarn", 64, 40.0)
    assert config.rotary.lipschitz == 1


def test_yarn_factor_may_follow_from_the_lengths():
    scaling = {key: value for key, value in DSA["rope_scaling"].items() if key != "factor"}
    assert read_dsa_config({**DSA, "rope_scaling": scaling}, "v32").rotary.factor == 40.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hidden_size": None}, "hidden_size is missing"),
        ({"index_n_heads": "4"}, "index_n_heads must be an integer"),
        ({"index_n_heads": True}, "index_n_heads must be an integer"),
        ({"index_n_heads": 0}, "index_n_heads must be an integer"),
        ({"rms_norm_eps": float("nan")}, "rms_norm_eps must be finite"),
        ({"rms_norm_eps": -1e-6}, "rms_norm_eps must be finite"),
        ({"rms_norm_eps": "small"}, "rms_norm_eps must be a number"),
        ({"rope_parameters": 3}, "rope_parameters must be an object"),
        ({"rope_parameters": {"rope_theta": 1e4, "rope_type": "llama3"}}, "not modelled"),
        ({"rope_parameters": {"rope_theta": 1e4, "partial_rotary_factor": 0.01}}, "even number"),
        ({"index_head_dim": 32}, "do not fit the indexer's 32"),
    ],
)
def test_names_a_bad_value(change, message):
    with pytest.raises(WeightsError, match=message):
        read_msa_config({**FLAT, **change}, "m3")


def test_needs_a_config():
    with pytest.raises(WeightsError, match=r"m3: no config.json"):
        read_msa_config(None, "m3")
    with pytest.raises(WeightsError, match="exceeds index_head_dim"):
        read_dsa_config({**DSA, "index_head_dim": 32}, "v32")
