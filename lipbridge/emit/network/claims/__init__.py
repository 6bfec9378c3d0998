"""What Lean is told of a claim of `lipbridge.tighten.claims`: a kind a file, found likewise."""
