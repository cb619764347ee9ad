"""What came of the paths of a territory, as of a day: counts, outcomes, targets, what is missing.

For the hub's own use: it has small numbers. What leaves the hub is made by
:mod:`matching.accompaniment.impact.export`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from matching.accompaniment.effects import Effects, Prior, effects_of
from matching.accompaniment.impact.following import (
    Index,
    Split,
    before,
    counts_as_work,
    index,
    observed,
    split,
    taken_up,
)
from matching.accompaniment.impact.progress import Progress, progress
from matching.accompaniment.impact.records import Records, known_on
from matching.accompaniment.impact.unmet import Missing, Unfilled, ambito_of, missing, unfilled
from matching.domain.outcomes import (
    HORIZONS,
    OpportunityKind,
    OutcomeKind,
    OwnAccount,
    PathRecord,
    WorkGroup,
)
from matching.territory import Territory


class By(StrEnum):
    """By what people are told apart: never by a protected attribute.

    Nor by measure: what came of those who took one up is not what it did, and would be read so.
    """

    ALL = "all"
    AMBITO = "ambito"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """People, households, paths and opportunities of a group, each counted apart.

    ``people`` took something up, ``interrupted`` are those of them whose path was interrupted.
    ``households`` has the people of each known one. ``with_job`` and ``with_home`` are whose the
    opportunities are. ``jobs`` count by the territory's rule; ``jobs_open`` are those of which the
    record does not say whether they do.
    """

    by: By
    value: str
    people: frozenset[str]
    households: dict[str, frozenset[str]]
    paths: int
    interrupted: frozenset[str]
    jobs: int
    jobs_open: int
    with_job: frozenset[str]
    homes: int
    with_home: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome at a horizon for a group.

    ``before`` is the stated baseline of the same people; ``compared`` are those who were not
    reached by what it is about, where there are any. A difference from either is no effect.
    """

    kind: OutcomeKind
    months: int
    by: By
    value: str
    split: Split
    before: Split
    compared: Split
    interrupted: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The people's own accounts at a horizon; ``unknown`` are those who were not asked yet."""

    months: int
    answers: dict[OwnAccount, frozenset[str]]
    unknown: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Everything, on a day. ``since`` is the day from which targets are counted."""

    territory: str
    as_of: date
    since: date
    work_days: int
    counted: tuple[Counted, ...]
    outcomes: tuple[OutcomeRow, ...]
    accounts: tuple[Told, ...]
    progress: tuple[Progress, ...]
    effects: Effects
    missing: tuple[Missing, ...]
    unfilled: tuple[Unfilled, ...]


def impact(
    records: Records,
    territory: Territory,
    prior: Prior,
    *,
    as_of: date,
    since: date | None = None,
) -> Impact:
    """What came of the paths, as it was known on a day.

    Parameters
    ----------
    records
        Everything that was recorded.
    territory
        With its rule of what is work and its targets.
    prior
        What is believed of measures from studies.
    as_of
        The day; nothing later is read.
    since
        The first day of the project; that of the first path where None.
    """
    known = known_on(records, as_of)
    first = since or min((one.agreed_on for one in known.paths), default=as_of)
    policy = territory.policy.outcome
    found = index(known)
    groups = list(_groups(known.paths, territory))
    return Impact(
        territory=territory.code,
        as_of=as_of,
        since=first,
        work_days=policy.work_days,
        counted=tuple(_counted(known, by, value, paths, territory) for by, value, paths in groups),
        outcomes=tuple(_outcomes(known, found, groups, territory, as_of)),
        accounts=tuple(_told(known, months, as_of, found, territory) for months in HORIZONS),
        progress=progress(known, territory, since=first, as_of=as_of),
        effects=effects_of(prior, observed(found, policy=policy, as_of=as_of), as_of=as_of),
        missing=missing(known.unmet, territory),
        unfilled=unfilled(known.unfilled, territory),
    )


_Group = tuple[By, str, list[PathRecord]]


def _groups(paths: Iterable[PathRecord], territory: Territory) -> Iterator[_Group]:
    """Everybody, then by ambito, by how long without work; "" where not known."""
    taken = [one for one in paths if taken_up(one)]
    yield By.ALL, "", taken
    places: dict[str, list[PathRecord]] = {one.code: [] for one in territory.ambiti}
    for path in taken:
        places.setdefault(ambito_of(path.municipality, territory) or "", []).append(path)
    for place in sorted(places):
        yield By.AMBITO, place, places[place]
    for group in (*WorkGroup, None):
        yield By.GROUP, group or "", [one for one in taken if one.group is group]


def _counted(
    known: Records, by: By, value: str, paths: list[PathRecord], territory: Territory
) -> Counted:
    person = {one.id: one.person_id for one in paths}
    households: dict[str, frozenset[str]] = {}
    for path in paths:
        if path.household_id is not None:
            own = households.get(path.household_id, frozenset())
            households[path.household_id] = own | {path.person_id}
    found = [one for one in known.opportunities if one.path_id in person]
    rule = [
        (counts_as_work(one, territory.policy.outcome), person[one.path_id])
        for one in found
        if one.kind is OpportunityKind.JOB
    ]
    homes = [person[one.path_id] for one in found if one.kind is OpportunityKind.HOME]
    return Counted(
        by=by,
        value=value,
        people=frozenset(person.values()),
        households=households,
        paths=len(paths),
        interrupted=frozenset(one.person_id for one in paths if one.interrupted_on is not None),
        jobs=sum(counts is True for counts, _ in rule),
        jobs_open=sum(counts is None for counts, _ in rule),
        with_job=frozenset(whose for counts, whose in rule if counts),
        homes=len(homes),
        with_home=frozenset(homes),
    )


def _outcomes(
    known: Records, found: Index, groups: list[_Group], territory: Territory, as_of: date
) -> Iterator[OutcomeRow]:
    policy = territory.policy.outcome
    interrupted = frozenset(one.person_id for one in known.paths if one.interrupted_on is not None)
    for kind, months in product(OutcomeKind, HORIZONS):
        whole = split(found, kind, months, policy=policy, as_of=as_of)
        others = split(found, kind, months, policy=policy, as_of=as_of, compared=True)
        if not whole.followed:
            continue
        base = before(found, kind, whole.followed)
        for by, value, paths in groups:
            people = frozenset(one.person_id for one in paths)
            own = whole.within(people)
            if own.followed:
                yield OutcomeRow(
                    kind=kind,
                    months=months,
                    by=by,
                    value=value,
                    split=own,
                    before=base.within(people),
                    compared=others if by is By.ALL else Split(),
                    interrupted=interrupted & own.followed,
                )


def _told(known: Records, months: int, as_of: date, found: Index, territory: Territory) -> Told:
    """Of everybody whose horizon is past, the last answer."""
    due = split(
        found, OutcomeKind.WORK, months, policy=territory.policy.outcome, as_of=as_of
    ).followed
    person = {one.id: one.person_id for one in known.paths}
    answers: dict[str, OwnAccount] = {}
    for told in sorted(known.accounts, key=lambda one: one.told_on):
        if told.month == months and told.answer is not None and person[told.path_id] in due:
            answers[person[told.path_id]] = told.answer
    return Told(
        months=months,
        answers={
            answer: frozenset(who for who, said in answers.items() if said is answer)
            for answer in OwnAccount
        },
        unknown=due - set(answers),
    )
