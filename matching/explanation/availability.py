"""Reasons of availability: hours, shifts, contract and start."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matching.domain import Fact, Hours
from matching.explanation.pair import MET, Pair, Sentence
from matching.features.availability import shift_answers


def availability_sentences(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield the conditions that both sides speak of, and where they meet."""
    asked, given = pair.vacancy.facts, pair.profile.facts
    yield from _either(
        pair, asked.hours, given.hours, "reason.availability_hours_met",
        "reason.availability_hours_short",
    )  # fmt: skip
    yield from _weekly(pair, features)
    yield from _shifts(pair)
    yield from _either(
        pair, asked.contracts, given.contracts, "reason.availability_contract_met",
        "reason.availability_contract_short",
    )  # fmt: skip
    value = features["availability_start"]
    if asked.start and given.start and not np.isnan(value):
        yield pair.sentence(
            "reason.availability_start_met" if value >= MET else "reason.availability_start_short",
            person=[given.start.evidence],
            vacancy=[asked.start.evidence],
        )


def _either(
    pair: Pair, asked: Sequence[Fact], given: Sequence[Fact], met: str, short: str
) -> Iterator[Sentence]:
    """Yield where two lists of alternatives meet; one in common is enough."""
    if not asked or not given:
        return
    common = [fact for fact in asked if fact.value in {offer.value for offer in given}]
    yield pair.sentence(
        met if common else short,
        person=[fact.evidence for fact in given],
        vacancy=[fact.evidence for fact in common or asked],
        list=pair.values(fact.value for fact in common or given),
        asked=pair.values(fact.value for fact in asked),
    )


def _weekly(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield hours a week where either side numbers them; full time is a full week."""
    asked, given = pair.vacancy.facts, pair.profile.facts
    value = features["availability_weekly"]
    week = asked.weekly_hours if asked.weekly_hours and asked.weekly_hours.value else None
    if np.isnan(value) or not (week or given.weekly_hours):
        return
    needed = [week] if week else list(asked.hours)
    offered = [fact for fact in given.hours if fact.value == Hours.FULL_TIME]
    offered += [given.weekly_hours] if given.weekly_hours else []
    yield pair.sentence(
        "reason.availability_weekly_met" if value >= MET else "reason.availability_weekly_short",
        person=[fact.evidence for fact in offered],
        vacancy=[fact.evidence for fact in needed],
        given=_week(pair, offered),
        asked=_week(pair, needed),
    )


def _week(pair: Pair, facts: Sequence[Fact]) -> str:
    """Return hours a week as said: by number, or as full time."""
    say = pair.wording.say
    return pair.wording.list(
        [
            say(f"value.{fact.value}")
            if isinstance(fact.value, str)
            else say("value.weekly_hours", count=fact.value)
            for fact in facts
        ]
    )


def _shifts(pair: Pair) -> Iterator[Sentence]:
    given = pair.profile.facts
    answers = shift_answers(given)
    for key, accepted in (
        ("reason.availability_shifts_met", True),
        ("reason.availability_shifts_short", False),
    ):
        found = [f for f in pair.vacancy.facts.shifts if answers.get(str(f.value)) is accepted]
        if found:
            yield pair.sentence(
                key,
                person=[fact.evidence for fact in (*given.shifts, *given.shifts_refused)],
                vacancy=[fact.evidence for fact in found],
                list=pair.values(fact.value for fact in found),
            )
