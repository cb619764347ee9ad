"""Valoriamo: the matching and accompaniment engine of a welfare hub."""
