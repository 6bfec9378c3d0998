"""Templates that were compiled ahead give what their text gives, and give way where it changed."""

from __future__ import annotations

import json
import shutil

import jinja2
import pytest

from lipbridge import templates
from lipbridge.data import data_folder
from lipbridge.emit.lean import render
from lipbridge.emit.network import rules
from lipbridge.pipeline import export
from tests.e2e.support import ROOT

SOURCES = data_folder("templates")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates") / "compiled"
    templates.compile_templates(folder)
    return folder


def opened(sources, compiled):
    return templates.environment(str, sources=sources, compiled=compiled)


def is_compiled(template: jinja2.Template, compiled) -> bool:
    return str(template.root_render_func.__code__.co_filename).startswith(str(compiled))


def test_every_template_of_a_module_is_compiled(compiled):
    found = opened(SOURCES, compiled)
    for name in found.list_templates(filter_func=lambda name: name.endswith("n.jinja")):
        assert is_compiled(found.get_template(name), compiled), name


@pytest.mark.parametrize("name", ["matrix3x3", "block_scores"])
def test_an_export_is_the_same(monkeypatch, tmp_path, compiled, name):
    files: list[dict[str, str]] = []
    for folder in (compiled, tmp_path / "none"):
        homes = {"templates": SOURCES, "compiled_templates": folder}
        monkeypatch.setattr(render, "data_folder", homes.__getitem__)
        for known in (render.environment, rules.rule):
            known.cache_clear()
        used = render.environment().get_template("module.lean.jinja")
        assert is_compiled(used, compiled) == (folder == compiled)
        spec = ROOT / "examples" / f"{name}.lip"
        files.append(dict(export(spec, None, tmp_path / str(len(files))).files))
    for known in (render.environment, rules.rule):
        known.cache_clear()
    assert files[0] == files[1]


def test_a_changed_text_is_compiled_anew(tmp_path, compiled):
    sources = tmp_path / "templates"
    shutil.copytree(SOURCES, sources)
    (sources / "module.lean.jinja").write_text("changed {{ about }}")
    found = opened(sources, compiled)
    template = found.get_template("module.lean.jinja")
    assert template.render(about="here") == "changed here"
    assert not is_compiled(template, compiled)
    assert is_compiled(found.get_template("row.lean.jinja"), compiled)


def test_another_version_of_jinja_compiles_anew(tmp_path, compiled):
    other = tmp_path / "compiled"
    shutil.copytree(compiled, other)
    index = json.loads((other / "index.json").read_text())
    (other / "index.json").write_text(json.dumps({**index, "jinja2": "3.0"}))
    assert not is_compiled(opened(SOURCES, other).get_template("row.lean.jinja"), other)
