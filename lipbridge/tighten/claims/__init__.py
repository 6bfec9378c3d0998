"""What is claimed of a network besides bounds from plans: a kind a file, found by being there."""
