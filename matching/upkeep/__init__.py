"""Keeping the registers in order: the same person or vacancy twice, and what has become stale."""
