"""Networks out of ONNX graphs, LipSDP's files and Hugging Face folders."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from scipy.io import savemat
from transformers import BertConfig, BertModel

from lipbridge import pipeline
from lipbridge.errors import InputError, SpecError
from lipbridge.language.from_torch.models import read_model, submodule

RNG = np.random.default_rng(0)


def graph(
    path: Path,
    nodes: list[onnx.NodeProto],
    sizes: list[int],
    functions: list[onnx.FunctionProto] | None = None,
    opset: int = 20,
    kind: int = TensorProto.FLOAT,
    **tensors: np.ndarray,
) -> Path:
    known = [numpy_helper.from_array(array, name) for name, array in tensors.items()]
    ends = [helper.make_tensor_value_info("x", kind, ["N", *sizes])]
    out = [helper.make_tensor_value_info("y", kind, [None, None])]
    made = helper.make_graph(nodes, "g", ends, out, known)
    domains = [("", opset)] + [(name, 1) for name in ("custom", "com.microsoft")]
    opsets = [helper.make_opsetid(*entry) for entry in domains]
    model = helper.make_model(made, opset_imports=opsets, functions=functions or [])
    onnx.save(model, str(path))
    return path


def floats(*shape: int) -> np.ndarray:
    return RNG.standard_normal(shape).astype(np.float32)


def test_a_convolutional_graph(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("Conv", ["x", "k", "kb"], ["c"], pads=[1, 1, 1, 1], strides=[2, 2]),
        helper.make_node("BatchNormalization", ["c", "g", "s", "m", "v"], ["n"]),
        helper.make_node("Clip", ["n", "low"], ["r"]),
        helper.make_node("MaxPool", ["r"], ["p"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Flatten", ["p"], ["f"]),
        helper.make_node("Gemm", ["f", "w.weight", "b"], ["l"], transB=1),
        helper.make_node("Tanh", ["l"], ["y"]),
    ]
    path = graph(
        tmp_path / "small-net.onnx", nodes, [1, 8, 8],
        k=floats(2, 1, 3, 3), kb=floats(2), g=floats(2), s=floats(2), m=floats(2),
        v=np.abs(floats(2)) + 1, low=np.zeros((), np.float32),
        **{"w.weight": floats(3, 8)}, b=floats(3),
    )  # fmt: skip
    report = pipeline.bound(path)
    assert report.network == "small_net"
    kinds = [row.kind for row in report.rows]
    assert kinds == ["linear", "linear", "linear", "relu", "linear", "linear", "block_max",
                     "linear", "tanh"]  # fmt: skip
    assert 0 < report.total.lower <= report.total.upper


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([helper.make_node("Exp", ["x"], ["y"])], "no layer for Exp; known: Abs, Add"),
        (
            [helper.make_node("Mul", ["x", "x"], ["y"], name="/1/Mul")],
            r"^n\.onnx: node '/1/Mul' \(Mul\): a product of two values.*opset ≥ 20",
        ),
    ],
)
def test_graphs_that_are_no_networks(
    tmp_path: Path, nodes: list[onnx.NodeProto], said: str
) -> None:
    with pytest.raises(SpecError, match=said):
        read_model(graph(tmp_path / "n.onnx", nodes, [4]))


def steep(domain: str) -> onnx.FunctionProto:
    """``Relu`` up to 1000 and of slope 100 beyond."""
    node = helper.make_node
    body = [
        node("Abs", ["a"], ["r"]),
        node("Constant", [], ["c"], value_float=1000.0),
        node("Constant", [], ["k"], value_float=99.0),
        node("Sub", ["a", "c"], ["d"]),
        node("Clip", ["d", "zero"], ["e"]),
        node("Mul", ["e", "k"], ["f"]),
        node("Add", ["r", "f"], ["b"]),
        node("Constant", [], ["zero"], value_float=0.0),
    ]
    body.insert(0, body.pop())
    return helper.make_function(domain, "Relu", ["a"], ["b"], body, [helper.make_opsetid("", 20)])


@pytest.mark.parametrize("domain", ["custom", "", "com.microsoft"])
def test_operators_that_are_not_of_the_standard_are_refused(tmp_path: Path, domain: str) -> None:
    own = [steep(domain)] if domain != "com.microsoft" else []
    nodes = [helper.make_node("Relu", ["x"], ["y"], domain=domain)]
    with pytest.raises(SpecError, match=r"Relu, which may mean anything; only ONNX's own"):
        read_model(graph(tmp_path / "n.onnx", nodes, [3], own))


NODE = helper.make_node
EYE = np.eye(3, dtype=np.float32)


@pytest.mark.parametrize(
    ("nodes", "kinds"),
    [
        ([NODE("Constant", [], ["c"], value_float=2.0), NODE("Mul", ["x", "c"], ["y"])], ["gain"]),
        ([NODE("Constant", [], ["c"], value_float=0.3), NODE("Div", ["x", "c"], ["y"])], ["scale"]),
        ([NODE("Div", ["x", "one"], ["y"])], ["scale"]),
        (
            [
                NODE("Constant", [], ["c"], value_floats=[0.3, -3, 7]),
                NODE("Div", ["x", "c"], ["y"]),
            ],
            ["gain"],
        ),
        ([NODE("Constant", [], ["c"], value_floats=[2.0, 3, 4]), NODE("Mul", ["x", "c"], ["y"])],
         ["gain"]),
        ([NODE("Gemm", ["x", "steps", "one"], ["y"])], ["linear", "linear"]),
        ([NODE("Transpose", ["steps"], ["t"]), NODE("MatMul", ["x", "t"], ["y"])], ["linear"]),
        ([NODE("Clip", ["x"], ["z"]), NODE("Relu", ["z"], ["y"])], ["relu"]),
        ([NODE("Reshape", ["x", "shape"], ["z"]), NODE("Relu", ["z"], ["y"])], ["relu"]),
    ],
)  # fmt: skip
def test_spellings_of_graphs(tmp_path: Path, nodes: list[onnx.NodeProto], kinds: list[str]) -> None:
    path = graph(
        tmp_path / "n.onnx", nodes, [3], steps=EYE, one=np.ones((1, 1), np.float32),
        shape=np.array([0, -1]),
    )  # fmt: skip
    assert [layer.kind for layer in read_model(path).network.layers()] == kinds


@pytest.mark.parametrize("kind", [np.float64, np.float16])
def test_graphs_of_other_accuracy(tmp_path: Path, kind: type) -> None:
    nodes = [NODE("MatMul", ["x", "w"], ["y"])]
    dtype = helper.np_dtype_to_tensor_dtype(np.dtype(kind))
    traced = read_model(graph(tmp_path / "n.onnx", nodes, [3], kind=dtype, w=EYE.astype(kind)))
    assert pipeline.bound(traced).total.upper == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("node", "sizes", "said"),
    [
        (NODE("Selu", ["x"], ["y"], gamma=50.0), [3], r"node 'y' \(Selu\): only the alpha and"),
        (NODE("Reshape", ["x", "shape"], ["y"], allowzero=1), [3], "Reshape with allowzero"),
        (NODE("Conv", ["x", "k"], ["y"]), [1, 2, 2, 2], "a grid of 3 sizes; one and two are"),
        (NODE("AveragePool", ["x"], ["y"], kernel_shape=[2], pads=[1, 1]), [1, 4],
         r"node 'y' \(AveragePool\): average pooling with padding"),
        (NODE("MaxPool", ["x"], ["z", "y"], kernel_shape=[2]), [1, 4], "is no node's first output"),
        (NODE("Flatten", ["x"], ["y"], axis=0), [3], "only Flatten with axis 1 keeps the batch"),
        (NODE("Clip", ["x", "x"], ["y"]), [3], "it cannot be evaluated"),
        (NODE("MatMul", ["x", "shape"], ["y"]), [2],
         r"on float32 \[1, 2\] and int64 \[2\]; see that they fit"),
        (NODE("PRelu", ["x", "slopes"], ["y"]), [3, 3], "slopes along another axis"),
        (NODE("Dropout", ["x", "", "yes"], ["y"]), [3], "dropout in training is random"),
        (NODE("MatMul", ["x", "none"], ["y"]), [3], "cannot be evaluated"),
    ],
)  # fmt: skip
def test_what_a_converter_does_not_know_is_refused(
    tmp_path: Path, node: onnx.NodeProto, sizes: list[int], said: str
) -> None:
    path = graph(
        tmp_path / "n.onnx", [node], sizes, shape=np.array([0, 3]), slopes=floats(3),
        k=floats(1, 1, 1, 1, 1), yes=np.array(True), none=floats(5, 7),
    )  # fmt: skip
    with pytest.raises(SpecError, match=said):
        read_model(path)


def test_what_the_reference_says_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise TypeError("no kernel for this\nand much more")

    monkeypatch.setattr("onnx.reference.ReferenceEvaluator.run", fails)
    path = graph(tmp_path / "n.onnx", [NODE("Relu", ["x"], ["y"])], [3])
    with pytest.raises(
        SpecError, match=r"onnx's reference \(TypeError: no kernel for this\); does"
    ):
        read_model(path)


def test_versions_and_kinds_that_are_not_known(tmp_path: Path) -> None:
    nodes = [NODE("Relu", ["x"], ["y"])]
    with pytest.raises(SpecError, match="Relu of opset 6; 7 to 25 are known"):
        read_model(graph(tmp_path / "n.onnx", nodes, [3], opset=6))
    with pytest.raises(SpecError, match="opset 99, where the installed package onnx knows"):
        read_model(graph(tmp_path / "n.onnx", nodes, [3], opset=99))
    for kind in ("INT64", "UINT16", "STRING", "BFLOAT16"):
        with pytest.raises(SpecError, match=rf"the input 'x' holds {kind}; known are FLOAT16,.*:"):
            read_model(graph(tmp_path / "n.onnx", nodes, [3], kind=getattr(TensorProto, kind)))


@pytest.mark.parametrize("constant", [False, True])
@pytest.mark.parametrize("kind", ["STRING", "UINT16", "BFLOAT16", "INT4"])
def test_tensors_of_other_kinds_are_refused_by_name(
    tmp_path: Path, kind: str, constant: bool
) -> None:
    entries = [b"a", b"b"] if kind == "STRING" else [1, 2]
    held = helper.make_tensor("odd", getattr(TensorProto, kind), [2], entries)
    nodes = [NODE("Constant", [], ["odd"], value=held)] if constant else []
    path = graph(tmp_path / "n.onnx", [*nodes, NODE("Relu", ["x"], ["y"])], [3])
    if not constant:
        model = onnx.load(path)
        model.graph.initializer.append(held)
        onnx.save(model, path)
    with pytest.raises(SpecError, match=rf"the tensor 'odd' holds {kind}; .* convert it"):
        read_model(path)


def test_tensors_in_another_file_are_not_read(tmp_path: Path) -> None:
    path = graph(tmp_path / "n.onnx", [NODE("MatMul", ["x", "w"], ["y"])], [3], w=EYE)
    whole = {"save_as_external_data": True, "location": "w.bin", "size_threshold": 0}
    onnx.save(onnx.load(path), path, **whole)
    with pytest.raises(SpecError, match=r"tensor 'w' lies in another file, .*; save the model"):
        read_model(path)


def test_softmax_of_old_versions_norms_all_axes_that_follow(tmp_path: Path) -> None:
    nodes = [NODE("Flatten", ["x"], ["f"]), NODE("Softmax", ["f"], ["y"])]
    assert "softmax" in str(read_model(graph(tmp_path / "n.onnx", nodes, [2, 3], opset=11)))
    for axis in ({}, {"axis": 1}, {"axis": -2}):
        whole = [NODE("Softmax", ["x"], ["y"], **axis)]
        text = str(read_model(graph(tmp_path / "n.onnx", whole, [2, 4], opset=11)))
        assert text.splitlines()[-4:] == ["input 2 x 4", "flatten", "softmax", "split 2"]
    with pytest.raises(SpecError, match="dim=-1, no tokens"):  # from 13 on, along one axis
        read_model(graph(tmp_path / "n.onnx", whole, [2, 4], opset=13))
    last = [NODE("Softmax", ["x"], ["y"], axis=2)]
    with pytest.raises(SpecError, match="dim=-1, no tokens"):
        read_model(graph(tmp_path / "n.onnx", last, [2, 4], opset=11))
    first = [NODE("Softmax", ["x"], ["y"], axis=0)]
    with pytest.raises(SpecError, match="axis 0 norms the whole batch together"):
        read_model(graph(tmp_path / "n.onnx", first, [4], opset=11))


@pytest.mark.parametrize("factors", [["x", "g"], ["g", "x"]])
def test_a_value_times_its_sigmoid_is_silu(tmp_path: Path, factors: list[str]) -> None:
    nodes = [helper.make_node("Sigmoid", ["x"], ["g"]), helper.make_node("Mul", factors, ["y"])]
    assert "silu" in str(read_model(graph(tmp_path / "n.onnx", nodes, [4])))


@pytest.mark.parametrize("batch", ["N", 1, 3])
@pytest.mark.parametrize("keep", [True, False])
def test_a_mean_over_the_batch_is_refused_however_it_is_written(
    tmp_path: Path, batch: str | int, keep: bool
) -> None:
    nodes = [NODE("ReduceMean", ["x", "batch"], ["m"], keepdims=int(keep))]
    path = graph(
        tmp_path / "n.onnx", [*nodes, NODE("Sub", ["x", "m"], ["y"])], [4], batch=np.array([0])
    )
    model = onnx.load(path)
    axis = model.graph.input[0].type.tensor_type.shape.dim[0]
    if isinstance(batch, int):
        axis.dim_value = batch
        onnx.save(model, path)
    with pytest.raises(SpecError, match=r"mixes what is in a batch|shape \[4\]; a vector"):
        read_model(path)


def test_tensors_keep_their_names(tmp_path: Path) -> None:
    nodes = [
        NODE("Gemm", ["x", "fc.weight", "fc.bias"], ["a"]),
        NODE("Gemm", ["a", "fc.weight"], ["b"], transB=1),
        NODE("MatMul", ["b", "fc_weight"], ["c"]),
        NODE("Gemm", ["c", 'it\'s "☃"'], ["d"]),
        NODE("Gemm", ["d", "forward"], ["y"]),
    ]
    first, second, odd, word = (floats(3, 3) for _ in range(4))
    tensors = {"fc.weight": first, "fc_weight": second, 'it\'s "☃"': odd, "forward": word}
    traced = read_model(graph(tmp_path / "n.onnx", nodes, [3], **tensors, **{"fc.bias": floats(3)}))
    assert [line.split(" ", 2)[2] for line in str(traced).splitlines() if "linear" in line] == [
        'weight="fc.weight.T" bias="fc.bias"', 'weight="fc.weight"', 'weight="fc_weight.T"',
        'weight="it\'s _☃_.T"', 'weight="forward.T"',
    ]  # fmt: skip
    for name, array in (("fc.weight", first), ("fc.weight.T", first.T), ("fc_weight.T", second.T),
                        ("it's _☃_.T", odd.T), ("forward.T", word.T)):  # fmt: skip
        assert np.array_equal(traced.tensors[name].numpy(), array)


def test_files_that_hold_no_network(tmp_path: Path) -> None:
    for name in ("n.onnx", "n.mat"):
        with pytest.raises(InputError, match="no such file"):
            read_model(tmp_path / name)
        (tmp_path / name).touch()
        with pytest.raises(InputError, match="is empty; save or copy"):
            read_model(tmp_path / name)
        (tmp_path / name).write_bytes(b"no model at all")
        with pytest.raises(InputError, match="cannot be read as"):
            read_model(tmp_path / name)
    savemat(tmp_path / "n.mat", {"other": floats(2, 2)})
    with pytest.raises(InputError, match="no cell array `weights`"):
        read_model(tmp_path / "n.mat")
    with pytest.raises(InputError, match="leave --weights out"):
        pipeline.bound(tmp_path / "n.mat", tmp_path / "w.npz")


def test_the_file_of_lipsdp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = np.empty((1, 2), dtype=object)
    cells[0, 0], cells[0, 1] = np.array([[3.0, 4.0], [0.0, 0.0]]), np.array([[2.0, 0.0]])
    savemat(tmp_path / "net.mat", {"weights": cells})
    report = pipeline.bound(tmp_path / "net.mat", assurance="exact")
    assert [row.kind for row in report.rows] == ["linear", "relu", "linear"]
    assert report.total.upper == pytest.approx(10.0, rel=1e-6)
    with monkeypatch.context() as patch:
        # As a file of a machine of the other byte order is read.
        swapped = np.empty((1, 1), dtype=object)
        swapped[0, 0] = np.array([[3.0, 4.0]]).astype(">f8")
        patch.setattr("scipy.io.loadmat", lambda *_, **__: {"weights": swapped})
        (matrix,) = read_model(tmp_path / "net.mat").tensors.values()
        assert matrix.tolist() == [[3.0, 4.0]]
    cells[0, 1] = np.ones((1, 3))
    savemat(tmp_path / "net.mat", {"weights": cells})
    with pytest.raises(InputError, match="fails on the example"):
        read_model(tmp_path / "net.mat")


def test_a_submodule_of_a_hugging_face_folder(tmp_path: Path) -> None:
    config = BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        vocab_size=20, max_position_embeddings=8,
    )  # fmt: skip
    model = BertModel(config).eval()
    model.save_pretrained(tmp_path)
    query = "encoder.layer.0.attention.self.query"
    traced = submodule(tmp_path, query)
    assert torch.equal(traced.tensors["weight"], model.get_submodule(query).weight)
    assert pipeline.bound(traced).total.upper > 0
    block = submodule(tmp_path, "encoder.layer.0.intermediate", [3, 8])
    assert [layer.kind for layer in block.network.layers()] == ["linear", "gelu"]
    assert block.network.input == (3, 8)
    with pytest.raises(InputError, match=r"did you mean 'encoder\.layer\.0\.attention\."):
        submodule(tmp_path, query + "s")
    config = json.loads((tmp_path / "config.json").read_text())
    stated = {"quantization_config": {"quant_method": "fp8"}}
    (tmp_path / "config.json").write_text(json.dumps(config | stated))
    with pytest.raises(InputError, match="the model is quantised, and --module reads none"):
        submodule(tmp_path, query)
    with pytest.raises(InputError, match=r"no folder with a config\.json"):
        submodule(tmp_path / "none", query)
