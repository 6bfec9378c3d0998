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


def test_joining_says_where_a_table_lacks_columns(result):
    lacked, count = ("rise", "steep", "steep_block", "selected"), len(result.rows)
    part = Rows({n: c for n, c in result.rows.columns.items() if n not in lacked})
    for both in (Rows.concat([result.rows, part]), Rows.concat([part, result.rows]).take(
        np.roll(np.arange(2 * count), count)
    )):  # fmt: skip
        assert len(both) == 2 * count
        for name, column in result.rows.columns.items():
            assert both[name].dtype == column.dtype
            np.testing.assert_array_equal(both[name][:count], column)
        assert np.isnan(both["rise"][count:]).all()
        assert not both["steep"][count:].any()
        assert (both["selected"][count:] == both["steep_block"][count:, None]).all()
    assert len(Rows.concat([])) == 0


def test_a_segment_that_comes_again_is_another_trajectory(result):
    (path, *_) = result.rows.trajectories()
    columns = {name: column.copy() for name, column in path.rows.columns.items()}
    columns["segment"][40:70] = 1
    parts = list(Rows(columns).trajectories())
    assert [(p.segment, p.rows["step"][0], len(p.rows)) for p in parts] == [
        (0, 0, 40),
        (0, 70, 50),
        (1, 40, 30),
    ]
