"""Many words in a sorted list on disk, asked for one at a time."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from matching.taxonomy.esco.texts import Texts


@dataclass(frozen=True, eq=False)
class Words(Set[str]):
    """A set of words that stays where it lies; asking for one takes a few microseconds."""

    texts: Texts

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.texts.number(word) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)
