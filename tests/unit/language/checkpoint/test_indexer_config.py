import pytest

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.indexer_config import read_text_config
from lipbridge.numeric.presets.registry import find_preset

FLAT = {
    "model_type": "minimax_m3_vl_text",
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
    "model_type": "minimax_m3_vl",
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
    },
}
DSA = {
    "model_type": "deepseek_v32",
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


def read_msa_config(config, source):
    return find_preset("msa").read_config(read_text_config(config, source))


def read_dsa_config(config, source, preset="dsa"):
    return find_preset(preset).read_config(read_text_config(config, source))


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


SPARSE = "sparse_attention_config"
ROPES = ("rope_parameters", "rope_scaling")


@pytest.mark.parametrize(
    ("change", "inner", "message"),
    [
        ({"use_qk_norm": False}, {}, "use_qk_norm False is not modelled"),
        ({"qk_norm_type": "per_layer"}, {}, "qk_norm_type 'per_layer' is not modelled"),
        ({"use_gemma_norm": "yes"}, {}, "use_gemma_norm must be true or false"),
        ({"rotary_dim": 4}, {}, "rotary_dim 4 and partial_rotary_factor 0.5 .* contradict"),
        ({"rope_scaling": {"type": "linear", "factor": 2.0}}, {}, "rope_type 'linear'"),
        ({"index_kpool": 4}, {}, "index_kpool is not understood"),
        ({"rms_norm_eps": 0}, {}, "rms_norm_eps must be finite and ≥ 1e-30"),
        ({}, {"sparse_score_type": "lse"}, "sparse_score_type 'lse' is not modelled"),
        ({}, {"use_sparse_attention": False}, "use_sparse_attention False is not modelled"),
        ({}, {"sparse_init_block": -1}, "sparse_init_block must be an integer ≥ 0"),
        ({}, {"sparse_pooling": "mean"}, "sparse_pooling is not understood"),
    ],
)
def test_every_flag_of_minimax_is_read_or_refused(change, inner, message):
    text = LEGACY["text_config"]
    config = {**LEGACY, "text_config": {**text, **change, SPARSE: {**text[SPARSE], **inner}}}
    with pytest.raises(WeightsError, match=message):
        read_msa_config(config, "m3")


def test_flags_of_minimax_that_are_modelled():
    text = LEGACY["text_config"]
    sparse = {**text[SPARSE], "sparse_init_block": 2, "sparse_score_type": "max"}
    changed = {**text, "use_gemma_norm": False, "rotary_dim": 64, SPARSE: sparse}
    config = read_msa_config({**LEGACY, "text_config": changed}, "m3")
    assert (config.shift, config.offset, config.first) == (0, "", 2)
    assert (read_msa_config(LEGACY, "m3").shift, read_msa_config(LEGACY, "m3").first) == (1, 0)
    del changed["partial_rotary_factor"]
    with pytest.raises(WeightsError, match=r"64 of 128 .* partial_rotary_factor 0.5$"):
        read_msa_config({**LEGACY, "text_config": changed}, "m3")
    whole = {**changed, "rotary_dim": 128}
    assert read_msa_config({**LEGACY, "text_config": whole}, "m3").rotary.dim == 128


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"indexer_rope_interleave": True}, "indexer_rope_interleave True is not modelled"),
        ({"use_gemma_norm": True}, "use_gemma_norm True is not modelled"),
        ({"sparse_score_type": "max"}, "sparse_score_type 'max' is not modelled"),
        ({"index_kpool": 4}, "index_kpool is not understood"),
        ({"partial_rotary_factor": 0.5}, "32 rotary coordinates, not qk_rope_head_dim 64"),
        ({"rope_parameters": {"rope_theta": 1e4}}, "rope_parameters and rope_scaling differ"),
        ({"rope_scaling": {"rope_theta": 1e4, "mrope_section": [1]}}, "mrope_section is not"),
        ({"attention_bias": "no"}, "attention_bias must be true or false"),
    ],
)
def test_every_flag_of_deepseek_is_read_or_refused(change, message):
    with pytest.raises(WeightsError, match=message):
        read_dsa_config({**DSA, **change}, "v32")


def test_what_the_kin_of_deepseek_do_otherwise():
    plain = {key: value for key, value in DSA.items() if key != "rope_scaling"}
    config = read_dsa_config(plain, "v32").rotary
    assert (config.interleaved, config.skip) == (False, 0)
    glm = read_dsa_config({**plain, "indexer_rope_interleave": True}, "g", "glm_moe_dsa")
    assert (glm.rotary.interleaved, glm.rotary.skip, glm.key_eps) == (True, 0, 1e-6)
    with pytest.raises(WeightsError, match="indexer_rope_interleave False is not modelled"):
        read_dsa_config({**plain, "indexer_rope_interleave": False}, "g", "glm_moe_dsa")
    hy = read_dsa_config({**plain, "rms_norm_eps": 1e-9}, "h", "hy_v4")
    assert (hy.rotary.interleaved, hy.rotary.skip, hy.key_eps) == (False, 64, 1e-9)
    with pytest.raises(WeightsError, match="rms_norm_eps is missing"):
        read_dsa_config(plain, "h", "hy_v4")
    axk2 = read_dsa_config(plain, "a", "axk2")
    assert axk2 == read_dsa_config(plain, "v32")


# Every field that the models' published configurations have and that may speak of an indexer.
PUBLISHED = {
    "msa": {
        **FLAT,
        "rotary_dim": 64,
        "use_gemma_norm": True,
        "use_qk_norm": True,
        "qk_norm_type": "per_head",
        "norm_topk_prob": True,
        SPARSE: {
            **LEGACY["text_config"][SPARSE],
            "sparse_init_block": 0,
            "sparse_score_type": "max",
            "use_sparse_attention": True,
            "sparse_attention_freq": [0, 1],
            "sparse_disable_index_value": [0, 1],
        },
    },
    "dsa": {**DSA, "attention_bias": False, "rms_norm_eps": 1e-6, "norm_topk_prob": True},
}
PUBLISHED["dsa"] |= {"qk_nope_head_dim": 128, "qk_head_dim": 192, "rope_interleave": True}
GLM = {**PUBLISHED["dsa"], "indexer_rope_interleave": True, "indexer_types": ["full"]}
PUBLISHED["glm_moe_dsa"] = {**GLM, "model_type": "glm_moe_dsa", "index_topk_freq": 1}
PUBLISHED["hy_v4"] = {**PUBLISHED["dsa"], "model_type": "hy_v4", "hc_eps": 1e-6}
PUBLISHED["axk2"] = {**PUBLISHED["dsa"], "model_type": "axk2", "gated_norm_rank": 16}
# Which of them say nothing about a layer's scores: about experts, the attention, which layers have
# an indexer; and the length that yarn does not need beside its factor.
IDLE = {
    "norm_topk_prob",
    "qk_nope_head_dim",
    "qk_head_dim",
    "rope_interleave",
    "hc_eps",
    "gated_norm_rank",
    "indexer_types",
    "index_topk_freq",
    "sparse_attention_freq",
    "sparse_disable_index_value",
    "max_position_embeddings",
}
OTHER_VALUES = [True, False, 0, 1, 7, 0.25, -1, "other", [], {}]
FIELDS = [
    (preset, path)
    for preset, config in PUBLISHED.items()
    for path in [
        *((key,) for key in config if key != "model_type"),
        *((key, inner) for key in (SPARSE, *ROPES) for inner in config.get(key, ())),
    ]
]


def _with(config, path, value):
    inner = value if len(path) == 1 else {**config[path[0]], path[1]: value}
    return {**config, path[0]: inner}


@pytest.mark.parametrize(("preset", "path"), FIELDS)
def test_each_field_of_a_published_configuration_is_read_refused_or_idle(preset, path):
    published = PUBLISHED[preset]
    before = read_dsa_config(published, "m", preset)
    # ε is a number of the code in these models.
    idle = path[-1] in IDLE or (path == ("rms_norm_eps",) and preset not in ("msa", "hy_v4"))
    stated = published[path[0]] if len(path) == 1 else published[path[0]][path[1]]
    for value in OTHER_VALUES:
        # Numbers of sparse_attention_config are given outside of it, too.
        if value == stated or (path, value) == ((SPARSE,), {}):
            continue
        try:
            after = read_dsa_config(_with(published, path, value), "m", preset)
        except WeightsError as error:
            assert not idle, (value, str(error))
            assert str(error).startswith("m: config.json: "), (value, str(error))
        else:
            assert (after == before) == idle, value


@pytest.mark.parametrize("preset", PUBLISHED)
@pytest.mark.parametrize(
    "key", ["index_use_relu", "rope_ratio", "mla_rope", "key_norm", "layernorm_eps", "qk_gain"]
)
def test_a_field_that_may_speak_of_an_indexer_and_is_not_known_is_refused(preset, key):
    with pytest.raises(WeightsError, match=f"{key} is not understood"):
        read_dsa_config({**PUBLISHED[preset], key: False}, "m", preset)
    assert read_dsa_config({**PUBLISHED[preset], key: None, "n_experts": 7}, "m", preset)


def test_numbers_given_twice_must_agree():
    config = {**PUBLISHED["msa"], "index_topk_blocks": 4}
    with pytest.raises(WeightsError, match="index_topk_blocks and sparse_topk_blocks contradict"):
        read_msa_config(config, "m3")


def test_yarn_takes_a_positive_factor():
    stretched = {**DSA["rope_scaling"], "factor": 0}
    with pytest.raises(WeightsError, match="factor must be finite and ≥ 1e-06"):
        read_dsa_config({**DSA, "rope_scaling": stretched}, "v32")
