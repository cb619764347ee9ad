"""What the levels of needs come to: the urgency of a step, and the need of a person.

Both come from what a person and a manager recorded, and from nothing else. What is unknown is
neither no need nor the gravest: it is an interval.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from matching.accompaniment.needs.assessing import GRAVITY
from matching.domain import Assessment, Level, Need, NeedAnswer

_LEAST_URGENT, _MOST_URGENT = 1, 3
_MOST = max(GRAVITY.values())
_QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """How urgent a step is, 1 to 3. ``value`` is what to reckon with, within ``low`` and ``high``.

    ``expired`` says that it is from an assessment past its validity.
    """

    value: float
    low: int
    high: int
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedScore:
    """The sum of the levels over all needs, 0 to 33: between ``low`` and ``high``.

    ``unsettled`` counts the needs that are open between two levels.
    """

    low: int
    high: int
    unsettled: int

    @property
    def middle(self) -> float:
        """Halfway between the two, by which people are ordered."""
        return (self.low + self.high) / 2


def urgency(assessment: Assessment, needs: Collection[Need], *, as_of: date) -> Urgency:
    """How urgent a step that answers some needs is, by the gravest of them.

    A need that is absent or mild counts 1, a serious one 2, an urgent one 3. One that is open
    between two levels spans them, and is reckoned halfway: one that nobody asked about, 1 to 3,
    counts 2. Once the assessment has expired the value stays what it was (being asked late costs
    nobody her turn), and the interval is the widest.
    """
    answers = [assessment.of(need) for need in needs]
    low = max((max(_LEAST_URGENT, _low(one)) for one in answers), default=_LEAST_URGENT)
    high = max((max(_LEAST_URGENT, _high(one)) for one in answers), default=_LEAST_URGENT)
    expired = assessment.expired(as_of)
    return Urgency(
        value=(low + high) / 2,
        low=_LEAST_URGENT if expired else low,
        high=_MOST_URGENT if expired else high,
        expired=expired,
    )


def need_score(assessment: Assessment) -> NeedScore:
    """The sum over all needs of none 0, mild 1, serious 2, urgent 3, as an interval."""
    pairs = [(_low(one), _high(one)) for one in map(assessment.of, Need)]
    return NeedScore(
        low=sum(low for low, _ in pairs),
        high=sum(high for _, high in pairs),
        unsettled=sum(low != high for low, high in pairs),
    )


def need_quartiles(assessments: Iterable[Assessment]) -> Mapping[str, int]:
    """The quarter of need of each person among all, 1 to 4, 4 being the highest need.

    People are ordered by the middle of their interval. A person's quarter is
    ``ceil(4 * at_most / n)``, where ``at_most`` of ``n`` people have a middle that is no higher:
    who ties shares the higher quarter, so that nobody is put lower by the order of a list. Where
    many tie, the highest quarter is larger than a fourth.
    """
    middles = {one.person_id: need_score(one).middle for one in assessments}
    values = sorted(middles.values())
    return {
        person: ceil(_QUARTERS * sum(value <= middle for value in values) / len(values))
        for person, middle in middles.items()
    }


def _low(answer: NeedAnswer | None) -> int:
    if answer is None:
        return 0
    return GRAVITY.get(answer.level, 0)


def _high(answer: NeedAnswer | None) -> int:
    if answer is None:
        return _MOST
    if answer.up_to is not None:
        return GRAVITY.get(answer.up_to, _MOST)
    return _MOST if answer.level is Level.UNKNOWN else GRAVITY[answer.level]
