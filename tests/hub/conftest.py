"""Every test of this folder that asks for a store runs on both databases."""

from tests.store.conftest import engine, postgresql, store

__all__ = ["engine", "postgresql", "store"]
