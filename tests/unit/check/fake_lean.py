"""Stands in for the toolchain's ``lean`` in tests: that of the wheel, on a core of its own.

It notes what it is asked, and says what it is told to say of its version.
"""

import ctypes
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETTINGS = json.loads((HERE / "fake.json").read_text())

with (HERE / "calls.txt").open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\n")
if sys.argv[1:] == ["--print-prefix"]:
    print(HERE)
    sys.exit(0)
if sys.argv[1:] == ["--version"]:
    print(f"Lean (version {SETTINGS['version']}, x86_64-linux-gnu, commit eb6cafb, Release)")
    sys.exit(0)
# Where the toolchain would look beside itself.
os.environ["LEAN_PATH"] = str(HERE / "lib/lean")
lean = ctypes.CDLL(SETTINGS["library"], mode=ctypes.RTLD_GLOBAL)
lean.lean_initialize()
words = [os.fsencode(word) for word in ("lean", *sys.argv[1:])]
code = lean.lean_main(len(words), (ctypes.c_char_p * (len(words) + 1))(*words, None))
ctypes.CDLL(None).exit(code)
