"""Searches for steep slopes, patterns and flips: lower bounds, and points that show them."""
