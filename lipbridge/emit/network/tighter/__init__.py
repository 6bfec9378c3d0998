"""Constants below the product: the layers cut into links, their proofs, what is claimed besides."""
