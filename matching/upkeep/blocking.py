"""Which records are compared at all: those that share something that few others have.

Comparing each of 20,000 people with each other would be 200 million comparisons; blocks leave
some ten thousands. Two records of one person are missed only where nothing of the keys below
agrees: then nothing could be concluded from them either.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from matching.upkeep.identity import Identity
from matching.upkeep.names import Word
from matching.upkeep.register import Register

# A key that more records share says nothing by itself: a usual name, the mailbox of a desk.
_LARGEST_BLOCK = 100


def candidate_pairs(identities: Sequence[Identity], register: Register) -> list[tuple[int, int]]:
    """Pairs of places, lower first, that share a key; in order, each once.

    Keys are an e-mail address, a telephone number, a birth date (day and month in any order), two
    words of the name by their sound (in any order, whatever else is in the name), and one word
    with two of day, month and year.
    """
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, identity in enumerate(identities):
        for key in set(_keys(identity, register.names[identity.id])):
            blocks[key].append(place)
    found: set[tuple[int, int]] = set()
    for places in blocks.values():
        if 1 < len(places) <= _LARGEST_BLOCK:
            found.update(combinations(places, 2))
    return sorted(found)


def _keys(identity: Identity, name: Sequence[Word]) -> Iterator[Hashable]:
    yield from (("email", address) for address in identity.emails)
    yield from (("phone", number) for number in identity.phones)
    outlines = sorted({word.outline for word in name})
    yield from (("name", one, other) for one, other in combinations(outlines, 2))
    if identity.born is None:
        return
    day, month, year = identity.born.day, identity.born.month, identity.born.year
    yield ("born", year, *sorted((day, month)))
    for outline in outlines:
        yield from _dated(outline, (("d", day), ("m", month), ("y", year)))


def _dated(outline: str, parts: Iterable[tuple[str, int]]) -> Iterator[Hashable]:
    yield from ((outline, *two) for two in combinations(parts, 2))
