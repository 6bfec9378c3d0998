"""Lean source as values: literals, terms, names."""
