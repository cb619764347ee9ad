"""Who is behind every number of the evaluator's tables, wholes before their parts."""

from collections.abc import Hashable, Sequence
from typing import Any

from matching.accompaniment.impact.report import By, Counted, Impact, OutcomeRow
from matching.accompaniment.impact.unmet import Missing
from matching.domain import Need

PARTS = ("yes", "no", "unknown")
Groups = dict[Hashable, frozenset[str]]


def cells(found: Impact) -> tuple[Groups, list[list[Hashable]]]:
    """Who is behind every number, wholes before parts; and the lines that add up."""
    groups: Groups = {}
    lines: list[list[Hashable]] = []
    for one in found.counted:
        _add_people(groups, one)
    first = [row for row in found.outcomes if row.by is By.ALL]
    for row in first:
        _add_outcome(groups, lines, row)
    for told in found.accounts:
        names = [("accounts", told.months, str(answer)) for answer in told.answers]
        groups |= dict(zip(names, told.answers.values(), strict=True))
        groups["accounts", told.months, "unknown"] = told.unknown
        lines.append([*names, ("accounts", told.months, "unknown")])
    for number, of in enumerate(found.progress):
        groups["targets", number] = of.people
    for row in found.outcomes:
        if row.by is not By.ALL:
            _add_outcome(groups, lines, row)
    for name, people in by_place(found.missing).items():
        groups["unmet", *name] = people
    lines += _by_line(groups)
    return groups, lines


def _add_people(groups: Groups, one: Counted) -> None:
    key = ("people", one.by, one.value)
    groups[*key, "people"] = one.people
    groups[*key, "households"] = frozenset().union(*one.households.values())
    groups[*key, "interrupted"] = one.interrupted
    groups[*key, "with_job"] = one.with_job
    groups[*key, "with_home"] = one.with_home


def _add_outcome(groups: Groups, lines: list[list[Hashable]], row: OutcomeRow) -> None:
    key = outcome_key(row)
    for name, part in (("", row.split), ("before_", row.before), ("compared_", row.compared)):
        if not name or row.by is By.ALL:
            groups[*key, f"{name}followed"] = part.followed
            for answer in PARTS:
                groups[*key, f"{name}{answer}"] = getattr(part, answer)
            lines.append([(*key, f"{name}{answer}") for answer in PARTS])
    if row.by is By.ALL:
        groups[*key, "interrupted"] = row.interrupted


def _by_line(groups: Groups) -> list[list[Hashable]]:
    """Ambiti, and groups by time without work, that add up to everybody."""
    found: dict[tuple[Any, ...], list[Hashable]] = {}
    for key in groups:
        if isinstance(key, tuple):
            for by in (By.AMBITO, By.GROUP):
                if by in key:
                    at = key.index(by)
                    found.setdefault((*key[:at], by, *key[at + 2 :]), []).append(key)
    return list(found.values())


def outcome_key(row: OutcomeRow) -> tuple[str, str, int, By, str]:
    """What the numbers of a row are found by."""
    return ("outcomes", row.kind, row.months, row.by, row.value)


def by_place(
    rows: Sequence[Missing],
) -> dict[tuple[Need | None, str | None, str, str], frozenset[str]]:
    """People by need and place: the whole territory, each ambito, each municipality."""
    found: dict[tuple[Need | None, str | None, str, str], frozenset[str]] = {}
    for level in ("territory", "ambito", "municipality"):
        for row in rows:
            place = {"territory": "", "ambito": row.ambito, "municipality": row.municipality}[level]
            if place is not None:
                key = (row.need, row.skill, level, place)
                found[key] = found.get(key, frozenset()) | row.people
    return found
