"""Settings that every test shares."""

from __future__ import annotations

from hypothesis import settings

# Machines differ in speed, and a test that sometimes fails says nothing: no deadlines, fixed seeds.
settings.register_profile("lipbridge", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("lipbridge")
