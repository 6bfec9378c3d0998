from __future__ import annotations

import numpy as np
import pytest
import torch

from lipbridge.audit import audit_trace

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")


def test_a_gpu_finds_the_same(trace, result):
    found = audit_trace(trace, device="cuda", chunk_bytes=200_000).rows
    for name, column in result.rows.columns.items():
        if column.dtype == np.float64:
            np.testing.assert_allclose(found[name], column, rtol=1e-9, atol=1e-12, err_msg=name)
        elif name not in {"steep_block"}:
            np.testing.assert_array_equal(found[name], column, err_msg=name)
