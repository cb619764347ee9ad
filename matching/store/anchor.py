"""Heads of the journal kept outside the database, so that a cut tail or a wipe is seen.

One line for each head, added after its entry is committed. A file on another disk, or one that
only this user can add to, is better than one beside the database; ``VALORIAMO_ANCHOR`` names it.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matching.errors import JournalError
from matching.store.chain import Head

_MOST_BYTES = 4 * 1024 * 1024
_EVERY = 1000  # of older heads one in so many is kept


@dataclass(frozen=True, slots=True)
class Anchor:
    """A file of heads."""

    path: Path

    def add(self, head: Head) -> None:
        """Add a head.

        Raises
        ------
        JournalError
            Where it cannot be written. The entry stays: the next head covers it as well.
        """
        line = f"{head.number} {head.mac}\n".encode("ascii")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise JournalError(
                f"{self.path}: the journal's head cannot be noted there: {error.strerror}. Make "
                "room, or name another file with VALORIAMO_ANCHOR."
            ) from error

    def heads(self) -> tuple[Head, ...]:
        """The heads, in the order of the file; none where there is no file.

        Raises
        ------
        JournalError
            For a line that is no head, but for a last one that was never finished.
        """
        try:
            text = self.path.read_text(encoding="ascii")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise JournalError(f"{self.path}: the heads cannot be read: {error}.") from error
        lines = text.split("\n")
        found = []
        for place, line in enumerate(lines[:-1], start=1):
            number, _, mac = line.partition(" ")
            if not number.isdecimal() or len(mac) != 64:
                raise JournalError(f"{self.path}, line {place}: this is no head of a journal.")
            found.append(Head(number=int(number), mac=mac))
        return tuple(found)

    def compacted(self) -> bool:
        """Leave out most of the older heads where the file has grown large; whether it was done.

        To be called while nobody writes.
        """
        if not self.path.exists() or self.path.stat().st_size <= _MOST_BYTES:
            return False
        heads = self.heads()
        kept = [one for one in heads[:-1] if one.number % _EVERY == 0] + list(heads[-1:])
        self.begin(kept)
        return True

    def begin(self, heads: Iterable[Head] = ()) -> None:
        """Write the file anew with some heads."""
        partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text("".join(f"{one.number} {one.mac}\n" for one in heads), "ascii")
        partial.chmod(0o600)
        partial.replace(self.path)
