"""The hub's database: tables, keys, the journal, and work that is done whole or not at all."""

from matching.store.engine import open_engine
from matching.store.keyring import Keyring, load_keyring
from matching.store.store import Store, open_store
from matching.store.work import Work

__all__ = ["Keyring", "Store", "Work", "load_keyring", "open_engine", "open_store"]
