"""Which public measures a household may be entitled to on a day.

Rights come first, and nothing here refuses: the lowest that is said is *unlikely*, with the answer
that would change it. A measure that is not listed is not one that does not exist.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from matching.accompaniment.rights.answers import of_household
from matching.accompaniment.rules import (
    Check,
    Lines,
    Period,
    Rule,
    RuleState,
    Truth,
    judged,
    leaves,
    what_changes,
)
from matching.domain.household import Household, WorkStatus
from matching.errors import InputError

_ORDER = tuple(RuleState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A public measure, what can be said of it for a household on a day, and why.

    ``period`` holds the thresholds that were used, None where those of the day are not known here.
    ``received`` says whether the household already receives it, None where nobody asked.
    """

    measure: Rule
    state: RuleState
    checks: tuple[Check, ...]
    period: Period | None
    received: bool | None

    @property
    def holding(self) -> tuple[Check, ...]:
        """Single conditions that hold."""
        return self._those(Truth.HOLDS)

    @property
    def failing(self) -> tuple[Check, ...]:
        """Single conditions that do not."""
        return self._those(Truth.FAILS)

    @property
    def unknown(self) -> tuple[Check, ...]:
        """Single conditions that cannot be told from what is known."""
        return self._those(Truth.UNKNOWN)

    @property
    def would_change(self) -> tuple[Check, ...]:
        """Single conditions whose answer would change the state."""
        return what_changes(self.checks)

    @property
    def facts(self) -> tuple[Lines, ...]:
        """Stated facts of the day, such as amounts."""
        return () if self.period is None else self.period.facts

    def _those(self, truth: Truth) -> tuple[Check, ...]:
        return tuple(leaf for leaf in leaves(self.checks) if leaf.truth is truth)


def rights(
    measures: Sequence[Rule],
    household: Household,
    status: WorkStatus | None = None,
    *,
    as_of: date,
) -> tuple[Right, ...]:
    """Every measure that has begun, the likeliest first, those that are over last.

    Parameters
    ----------
    measures
        As :func:`matching.accompaniment.rights.load_measures` reads them.
    household
        Who lives together, their home and means.
    status
        The work of one of its members; None where nobody asked, and then nothing about work is
        known.
    as_of
        The day. What begins later is not listed.

    Raises
    ------
    InputError
        Where the status is that of nobody in the household, or it receives what is no measure.
    """
    check_received(household, [measure.id for measure in measures])
    tell = of_household(household, status, as_of)
    found = []
    for measure in measures:
        if measure.begins_after(as_of):
            continue
        state, checks = judged(measure, tell, as_of)
        found.append(
            Right(
                measure=measure,
                state=state,
                checks=checks,
                period=measure.period(as_of),
                received=None if household.receives is None else measure.id in household.receives,
            )
        )
    return tuple(sorted(found, key=lambda right: _ORDER.index(right.state)))


def check_received(household: Household, known: Collection[str]) -> None:
    """Refuse a household that receives a measure of which there is no rule.

    Raises
    ------
    InputError
        Naming those that are known, and not what was written.
    """
    for number, one in enumerate(sorted(household.receives or ())):
        if one not in known:
            raise InputError(
                f"household.receives: number {number + 1} in the order of the alphabet is no "
                f"measure; write some of {', '.join(sorted(known))}, or [] for none."
            )
