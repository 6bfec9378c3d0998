import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from lipbridge.errors import WeightsError
from lipbridge.language.checkpoint.files import open_checkpoint


def _index(folder, weight_map):
    folder.mkdir(exist_ok=True)
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}))
    return folder


def _shard(folder, name, **tensors):
    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / name)


MATRIX = np.arange(12, dtype=np.float32).reshape(4, 3)


def test_reads_a_sharded_folder(tmp_path):
    _shard(tmp_path, "s1.safetensors", a=MATRIX)
    _shard(tmp_path, "s2.safetensors", b=MATRIX[:2].copy())
    _index(tmp_path, {"a": "s1.safetensors", "b": "s2.safetensors"})
    checkpoint = open_checkpoint(tmp_path)
    assert checkpoint.names == ("a", "b")
    location = checkpoint.tensor("a", (4, 3))
    assert (location.file.name, location.stored.dtype) == ("s1.safetensors", "F32")
    part = location.select(1, 3)
    assert part.selected_shape == (2, 3)
    assert part.label == "a[1:3]"
    assert location.label == "a"


def test_reads_headers_only_when_needed(tmp_path):
    _shard(tmp_path, "s1.safetensors", a=MATRIX)
    (tmp_path / "s2.safetensors").write_bytes(b"garbage")
    _index(tmp_path, {"a": "s1.safetensors", "b": "s2.safetensors"})
    checkpoint = open_checkpoint(tmp_path)
    assert checkpoint.tensor("a").shape == (4, 3)
    with pytest.raises(WeightsError, match="not a safetensors file"):
        checkpoint.tensor("b")


def test_reads_one_file_and_a_folder_of_one_file(tmp_path):
    _shard(tmp_path, "weights.safetensors", a=MATRIX)
    assert open_checkpoint(tmp_path / "weights.safetensors").names == ("a",)
    assert open_checkpoint(tmp_path).config is None
    (tmp_path / "config.json").write_text('{"hidden_size": 3}')
    assert open_checkpoint(tmp_path).config == {"hidden_size": 3}


def test_descriptions_are_the_files_that_are_read_beside_the_tensors(tmp_path):
    _shard(tmp_path, "s1.safetensors", a=MATRIX)
    assert open_checkpoint(tmp_path).descriptions == ()
    _index(tmp_path, {"a": "s1.safetensors"})
    for name in ("hf_quant_config.json", "config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    for path in (tmp_path, tmp_path / "s1.safetensors"):
        assert sorted(file.name for file in open_checkpoint(path).descriptions) == [
            "config.json",
            "hf_quant_config.json",
            "model.safetensors.index.json",
        ]


@pytest.mark.parametrize(
    "shard",
    [
        "../x.safetensors",
        "/etc/passwd.safetensors",
        "a\\b.safetensors",
        "C:x.safetensors",
        "x.bin",
        ".safetensors",
        3,
    ],
)
def test_rejects_shards_outside_the_folder(tmp_path, shard):
    _shard(tmp_path, "x.safetensors", a=MATRIX)
    with pytest.raises(WeightsError, match="not the plain name"):
        open_checkpoint(_index(tmp_path / "inner", {"a": shard}))


def test_names_what_is_missing(tmp_path):
    with pytest.raises(WeightsError, match="no such file or folder"):
        open_checkpoint(tmp_path / "absent")
    with pytest.raises(WeightsError, match="0 safetensors files"):
        open_checkpoint(tmp_path)
    with pytest.raises(WeightsError, match=r"shard 's9.safetensors' \(tensor 'a'\) is missing"):
        open_checkpoint(_index(tmp_path, {"a": "s9.safetensors"}))
    _shard(tmp_path, "s9.safetensors", b=MATRIX)
    checkpoint = open_checkpoint(tmp_path)
    with pytest.raises(WeightsError, match=r"index puts tensor 'a' in s9.safetensors"):
        checkpoint.tensor("a")
    with pytest.raises(WeightsError, match="no tensor 'c'"):
        checkpoint.tensor("c")
    (tmp_path / "model.safetensors.index.json").write_text("{}")
    with pytest.raises(WeightsError, match="no object weight_map"):
        open_checkpoint(tmp_path)


def test_names_misshapen_and_mistyped_tensors(tmp_path):
    _shard(tmp_path, "w.safetensors", a=MATRIX, n=np.arange(3))
    checkpoint = open_checkpoint(tmp_path)
    with pytest.raises(WeightsError, match=r"'a' has shape \[4, 3\], but \[3, 4\] was expected"):
        checkpoint.tensor("a", (3, 4))
    with pytest.raises(WeightsError, match=r"'n' \(I64\) has dtype I64, which is not read"):
        checkpoint.tensor("n")
