"""One recorded selection step as a theorem."""
