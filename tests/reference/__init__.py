"""Reference implementations and material that only tests use."""
