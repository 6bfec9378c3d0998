"""Layers bounded together: pieces of a body, and ways to bound some of them in sequence."""
