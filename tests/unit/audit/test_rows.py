from __future__ import annotations

import numpy as np
import pytest

from lipbridge.audit.rows import Rows


def test_round_trip(result):
    back = Rows.from_bytes(result.rows.to_bytes())
    assert set(back.columns) == set(result.rows.columns)
    for name, column in result.rows.columns.items():
        np.testing.assert_array_equal(back[name], column)
    with pytest.raises(ValueError, match="header"):
        Rows.from_bytes(b"x")


def test_groups_cover_all_rows_in_order(result):
    groups = dict(result.rows.groups("layer", "head"))
    assert list(groups) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert sum(map(len, groups.values())) == len(result.rows)
    assert all((np.diff(result.rows["step"][at]) > 0).all() for at in groups.values())
    for path in result.rows.trajectories():
        assert (result.rows["step"][path.places] == path.rows["step"]).all()
    assert list(Rows({}).groups("layer")) == []


def test_joining_drops_columns_that_one_table_lacks(result):
    part = Rows({n: c for n, c in result.rows.columns.items() if n != "rise"})
    both = Rows.concat([result.rows, part])
    assert len(both) == 2 * len(result.rows)
    assert "rise" not in both
    assert len(Rows.concat([])) == 0
