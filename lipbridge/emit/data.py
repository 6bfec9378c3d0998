"""Where templates, the Lean library and examples are: in the checkout, or inside the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["data_folder", "library_files"]

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def data_folder(name: str) -> Path:
    """The folder ``templates``, ``lean`` or ``examples``."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


@cache
def library_files() -> dict[str, str]:
    """The Lean library as an export carries it: relative path → text, small core included."""
    root = data_folder("lean")
    paths = [
        root / "LipBridge.lean",
        root / "lean-toolchain",
        *sorted(root.glob("LipBridge/**/*.lean")),
        *sorted(root.glob("core/*.lean")),
    ]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}
