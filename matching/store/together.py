"""Entries of many who only read, committed in one transaction.

Reading is on record as much as changing is, and one commit to the disk takes longer than all the
rest of a reading. Whoever comes while others' entries are being committed waits, and then commits
those of everybody who has come meanwhile. Nobody is answered before her own entries are committed.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matching.errors import StoreError
from matching.store.chain import Entry


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody whose entries are to be committed."""

    entries: Sequence[Entry]
    is_over: bool = False
    is_committed: bool = False


@dataclass
class Together:
    """Commits entries for whoever waits. ``turn`` is held meanwhile: with SQLite, by writers too.

    ``commit`` commits entries in their order, in one transaction, or raises.
    """

    turn: threading.Lock
    commit: Callable[[Sequence[Entry]], None]
    _waiting: list[_Waiting] = field(default_factory=list, repr=False)
    _list: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def enter(self, entries: Sequence[Entry]) -> None:
        """Return once the entries are committed.

        Raises
        ------
        StoreError
            Where they are not: what they tell of may not be answered.
        """
        mine = _Waiting(entries)
        with self._list:
            self._waiting.append(mine)
        with self.turn:
            if not mine.is_over:
                self._commit_all()
        if not mine.is_committed:
            raise StoreError(
                "What was read could not be entered into the journal, so it is not shown. Try "
                "again in a moment."
            )

    def _commit_all(self) -> None:
        """Commit for everybody who waits; of an error each of them learns, this one which it is."""
        with self._list:
            group, self._waiting = self._waiting, []
        try:
            self.commit([entry for one in group for entry in one.entries])
            for one in group:
                one.is_committed = True
        finally:
            for one in group:
                one.is_over = True
