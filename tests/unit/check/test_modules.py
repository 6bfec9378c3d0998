"""Compilation: the cache is used when nothing changed, and only then."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lipbridge.cache import Cache
from lipbridge.check.embedded import Compiler, embedded_compiler
from lipbridge.check.modules import Builder
from lipbridge.check.process import Completed, default_jobs, usable_cores
from lipbridge.check.records import CheckOptions
from lipbridge.check.sources import Module, load_modules
from lipbridge.errors import ExportError, NotProvedError
from lipbridge.progress import heard_by

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


def build(project, compiler, **options):
    with Builder(compiler, CheckOptions(**options)) as builder:
        built = builder.build(project.modules())
    done = sorted(compiler.compiled)
    compiler.compiled.clear()
    return built, done


ALL = ["LipBridge.lean", "LipBridge/Basic.lean", "Toy.lean", "Toy/Data.lean", "core/Init.lean"]


def test_nothing_is_compiled_twice(project, compiler):
    assert build(project, compiler)[1] == ALL
    assert build(project, compiler)[1] == []


def test_a_change_recompiles_what_depends_on_it(project, compiler):
    build(project, compiler)
    project.edit("Toy/Data.lean", "/-! Data. -/", "/-! The data. -/")
    assert build(project, compiler)[1] == ["Toy.lean", "Toy/Data.lean"]
    project.edit("core/Init.lean", "# A small core", "# The small core")
    assert build(project, compiler)[1] == ALL


def test_a_corrupted_module_is_compiled_again(project, compiler):
    build(project, compiler)
    (place,) = [
        path.parent
        for path in Cache().folder.glob("*/*/record.json")
        if '"module": "Toy.Data"' in path.read_text()
    ]
    olean = place / "module.olean"
    data = bytearray(olean.read_bytes())
    data[len(data) // 2] ^= 1
    olean.write_bytes(data)
    again, done = build(project, compiler)
    assert done == ["Toy/Data.lean"]
    assert again["Toy"].result.ok


def test_failures_are_not_cached(project, compiler):
    project.edit("Toy.lean", "(Num.succ one) := rfl", "one := rfl")
    for _ in range(2):
        built, done = build(project, compiler)
        assert "Toy.lean" in done
        assert not built["Toy"].result.ok and built["Toy"].olean is None


def test_warnings_come_back_from_the_cache(project, compiler):
    project.append("theorem stub : Eq two one := sorryAx _ false")
    first, _ = build(project, compiler)
    second, done = build(project, compiler)
    assert done == []
    assert first["Toy"].messages == second["Toy"].messages
    assert [m.is_sorry for m in second["Toy"].messages] == [True]
    assert "Toy.lean:11:9: warning: declaration uses `sorry`" in second["Toy"].result.messages


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_any_number_of_jobs(project, compiler, jobs):
    built, done = build(project, compiler, jobs=jobs)
    assert done == ALL and all(item.result.ok for item in built.values())
    assert list(built)[-1] == "Toy"


def test_concurrent_runs_share_a_cache(project, compiler):
    def run(_):
        with Builder(compiler) as builder:
            return all(b.result.ok for b in builder.build(project.modules()).values())

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(run, range(3))) == [True] * 3


def test_what_is_not_ours_and_what_depends_on_it_is_never_cached(project, compiler):
    build(project, compiler)
    theirs = {"Toy/Data.lean": project.files["Toy/Data.lean"]}
    foreign = load_modules(project.files, ("Toy",), foreign=theirs)
    for _ in range(2):
        with Builder(compiler) as builder:
            built = builder.build(foreign)
            assert all(item.result.ok for item in built.values())
        assert sorted(compiler.compiled) == ["Toy.lean", "Toy/Data.lean"]
        compiler.compiled.clear()


def test_no_module_is_an_error(project, compiler, monkeypatch):
    """A compiler that says nothing and writes nothing, or something that is no file."""
    for left in (None, "link", "fifo", "folder"):

        def run(self, arguments, *, cwd, children, left=left):
            olean = cwd / "module.olean"
            if left == "link":
                olean.symlink_to("/dev/zero")
            elif left == "fifo":
                os.mkfifo(olean)
            elif left == "folder":
                olean.mkdir()
            return Completed(0, "", "")

        monkeypatch.setattr(Counting, "run", run)
        built, _ = build(project, compiler)
        assert built["Init"].result.messages == ("error: the compiler wrote no module",)


def test_a_compiler_that_cannot_be_run_leaves_no_folder(project, compiler, monkeypatch):
    def run(self, arguments, **options):
        raise OSError("no process")

    monkeypatch.setattr(Counting, "run", run)
    with Builder(compiler) as builder:
        with pytest.raises(OSError, match="no process"):
            builder.build(project.modules())
        assert list(builder._folder.iterdir()) == []


def test_a_full_disk_is_no_verdict(project, compiler, monkeypatch):
    said = "failed to write 'module.olean': failed to create file\n"
    monkeypatch.setattr(Counting, "run", lambda *_, **__: Completed(1, "", said))
    refused = r"^cannot write to \S+ \(the compiler's file is not written\); set TMPDIR to"
    with pytest.raises(ExportError, match=refused):
        build(project, compiler)


def test_a_machine_without_a_temporary_folder(compiler, monkeypatch):
    def none(**_):
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("lipbridge.check.modules.tempfile.mkdtemp", none)
    refused = r"^cannot write to a temporary folder \(No usable .*\); set TMPDIR to"
    with pytest.raises(ExportError, match=refused):
        Builder(compiler, CheckOptions(cache=False))


def test_the_question_is_never_cached(project, compiler):
    for _ in range(2):
        with Builder(compiler) as builder:
            built = builder.build(project.modules())
            compiler.compiled.clear()
            assert builder.elaborate("#check Nat", ["Init", "Toy"], built).result.ok
        assert compiler.compiled == ["Question.lean"]


def test_jobs_are_bounded(monkeypatch):
    assert 1 <= default_jobs() <= usable_cores()
    monkeypatch.setattr("lipbridge.check.process.machine_bytes", lambda _: 1)
    assert default_jobs() == 1
    monkeypatch.setattr("lipbridge.check.process.machine_bytes", lambda _: None)
    assert default_jobs() == usable_cores()


def test_an_interrupted_build_ends_its_children(project, compiler, tmp_path):
    def interrupt(*_):
        raise KeyboardInterrupt

    with Builder(compiler, CheckOptions(cache=False)) as builder:
        with pytest.raises(KeyboardInterrupt), heard_by(interrupt):
            builder.build(project.modules())
        assert builder.children.run(Path("/bin/true"), [], cwd=tmp_path).code != 0


def test_what_has_begun_is_not_compiled_again(project, compiler):
    modules = project.modules()
    first = {name: modules[name] for name in modules if name.startswith(("Init", "LipBridge"))}
    with Builder(compiler) as builder:
        builder.begin(first)
        builder.begin({name: modules[name] for name in modules if name != "Toy"})
        built = builder.build(modules)
    assert sorted(compiler.compiled) == ALL
    assert list(built) == list(modules) and all(item.result.ok for item in built.values())


def test_what_has_begun_with_another_text_is_refused(project, compiler):
    begun = project.modules()
    project.edit("Toy/Data.lean", "/-! Data. -/", "/-! The data. -/")
    with Builder(compiler) as builder:
        builder.begin(begun)
        with pytest.raises(NotProvedError, match=r"Toy/Data\.lean: another text"):
            builder.build(project.modules())


def test_the_longest_way_is_taken_first(compiler):
    texts = {
        "Small": "prelude\n",
        "Large": "prelude\n/-! " + "long " * 100 + "-/\n",
        "First": "prelude\n-- short\n",
        "Then": "import First\n/-! " + "longer " * 200 + "-/\n",
    }
    headers = {"Then": ("First",)}
    modules = {
        name: Module(name, f"{name}.lean", text.encode(), headers.get(name, ()))
        for name, text in texts.items()
    }
    with Builder(compiler, CheckOptions(jobs=1, cache=False)) as builder:
        builder.build(modules)
    assert compiler.compiled == ["First.lean", "Then.lean", "Large.lean", "Small.lean"]
