"""Stored matrices and vectors as packed Lean data."""
