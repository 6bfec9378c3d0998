"""Bounds tighter than the product of the layers' constants: merged, rescaled, per score."""
