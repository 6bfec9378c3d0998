"""A network as a Lean function with its theorems."""
