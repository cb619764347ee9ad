"""How many people said what of themselves, for whoever evaluates: counts, and never a row.

No group of fewer than ten is shown, nor one from which such a group follows
(:mod:`matching.disclosure`). Counts of two days can still differ by few: what is compared over
time is the audit's, which is made as of a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.disclosure import Flags, showable
from matching.domain.access import Act
from matching.domain.household import Citizenship, Sex
from matching.hub.protected import Protected, all_protected
from matching.store import Work
from matching.store.tables import persons

EVERYBODY, HUB = "everybody", "hub"
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {"sex": tuple(Sex), "citizenship": tuple(Citizenship)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A group by an attribute and its value; ``people`` is None where it is not shown."""

    attribute: str
    value: str | None
    people: int | None


def protected_counts(work: Work) -> Sequence[Cell]:
    """Counts of everybody, by hub, and by each attribute, None its value where nobody said.

    The reading is told to the journal.
    """
    told = all_protected(work)
    hubs, said = [hub for hub, _ in told], [one for _, one in told]
    # Whoever was never asked said nothing; whose row is whose, nobody can tell here.
    for hub in sorted(work.actor.hubs):
        silent = work.count(persons, persons.c.hub == hub) - hubs.count(hub)
        hubs += [hub] * silent
        said += [Protected()] * silent
    cells = cells_of(hubs, said)
    shown = sum(one.people is not None for one in cells)
    work.tell(Act.READ_PROTECTED_ATTRIBUTES, "persons", None, groups=shown)
    return cells


def cells_of(hubs: Sequence[str], said: Sequence[Protected]) -> Sequence[Cell]:
    """The groups of people by their hubs and what they said; small ones are not shown."""
    groups = list(_groups(hubs, said))
    lines = [
        [number for number, (name, _, _) in enumerate(groups) if name == attribute]
        for attribute in dict.fromkeys(name for name, _, _ in groups)
        if attribute != EVERYBODY
    ]
    shown = showable([members for _, _, members in groups], lines=lines)
    return [
        Cell(attribute=name, value=value, people=int(members.sum()) if is_shown else None)
        for (name, value, members), is_shown in zip(groups, shown, strict=True)
    ]


def _groups(
    hubs: Sequence[str], said: Sequence[Protected]
) -> Iterator[tuple[str, str | None, Flags]]:
    yield EVERYBODY, None, np.ones(len(said), dtype=bool)
    for hub in sorted({*hubs}):
        yield HUB, hub, np.array([one == hub for one in hubs], dtype=bool)
    born = sorted({one.born_from for one in said if one.born_from is not None})
    every = {**_ATTRIBUTES, "born_from": tuple(born)}
    for attribute, values in sorted(every.items()):
        for value in (*values, None):
            members = np.array([getattr(one, attribute) == value for one in said], dtype=bool)
            yield attribute, None if value is None else str(value), members
