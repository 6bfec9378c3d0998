"""Values at integer points: what the kernel evaluates, and the theorems that it does."""
