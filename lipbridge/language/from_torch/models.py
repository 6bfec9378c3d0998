"""Networks out of model files: ONNX graphs, LipSDP's ``.mat``, sub-modules of Hugging Face folders.

Each is read as a torch module and traced like any other. Files are untrusted: an ONNX graph is
data, ``.mat`` holds arrays, and a Hugging Face folder is read without code of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import nn

from lipbridge.errors import InputError, SpecError
from lipbridge.language.checkpoint.folder import stated_quantization
from lipbridge.language.from_torch.convert import TracedNetwork, from_torch
from lipbridge.language.from_torch.operations import DEPENDENT_PRODUCT
from lipbridge.language.identifier import Identifier
from lipbridge.layers import nearest

MODEL_SUFFIXES = (".onnx", ".mat")
"""Files that hold a whole network, not tensors alone."""
_WRITTEN_OUT = (
    "; if this is an activation in its parts, export with opset ≥ 20, or give the torch module"
)


def read_model(path: Path) -> TracedNetwork:
    """A network from a file that holds one.

    Raises:
        InputError: the file, or the package that reads it, is not there.
        SpecError: an operation that has no layer.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; give the file, or the folder with --checkpoint")
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    if not path.stat().st_size:
        raise InputError(f"{path}: is empty; save or copy the model again")
    name = identifier(path.stem)
    if path.suffix == ".mat":
        return _from_mat(path, name)
    from lipbridge.language.from_torch.onnx_graph import onnx_module

    module, example = onnx_module(path)
    try:
        return from_torch(module, example, name=name, batched=True)
    except SpecError as error:
        more = _WRITTEN_OUT if DEPENDENT_PRODUCT in error.message else ""
        raise SpecError(error.message + more, source=path.name) from error


def identifier(text: str) -> str:
    """A text as a network's name; an ``n`` before what is reserved or begins with no letter."""
    word = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_").lower()
    if not word[:1].isalpha():
        return f"n{word}"
    try:
        return Identifier.network(word)
    except InputError:
        return f"n_{word}"


def _from_mat(path: Path, name: str) -> TracedNetwork:
    """LipSDP's file: a cell array ``weights`` of matrices, with ReLU between them, no biases."""
    try:
        from scipy.io import loadmat
    except ImportError:
        raise InputError(f"{path}: reading .mat takes scipy; pip install scipy") from None
    try:
        held = loadmat(path, variable_names=["weights"])
    except Exception as error:  # scipy's reader lets through whatever damaged bytes provoke
        raise InputError(f"{path}: cannot be read as a .mat file ({error})") from error
    cells = cast("Sequence[Any]", np.ravel(held.get("weights", ())))
    matrices = [np.asarray(cell) for cell in cells]
    if not matrices or any(m.ndim != 2 or m.dtype.kind != "f" for m in matrices):
        raise InputError(f"{path}: holds no cell array `weights` of real matrices")
    layers: list[nn.Module] = []
    for matrix in matrices:
        rows, cols = matrix.shape
        linear = nn.Linear(cols, rows, bias=False, dtype=torch.float64)
        linear.weight.data = torch.from_numpy(matrix.astype(np.float64))  # whatever its byte order
        layers += [nn.ReLU(), linear] if layers else [linear]
    return from_torch(nn.Sequential(*layers), torch.zeros(matrices[0].shape[1]).double(), name=name)


def submodule(folder: Path, name: str, shape: Sequence[int] = ()) -> TracedNetwork:
    """A sub-module of a model in a Hugging Face folder.

    Args:
        folder: with ``config.json`` and safetensors.
        name: the sub-module's path, such as ``encoder.layer.0.attention.self.query``.
        shape: of its input; empty for one vector as wide as its first parameter, or the model.

    Raises:
        InputError: no such folder or sub-module, or transformers is not installed.
        SpecError: an operation that has no layer.
    """
    try:
        from transformers import AutoModel
    except ImportError:
        raise InputError("--module takes transformers; pip install transformers") from None
    if not (folder / "config.json").is_file():
        raise InputError(f"{folder}: no folder with a config.json")
    if stated_quantization(folder) is not None:
        # transformers would round what it dequantises, and the bound be about that.
        raise InputError(
            f"{folder}: the model is quantised, and --module reads none; name its tensors in a "
            "spec and give the folder with --weights"
        )
    try:
        load: Any = AutoModel.from_pretrained
        model: Any = load(
            folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        first = (str(error).splitlines() or [""])[0]
        raise InputError(f"{folder}: transformers cannot load it ({first})") from error
    try:
        inner: nn.Module = model.eval().get_submodule(name)
    except AttributeError:
        held = [path for path, _ in model.named_modules() if path]
        raise InputError(f"{folder}: no sub-module {name!r}{nearest(name, tuple(held))}") from None
    wide = getattr(inner, "in_features", None) or model.config.hidden_size
    example = torch.zeros(*(shape or (int(wide),)), dtype=next(model.parameters()).dtype)
    return from_torch(inner, example, name=identifier(name), batched=False)
