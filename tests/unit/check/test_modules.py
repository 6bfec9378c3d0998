"""Compilation: the cache is used when nothing changed, and only then."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.modules import Builder, default_jobs, usable_cores
from lipbridge.check.project import read_snapshot

pytestmark = pytest.mark.lean


class Counting(Compiler):
    """The embedded compiler, noting what it compiles."""

    compiled: list[str]

    def run(self, arguments, **options):
        """Run it."""
        self.compiled.append(arguments[-1])
        return super().run(arguments, **options)


@pytest.fixture
def compiler(fresh_cache):
    known = embedded_compiler()
    counting = Counting(known.library, known.sha256)
    object.__setattr__(counting, "compiled", [])
    return counting


def build(export, compiler, **options):
    snapshot = read_snapshot(export.root, ["Toy.Data", "Toy"])
    built = Builder(compiler, **options).build(snapshot.modules)
    done = sorted(compiler.compiled)
    compiler.compiled.clear()
    return built, done


ALL = ["LipBridge.lean", "LipBridge/Basic.lean", "Toy.lean", "Toy/Data.lean", "core/Init.lean"]


def test_nothing_is_compiled_twice(export, compiler):
    assert build(export, compiler)[1] == ALL
    assert build(export, compiler)[1] == []


def test_a_change_recompiles_what_depends_on_it(export, compiler):
    build(export, compiler)
    export.edit("Toy/Data.lean", "/-! Data. -/", "/-! The data. -/")
    assert build(export, compiler)[1] == ["Toy.lean", "Toy/Data.lean"]
    export.edit("core/Init.lean", "Just enough", "Barely enough")
    assert build(export, compiler)[1] == ALL


def test_a_corrupted_module_is_compiled_again(export, compiler):
    built, _ = build(export, compiler)
    olean = built["Toy.Data"].olean
    data = bytearray(olean.read_bytes())
    data[len(data) // 2] ^= 1
    olean.write_bytes(data)
    again, done = build(export, compiler)
    assert done == ["Toy/Data.lean"]
    assert again["Toy"].result.ok


def test_failures_are_not_cached(export, compiler):
    export.edit("Toy.lean", "(Num.succ one) := rfl", "one := rfl")
    for _ in range(2):
        built, done = build(export, compiler)
        assert "Toy.lean" in done
        assert not built["Toy"].result.ok and built["Toy"].olean is None


def test_warnings_come_back_from_the_cache(export, compiler):
    export.append("theorem stub : Eq two one := sorryAx _ false")
    first, _ = build(export, compiler)
    second, done = build(export, compiler)
    assert done == []
    assert first["Toy"].messages == second["Toy"].messages
    assert [m.is_sorry for m in second["Toy"].messages] == [True]
    assert "Toy.lean:11:9: warning: declaration uses `sorry`" in second["Toy"].result.messages


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_any_number_of_jobs(export, compiler, jobs):
    built, done = build(export, compiler, jobs=jobs)
    assert done == ALL and all(item.result.ok for item in built.values())
    assert list(built)[-1] == "Toy"


def test_concurrent_runs_share_a_cache(make_export, compiler):
    exports = [make_export(f"export{index}") for index in range(3)]

    def run(export):
        snapshot = read_snapshot(export.root, ["Toy.Data", "Toy"])
        return all(b.result.ok for b in Builder(compiler).build(snapshot.modules).values())

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(run, exports)) == [True] * 3


def test_what_is_compiled_is_what_was_read(export, compiler):
    snapshot = read_snapshot(export.root, ["Toy.Data", "Toy"])
    shutil.rmtree(export.root)
    built = Builder(compiler).build(snapshot.modules)
    assert all(item.result.ok for item in built.values())


def test_jobs_are_bounded(monkeypatch):
    assert 1 <= default_jobs() <= usable_cores()
    monkeypatch.setattr("lipbridge.check.modules.available_bytes", lambda: 1)
    assert default_jobs() == 1
    monkeypatch.setattr("lipbridge.check.modules.available_bytes", lambda: None)
    assert default_jobs() == usable_cores()


def test_an_interrupted_build_ends_its_children(export, compiler):
    def interrupt(*_):
        raise KeyboardInterrupt

    snapshot = read_snapshot(export.root, ["Toy.Data", "Toy"])
    builder = Builder(compiler, progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        builder.build(snapshot.modules)
    assert builder.children.run(["/bin/true"], cwd=export.root).code != 0
