"""Checkpoints on disk: files, configurations, how tensors are quantised."""
