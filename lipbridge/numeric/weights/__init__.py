"""Stored weights: out of files, dequantised, exactly."""
