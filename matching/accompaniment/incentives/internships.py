"""What an internship lacks before it may start, and the limits of its region that it does not keep.

An internship is never a job: no outcome counts it as one
(:class:`matching.territory.OutcomePolicy` knows contracts and self-employment alone).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.accompaniment.incentives.regions import Region
from matching.domain import InternshipKind, InternshipRecord, Lacking
from matching.domain.days import months_later


class Beyond(StrEnum):
    """A limit that an internship does not keep, or that cannot be told."""

    LIMITS_UNKNOWN = "limits_unknown"
    ALLOWANCE = "allowance"
    ALLOWANCE_UNKNOWN = "allowance_unknown"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    LENGTH_UNKNOWN = "length_unknown"
    INTERNS = "interns"
    INTERNS_UNKNOWN = "interns_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A limit, and the number that it sets: euros, months or interns; None where none is known."""

    beyond: Beyond
    limit: int | None = None


def can_start(record: InternshipRecord, *, as_of: date) -> tuple[Lacking, ...]:
    """What is missing before an internship may start on a day; nothing where it may.

    A paper that is signed later than the day is missing on it. Both tutors are named and are two
    people. The inclusion kind needs the assessment of the professional social service as well.
    """
    return tuple(_lacking(record, as_of))


def _lacking(record: InternshipRecord, as_of: date) -> Iterator[Lacking]:
    begin = record.starts_on or as_of
    named = (
        (record.promoter, Lacking.PROMOTER),
        (record.host, Lacking.HOST),
        (record.promoter_tutor, Lacking.PROMOTER_TUTOR),
        (record.host_tutor, Lacking.HOST_TUTOR),
    )
    for name, lacking in named:
        if not (name or "").strip():
            yield lacking
    if record.promoter_tutor and _same(record.promoter_tutor, record.host_tutor):
        yield Lacking.TWO_TUTORS
    for signed, lacking in (
        (record.agreement_on, Lacking.AGREEMENT),
        (record.project_on, Lacking.PROJECT),
    ):
        if signed is None or signed > as_of:
            yield lacking
    for covered, lacking in (
        (record.accident_insured_from, Lacking.ACCIDENT_INSURANCE),
        (record.liability_insured_from, Lacking.LIABILITY_INSURANCE),
    ):
        if covered is None or covered > begin:
            yield lacking
    if record.kind is InternshipKind.SOCIAL_INCLUSION:
        made = record.social_assessment_on
        by = (record.social_assessment_by or "").strip()
        if not by or made is None or made > as_of:
            yield Lacking.SOCIAL_ASSESSMENT
    if record.starts_on is None:
        yield Lacking.START


def _same(name: str, other: str | None) -> bool:
    return " ".join(name.casefold().split()) == " ".join((other or "").casefold().split())


def warned(record: InternshipRecord, region: Region | None) -> tuple[Warned, ...]:
    """Limits that a record does not keep or that cannot be told, to be settled before the start.

    Of the inclusion kind no regional limit was read: it is in the individual project.
    """
    if region is None or record.kind is InternshipKind.SOCIAL_INCLUSION:
        return (Warned(beyond=Beyond.LIMITS_UNKNOWN),)
    return (*_allowance(record, region), *_length(record, region), *_interns(record, region))


def least_allowance(record: InternshipRecord, region: Region) -> int | None:
    """The least monthly allowance in euros, None where what is known does not tell it."""
    if record.public_host:
        return region.allowance_public
    if record.public_host is None or record.daily_hours is None:
        return None
    if record.daily_hours <= region.short_hours:
        return region.allowance_short
    if record.meals is None:
        return None
    return region.allowance_meals if record.meals else region.allowance


def _allowance(record: InternshipRecord, region: Region) -> Iterator[Warned]:
    least = least_allowance(record, region)
    if least is None or record.allowance_eur is None:
        yield Warned(beyond=Beyond.ALLOWANCE_UNKNOWN, limit=least)
    elif record.allowance_eur < least:
        yield Warned(beyond=Beyond.ALLOWANCE, limit=least)


def _length(record: InternshipRecord, region: Region) -> Iterator[Warned]:
    longest = None if record.length_rule is None else region.lengths.get(record.length_rule)
    if longest is None or record.starts_on is None or record.ends_on is None:
        yield Warned(beyond=Beyond.LENGTH_UNKNOWN, limit=longest)
        return
    # The last day is a day of internship: from the 1st to the last of a month is one month.
    if record.ends_on >= months_later(record.starts_on, longest):
        yield Warned(beyond=Beyond.TOO_LONG, limit=longest)
    shortest = region.shortest_months
    if (
        record.length_rule not in region.without_shortest
        and (record.ends_on - months_later(record.starts_on, shortest)).days < -1
    ):
        yield Warned(beyond=Beyond.TOO_SHORT, limit=shortest)


def _interns(record: InternshipRecord, region: Region) -> Iterator[Warned]:
    if record.host_employees is None or record.host_interns is None:
        yield Warned(beyond=Beyond.INTERNS_UNKNOWN)
        return
    most = next(
        (interns for up_to, interns in region.hosts if record.host_employees <= up_to),
        record.host_employees // 10,  # over the last step: a tenth of the employees
    )
    if record.host_interns > most:
        yield Warned(beyond=Beyond.INTERNS, limit=most)
