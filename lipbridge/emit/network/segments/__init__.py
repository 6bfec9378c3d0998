"""Segments in Lean: one file a way to bound layers together, as in `lipbridge.tighten.segments`."""
