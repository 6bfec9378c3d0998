"""The files of an export: what is written, and what is read back."""
