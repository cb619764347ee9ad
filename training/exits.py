"""How spells ended, from what a register notes: a contract, an internship, no longer searching.

A contract counts as work found when it was planned for at least the days that the territory's
policy names, or has no end; self-employment likewise. An internship never does: the spell goes on.
Whoever was lost from sight is no success: the policy says whether she counts as inactive or as
still searching when last seen.
"""

from datetime import date
from enum import StrEnum

import pandas as pd

from matching.errors import InputError
from matching.territory import LostAs, OutcomePolicy


class ExitKind(StrEnum):
    """What a register notes of a person."""

    CONTRACT = "contract"
    SELF_EMPLOYMENT = "self_employment"
    INTERNSHIP = "internship"
    INACTIVE = "inactive"
    LOST = "lost"


_WORK = {ExitKind.CONTRACT, ExitKind.SELF_EMPLOYMENT}


def ended(spells: pd.DataFrame, exits: pd.DataFrame, *, policy: OutcomePolicy) -> pd.DataFrame:
    """The spells with the day and the event with which each ended.

    Parameters
    ----------
    spells
        A row per person: ``person_id``, ``intake``, ``closed`` (last day seen), ``event``, which
        says censored for everybody.
    exits
        What was noted: ``person_id``, ``on``, ``kind`` of :class:`ExitKind`, ``days`` planned,
        None without an end. What lies outside a person's days is not read.
    policy
        What counts.

    Returns
    -------
    DataFrame
        As ``spells``, in the same order; ``closed`` is the day of the first exit that counts.

    Raises
    ------
    InputError
        For an exit of nobody, or a spell that already says how it ended.
    """
    closed_before = spells.loc[spells["event"] != "censored", "person_id"]
    if len(closed_before):
        raise InputError(
            f"spells.jsonl says how the spell of {closed_before.iloc[0]!r} ended, and so does "
            "exits.jsonl; keep the exits, and write 'censored' with the last day seen."
        )
    strangers = exits.loc[~exits["person_id"].isin(set(spells["person_id"])), "person_id"]
    if len(strangers):
        raise InputError(
            f"exits.jsonl: person_id {strangers.iloc[0]!r} has no spell; add it or leave it out."
        )
    noted: dict[str, list[tuple[date, ExitKind, int | None]]] = {}
    for row in exits.to_dict("records"):
        one = (row["on"], ExitKind(row["kind"]), row["days"])
        noted.setdefault(str(row["person_id"]), []).append(one)
    days, events = [], []
    for row in spells.to_dict("records"):
        within = [
            one
            for one in noted.get(str(row["person_id"]), [])
            if row["intake"] <= one[0] <= row["closed"]
        ]
        day, event = _first(within, policy) or (row["closed"], "censored")
        days.append(day)
        events.append(event)
    objects = {"closed": days, "event": events}
    return spells.assign(
        **{name: pd.Series(values, spells.index, object) for name, values in objects.items()}
    )


def _first(
    noted: list[tuple[date, ExitKind, int | None]], policy: OutcomePolicy
) -> tuple[date, str] | None:
    """Day and event of the first exit that counts, None where the spell goes on."""
    ordered = sorted(noted, key=lambda one: one[0])
    for place, (on, kind, days) in enumerate(ordered):
        # Of whom something is noted later was not lost.
        if kind is ExitKind.LOST and place + 1 < len(ordered):
            continue
        event = _event(kind, days, policy)
        if event is not None:
            return on, event
    return None


def _event(kind: ExitKind, days: int | None, policy: OutcomePolicy) -> str | None:
    """How a spell ends by it, None where it goes on."""
    if kind in _WORK:
        return "work" if days is None or days >= policy.work_days else None
    if kind is ExitKind.INACTIVE:
        return "inactive"
    if kind is ExitKind.LOST:
        return "inactive" if policy.lost is LostAs.INACTIVE else "censored"
    return None
