"""When the last job of a CV ended, as precisely as it is written.

The time since then says something of the risk of staying without work; no match may depend on
it. Where nothing is dated it is not known, which is not *long ago*.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.domain import Fact
from matching.extraction.dates import MOMENT, NOW, Moment, moment
from matching.extraction.durations import durations
from matching.extraction.facts import fact
from matching.extraction.mentions import Reading
from matching.extraction.periods import ONGOING, Period
from matching.extraction.roles import experience_months
from matching.normalisation import plain

# Each period is judged against the whole document; nobody has more jobs than this.
_MOST_PERIODS = 60
_SAYS_NOW = re.compile(NOW)
_AT = (
    r"(?:(?:a |ad |in |a partire )?(?:dal?|dall['’]|nel|nell['’]|a|ad|al|il|in data)\s?)?"
    r"(?:mese di |l?['’]?anno )?"
)
_MOMENT = _AT + MOMENT.format(p="a") + r"(?![\d/])"
_IDLE = (
    r"\b(?:disoccupat[oa]|inoccupat[oa]|senza (?:un )?(?:lavoro|impiego|occupazione)|in naspi"
    r"|non lavoro(?: piu)?|ferm[oa])\b"
)
_IDLE_SINCE = re.compile(_IDLE + r"(?: e iscritt[oa][^.;,\n]{0,25})?\W{1,3}" + _MOMENT)
_IDLE_FOR = re.compile(_IDLE + r"\W{1,3}$")
_WORKED_UNTIL = re.compile(
    r"\b(?:lavor\w+|impiegat\w|assunt\w|dipendente|fatto|facevo|stat[oa]|contratto)\b[^.;\n]{0,80}?"
    r"\b(?:fino|sino) (?:alla (?:chiusura|pensione|fine|scadenza|morte|nascita)\b[^.;,\n]{0,20}?"
    r"\b(?:nel|nell['’]|a|del|al|il)\s?|(?:al?|ad|all['’])\s?(?:mese di |fine (?:di )?)?)"
    + MOMENT.format(p="a")
    + r"(?![\d/])"
)
_ENDED = re.compile(
    r"\b(?:licenziat[oa]|licenziamento|dimess[oa]|dimissioni|smesso di lavorare|ultim[oa] (?:lavoro"
    r"|impiego|contratto|occupazione|esperienza)(?: lavorativ[oa])?|(?:contratto|rapporto|lavoro"
    r"|impiego)(?: di lavoro)? (?:\w+ )?(?:terminat|cessat|conclus|finit|scadut)[oa])\b"
    r"[^.;\n]{0,40}?\b" + _MOMENT
)
_OTHERS = re.compile(r"\bcors[oi]\b|\bper\W{1,3}$|\bnon (?:sono |ero )?$")


@dataclass(frozen=True, slots=True)
class Ending:
    """A statement that work ended, with the month by number; ``idle``: no work since then."""

    fact: Fact
    month: int
    idle: bool


def endings(text: str, words: str, as_of: date) -> Iterator[Ending]:
    """Statements that work ended: *disoccupata da marzo 2020*, *ho lavorato fino al 2019*.

    An end that is still to come says that the work goes on.
    """
    today = as_of.year * 12 + as_of.month - 1
    for pattern in (_IDLE_SINCE, _WORKED_UNTIL, _ENDED):
        for match in pattern.finditer(words):
            when = moment(match.groupdict(), "a")
            if when is None or _OTHERS.search(words[max(0, match.start() - 30) : match.start()]):
                continue
            idle = pattern is _IDLE_SINCE
            if when.first <= today:
                month = when.first + (11 if when.whole_year else 0)
                yield Ending(fact(text, when.iso, *match.span()), min(month, today), idle)
            elif pattern is _WORKED_UNTIL:
                yield Ending(fact(text, ONGOING, *match.span()), today, idle)
    for duration in durations(words):
        before = words[max(0, duration.start - 60) : duration.start]
        cue = _IDLE_FOR.search(re.sub(r"(?:da|ormai|circa|quasi|oltre|piu di)\W+$", "", before))
        if cue and not _OTHERS.search(before[: cue.start()]):
            start = duration.start - len(before) + cue.start()
            whole = duration.months % 12 == 0
            when = Moment(today - duration.months, whole_year=whole)
            yield Ending(fact(text, when.iso, start, duration.end), when.first, idle=True)


def without_work(text: str, stretches: Iterable[tuple[int, int]], as_of: date) -> list[Ending]:
    """Statements that work ended, in stretches that no judge is shown.

    That somebody is without work sways no match, and says when her last job ended.
    """
    return [
        replace(one, fact=fact(text, one.fact.value, start + one.fact.start, start + one.fact.end))
        for start, end in stretches
        for one in endings(text[start:end], plain(text[start:end]), as_of)
    ]


def last_job_end(
    reading: Reading, dated: Sequence[Period], stated: Iterable[Ending]
) -> Fact | None:
    """The end of the latest job: an ISO month or year, or ``ongoing``.

    Parameters
    ----------
    reading
        The CV.
    dated
        Its periods; those count that :func:`experience_months` counts as work.
    stated
        Statements that work ended. Unemployment since a date ends a job of which only the
        beginning is said (*dal 2010 operaio; disoccupato dal 2020*).
    """
    stated = list(stated)
    known: list[tuple[bool, int, int, Fact]] = []
    candidates = sorted((p for p in dated if p.last is not None), key=_when, reverse=True)
    for period in candidates[:_MOST_PERIODS]:
        if experience_months(reading, [period]) is None or _is_over(reading, period, stated):
            continue
        value = fact(reading.text, period.ended or "", period.start, period.end)
        known.append((value.value == ONGOING, (period.last or 0) - 1, -period.start, value))
        break
    known += [
        (ending.fact.value == ONGOING, ending.month, -ending.fact.start, ending.fact)
        for ending in stated
    ]
    if not known:
        return None
    latest = max(known, key=lambda one: one[:3])[3]
    # "2010-2018 saldatore; disoccupato da marzo 2018": the month says more than the year.
    nearer = [one for one in known if str(one[3].value).startswith(f"{latest.value}-")]
    return max(nearer, key=lambda one: one[:3])[3] if nearer else latest


def _when(period: Period) -> tuple[bool, int, int]:
    return period.ended == ONGOING, period.last or 0, -period.start


def _is_over(reading: Reading, period: Period, stated: Iterable[Ending]) -> bool:
    """Whether a job without an end is told to be over; *oggi* beside it says that it is not.

    *Dal 1990 fino alla chiusura nel 2012*: the statement on its end holds its beginning.
    """
    if period.ended != ONGOING or _SAYS_NOW.search(reading.words, period.start, period.end):
        return False
    return any(
        ((period.first or 0) <= ending.month and ending.idle)
        or (ending.fact.start <= period.start < ending.fact.end and ending.fact.value != ONGOING)
        for ending in stated
    )
