"""Query traces on disk: their layout, reading and writing, hidden states beside them."""
