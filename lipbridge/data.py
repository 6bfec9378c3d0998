"""Where templates, the Lean library and examples are: in the checkout, or inside the wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """The folder ``templates``, ``lean`` or ``examples``."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def library_sources(folder: Path) -> dict[str, bytes]:
    """The library and the small core below a folder, as exports carry them: path → bytes."""
    paths = [
        folder / "LipBridge.lean",
        *sorted(folder.glob("LipBridge/**/*.lean")),
        *sorted(folder.glob("core/*.lean")),
    ]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


@cache
def library_files() -> dict[str, str]:
    """The package library with its toolchain pin: relative path → text."""
    root = data_folder("lean")
    files = {name: data.decode("utf-8") for name, data in library_sources(root).items()}
    return files | {"lean-toolchain": (root / "lean-toolchain").read_text("utf-8")}


@cache
def bridge_files() -> dict[str, str]:
    """The package in Mathlib's words, without its lakefile: path below its folder → text."""
    root = data_folder("lean") / "mathlib"
    paths = [*sorted(root.rglob("*.lean")), root / "lean-toolchain"]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}
