"""Weights of hidden units that make a LipSDP bound small; untrusted, checked in integers."""
