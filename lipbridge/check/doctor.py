"""What is installed, what is missing, and how to mend it."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from lipbridge.cache import Cache
from lipbridge.check.embedded import INSTALL_LAKE, embedded_compiler
from lipbridge.check.lake import find_toolchain
from lipbridge.check.modules import Builder
from lipbridge.check.pins import LEAN_GITHASH, LEAN_VERSION, WHEEL, WHEEL_VERSION, has_wheel
from lipbridge.check.process import default_jobs, machine_bytes, usable_cores
from lipbridge.check.question import arithmetic_lines
from lipbridge.check.records import CheckOptions
from lipbridge.check.sources import library_modules
from lipbridge.errors import ExportError, NoCheckerError

_GIB = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what it is.
        ok: whether it is there and usable.
        detail: what was found.
        mend: how to get it, empty where nothing is missing.
        checker: whether it is a Lean checker; one that is ok suffices.
    """

    name: str
    ok: bool
    detail: str
    mend: str = ""
    checker: bool = False


def doctor() -> list[Finding]:
    """Look at everything that lipbridge needs or can use."""
    embedded = _checker(
        "embedded Lean checker",
        lambda: f"commit {LEAN_GITHASH[:12]}, SHA-256 {embedded_compiler().sha256[:16]}…",
    )
    cache = _cache()
    return [
        _python(),
        _system(),
        _wheel(),
        embedded,
        _lake(embedded),
        _arithmetic(cache),
        _torch(),
        cache,
        _machine(),
    ]


def _python() -> Finding:
    version = platform.python_version()
    ok = sys.version_info >= (3, 11)
    return Finding("Python", ok, version, "" if ok else "install Python 3.11 or newer")


def _system() -> Finding:
    library, version = platform.libc_ver()
    detail = f"{platform.system()} {platform.machine()}"
    if library != "glibc":
        return Finding("platform", True, detail)
    ok = has_wheel()
    mend = "" if ok else "the embedded Lean checker needs Linux with glibc 2.35 or newer; use lake"
    return Finding("platform", ok, f"{detail}, glibc {version}", mend)


def _wheel() -> Finding:
    from importlib import metadata  # takes 30 ms, which every check would pay

    try:
        version = metadata.version(WHEEL)
    except metadata.PackageNotFoundError:
        version = ""
    ok = version == WHEEL_VERSION
    mend = f"pip install {WHEEL}=={WHEEL_VERSION}"
    if not has_wheel():
        mend = f"there is no {WHEEL} for this platform; {INSTALL_LAKE}"
    return Finding(WHEEL, ok, version or "not installed", "" if ok else mend)


def _checker(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, f"Lean {LEAN_VERSION}, {look()}", checker=True)
    except NoCheckerError as error:
        detail, _, mend = str(error).partition("; ")
        return Finding(name, False, detail, mend, checker=True)


def _lake(embedded: Finding) -> Finding:
    """Lake is needed only where there is no embedded checker, and for whoever wants it."""
    found = _checker("lake", lambda: str(find_toolchain().executable))
    if found.ok or not embedded.ok:
        return found
    return replace(found, mend=f"optional, for --checker lake: {found.mend}")


def _arithmetic(cache: Finding) -> Finding:
    """Have the embedded kernel multiply and divide, and compare with python-flint."""
    name, bits = "the kernel's arithmetic", 1 << 16
    try:
        options = CheckOptions(cache=cache.ok)
        with Builder(embedded_compiler(), options) as builder:
            built = builder.build(library_modules("Init"))
            answer = builder.elaborate("\n".join(arithmetic_lines(bits)), ["Init"], built)
    except NoCheckerError:
        return Finding(name, True, "not tried: no embedded Lean checker")
    wrong = next((m.text for m in answer.messages if m.is_error), "")
    if wrong:
        mend = f"reinstall {WHEEL}; its GMP is not to be trusted"
        return Finding(name, False, " ".join(wrong.split())[:200], mend)
    return Finding(name, True, f"agrees with python-flint up to {bits} bits")


def _torch() -> Finding:
    mend = "pip install torch; `bound` with rigorous or estimated norms needs it"
    if importlib.util.find_spec("torch") is None:
        return Finding("torch", False, "not installed", mend)
    # The one question that torch alone can answer is asked of it here, and only by the doctor.
    torch = importlib.import_module("torch")
    devices = ["cpu"]
    if torch.cuda.is_available():
        devices += [
            f"cuda:{index} ({torch.cuda.get_device_name(index)})"
            for index in range(torch.cuda.device_count())
        ]
    return Finding("torch", True, f"{torch.__version__}, devices: {', '.join(devices)}")


def _cache() -> Finding:
    try:
        cache = Cache()
        cache.require()
    except ExportError as error:
        detail, _, mend = str(error).rpartition("; ")
        return Finding("cache", False, detail, mend)
    return Finding("cache", True, str(cache.folder.parent))


def _machine() -> Finding:
    memory = machine_bytes("MemAvailable")
    free = "unknown" if memory is None else f"{memory / _GIB:.1f} GiB"
    detail = (
        f"{usable_cores()} of {os.cpu_count()} cores, {free} of memory available, "
        f"{default_jobs()} compilers side by side"
    )
    return Finding("machine", True, detail)
