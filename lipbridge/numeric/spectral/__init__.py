"""Rigorous bounds of spectral norms: estimates, factors that are checked, Gram products."""
